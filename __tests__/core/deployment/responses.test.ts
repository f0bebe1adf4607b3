import { describe, expect, it } from '@jest/globals'
import {
  toActiveResource,
  toDeployment,
  toDeploymentError,
  toEnvironment,
  toList,
  toListedEnvironment,
  withId,
} from '../../../src/core/responses/humanitec.ts'
import { summarizeBody } from '../../../src/core/responses/refusal.ts'
import { InvalidResponse } from '../../../src/core/text/json.ts'

const deployment = {
  id: '9f2c01ab5d7e3f88',
  status: 'in progress',
  comment: 'Raise memory',
  delta_id: '4a63',
  set_id: '-0pT',
  from_id: '1760',
  created_at: '2026-11-23T20:07:12.123456789Z',
  created_by: 's-73c2a1',
  status_changed_at: '2026-11-23T20:07:13.123456789Z',
}

const environment = {
  id: 'production',
  name: 'Production',
  type: 'production',
  status: 'active',
  created_at: '2026-11-01T09:00:00Z',
}

const notObjects = [undefined, null, 7, 'text', true, [], [deployment]]

describe('a deployment', () => {
  it('is taken as it is, without what is not used', () => {
    const more = { env_id: '', value_set_version_id: null, export_status: '', runner: { kind: 'direct' } }
    expect(toDeployment({ ...deployment, ...more })).toEqual(deployment)
  })

  it.each(['delta_id', 'set_id', 'from_id', 'created_at', 'status_changed_at'] as const)(
    'may lack %s, or have a null or a number there',
    (field) => {
      const { [field]: _, ...rest } = deployment
      for (const answer of [rest, { ...deployment, [field]: null }, { ...deployment, [field]: 7 }])
        expect(toDeployment(answer)).toEqual({ ...deployment, [field]: '' })
    },
  )

  it.each(['comment', 'created_by'] as const)('is shown with what stands in %s instead of a text', (field) => {
    expect(toDeployment({ ...deployment, [field]: { by: 7 } })[field]).toBe('{"by":7}')
    expect(toDeployment({ ...deployment, [field]: null })[field]).toBe('')
  })

  it('may have a status that nobody knows', () => {
    expect(toDeployment({ ...deployment, status: 'paused' }).status).toBe('paused')
  })

  it.each([
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['a number as id', { id: 7 }],
    ['an id that leads elsewhere', { id: '../../x' }],
    ['no status', { status: undefined }],
    ['an empty status', { status: '' }],
    ['a null as status', { status: null }],
  ])('is none with %s', (_, fields) => {
    expect(() => toDeployment({ ...deployment, ...fields })).toThrow(InvalidResponse)
  })

  it.each(notObjects)('is none: %j', (value) => {
    expect(() => toDeployment(value)).toThrow(InvalidResponse)
  })
})

describe('an environment', () => {
  it('may have had no deployment: absent, or null', () => {
    expect(toEnvironment(environment)).toEqual(environment)
    expect(toEnvironment({ ...environment, from_deploy: null, last_deploy: null })).toEqual(environment)
  })

  it('holds its base and its last deployment', () => {
    const both = { from_deploy: deployment, last_deploy: { ...deployment, id: 'a1' } }
    expect(toEnvironment({ ...environment, ...both, labels: {} })).toEqual({ ...environment, ...both })
  })

  it.each(['name', 'type', 'status', 'created_at'] as const)('may lack %s', (field) => {
    const { [field]: _, ...rest } = environment
    expect(toEnvironment(rest)).toEqual({ ...environment, [field]: '' })
  })

  it.each([
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['a base that is none', { from_deploy: {} }],
    ['a last deployment that is none', { last_deploy: 'a1' }],
  ])('is none with %s', (_, fields) => {
    expect(() => toEnvironment({ ...environment, ...fields })).toThrow(InvalidResponse)
  })

  it.each(notObjects)('is none: %j', (value) => {
    expect(() => toEnvironment(value)).toThrow(InvalidResponse)
  })
})

describe('an error of a deployment', () => {
  const none = { scope: '', object_id: '', code: '', summary: '', message: '', error_type: '' }

  it('has six fields, each of which may be missing or null', () => {
    expect(toDeploymentError({})).toEqual(none)
    expect(toDeploymentError({ code: 'RES-101', message: null, more: true })).toEqual({ ...none, code: 'RES-101' })
  })

  it('whose message is no text is shown as JSON', () => {
    expect(toDeploymentError({ message: { reason: ['quota'] }, summary: 7 })).toEqual({
      ...none,
      message: '{"reason":["quota"]}',
      summary: '7',
    })
  })

  it.each(notObjects)('is none: %j', (value) => {
    expect(() => toDeploymentError(value)).toThrow(InvalidResponse)
  })
})

describe('an active resource', () => {
  const dns = { res_id: 'shared.dns', type: 'dns', status: 'active', host: 'shop.example.com' }

  it.each<[string, unknown, string]>([
    ['there', { host: 'shop.example.com', port: 80 }, 'shop.example.com'],
    ['null while it is provisioned', { host: null }, ''],
    ['no field of this one', {}, ''],
    ['lacking with its object', null, ''],
    ['lacking', undefined, ''],
  ])('its host may be %s', (_, resource, host) => {
    expect(toActiveResource({ ...dns, host: 'not this one', resource })).toEqual({ ...dns, host })
  })

  it('may lack everything', () => {
    expect(toActiveResource({})).toEqual({ res_id: '', type: '', status: '', host: '' })
  })

  it.each([...notObjects, { resource: 'text' }, { resource: [] }])('is none: %j', (value) => {
    expect(() => toActiveResource(value)).toThrow(InvalidResponse)
  })
})

describe('a list', () => {
  it('counts by the entries that fit', () => {
    expect(toList(toDeployment)([deployment, { ...deployment, id: 'a1' }])).toHaveLength(2)
    expect(toList(toDeployment)([deployment, null, 7, {}])).toEqual([deployment])
  })

  it('may be empty, or null', () => {
    expect(toList(toDeployment)([])).toEqual([])
    expect(toList(toDeployment)(null)).toEqual([])
  })

  it('of which nothing fits is none', () => {
    expect(() => toList(toDeployment)([null, {}])).toThrow('no entry of the list could be used')
  })

  it('of environments has one whose deployment is none', () => {
    expect(toList(toListedEnvironment)([{ ...environment, last_deploy: {} }, { name: 'x' }])).toEqual([environment])
  })

  it.each([undefined, {}, '[]', { length: 0 }])('is none: %j', (value) => {
    expect(() => toList(toDeployment)(value)).toThrow('a list was expected')
  })
})

it('an answer about another one is as good as none', () => {
  const ofThis = withId(deployment.id, toDeployment)
  expect(ofThis(deployment)).toEqual(deployment)
  expect(() => ofThis({ ...deployment, id: 'a1' })).toThrow(new InvalidResponse('it is about a1'))
})

it.each<[unknown, string]>([
  [{ error: 'API-404', message: 'no such Delta', details: {} }, 'API-404: no such Delta'],
  [{ error: 'API-404' }, 'API-404'],
  [{ message: 'no such Delta', error: '' }, 'no such Delta'],
  [{ error: 7, message: null }, '7'],
  ['Delta not found', 'Delta not found'],
  [{}, ''],
  [[], ''],
  [null, ''],
  [undefined, ''],
  [7, ''],
])('an error’s body %j says %j', (body, text) => {
  expect(summarizeBody({ body })).toBe(text)
})
