import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  determineRunEnvironment,
  formatChangeKey,
  hasMarkInInputs,
  isCompleted,
  listOpenRuns,
} from '../../src/core/pipelines.ts'
import {
  toList,
  toPipelineApproval,
  toPipelineJob,
  toPipelineReference,
  toPipelineRun,
} from '../../src/core/responses/humanitec.ts'
import { InvalidResponse } from '../../src/core/text/json.ts'

const run = {
  id: '0f1e2d3c-0001',
  pipeline_id: 'default',
  etag: 'e1',
  status: 'executing',
  status_message: '',
  completed_at: '',
  env_ids: ['production'],
  inputs: { env_id: 'production', comment: 'c' },
  waiting_for: { deploy: 'application.environment.deployment(d1)' },
}

const step = {
  index: 1,
  name: 'Deploy',
  status: 'executing',
  status_message: 'm',
  created_at: 't1',
  completed_at: '',
  env_id: 'production',
  deployment_id: 'd1',
}
const { env_id, deployment_id, ...ownFields } = step

const job = { id: 'deploy', status: 'executing', status_message: '', completed_at: '', steps: [step] }

const jobAnswer = {
  ...job,
  steps: [{ ...ownFields, uses: 'x', related_entities: { env_id, deployment_id, set_id: 's' } }],
}

const approval = {
  id: 'a1',
  run_id: run.id,
  job_id: 'approve',
  env_id: 'production',
  message: 'Promote',
  status: 'waiting',
}

describe('a run, its jobs and approvals', () => {
  it('are read as they are', () => {
    expect(toPipelineRun({ ...run, trigger: 'deployment_request', run_as: 's-1' })).toEqual(run)
    expect(toPipelineJob(jobAnswer)).toEqual(job)
    expect(toPipelineApproval({ ...approval, org_id: 'acme' })).toEqual(approval)
  })

  it('may lack everything but their ids', () => {
    const [status, status_message, completed_at] = ['', '', '']
    expect(toPipelineRun({ id: 'r1' })).toEqual({
      id: 'r1',
      pipeline_id: '',
      etag: '',
      status,
      status_message,
      completed_at,
      env_ids: [],
      inputs: {},
      waiting_for: {},
    })
    expect(toPipelineJob({ id: 'j1' })).toEqual({ id: 'j1', status, status_message, completed_at, steps: [] })
    expect(toPipelineJob({ id: 'j1', steps: [null] }).steps).toEqual([
      {
        index: undefined,
        name: '',
        status,
        status_message,
        created_at: '',
        completed_at,
        env_id: '',
        deployment_id: '',
      },
    ])
    expect(toPipelineApproval({ id: 'a1' })).toEqual({
      id: 'a1',
      run_id: '',
      job_id: '',
      env_id: '',
      message: '',
      status,
    })
  })

  it('survive fields of another type', () => {
    const odd = {
      env_ids: ['production', 7, null, ''],
      inputs: null,
      waiting_for: ['x'],
      status: 7,
      completed_at: null,
    }
    expect(toPipelineRun({ ...run, ...odd })).toEqual({
      ...run,
      env_ids: ['production'],
      inputs: {},
      waiting_for: {},
      status: '',
    })
    expect(toPipelineRun({ ...run, env_ids: 'production', waiting_for: { a: 7 } })).toMatchObject({
      env_ids: [],
      waiting_for: { a: '' },
    })
    expect(toPipelineJob({ ...jobAnswer, steps: { 0: step } }).steps).toEqual([])
    expect(toPipelineJob({ id: 'j', steps: [{ index: -1, related_entities: 'x' }] }).steps[0]?.index).toBeUndefined()
  })

  it.each([undefined, null, 7, 'text', [], {}, { id: '' }, { id: 7 }, { id: '../x' }])('are none: %j', (value) => {
    for (const read of [toPipelineRun, toPipelineJob, toPipelineApproval])
      expect(() => read(value)).toThrow(InvalidResponse)
  })

  it('a list counts by those that fit', () => {
    expect(toList(toPipelineRun)([null, run, { id: 7 }, [run]])).toEqual([run])
    expect(toList(toPipelineRun)(null)).toEqual([])
    expect(() => toList(toPipelineRun)({})).toThrow(InvalidResponse)
    const broken = () => {
      throw new TypeError('ours')
    }
    expect(() => toList(broken)([1])).toThrow(TypeError)
  })
})

