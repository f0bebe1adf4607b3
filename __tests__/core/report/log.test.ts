import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DeployRequest, Request } from '../../../src/core/inputs/request.ts'
import { formatEvent } from '../../../src/core/report/log.ts'
import { formatNextSteps, formatResult } from '../../../src/core/report/log-result.ts'
import { createRedactor } from '../../../src/core/text/redact.ts'
import { createWriter } from '../../../src/core/text/writer.ts'
import { fuzzTimeoutMs, hostileText } from '../hostile.ts'
import { hostileReport } from '../hostile-report.ts'
import {
  base,
  deployment,
  endWith,
  error,
  failed,
  failedDeployment,
  lines,
  nowMs,
  remark,
  remarkText,
  report,
  request,
} from '../report-base.ts'
import { isCommand, misleading, splitLines } from '../runner-rules.ts'

const { deltaId: _, ...nothing } = request

describe('the opening', () => {
  it('says what goes where, and with which comment', () => {
    expect(lines({ kind: 'opening', request, comment: deployment.comment })).toEqual([
      'Deploy Delta 4a6330d to acme / shop / production',
      '  comment   Merge pull request #12 · f5a2c1d by octocat · https://github.com/acme/shop/actions/runs/7001',
    ])
  })

  it.each<[string, Partial<DeployRequest>, string]>([
    ['a Set', { setId: '-0pTzTUcDVhX' }, 'Deploy Set -0pTzTU to acme / shop / production'],
    [
      'a rollback',
      { base: { kind: 'deployment', id: '17609cfafa5d5cb8' } },
      'Deploy the state of deployment 17609cfa to acme / shop / production',
    ],
    [
      'a clone',
      { base: { kind: 'environment', env: 'staging' } },
      'Deploy the state of staging to acme / shop / production',
    ],
    [
      'a Delta on a clone',
      { deltaId: '4a6330d06a8b', base: { kind: 'environment', env: 'staging' } },
      'Deploy Delta 4a6330d, on top of the state of staging, to acme / shop / production',
    ],
    [
      'the last good state',
      { base: { kind: 'environment', env: 'production' } },
      'Deploy the latest successful state to acme / shop / production',
    ],
    ['the same again', { redeploy: true }, 'Deploy the current state again to acme / shop / production'],
  ])('of %s', (_, change, line) => {
    expect(lines({ kind: 'opening', request: { ...nothing, ...change }, comment: '' })).toEqual([line])
  })

  it.each<[string, Request, string]>([
    ['wait', { ...request, operation: 'wait' }, 'Wait for the latest deployment of acme / shop / production'],
    [
      'wait for one',
      { ...request, operation: 'wait', deploymentId: '9f2c01ab' },
      'Wait for deployment 9f2c01ab of acme / shop / production',
    ],
    [
      'wait for a run',
      { ...request, operation: 'wait', pipelineRun: { pipelineId: 'deploy', runId: 'r1' } },
      'Wait for the deployment of pipeline run deploy/r1 to acme / shop / production',
    ],
    ['delete', { ...request, operation: 'delete', dryRun: false }, 'Delete acme / shop / production'],
    [
      'a dry run of delete',
      { ...request, operation: 'delete', dryRun: true },
      'Dry run: whether acme / shop / production would be deleted',
    ],
    [
      'prune',
      { ...request, operation: 'prune', env: 'pr-*', dryRun: true },
      'Dry run: find the environments acme / shop / pr-* whose pull requests are closed',
    ],
  ])('of %s', (_, other, line) => {
    expect(lines({ kind: 'opening', request: other, comment: 'not told' })).toEqual([line])
  })

  it('names the environment that is made, its type and what it is made from', () => {
    const definition = { id: 'pr-12', name: 'acme/shop#12', type: 'development', from_deploy_id: '17609cfafa5d5cb8' }
    expect(lines({ kind: 'creating_environment', definition, from: 'staging' })[0]).toBe(
      'Creating the environment pr-12 (development) from staging, deployment 17609cfa',
    )
  })

  it('ends with the deployment and its link', () => {
    const link = 'https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88'
    expect(lines({ kind: 'started', request, deployment, followed: false })[0]).toBe(
      `Started deployment 9f2c01ab   ${link}`,
    )
    expect(lines({ kind: 'started', request, deployment, followed: true })[0]).toBe(
      `Following deployment 9f2c01ab   ${link}`,
    )
  })

  it.each([
    ['the environment’s own', undefined, '  base      17609cfa (succeeded, 2 days ago)'],
    ['another environment’s', 'staging', '  base      17609cfa of staging (succeeded, 2 days ago)'],
  ])('names the base: %s', (_, env, line) => {
    expect(lines({ kind: 'base', base, ...(env !== undefined && { env }) }, nowMs)[0]).toBe(line)
  })
})

