import type { ActiveResource, Environment, PullRequestState } from './api.ts'
import { findActive } from './deployments.ts'
import type { PruneRequest } from './inputs/request.ts'
import type { KeepReason, OtherOwner } from './run/reason.ts'
import { isSameRepository, type WorkflowContext } from './run/workflow-context.ts'
import { compareTexts } from './text/words.ts'

/** The name of an environment that the action creates, by which its owner is known: `owner/repo#12`, or `owner/repo`. */
export const formatPreviewName = ({ repository, pullRequest }: WorkflowContext): string =>
  pullRequest ? `${repository}#${pullRequest.number}` : repository

type PreviewName = { readonly repository: string; readonly pullRequest?: number }

export const parsePreviewName = (name: string): PreviewName | undefined => {
  const found = /^([\w.-]+\/[\w.-]+?)(?:#([1-9]\d*))?$/.exec(name)
  if (!found?.[1]) return undefined
  return { repository: found[1], ...(found[2] && { pullRequest: Number(found[2]) }) }
}

/** `undefined` for this workflow's own environment, and for a name that names no owner. */
export const findOthersClaim = (
  { name }: Environment,
  { repository, pullRequest }: WorkflowContext,
): OtherOwner | undefined => {
  const owner = parsePreviewName(name)
  if (owner === undefined) return undefined
  if (!isSameRepository(owner.repository, repository)) return 'another repository'
  const isOurs =
    owner.pullRequest === undefined || pullRequest === undefined || owner.pullRequest === pullRequest.number
  return isOurs ? undefined : 'another pull request'
}

export const isNamedForUs = (environment: Environment, workflow: WorkflowContext): boolean =>
  parsePreviewName(environment.name) !== undefined && findOthersClaim(environment, workflow) === undefined

const isProduction = ({ id, type }: Environment): boolean => id === 'production' || type === 'production'

/** Named for another repository of the same owner: perhaps this one's former name. A pull request must be the event's, if both have one. */
const mayBeRenamed = ({ name }: Environment, { repository, pullRequest }: WorkflowContext): boolean => {
  const named = parsePreviewName(name)
  if (named === undefined || !isSameOwner(named.repository, repository)) return false
  return named.pullRequest === undefined || pullRequest === undefined || named.pullRequest === pullRequest.number
}

const isSameOwner = (one: string, other: string): boolean =>
  one.split('/', 1)[0]?.toLowerCase() === other.split('/', 1)[0]?.toLowerCase()

/** The id looks like a pull request's, but the event has none: the name will lack the number that `prune` needs. */
export const escapesPrune = (env: string, { pullRequest }: WorkflowContext): boolean =>
  pullRequest === undefined && /\d$/.test(env)

/**
 * Why an environment may not be deleted; `undefined` when it may.
 *
 * @param envType the type that the workflow says it must have, if it says so
 */
export const findKeepReason = (
  environment: Environment,
  workflow: WorkflowContext,
  envType: string | undefined,
): KeepReason | undefined => {
  const { name, type } = environment
  const claim = findOthersClaim(environment, workflow)
  const isRenamed = claim === 'another repository' && mayBeRenamed(environment, workflow)
  if (claim !== undefined && !(isRenamed && envType !== undefined))
    return { kind: 'others', claim, name, ...(isRenamed && { mayBeRenamed: true }) }
  if (envType !== undefined) return type === envType ? undefined : { kind: 'type', type, wanted: envType }
  if (isProduction(environment)) return { kind: 'production' }
  return isNamedForUs(environment, workflow) ? undefined : { kind: 'unnamed', name, repository: workflow.repository }
}

/** The largest `Int` of GraphQL: one number beyond it would make a query for a hundred fail. */
const largestNumber = 2 ** 31 - 1

/** The pull request's number in an environment's id; `undefined` where the id doesn't fit the pattern, such as `pr-*`. */
export const parsePullRequestNumber = (pattern: string, env: string): number | undefined => {
  const [before = '', after = ''] = pattern.split('*')
  if (env.length <= before.length + after.length || !env.startsWith(before) || !env.endsWith(after)) return undefined
  const digits = env.slice(before.length, env.length - after.length)
  const number = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0
  return number > 0 && number <= largestNumber ? number : undefined
}

/** An environment that is deleted or kept by its pull request's state (`undecided`), or kept in any case. */
export type PruneCandidate = {
  readonly env: string
  /** The pull request of its name, which may be another one than its id's. */
  readonly named?: Required<PreviewName>
} & (
  | { readonly kind: 'undecided'; readonly pullRequest: number; readonly isBusy: boolean }
  | { readonly kind: 'kept'; readonly pullRequest?: number; readonly keepReason: KeepReason }
)

/** A preview whose pull request is closed. */
export type Stale = {
  readonly env: string
  readonly pullRequest: number
  readonly isBusy: boolean
  readonly reason: { readonly kind: 'closed' | 'merged' }
}

/** Before its pull request's state is read. */
export const judgeEnvironment = (
  environment: Environment,
  request: PruneRequest,
  workflow: WorkflowContext,
): PruneCandidate => {
  const { id: env, status } = environment
  const pullRequest = parsePullRequestNumber(request.env, env)
  const known = { env, ...findNamed(environment) }
  if (pullRequest === undefined)
    return { kind: 'kept', ...known, keepReason: { kind: 'pattern_mismatch', pattern: request.env } }
  const keepReason = findPruneKeepReason({ ...request, environment, pullRequest }, workflow)
  if (keepReason) return { kind: 'kept', ...known, pullRequest, keepReason }
  if (status === 'deleting') return { kind: 'kept', ...known, pullRequest, keepReason: { kind: 'being_deleted' } }
  return { kind: 'undecided', ...known, pullRequest, isBusy: findActive(environment) !== undefined }
}

const findNamed = ({ name }: Environment): Pick<PruneCandidate, 'named'> => {
  const { repository, pullRequest } = parsePreviewName(name) ?? {}
  return repository === undefined || pullRequest === undefined ? {} : { named: { repository, pullRequest } }
}

type PreviewOf = { readonly environment: Environment; readonly pullRequest: number }

/** The reasons of `delete`, without its exception for a renamed repository; and the name must have the pull request's number. */
export const findPruneKeepReason = (
  { environment, pullRequest, envType }: Pick<PruneRequest, 'envType'> & PreviewOf,
  workflow: WorkflowContext,
): KeepReason | undefined => {
  const ofPullRequest: WorkflowContext = {
    ...workflow,
    pullRequest: { number: pullRequest, title: '', isFromFork: false },
  }
  const { name } = environment
  const claim = findOthersClaim(environment, ofPullRequest)
  if (claim !== undefined) return { kind: 'others', claim, name }
  const keepReason = findKeepReason(environment, ofPullRequest, envType)
  if (keepReason) return keepReason
  return parsePreviewName(name)?.pullRequest === pullRequest ? undefined : { kind: 'unnumbered', name }
}

/** `undefined` where the pull request is closed. @param state `undefined` where there is no such pull request */
export const findPullRequestKeepReason = (
  pullRequest: number,
  state: PullRequestState | undefined,
  { repository }: Pick<WorkflowContext, 'repository'>,
): KeepReason | undefined => {
  if (state === undefined) return { kind: 'no_pull_request', pullRequest, repository }
  return state === 'OPEN' ? { kind: 'open_pull_request' } : undefined
}

/** Types of resources that have a host, the one that people open first. */
const typesByRank = ['dns', 'route', 'ingress']

/** `https://` and a host for each, without duplicates, by type (dns, route, ingress), then by id. */
export const determineEnvironmentUrls = (resources: readonly ActiveResource[]): readonly string[] => {
  const ranked = listWithRank(resources).toSorted(
    (one, other) => one.rank - other.rank || compareTexts(one.resource.res_id, other.resource.res_id),
  )
  const urls = ranked.map(({ resource }) => formatHostUrl(resource.host)).filter((url) => url !== undefined)
  return [...new Set(urls)]
}

/** Whether an address may still appear: there is none yet, and a `dns` or `route` is being provisioned, or has no host. */
export const isUrlToCome = (resources: readonly ActiveResource[]): boolean =>
  determineEnvironmentUrls(resources).length === 0 &&
  listWithRank(resources).some(
    ({ resource: { type, status, host } }) => type !== 'ingress' && (status === 'pending' || host === ''),
  )

type Ranked = { readonly resource: ActiveResource; readonly rank: number }

const listWithRank = (resources: readonly ActiveResource[]): readonly Ranked[] =>
  resources
    .map((resource) => ({ resource, rank: typesByRank.indexOf(resource.type) }))
    .filter(({ resource, rank }) => rank >= 0 && resource.status !== 'deleting')

/** `undefined` for anything but a host, such as `*.example.com` or a whole address. */
const formatHostUrl = (host: string): string | undefined => {
  const address = `https://${host}`
  if (!/^[^\s/\\?#@*%]{1,260}$/.test(host) || !URL.canParse(address)) return undefined
  return new URL(address).origin
}
