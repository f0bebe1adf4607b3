import { describe, expect, it } from '@jest/globals'
import type { DeleteRequest, PruneRequest } from '../../../src/core/inputs/request.ts'
import { formatFactsLine } from '../../../src/core/report/deployment-facts.ts'
import { formatHeadline } from '../../../src/core/report/headline.ts'
import { formatResult } from '../../../src/core/report/log-result.ts'
import { formatSummary } from '../../../src/core/report/summary.ts'
import type { ReportedResult } from '../../../src/core/run/outcome.ts'
import { emptyRunState, type PruneDecision, type Report } from '../../../src/core/run/result.ts'
import { report, request, word, workflow } from '../report-base.ts'

const deletion: DeleteRequest = { ...request, operation: 'delete', env: 'pr-12', dryRun: false }

const environment = { id: 'pr-12', name: 'acme/shop#12', type: 'development', status: 'active', created_at: '' }

const deleted: Report = {
  ...report,
  result: { outcome: 'deleted' },
  state: { ...emptyRunState, request: deletion, environment, deletedEnvironments: ['pr-12'] },
}

const preview = 'preview of [`#12`](https://github.com/acme/shop/pull/12)'

describe('what was to be deleted', () => {
  it('is told with its place, its type, its pull request and who wanted it', () => {
    expect(formatFactsLine(deleted)).toBe(`acme / shop / pr-12 · type development · ${preview} · by octocat`)
  })

  it('and is still there has a link', () => {
    const kept: Report = {
      ...deleted,
      result: {
        outcome: 'error',
        problem: word(
          { kind: 'kept', keepReason: { kind: 'production' } },
          { state: { ...emptyRunState, request: { ...request, env: 'pr-12' } } },
        ),
      },
    }
    expect(formatHeadline(kept)).toBe('pr-12 of shop was not deleted: it is a production environment')
    expect(formatFactsLine(kept)).toMatch(/^\[acme \/ shop \/ pr-12\]\(https:.*\/envs\/pr-12\) · type development · /)
  })

  const pullRequest = { number: 12, title: 'Add a basket', isFromFork: false }

  it.each<[string, string | undefined, Partial<Report['workflow']>, string]>([
    ['of another repository', 'acme/cart#12', {}, 'named `acme/cart#12` · '],
    ['that a person has named', 'Payments *x*', {}, 'named Payments \\*x\\* · '],
    ['named as its id', 'pr-12', { pullRequest }, ''],
    ['that was gone already', undefined, { pullRequest }, `${preview} · `],
    ['that was gone already, outside of a pull request', undefined, {}, ''],
  ])('%s', (_, name, more, owner) => {
    const { environment: __, ...gone } = deleted.state
    const state = { ...gone, ...(name !== undefined && { environment: { ...environment, name } }) }
    const line = formatFactsLine({ ...deleted, state, workflow: { ...workflow, ...more } })
    expect(line.replace(' · type development', '')).toBe(`acme / shop / pr-12 · ${owner}by octocat`)
  })
})

const prune: PruneRequest = { ...request, operation: 'prune', env: 'pr-*', dryRun: false }

const decisions: readonly PruneDecision[] = [
  { env: 'staging', action: 'kept', reason: { kind: 'pattern_mismatch', pattern: 'pr-*' } },
  { env: 'pr-1', pullRequest: 1, action: 'kept', reason: { kind: 'open_pull_request' } },
  { env: 'pr-2', pullRequest: 2, action: 'deleted', reason: { kind: 'closed' } },
  {
    env: 'pr-3',
    pullRequest: 3,
    action: 'failed',
    reason: { kind: 'failed', reason: { kind: 'not_deletable', env: 'pr-3' } },
  },
]

const would = { action: 'would_be_deleted' } as const

const end = (result: ReportedResult, pruned: readonly PruneDecision[]): Report => ({
  ...report,
  result,
  state: { ...emptyRunState, request: prune, pruned, deletedEnvironments: ['pr-2'] },
})

