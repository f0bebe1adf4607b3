import { isEmptyWord } from '../text/words.ts'
import {
  createReader,
  isName,
  isNamePattern,
  isOneLine,
  isPipelineRun,
  isPlainWord,
  isWebUrl,
  nameRule,
  parseImages,
  pipelineRunRule,
  type Reader,
} from './input-reader.ts'
import type { Base, Common, InputError, PollInterval, RawInputs, Request } from './request.ts'

const operations = ['deploy', 'wait', 'delete', 'prune'] as const

type Operation = (typeof operations)[number]

/** Inputs that state a change, for `deploy` alone. */
const changes = ['delta_id', 'images', 'score', 'set_id', 'from_deploy_id', 'from_env', 'redeploy'] as const

type ParsedInputs =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'mistakes'; readonly inputErrors: readonly InputError[] }

/**
 * Turns the inputs as the workflow gave them into one typed request, or lists all mistakes at once.
 * An empty one counts as not given; inputs that don't apply to the operation are ignored.
 */
export const parseInputs = (raw: RawInputs): ParsedInputs => {
  const reader = createReader(raw)
  const { inputErrors } = reader
  const operation = reader.choice('operation', operations)
  if (operation === undefined) {
    checkGrammar(reader)
    return { kind: 'mistakes', inputErrors }
  }
  const request = parseRequest(operation, reader)
  refuseInapplicableInputs(operation, reader)
  return inputErrors.length > 0 ? { kind: 'mistakes', inputErrors } : { kind: 'request', request }
}

const parseRequest = (operation: Operation, reader: Reader): Request => {
  const common = parseCommon(operation, reader)
  switch (operation) {
    case 'deploy': {
      const more = { ...parseEnvironmentType(reader), ...parseEnvironmentUrl(reader) }
      refuseContradictions(reader)
      return { operation, ...common, ...parseChange(reader), ...parseStart(reader), ...parseHealth(reader), ...more }
    }
    case 'wait':
      return { operation, ...common, ...parseFollowed(reader), ...parseHealth(reader), ...parseEnvironmentUrl(reader) }
    case 'delete':
    case 'prune':
      return { operation, ...common, ...parseEnvironmentType(reader), dryRun: reader.flag('dry_run') }
  }
}

/** With an unknown operation, only the grammar of each input can be checked. */
const checkGrammar = (reader: Reader): void => {
  parseCommon(reader.text('env').includes('*') ? 'prune' : 'deploy', reader)
  parseChange(reader)
  parseStart(reader)
  parseEnvironmentType(reader)
  parseEnvironmentUrl(reader)
  parseHealth(reader)
  parseFollowed(reader)
  reader.flag('dry_run')
}

const parseFollowed = (reader: Reader) => {
  const { pipelineRun } = reader.optional('pipeline_run', isPipelineRun, pipelineRunRule)
  const [pipelineId = '', runId = ''] = pipelineRun?.split('/') ?? []
  if (reader.isGiven('pipeline_run') && reader.isGiven('deployment_id'))
    reader.refuse('pipeline_run', 'no deployment_id with it: only one of them can say what to wait for')
  return { ...reader.id('deployment_id'), ...(pipelineRun !== undefined && { pipelineRun: { pipelineId, runId } }) }
}

const parseHealth = (reader: Reader) => {
  const waitFor = reader.choice('wait_for', ['deployed', 'healthy']) ?? 'deployed'
  if (waitFor === 'healthy' && reader.states('wait') === false && reader.isGiven('wait'))
    reader.refuse('wait_for', 'wait: true with healthy: a step that doesn’t wait can’t check it')
  return {
    waitFor,
    healthTimeoutMs: reader.duration('health_timeout', 60_000, 3_600_000, '1 min to 1 h'),
    logLines: reader.count('log_lines', 200),
  }
}

const parseEnvironmentType = (reader: Reader) =>
  reader.optional('env_type', isPlainWord, 'the id of an environment type, such as development')

const parseEnvironmentUrl = (reader: Reader) =>
  reader.optional('environment_url', isWebUrl, 'an address that begins with https:// or http://')

const parseCommon = (operation: Operation, reader: Reader): Common => ({
  org: reader.required('org', isName, nameRule),
  app: reader.required('app', isName, nameRule),
  env:
    operation === 'prune'
      ? reader.required(
          'env',
          isNamePattern,
          'the id of an environment with one * for the pull request’s number, such as pr-*',
        )
      : parseEnvironment(reader),
  token: reader.secret(
    'token',
    'the API token of a service user, in this input or in the step’s environment variable HUMANITEC_TOKEN; a secret there may be misspelt, or not available to this run',
  ),
  apiUrl: reader.address('api_url'),
  appUrl: reader.address('app_url'),
  timeoutMs: reader.duration('timeout', 1000, 120 * 3_600_000, '1 s to 120 h'),
  pollInterval: parsePollInterval(reader),
  githubToken:
    operation === 'prune'
      ? reader.secret(
          'github_token',
          'a token that may read pull requests; leave the input out to use the workflow’s own',
        )
      : reader.states('pr_comment') || reader.states('github_deployment') || reader.isGiven('pull_request')
        ? reader.secret('github_token')
        : '',
  prComment: reader.flag('pr_comment'),
  githubDeployment: reader.flag('github_deployment'),
  ...parsePullRequest(reader),
})