describe('a deployment’s pipeline', () => {
  it('is read as it is', () => {
    const reference = { id: 'default', run_id: 'r1', job_id: 'deploy', step_index: 0 }
    expect(toPipelineReference({ ...reference, more: 1 })).toEqual(reference)
    expect(toPipelineReference({ id: 'default' })).toEqual({
      id: 'default',
      run_id: '',
      job_id: '',
      step_index: undefined,
    })
  })

  it.each([undefined, null, {}, [], 'default', { id: '', run_id: '' }, { id: 7 }])('is none: %j', (value) => {
    expect(toPipelineReference(value)).toBeUndefined()
  })
})

it.each([
  ['', 'executing', false],
  ['2026-11-23T17:00:00Z', 'executing', true],
  ['yesterday', 'done', true],
  ['0001-01-01T00:00:00Z', 'executing', false],
  ['', 'failed', true],
  ['', 'cancelled', true],
  ['', 'succeeded', true],
  ['', 'queued', false],
  ['', '', false],
])('completed at %j with the word %j: %s', (completed_at, status, expected) => {
  expect(isCompleted({ completed_at, status })).toBe(expected)
})

it('the change key changes with status, etag and what is waited for, and with nothing else', () => {
  const key = formatChangeKey(run)
  for (const more of [{ status: 'failed' }, { etag: 'e2' }, { waiting_for: {} }, { waiting_for: { deploy: 'x' } }])
    expect(formatChangeKey({ ...run, ...more })).not.toBe(key)
  expect(formatChangeKey({ ...run, status_message: 'x', completed_at: 'x' })).toBe(key)
  expect(formatChangeKey({ ...run, waiting_for: { a: '1', b: '2' } })).toBe(
    formatChangeKey({ ...run, waiting_for: { b: '2', a: '1' } }),
  )
})

describe('which environment a run is for', () => {
  it.each<['this' | 'other' | 'unknown', object]>([
    ['this', {}],
    ['this', { env_ids: ['staging', 'production'] }],
    ['this', { env_ids: ['staging'] }],
    ['this', { env_ids: [], inputs: { environment: 'production' } }],
    ['other', { env_ids: ['staging'], inputs: {} }],
    ['other', { env_ids: [], inputs: { env_id: 'staging' } }],
    ['unknown', { env_ids: [], inputs: { env_id: 7 } }],
  ])('%s: %j', (expected, more) => {
    expect(determineRunEnvironment({ ...run, ...more }, 'production')).toBe(expected)
  })

  it('open runs of an environment are those that go on there', () => {
    const runs = [
      run,
      { ...run, id: 'over', status: 'failed' },
      { ...run, id: 'else', env_ids: [], inputs: {} },
      { ...run, id: 'q', status: 'queued' },
    ]
    expect(listOpenRuns(runs, 'production').map(({ id }) => id)).toEqual([run.id, 'q'])
    expect(listOpenRuns(runs, 'staging')).toEqual([])
  })
})

describe('a run is ours', () => {
  const mark = 'https://github.com/acme/shop/actions/runs/7001#a1b2c3d4e5'
  const isOurs = (inputs: object) => hasMarkInInputs({ ...run, inputs: { ...inputs } }, mark)

  it('by the mark in a text anywhere in its inputs', () => {
    expect(isOurs({ comment: `x · ${mark}` })).toBe(true)
    expect(isOurs({ a: [{ b: { c: [7, null, mark] } }] })).toBe(true)
  })

  it('and not by less', () => {
    for (const inputs of [
      {},
      { comment: `${mark}0` },
      { comment: mark.slice(0, -1) },
      { [mark]: 'x' },
      { a: mark.slice(0, 9), b: mark.slice(9) },
    ])
      expect(isOurs(inputs)).toBe(false)
    expect(hasMarkInInputs({ ...run, inputs: { comment: mark } }, '')).toBe(false)
  })

  it('however deep its inputs are', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}"${mark}"${']'.repeat(50_000)}`)
    expect(isOurs({ deep })).toBe(true)
  })

  it('never in inputs that don’t hold it', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (inputs) => expect(isOurs(inputs)).toBe(false)))
  })
})
