import type { Deployment } from '../api.ts'
import { determineDurationMs, hasSucceeded, isFinal } from '../deployments.ts'
import { type DeployRequest, type InputError, isPlan, type Request } from '../inputs/request.ts'
import type { Outcome } from '../run/outcome.ts'
import { determinePruneEnd, type PruneEnd, type Report, type RunState } from '../run/result.ts'
import { formatCount, formatDuration, joinParts, joinWords } from '../text/words.ts'
import { formatErrorCount, listErrors } from './errors.ts'
import { formatButFailing, formatButNotHealthy, listFailing } from './health.ts'

/** A different one for each kind of end. */
export const emoji: Readonly<Record<Outcome, string>> = {
  succeeded: '✅',
  failed: '❌',
  unhealthy: '⚠️',
  timed_out: '⌛',
  cancelled: '🛑',
  started: '🚀',
  planned: '📝',
  deleted: '🧹',
  pruned: '🧹',
  skipped: '⏭️',
  unknown: '❓',
  error: '❌',
}

/** A success gets ⚠️ while a workload fails. */
export const findEmoji = ({ result: { outcome }, state }: Report): string =>
  outcome === 'succeeded' && listFailing(state).length > 0 ? emoji.unhealthy : emoji[outcome]

/** The result without a full stop, and its cause in a few words, if that is known. */
type Headline = { readonly what: string; readonly cause?: string }

/** The result in one plain sentence without a full stop. */
export const formatHeadline = (report: Report): string => {
  const { what, cause } = determineHeadline(report)
  return joinParts(': ', what, cause)
}

export const determineHeadline = (report: Report): Headline => {
  const { request } = report.state
  const headline = request ? headlines[report.result.outcome](request, report) : determineHeadlineWithoutRequest(report)
  return typeof headline === 'string' ? { what: headline } : headline
}

const withCause = (what: string, { result: { problem } }: Report): Headline => ({
  what,
  ...(problem?.cause !== undefined && { cause: problem.cause }),
})

const determineHeadlineWithoutRequest = (report: Report): string | Headline => {
  const { outcome, problem } = report.result
  if (problem?.inputErrors?.length) return { what: 'Nothing was done', cause: formatWrongInputs(problem.inputErrors) }
  if (outcome === 'skipped')
    return problem?.cause === undefined ? 'Skipped: nothing was done' : withCause('Skipped', report)
  return outcome === 'cancelled' ? 'Cancelled before anything was done' : 'Nothing was done'
}

const maxNamed = 3

/** `delta_id is empty`, `org and app are empty`, `timeout and 4 other inputs are wrong`. */
const formatWrongInputs = (inputErrors: readonly InputError[]): string => {
  const [first, second] = inputErrors
  if (first?.isAnyOf && !second) return 'no change to deploy was given'
  const names = [...new Set(inputErrors.map(({ input, isAnyOf }) => (isAnyOf ? 'the change to deploy' : input)))]
  const state = inputErrors.every(({ got, isSecret }) => !got && !isSecret) ? 'empty' : 'wrong'
  const others = names.length > maxNamed ? [formatCount(names.length - 1, 'other input')] : names.slice(1)
  return `${joinWords([...names.slice(0, 1), ...others], 'and')} ${names.length === 1 ? 'is' : 'are'} ${state}`
}

type HeadlineOf = (request: Request, report: Report) => string | Headline

const headlines: Readonly<Record<Outcome, HeadlineOf>> = {
  succeeded: (request, report) => formatSuccess(request, report),
  failed: (request, report) => {
    if (report.result.problem) return formatFailedAround(request, report)
    const errors = listErrors(report)
    const what = `${request.app} was not ${formatAction(request, report)}`
    return errors.length === 0 ? what : { what, cause: formatErrorCount(errors) }
  },
  unhealthy: (request, report) =>
    `${request.app} was ${formatAction(request, report)}${formatTook(report.state)}${formatButNotHealthy(report)}`,
  planned: ({ app, env }, { state }) =>
    `Deploying this would ${state.changes.length === 0 ? 'not ' : ''}change ${app} in ${env}`,
  timed_out: (request, { state }) =>
    `Timed out after ${formatDuration(request.timeoutMs)} ${formatProgressAt(request, state)}`,
  cancelled: (request, { state, result: { problem } }) =>
    problem?.cause === undefined ? `Cancelled ${formatProgressAt(request, state)}` : `Cancelled: ${problem.cause}`,
  started: ({ app, env }, { state }) =>
    state.deployment
      ? `${app} is being deployed to ${env}`
      : `The deployment of ${app} to ${env} was requested, but has not started yet`,
  deleted: ({ app, env }, { state }) => {
    if (state.deletedEnvironments.length > 0) return `${env} of ${app} was deleted`
    return `${env} of ${app} ${state.environment ? 'is gone; this step did not delete it' : 'was already gone'}`
  },
  pruned: ({ app }, { state }) => {
    return `${formatCount(state.deletedEnvironments.length, 'preview')} of ${app} deleted, ${formatNotDeleted(state)}`
  },
  skipped: (request, { state }) => {
    if (!isDryRun(request)) return 'Skipped: nothing was done'
    if (request.operation !== 'prune') return 'Dry run: nothing was deleted'
    const would = countDecisions(state, 'would_be_deleted')
    return `Dry run: ${formatCount(would, 'preview')} of ${request.app} would be deleted, ${formatNotDeleted(state)}`
  },
  unknown: ({ app, env }, report) =>
    report.result.problem?.cause === undefined
      ? `It is not known whether ${app} is being deployed to ${env}`
      : withCause(`The request to deploy ${app} to ${env} was sent`, report),
  error: (request, report) => {
    const { state } = report
    const failed = countDecisions(state, 'failed')
    if (failed > 0)
      return `${formatCount(failed, 'preview')} of ${request.app} could not be deleted, ${countDecisions(state, 'deleted')} deleted, ${formatNotDeleted(state)}`
    if (report.result.problem?.isOtherBase) return formatOnOtherBase(request, report)
    const what =
      state.deployment && !isFinal(state.deployment)
        ? `The deployment of ${request.app} to ${request.env} could not be followed`
        : hasSucceeded(state.deployment)
          ? `${request.app} was deployed to ${request.env}`
          : formatNothingDoneSentence(request)
    return withCause(what, report)
  },
}

