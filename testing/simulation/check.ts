import { checkBase } from './checks/base.ts'
import { checkEnds } from './checks/ends.ts'
import { checkLimits } from './checks/limits.ts'
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
  ]
}
