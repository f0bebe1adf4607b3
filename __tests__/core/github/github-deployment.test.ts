import { describe, expect, it } from '@jest/globals'
import type { GitHubDeployment } from '../../../src/core/api.ts'
import {
  findOwnUnfinished,
  formatFinalStatus,
  formatGitHubEnvironment,
  formatPayload,
  listActiveIds,
  listSuperseded,
} from '../../../src/core/report/github-deployment.ts'
import type { Outcome } from '../../../src/core/run/outcome.ts'
import { endWith, workflow } from '../report-base.ts'

const own: GitHubDeployment = { id: 20, state: 'success', payload: JSON.stringify(formatPayload(workflow)) }

const withStates = (states: Readonly<Record<number, string>>): readonly GitHubDeployment[] =>
  Object.entries(states).map(([id, state]) => ({ id: Number(id), state, payload: '{}' }))

it('two applications of one repository are two environments', () => {
  expect(formatGitHubEnvironment({ app: 'shop', env: 'pr-12' })).toBe('shop/pr-12')
})

describe('the last status', () => {
  it.each<[Outcome, string]>([
    ['succeeded', 'success'],
    ['failed', 'failure'],
    ['timed_out', 'error'],
    ['cancelled', 'error'],
    ['unknown', 'error'],
    ['error', 'error'],
  ])('of %s is %s', (outcome, state) => {
    expect(formatFinalStatus(endWith(outcome))).toMatchObject({ state, log_url: workflow.runUrl })
  })

  it('has the address only after a success', () => {
    const environmentUrls = ['https://a.example.com', 'https://b.example.com']
    expect(formatFinalStatus(endWith('succeeded', { environmentUrls })).environment_url).toBe('https://a.example.com')
    expect(formatFinalStatus(endWith('failed', { environmentUrls }))).not.toHaveProperty('environment_url')
  })

  it('is described in one short line', () => {
    const { description } = formatFinalStatus(endWith('timed_out'))
    expect(description).toMatch(/^[^\n]{1,140}$/)
  })
})

describe('what is superseded', () => {
  it('are the older ones that aren’t inactive, unfinished ones too', () => {
    const others = withStates({
      21: 'in_progress',
      19: '',
      18: 'in_progress',
      17: 'success',
      16: 'inactive',
      15: 'error',
    })
    expect(listSuperseded([own, ...others], own.id)).toEqual([19, 15, 17, 18])
  })

  it.each([
    ['success', true],
    ['failure', true],
    ['in_progress', false],
    ['error', false],
    ['inactive', false],
  ])('is ours too, when a newer one has ended as %s: %s', (state, isOvertaken) => {
    expect(listSuperseded([...withStates({ 21: state }), own], own.id)).toEqual(isOvertaken ? [20] : [])
  })

  it('is, of an environment that is gone, all that is not inactive', () => {
    expect(listActiveIds(withStates({ 4: 'success', 3: 'inactive', 2: '', 1: 'error' }))).toEqual([4, 1, 2])
  })
})

describe('an unfinished one of this run', () => {
  it.each<[string, boolean, Partial<GitHubDeployment>]>([
    ['in progress', true, { state: 'in_progress' }],
    ['without a status', true, { state: '' }],
    ['with JSON in its JSON', true, { state: '', payload: JSON.stringify(own.payload) }],
    ['finished', false, {}],
    ['of another attempt', false, { state: '', payload: `{"run":"${workflow.runUrl}/attempts/2"}` }],
    ['of a run whose number begins alike', false, { state: '', payload: `{"run":"${workflow.runUrl}1/attempts/1"}` }],
    ['without a payload', false, { state: '', payload: '' }],
  ])('that is %s is found: %s', (_, isFound, difference) => {
    expect(findOwnUnfinished([{ ...own, ...difference }], workflow)?.id).toBe(isFound ? own.id : undefined)
  })
})
