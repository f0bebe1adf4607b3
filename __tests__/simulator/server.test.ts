import { afterEach, describe, expect, it } from '@jest/globals'
import { createAuthority, issueCertificate } from '../../testing/network/certificate.ts'
import { badGateway, type FaultAction, redirectTo } from '../../testing/simulator/faults.ts'
import { usualGitHubToken } from '../../testing/simulator/github.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../testing/simulator/server.ts'
import { path, production, startMs } from './shop.ts'

const open: Simulator[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()))
})

const start = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const simulator = await startSimulator({ now: () => startMs, acceptsAnyDelta: true, ...options })
  open.push(simulator)
  simulator.orchestrator.addEnvironment(production, {
    history: [{ agoSeconds: 3600, durationSeconds: 60, status: 'succeeded' }],
  })
  return simulator
}

const headers = { authorization: `Bearer ${usualToken}`, 'content-type': 'application/json' }

const post = (simulator: Simulator, init: RequestInit = {}): Promise<Response> =>
  fetch(`${simulator.url}${path}/deploys`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ delta_id: 'ab'.repeat(20), comment: 'Über' }),
    redirect: 'manual',
    ...init,
  })

const strike = async (action: FaultAction): Promise<Simulator> =>
  start({ faults: [{ on: 'POST deploys', do: action }] })

describe('over HTTP', () => {
  it('answers JSON, and records what came', async () => {
    const simulator = await start({ pathPrefix: '/humanitec' })
    const response = await post(simulator)
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json'])
    expect(await response.json()).toMatchObject({ comment: 'Über', status: 'pending' })
    expect(simulator.orchestrator.record).toMatchObject([
      {
        operation: 'POST deploys',
        atMs: startMs,
        status: 201,
        request: { method: 'POST', path: `/humanitec${path}/deploys`, headers: { host: expect.any(String) } },
      },
    ])
  })

  it('takes a JSON string as the body of a rebase, and answers without one', async () => {
    const simulator = await start()
    const [base] = simulator.orchestrator.inspectDeployments(production)
    const put = { method: 'PUT', headers, body: JSON.stringify(base?.id) }
    const response = await fetch(`${simulator.url}${path}/from_deploy_id`, put)
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('makes, applies and archives a Delta, with texts and booleans as bodies', async () => {
    const simulator = await start()
    simulator.orchestrator.planDeltas('acme/shop', { answer: 'id' })
    const ask = async (method: string, below: string, body?: unknown) => {
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
      const response = await fetch(`${simulator.url}/orgs/acme/${below}`, init)
      const text = await response.text()
      return [response.status, text === '' ? text : JSON.parse(text)]
    }
    const [made, delta] = await ask('POST', 'apps/shop/deltas', { modules: { remove: ['worker'] } })
    expect([made, delta]).toEqual([200, expect.stringMatching(/^[0-9a-f]{40}$/)])
    expect(await ask('PUT', `apps/shop/deltas/${delta}/metadata/archived`, true)).toEqual([204, ''])
    const [base] = simulator.orchestrator.inspectDeployments(production)
    const [applied, set] = await ask('POST', `apps/shop/sets/${base?.setId}`, { modules: { remove: ['worker'] } })
    expect([applied, set]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)])
    expect(await ask('GET', `apps/shop/sets/${set}?diff=${base?.setId}`)).toEqual([
      200,
      { modules: { add: {}, remove: ['worker'], update: {} }, shared: [] },
    ])
    expect(await ask('GET', 'apps/shop/sets/nothing')).toEqual([404, 'Set not found'])
    expect(await ask('POST', 'artefact-versions/convert-score', { spec: {} })).toEqual([
      400,
      { error: 'API-400', message: 'apiVersion must be score.dev/v1b1.' },
    ])
  })

  it('refuses a body that is not JSON', async () => {
    expect((await post(await start(), { body: '{' })).status).toBe(400)
  })

  it('refuses a request without a token', async () => {
    expect((await post(await start(), { headers: {} })).status).toBe(401)
  })

  it('passes on what version of the runtime is accepted', async () => {
    const { url } = await start()
    const types = await Promise.all(
      ['application/v2+json', 'application/json'].map(async (accept) =>
        (await fetch(`${url}${path}/runtime`, { headers: { ...headers, accept } })).headers.get('content-type'),
      ),
    )
    expect(types).toEqual(['application/v2+json', 'application/json'])
  })

  it('passes on a name that stands in the query more than once', async () => {
    const simulator = await start()
    await fetch(`${simulator.url}${path}/deploys?status=queued&status=executing`, { headers })
    expect(simulator.orchestrator.record[0]?.request).toMatchObject({ search: 'status=queued&status=executing' })
  })

  it('passes the query on', async () => {
    const simulator = await start()
    await fetch(`${simulator.url}${path}/resources?scheduled_deletion=false`, { headers })
    expect(simulator.orchestrator.record[0]?.request).toMatchObject({
      path: `${path}/resources`,
      query: { scheduled_deletion: 'false' },
    })
  })

  it('has GitHub on a port of its own, where a token is seen that belongs elsewhere', async () => {
    const simulator = await start()
    simulator.github.addPull('acme/shop', { number: 12 })
    const response = await fetch(`${simulator.githubUrl}/repos/acme/shop/pulls/12`, {
      headers: { authorization: `token ${usualGitHubToken}` },
    })
    expect(await response.json()).toMatchObject({ number: 12, state: 'open' })
    expect(simulator.orchestrator.record).toEqual([])
    expect(simulator.github.record[0]?.request.token).toBe(usualGitHubToken)
  })

  it('speaks TLS when it has a certificate', async () => {
    const simulator = await start({ certificate: issueCertificate(['127.0.0.1'], createAuthority('Test')) })
    expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    await expect(post(simulator)).rejects.toThrow('fetch failed')
    expect(simulator.orchestrator.record).toEqual([])
  })
})

