import { afterEach, expect, it } from '@jest/globals'
import { type Call, createTransport } from '../../src/adapters/http.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { determineReach } from '../../src/core/network/proxy.ts'
import type { Humanitec, Limits } from '../../src/ports.ts'
import { badGateway, type FaultAction } from '../../testing/simulator/faults.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { type Simulator, startSimulator } from '../../testing/simulator/server.ts'

let simulator: Simulator
afterEach(() => simulator.close())

const limits: Limits = { timeoutMs: 20_000 }

const calls: Readonly<Record<Call['method'], (humanitec: Humanitec) => Promise<unknown>>> = {
  GET: (humanitec) => humanitec.getEnvironment('production', limits),
  POST: (humanitec) => humanitec.startDeployment('production', { comment: '' }, limits),
  PUT: (humanitec) => humanitec.putBase('production', '0123456789abcdef', limits),
  DELETE: (humanitec) => humanitec.deleteEnvironment('production', limits),
}

/** With what is told of each. */
const faults: readonly (readonly [FaultAction, object])[] = [
  [{ kind: 'cut' }, { kind: 'lost' }],
  [{ kind: 'cut', at: 'headers' }, { kind: 'lost' }],
  [badGateway(503), { kind: 'answered', status: 503 }],
]

it.each(
  (Object.keys(calls) as Call['method'][]).flatMap((method) => faults.map((fault) => [method, ...fault] as const)),
)('%s is sent once, whatever hits it: %j', async (method, fault, told) => {
  simulator = await startSimulator()
  simulator.orchestrator.addFault({ on: '*', times: Number.POSITIVE_INFINITY, do: fault })
  const reach = determineReach(
    { address: simulator.url, setting: 'api_url' },
    { kind: 'direct', client: 'builtin' },
    {},
  )
  const transport = createTransport({ apiUrl: simulator.url, token: usualToken, fetch, reach })
  await expect(
    calls[method](createHumanitec(transport, { org: 'acme', app: 'shop', runUrl: '', now: Date.now })),
  ).rejects.toMatchObject({
    name: 'RequestError',
    details: told,
  })
  expect(simulator.orchestrator.record).toHaveLength(1)
})
