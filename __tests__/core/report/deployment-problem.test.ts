import { describe, expect, it } from '@jest/globals'
import { unknownDeployment } from '../../../src/core/deployments.ts'
import type { Request } from '../../../src/core/inputs/request.ts'
import type { FailureDetails } from '../../../src/core/network/request-error.ts'
import type { Problem } from '../../../src/core/run/outcome.ts'
import { emptyRunState } from '../../../src/core/run/result.ts'
import { request, word } from '../report-base.ts'

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

const state = { ...emptyRunState, request, deployment: active }

/** What a person reads of it. */
const tell = ({ what, remedy = '' }: Problem): string => `${what} ${remedy}`

describe('a conflict', () => {
  const nowMs = Date.UTC(2026, 10, 23, 17, 5, 0, 123)

  it('says whose deployment is active, and since when', () => {
    expect(word({ kind: 'conflict', active }, { nowMs: nowMs })).toEqual({
      cause: 'another deployment is active',
      what: 'Deployment 9f2c01ab is active in production, started 5 min ago by jo@example.com. Nothing was started.',
      remedy: 'Re-run the job when that deployment has finished, or set `on_conflict: wait`.',
      conflict: active,
    })
  })

  it('says what it can where the API left the rest out', () => {
    const problem = word({ kind: 'conflict', active: { ...active, created_by: '', created_at: '' } }, { nowMs: nowMs })
    expect(problem.what).toBe('Deployment 9f2c01ab is active in production, started by someone. Nothing was started.')
  })

  it('with one that this run has started for another change says so, and that this step started nothing', () => {
    const { what } = word({ kind: 'conflict', active, isFromThisRun: true }, { nowMs })
    expect(what).toMatch(
      /This workflow run started it, for another change: in another job or step.*This step started nothing\.$/,
    )
    expect(what).not.toContain('Nothing was started')
  })

  it('with one that can’t be seen says what the API said', () => {
    const problem = word({ kind: 'conflict' }, { nowMs: nowMs })
    expect(problem.what).toMatch(/Humanitec says.*production.*409.*Nothing was started/)
    expect(problem).not.toHaveProperty('conflict')
  })

  it('whose deployment could not be read doesn’t say that nothing was started', () => {
    const unread = { kind: 'answered', request: 'GET /deploys', status: 503, detail: '' } as const
    const problem = word({ kind: 'conflict', unread }, { nowMs })
    expect(problem.what).toMatch(/production \(409\).*may be this run’s own.*503/)
    expect(tell(problem)).not.toContain('Nothing was started')
    expect(problem.remedy).toContain('re-run the job, which then follows it')
  })
})

describe('a start whose fate is unknown', () => {
  it.each([
    [{ comment: 'Hotfix', delta_id: 'd1' }, 'Delta d1'],
    [{ comment: 'Hotfix', set_id: 's1' }, 'Set s1'],
    [{ comment: 'Hotfix' }, 'the environment’s base'],
  ])('says what was sent, where to look, and that a pipeline may hold it: %j', (body, what) => {
    const problem = word({ kind: 'start_unknown', sent: body })
    expect(problem.what).toContain(`deploy ${what} to production was sent`)
    expect(problem.what).toContain('The deployment may be running.')
    expect(problem.remedy).toContain('“Hotfix”')
    expect(problem.remedy).toMatch(/Look at the environment’s deployments before.*pipeline.*approval/)
    expect(tell(problem)).not.toMatch(/failed/i)
  })

  it('of which there is more than one says just that', () => {
    const problem = word({ kind: 'start_unknown', sent: { comment: 'Hotfix', delta_id: 'd1' }, isSeveral: true })
    expect(problem.what).toBe(
      'Humanitec shows that the request to deploy Delta d1 to production has taken effect more than once.',
    )
    expect(problem.remedy).toContain('“Hotfix”')
    expect(tell(problem)).not.toContain('could not be determined')
  })

  it('says why', () => {
    expect(word({ kind: 'start_unknown', sent: { comment: '' }, error: answered(502) }).what).toContain('502')
  })
})

