import { describe, expect, it } from '@jest/globals'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import { describeRequestFailure, describeUnreachable } from '../../../src/core/report/refusals.ts'
import { describeFailure } from '../../../src/core/report/request-problems.ts'
import type { Problem } from '../../../src/core/run/outcome.ts'
import { emptyRunState, type RunState } from '../../../src/core/run/result.ts'
import type { Humanitec } from '../../../src/ports.ts'
import { base, report, request, runningDeployment } from '../report-base.ts'

const elsewhere = { ...request, apiUrl: 'https://humanitec.corp.example' }

const unreachable = (failure: FailureDetails): Problem =>
  describeUnreachable(failure, { ...report, state: { ...emptyRunState, request: elsewhere } })

const path = 'POST /orgs/acme/apps/shop/envs/production/deploys'

const answered = (status: number, more: Partial<FailureDetails> = {}): FailureDetails => ({
  kind: 'answered',
  request: path,
  operation: 'startDeployment',
  status,
  detail: '',
  ...more,
})

/** What a person reads of it. */
const tell = ({ what, remedy = '' }: Problem): string => `${what} ${remedy}`

describe('an answer that is a refusal', () => {
  it.each<[number, RegExp]>([
    [400, /refused.*Check that the Delta exists.*fits the environment/],
    [401, /says that it received no token.*sent one: check api_url.*removes the header Authorization/],
    [403, /refused the token.*expired.*Developer.*Deployer/],
    [404, /nothing there.*Check org, app, env/],
    [405, /refused the request.*Check the inputs/],
    [407, /proxy.*password.*https_proxy/i],
    [408, /in time.*Re-run the job/],
    [409, /another deployment is active.*on_conflict: wait/],
    [422, /could not use.*Check the ids and the mode/],
    [429, /rate-limiting this token.*later/],
    [500, /error of its own.*Re-run the job/],
    [503, /unavailable.*Re-run the job/],
  ])('%d says what it means, where, and what to do', (status, words) => {
    const problem = describeFailure(answered(status, { detail: 'API-000: because' }))
    expect(tell(problem)).toMatch(words)
    expect(problem.what).toContain(`(${status}) at ${path}: API-000: because`)
    expect(problem.remedy).not.toBe('')
  })

  it.each([
    ['no such Delta', 'no such Delta.'],
    ['no such Delta.', 'no such Delta.'],
    ['no such Delta: ', 'no such Delta.'],
    ['no such Delta!', 'no such Delta!'],
  ])('with words of its own ends as a sentence: %j', (detail, end) => {
    expect(describeFailure(answered(400, { detail })).what).toBe(
      `Humanitec refused the request (400) at ${path}: ${end}`,
    )
  })

  it.each<[keyof Humanitec, number, string, RegExp]>([
    ['startDeployment', 400, 'POST /orgs/acme/apps/shop/envs/production/deploys', /^Check that the Delta exists/],
    ['listDeployments', 400, 'GET /orgs/acme/apps/shop/envs/production/deploys', /^Check the inputs/],
    ['getEnvironment', 400, 'GET /orgs/acme/apps/shop/envs/deploys', /^Check the inputs/],
    ['putBase', 400, 'PUT /orgs/acme/apps/shop/envs/production/from_deploy_id', /^Check from_deploy_id/],
    ['putBase', 404, 'PUT /orgs/acme/apps/shop/envs/production/from_deploy_id', /^Check from_deploy_id/],
    ['putBase', 403, 'PUT /orgs/acme/apps/shop/envs/production/from_deploy_id', /^Check the token/],
    ['getEnvironment', 404, 'GET /orgs/acme/apps/shop/envs/from_deploy_id', /^Check org, app, env/],
  ])('to %s (%d) has the remedy of that call, whatever the path ends in: %s', (operation, status, request, remedy) => {
    expect(describeFailure(answered(status, { operation, request })).remedy).toMatch(remedy)
  })

  it('with a page for browsers tells its title', () => {
    const detail = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>…</body></html>'
    expect(describeFailure(answered(502, { detail })).what).toBe(
      `Humanitec is unavailable (502) at ${path}: a page with the title “502 Bad Gateway”.`,
    )
  })

  it('is not cut: the secrets in it are still to be found', () => {
    const detail = 'all is lost '.repeat(1000).trim()
    expect(describeFailure(answered(500, { detail })).what).toContain(detail)
  })

  it('without words of its own ends as a sentence', () => {
    expect(describeFailure(answered(404)).what).toBe(`Humanitec found nothing there (404) at ${path}.`)
  })

  it.each([301, 302, 303, 307, 308])('%d names api_url and where it would have led', (status) => {
    const problem = describeFailure(answered(status, { redirectHost: 'login.example.com' }))
    expect(problem.what).toContain('login.example.com')
    expect(problem.what).toContain(String(status))
    expect(problem.remedy).toContain('api_url')
    expect(describeFailure(answered(status)).what).not.toContain(' to ,')
  })
})

