import { describe, expect, it } from '@jest/globals'
import type { PipelineApproval, PipelineJob, PipelineRun } from '../../src/core/api.ts'
import {
  judgeRunAfter,
  judgeRunBefore,
  type RunAfter,
  type RunBefore,
  type RunDetails,
} from '../../src/core/pipelines.ts'
import { toPipelineJob, toPipelineRun } from '../../src/core/responses/humanitec.ts'

type Json = Readonly<Record<string, unknown>>

const run = (status: string, more: Json = {}): PipelineRun =>
  toPipelineRun({ id: 'r1', pipeline_id: 'default', status, status_message: 'of the run', ...more })
const over = { completed_at: '2026-11-23T17:09:00Z' }
const step = (name: string, status: string, more: Json = {}): Json => ({
  name,
  status,
  created_at: '2026-11-23T17:04:00Z',
  ...more,
})
const job = (id: string, status: string, steps: readonly Json[] = [], more: Json = {}): PipelineJob =>
  toPipelineJob({ id, status, status_message: `of ${id}`, steps, ...more })
const approval = (status: string, more: Partial<PipelineApproval> = {}): PipelineApproval => ({
  id: 'a1',
  run_id: 'r1',
  job_id: 'approve',
  env_id: 'production',
  message: 'Promote',
  status,
  ...more,
})
const details = (of: PipelineRun, more: Partial<RunDetails> = {}): RunDetails => ({
  run: of,
  approvals: [],
  jobs: [],
  ...more,
})
const nowhere = { job: '', step: '' }

describe('a run before our deployment', () => {
  const executing = run('executing')
  const applying = job('apply', 'executing', [step('Delta', 'done', over), step('Apply', 'executing')])
  const failedJobs = [
    job('build', 'done', [], over),
    job('apply', 'failed', [step('Delta', 'done', over), step('Apply', 'failed', { status_message: 'no such path' })]),
  ]

  it.each<[string, RunDetails, RunBefore]>([
    ['is queued', details(run('queued')), { kind: 'going_on', place: nowhere }],
    [
      'goes on',
      details(executing, { jobs: [job('x', 'done', [], over), applying] }),
      { kind: 'going_on', place: { job: 'apply', step: 'Apply' } },
    ],
    [
      'goes on, its steps not read',
      details(executing, { jobs: [job('x', 'executing')] }),
      { kind: 'going_on', place: { job: 'x', step: '' } },
    ],
    ['goes on, its jobs unreadable', { run: executing, approvals: [] }, { kind: 'going_on', place: nowhere }],
    ['has a word that nobody knows', details(run('pondering')), { kind: 'going_on', place: nowhere }],
    [
      'waits for an approval',
      details(executing, { approvals: [approval('waiting')] }),
      { kind: 'waiting_for_approval', approvals: [approval('waiting')] },
    ],
    [
      'waits for an approval of another environment',
      details(executing, { approvals: [approval('waiting', { env_id: 'qa' })] }),
      { kind: 'waiting_for_approval', approvals: [approval('waiting', { env_id: 'qa' })] },
    ],
    ['was approved', details(executing, { approvals: [approval('approved')] }), { kind: 'going_on', place: nowhere }],
    [
      'isn’t held by another run’s approval',
      details(executing, { approvals: [approval('waiting', { run_id: 'r2' })] }),
      { kind: 'going_on', place: nowhere },
    ],
    [
      'was denied',
      details(executing, { approvals: [approval('denied')] }),
      {
        kind: 'failed',
        failure: { status: 'executing', job: 'approve', step: '', message: 'Promote', isDenied: true },
      },
    ],
    [
      'was denied for another environment',
      details(executing, { approvals: [approval('denied', { env_id: 'qa' })] }),
      { kind: 'going_on', place: nowhere },
    ],
    [
      'failed',
      details(run('failed', over), { jobs: failedJobs }),
      {
        kind: 'failed',
        failure: { status: 'failed', job: 'apply', step: 'Apply', message: 'no such path', isDenied: false },
      },
    ],
    [
      'failed in a job without steps',
      details(run('failed', over), { jobs: [job('apply', 'failed')] }),
      { kind: 'failed', failure: { status: 'failed', job: 'apply', step: '', message: 'of apply', isDenied: false } },
    ],
    [
      'failed, its jobs unreadable',
      { run: run('failed'), approvals: [] },
      { kind: 'failed', failure: { status: 'failed', ...nowhere, message: 'of the run', isDenied: false } },
    ],
    [
      'was cancelled',
      details(run('cancelled', over)),
      { kind: 'failed', failure: { status: 'cancelled', ...nowhere, message: 'of the run', isDenied: false } },
    ],
    ['is over', details(run('done', over)), { kind: 'completed' }],
    [
      'is over, and an approval was never given',
      details(run('done', over), { approvals: [approval('waiting')] }),
      { kind: 'completed' },
    ],
  ])('%s', (_, of, expected) => {
    expect(judgeRunBefore(of, 'production')).toEqual(expected)
  })
})

