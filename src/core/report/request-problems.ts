import { type DeployRequest, inputDefaults, type Request } from '../inputs/request.ts'
import type { FailureDetails, NetworkDetails, Reach } from '../network/request-error.ts'
import type { Problem } from '../run/outcome.ts'
import type { Report } from '../run/result.ts'
import { summarizePage } from '../text/escape.ts'
import { formatDuration, joinParts, joinWords, toSentence } from '../text/words.ts'

type Advice = Pick<Problem, 'namesSetting'> & { readonly meaning: string; readonly remedy: string }

/** What an answer's status means to a person, and what to do about it (Humanitec's API reference, and what it was seen to do). */
const advice: Readonly<Record<number, Advice>> = {
  401: {
    meaning: 'Humanitec received no token',
    remedy: 'Check the input token, and that api_url is right.',
    namesSetting: true,
  },
  403: {
    meaning: 'Humanitec refused the token',
    remedy:
      'Check the token: it may be wrong, expired, or its role too low. Its service user needs the role Developer in the application, and Deployer for the environment’s type.',
  },
  404: { meaning: 'Humanitec found nothing there', remedy: 'Check org, app, env and the ids.' },
  407: {
    meaning: 'Humanitec is behind a proxy that asks for a password',
    remedy: 'Put it into the proxy variable: http://user:password@host:port.',
  },
  408: { meaning: 'Humanitec did not get the whole request in time', remedy: 'Re-run the job.' },
  409: {
    meaning: 'Humanitec says that another deployment is active',
    remedy: 'Wait for its end, or set `on_conflict: wait`.',
  },
  422: { meaning: 'Humanitec could not use the request', remedy: 'Check the ids and the mode.' },
  500: {
    meaning: 'Humanitec reported an error of its own',
    remedy: 'Re-run the job; if it happens again, report it to Humanitec’s support.',
  },
  429: {
    meaning: 'Humanitec is rate-limiting this token',
    remedy: 'Re-run the job later, and run fewer jobs at the same time.',
  },
}

const refusedBase: Advice = {
  meaning: 'Humanitec refused the base',
  remedy: 'Check from_deploy_id: it takes the whole id of a deployment, as its summary shows it under Details.',
}

const refusedStart: Advice = {
  meaning: 'Humanitec refused the request',
  remedy: 'Check that the Delta exists in this application and fits the environment.',
}

const refusal: Advice = { meaning: 'Humanitec refused the request', remedy: 'Check the inputs.' }

const outage: Advice = {
  meaning: 'Humanitec is unavailable',
  remedy: 'Re-run the job when Humanitec is available again.',
}

const unknownSet: Advice = {
  meaning: 'Humanitec has no such Set',
  remedy: 'Check set_id, if it is set, and that the Set belongs to this application.',
}

/** Where a status means something else of one operation. */
const operationAdvice: Readonly<Record<string, Readonly<Record<number, Advice>>>> = {
  startDeployment: { 400: refusedStart },
  createDelta: {
    400: { meaning: 'Humanitec refused to create the Delta', remedy: 'Check the inputs that it is created from.' },
  },
  getDelta: {
    404: { meaning: 'Humanitec has no such Delta', remedy: 'Check delta_id, and that it belongs to this application.' },
  },
  getSet: { 404: unknownSet },
  diffSets: { 404: unknownSet },
  applyDelta: {
    400: {
      meaning: 'Humanitec says that the Delta doesn’t fit the base',
      remedy: 'Create it again from the environment’s current state.',
    },
    404: unknownSet,
  },
  putBase: { 400: refusedBase, 404: refusedBase },
}

const findAdvice = (status: number, operation: string | undefined): Advice =>
  (operation === undefined ? undefined : operationAdvice[operation]?.[status]) ??
  advice[status] ??
  (status >= 500 ? outage : refusal)

/**
 * One failed request, as a sentence and a remedy.
 *
 * @param hasDefaultApi nobody gave another address of the API, so that it can't be mistyped
 */
export const formatFailure = (failure: FailureDetails, hasDefaultApi = false): Problem => {
  const { reach = humanitec } = failure
  const isCertain = hasDefaultApi && reach.setting === humanitec.setting
  const problem = describeFailure(isCertain ? { ...failure, reach: { ...reach, setting: '' } } : failure)
  const what = joinParts(' ', problem.what, formatAttempts(failure))
  return { ...problem, what, ...(hasDefaultApi && withoutApiUrl(failure)) }
}

/** How long and how often, where that was more than once. */
const formatAttempts = ({ attempts }: FailureDetails): string =>
  attempts && attempts.count > 1 ? `Tried ${attempts.count} times in ${formatDuration(attempts.overMs)}.` : ''

