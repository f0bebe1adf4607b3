import type { Deployment } from '../api.ts'
import { type DeployRequest, inputDefaults, type Request } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import type { ProblemContext } from '../run/result.ts'
import { summarizePage } from '../text/clean.ts'
import { formatUser, joinParts, joinWords, toSentence } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { describeFailure } from './request-problems.ts'

/** Another deployment, which had to end first. */
export const formatBlockingDeployment = ({ id, created_by }: Deployment, { shortId }: Writer): string =>
  `deployment ${shortId(id)}, started by ${formatUser(created_by) || 'someone'},`

export const rerunAfterBlocking = 'Re-run the job when that deployment has finished, or set a longer timeout.'

type Known = Pick<ProblemContext, 'state'>

/** A request that failed, explained by what the step had read before, and what it sent. */
export const describeRequestFailure = (failure: FailureDetails, context: Known): Problem => {
  const { request } = context.state
  const refusal = request && isOwnAnswer(failure) ? describeOwnRefusal(failure, request, context) : undefined
  return {
    ...(refusal ?? describeFailure(failure, hasDefaultApi(context))),
    ...(failure.more && { details: failure.more }),
  }
}

/** The API has never given a valid answer: its address, if it was given, may be wrong. */
export const describeUnreachable = (failure: FailureDetails, context: Known): Problem => {
  const isDefault = hasDefaultApi(context)
  const { what, remedy = '', namesSetting } = describeFailure(failure, isDefault)
  return {
    cause: 'Humanitec never gave a valid answer',
    what: `${what} No request got a valid answer.`,
    remedy: namesSetting || isDefault ? remedy : `Check api_url. ${remedy}`.trim(),
  }
}

const hasDefaultApi = ({ state: { request } }: Known): boolean => request?.apiUrl === inputDefaults.api_url

const isOwnAnswer = ({ kind, intermediary }: FailureDetails): boolean =>
  kind === 'answered' && intermediary === undefined

/** What a token needs rights for, as people say it. All of these come after a successful read with the same token. */
const actions: Readonly<Record<string, string>> = {
  startDeployment: 'deploy to',
  putBase: 'set the base of',
  createEnvironment: 'create',
  deleteEnvironment: 'delete',
}

const readSets = 'read Sets and Deltas of'

const readPipelines = 'read pipelines of'

/** The same for what belongs to the application; some of these may be the first request. */
const actionsInApp: Readonly<Record<string, string>> = {
  createDelta: 'create Deltas in',
  convertScore: 'convert Score files for',
  getSet: readSets,
  getDelta: readSets,
  applyDelta: readSets,
  diffSets: readSets,
  listPipelineRuns: readPipelines,
  getPipelineRun: readPipelines,
}

const describeOwnRefusal = (failure: FailureDetails, request: Request, context: Known): Problem | undefined => {
  const { operation, status = 0 } = failure
  const action = operation && actions[operation]
  if (status === 403 && action) return describeForbidden(failure, action, context)
  const actionInApp = operation && actionsInApp[operation]
  const hasRead = context.state.environment !== undefined || context.state.deployment !== undefined
  if (status === 403 && actionInApp && hasRead) return describeForbiddenInApp(failure, actionInApp, request)
  const isBase = operation === 'putBase' && (status === 400 || status === 404)
  if (isBase && request.operation === 'deploy' && request.base?.kind === 'environment')
    return describeRefusedBase(failure, request.base.env, context)
  const isStart = operation === 'startDeployment' && (status === 400 || status === 404 || status === 422)
  return isStart && request.operation === 'deploy' ? describeRefusedStart(failure, request, context) : undefined
}

/** The token could read: what it lacks is a role, for this type of environment. */
const describeForbidden = (failure: FailureDetails, action: string, { state }: Known): Problem => {
  const { request, environment } = state
  const type = environment?.type || (request?.operation === 'deploy' ? request.envType : undefined)
  const target = `environments of ${type ? `type ${type}` : 'this type'}`
  return {
    cause: `the token may not ${action} ${target} (403)`,
    what: describe(`The token is valid, but may not ${action} ${target}`, failure),
    remedy: `Give the token’s service user the role Deployer for ${type ? `the environment type ${type}` : 'this environment’s type'}, and Developer in the application ${request?.app}.`,
  }
}

const describeForbiddenInApp = (failure: FailureDetails, action: string, { app }: Request): Problem => {
  const target = `the application ${app}`
  return {
    cause: `the token may not ${action} ${target} (403)`,
    what: describe(`The token is valid, but may not ${action} ${target}`, failure),
    remedy: `Give the token’s service user the role ${action.startsWith('read') ? 'Viewer at least' : 'Developer'} in ${target}.`,
  }
}

/** With `from_env`, the action chose the base; a person can choose another one. */
const describeRefusedBase = (failure: FailureDetails, env: string, { state: { base } }: Known): Problem => ({
  cause: `Humanitec refused the base (${failure.status})`,
  what: describe(
    `Humanitec refused the base${base ? ` ${base.id}` : ''}, the latest successful deployment of ${env}`,
    failure,
  ),
  remedy: 'Name another deployment with from_deploy_id, in place of from_env.',
})

/** Org, application and environment were read just before: what can be wrong is what was sent. */
const describeRefusedStart = (failure: FailureDetails, request: DeployRequest, { state }: Known): Problem => {
  const changes = listChanges(request, state)
  const isOne = changes.length === (request.setId === undefined ? 0 : 1)
  return {
    cause: `Humanitec refused the deployment (${failure.status})`,
    what: describe(`Humanitec refused to deploy ${formatSent(changes, request, state)}`, failure),
    remedy: `Check ${isOne ? 'that it exists' : 'that they exist'} in the application ${request.app} and ${isOne ? 'fits' : 'fit'} the environment ${request.env}.`,
  }
}

/** What goes to `POST deploys`: changes on a base, or one of them alone. */
const formatSent = (
  changes: readonly string[],
  { setId }: DeployRequest,
  { base }: ProblemContext['state'],
): string => {
  if (changes.length === 0) return base ? `the state of ${base.id}` : 'the environment’s base'
  const on = base ? `the base ${base.id}` : 'the environment’s base'
  return joinParts(' on ', joinWords(changes, 'and'), setId === undefined && on)
}

const listChanges = (
  request: DeployRequest,
  { deltaId = request.deltaId }: ProblemContext['state'],
): readonly string[] => [
  ...(deltaId !== undefined ? [`Delta ${deltaId}`] : []),
  ...(request.setId !== undefined ? [`Set ${request.setId}`] : []),
  ...(request.valueSetVersionId !== undefined ? [`value set version ${request.valueSetVersionId}`] : []),
]

const describe = (what: string, { status, request, detail }: FailureDetails): string =>
  toSentence(joinParts(': ', `${what} (${status}) at ${request}`, summarizePage(detail)))
