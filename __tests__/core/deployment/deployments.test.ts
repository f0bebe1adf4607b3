import { describe, expect, it } from '@jest/globals'
import type { Deployment } from '../../../src/core/api.ts'
import {
  findActive,
  findNewestSucceeded,
  hasSucceeded,
  isFinal,
  listNewerThan,
  unknownDeployment,
} from '../../../src/core/deployments.ts'

const runUrl = 'https://github.com/acme/shop/actions/runs/7001'
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
