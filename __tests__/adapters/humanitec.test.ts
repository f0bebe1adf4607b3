import { describe, expect, it } from '@jest/globals'
import type { Answer, Call } from '../../src/adapters/http.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { RequestError } from '../../src/core/network/request-error.ts'
import type { Humanitec } from '../../src/ports.ts'

const limits = { timeoutMs: 15_000, signal: new AbortController().signal }
const envs = 'orgs/acme/apps/shop/envs'
const environment = { id: 'pr-12', name: 'acme/shop#12', type: 'development', status: 'active', created_at: '' }
const deployment = { id: '9f2c01ab5d7e3f88', status: 'pending' }

/** One call against one answer: what was sent, and what became of it. */
const call = async <Result>(act: (humanitec: Humanitec) => Promise<Result>, answer: Partial<Answer>) => {
  const calls: Call[] = []
  const transport = async (sent: Call, given: object): Promise<Answer> => {
    calls.push(sent)
    expect(given).toBe(limits)
    return { status: 200, body: undefined, retryAfter: null, location: null, contentType: null, ...answer }
  }
  const result = await act(createHumanitec(transport, { org: 'acme', app: 'shop', runUrl: '', now: () => 0 })).catch(
    (error: unknown) => error,
  )
  return { calls, result }
}

const home = 'orgs/acme/apps/shop'
const body = { metadata: { env_id: 'pr-12', name: 'x' }, modules: { update: {} } }
const set = { modules: { web: {} }, workloads: {}, shared: {} }
const noOperations = { add: {}, remove: [], update: [] }
const definition = { id: 'pr-12', name: 'acme/shop#12', type: 'development', from_deploy_id: 'f1' }

