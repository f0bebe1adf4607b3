import type { Deployment } from '../core/api.ts'
import { findNewestSucceeded, listNotNewerThan } from '../core/deployments.ts'
import type { FollowRequest } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { changesPatienceMs, requestLimitsMs } from '../core/network/retry-policy.ts'
import { type Change, type Comparison, compareSets, listDiffChanges } from '../core/set-diff.ts'
import { type Context, isPastDeadline } from './context.ts'
import { mayReadOptional } from './rate-limiter.ts'
import { catchRequestError, type Send, sendRequest, unlessCancelled } from './request.ts'

/**
 * Notes what a deployment with a known Set has changed in its environment. Never changes the result, not even at a signal; what
 * can't be read within 10 s is left out, with the reason.
 */
export const noteChanges = async (context: Context, request: FollowRequest, deployment: Deployment): Promise<void> => {
  if (deployment.set_id === '') return
  const found = await unlessCancelled(findChanges(context, request, deployment), undefined)
  if (!found) return
  context.store.note(found)
  context.log({ kind: 'changes', request, ...found })
}

const findChanges = async (
  context: Context,
  request: FollowRequest,
  deployment: Deployment,
): Promise<Found | undefined> => {
  if (isPastDeadline(context)) return tooLate
  return mayReadOptional(context) ? readChanges(context, request, deployment) : rateLimited
}

type Found = { readonly changes: readonly Change[]; readonly comparison: Comparison }

const rateLimited: Found = { changes: [], comparison: { unread: 'Humanitec is rate-limiting this token' } }

const tooLate: Found = { changes: [], comparison: { unread: 'the timeout passed first' } }

/** @returns `undefined` where both Sets are the same */
const readChanges = async (
  context: Context,
  request: FollowRequest,
  deployment: Deployment,
): Promise<Found | undefined> => {
  const read = createTimedRead(context)
  const before = await catchRequestError(findBefore(context, read, { request, deployment }))
  if (before instanceof RequestError) return { changes: [], comparison: { unread: before.message } }
  if (isPastDeadline(context)) return tooLate
  if (before.unread !== undefined) return { changes: [], comparison: before }
  if (before.base?.set_id === '') {
    const unread = `deployment ${context.writer.shortId(before.base.id)}, the one to compare with, has no Set`
    return { changes: [], comparison: { ...before, unread } }
  }
  const changes = await catchRequestError(
    compareSetsById(context, read, { newId: deployment.set_id, oldId: before.base?.set_id }),
  )
  if (changes instanceof RequestError) return { changes: [], comparison: { ...before, unread: changes.message } }
  return changes && { changes, comparison: before }
}

type Read = <Answer>(call: Send<Answer>) => Promise<Answer>

/** All requests share one limit of 10 s (`changesPatienceMs`). */
const createTimedRead = (context: Context): Read => {
  const endMs = context.clock.now() + changesPatienceMs
  const leftMs = () => Math.max(1, endMs - context.clock.now())
  return (call) =>
    sendRequest(context, (limits) => call({ ...limits, timeoutMs: Math.min(limits.timeoutMs, leftMs()) }), {
      patience: leftMs(),
      timeoutMs: requestLimitsMs.list,
    })
}

/** What to compare with: the latest successful deployment before this one; for a first deployment, its base. */
const findBefore = async (
  context: Context,
  read: Read,
  { request, deployment }: { readonly request: FollowRequest; readonly deployment: Deployment },
): Promise<Comparison> => {
  const { history, previous, base } = context.store.state
  const isKnown = history.length > 0 || previous !== undefined
  const list = isKnown ? history : await read((limits) => context.humanitec.listDeployments(request.env, limits))
  const earlier = listNotNewerThan(list, deployment).filter(({ id }) => id !== deployment.id)
  const found = findNewestSucceeded(earlier) ?? (list.length === 0 ? previous : undefined)
  if (found) return { base: found }
  if (base) return { base, ...findBaseEnvironment(request) }
  if (deployment.from_id === '') return {}
  const basis = context.writer.shortId(deployment.from_id)
  return {
    unread: `there is no successful deployment here to compare with, and ${basis}, which this one builds on, was not read`,
  }
}

const findBaseEnvironment = (request: FollowRequest): Pick<Comparison, 'env'> => {
  if (request.operation === 'wait') return {}
  const env = request.base?.kind === 'environment' ? request.base.env : request.createFrom
  return env === undefined || env === request.env ? {} : { env }
}

/**
 * @param oldId `undefined`: everything in the new Set counts as added
 * @returns `undefined` where both are the same Set
 */
export const compareSetsById = async (
  { humanitec }: Context,
  read: Read,
  { newId, oldId }: { readonly newId: string; readonly oldId: string | undefined },
): Promise<readonly Change[] | undefined> => {
  if (oldId === undefined) return compareSets(undefined, await read((limits) => humanitec.getSet(newId, limits)))
  if (oldId === newId) return undefined
  const [diff, set] = await Promise.all([
    read((limits) => humanitec.diffSets(newId, oldId, limits)),
    read((limits) => humanitec.getSet(oldId, limits)),
  ])
  return listDiffChanges(set, diff)
}
