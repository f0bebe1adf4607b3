import { describe, expect, it } from '@jest/globals'
import { unknownDeployment } from '../../../src/core/deployment/deployments.ts'
import type { DeployRequest } from '../../../src/core/inputs/request.ts'
import type { FailureDetails } from '../../../src/core/network/failure.ts'
import {
  formatCancelled,
  formatConflict,
  formatFailure,
  formatFateUnknown,
  formatKilled,
  formatMistakes,
  formatNoEnvironment,
  formatNoSecrets,
  formatTimedOut,
  formatUnreachable,
} from '../../../src/core/report/problem.ts'
import { noFacts, type Problem } from '../../../src/core/run/outcome.ts'

const request: DeployRequest = {
  operation: 'deploy',
  org: 'acme',
  app: 'shop',
  env: 'production',
  token: 'a-token',
  apiUrl: 'https://api.humanitec.io',
  appUrl: 'https://app.humanitec.io',
  timeoutMs: 1_800_000,
  pollInterval: 'auto',
  githubToken: '',
  prComment: false,
  githubDeployment: false,
  deltaId: 'd1',
  redeploy: false,
  comment: '',
  wait: true,
  onConflict: 'fail',
}
const path = 'POST /orgs/acme/apps/shop/envs/production/deploys'
const answered = (status: number, more: Partial<FailureDetails> = {}): FailureDetails => ({
  kind: 'answered',
  request: path,
  status,
  detail: '',
  ...more,
})
const active = {
  ...unknownDeployment,
  id: '9f2c01ab5d7e3f88',
  status: 'in progress',
  comment: 'Hotfix',
  created_by: 'jo@example.com',
  created_at: '2026-11-23T17:00:00.123456789Z',
}
const facts = { ...noFacts, request, deployment: active }

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
    [408, /refused the request/],
    [409, /another deployment is active.*on_conflict: wait/],
    [422, /could not use.*Check the ids and the mode/],
    [429, /no more requests.*later/],
    [500, /not well.*Run the step again/],
    [503, /not well.*Run the step again/],
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
    ['', 'it is not what the API promises'],
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
    expect(problem.what).toBe('Humanitec can’t be resolved (ENOTFOUND). There was no valid answer to any try.')
    expect(problem.remedy).toBe('Check api_url, and that the runner may reach it. Behind a proxy, set https_proxy.')
  })

  it('that is valid, but plenty that are not, names api_url and the last of them', () => {
    const problem = formatUnreachable(answered(502))
    expect(problem.what).toContain('502')
    expect(problem.remedy).toContain('api_url')
  })
})

describe('an environment', () => {
  it('that is not there names organisation, application and environment, and what makes it', () => {
    const problem = formatNoEnvironment(request)
    for (const name of ['acme', 'shop', 'production']) expect(problem.what).toContain(name)
    expect(problem.remedy).toContain('create_from')
    expect(problem.remedy).toContain('roles')
  })

  it('that is being deleted is named with its place', () => {
    const environment = { id: 'production', name: '', type: '', status: 'deleting', created_at: '' }
    const problem = formatNoEnvironment(request, environment)
    expect(problem.what).toBe('The environment production of shop in acme is being deleted.')
    expect(problem.remedy).toContain('when it is gone')
  })
})

describe('a conflict', () => {
  const nowMs = Date.UTC(2026, 10, 23, 17, 5, 0, 123)

  it('says whose deployment is active, and since when', () => {
    expect(formatConflict(request, active, nowMs)).toEqual({
      cause: 'another deployment is active',
      what: 'Deployment 9f2c01ab is active in production, started 5 min ago by jo@example.com. Nothing was started.',
      remedy: 'Run the step again when it has ended, or set `on_conflict: wait`.',
      conflict: active,
    })
  })

  it('says what it can where the API left the rest out', () => {
    const problem = formatConflict(request, { ...active, created_by: '', created_at: '' }, nowMs)
    expect(problem.what).toBe('Deployment 9f2c01ab is active in production, started by someone. Nothing was started.')
  })

  it('with one that can’t be seen says what the API said', () => {
    const problem = formatConflict(request, undefined, nowMs)
    expect(problem.what).toMatch(/Humanitec says.*production.*409.*Nothing was started/)
    expect(problem).not.toHaveProperty('conflict')
  })
})

describe('a start whose fate is unknown', () => {
  it.each([
    [{ comment: 'Hotfix', delta_id: 'd1' }, 'Delta d1'],
    [{ comment: 'Hotfix', set_id: 's1' }, 'Set s1'],
    [{ comment: 'Hotfix' }, 'the environment’s base'],
  ])('says what was sent, where to look, and that a pipeline may hold it: %j', (body, what) => {
    const problem = formatFateUnknown(body, request)
    expect(problem.what).toContain(`${what} was sent to production`)
    expect(problem.what).toContain('It may be running.')
    expect(problem.remedy).toContain('“Hotfix”')
    expect(problem.remedy).toMatch(/Look at the environment’s deployments before.*pipeline.*approval/)
    expect(tell(problem)).not.toMatch(/failed/i)
  })

  it('says why', () => {
    expect(formatFateUnknown({ comment: '' }, request, answered(502)).what).toContain('502')
  })
})

