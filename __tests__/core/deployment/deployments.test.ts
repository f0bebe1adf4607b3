import { describe, expect, it } from '@jest/globals'
import {
  findActive,
  findNewestSucceeded,
  findStarted,
  hasSucceeded,
  isEarlierAttempts,
  isFinal,
  listNewerThan,
  unknownDeployment,
} from '../../../src/core/deployments.ts'
import type { DeployRequest } from '../../../src/core/inputs/request.ts'
import type { WorkflowContext } from '../../../src/core/run/workflow-context.ts'
import type { Deployment, StartBody } from '../../../src/ports.ts'

const runUrl = 'https://github.com/acme/shop/actions/runs/7001'
const othersUrl = 'https://github.com/acme/shop/actions/runs/7002'
const at = (minute: number): string => `2026-11-23T17:${String(minute).padStart(2, '0')}:00.123456789Z`

const deployment = (id: string, minute: number, more: Partial<Deployment> = {}): Deployment => ({
  ...unknownDeployment,
  id,
  status: 'succeeded',
  comment: 'by hand',
  created_at: at(minute),
  ...more,
})

const older = deployment('older', 1)
const before = deployment('before', 2)
const ours = deployment('ours', 4, { status: 'pending', delta_id: 'd1', comment: `x · ${runUrl}` })

describe('final', () => {
  it.each([
    ['succeeded', true],
    ['failed', true],
    ['pending', false],
    ['in progress', false],
    ['cancelled', false],
    ['Succeeded', false],
    ['', false],
  ])('%j: %s', (status, expected) => {
    expect(isFinal({ status })).toBe(expected)
  })

  it('and succeeded are not the same', () => {
    expect(hasSucceeded({ ...ours, status: 'failed' })).toBe(false)
    expect(hasSucceeded({ ...ours, status: 'succeeded' })).toBe(true)
    expect(hasSucceeded(undefined)).toBe(false)
  })
})

describe('the active deployment of an environment', () => {
  const environment = { id: 'production', name: '', type: '', status: 'active', created_at: '2026-11-01T09:00:00Z' }

  it('is its last one, while that goes on', () => {
    expect(findActive({ ...environment, last_deploy: ours })).toBe(ours)
    expect(findActive({ ...environment, last_deploy: { ...ours, status: 'paused' } })?.status).toBe('paused')
  })

  it('is none after the end of the last one, and before the first', () => {
    expect(findActive({ ...environment, last_deploy: before })).toBeUndefined()
    expect(findActive({ ...environment, last_deploy: { ...before, status: 'failed' } })).toBeUndefined()
    expect(findActive({ ...environment, from_deploy: ours })).toBeUndefined()
  })
})

it('the newest that succeeded is the first of the list that did', () => {
  expect(findNewestSucceeded([ours, { ...before, status: 'failed' }, older])).toBe(older)
  expect(findNewestSucceeded([ours])).toBeUndefined()
})

describe('those that came after a mark', () => {
  const names = (list: readonly Deployment[], mark: Deployment | undefined) =>
    listNewerThan(list, mark).map(({ id }) => id)

  it('stand before it in the list', () => {
    expect(names([ours, before, older], before)).toEqual(['ours'])
    expect(names([before, older], before)).toEqual([])
  })

  it('are all where there was none', () => {
    expect(names([ours, before], undefined)).toEqual(['ours', 'before'])
    expect(names([], undefined)).toEqual([])
  })

  it('are told by their times when the mark has gone from the list', () => {
    expect(names([ours, older], before)).toEqual(['ours'])
    expect(names([deployment('same', 2), older], before)).toEqual(['same'])
  })

  it('are all that can’t be told to be older', () => {
    expect(names([{ ...older, created_at: '' }], before)).toEqual(['older'])
    expect(names([older], { ...before, created_at: 'yesterday' })).toEqual(['older'])
  })
})

