import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DeploymentError } from '../../../src/core/api.ts'
import * as report from '../../../src/core/report/outputs.ts'
import { emptyRunState, type Result, type RunState } from '../../../src/core/run/result.ts'
import { fuzzTimeoutMs, hostileText } from '../hostile.ts'
import {
  deployment,
  error,
  failed,
  failedDeployment,
  runningDeployment,
  state,
  threeErrors,
  writer,
} from '../report-base.ts'

const { outputNames } = report
const formatOutputs = (known: RunState, result?: Result) => report.formatOutputs(known, writer, result)

describe('the outputs', () => {
  it('of a success', () => {
    const environmentUrls = ['https://shop.example.com', 'https://api.shop.example.com']
    expect(formatOutputs({ ...state, environmentUrls, errors: [] }, { outcome: 'succeeded' })).toEqual({
      deployment_id: '9f2c01ab5d7e3f88',
      deployment_url: 'https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88',
      status: 'succeeded',
      outcome: 'succeeded',
      set_id: '-0pTzTUcDVhXSn2MnB4j7BBwVMVNUQVJj4TnPaVCpq8',
      from_id: '17609cfafa5d5cb8',
      created_at: '2026-11-23T20:07:12.123456789Z',
      finished_at: '2026-11-23T20:09:53.623456789Z',
      duration_seconds: '162',
      errors: '[]',
      error_count: '0',
      environment_url: 'https://shop.example.com',
      environment_urls: '["https://shop.example.com","https://api.shop.example.com"]',
      environment_created: 'false',
      deleted_environments: '[]',
      delta_id: '4a6330d06a8b5c92f1d27b4e81a3c5d7e9f01234',
      pipeline_run: '',
      pipeline_run_url: '',
      health: '',
      changes: '[]',
    })
  })

  it('of wrong inputs', () => {
    expect(formatOutputs(emptyRunState, { outcome: 'error' })).toEqual({
      deployment_id: '',
      deployment_url: '',
      status: '',
      outcome: 'error',
      set_id: '',
      from_id: '',
      created_at: '',
      finished_at: '',
      duration_seconds: '',
      errors: '[]',
      error_count: '0',
      environment_url: '',
      environment_urls: '[]',
      environment_created: 'false',
      deleted_environments: '[]',
      delta_id: '',
      pipeline_run: '',
      pipeline_run_url: '',
      health: '',
      changes: '[]',
    })
  })

  it('are all there at every end, and before it', () => {
    expect(Object.keys(formatOutputs(emptyRunState)).toSorted()).toEqual([...outputNames].toSorted())
    expect(formatOutputs(state).outcome).toBe('')
  })

  it('of a deployment that goes on have no end', () => {
    expect(formatOutputs({ ...state, deployment: runningDeployment }, { outcome: 'timed_out' })).toMatchObject({
      status: 'in progress',
      created_at: deployment.created_at,
      finished_at: '',
      duration_seconds: '',
    })
  })

  it('have no duration when a time cannot be read', () => {
    const strange = { ...deployment, created_at: '0001-01-01T00:00:00Z' }
    expect(formatOutputs({ ...state, deployment: strange })).toMatchObject({
      created_at: '0001-01-01T00:00:00Z',
      duration_seconds: '',
    })
  })

  it('tell what was made and deleted', () => {
    const news = { ...state, environmentCreated: true, deletedEnvironments: ['pr-7', 'pr-8'] }
    expect(formatOutputs(news)).toMatchObject({ environment_created: 'true', deleted_environments: '["pr-7","pr-8"]' })
  })
})

const parseErrors = (errors: readonly DeploymentError[]): DeploymentError[] =>
  JSON.parse(formatOutputs({ ...failed.state, errors }).errors)

describe('the errors', () => {
  it('are the six fields of each', () => {
    const more = { ...error, unknown: 'x' }
    expect(parseErrors([...threeErrors, more])).toEqual([...threeErrors, error])
    expect(formatOutputs(failed.state).error_count).toBe('3')
  })

  it.each([
    ['unreadable', { errors: 'unreadable' as const }],
    ['not read after a failure', {}],
  ])('have no count when %s', (_, known) => {
    expect(formatOutputs({ ...state, deployment: failedDeployment, ...known })).toMatchObject({
      errors: '[]',
      error_count: '',
    })
  })

  it('are cut at an element, and still counted', () => {
    const errors = Array.from({ length: 100 }, (_, index) => ({
      ...error,
      code: `RES-${index}`,
      message: 'x'.repeat(1000),
    }))
    const outputs = formatOutputs({ ...failed.state, errors })
    expect(outputs.errors.length).toBeLessThanOrEqual(30_000)
    expect(JSON.parse(outputs.errors)).toEqual(errors.slice(0, JSON.parse(outputs.errors).length))
    expect(JSON.parse(outputs.errors).length).toBeGreaterThan(20)
    expect(outputs.error_count).toBe('100')
  })

  it('fill the limit to the last character', () => {
    const rest = JSON.stringify([{ ...error, message: '' }]).length
    const fitting = { ...error, message: 'x'.repeat(30_000 - rest) }
    expect(formatOutputs({ ...failed.state, errors: [fitting] }).errors).toHaveLength(30_000)
    expect(parseErrors([fitting])).toEqual([fitting])
  })

  it('one that is longer than the limit alone keeps its code and the beginning of its message', () => {
    const [shortened, next] = parseErrors([{ ...error, message: 'x'.repeat(40_000) }, error])
    expect(shortened).toEqual({ ...error, message: `${'x'.repeat(3999)}…` })
    expect(next).toEqual(error)
  })

  it(
    'are JSON within the limit, whatever is in them',
    () => {
      const hostileError = fc.record({
        scope: hostileText,
        object_id: hostileText,
        code: hostileText,
        summary: hostileText,
        message: hostileText.map((text) => text.repeat(300)),
        error_type: hostileText,
      })
      fc.assert(
        fc.property(fc.array(hostileError, { maxLength: 6 }), (errors) => {
          const { errors: json } = formatOutputs({ ...failed.state, errors })
          expect(json.length).toBeLessThanOrEqual(30_000)
          expect(JSON.parse(json).length).toBeLessThanOrEqual(errors.length)
          expect(json.isWellFormed()).toBe(true)
        }),
      )
    },
    fuzzTimeoutMs,
  )
})