describe('the deadline', () => {
  it('with a deployment says that it goes on, and how to wait longer', () => {
    const problem = formatTimedOut(facts, 1_800_000)
    expect(problem.what).toBe('Deployment 9f2c01ab is still in progress after 30 min; it goes on in Humanitec.')
    expect(problem.remedy).toMatch(/operation: wait.*timeout/)
  })

  it('with a deployment whose status is not known says so too', () => {
    const problem = formatTimedOut({ ...facts, deployment: { ...active, status: '' } }, 1_800_000)
    expect(problem.what).toContain('still running after 30 min')
  })

  it('tells how long the earlier ones took', () => {
    const past = (seconds: number) => {
      const status_changed_at = new Date(Date.UTC(2026, 10, 22, 12, 0, seconds)).toISOString()
      return {
        ...active,
        id: `a${seconds}`,
        status: 'succeeded',
        created_at: '2026-11-22T12:00:00Z',
        status_changed_at,
      }
    }
    expect(formatTimedOut({ ...facts, history: [past(140), past(185)] }, 180_000).what).toMatch(
      / The last 2 took 2 min 20 s to 3 min 5 s\.$/,
    )
    expect(formatTimedOut({ ...facts, history: [past(140)] }, 180_000).what).toMatch(/ The last one took 2 min 20 s\.$/)
  })

  it('before a start says so', () => {
    const problem = formatTimedOut({ ...noFacts, request }, 60_000)
    expect(problem.what).toBe('The timeout of 1 min came before anything was started.')
    expect(problem.remedy).toMatch(/longer timeout/)
  })

  it('names the last thing that was heard', () => {
    expect(formatTimedOut(facts, 1_800_000, answered(503)).what).toMatch(/The last thing heard: .*503/)
    expect(formatTimedOut(noFacts, 1_800_000, answered(503)).what).toMatch(/The last thing heard: .*503/)
  })
})

describe('a cancellation', () => {
  it('before a start: nothing goes on', () => {
    expect(formatCancelled(noFacts)).toEqual({ what: 'The workflow was cancelled before anything was started.' })
  })

  it('of a deployment that goes on says that it can’t be cancelled, and how to follow it', () => {
    const problem = formatCancelled(facts)
    expect(problem.what).toMatch(/9f2c01ab goes on in Humanitec, which can’t cancel it/)
    expect(problem.remedy).toContain('operation: wait')
  })

  it('of a deployment that was over says how it ended', () => {
    const problem = formatCancelled({ ...facts, deployment: { ...active, status: 'failed' } })
    expect(problem.what).toMatch(/9f2c01ab had already ended: failed/)
    expect(problem.what).not.toContain('goes on')
  })
})

describe('a kill', () => {
  it('with a deployment says that it goes on', () => {
    expect(tell(formatKilled(facts))).toMatch(/9f2c01ab goes on.*operation: wait/)
  })

  it('before a start says so', () => {
    expect(formatKilled(noFacts).what).toContain('before anything was started')
  })
})

describe('wrong inputs', () => {
  const mistake = { input: 'env', got: 'Prod', takes: 'a name' }

  it('are counted, and handed on', () => {
    expect(formatMistakes([mistake])).toEqual({ what: 'One input is wrong; nothing was done.', mistakes: [mistake] })
    expect(formatMistakes([mistake, { input: 'app', takes: 'a name' }]).what).toBe(
      '2 inputs are wrong; nothing was done.',
    )
  })
})

describe('no secrets', () => {
  const origin = {
    eventName: 'pull_request',
    repository: 'acme/shop',
    runUrl: '',
    attempt: 1,
    actor: 'dependabot[bot]',
    sha: '',
    ref: '',
    commitTitle: '',
  }

  it('for a fork says so', () => {
    const problem = formatNoSecrets({ ...origin, pullRequest: { number: 1, title: '', isFromElsewhere: true } })
    expect(tell(problem)).toMatch(/another repository.*no secrets.*push its branch/)
  })

  it('for Dependabot names it', () => {
    expect(tell(formatNoSecrets(origin))).toMatch(/dependabot\[bot\].*no secrets.*Dependabot’s own secrets/)
  })
})

it('every sentence ends as one', () => {
  const problems = [
    ...[400, 401, 403, 404, 409, 422, 429, 500, 302].map((status) => formatFailure(answered(status))),
    formatUnreachable(answered(502)),
    formatNoEnvironment(request),
    formatConflict(request, active, 0),
    formatConflict(request, undefined, 0),
    formatFateUnknown({ comment: 'c' }, request, answered(502)),
    formatTimedOut(facts, 1000, answered(502)),
    formatTimedOut(noFacts, 1000),
    formatCancelled(facts),
    formatKilled(facts),
  ]
  for (const { what, remedy = '.' } of problems) {
    expect(what).toMatch(/\.$/)
    expect(remedy).toMatch(/\.$/)
    expect(`${what}${remedy}`).not.toMatch(/undefined|\[object|NaN| {2}|\.\.|\(\)/)
  }
})