describe('the headline of a clean-up', () => {
  it('says first what could not be done', () => {
    expect(
      formatHeadline(
        end(
          {
            outcome: 'error',
            problem: word({ kind: 'prune_failed' }, { state: { ...emptyRunState, request: prune, pruned: decisions } }),
          },
          decisions,
        ),
      ),
    ).toBe('1 preview of shop could not be deleted, 1 deleted, 1 kept')
  })

  it('counts apart what went without this step, and what is going', () => {
    const pruned: readonly PruneDecision[] = [
      ...decisions.slice(0, 3),
      { env: 'pr-7', pullRequest: 7, action: 'kept', reason: { kind: 'deleted_elsewhere' } },
      { env: 'pr-8', pullRequest: 8, action: 'kept', reason: { kind: 'being_deleted' } },
    ]
    const report = end({ outcome: 'pruned' }, pruned)
    expect(formatHeadline(report)).toBe('1 preview of shop deleted, 1 already gone, 1 being deleted, 1 kept')
    expect(formatSummary(report)).toContain('| already&nbsp;gone | it was deleted in the meantime, not by this step |')
    expect(formatResult(report).flatMap(({ lines }) => lines)).toContain(
      '  pr-8  being deleted  it is already being deleted',
    )
  })

  it('in which nothing was done says so, and why', () => {
    const problem = word({
      kind: 'pull_requests_unreadable',
      failure: { kind: 'internal_error', message: 'GitHub refused the token (401).' },
    })
    expect(formatHeadline(end({ outcome: 'error', problem }, []))).toBe(
      'No preview of shop was deleted: the pull requests could not be checked',
    )
  })

  it.each([
    ['timed_out', 'Timed out after 30 min before all stale previews of shop were deleted'],
    ['cancelled', 'Cancelled before all stale previews of shop were deleted'],
  ] as const)('that was %s says how far it came', (outcome, headline) => {
    expect(formatHeadline(end({ outcome }, decisions))).toBe(headline)
  })

  it('that was a dry run counts what would be deleted', () => {
    const dry = decisions.slice(0, 3).map((each) => ({ ...each, ...(each.action === 'deleted' && would) }))
    const ended = end(
      {
        outcome: 'skipped',
        problem: word(
          { kind: 'dry_prune' },
          { state: { ...emptyRunState, request: { ...prune, dryRun: true }, pruned: dry } },
        ),
      },
      dry,
    )
    const report = { ...ended, state: { ...ended.state, request: { ...prune, dryRun: true }, deletedEnvironments: [] } }
    expect(formatHeadline(report)).toBe('Dry run: 1 preview of shop would be deleted, 1 kept')
    expect(report.result.problem?.what).toBe('1 environment would be deleted. Nothing was done: dry_run.')
    expect(formatSummary(report)).toContain('| would&nbsp;be&nbsp;deleted | its pull request is closed |')
    expect(formatResult(report).flatMap(({ lines }) => lines)).toContain(
      '  pr-2  would be deleted  its pull request is closed',
    )
  })
})

it.each<[number, string]>([
  [1, '1 environment could not be deleted. pr-1: '],
  [3, '3 environments could not be deleted. pr-1: '],
  [4, '4 environments could not be deleted. pr-1: '],
])('a clean-up that failed for %d environments names three at most, and counts the others', (count, begin) => {
  const pruned = Array.from({ length: count }, (_, index): PruneDecision => {
    const env = `pr-${index + 1}`
    return { env, action: 'failed', reason: { kind: 'failed', reason: { kind: 'not_deletable', env } } }
  })
  const { what } = word({ kind: 'prune_failed' }, { state: { ...emptyRunState, request: prune, pruned } })
  expect(what.startsWith(begin)).toBe(true)
  expect(what.match(/pr-\d: /g)).toHaveLength(Math.min(count, 3))
  expect(what.endsWith('; and 1 more.')).toBe(count === 4)
})

describe('what to do after a clean-up that left environments', () => {
  const fail = (env: string, reason: PruneDecision['reason']): PruneDecision => ({ env, action: 'failed', reason })
  const refused = (env: string) => fail(env, { kind: 'failed', reason: { kind: 'not_deletable', env } })
  const stopped = (env: string) => fail(env, { kind: 'stopped', by: 'timeout', progress: 'none' })

  it.each<[string, readonly PruneDecision[], RegExp]>([
    ['for one reason is its remedy', [refused('pr-3'), refused('pr-4')], /^Check the token: .*Deployer/],
    [
      'for several is to correct them',
      [refused('pr-3'), stopped('pr-4')],
      /^Correct what is listed, then re-run the job/,
    ],
    ['for none to correct is another run', [stopped('pr-3'), stopped('pr-4')], /^Re-run the job for them/],
  ])('%s', (_, pruned, remedy) => {
    const state = { ...emptyRunState, request: prune, pruned }
    expect(word({ kind: 'prune_failed' }, { state }).remedy).toMatch(remedy)
  })
})

describe('the headline’s first word', () => {
  const error = { outcome: 'error' } as const
  const named = { app: 'the-shop', env: 'no-17' }

  it.each<[string, Report]>([
    [
      'the-shop was not deployed to no-17',
      { ...report, result: error, state: { ...emptyRunState, request: { ...request, ...named } } },
    ],
    [
      'no-17 of the-shop was not deleted',
      { ...deleted, result: error, state: { ...emptyRunState, request: { ...deletion, ...named } } },
    ],
    [
      'no-17 of the-shop was already gone',
      { ...deleted, state: { ...emptyRunState, request: { ...deletion, ...named } } },
    ],
    [
      'The deployment of the-shop to no-17 was not found',
      { ...report, result: error, state: { ...emptyRunState, request: { ...request, ...named, operation: 'wait' } } },
    ],
  ])('is left as its name is: %s', (headline, named) => {
    expect(formatHeadline(named)).toBe(headline)
  })
})
