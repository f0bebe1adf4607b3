import { describe, expect, it } from '@jest/globals'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import { formatFailure, formatUnreachable } from '../../../src/core/report/request-problems.ts'
import type { Problem } from '../../../src/core/run/outcome.ts'
import type { Humanitec } from '../../../src/ports.ts'

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
    [401, /no token.*input token.*api_url/],
    [403, /refused the token.*expired.*Developer.*Deployer/],
    [404, /nothing there.*Check org, app, env/],
    [405, /refused the request.*Check the inputs/],
    [407, /proxy.*password.*proxy variable/i],
    [408, /in time.*Re-run the job/],
    [409, /another deployment is active.*on_conflict: wait/],
    [422, /could not use.*Check the ids and the mode/],
    [429, /rate-limiting this token.*later/],
    [500, /error of its own.*Re-run the job/],
    [503, /unavailable.*Re-run the job/],
  ])('%d says what it means, where, and what to do', (status, words) => {
    const problem = formatFailure(answered(status, { detail: 'API-000: because' }))
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
    expect(formatFailure(answered(400, { detail })).what).toBe(`Humanitec refused the request (400) at ${path}: ${end}`)
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
    expect(formatFailure(answered(status, { operation, request })).remedy).toMatch(remedy)
  })

  it('with a page for browsers tells its title', () => {
    const detail = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>…</body></html>'
    expect(formatFailure(answered(502, { detail })).what).toBe(
      `Humanitec is unavailable (502) at ${path}: a page with the title “502 Bad Gateway”.`,
    )
  })

  it('is not cut: the secrets in it are still to be found', () => {
    const detail = 'all is lost '.repeat(1000).trim()
    expect(formatFailure(answered(500, { detail })).what).toContain(detail)
  })

  it('without words of its own ends as a sentence', () => {
    expect(formatFailure(answered(404)).what).toBe(`Humanitec found nothing there (404) at ${path}.`)
  })

  it.each([301, 302, 303, 307, 308])('%d names api_url and where it would have led', (status) => {
    const problem = formatFailure(answered(status, { redirectHost: 'login.example.com' }))
    expect(problem.what).toContain('login.example.com')
    expect(problem.what).toContain(String(status))
    expect(problem.remedy).toContain('api_url')
    expect(formatFailure(answered(status)).what).not.toContain(' to ,')
  })
})

describe('an answer that can’t be used', () => {
  it.each([
    ['it speaks of a1', 'it speaks of a1'],
    ['', 'it is not what the API documents'],
  ])('says why: %j', (detail, expected) => {
    const problem = formatFailure({ kind: 'unreadable', request: path, status: 200, detail })
    expect(problem.what).toContain(`${path} could not be used: ${expected}.`)
    expect(problem.remedy).toContain('api_url')
  })
})

describe('no answer', () => {
  it.each(['not_sent', 'lost', 'untrusted'] as const)('%s names the code and a setting to look at', (kind) => {
    const problem = formatFailure({ kind, request: path, code: 'ECONNREFUSED', detail: 'connect' })
    expect(problem.what).toContain('ECONNREFUSED')
    expect(problem.remedy).toMatch(/\w/)
  })

  it('at all, ever, names api_url', () => {
    const problem = formatUnreachable({ kind: 'not_sent', request: path, code: 'ENOTFOUND', detail: '' })
    expect(problem.cause).toBe('Humanitec never gave a valid answer')
    expect(problem.what).toContain('ENOTFOUND')
    expect(problem.remedy).toContain('api_url')
  })

  it('at all, ever, says nothing twice', () => {
    const problem = formatUnreachable({ kind: 'not_sent', request: path, code: 'ENOTFOUND', detail: '' })
    expect(problem.what).toBe('Humanitec could not be resolved (ENOTFOUND). No request got a valid answer.')
    expect(problem.remedy).toBe('Check api_url, and that the runner may reach it. Behind a proxy, set https_proxy.')
  })

  it.each<[number, string]>([
    [401, 'Check the input token, and what api_url leads to.'],
    [407, 'Check api_url. Put it into the proxy variable: http://user:password@host:port.'],
    [503, 'Check api_url. Re-run the job when Humanitec is available again.'],
  ])('but %d, ever, names api_url once', (status, remedy) => {
    expect(formatUnreachable(answered(status)).remedy).toBe(remedy)
  })

  it('that is valid, but plenty that are not, names api_url and the last of them', () => {
    const problem = formatUnreachable(answered(502))
    expect(problem.what).toContain('502')
    expect(problem.remedy).toContain('api_url')
  })
})