describe('one call is one request', () => {
  it.each<[string, (humanitec: Humanitec) => Promise<unknown>, Partial<Answer>, Call, unknown]>([
    [
      'getEnvironment',
      (humanitec) => humanitec.getEnvironment('pr-12', limits),
      { body: environment },
      { operation: 'getEnvironment', method: 'GET', path: `${envs}/pr-12` },
      environment,
    ],
    [
      'listEnvironments',
      (humanitec) => humanitec.listEnvironments(limits),
      { body: [environment] },
      { operation: 'listEnvironments', method: 'GET', path: envs },
      [environment],
    ],
    [
      'createEnvironment',
      (humanitec) => humanitec.createEnvironment(definition, limits),
      { status: 201, body: environment },
      { operation: 'createEnvironment', method: 'POST', path: envs, json: definition },
      environment,
    ],
    [
      'deleteEnvironment, done',
      (humanitec) => humanitec.deleteEnvironment('pr-12', limits),
      { status: 204 },
      { operation: 'deleteEnvironment', method: 'DELETE', path: `${envs}/pr-12` },
      'deleted',
    ],
    [
      'deleteEnvironment, begun',
      (humanitec) => humanitec.deleteEnvironment('pr-12', limits),
      { status: 202 },
      { operation: 'deleteEnvironment', method: 'DELETE', path: `${envs}/pr-12` },
      'deleting',
    ],
    [
      'putBase',
      (humanitec) => humanitec.putBase('pr-12', 'f1', limits),
      { status: 204 },
      { operation: 'putBase', method: 'PUT', path: `${envs}/pr-12/from_deploy_id`, json: 'f1' },
      undefined,
    ],
    [
      'listDeployments',
      (humanitec) => humanitec.listDeployments('pr-12', limits),
      { body: [deployment] },
      { operation: 'listDeployments', method: 'GET', path: `${envs}/pr-12/deploys` },
      [expect.objectContaining(deployment)],
    ],
    [
      'getDeployment',
      (humanitec) => humanitec.getDeployment('pr-12', deployment.id, limits),
      { body: deployment },
      { operation: 'getDeployment', method: 'GET', path: `${envs}/pr-12/deploys/9f2c01ab5d7e3f88` },
      expect.objectContaining(deployment),
    ],
    [
      'listDeploymentErrors',
      (humanitec) => humanitec.listDeploymentErrors('pr-12', deployment.id, limits),
      { body: [{ code: 'RES-101' }] },
      { operation: 'listDeploymentErrors', method: 'GET', path: `${envs}/pr-12/deploys/9f2c01ab5d7e3f88/errors` },
      [expect.objectContaining({ code: 'RES-101', message: '' })],
    ],
    [
      'startDeployment',
      (humanitec) => humanitec.startDeployment('pr-12', { comment: 'x', delta_id: 'd1', mode: 'full' }, limits),
      { status: 201, body: deployment },
      {
        operation: 'startDeployment',
        method: 'POST',
        path: `${envs}/pr-12/deploys`,
        json: { comment: 'x', delta_id: 'd1', mode: 'full' },
      },
      expect.objectContaining(deployment),
    ],
    [
      'listActiveResources',
      (humanitec) => humanitec.listActiveResources('pr-12', limits),
      { body: [{ type: 'dns', resource: { host: 'a.example.com' } }] },
      { operation: 'listActiveResources', method: 'GET', path: `${envs}/pr-12/resources` },
      [expect.objectContaining({ type: 'dns', host: 'a.example.com' })],
    ],
    ...[
      { status: 200, body: 'd1' },
      { status: 201, body: { id: 'd1', metadata: {}, modules: {} } },
    ].map((answer): [string, (humanitec: Humanitec) => Promise<unknown>, Partial<Answer>, Call, unknown] => [
      `createDelta, answered by ${answer.status}`,
      (humanitec) => humanitec.createDelta(body, limits),
      answer,
      { operation: 'createDelta', method: 'POST', path: `${home}/deltas`, json: body },
      'd1',
    ]),
    [
      'getDelta',
      (humanitec) => humanitec.getDelta('d1', limits),
      { body: { id: 'd1', metadata: { name: 'x' }, modules: { add: {} }, shared: null } },
      { operation: 'getDelta', method: 'GET', path: `${home}/deltas/d1` },
      { modules: { add: {} } },
    ],
    [
      'archiveDelta',
      (humanitec) => humanitec.archiveDelta('d1', limits),
      { status: 204 },
      { operation: 'archiveDelta', method: 'PUT', path: `${home}/deltas/d1/metadata/archived`, json: true },
      undefined,
    ],
    [
      'getSet',
      (humanitec) => humanitec.getSet('s_-1', limits),
      { body: { id: 's_-1', version: 0, modules: { web: {} }, shared: {} } },
      { operation: 'getSet', method: 'GET', path: `${home}/sets/s_-1` },
      set,
    ],
    [
      'applyDelta',
      (humanitec) => humanitec.applyDelta('s1', { modules: { add: {} } }, limits),
      { body: 's2' },
      { operation: 'applyDelta', method: 'POST', path: `${home}/sets/s1`, json: { modules: { add: {} } } },
      's2',
    ],
    [
      'diffSets',
      (humanitec) => humanitec.diffSets('new', 'old', limits),
      { body: { modules: { remove: ['web'] } } },
      { operation: 'diffSets', method: 'GET', path: `${home}/sets/new/diff/old` },
      { modules: { ...noOperations, remove: ['web'] }, workloads: noOperations, shared: [] },
    ],
    [
      'getRuntime',
      (humanitec) => humanitec.getRuntime('pr-12', limits),
      { body: { modules: { web: { status: 'Running' } } }, contentType: 'application/v2+json; charset=utf-8' },
      {
        operation: 'getRuntime',
        method: 'GET',
        path: `${envs}/pr-12/runtime`,
        headers: { accept: 'application/v2+json' },
      },
      { modules: [{ id: 'web', status: 'Running', status_class: '', controllers: [] }] },
    ],
    [
      'listContainerLogs',
      (humanitec) =>
        humanitec.listContainerLogs(
          'pr-12',
          { workload: 'we&b', container: 'main', deploymentId: 'd1', lineCount: 20 },
          limits,
        ),
      { body: [{ workload_id: 'we&b', container_id: 'main', timestamp: 't', payload: 'line' }] },
      {
        operation: 'listContainerLogs',
        method: 'GET',
        path: `${envs}/pr-12/logs?workload_id=we%26b&container_id=main&deployment_id=d1&limit=20&invert=true`,
      },
      [{ workload_id: 'we&b', container_id: 'main', timestamp: 't', payload: 'line' }],
    ],
    [
      'listContainerLogs, of whatever deployment',
      (humanitec) => humanitec.listContainerLogs('pr-12', { workload: 'web', container: 'main', lineCount: 1 }, limits),
      { body: null },
      {
        operation: 'listContainerLogs',
        method: 'GET',
        path: `${envs}/pr-12/logs?workload_id=web&container_id=main&limit=1&invert=true`,
      },
      [],
    ],
  ])('%s', async (_, act, answer, expectedCall, expected) => {
    const { calls, result } = await call(act, answer)
    expect(calls).toEqual([expectedCall])
    expect(result).toEqual(expected)
  })
})

