import { checkBase } from './checks/base.ts'
import { checkEnds } from './checks/ends.ts'
import { checkLimits } from './checks/limits.ts'
import { checkPostSteps } from './checks/post.ts'
import { checkReport } from './checks/report.ts'
import { checkStarts } from './checks/starts.ts'
import type { Trace } from './trace.ts'
import { findTruth } from './truth.ts'

/** Holds a simulation against everything that is promised; returns what was broken. */
export const checkTrace = (trace: Trace): readonly string[] => {
  const truth = findTruth(trace)
  return [
    ...checkStarts(trace, truth),
    ...checkEnds(trace, truth),
    ...checkLimits(trace),
    ...checkBase(trace, truth),
    ...checkPostSteps(trace, truth),
    ...checkReport(trace),
  ]
}
