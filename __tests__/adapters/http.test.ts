import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createTransport, type HttpOptions } from '../../src/adapters/http.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { createProxyFetch } from '../../src/adapters/proxy.ts'
import { determineReach } from '../../src/core/network/proxy.ts'
import { RequestError } from '../../src/core/network/request-error.ts'
import type { Humanitec, Limits } from '../../src/ports.ts'
import { delta } from '../../testing/example.ts'
import { collectGarbage } from '../../testing/garbage.ts'
import { createAuthority, issueCertificate } from '../../testing/network/certificate.ts'
import { badGateway, type FaultAction, redirectTo, tooManyRequests } from '../../testing/simulator/faults.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../testing/simulator/server.ts'

const place = 'acme/shop/production'

const nowMs = Date.UTC(2026, 10, 23, 17)

/** Ample: nothing in here takes as long. */
const ample: Limits = { timeoutMs: 20_000 }

/** For answers that don't come: a busy machine still gets a status across in it. */
const short: Limits = { timeoutMs: 400 }

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const environment = { id: 'production', name: 'Über', type: 'production', status: 'active' }

/** For what the simulator doesn't do. */
const serve = async (answer: (response: ServerResponse) => void): Promise<{ readonly url: string }> => {
  const server = createServer((_, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const startAt = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const simulator = await startSimulator({ now: () => nowMs, acceptsAnyDelta: true, ...options })
  open.push(simulator)
  simulator.orchestrator.addEnvironment(place, {
    history: [{ agoSeconds: 3600, durationSeconds: 60, status: 'succeeded' }],
  })
  return simulator
}

const connect = (url: string, token = usualToken): Humanitec =>
  createHumanitec(createTransport(toOptions(url, token)), { org: 'acme', app: 'shop', runUrl: '', now: () => nowMs })

const toOptions = (apiUrl: string, token = usualToken): HttpOptions => {
  const reach = determineReach({ address: apiUrl, setting: 'api_url' }, { kind: 'direct', client: 'builtin' }, {})
  return { apiUrl, token, fetch, reach }
}

const startWith = async (action?: FaultAction, times = 1) => {
  const simulator = await startAt(action ? { faults: [{ on: '*', times, do: action }] } : {})
  return { simulator, humanitec: connect(simulator.url), record: simulator.orchestrator.record }
}

const read = (humanitec: Humanitec, limits = ample) => humanitec.getEnvironment('production', limits)

const start = (humanitec: Humanitec, limits = ample) =>
  humanitec.startDeployment('production', { comment: 'Über', delta_id: delta }, limits)

it('asks for the type that a call wants, and tells that of its answer', async () => {
  const { humanitec, record, simulator } = await startWith()
  simulator.orchestrator.planWorkload(place, 'web')
  expect((await humanitec.getRuntime('production', ample)).modules).toMatchObject([{ id: 'web', status: 'Running' }])
  await read(humanitec)
  const accepted = record.map(({ request }) => request.headers?.['accept'])
  expect(accepted).toEqual(['application/v2+json', 'application/json'])
  expect(record[0]?.request.headers?.['authorization']).toBe(record[1]?.request.headers?.['authorization'])
  simulator.orchestrator.planCluster(place, { knowsVersion1Only: true })
  const failure = await catchFailure(humanitec.getRuntime('production', ample))
  expect(failure).toMatchObject({
    kind: 'unreadable',
    detail: 'its content type is application/json, not application/v2+json',
  })
})

const catchFailure = async (promise: Promise<unknown>): Promise<RequestError['details']> => {
  const error = await promise.then(
    () => new Error('it was to fail'),
    (reason: unknown) => reason,
  )
  if (error instanceof RequestError) return error.details
  throw error
}

describe('an answer', () => {
  it('is read', async () => {
    const { humanitec } = await startWith()
    expect(await read(humanitec)).toMatchObject({ id: 'production', last_deploy: { status: 'succeeded' } })
  })

  it('to a start is read', async () => {
    const { simulator, humanitec } = await startWith()
    const { id } = await start(humanitec)
    expect(simulator.orchestrator.inspectDeployments(place)[0]).toMatchObject({ id, comment: 'Über' })
  })

  it('without a body is one, where none is due', async () => {
    const { simulator, humanitec } = await startWith()
    const [base] = simulator.orchestrator.inspectDeployments(place)
    await expect(humanitec.putBase('production', base?.id ?? '', ample)).resolves.toBeUndefined()
  })

  it.each<[string, FaultAction]>([
    ['that comes bit by bit', { kind: 'trickle', bytesPerSecond: 20_000 }],
    ['that comes late', { kind: 'stall', at: 'headers', ms: 50 }],
    ['whose end comes late', { kind: 'stall', at: 'body', ms: 50 }],
    ['of 50 MiB', { kind: 'padded', bytes: 50 * 1024 * 1024 }],
    ['of another content type', { kind: 'merge', fields: { labels: { a: 1 } } }],
  ])('%s is read whole', async (_, action) => {
    const { humanitec } = await startWith(action)
    expect(await read(humanitec)).toMatchObject({ id: 'production', type: 'development' })
  })

  it('may be compressed', async () => {
    const bytes = gzipSync(JSON.stringify(environment))
    const { url } = await serve((response) => response.setHeader('content-encoding', 'gzip').end(bytes))
    expect((await read(connect(url))).name).toBe('Über')
  })

  it('may be cut apart within a character', async () => {
    const bytes = Buffer.from(JSON.stringify(environment))
    const middle = bytes.indexOf('Ü') + 1
    const { url } = await serve((response) => {
      response.write(bytes.subarray(0, middle), () => response.end(bytes.subarray(middle)))
    })
    expect((await read(connect(url))).name).toBe('Über')
  })
})

describe('what is sent', () => {
  it('is the token, what is taken, and who asks', async () => {
    const { humanitec, record } = await startWith()
    await read(humanitec)
    expect(record[0]?.request.headers).toMatchObject({
      authorization: `Bearer ${usualToken}`,
      accept: 'application/json',
      'humanitec-user-agent': expect.stringMatching(/^app humanitec-deploy\/\d+\.\d+\.\d+$/),
    })
    expect(record[0]?.request).not.toHaveProperty('body')
    expect(record[0]?.request.query).toEqual({})
  })

  it('has a body in JSON where it changes something', async () => {
    const { humanitec, record } = await startWith()
    await start(humanitec)
    expect(record[0]?.request).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: { comment: 'Über', delta_id: delta },
    })
  })

  it('goes below the address’s path', async () => {
    const simulator = await startAt({ pathPrefix: '/humanitec/api' })
    expect(simulator.url).toMatch(/\/humanitec\/api$/)
    expect((await read(connect(simulator.url))).id).toBe('production')
    expect(simulator.orchestrator.record[0]?.request.path).toBe('/humanitec/api/orgs/acme/apps/shop/envs/production')
  })

  it('has ids encoded', async () => {
    const { simulator, record } = await startWith()
    const humanitec = createHumanitec(createTransport(toOptions(simulator.url)), {
      org: 'a b',
      app: 'ü',
      runUrl: '',
      now: () => nowMs,
    })
    await catchFailure(humanitec.getDeployment('x?y#z', 'a/b', ample))
    expect(record[0]?.request.path).toBe('/orgs/a%20b/apps/%C3%BC/envs/x%3Fy%23z/deploys/a%2Fb')
  })
})

