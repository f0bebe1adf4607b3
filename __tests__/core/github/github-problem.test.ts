import { describe, expect, it } from '@jest/globals'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import { determineGitHubVerdict, formatGitHubFailure } from '../../../src/core/report/github-problems.ts'

const refusal: FailureDetails = {
  kind: 'answered',
  request: 'PATCH /repos/acme/shop/issues/comments/7',
  status: 403,
  detail: 'Resource not accessible by integration',
}

describe('a failed request to GitHub', () => {
  it.each<[string, 'again' | 'stop', Partial<FailureDetails>]>([
    ['a missing permission', 'stop', {}],
    ['403 with Retry-After', 'again', { retryAfterMs: 1000 }],
    ['403 for a secondary rate limit', 'again', { detail: 'You have exceeded a secondary rate limit.' }],
    ['403 for what GitHub takes for abuse', 'again', { detail: 'You have triggered an abuse detection mechanism.' }],
    ['429', 'again', { status: 429, detail: '' }],
    ['408', 'again', { status: 408 }],
    ['502', 'again', { status: 502 }],
    ['401', 'stop', { status: 401 }],
    ['404', 'stop', { status: 404 }],
    ['422', 'stop', { status: 422 }],
    ['a redirect', 'stop', { status: 301 }],
    ['a request that never left', 'again', { kind: 'not_sent' }],
    ['a cut connection', 'again', { kind: 'lost' }],
    ['an answer that doesn’t parse', 'again', { kind: 'unreadable', status: 200 }],
    ['an untrusted certificate', 'stop', { kind: 'untrusted' }],
  ])('by %s is asked %s', (_, verdict, difference) => {
    expect(determineGitHubVerdict({ ...refusal, ...difference })).toBe(verdict)
  })

  it.each<[string, string, Partial<FailureDetails>]>([
    ['a missing permission', 'Add to the job: permissions: deployments: write.', {}],
    ['what it may not see', 'Add to the job: permissions: deployments: write.', { status: 404 }],
    ['a wrong token', 'Check github_token.', { status: 401 }],
  ])('by %s is told with what to do', (_, remedy, difference) => {
    const problem = formatGitHubFailure({ ...refusal, ...difference }, 'deployments: write')
    expect(problem.remedy).toBe(remedy)
    expect(problem.what).toContain(refusal.request)
  })

  it.each<[string, Partial<FailureDetails>]>([
    ['an outage', { status: 503 }],
    ['a refusal', { status: 422 }],
    ['an answer that doesn’t parse', { kind: 'unreadable', status: 200 }],
  ])('by %s is told without blaming the permissions', (_, difference) => {
    expect(formatGitHubFailure({ ...refusal, ...difference }, 'deployments: write').remedy ?? '').not.toContain(
      'permissions',
    )
  })
})