/** What to do where the address is right for sure. */
const withoutApiUrl = ({ kind, status = 0 }: FailureDetails): Partial<Problem> => {
  if (kind === 'answered' && status === 401) return { remedy: 'Check the input token.' }
  const cause = 'the answer was not Humanitec’s'
  if (kind === 'answered' && isRedirect(status))
    return { cause, remedy: `${lookBetween} If your API has another address, set api_url.` }
  return kind === 'unreadable' ? { cause, remedy: lookBetween } : {}
}

const lookBetween = 'Look at what is between the runner and Humanitec, such as a proxy, a firewall or an ingress.'

const describeFailure = (failure: FailureDetails): Problem => {
  const { kind, status = 0, request, operation, redirectHost } = failure
  // Not cut: a secret in it is only found whole.
  const detail = summarizePage(failure.detail)
  if (kind === 'unreadable') {
    return {
      cause: 'the answer was not Humanitec’s',
      what: `The answer to ${request} could not be used: ${detail || 'it is not what the API documents'}.`,
      remedy: 'Check that api_url leads to Humanitec’s API, and that nothing on the way changes its answers.',
      namesSetting: true,
    }
  }
  if (kind !== 'answered')
    return { cause: 'Humanitec could not be reached', ...describeNetworkFailure({ reach: humanitec, ...failure }) }
  if (isRedirect(status)) {
    return {
      cause: 'api_url leads elsewhere',
      what: `${request} was answered with a redirect (${status})${redirectHost ? ` to ${redirectHost}` : ''}, which is never followed.`,
      remedy: 'Check api_url: it must be the API’s own address.',
      namesSetting: true,
    }
  }
  if (failure.foreign) {
    return {
      cause: `the answer was not Humanitec’s (${status})`,
      what: `The ${status} at ${request} is not Humanitec’s answer: “${failure.foreign.title}”.`,
      remedy: lookBetween,
    }
  }
  const { meaning, ...others } = findAdvice(status, operation)
  return {
    cause: `${meaning} (${status})`,
    what: toSentence(`${meaning} (${status}) at ${request}${detail && `: ${detail}`}`),
    ...others,
  }
}

/** Where nothing is known of the way to the host. */
const humanitec: Reach = { host: 'Humanitec', setting: 'api_url', extraCaFile: '' }

/** For an end at the deadline: the last failure of what was waited for, as a further sentence. */
export const formatTrouble = (lastFailure: FailureDetails | undefined): string => {
  if (!lastFailure) return ''
  const { what, remedy } = formatFailure(lastFailure)
  return ` The last error: ${joinParts(' ', what, isRedirect(lastFailure.status) && remedy)}`
}

const isRedirect = (status = 0): boolean => status >= 300 && status < 400

type Failure = Pick<FailureDetails, 'kind' | 'code' | 'detail'> & NetworkDetails

const unknownReach: Reach = { host: 'The server', setting: 'the address', extraCaFile: '' }

/** Why a request got no answer, and the setting to look at. */
export const describeNetworkFailure = (failure: Failure): Problem => {
  const { reach = unknownReach, kind, proxyStatus } = failure
  if (proxyStatus === 407) return describeCredentials(reach)
  if (proxyStatus !== undefined)
    return describeTunnel(reach, `made no connection to ${reach.host}: it answered ${proxyStatus}`)
  if (kind === 'untrusted') return describeCertificate(failure, reach)
  if (kind === 'lost') return describeLoss(failure, reach)
  return describeUnsent(failure, reach)
}

const nameProxy = ({ proxy }: Reach): string =>
  proxy ? `The proxy ${proxy.address} (${proxy.variableName})` : 'The proxy'

const nameVariable = ({ proxy }: Reach): string => proxy?.variableName ?? 'https_proxy'

const adviseBypass = ({ host }: Reach): string =>
  `If the runner may reach ${host} without a proxy, add ${host.replace(/:\d+$/, '')} to no_proxy.`

const describeCredentials = (reach: Reach): Problem => ({
  what: `${nameProxy(reach)} ${reach.proxy?.hasCredentials ? 'refused the user name or the password' : 'requires a user name and a password'} (407).`,
  remedy: `Write them as user:password@ before the host in ${nameVariable(reach)}, special characters percent-encoded (@ as %40).`,
  namesSetting: true,
})

const describeTunnel = (reach: Reach, what: string): Problem => ({
  what: `${nameProxy(reach)} ${what}.`,
  remedy: `Allow ${reach.host} on the proxy. ${adviseBypass(reach)}`,
  namesSetting: true,
})