/** An empty expression leaves `null`, or `pr-` without its number. */
const parseEnvironment = (reader: Reader): string => {
  const env = reader.text('env')
  if (!isEmptyWord(env) && !(env.length > 1 && env.endsWith('-'))) return reader.required('env', isName, nameRule)
  reader.refuse('env', `${nameRule}; if it holds an expression, that may have been empty`)
  return env
}

const parsePullRequest = (reader: Reader) => {
  const { pullRequest } = reader.optional(
    'pull_request',
    (text) => /^[1-9]\d{0,14}$/.test(text),
    'the number of a pull request, such as 12',
  )
  return pullRequest === undefined ? {} : { pullRequest: Number(pullRequest) }
}

const parsePollInterval = (reader: Reader): PollInterval =>
  reader.text('poll_interval') === 'auto'
    ? 'auto'
    : { fixedMs: reader.duration('poll_interval', 1000, 3_600_000, 'auto, or 1 s to 1 h') }

const parseChange = (reader: Reader) => {
  const base = parseBase(reader)
  const createFrom = reader.optional('create_from', isName, nameRule)
  if (createFrom.createFrom !== undefined && createFrom.createFrom === reader.text('env'))
    reader.refuse('create_from', 'another environment than env itself')
  return {
    ...reader.id('delta_id'),
    ...parseImageLines(reader),
    ...parseScore(reader),
    ...reader.id('set_id'),
    ...reader.id('value_set_version_id'),
    ...(base && { base }),
    ...createFrom,
    redeploy: reader.flag('redeploy'),
  }
}

const parseImageLines = (reader: Reader) => {
  if (!reader.isGiven('images')) return {}
  const parsed = parseImages(reader.text('images'))
  if (parsed.kind === 'images') return { images: parsed.images }
  for (const { got, takes } of parsed.errors) reader.refuseLine('images', got, takes)
  return {}
}

const parseScore = (reader: Reader) => {
  const files = reader.lines('score')
  const { scoreOverrides } = reader.optional('score_overrides', isOneLine, 'the path of one file')
  const { scoreExtensions } = reader.optional('score_extensions', isOneLine, 'the path of one file')
  for (const name of ['score_overrides', 'score_extensions'] as const) {
    if (reader.isGiven(name) && files.length !== 1) reader.refuse(name, 'exactly one file in score with it')
  }
  if (new Set(files).size < files.length) reader.refuse('score', 'each file once')
  if (files.length === 0) return {}
  return {
    score: {
      files,
      ...(scoreOverrides !== undefined && { overrides: scoreOverrides }),
      ...(scoreExtensions !== undefined && { extensions: scoreExtensions }),
    },
  }
}

const parseBase = (reader: Reader): Base | undefined => {
  const { fromDeployId } = reader.id('from_deploy_id')
  const { fromEnv } = reader.optional('from_env', isName, nameRule)
  if (fromDeployId !== undefined) return { kind: 'deployment', id: fromDeployId }
  return fromEnv === undefined ? undefined : { kind: 'environment', env: fromEnv }
}

const refuseContradictions = (reader: Reader): void => {
  const given = changes.filter((name) => reader.states(name))
  const has = (name: (typeof changes)[number]) => given.includes(name)
  if (given.length === 0) {
    reader.refuse(
      'delta_id',
      `a change to deploy: one of ${changes.slice(0, -1).join(', ')}, or redeploy: true. If it comes from an earlier step, that step’s output was empty`,
      { isAnyOf: true },
    )
  }
  if (has('set_id') && has('delta_id')) reader.refuse('set_id', 'no delta_id with it: the API would ignore the Set')
  for (const name of ['images', 'score'] as const) {
    if (has('delta_id') && has(name)) reader.refuse(name, 'no delta_id with it: the action creates the Delta from it')
  }
  for (const name of ['images', 'score', 'from_deploy_id', 'from_env'] as const) {
    if (has('set_id') && has(name)) reader.refuse('set_id', `no ${name} with it: a Set replaces the whole state`)
  }
  if (has('from_deploy_id') && has('from_env'))
    reader.refuse('from_env', 'no from_deploy_id with it: there can only be one base')
  if (has('redeploy') && given.length > 1) {
    reader.refuse(
      'redeploy',
      `none of ${changes.slice(0, -1).join(', ')} with it: it deploys the current base again, unchanged`,
    )
  }
}

const parseStart = (reader: Reader) => {
  const mode = reader.choice('mode', ['full', 'incremental'])
  return {
    ...(mode && { mode }),
    comment: reader.text('comment'),
    wait: reader.flag('wait'),
    dryRun: reader.flag('dry_run'),
    onConflict: reader.choice('on_conflict', ['fail', 'wait']) ?? 'fail',
  }
}

const refuseInapplicableInputs = (operation: Operation, reader: Reader): void => {
  for (const name of ['deployment_id', 'pipeline_run'] as const) {
    if (operation !== 'wait' && reader.text(name)) reader.refuse(name, 'nothing, except with operation: wait')
  }
  if (operation === 'wait' && reader.states('dry_run'))
    reader.refuse('dry_run', 'false with operation: wait, which changes nothing')
  if (operation === 'deploy') return
  for (const name of changes.filter((name) => reader.states(name)))
    reader.refuse(name, `nothing with operation: ${operation}, which deploys nothing`)
  if (reader.isGiven('wait') && !reader.flag('wait')) reader.refuse('wait', `true with operation: ${operation}`)
}