describe('an answer that can’t be used', () => {
  it.each([
    ['it is about a1', 'it is about a1'],
    ['', 'it is not what the API documents'],
  ])('says why: %j', (detail, expected) => {
    const problem = describeFailure({ kind: 'unreadable', request: path, status: 200, detail })
    expect(problem.what).toContain(`${path} could not be used: ${expected}.`)
    expect(problem.remedy).toContain('api_url')
  })
})

describe('no answer', () => {
  it.each(['not_sent', 'lost', 'untrusted'] as const)('%s names the code and a setting to look at', (kind) => {
    const problem = describeFailure({ kind, request: path, code: 'ECONNREFUSED', detail: 'connect' })
    expect(problem.what).toContain('ECONNREFUSED')
    expect(problem.remedy).toMatch(/\w/)
  })

  it('at all, ever, names api_url', () => {
    const problem = unreachable({ kind: 'not_sent', request: path, code: 'ENOTFOUND', detail: '' })
    expect(problem.cause).toBe('Humanitec never gave a valid answer')
    expect(problem.what).toContain('ENOTFOUND')
    expect(problem.remedy).toContain('api_url')
  })

  it('at all, ever, says nothing twice', () => {
    const problem = unreachable({ kind: 'not_sent', request: path, code: 'ENOTFOUND', detail: '' })
    expect(problem.what).toBe('Humanitec could not be resolved (ENOTFOUND). No request got a valid answer.')
    expect(problem.remedy).toBe('Check api_url, and that the runner may reach it. Behind a proxy, set https_proxy.')
  })

  it.each<[number, string]>([
    [
      401,
      'The step sent one: check api_url, and whether something between the runner and Humanitec removes the header Authorization.',
    ],
    [407, 'Check api_url. Write them into https_proxy: http://user:password@host:port.'],
    [503, 'Check api_url. Re-run the job when Humanitec is available again.'],
  ])('but %d, ever, names api_url once', (status, remedy) => {
    expect(unreachable(answered(status)).remedy).toBe(remedy)
  })

  it('that is valid, but plenty that are not, names api_url and the last of them', () => {
    const problem = unreachable(answered(502))
    expect(problem.what).toContain('502')
    expect(problem.remedy).toContain('api_url')
  })
})