describe('a start whose answer was lost', () => {
  const sent: StartBody = { comment: `x · ${runUrl}`, delta_id: 'd1' }
  const sight = (newer: readonly Deployment[], body: StartBody = sent) =>
    findStarted([...newer, before, older], before, body, runUrl)

  it.each<[string, Partial<Deployment>, StartBody]>([
    ['the same Delta and the run’s page', {}, sent],
    ['neither asked for a Delta', { delta_id: '' }, { comment: '' }],
    ['the same Set', { delta_id: '', set_id: 's1' }, { comment: '', set_id: 's1' }],
    ['a Set that it was not asked for', { set_id: 's2' }, sent],
    ['an end already', { status: 'failed' }, sent],
  ])('is found by %s', (_, more, body) => {
    expect(sight([{ ...ours, ...more }], body)).toEqual({ kind: 'started', deployment: { ...ours, ...more } })
  })

  it('is found in a list that isn’t sorted', () => {
    expect(findStarted([older, before, ours], before, sent, runUrl)).toEqual({ kind: 'started', deployment: ours })
  })

  it('is told from others that are newer', () => {
    const others = [
      deployment('c', 7, { delta_id: 'd1', comment: othersUrl }),
      deployment('b', 6, { delta_id: 'd2', comment: runUrl }),
      deployment('a', 5, { delta_id: 'd1' }),
    ]
    expect(sight([...others, ours])).toEqual({ kind: 'started', deployment: ours })
  })

  it.each<[string, readonly Deployment[]]>([
    ['nothing is newer', []],
    ['the newer one has another Delta', [{ ...ours, delta_id: 'd2' }]],
    ['the newer one has none', [{ ...ours, delta_id: '' }]],
    ['the newer one is another run’s', [{ ...ours, comment: `x · ${othersUrl}` }]],
    ['the newer one is of a run that begins alike', [{ ...ours, comment: `x · ${runUrl}5` }]],
  ])('is absent when %s', (_, newer) => {
    expect(sight(newer)).toEqual({ kind: 'absent' })
  })

  it('is absent when only an older one is like it', () => {
    const alike = { ...older, delta_id: 'd1', comment: runUrl }
    expect(findStarted([before, alike], before, sent, runUrl)).toEqual({ kind: 'absent' })
  })

  it.each<[string, readonly Deployment[], StartBody]>([
    ['two are like it', [ours, { ...ours, id: 'twin' }], sent],
    ['one has its Delta and no run’s page', [{ ...ours, comment: '' }], sent],
    ['one has the run’s page and another Set', [{ ...ours, set_id: 's2' }], { ...sent, set_id: 's1' }],
  ])('is doubtful when %s', (_, newer, body) => {
    expect(sight(newer, body)).toEqual({ kind: 'doubtful' })
  })

  it('outside of a workflow nothing is taken for ours', () => {
    const alike = { ...ours, comment: 'x' }
    expect(findStarted([alike], undefined, { comment: 'x', delta_id: 'd1' }, '')).toEqual({ kind: 'doubtful' })
  })
})

describe('an earlier attempt’s deployment', () => {
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
    waitFor: 'deployed',
    healthTimeoutMs: 300_000,
    logLines: 0,
    dryRun: false,
    onConflict: 'fail',
  }
  const { deltaId: _, ...withoutDelta } = request
  const workflow: WorkflowContext = {
    eventName: 'push',
    repository: 'acme/shop',
    runUrl,
    attempt: 2,
    job: 'deploy',
    step: '__humanitec',
    actor: 'octocat',
    sha: '',
    ref: 'main',
    commitTitle: '',
  }
  const rollback: DeployRequest = { ...withoutDelta, base: { kind: 'deployment', id: 'f1' } }

  it.each<[string, Partial<Deployment>, DeployRequest]>([
    ['the same Delta', {}, request],
    ['no Delta on either side', { delta_id: '' }, { ...withoutDelta, redeploy: true }],
    ['the Set that is given', { delta_id: '', set_id: 's1' }, { ...withoutDelta, setId: 's1' }],
    ['the base that is given', { delta_id: '', from_id: 'f1' }, rollback],
    ['a base that the API left out', { delta_id: '', from_id: '' }, rollback],
    [
      'any base of another environment',
      { from_id: 'f2' },
      { ...request, base: { kind: 'environment', env: 'staging' } },
    ],
  ])('has %s', (_, more, asked) => {
    expect(isEarlierAttempts({ ...ours, ...more }, asked, workflow)).toBe(true)
  })

  it.each<[string, Partial<Deployment>, DeployRequest, Partial<WorkflowContext>]>([
    ['this is the first attempt', {}, request, { attempt: 1 }],
    ['it is another run’s', { comment: othersUrl }, request, {}],
    ['it is nobody’s', { comment: '' }, request, {}],
    ['there is no run', { comment: '' }, request, { runUrl: '' }],
    ['it has another Delta', { delta_id: 'd2' }, request, {}],
    ['it has a Delta, and none is asked for', {}, { ...withoutDelta, redeploy: true }, {}],
    ['it has none, and one is asked for', { delta_id: '' }, request, {}],
    ['it has another Set', { delta_id: '', set_id: 's2' }, { ...withoutDelta, setId: 's1' }, {}],
    ['it has another base', { delta_id: '', from_id: 'f2' }, rollback, {}],
  ])('is none when %s', (_, more, asked, from) => {
    expect(isEarlierAttempts({ ...ours, ...more }, asked, { ...workflow, ...from })).toBe(false)
  })
})
