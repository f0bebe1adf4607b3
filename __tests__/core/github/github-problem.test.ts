import { describe, expect, it } from '@jest/globals'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import { determineGitHubRetryAfterMs, determineGitHubVerdict } from '../../../src/core/network/retry-policy.ts'
import { describeGitHubEnd, describeGitHubRequestFailure } from '../../../src/core/report/request-problems.ts'

const refusal: FailureDetails = {
  kind: 'answered',
  request: 'PATCH /repos/acme/shop/issues/comments/7',
  status: 403,
  detail: 'Resource not accessible by integration',
}

describe('a failed request to GitHub', () => {
  it.each<[string, 'again' | 'stop', Partial<FailureDetails>]>([
    ['a missing permission', 'stop', {}],
    ['403 with Retry-After', 'again', { retryAfterMs: 1000, detail: 'Slow down.' }],
    ['403 for a secondary rate limit', 'again', { detail: 'You have exceeded a secondary rate limit.' }],
    ['403 for what GitHub takes for abuse', 'again', { detail: 'You have triggered an abuse detection mechanism.' }],
    ['a missing permission, with the last request of the hour', 'stop', { retryAfterMs: 60_000 }],
    ['429', 'again', { status: 429, detail: '' }],
    ['an error of GraphQL, which says 200', 'stop', { status: 200, detail: 'Field ‘x’ doesn’t exist' }],
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

  it.each<[string, RegExp, Partial<FailureDetails>]>([
    [
      'a missing permission',
      /^Add to the job’s permissions: deployments: write\. If the job has no permissions block yet, .* contents: read\.$/,
      {},
    ],
    ['a wrong token', /^Check github_token\.$/, { status: 401, detail: 'Bad credentials' }],
    [
      'a personal token that may not',
      /^Give the personal access token .*deployments: write.* leave github_token out/,
      { detail: 'Resource not accessible by personal access token' },
    ],
    [
      'a classic personal token',
      /^Give the personal access token/,
      { detail: 'Your token has not been granted the required scopes to execute this query.' },
    ],
    [
      'a locked conversation',
      /^Unlock the conversation/,
      { detail: 'Unable to create comment because issue is locked.' },
    ],
    ['an archived repository', /^Unarchive the repository/, { detail: 'Repository was archived so is read-only.' }],
    [
      'single sign-on',
      /^Authorize the token .*single sign-on.* leave github_token out/,
      {
        detail:
          'Resource protected by organization SAML enforcement. You must grant your Personal Access token access.',
      },
    ],
    [
      'an allow list',
      /^Add the runner’s address to the organization’s IP allow list/,
      {
        detail:
          'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      },
    ],
    [
      'what the token may not see',
      /^Check github_token: it may lack permission to see or change this/,
      { status: 404, detail: 'Not Found' },
    ],
  ])('by %s is told in GitHub’s own words with what to do', (_, remedy, difference) => {
    const problem = describeGitHubRequestFailure({ ...refusal, ...difference }, 'deployments: write')
    expect(problem.remedy).toMatch(remedy)
    expect(problem.what).toContain(refusal.request)
    expect(problem.what).toContain(difference.detail ?? refusal.detail)
  })

  it.each<[string, Partial<FailureDetails>]>([
    ['an outage', { status: 503, detail: '' }],
    ['a refusal', { status: 422, detail: 'Validation Failed' }],
    ['a refusal of a kind that nobody foresaw', { detail: 'Not today.' }],
    ['an answer that doesn’t parse', { kind: 'unreadable', status: 200, detail: 'a list was expected' }],
    ['a rate limit', { status: 429, retryAfterMs: 600_000, detail: 'API rate limit exceeded' }],
    ['a cut connection: nobody deploys again to mend a comment', { kind: 'lost', detail: 'socket hang up' }],
  ])('by %s is told without any blame', (_, difference) => {
    expect(describeGitHubRequestFailure({ ...refusal, ...difference }, 'deployments: write')).not.toHaveProperty(
      'remedy',
    )
  })

  it.each<[string, string | undefined, Partial<FailureDetails>]>([
    ['a rate limit', 'Re-run the job in 45 min.', { status: 403, retryAfterMs: 2_700_000, detail: 'API rate limit' }],
    ['an outage', 'Re-run the job later.', { status: 503, detail: '' }],
    ['an answer that doesn’t parse', 'Re-run the job later.', { kind: 'unreadable', status: 200, detail: 'cut' }],
    [
      'a cut connection',
      'Re-run the job; if it happens again, look at what is between the runner and the host.',
      { kind: 'lost', detail: 'socket hang up' },
    ],
    ['a wrong token', 'Check github_token.', { status: 401 }],
    ['a refusal', undefined, { status: 422, detail: 'Validation Failed' }],
  ])('that ends the step, by %s, says whether to run it again', (_, remedy, difference) => {
    const error = { ...refusal, ...difference }
    expect(describeGitHubEnd({ kind: 'request', error, permission: '' }).remedy).toBe(remedy)
  })

  it('by a rate limit says how long that lasts', () => {
    const limited = { ...refusal, status: 429, retryAfterMs: 754_000, detail: 'API rate limit exceeded' }
    expect(describeGitHubRequestFailure(limited, '').what).toMatch(
      /^GitHub is rate-limiting the requests .* 12 min 34 s .*\(429\).*API rate limit/,
    )
  })

  it('that GraphQL answered with 200 is told without the number', () => {
    expect(describeGitHubRequestFailure({ ...refusal, status: 200, detail: 'No such field' }, '').what).not.toContain(
      '200',
    )
  })
})

describe('how long GitHub wishes to be left alone', () => {
  const nowMs = 1_700_000_000_000
  const reset = { 'x-ratelimit-reset': String(nowMs / 1000 + 754) }

  it.each<[string, number | undefined, number, string, Readonly<Record<string, string>>]>([
    ['as Retry-After says', 7_000, 403, 'a secondary rate limit', { 'retry-after': '7', ...reset }],
    [
      'until a used up limit is renewed',
      754_000,
      403,
      'API rate limit exceeded',
      { 'x-ratelimit-remaining': '0', ...reset },
    ],
    ['the same of GraphQL', 754_000, 200, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', ...reset }],
    [
      'a minute after a secondary limit without a word',
      60_000,
      403,
      'You have exceeded a secondary rate limit.',
      { 'x-ratelimit-remaining': '59', ...reset },
    ],
    ['a minute after what it takes for abuse', 60_000, 403, 'You have triggered an abuse detection mechanism', {}],
    ['a minute after a bare 429', 60_000, 429, '', {}],
    [
      'not at all for a missing permission',
      undefined,
      403,
      'Resource not accessible by integration',
      { 'x-ratelimit-remaining': '59', ...reset },
    ],
    ['not at all for an outage', undefined, 502, '', { 'x-ratelimit-remaining': '59', ...reset }],
    ['as an outage says', 5_000, 503, '', { 'retry-after': '5' }],
  ])('%s: %s', (_, expected, status, detail, headers) => {
    expect(determineGitHubRetryAfterMs({ status, detail, headers, nowMs })).toBe(expected)
  })
})