describe('the deadline', () => {
  it('with a deployment says that it goes on, and how to wait longer', () => {
    const problem = word(
      { kind: 'timed_out' },
      {
        state: { ...state, request: { ...request, timeoutMs: 1_800_000 } },
        nowMs: Date.UTC(2026, 10, 23, 17, 2, 30),
      },
    )
    expect(problem.what).toBe(
      'The timeout of 30 min has passed, and deployment 9f2c01ab, started 2 min ago, is still in progress; it goes on in Humanitec.',
    )
    expect(problem.remedy).toMatch(/operation: wait.*timeout/)
  })

  it('with a deployment whose status is not known says so too', () => {
    const problem = word(
      { kind: 'timed_out' },
      {
        state: {
          ...{ ...state, deployment: { ...active, status: '' } },
          request: { ...request, timeoutMs: 1_800_000 },
        },
      },
    )
    expect(problem.what).toMatch(/, is still running; it goes on/)
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
    expect(
      word(
        { kind: 'timed_out' },
        { state: { ...{ ...state, history: [past(140), past(185)] }, request: { ...request, timeoutMs: 180_000 } } },
      ).what,
    ).toMatch(/ The last 2 successful ones took 2 min 20 s to 3 min 5 s\.$/)
    expect(
      word(
        { kind: 'timed_out' },
        { state: { ...{ ...state, history: [past(140)] }, request: { ...request, timeoutMs: 180_000 } } },
      ).what,
    ).toMatch(/ The last successful one took 2 min 20 s\.$/)
  })

  it('before a start says so', () => {
    const problem = word(
      { kind: 'timed_out' },
      { state: { ...{ ...emptyRunState, request }, request: { ...request, timeoutMs: 60_000 } } },
    )
    expect(problem.what).toBe('The timeout of 1 min passed before anything was started.')
    expect(problem.remedy).toMatch(/longer timeout/)
  })

  it.each([
    ['wait', 'before a deployment to follow was found'],
    ['delete', 'before anything was deleted'],
    ['prune', 'before anything was deleted'],
  ] as const)('of operation: %s says %s', (operation, words) => {
    const asked = { ...request, operation, timeoutMs: 60_000 } as Request
    const wordAs = (kind: 'timed_out' | 'cancelled' | 'killed') =>
      word({ kind }, { state: { ...emptyRunState, request: asked } }).what
    expect(wordAs('timed_out')).toBe(`The timeout of 1 min passed ${words}.`)
    expect(wordAs('cancelled')).toBe(`The workflow was cancelled ${words}.`)
    expect(wordAs('killed')).toBe(`The step was terminated ${words}.`)
  })

  it('names the last thing that was heard', () => {
    expect(
      word(
        { kind: 'timed_out', error: answered(503) },
        { state: { ...state, request: { ...request, timeoutMs: 1_800_000 } } },
      ).what,
    ).toMatch(/The last error: .*503/)
    expect(
      word(
        { kind: 'timed_out', error: answered(503) },
        { state: { ...emptyRunState, request: { ...request, timeoutMs: 1_800_000 } } },
      ).what,
    ).toMatch(/The last error: .*503/)
  })
})

describe('a cancellation', () => {
  it('before a start: nothing goes on', () => {
    expect(word({ kind: 'cancelled' }, { state: emptyRunState })).toEqual({
      what: 'The workflow was cancelled before anything was started.',
    })
  })

  it('of a deployment that goes on says that it can’t be cancelled, and how to follow it', () => {
    const problem = word({ kind: 'cancelled' }, { state: state })
    expect(problem.what).toMatch(/9f2c01ab goes on in Humanitec, which can’t cancel it/)
    expect(problem.remedy).toContain('operation: wait')
  })

  it('of a deployment that was over says how it ended', () => {
    const problem = word({ kind: 'cancelled' }, { state: { ...state, deployment: { ...active, status: 'failed' } } })
    expect(problem.what).toMatch(/9f2c01ab had already ended: failed/)
    expect(problem.what).not.toContain('goes on')
  })
})

describe('a kill', () => {
  it('with a deployment that could not be read says no more than that', () => {
    const unknown = { ...state, deployment: { ...active, status: '' } }
    expect(word({ kind: 'killed', isUnread: true }, { state: unknown }).what).toBe(
      'The step was terminated; deployment 9f2c01ab may still be running: its status could not be read.',
    )
  })

  it('with a deployment whose status is not known doesn’t say that it goes on', () => {
    const frozen = { ...state, deployment: { ...active, status: 'frozen' } }
    expect(word({ kind: 'killed' }, { state: frozen }).what).toMatch(/“frozen”.*so it may still be running\.$/)
  })

  it('with a pipeline run whose deployments could not be read says so', () => {
    const held = { ...emptyRunState, request, pipelineRun: { pipelineId: 'deploy', runId: 'r1' } }
    expect(word({ kind: 'killed', isUnread: true }, { state: held }).what).toBe(
      'The step was terminated; whether the pipeline run has started a deployment could not be read.',
    )
    expect(word({ kind: 'killed' }, { state: held }).what).toContain('without a deployment so far')
  })

  it('with a deployment says that it goes on', () => {
    expect(tell(word({ kind: 'killed' }, { state: state }))).toMatch(/9f2c01ab goes on.*operation: wait/)
  })

  it('before a start says so', () => {
    expect(word({ kind: 'killed' }, { state: emptyRunState }).what).toContain('before anything was started')
  })
})

it('workloads that fail at the end are not all said to have failed at every check', () => {
  const [web, worker] = ['web', 'worker'].map((workload) => ({
    ...{ workload, state: 'failing' as const, ready: 0, wanted: 1, reason: 'CrashLoopBackOff', containers: [] },
  }))
  if (!web || !worker) throw new Error('There are two.')
  const health = { overall: 'unhealthy' as const, workloads: [web, worker] }
  const why = { kind: 'failing' as const, workloads: ['web'] }
  expect(word({ kind: 'unhealthy', why }, { state: { ...state, health } }).what).toBe(
    'It was deployed, but web failed at every check for 90 s.',
  )
})

it('nothing to wait for says where, and what to do', () => {
  expect(tell(word({ kind: 'no_deployment' }))).toMatch(
    /production has no deployment.*Deploy to it first, or check env/,
  )
})
