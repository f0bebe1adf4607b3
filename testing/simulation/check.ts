import { checkBase } from './checks/base.ts'
import { checkContents } from './checks/contents.ts'
import { checkEnds } from './checks/ends.ts'
import { checkHealth } from './checks/health.ts'
import { checkLimits } from './checks/limits.ts'
import { checkPipelines } from './checks/pipelines.ts'
import { checkPostSteps } from './checks/post.ts'
import { checkReport } from './checks/report.ts'
import { checkStarts } from './checks/starts.ts'
import { consultOracle } from './oracle.ts'
import type { Trace } from './trace.ts'

/** Holds a simulation against everything that is promised; returns what was broken. */
export const checkTrace = (trace: Trace): readonly string[] => {
  const oracle = consultOracle(trace)
  return [
    ...checkStarts(trace, oracle),
    ...checkEnds(trace, oracle),
    ...checkLimits(trace),
    ...checkBase(trace, oracle),
    ...checkPostSteps(trace, oracle),
    ...checkReport(trace),
    ...checkPipelines(trace, oracle),
    ...checkHealth(trace, oracle),
    ...checkContents(trace),
  ]
}
