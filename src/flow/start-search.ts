import { findActiveSince, findStarted, type Sighting } from '../core/deployment/deployments.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { lookGapsMs, requestLimitsMs } from '../core/network/limits.ts'
import type { Deployment, StartBody } from '../ports.ts'
import { repeat } from './read.ts'
import { pauseBeforeRetry, type Step } from './step.ts'

export type Search = { readonly sighting: Sighting; readonly active: Deployment | undefined }

/**
 * Reads the list until a start shows in it, or would have shown.
 *
 * @param newestBefore the environment's newest deployment before the start was sent
 * @returns the failure, when the list can't be read
 */
export const searchList = async (
  step: Step,
  env: string,
  sent: StartBody,
  newestBefore: Deployment | undefined,
): Promise<Search | RequestFailure> => {
  for (let looks = 1; ; looks++) {
    await pauseBeforeRetry(step, lookGapsMs[looks - 1] ?? 0, undefined)
    const list = await repeat(step, (limits) => step.humanitec.listDeployments(env, limits), requestLimitsMs.list)
    if (list instanceof RequestFailure) return list
    const search = judgeList(step, list, sent, newestBefore)
    if (search.sighting.kind === 'ours' || looks >= lookGapsMs.length) return search
  }
}

/** What a list says of a start that was sent. */
export const judgeList = (
  step: Step,
  list: readonly Deployment[],
  sent: StartBody,
  newestBefore: Deployment | undefined,
): Search => ({
  sighting: findStarted(list, newestBefore, sent, step.origin.runUrl),
  active: findActiveSince(list, newestBefore),
})