describe('an answer that doesn’t fit', () => {
  it.each<[string, (humanitec: Humanitec) => Promise<unknown>, unknown]>([
    ['another environment', (humanitec) => humanitec.getEnvironment('pr-12', limits), { ...environment, id: 'pr-13' }],
    ['another new environment', (humanitec) => humanitec.createEnvironment(definition, limits), { id: 'pr-1' }],
    ['another deployment', (humanitec) => humanitec.getDeployment('pr-12', 'a1', limits), deployment],
    ['a list where one is due', (humanitec) => humanitec.getDeployment('pr-12', 'a1', limits), [deployment]],
    ['one where a list is due', (humanitec) => humanitec.listDeployments('pr-12', limits), deployment],
    ['a list of nothing that fits', (humanitec) => humanitec.listDeployments('pr-12', limits), [null, {}]],
    ['no JSON', (humanitec) => humanitec.listEnvironments(limits), undefined],
    ['no id', (humanitec) => humanitec.startDeployment('pr-12', { comment: '' }, limits), { status: 'pending' }],
    [
      'a pipeline’s run instead of a deployment',
      (humanitec) => humanitec.startDeployment('pr-12', { comment: '' }, limits),
      { id: 'r1', pipeline_id: 'default', status: 'executing' },
    ],
    ['a Delta without an id', (humanitec) => humanitec.createDelta(body, limits), { metadata: {} }],
    ['a Delta of which an id leads elsewhere', (humanitec) => humanitec.createDelta(body, limits), '../x'],
    ['an empty id of a Delta', (humanitec) => humanitec.createDelta(body, limits), ''],
    ['no Delta', (humanitec) => humanitec.getDelta('d1', limits), 'd1'],
    ['no Set', (humanitec) => humanitec.getSet('s1', limits), 's1'],
    ['another Set', (humanitec) => humanitec.getSet('s1', limits), { id: 's2', modules: {} }],
    ['no id of a Set', (humanitec) => humanitec.applyDelta('s1', {}, limits), { id: 's2' }],
    ['no difference', (humanitec) => humanitec.diffSets('s1', 's2', limits), []],
  ])('%s is a failure of its own kind', async (_, act, body) => {
    const { result } = await call(act, { status: 200, body })
    expect(result).toBeInstanceOf(RequestError)
    expect(result).toMatchObject({
      details: { kind: 'unreadable', status: 200, operation: expect.any(String) },
      cause: { name: 'InvalidResponse' },
    })
  })

  it.each(['application/json', null])('is one of the runtime’s version 1, of type %s', async (contentType) => {
    const body = { modules: { web: { web: { status: 'Running' } } } }
    const { result } = await call((humanitec) => humanitec.getRuntime('pr-12', limits), { body, contentType })
    expect(result).toMatchObject({
      details: {
        kind: 'unreadable',
        detail: contentType
          ? 'its content type is application/json, not application/v2+json'
          : 'it has no content type; application/v2+json was expected',
      },
    })
  })

  it('is no body where none is checked', async () => {
    const { result } = await call((humanitec) => humanitec.putBase('pr-12', 'f1', limits), { body: '<html>' })
    expect(result).toBeUndefined()
  })
})

it.each([199, 300, 304, 400, 409, 500])('%d is no success', async (status) => {
  const { result } = await call((humanitec) => humanitec.getEnvironment('pr-12', limits), { status, body: environment })
  const details = { kind: 'answered', status, operation: 'getEnvironment', request: `GET /${envs}/pr-12` }
  expect(result).toMatchObject({ details })
})

it('a transport’s own failure is handed on as it is', async () => {
  const reason = new Error('cancelled')
  const humanitec = createHumanitec(() => Promise.reject(reason), {
    org: 'acme',
    app: 'shop',
    runUrl: '',
    now: () => 0,
  })
  await expect(humanitec.listEnvironments(limits)).rejects.toBe(reason)
})