describe('somebody else’s deployment', () => {
  const link = 'https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88'
  const theirs = { ...deployment, comment: 'Hotfix', created_by: 'jo@example.com' }

  it('that is waited for is told with its author, its age, its link and its comment', () => {
    expect(lines({ kind: 'waiting_for_deployment', place: request, deployment: theirs }, nowMs)).toEqual([
      `Waiting for deployment 9f2c01ab of production, started 2 min ago by jo@example.com   ${link}`,
      '  comment   Hotfix',
    ])
  })

  it('is told with what is known of it', () => {
    expect(
      lines(
        {
          kind: 'waiting_for_deployment',
          place: request,
          deployment: { ...theirs, comment: '', created_by: '', created_at: '' },
        },
        nowMs,
      ),
    ).toEqual([`Waiting for deployment 9f2c01ab of production   ${link}`])
  })

  it('that is followed is told in the same way', () => {
    expect(lines({ kind: 'following', place: request, deployment: theirs }, nowMs)).toEqual([
      `Following deployment 9f2c01ab, started 2 min ago by jo@example.com   ${link}`,
      '  comment   Hotfix',
    ])
  })
})

const expected = { count: 8, shortestMs: 140_000, longestMs: 185_000, remainingMs: 118_000 }

describe('a line of the wait', () => {
  it.each([
    ['without a history', { elapsedMs: 0, status: 'pending' }, '  00:00  pending'],
    [
      'at first',
      { elapsedMs: 3000, status: 'in progress', expected },
      '  00:03  in progress · the last 8 took 2 min 20 s to 3 min 5 s',
    ],
    ['later', { elapsedMs: 33_000, status: 'in progress', expected }, '  00:33  in progress · about 2 min left'],
    [
      'near the end',
      { elapsedMs: 130_000, status: 'in progress', expected: { ...expected, remainingMs: 22_000 } },
      '  02:10  in progress · about 20 s left',
    ],
    [
      'at the end',
      { elapsedMs: 145_000, status: 'in progress', expected: { ...expected, remainingMs: 9_000 } },
      '  02:25  in progress · about to end: the last 8 took up to 3 min 5 s',
    ],
    [
      'with an unclear history',
      { elapsedMs: 60_000, status: 'in progress', expected: { ...expected, remainingMs: undefined } },
      '  01:00  in progress · the last 8 took 2 min 20 s to 3 min 5 s',
    ],
    [
      'past all of them',
      { elapsedMs: 200_000, status: 'in progress', expected: { ...expected, remainingMs: undefined } },
      '  03:20  in progress · longer than the last 8 (2 min 20 s to 3 min 5 s)',
    ],
    [
      'with one before',
      { elapsedMs: 3000, status: 'pending', expected: { ...expected, count: 1, shortestMs: 185_000 } },
      '  00:03  pending · the last one took 3 min 5 s',
    ],
    [
      'in trouble',
      {
        elapsedMs: 60_000,
        status: 'in progress',
        expected,
        error: { kind: 'answered' as const, request: 'GET /x', status: 503, detail: '' },
      },
      '  01:00  in progress · Humanitec is unavailable (503) at GET /x. Trying again.',
    ],
    ['beside others', { elapsedMs: 19_000, env: 'pr-9', status: 'in progress' }, '  00:19  pr-9 · in progress'],
    ['at its end', { elapsedMs: 161_000, status: 'succeeded', expected }, '  02:41  succeeded'],
    ['after an hour', { elapsedMs: 3_661_000, status: 'in progress' }, '  1:01:01  in progress'],
  ] as const)('%s', (_, line, text) => {
    expect(lines({ kind: 'status', ...line })[0]).toBe(text)
  })
})

