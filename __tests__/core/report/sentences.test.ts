import { expect, it } from '@jest/globals'
import { determineProxy } from '../../../src/core/network/proxy.ts'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import { describeInvalidRoute } from '../../../src/core/report/network-problems.ts'
import { describeUnreachable } from '../../../src/core/report/refusals.ts'
import { describeFailure, describeNoConnection } from '../../../src/core/report/request-problems.ts'
import type { Problem } from '../../../src/core/run/outcome.ts'
import { emptyRunState } from '../../../src/core/run/result.ts'
import { report, request, runningDeployment, state, word, workflow } from '../report-base.ts'

const answered = (status: number, more: Partial<FailureDetails> = {}): FailureDetails => ({
  kind: 'answered',
  request: 'POST /orgs/acme/apps/shop/envs/production/deploys',
  status,
  detail: '',
  ...more,
})

const environment = { id: 'pr-12', name: 'acme/cart#12', type: 'development', status: 'active', created_at: '' }

const prune = { ...request, operation: 'prune', env: 'pr-*', dryRun: false } as const

const running = { ...state, deployment: runningDeployment }

const findRouteProblem = (https_proxy: string, nodeVersion: string): Problem => {
  const route = determineProxy('https://api.humanitec.io', { https_proxy }, nodeVersion)
  if (route.kind !== 'invalid') throw new Error('The proxy can be used.')
  return describeInvalidRoute(route)
}

/** Whatever makes a step end as \`error\`. */
const errors: readonly Problem[] = [
  ...[400, 401, 403, 404, 409, 422, 429, 500, 302].map((status) => describeFailure(answered(status))),
  ...(['not_sent', 'lost', 'untrusted', 'unreadable'] as const).map((kind) =>
    describeFailure(answered(200, { kind, code: 'CODE' })),
  ),
  describeUnreachable(answered(502), report),
  word({ kind: 'no_environment' }),
  word({ kind: 'no_environment', environment }),
  word({ kind: 'no_source', input: 'create_from', env: 'staging' }),
  word({ kind: 'no_source', input: 'from_env', env: 'staging' }),
  word({ kind: 'wrong_type', environment, envType: 'staging' }),
  word({ kind: 'others_environment', environment, claim: 'another repository' }),
  word({ kind: 'others_environment', environment, claim: 'another pull request' }),
  word({ kind: 'production_copy', from: 'live' }),
  word({ kind: 'nothing_succeeded', env: environment.id }),
  word({ kind: 'conflict', active: runningDeployment }, { nowMs: 0 }),
  word({ kind: 'conflict' }, { nowMs: 0 }),
  word({ kind: 'no_deployment' }),
  word({ kind: 'internal_error', message: 'x' }),
  word(
    { kind: 'kept', keepReason: { kind: 'production' } },
    { state: { ...emptyRunState, request: { ...request, env: 'pr-12' } } },
  ),
  word({ kind: 'no_application' }),
  word({ kind: 'last_environment', env: 'pr-12', error: answered(400) }),
  word({ kind: 'deletion_given_up', env: 'pr-12' }),
  word({
    kind: 'pull_requests_unreadable',
    failure: { kind: 'internal_error', message: 'GitHub refused the token (401).' },
  }),
  word(
    { kind: 'prune_failed' },
    {
      state: {
        ...emptyRunState,
        request: prune,
        pruned: [
          {
            env: 'pr-1',
            pullRequest: 1,
            action: 'failed',
            reason: { kind: 'stopped', by: 'timeout', progress: 'none' },
          },
        ],
      },
    },
  ),
  describeNoConnection({ kind: 'no_github_token' }),
  findRouteProblem('ftp://proxy', '24.14.0'),
  findRouteProblem('http://proxy:3128', '24.4.0'),
]

it.each(errors.map((problem) => [problem.what, problem] as const))(
  'has its reason in a few words: %s',
  (_, { cause }) => {
    expect(cause).toMatch(/^[^.]{5,80}$/)
  },
)

it('every sentence ends as one', () => {
  const others = [
    word({ kind: 'start_unknown', sent: { comment: 'c' }, error: answered(502) }),
    word(
      { kind: 'timed_out', error: answered(502) },
      { state: { ...running, request: { ...request, timeoutMs: 1000 } } },
    ),
    word({ kind: 'timed_out' }, { state: { ...emptyRunState, request: { ...request, timeoutMs: 1000 } } }),
    word({ kind: 'cancelled' }, { state: running }),
    word({ kind: 'killed' }, { state: running }),
    word({ kind: 'no_secrets' }, { workflow }),
    word({ kind: 'deletion_timed_out', progress: 'going' }),
  ]
  for (const { what, remedy = 'Do it.' } of [...errors, ...others]) {
    expect(what).toMatch(/\.$/)
    expect(remedy).toMatch(/\.$|: \d$/)
    expect(`${what}${remedy}`).not.toMatch(/undefined|\[object|NaN| {2}|\.\.|\(\)/)
  }
})
