import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatOpening, formatStarted, formatStatusLine } from '../../src/core/log.ts'
import { formatEnding } from '../../src/core/log-ending.ts'
import type { DeployRequest, Request } from '../../src/core/request.ts'
import { fuzzTimeoutMs, hostileText } from './hostile.ts'
import { hostileReport } from './hostile-report.ts'
import { base, deployment, endWith, error, failed, failedDeployment, nowMs, report, request } from './report-base.ts'
import { isCommand, misleading, splitLines } from './runner-rules.ts'

const { deltaId: _, ...nothing } = request

describe('the opening', () => {
  it('says what goes where, on what base, and with which comment', () => {
    expect(formatOpening(request, base, deployment.comment, nowMs)).toEqual([
      'Deploy Delta 4a6330d to acme / shop / production',
      '  base      17609cfa (succeeded, 2 days ago)',
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
      'Deploy Delta 4a6330d on the state of staging to acme / shop / production',
    ],
    ['the same again', { redeploy: true }, 'Deploy the current state again to acme / shop / production'],
  ])('of %s', (_, change, line) => {
    expect(formatOpening({ ...nothing, ...change }, undefined, '', nowMs)).toEqual([line])
  })

  it.each<[string, Request, string]>([
    ['wait', { ...request, operation: 'wait' }, 'Wait for the newest deployment of acme / shop / production'],
    [
      'wait for one',
      { ...request, operation: 'wait', deploymentId: '9f2c01ab' },
      'Wait for deployment 9f2c01ab of acme / shop / production',
    ],
    ['delete', { ...request, operation: 'delete', dryRun: false }, 'Delete acme / shop / production'],
    [
      'prune',
      { ...request, operation: 'prune', env: 'pr-*', dryRun: true },
      'Dry run: look for the environments acme / shop / pr-* whose pull requests are closed',
    ],
  ])('of %s', (_, other, line) => {
    expect(formatOpening(other, base, 'not told', nowMs)).toEqual([line])
  })

  it('ends with the deployment and its link', () => {
    const link = 'https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88'
    expect(formatStarted(request, deployment, false)).toBe(`Started deployment 9f2c01ab   ${link}`)
    expect(formatStarted(request, deployment, true)).toBe(`Following deployment 9f2c01ab   ${link}`)
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
      '  02:25  in progress · about to end',
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
      { elapsedMs: 60_000, status: 'in progress', expected, note: 'no answer (503)' },
      '  01:00  in progress · no answer (503)',
    ],
    ['at its end', { elapsedMs: 161_000, status: 'succeeded', expected }, '  02:41  succeeded'],
    ['after an hour', { elapsedMs: 3_661_000, status: 'in progress' }, '  1:01:01  in progress'],
  ])('%s', (_, line, text) => {
    expect(formatStatusLine(line)).toBe(text)
  })
})

describe('the last lines', () => {
  it('of a success are its addresses and remarks', () => {
    const end = endWith('succeeded', { environmentUrls: ['https://shop.example.com'], remarks: ['Look at this.'] })
    expect(formatEnding(end)).toEqual([
      { lines: ['  url       https://shop.example.com'] },
      { lines: ['Look at this.'] },
    ])
  })

  it('of a success about which there is nothing more to say are none', () => {
    expect(formatEnding(report)).toEqual([])
  })

  it('of a failure are the way back, since the annotations tell the errors', () => {
    expect(formatEnding(failed)).toEqual([
      {
        lines: [
          'To go back to the newest that succeeded here (17609cfa, 2 days ago), deploy with from_deploy_id: 17609cfafa5d5cb8',
        ],
      },
    ])
  })

  it('of a failure hold what no annotation tells in full, a group each', () => {
    const long = { ...error, message: `first\n${'x'.repeat(5000)}` }
    const errors = [long, ...Array(9).fill(error)]
    const groups = formatEnding(endWith('failed', { deployment: failedDeployment, errors, history: [] }))
    expect(groups).toEqual([
      { title: 'RES-101 in checkout: Driver parameters invalid', lines: ['first', `${'x'.repeat(1999)}…`] },
      { title: 'RES-101 in checkout: Driver parameters invalid', lines: [error.message] },
    ])
  })

  it('of a start that is not waited for tell how to follow it', () => {
    expect(formatEnding(endWith('started'))).toEqual([
      { lines: ['Not waited for. A later job can follow it with operation: wait, deployment_id: 9f2c01ab5d7e3f88'] },
    ])
  })

  it('of a clean-up list what was looked at', () => {
    const pruned = [
      { env: 'pr-7', pullRequest: 7, action: 'deleted' as const, reason: 'its pull request is closed' },
      { env: 'pr-12', pullRequest: 12, action: 'kept' as const, reason: 'its pull request is open' },
    ]
    expect(formatEnding(endWith('pruned', { pruned, deletedEnvironments: ['pr-7'] }))).toEqual([
      {
        lines: [
          '  pr-7   deleted           its pull request is closed',
          '  pr-12  kept              its pull request is open',
        ],
      },
      { lines: ['1 preview of shop deleted, 1 kept'] },
    ])
  })

  it('fold a long list', () => {
    const pruned = Array.from({ length: 60 }, (_, index) => ({
      env: `pr-${index}`,
      action: 'kept' as const,
      reason: 'open',
    }))
    expect(formatEnding(endWith('error', { pruned }))[0]).toMatchObject({ title: '60 environments looked at' })
  })
})

it(
  'text from outside is no command in any line',
  () => {
    fc.assert(
      fc.property(hostileReport, hostileText, (hostile, text) => {
        const status = formatStatusLine({ elapsedMs: 0, status: text, note: text })
        const opening = formatOpening(request, { ...base, id: text, status: text }, text, nowMs)
        const ending = formatEnding(hostile).flatMap(({ title = '', lines }) => [title, ...lines])
        for (const line of [status, ...opening, formatStarted(request, { ...base, id: text }, true), ...ending]) {
          expect(splitLines(line).length > 1 || isCommand(line) || misleading.test(line)).toBe(false)
          expect(line.length).toBeLessThanOrEqual(2000)
        }
      }),
    )
  },
  fuzzTimeoutMs,
)
