import { checkDeletions } from './checks/deletions.ts'
import { checkGitHub } from './checks/github.ts'
import { checkPreviewEnds } from './checks/preview-ends.ts'
import type { PreviewTrace } from './preview-trace.ts'

/** Holds a simulation of previews against everything that is promised; returns what was broken. */
export const checkPreviews = (trace: PreviewTrace): readonly string[] => [
  ...new Set([...checkDeletions(trace), ...checkGitHub(trace), ...checkPreviewEnds(trace)]),
]