/** The other base need not be why it failed; with `wait: false`, its result isn't known. */
const formatOnOtherBase = (request: Request, { state, result }: Report): string | Headline => {
  const { app, env } = request
  const cause = result.problem?.cause ?? ''
  const what = `The deployment of ${app} to ${env}`
  if (hasSucceeded(state.deployment)) return { what: `${app} was deployed to ${env}`, cause }
  return state.deployment && isFinal(state.deployment) ? `${what} failed, and was ${cause}` : `${what} is ${cause}`
}

/** The pipeline's run failed: before the deployment, or after its success. */
const formatFailedAround = (request: Request, report: Report): string => {
  const { state, result } = report
  const cause = result.problem?.cause ?? 'its pipeline failed'
  const action = formatAction(request, report)
  return hasSucceeded(state.deployment)
    ? `${request.app} was ${action}, but ${cause} after it`
    : `${request.app} was not ${action}: ${cause}`
}

/** `shop deployed to production in 2 min 41 s`, and which workloads fail. */
const formatSuccess = (request: Request, report: Report): string => {
  const but = formatButFailing(report)
  return `${request.app} ${but && 'was '}${formatAction(request, report)}${formatTook(report.state)}${but}`
}

/** A rollback, and a deployment of what is there already, are called so. */
const formatAction = (request: Request, { state, writer }: Report): string => {
  const target = findTarget(request, state)
  if (isRedeployed(request, state) || (target && target.id === state.history[0]?.id))
    return `deployed again to ${request.env}`
  return target ? `rolled back to ${writer.shortId(target.id)} in ${request.env}` : `deployed to ${request.env}`
}

const isRedeployed = (request: Request, { environmentCreated }: RunState): boolean =>
  request.operation === 'deploy' && request.redeploy && !environmentCreated

/** The earlier deployment of this environment whose state is deployed, with no change on top. */
const findTarget = (request: Request, { base, history }: RunState): Deployment | undefined => {
  if (request.operation !== 'deploy') return undefined
  if (request.deltaId !== undefined || request.images !== undefined || request.score !== undefined) return undefined
  const wantedId = determineWantedId(request, base)
  return history.find(({ id }) => id === wantedId)
}

const determineWantedId = ({ env, base: wanted }: DeployRequest, found: Deployment | undefined): string | undefined => {
  if (wanted?.kind === 'environment') return wanted.env === env ? found?.id : undefined
  return wanted?.id
}

/** Only of previews: `prune` lists other environments, but never deletes them. */
const countDecisions = ({ pruned }: RunState, wanted: PruneEnd): number =>
  pruned.filter((decision) => determinePruneEnd(decision) === wanted && decision.pullRequest !== undefined).length

/** `1 already gone, 2 kept`. */
const formatNotDeleted = (state: RunState): string => {
  const [gone, going] = [countDecisions(state, 'gone'), countDecisions(state, 'going')]
  const kept = `${countDecisions(state, 'kept')} kept`
  return joinParts(', ', gone > 0 && `${gone} already gone`, going > 0 && `${going} being deleted`, kept)
}

const formatTook = ({ deployment }: RunState): string => {
  const durationMs = deployment && determineDurationMs(deployment)
  return durationMs === undefined ? '' : ` in ${formatDuration(durationMs)}`
}

/** How far the deployment was: not begun, under way, over. */
const formatProgressAt = (request: Request, { deployment, isStartInDoubt }: RunState): string => {
  if (!deployment && isStartInDoubt)
    return `while it was not known whether ${request.app} was being deployed to ${request.env}`
  if (!deployment) return `before ${formatBeforeClause(request)}`
  const { app, env } = request
  return isFinal(deployment)
    ? `after the deployment of ${app} to ${env} had ended: ${deployment.status}`
    : `while ${app} was being deployed to ${env}`
}

const formatBeforeClause = (request: Request): string => {
  const { operation, app, env } = request
  return {
    deploy: isPlan(request) ? `it was known what would change in ${env} of ${app}` : `${app} was deployed to ${env}`,
    wait: `the deployment of ${app} to ${env} was found`,
    delete: `${env} of ${app} was deleted`,
    prune: `all stale previews of ${app} were deleted`,
  }[operation]
}

const formatNothingDoneSentence = (request: Request): string => {
  const { operation, app, env } = request
  return {
    deploy: isPlan(request) ? `No plan for ${app} in ${env}` : `${app} was not deployed to ${env}`,
    wait: `The deployment of ${app} to ${env} was not found`,
    delete: `${env} of ${app} was not deleted`,
    prune: `No preview of ${app} was deleted`,
  }[operation]
}

const isDryRun = (request: Request): boolean => 'dryRun' in request && request.dryRun