const describeUnsent = (failure: Failure, reach: Reach): Problem => {
  const { code = '', phase, detail } = failure
  const reason = `${reasons[code] ?? 'could not be reached'}${code && ` (${code})`}`
  if (code === 'ERR_PROXY_TUNNEL')
    return describeTunnel(reach, `closed the connection before there was one to ${reach.host}`)
  if (reach.proxy && phase === 'connect' && code === 'ETIMEDOUT')
    return describeTunnel(reach, `made no connection to ${reach.host} in time`)
  // Built-in fetch behind a proxy doesn't tell how far it got, but it connects to nobody else.
  if (reach.proxy && phase !== 'connect') {
    return {
      what: `${nameProxy(reach)} ${reason}.`,
      remedy: `Check its address in ${nameVariable(reach)}, and that it runs. ${adviseBypass(reach)}`,
      namesSetting: true,
    }
  }
  return isTlsFailure(code, detail) ? describeHandshake(code, reach) : describeHost(reason, reach)
}

const describeHost = (reason: string, { host, setting, proxy, bypass }: Reach): Problem => {
  if (bypass) {
    return {
      what: `${host} ${reason}. The proxy was not used, because ${bypass.variableName} contains ${bypass.entry}.`,
      remedy: joinParts('', 'Check that entry', setting && `, and ${setting}`, '.'),
      namesSetting: true,
    }
  }
  return {
    what: `${host} ${reason}.`,
    remedy: proxy
      ? `Check ${setting && `${setting}, and `}what the proxy of ${proxy.variableName} lets through.`
      : `Check ${setting && `${setting}, and `}that the runner may reach it. Behind a proxy, set https_proxy.`,
    namesSetting: true,
  }
}

const isTlsFailure = (code: string, detail: string): boolean =>
  code === 'EPROTO' || code.startsWith('ERR_SSL') || detail.includes('secure TLS connection')

const describeHandshake = (code: string, { host, setting }: Reach): Problem => ({
  what: `No TLS connection was possible to ${host} (${code}).`,
  remedy: `Check ${setting && `host and port in ${setting}, and `}what is between: a firewall, a proxy that should be in https_proxy.`,
  namesSetting: true,
})

const reasons: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'could not be resolved for now',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'cut the connection',
  ENOTFOUND: 'could not be resolved',
  ETIMEDOUT: 'didn’t answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'didn’t answer in time',
}

const describeLoss = ({ code = '', detail }: Failure, { host, proxy }: Reach): Problem => ({
  what: `${host}${proxy ? `, asked through the proxy ${proxy.address},` : ''} gave no complete answer: ${joinParts(' ', detail, code && `(${code})`)}.`,
  remedy: 'Re-run the job; if it happens again, look at what is between the runner and the host.',
})

const describeCertificate = ({ code = '', phase }: Failure, reach: Reach): Problem => {
  const ofProxy = phase === 'proxy'
  const what = `The certificate of ${ofProxy ? `the proxy ${reach.proxy?.address}` : reach.host}`
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const validity = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'isn’t valid yet'
    return {
      what: `${what} ${validity} (${code}).`,
      remedy: 'Check the runner’s clock, or have the certificate renewed.',
    }
  }
  if (code.startsWith('ERR_TLS_CERT_ALTNAME') || code === 'HOSTNAME_MISMATCH') {
    const setting = ofProxy ? nameVariable(reach) : reach.setting
    const remedy = setting ? `Check ${setting}: the certificate must be for the host name there.` : lookBetween
    return { what: `${what} is for another host name (${code}).`, remedy, namesSetting: true }
  }
  const signer = signers[code] ?? 'isn’t trusted'
  return { what: `${what} ${signer} (${code}).`, remedy: adviseAuthority(reach), namesSetting: true }
}

const unknownAuthority = 'is signed by an authority that Node doesn’t trust'

const signers: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
}

const adviseAuthority = ({ extraCaFile }: Reach): string =>
  extraCaFile
    ? `NODE_EXTRA_CA_CERTS names ${extraCaFile}, but it doesn’t hold that authority’s certificate, or can’t be read by the runner.`
    : 'A proxy that inspects TLS uses such certificates. Under the step’s env, name the file with its authority’s certificate (PEM) ' +
      'in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA to 1 when the runner’s system trusts it.'

/** What the step knows beside the answer. */
export type Told = Pick<Report, 'state' | 'writer'>

/** A request that ended the step, with what the step knows beside the answer: what it had read, and what it sent. */
export const wordRequestFailure = (failure: FailureDetails, told: Told): Problem => {
  const { request } = told.state
  const refusal = request && isOwnAnswer(failure) ? wordRefusal(failure, request, told) : undefined
  return {
    ...(refusal ?? formatFailure(failure, hasDefaultApi(told))),
    ...(failure.more && { details: failure.more }),
  }
}