describe('a run after our deployment succeeded', () => {
  const pipeline = { id: 'default', run_id: 'r1', job_id: 'deploy', step_index: 1 }
  const ours = { id: 'd1', status_changed_at: '2026-11-23T17:05:00Z', pipeline }
  const related = (deployment_id: string, env_id = 'production') => ({ related_entities: { deployment_id, env_id } })
  const deploying = (word: string, more: Json = over) =>
    job('deploy', word, [step('Deploy', word, { ...related('d1'), ...more })], more)
  const testing = job('test', 'failed', [step('Smoke', 'failed', { status_message: '3 of 9 failed' })], over)
  const toProd = (status: string, more: Json) =>
    job('promote', status, [step('Promote', status, { ...related('d2', 'live'), ...more })])
  const executing = run('executing')
  const failed = (status: string, more: object) => ({
    kind: 'failed' as const,
    failure: { status, ...nowhere, message: 'of the run', isDenied: false, ...more },
  })
  const judge = (of: RunDetails, afterMs = 0): RunAfter => judgeRunAfter(of, ours, { env: 'production', afterMs })

  it.each<[string, RunDetails, RunAfter]>([
    [
      'goes on',
      details(executing, { jobs: [deploying('done'), job('test', 'executing', [step('Smoke', 'executing')])] }),
      { kind: 'going_on', place: { job: 'test', step: 'Smoke' } },
    ],
    [
      'is over with the word that our step has',
      details(run('done', over), { jobs: [deploying('done')] }),
      { kind: 'good' },
    ],
    [
      'is over with “succeeded”, whatever our step says',
      details(run('succeeded', over), { jobs: [deploying('done')] }),
      { kind: 'good' },
    ],
    ['is over with “successful”', details(run('successful', over)), { kind: 'good' }],
    [
      'is over with another word',
      details(run('timed out', over), {
        jobs: [deploying('done'), job('test', 'timed out', [step('Smoke', 'timed out')])],
      }),
      failed('timed out', { job: 'test', step: 'Smoke', message: 'of test' }),
    ],
    ['is over without a word', details(run('', over), { jobs: [deploying('')] }), failed('', {})],
    [
      'is over with a word, and our step isn’t there',
      details(run('done', over), { jobs: [job('other', 'done', [], over)] }),
      failed('done', { job: 'other', message: 'of other' }),
    ],
    [
      'is over with a word, and our step goes on with the same',
      details(run('executing', over), { jobs: [deploying('executing', {})] }),
      failed('executing', { job: 'deploy', step: 'Deploy', message: 'of deploy' }),
    ],
    [
      'failed',
      details(run('failed', over), { jobs: [deploying('done'), testing] }),
      failed('failed', { job: 'test', step: 'Smoke', message: '3 of 9 failed' }),
    ],
    [
      'failed, and so did our step',
      details(run('failed', over), { jobs: [deploying('failed')] }),
      failed('failed', { job: 'deploy', step: 'Deploy', message: 'of deploy' }),
    ],
    [
      'was cancelled',
      details(run('cancelled', over), { jobs: [deploying('cancelled')] }),
      failed('cancelled', { job: 'deploy', step: 'Deploy', message: 'of deploy' }),
    ],
    ['failed, its jobs unreadable', { run: run('failed', over), approvals: [] }, failed('failed', {})],
    [
      'is over with a word, its jobs unreadable',
      { run: run('done', over), approvals: [] },
      { kind: 'good', notice: { kind: 'unreadable', status: 'done' } },
    ],
    [
      'is at an approval',
      details(executing, { jobs: [deploying('done')], approvals: [approval('waiting')] }),
      { kind: 'good', notice: { kind: 'approval', approvals: [approval('waiting')] } },
    ],
    [
      'was at an approval',
      details(executing, { jobs: [deploying('done')], approvals: [approval('approved')] }),
      { kind: 'going_on', place: nowhere },
    ],
    [
      'deploys to another environment',
      details(executing, { jobs: [deploying('done'), toProd('executing', {})] }),
      { kind: 'good', notice: { kind: 'other_environment', env: 'live', place: { job: 'promote', step: 'Promote' } } },
    ],
    [
      'deployed to another environment after us',
      details(executing, {
        jobs: [deploying('done'), toProd('done', { created_at: '2026-11-23T17:06:00Z', ...over })],
      }),
      { kind: 'good', notice: { kind: 'other_environment', env: 'live', place: { job: 'promote', step: 'Promote' } } },
    ],
    [
      'deployed to another environment before us',
      details(executing, {
        jobs: [toProd('done', { created_at: '2026-11-23T17:01:00Z', ...over }), deploying('done')],
      }),
      { kind: 'going_on', place: { job: 'promote', step: '' } },
    ],
    [
      'deploys here once more',
      details(executing, {
        jobs: [deploying('done'), job('again', 'executing', [step('Again', 'executing', related('d2'))])],
      }),
      { kind: 'going_on', place: { job: 'again', step: 'Again' } },
    ],
    [
      'failed after it deployed to another environment',
      details(run('failed', over), { jobs: [deploying('done'), toProd('failed', {})] }),
      failed('failed', { job: 'promote', step: 'Promote', message: 'of promote' }),
    ],
  ])('%s', (_, of, expected) => {
    expect(judge(of)).toEqual(expected)
  })

  it('knows our step by its place, too', () => {
    const byPlace = job(
      'deploy',
      'done',
      [step('Set', 'other', { index: 0, ...over }), step('Deploy', 'done', { index: 1, ...over })],
      over,
    )
    expect(judge(details(run('done', over), { jobs: [byPlace] }))).toEqual({ kind: 'good' })
    expect(judge(details(run('other', over), { jobs: [byPlace] })).kind).toBe('failed')
    const { pipeline: _, ...without } = ours
    expect(
      judgeRunAfter(details(run('done', over), { jobs: [byPlace] }), without, { env: 'production', afterMs: 0 }).kind,
    ).toBe('failed')
  })

  it('is left alone after 10 min, but not when it is over by then', () => {
    const going = details(executing, { jobs: [job('test', 'executing', [step('Smoke', 'executing')])] })
    const place = { job: 'test', step: 'Smoke' }
    expect(judge(going, 599_999)).toEqual({ kind: 'going_on', place })
    expect(judge(going, 600_000)).toEqual({ kind: 'good', notice: { kind: 'still_running', place } })
    expect(judge(details(run('failed')), 600_000).kind).toBe('failed')
  })
})