describe('a fault', () => {
  it.each<[string, FaultAction]>([
    ['before the answer', { kind: 'cut' }],
    ['before the answer, after acting', { kind: 'cut', effectAfterMs: 0 }],
    ['within the headers', { kind: 'cut', at: 'headers' }],
  ])('cuts the connection %s', async (_, action) => {
    const simulator = await strike(action)
    await expect(post(simulator)).rejects.toThrow('fetch failed')
    const acted = action.kind === 'cut' && (action.at === 'headers' || action.effectAfterMs === 0)
    expect(simulator.orchestrator.inspectDeployments(production)).toHaveLength(acted ? 2 : 1)
    expect((await post(simulator)).status).toBe(acted ? 409 : 201)
  })

  it('cuts the connection within the body, after the status', async () => {
    const response = await post(await strike({ kind: 'cut', at: 'body' }))
    expect(response.status).toBe(201)
    await expect(response.text()).rejects.toThrow('terminated')
  })

  it('stalls the headers until the client gives up', async () => {
    const simulator = await strike({ kind: 'stall', at: 'headers' })
    const client = new AbortController()
    const answer = post(simulator, { signal: client.signal })
    while (simulator.orchestrator.record.length === 0) await new Promise(setImmediate)
    client.abort(new Error('gave up'))
    await expect(answer).rejects.toThrow('gave up')
  })

  it('stalls the body until the client gives up', async () => {
    const client = new AbortController()
    const response = await post(await strike({ kind: 'stall', at: 'body' }), { signal: client.signal })
    const body = response.text()
    client.abort(new Error('gave up'))
    await expect(body).rejects.toThrow('gave up')
  })

  it.each<'headers' | 'body'>(['headers', 'body'])('stalls the %s for a while', async (at) => {
    const response = await post(await strike({ kind: 'stall', at, ms: 30 }))
    expect(await response.json()).toMatchObject({ status: 'pending' })
  })

  it('lets the body trickle', async () => {
    const response = await post(await strike({ kind: 'trickle', bytesPerSecond: 4000 }))
    const chunks: number[] = []
    for await (const chunk of response.body ?? []) chunks.push(chunk.length)
    expect(chunks.length).toBeGreaterThan(1)
    expect(chunks[0]).toBe(200)
  })

  it('makes the body long, and still valid', async () => {
    const text = await (await post(await strike({ kind: 'padded', bytes: 3_500_000 }))).text()
    expect(Buffer.byteLength(text)).toBe(3_500_000)
    expect(JSON.parse(text)).toMatchObject({ status: 'pending' })
  })

  it('cuts the JSON short, as if it were all', async () => {
    const response = await post(await strike({ kind: 'truncate' }))
    expect(response.status).toBe(201)
    await expect(response.json()).rejects.toThrow('JSON')
  })

  it('answers a page for people', async () => {
    const response = await post(await strike(badGateway()))
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await response.text()).toContain('<h1>502</h1>')
  })

  it('redirects', async () => {
    const response = await post(await strike(redirectTo(307, 'https://elsewhere.example/')))
    expect([response.status, response.headers.get('location')]).toEqual([307, 'https://elsewhere.example/'])
  })
})

it('out of reach, connections are refused until it is back on its port', async () => {
  const simulator = await start()
  await simulator.origins.humanitec.pause()
  await expect(post(simulator)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  await simulator.origins.humanitec.resume()
  expect((await post(simulator)).status).toBe(201)
  expect(simulator.orchestrator.record).toHaveLength(1)
})

it('closing ends every connection, open answers included', async () => {
  const simulator = await strike({ kind: 'stall', at: 'headers' })
  const answer = post(simulator)
  const arrived = async (): Promise<void> => {
    if (simulator.orchestrator.record.length > 0) return
    await new Promise(setImmediate)
    await arrived()
  }
  await arrived()
  await simulator.close()
  await expect(answer).rejects.toThrow('fetch failed')
})