/** The API has never given a valid answer: its address comes into question, too, where it was given. */
export const wordUnreachable = (failure: FailureDetails, told: Told): Problem => {
  const isDefault = hasDefaultApi(told)
  const { what, remedy = '', namesSetting } = formatFailure(failure, isDefault)
  return {
    cause: 'Humanitec never gave a valid answer',
    what: `${what} No request got a valid answer.`,
    remedy: namesSetting || isDefault ? remedy : `Check api_url. ${remedy}`.trim(),
  }
}

const hasDefaultApi = ({ state: { request } }: Told): boolean => request?.apiUrl === inputDefaults.api_url

const isOwnAnswer = ({ kind, foreign }: FailureDetails): boolean => kind === 'answered' && foreign === undefined

/** What a token needs rights for, as people say it. All of these come after something was read with the same token. */
const deeds: Readonly<Record<string, string>> = {
  startDeployment: 'deploy to',
  putBase: 'set the base of',
  createEnvironment: 'create',
  deleteEnvironment: 'delete',
}

const readSets = 'read Sets and Deltas of'
const readPipelines = 'read pipelines of'

/** The same of what belongs to the application; some of these can come first, too. */
const deedsInApp: Readonly<Record<string, string>> = {
  createDelta: 'create Deltas in',
  convertScore: 'convert Score files for',
  getSet: readSets,
  getDelta: readSets,
  applyDelta: readSets,
  diffSets: readSets,
  listPipelineRuns: readPipelines,
  getPipelineRun: readPipelines,
}

const wordRefusal = (failure: FailureDetails, request: Request, told: Told): Problem | undefined => {
  const { operation, status = 0 } = failure
  const deed = operation && deeds[operation]
  if (status === 403 && deed) return formatForbidden(failure, deed, told)
  const deedInApp = operation && deedsInApp[operation]
  const hasRead = told.state.environment !== undefined || told.state.deployment !== undefined
  if (status === 403 && deedInApp && hasRead) return formatForbiddenInApp(failure, deedInApp, request)
  const isStart = operation === 'startDeployment' && (status === 400 || status === 404 || status === 422)
  return isStart && request.operation === 'deploy' ? formatRefusedStart(failure, request, told) : undefined
}

/** The token was good for reading: what it lacks is a role, and for which type of environment is known. */
const formatForbidden = (failure: FailureDetails, deed: string, { state }: Told): Problem => {
  const { request, environment } = state
  const type = environment?.type || (request?.operation === 'deploy' ? request.envType : undefined)
  const target = `environments of ${type ? `type ${type}` : 'this type'}`
  return {
    cause: `the token may not ${deed} ${target} (403)`,
    what: describe(`The token is valid, but may not ${deed} ${target}`, failure),
    remedy: `Give the token’s service user the role Deployer for ${type ? `the environment type ${type}` : 'this environment’s type'}, and Developer in the application ${request?.app}.`,
  }
}

const formatForbiddenInApp = (failure: FailureDetails, deed: string, { app }: Request): Problem => {
  const target = `the application ${app}`
  return {
    cause: `the token may not ${deed} ${target} (403)`,
    what: describe(`The token is valid, but may not ${deed} ${target}`, failure),
    remedy: `Give the token’s service user the role ${deed.startsWith('read') ? 'Viewer at least' : 'Developer'} in ${target}.`,
  }
}

/** Org, application and environment were read just before: what can be wrong is what was sent. */
const formatRefusedStart = (failure: FailureDetails, request: DeployRequest, { state }: Told): Problem => {
  const sent = listSent(request, state)
  return {
    cause: `Humanitec refused the deployment (${failure.status})`,
    what: describe(`Humanitec refused to deploy ${joinWords(sent, 'and')}`, failure),
    remedy: `Check ${sent.length === 1 ? 'that it exists' : 'that they exist'} in the application ${request.app} and ${sent.length === 1 ? 'fits' : 'fit'} the environment ${request.env}.`,
  }
}

const listSent = (request: DeployRequest, { deltaId = request.deltaId, base }: Told['state']): readonly string[] => [
  ...(deltaId !== undefined ? [`Delta ${deltaId}`] : []),
  ...(request.setId !== undefined ? [`Set ${request.setId}`] : []),
  ...(request.valueSetVersionId !== undefined ? [`value set version ${request.valueSetVersionId}`] : []),
  ...(request.setId === undefined ? [base ? `the base ${base.id}` : 'the environment’s base'] : []),
]

const describe = (what: string, { status, request, detail }: FailureDetails): string =>
  toSentence(joinParts(': ', `${what} (${status}) at ${request}`, summarizePage(detail)))
