import { createServer, request as sendRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { usualToken } from '../simulator/orchestrator.ts'
import { runAction } from '../simulator/runner/run-action.ts'
import { type Simulator, startSimulator } from '../simulator/server.ts'
import { runMany } from './run-many.ts'

const place = 'acme/shop/production'
/** There and back. */
const latencyMs = 100
const pairsAtATime = 8

export type PairEnd = {
  /** How the two ended, in alphabetical order. */
  readonly ends: readonly string[]
  /** Green, on another base than the one that it was asked for. */
  readonly onOthersBase: number
}

/** Two steps that roll one environment back to two different deployments at the same moment, many times over. */
export const runRollbackPairs = (count: number, dist: string): Promise<readonly PairEnd[]> =>
  runMany(
    Array.from({ length: count }, (_, index) => index),
    pairsAtATime,
    (index, isUnderWay) => runPair(index, dist, isUnderWay),
  )

const runPair = async (index: number, dist: string, isUnderWay: () => void): Promise<PairEnd> => {
  const simulator = await startSimulator()
  const { orchestrator } = simulator
  orchestrator.addEnvironment(place, { type: 'production', plan: { durationMs: 1_500, pendingMs: 300 } })
  const past = [7200, 5400, 3600].map(
    (agoSeconds) => ({ agoSeconds, durationSeconds: 60, status: 'succeeded' }) as const,
  )
  const [first = '', second = ''] = orchestrator.seedHistory(place, past)
  const relay = await startRelay(Number(new URL(simulator.origins.humanitec.url).port))
  try {
    const roll = (base: string, runId: number) => rollBack(simulator, { base, runId, apiUrl: relay.url, index, dist })
    const both = Promise.all([roll(first, 7001), roll(second, 7002)])
    isUnderWay()
    const results = await both
    return {
      ends: results.map(({ outcome }) => outcome).toSorted(),
      onOthersBase: results.filter(({ isOnOthersBase }) => isOnOthersBase).length,
    }
  } finally {
    relay.close()
    await simulator.close()
  }
}

type RollBack = {
  readonly base: string
  readonly runId: number
  readonly apiUrl: string
  readonly index: number
  readonly dist: string
}

const rollBack = async (simulator: Simulator, { base, runId, apiUrl, index, dist }: RollBack) => {
  const { outputs } = await runAction({
    simulator,
    dist,
    inputs: {
      org: 'acme',
      app: 'shop',
      env: 'production',
      token: usualToken,
      api_url: apiUrl,
      from_deploy_id: base,
      poll_interval: '1s',
      timeout: '60s',
      // One in two gives way to the other's deployment, and then has its own.
      on_conflict: index % 2 === 0 ? 'fail' : 'wait',
    },
    variables: { GITHUB_RUN_ID: String(runId) },
  })
  const deployments = simulator.orchestrator.inspectDeployments(place)
  const findSet = (id: string | undefined) => deployments.find((deployment) => deployment.id === id)?.setId
  const outcome = outputs['outcome'] ?? 'none'
  // A deployment of the same Set, which the other has made of our base, is as good a base.
  const isOnOthersBase = outcome === 'succeeded' && findSet(outputs['deployment_id']) !== findSet(base)
  if (isOnOthersBase) console.log(`asked for ${base}: ${JSON.stringify(deployments)}`)
  return { outcome, isOnOthersBase }
}

/** A way to a server that takes its time. */
const startRelay = async (targetPort: number): Promise<{ readonly url: string; readonly close: () => void }> => {
  const wait = () => new Promise((resolve) => setTimeout(resolve, latencyMs / 2))
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk as Buffer)
    await wait()
    const { method, url, headers } = message
    const forwarded = sendRequest(
      { port: targetPort, host: '127.0.0.1', method, path: url, headers },
      async (answer) => {
        await wait()
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    forwarded.on('error', () => response.destroy()).end(Buffer.concat(chunks))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** For the page and the terminal. */
export const renderRollbackPairs = (pairs: readonly PairEnd[]): string => {
  const counts = new Map<string, number>()
  for (const { ends } of pairs) counts.set(ends.join(', '), (counts.get(ends.join(', ')) ?? 0) + 1)
  const rows = [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([ends, count]) => `| ${ends} | ${count} |`)
  const wrong = pairs.reduce((sum, { onOthersBase }) => sum + onOthersBase, 0)
  return [
    '## Two rollbacks at once',
    `${pairs.length} pairs of the built action, each rolling one environment back to another deployment at the same moment, over HTTP with ${latencyMs} ms of latency; one in two with \`on_conflict: wait\`. Green on the other’s base: ${wrong}.`,
    ['| the two ended | pairs |', '| --- | --: |', ...rows].join('\n'),
  ].join('\n\n')
}