describe('an answer that is none', () => {
  it.each<[string, FaultAction, number]>([
    ['a page for people', { kind: 'text', text: '<html></html>' }, 200],
    ['half of the JSON, as if it were whole', { kind: 'truncate' }, 200],
    ['nothing', { kind: 'answer', status: 200 }, 200],
    ['nothing, with a status that says so', { kind: 'answer', status: 204 }, 204],
    ['more than 50 MiB', { kind: 'padded', bytes: 50 * 1024 * 1024 + 1 }, 200],
    ['about another environment', { kind: 'merge', fields: { id: 'staging' } }, 200],
    ['null', { kind: 'answer', status: 200, body: null }, 200],
  ])('%s is unreadable', async (_, action, status) => {
    const { humanitec, record } = await startWith(action)
    expect(await catchFailure(read(humanitec))).toMatchObject({
      kind: 'unreadable',
      status,
      request: 'GET /orgs/acme/apps/shop/envs/production',
    })
    expect(record).toHaveLength(1)
  })

  it('a 201 about nothing is unreadable, with its status', async () => {
    const { humanitec } = await startWith({ kind: 'text', text: '<html></html>' })
    expect(await catchFailure(start(humanitec))).toMatchObject({ kind: 'unreadable', status: 201 })
  })
})

describe('an answer that is lost', () => {
  it.each<[string, FaultAction, number | undefined]>([
    ['cut before its first byte', { kind: 'cut' }, undefined],
    ['cut within its headers', { kind: 'cut', at: 'headers' }, undefined],
    ['cut within its body', { kind: 'cut', at: 'body' }, 201],
    ['cut after the start was carried out', { kind: 'cut', effectAfterMs: 0 }, undefined],
  ])('%s is lost, and not asked for again', async (_, action, status) => {
    const { humanitec, record } = await startWith(action)
    const failure = await catchFailure(start(humanitec))
    expect(failure.kind).toBe('lost')
    expect(failure.status).toBe(status)
    expect(failure.detail + failure.code).not.toBe('')
    expect(record).toHaveLength(1)
  })

  it.each<[string, FaultAction, number | undefined]>([
    ['never comes', { kind: 'stall', at: 'headers' }, undefined],
    ['stops within its body', { kind: 'stall', at: 'body' }, 201],
    ['comes too slowly', { kind: 'trickle', bytesPerSecond: 40 }, 201],
  ])('that %s is lost when its time is over', async (_, action, status) => {
    const { humanitec, record } = await startWith(action)
    const failure = await catchFailure(start(humanitec, short))
    expect(failure).toMatchObject({ kind: 'lost', code: 'TIMEOUT' })
    expect(failure.status).toBe(status)
    expect(record).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it('says what the API says', async () => {
    const { humanitec } = await startWith()
    expect(await catchFailure(humanitec.getEnvironment('staging', ample))).toEqual({
      kind: 'answered',
      status: 404,
      operation: 'getEnvironment',
      request: 'GET /orgs/acme/apps/shop/envs/staging',
      detail: 'API-404: Environment not found.',
    })
  })

  it.each([
    ['no token', '', 401],
    ['a wrong token', 'wrong', 403],
  ])('for %s', async (_, token, status) => {
    const { simulator } = await startWith()
    expect(await catchFailure(read(connect(simulator.url, token)))).toMatchObject({ kind: 'answered', status })
  })

  it.each<[string, FaultAction, object]>([
    ['of a gateway is told by its page’s title', badGateway(502), { status: 502, detail: '502' }],
    ['may be a bare string', { kind: 'answer', status: 404, body: 'Delta not found' }, { detail: 'Delta not found' }],
    [
      'of somebody in between is told by its first line',
      { kind: 'answer', status: 403, text: 'RBAC: access denied\n' },
      { status: 403, intermediary: { title: 'RBAC: access denied' } },
    ],
    ['may be empty', { kind: 'answer', status: 500, text: '' }, { status: 500, detail: '' }],
    ['says how long to wait', tooManyRequests('7'), { status: 429, retryAfterMs: 7_000 }],
    ['says until when to wait', tooManyRequests('Mon, 23 Nov 2026 17:00:09 GMT'), { status: 429, retryAfterMs: 9_000 }],
  ])('%s', async (_, action, details) => {
    const { humanitec, record } = await startWith(action)
    expect(await catchFailure(start(humanitec))).toMatchObject({ kind: 'answered', ...details })
    expect(record).toHaveLength(1)
  })

  it('that wishes for nonsense wishes for nothing', async () => {
    const { humanitec } = await startWith(tooManyRequests('soon'))
    expect(await catchFailure(read(humanitec))).not.toHaveProperty('retryAfterMs')
  })

  it.each<[string, Limits, FaultAction]>([
    ['is cut', ample, { kind: 'cut', at: 'body' }],
    ['never ends', short, { kind: 'stall', at: 'body' }],
    ['is endless', ample, { kind: 'padded', bytes: 60 * 1024 * 1024 }],
  ])('whose body %s is one by its status', async (_, limits, action) => {
    const simulator = await startAt({ faults: [{ on: '*', do: action }] })
    const failure = await catchFailure(read(connect(simulator.url, 'wrong'), limits))
    expect(failure).toMatchObject({ kind: 'answered', status: 403, detail: '' })
  })
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308] as const)('%d is not followed, and the token goes nowhere', async (status) => {
    const elsewhere = await startAt()
    const target = `${elsewhere.url}/orgs/acme/apps/shop/envs/production/deploys`
    const { humanitec, record } = await startWith(redirectTo(status, target))
    expect(await catchFailure(start(humanitec))).toEqual({
      kind: 'answered',
      status,
      operation: 'startDeployment',
      request: 'POST /orgs/acme/apps/shop/envs/production/deploys',
      detail: '',
      redirectHost: new URL(elsewhere.url).host,
    })
    expect(record).toHaveLength(1)
    expect(elsewhere.orchestrator.record).toHaveLength(0)
  })

  it('to a path of the same host names none', async () => {
    const { humanitec } = await startWith(redirectTo(302, '/login'))
    expect(await catchFailure(read(humanitec))).not.toHaveProperty('redirectHost')
  })
})