describe('the last lines', () => {
  it('of a success are its addresses and remarks', () => {
    const end = endWith('succeeded', { environmentUrls: ['https://shop.example.com'], remarks: [remark] })
    expect(formatResult(end)).toEqual([{ lines: ['  url       https://shop.example.com'] }, { lines: [remarkText] }])
  })

  it('of a success about which there is nothing more to say are none', () => {
    expect(formatResult(report)).toEqual([])
  })

  it('of a failure are what else there is to know, and the way back', () => {
    expect(formatNextSteps({ ...failed, state: { ...failed.state, remarks: [remark] } })).toEqual([
      remarkText,
      'To go back to the latest successful deployment here (17609cfa, 2 days ago), deploy with from_deploy_id: 17609cfafa5d5cb8 in place of delta_id',
    ])
    expect(formatNextSteps(report)).toEqual([])
  })

  it('before a failure’s annotations hold what no annotation tells in full, a group each', () => {
    const long = { ...error, message: `first\n${'x'.repeat(5000)}` }
    const errors = [long, ...Array(9).fill(error)]
    const groups = formatResult(endWith('failed', { deployment: failedDeployment, errors, history: [] }))
    expect(groups).toEqual([
      { title: 'RES-101 in checkout: Driver parameters invalid', lines: ['first', `${'x'.repeat(1999)}…`] },
      { title: 'RES-101 in checkout: Driver parameters invalid', lines: [error.message] },
    ])
  })

  it('of a start that is not waited for tell how to follow it', () => {
    expect(formatResult(endWith('started'))).toEqual([
      { lines: ['Not waited for. A later job can follow it with operation: wait, deployment_id: 9f2c01ab5d7e3f88'] },
    ])
  })

  it('of a clean-up list what was looked at, and fold what was never in question', () => {
    const pruned = [
      { env: 'staging', action: 'kept' as const, reason: { kind: 'pattern_mismatch' as const, pattern: 'pr-*' } },
      { env: 'pr-8', pullRequest: 8, action: 'kept' as const, reason: { kind: 'open_pull_request' as const } },
      { env: 'pr-7', pullRequest: 7, action: 'deleted' as const, reason: { kind: 'closed' as const } },
      { env: 'pr-12', pullRequest: 12, action: 'kept' as const, reason: { kind: 'open_pull_request' as const } },
    ]
    const prune: Request = { ...request, operation: 'prune', env: 'pr-*', dryRun: false }
    expect(formatResult(endWith('pruned', { request: prune, pruned, deletedEnvironments: ['pr-7'] }))).toEqual([
      {
        lines: [
          '  pr-7   deleted  its pull request is closed',
          '  pr-8   kept     its pull request is open',
          '  pr-12  kept     its pull request is open',
        ],
      },
      { title: '1 other environment, kept: not matching pr-*', lines: ['  staging'] },
      { lines: ['1 preview of shop deleted, 2 kept'] },
    ])
  })

  it('fold a long list', () => {
    const pruned = Array.from({ length: 60 }, (_, index) => ({
      env: `pr-${index}`,
      pullRequest: index,
      action: 'kept' as const,
      reason: { kind: 'open_pull_request' as const },
    }))
    expect(formatResult(endWith('error', { pruned }))[0]).toMatchObject({ title: '60 environments checked' })
  })
})

it(
  'text from outside is no command in any line',
  () => {
    fc.assert(
      fc.property(hostileReport, hostileText, (hostile, text) => {
        const theirs = { ...base, id: text, status: text, comment: text, created_by: text }
        const begin = [
          ...lines({ kind: 'opening', request, comment: text }),
          lines({ kind: 'base', base: theirs, env: text }, nowMs)[0] ?? '',
          lines({ kind: 'started', request, deployment: theirs, followed: true })[0] ?? '',
          ...lines({ kind: 'waiting_for_deployment', place: request, deployment: theirs }),
          lines({
            kind: 'status',
            elapsedMs: 0,
            env: text,
            status: text,
            error: { kind: 'answered', status: 503, request: text, detail: text },
          })[0] ?? '',
        ]
        const result = formatResult(hostile).flatMap(({ title = '', lines }) => [title, ...lines])
        const isWrong = (line: string) =>
          splitLines(line).length > 1 || isCommand(line) || misleading.test(line) || line.length > 2000
        expect([...begin, ...result, ...formatNextSteps(hostile)].filter(isWrong)).toEqual([])
      }),
    )
  },
  fuzzTimeoutMs,
)

it.each([1_950, 1_970, 1_985, 1_999, 2_010])(
  'a secret after %d characters is known before the line is cut',
  (before) => {
    const token = 'hct_0123456789abcdefghijklmnop'
    const theirs = { ...base, status: 'in progress', comment: `${'x'.repeat(before)}${token}` }
    const writer = createWriter(createRedactor([token]))
    const event = { kind: 'waiting_for_deployment', place: request, deployment: theirs } as const
    const told = formatEvent(event, { nowMs, writer }).lines.join('\n')
    expect(told).toContain('xxx')
    expect(told).not.toContain(token.slice(0, 8))
  },
)
