import { describe, expect, it } from '@jest/globals'
import type { Deployment } from '../../../src/core/api.ts'
import {
  determineDurationMs,
  findRollbackTarget,
  listPastDeployments,
  unknownDeployment,
} from '../../../src/core/deployments.ts'
import type { DeployRequest } from '../../../src/core/inputs/request.ts'
import { emptyRunState } from '../../../src/core/run/result.ts'

const deployment: Deployment = {
  ...unknownDeployment,
  id: 'a1',
  status: 'succeeded',
  created_at: '2026-11-23T17:00:00.000000001Z',
  status_changed_at: '2026-11-23T17:02:38.500999999Z',
}

describe('how long a deployment took', () => {
  it('is told in milliseconds, of a success and of a failure', () => {
    expect(determineDurationMs(deployment)).toBe(158_500)
    expect(determineDurationMs({ ...deployment, status: 'failed' })).toBe(158_500)
    expect(determineDurationMs({ ...deployment, status_changed_at: deployment.created_at })).toBe(0)
  })

  it.each<[string, Partial<Deployment>]>([
    ['while it goes on', { status: 'in progress' }],
    ['with a status that nobody knows', { status: 'paused' }],
    ['without a beginning', { created_at: '' }],
    ['without an end', { status_changed_at: '' }],
    ['with an end in the year 1', { status_changed_at: '0001-01-01T00:00:00Z' }],
    ['with an end before its beginning', { status_changed_at: '2026-11-23T16:59:59Z' }],
  ])('is not known %s', (_, more) => {
    expect(determineDurationMs({ ...deployment, ...more })).toBeUndefined()
  })
})

describe('the deployments of the past', () => {
  it('are those that are over, without our own, in the order of the list', () => {
    const list = [
      { ...deployment, id: 'own' },
      { ...deployment, id: 'b', status: 'pending' },
      { ...deployment, id: 'c', status: 'failed', status_changed_at: '2026-11-23T17:00:30Z' },
      { ...deployment, id: 'd', created_at: '' },
      { ...deployment, id: 'e' },
    ]
    expect(listPastDeployments(list, 'own')).toEqual([
      { durationMs: 30_000, succeeded: false },
      { durationMs: 158_500, succeeded: true },
    ])
    expect(listPastDeployments([], 'own')).toEqual([])
  })
})

describe('the way back', () => {
  const request = { operation: 'deploy', base: { kind: 'deployment', id: 'b' } } as DeployRequest
  const newest = { ...unknownDeployment, id: 'c', status: 'failed' }
  const tried = { ...unknownDeployment, id: 'b', status: 'succeeded' }
  const older = { ...unknownDeployment, id: 'a', status: 'succeeded' }
  const state = { ...emptyRunState, history: [newest, tried, older], base: tried }

  it('is the newest that succeeded', () => expect(findRollbackTarget(state)).toBe(tried))

  it('is not the one that was just gone back to', () => expect(findRollbackTarget({ ...state, request })).toBe(older))

  it('is nowhere when none succeeded', () =>
    expect(findRollbackTarget({ ...state, history: [newest] })).toBeUndefined())
})
