import { expect, it } from '@jest/globals'
import { determineProxy } from '../../../src/core/network/proxy.ts'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import {
  formatDeletionGivenUp,
  formatDeletionTimedOut,
  formatKept,
  formatLastEnvironment,
  formatNoApplication,
  formatPruneBlind,
  formatPruneEnding,
} from '../../../src/core/report/deletion-problems.ts'
import { formatNoGitHubToken } from '../../../src/core/report/github-problems.ts'
import {
  formatCancelled,
  formatConflict,
  formatFateUnknown,
  formatKilled,
  formatNoDeployment,
  formatNoEnvironment,
  formatNoSecrets,
  formatNoSource,
  formatNothingSucceeded,
  formatOthersEnvironment,
  formatOwnFault,
  formatProductionCopy,
  formatTimedOut,
  formatWrongType,
} from '../../../src/core/report/problems.ts'
import { formatFailure, formatUnreachable } from '../../../src/core/report/request-problems.ts'
import { emptyRunState, type Problem } from '../../../src/core/run/outcome.ts'
import { request, runningDeployment, state, workflow } from '../report-base.ts'

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
  return route.problem
}

/** Whatever makes a step end as \`error\`. */
const errors: readonly Problem[] = [
  ...[400, 401, 403, 404, 409, 422, 429, 500, 302].map((status) => formatFailure(answered(status))),
  ...(['not_sent', 'lost', 'untrusted', 'unreadable'] as const).map((kind) =>
    formatFailure(answered(200, { kind, code: 'CODE' })),
  ),
  formatUnreachable(answered(502)),
  formatNoEnvironment(request),
  formatNoEnvironment(request, environment),
  formatNoSource(request, 'create_from', 'staging'),
  formatNoSource(request, 'from_env', 'staging'),
  formatWrongType(environment, 'staging'),
  formatOthersEnvironment(environment, 'another repository'),
  formatOthersEnvironment(environment, 'another pull request'),
  formatProductionCopy(request, 'live'),
  formatNothingSucceeded(environment),
  formatConflict(request, runningDeployment, 0),
  formatConflict(request, undefined, 0),
  formatNoDeployment(request),
  formatOwnFault(new Error('x')),
  formatKept('pr-12', { kind: 'production' }),
  formatNoApplication(request),
  formatLastEnvironment('pr-12', answered(400)),
  formatDeletionGivenUp('pr-12'),
  formatPruneBlind({ what: 'GitHub refused the token (401).' }),
  formatPruneEnding(prune, [{ env: 'pr-1', pullRequest: 1, action: 'failed', reason: 'the timeout came first' }])
    .problem ?? { what: '' },
  formatNoGitHubToken(),
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
    formatFateUnknown({ comment: 'c' }, request, answered(502)),
    formatTimedOut(running, 1000, answered(502)),
    formatTimedOut(emptyRunState, 1000),
    formatCancelled(running),
    formatKilled(running),
    formatNoSecrets(workflow),
    formatDeletionTimedOut(request, 'going'),
  ]
  for (const { what, remedy = 'Do it.' } of [...errors, ...others]) {
    expect(what).toMatch(/\.$/)
    expect(remedy).toMatch(/\.$|: \d$/)
    expect(`${what}${remedy}`).not.toMatch(/undefined|\[object|NaN| {2}|\.\.|\(\)/)
  }
})