describe('a refusal, with what the step knows', () => {
  const environment = { id: 'production', name: 'production', type: 'production', status: 'active', created_at: '' }
  const known: RunState = { ...emptyRunState, request, environment, base }
  const refuse = (failure: FailureDetails, state: RunState = known): Problem =>
    describeRequestFailure(failure, { ...report, state })

  it.each<[keyof Humanitec, string, string]>([
    ['createDelta', 'create Deltas in', 'Developer'],
    ['convertScore', 'convert Score files for', 'Developer'],
    ['getSet', 'read Sets and Deltas of', 'Viewer'],
    ['getPipelineRun', 'read pipelines of', 'Viewer'],
  ])('403 of %s: the token is valid, but may not %s the application: a role of it', (operation, deed, role) => {
    const problem = refuse(answered(403, { operation }))
    expect(problem.what).toBe(`The token is valid, but may not ${deed} the application shop (403) at ${path}.`)
    expect(problem.remedy).toContain(`the role ${role}`)
    // Where nothing was read before, the token itself may be wrong.
    expect(refuse(answered(403, { operation }), { ...emptyRunState, request }).remedy).toContain('may be wrong')
  })

  it.each<[keyof Humanitec, string]>([
    ['startDeployment', 'deploy to'],
    ['putBase', 'set the base of'],
    ['deleteEnvironment', 'delete'],
    ['createEnvironment', 'create'],
  ])('403 of %s: the token is valid, but may not %s environments of this type', (operation, deed) => {
    const problem = refuse(answered(403, { operation }))
    expect(problem.what).toBe(
      `The token is valid, but may not ${deed} environments of type production (403) at ${path}.`,
    )
    expect(problem.remedy).toBe(
      'Give the token’s service user the role Deployer for the environment type production, and Developer in the application shop.',
    )
  })

  it('403 of the first read doubts the token', () => {
    expect(refuse(answered(403, { operation: 'getEnvironment' })).what).toContain('Humanitec refused the token (403)')
  })

  it.each([400, 404, 422])('%d at the start names what was sent, not where to', (status) => {
    const state = { ...known, request: { ...request, valueSetVersionId: 'v7' } }
    const { what, remedy } = refuse(answered(status, { detail: 'API-000: because' }), state)
    expect(what).toBe(
      `Humanitec refused to deploy Delta ${request.deltaId} and value set version v7 on the base ${base.id} (${status}) at ${path}: API-000: because.`,
    )
    expect(remedy).toBe('Check that they exist in the application shop and fit the environment production.')
  })

  it.each<[string, RunState, string]>([
    ['what is known of it', known, `the state of ${base.id}`],
    ['its place', { ...emptyRunState, environment }, 'the environment’s base'],
  ])('a base alone is told by %s', (_, state, sent) => {
    const { deltaId: __, ...rest } = request
    const { what, remedy } = refuse(answered(400), { ...state, request: { ...rest, redeploy: true } })
    expect(what).toContain(`Humanitec refused to deploy ${sent} (400)`)
    expect(remedy).toContain('Check that it exists')
  })

  it.each([400, 404])('%d of a base that from_env chose names it, and what to set instead', (status) => {
    const state = { ...known, request: { ...request, base: { kind: 'environment', env: 'staging' } as const } }
    const { what, remedy } = refuse(answered(status, { operation: 'putBase' }), state)
    expect(what).toBe(
      `Humanitec refused the base ${base.id}, the latest successful deployment of staging (${status}) at ${path}.`,
    )
    expect(remedy).toBe('Name another deployment with from_deploy_id, in place of from_env.')
    expect(refuse(answered(status, { operation: 'putBase' })).remedy).toContain('Check from_deploy_id')
  })

  it('a Set is sent without a base', () => {
    const { deltaId: _, ...rest } = request
    const state = { ...known, request: { ...rest, setId: 'aSet' } }
    expect(refuse(answered(404), state).what).toContain('refused to deploy Set aSet (404)')
  })

  it('somebody else’s 403 says nothing of the token', () => {
    const { what, remedy } = refuse(answered(403, { intermediary: { title: 'Attention Required!' } }))
    expect(what).toContain('is not Humanitec’s answer: “Attention Required!”')
    expect(remedy).toContain('what is between the runner and Humanitec')
  })

  it.each<[string, Partial<FailureDetails>]>([
    ['401', { status: 401 }],
    ['an answer that can’t be read', { kind: 'unreadable', status: 200 }],
    ['no address', { kind: 'not_sent', code: 'ENOTFOUND' }],
    ['no TLS', { kind: 'not_sent', code: 'EPROTO' }],
    ['another name’s certificate', { kind: 'untrusted', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
  ])('api_url is doubted only when it was given: %s', (_, more) => {
    const failure = { ...answered(200), operation: 'getEnvironment', ...more } as FailureDetails
    expect(JSON.stringify(refuse(failure))).not.toContain('api_url')
    expect(JSON.stringify(describeUnreachable(failure, { ...report, state: known }))).not.toContain('api_url')
    expect(refuse(failure, { ...known, request: elsewhere }).remedy).toContain('api_url')
  })

  it('has the details of the API’s error, for the summary', () => {
    expect(refuse(answered(400, { more: '{\n  "a": 1\n}' })).details).toBe('{\n  "a": 1\n}')
  })

  it('says how often and how long it was tried', () => {
    const failure = answered(503, { attempts: { count: 14, overMs: 120_000 } })
    expect(refuse(failure, { ...known, deployment: runningDeployment }).what).toBe(
      `Humanitec is unavailable (503) at ${path}. Tried 14 times in 2 min.`,
    )
  })
})