describe('a request that never left', () => {
  it('was refused a connection', async () => {
    const { simulator, humanitec } = await startWith()
    await simulator.origins.humanitec.pause()
    expect(await catchFailure(start(humanitec))).toMatchObject({ kind: 'not_sent', code: 'ECONNREFUSED' })
    await simulator.origins.humanitec.resume()
    await expect(start(humanitec)).resolves.toMatchObject({ status: 'pending' })
    expect(simulator.orchestrator.record).toHaveLength(1)
  })

  it('spoke TLS to a server that doesn’t', async () => {
    const { simulator } = await startWith()
    const failure = await catchFailure(start(connect(simulator.url.replace('http:', 'https:'))))
    expect(failure.kind).toBe('not_sent')
    expect(simulator.orchestrator.record).toHaveLength(0)
  })

  it('was shown a certificate of nobody known: no repetition mends it', async () => {
    const certificate = issueCertificate(['127.0.0.1'], createAuthority('Nobody known'))
    const simulator = await startAt({ certificate })
    const failure = await catchFailure(start(connect(simulator.url)))
    expect(failure).toMatchObject({
      kind: 'untrusted',
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      reach: { setting: 'api_url' },
    })
    expect(simulator.orchestrator.record).toHaveLength(0)
  })
})

describe('an abort', () => {
  const reason = new Error('cancelled')

  it('before the request: none is sent', async () => {
    const { humanitec, record } = await startWith()
    await expect(read(humanitec, { ...ample, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(record).toHaveLength(0)
  })

  it.each<[string, FaultAction]>([
    ['the answer', { kind: 'stall', at: 'headers' }],
    ['the rest of the body', { kind: 'stall', at: 'body' }],
  ])('while waiting for %s ends it at once, with its own reason', async (_, action) => {
    const { simulator, humanitec } = await startWith(action)
    const cancel = new AbortController()
    const asked = read(humanitec, { ...ample, signal: cancel.signal })
    const ended = expect(asked).rejects.toBe(reason)
    while (simulator.orchestrator.record.length === 0) await new Promise(setImmediate)
    cancel.abort(reason)
    await ended
  })

  it('after the answer changes nothing', async () => {
    const { humanitec } = await startWith()
    const cancel = new AbortController()
    const environment = await read(humanitec, { ...ample, signal: cancel.signal })
    cancel.abort(reason)
    expect(environment.id).toBe('production')
  })
})

describe('a body that stalls, and garbage was collected since its headers came', () => {
  const builtin = fetch
  const own = createProxyFetch(undefined)

  /** Resolves when the headers have come, to what becomes of the request. */
  const askForStalled = async (transportFetch: typeof fetch, limits: Limits) => {
    const { url } = await serve((response) => response.writeHead(200, { 'content-length': 1_000 }).write('{"id":'))
    const headers = Promise.withResolvers<void>()
    const transport = createTransport({
      ...toOptions(url),
      fetch: (...parameters) => transportFetch(...parameters).finally(headers.resolve),
    })
    const end = transport({ operation: 'listEnvironments', method: 'GET', path: 'orgs' }, limits).catch(
      (reason: unknown) => reason,
    )
    await headers.promise
    // In an object, since `await` would wait for the end, too.
    return { wait: () => Promise.race([end, setTimeout(1_000, 'it still waits', { ref: false })]) }
  }

  it.each([
    ['built-in fetch', builtin],
    ['our own', own],
  ])('ends with an abort: %s', async (_, transportFetch) => {
    const cancel = new AbortController()
    const { wait } = await askForStalled(transportFetch, { ...ample, signal: cancel.signal })
    await collectGarbage()
    const reason = new Error('cancelled')
    cancel.abort(reason)
    expect(await wait()).toBe(reason)
  })

  it.each([
    ['built-in fetch', builtin],
    ['our own', own],
  ])('ends with its time: %s', async (_, transportFetch) => {
    const { wait } = await askForStalled(transportFetch, short)
    await collectGarbage()
    expect(await wait()).toMatchObject({ details: { kind: 'lost', code: 'TIMEOUT', status: 200 } })
  })
})
