import type { Environment, PullRequestState } from '../../ports.ts'
import { findActive } from '../deployment/deployments.ts'
import type { PruneRequest } from '../inputs/request.ts'
import type { Origin } from '../run/origin.ts'
import type { Fence } from './fence.ts'
import { determineDeletionFence, parsePreviewName } from './preview.ts'

/** GraphQL's `Int` ends there, and one number beyond it would spoil a query for a hundred. */
const largestNumber = 2 ** 31 - 1

/** The number of the pull request that an environment's id stands for; `undefined` when it doesn't fit the pattern, such as `pr-*`. */
export const parsePullRequestNumber = (pattern: string, env: string): number | undefined => {
  const [before = '', after = ''] = pattern.split('*')
  if (env.length <= before.length + after.length || !env.startsWith(before) || !env.endsWith(after)) return undefined
  const digits = env.slice(before.length, env.length - after.length)
  const number = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0
  return number > 0 && number <= largestNumber ? number : undefined
}

/** An environment that only its pull request's state can save, or one that is kept in any case. */
export type PruneCandidate =
  | { readonly kind: 'undecided'; readonly env: string; readonly pullRequest: number; readonly isBusy: boolean }
  | { readonly kind: 'kept'; readonly env: string; readonly pullRequest?: number; readonly fence: Fence }

/** A preview whose pull request is closed, as `reason` says. */
export type Stale = {
  readonly env: string
  readonly pullRequest: number
  readonly isBusy: boolean
  readonly reason: string
}

/** What can be told of an environment before anybody asks for its pull request. */
export const judgeEnvironment = (environment: Environment, request: PruneRequest, origin: Origin): PruneCandidate => {
  const { id: env, status } = environment
  const pullRequest = parsePullRequestNumber(request.env, env)
  if (pullRequest === undefined) return { kind: 'kept', env, fence: { kind: 'misfit', pattern: request.env } }
  const fence = determinePruneFence(environment, pullRequest, request, origin)
  if (fence) return { kind: 'kept', env, pullRequest, fence }
  if (status === 'deleting') return { kind: 'kept', env, pullRequest, fence: { kind: 'being_deleted' } }
  return { kind: 'undecided', env, pullRequest, isBusy: findActive(environment) !== undefined }
}

/** The fences of `delete`, and one more: an environment that doesn't say whose it is, is nobody's to clear away. */
export const determinePruneFence = (
  environment: Environment,
  pullRequest: number,
  { envType }: Pick<PruneRequest, 'envType'>,
  origin: Origin,
): Fence | undefined => {
  const ofPullRequest: Origin = { ...origin, pullRequest: { number: pullRequest, title: '', isFromElsewhere: false } }
  const fence = determineDeletionFence(environment, ofPullRequest, envType)
  if (fence) return fence
  const { name } = environment
  return parsePreviewName(name)?.pullRequest === pullRequest ? undefined : { kind: 'unnumbered', name }
}

/** Why an environment is kept for its pull request's sake; `undefined` when that is closed. `state` is absent when there is none. */
export const determinePullRequestFence = (
  pullRequest: number,
  state: PullRequestState | undefined,
  { repository }: Pick<Origin, 'repository'>,
): Fence | undefined => {
  if (state === undefined) return { kind: 'no_pull_request', pullRequest, repository }
  return state === 'OPEN' ? { kind: 'open_pull_request' } : undefined
}
