import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  cells,
  type Driver,
  listDifferences,
  openNetwork,
  type ProxyKind,
  runCell,
} from '../../testing/network/proxy-matrix.ts'
import { startProxy } from '../../testing/network/proxy-server.ts'
import { startTlsFront } from '../../testing/network/secure-origin.ts'
import { createPullRequestEvent } from '../../testing/simulator/runner/events.ts'
import { runMainStep } from '../../testing/simulator/runner/run-action.ts'
import { production, runInShop, usualInputs } from './shop.ts'

/** The tests' own proxy. */
const driver: Driver = {
  kinds: ['tunnels', 'password', 'forbids', 'down', 'closes', 'stalls', 'inspects'],
  host: () => 'api.humanitec.test',
  start: async (kind, { simulator, trusted, company }) => {
    const targetPort = Number(new URL(simulator.url).port)
    const options = {
      tunnels: {},
      down: {},
      password: { credentials: 'robot:p@ss' },
      forbids: { onConnect: 403 },
      closes: { onConnect: 'close' },
      stalls: { onConnect: 'stall' },
      inspects: { inspection: { authority: company, trusted: trusted.cert } },
    } as const satisfies Record<ProxyKind, object>
    const proxy = await startProxy({ targetPort, ...options[kind] })
    if (kind === 'down') await proxy.close()
    return { port: proxy.port, stop: () => proxy.close().then(() => proxy.asked.length) }
  },
}

describe('the bundle behind a proxy', () => {
  it.concurrent.each(cells)(
    '$name: $outcome',
    async (cell) => {
      expect(listDifferences(cell, await runCell(cell, driver))).toEqual([])
    },
    30_000,
  )

  it('leaves at once when it is cancelled while the proxy stalls', async () => {
    const { simulator } = await openNetwork()
    const proxy = await startProxy({ targetPort: 9, onConnect: 'stall' })
    const run = await runMainStep({
      simulator,
      inputs: { ...usualInputs, api_url: 'https://api.humanitec.test' },
      variables: { https_proxy: `http://127.0.0.1:${proxy.port}` },
      signals: [{ signal: 'SIGINT', when: () => proxy.asked.length > 0 }],
    })
    await Promise.all([proxy.close(), simulator.close()])
    expect(run).toMatchObject({ exit: 130, outputs: { outcome: 'cancelled' } })
    expect(proxy.asked).toEqual(['api.humanitec.test:443'])
  })

  it.each(['succeeded', 'success', 'deploy', 'production', 'shop'])(
    'with the password %j ends as without one, and tells GitHub in one comment',
    async (password) => {
      const event = createPullRequestEvent({ action: 'opened' })
      const variables = { https_proxy: `http://ci:${password}@proxy:3128`, no_proxy: '*' }
      const inputs = { pr_comment: 'true', github_deployment: 'true' }
      const { run, simulator } = await runInShop({ event, variables, inputs }, ({ simulator }) => {
        simulator.github.addPull('acme/shop', { number: 12 })
        return {}
      })
      expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'succeeded', status: 'succeeded' } })
      expect(run.summary).toContain('✅')
      expect(run.log.map(({ kind }) => kind)).not.toContain('warning')
      const [comment, ...others] = simulator.github.inspectComments('acme/shop', 12)
      expect(others).toEqual([])
      expect(comment?.body).toMatch(/^<!-- humanitec-deploy:acme\/shop\/production -->\n\n✅/)
      expect(simulator.github.inspectGitHubDeployments('acme/shop')).toMatchObject([
        { environment: 'shop/production', statuses: [{ state: 'in_progress' }, { state: 'success' }] },
      ])
    },
  )

  it.each(['#', '/', '?', '\\'])('shows no part of a password with a bare %s', async (character) => {
    const { run, record } = await runInShop({
      inputs: { api_url: 'https://api.humanitec.test' },
      variables: { https_proxy: `http://user:1234${character}5678secret@127.0.0.1:3128` },
    })
    expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error' } })
    expect(record).toEqual([])
    const shown = JSON.stringify([run.log, run.summary, run.outputs])
    expect(shown).toContain('isn’t the address of a proxy')
    expect(shown).not.toMatch(/user:1|1234|5678secret/)
  })

  it('asks GitHub through it, too', async () => {
    const { simulator, certificate, trusted } = await openNetwork()
    simulator.orchestrator.addEnvironment(production)
    simulator.github.addPull('acme/shop', { number: 12 })
    const [humanitec, github] = [simulator.url, simulator.githubUrl].map((url) => Number(new URL(url).port))
    const front = await startTlsFront(certificate, github ?? 0)
    const targetPort = (host: string): number => (host.endsWith('.github.test') ? front.port : (humanitec ?? 0))
    const proxy = await startProxy({ targetPort })
    const folder = mkdtempSync(join(tmpdir(), 'network-'))
    writeFileSync(join(folder, 'ca.pem'), trusted.cert)
    const run = await runMainStep({
      simulator,
      event: createPullRequestEvent({ action: 'opened' }),
      inputs: { ...usualInputs, api_url: 'https://api.humanitec.test', wait: 'false', pr_comment: 'true' },
      variables: {
        https_proxy: `http://127.0.0.1:${proxy.port}`,
        GITHUB_API_URL: 'https://api.github.test',
        GITHUB_GRAPHQL_URL: 'https://graphql.github.test/api/graphql',
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      },
    })
    await Promise.all([proxy.close(), front.close(), simulator.close()])
    rmSync(folder, { recursive: true })
    expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'started' } })
    expect(run.log.map(({ kind }) => kind)).not.toContain('warning')
    expect(simulator.github.record.map(({ operation }) => operation)).toContain('POST comments')
    const requests = simulator.orchestrator.record.length + simulator.github.record.length
    expect(proxy.asked).toHaveLength(requests)
    const isGraphql = ({ operation }: { readonly operation: string }): boolean => operation === 'POST graphql'
    const graphql = simulator.github.record.filter(isGraphql)
    expect(graphql.map(({ request }) => request.path)).toEqual(['/api/graphql'])
    expect(proxy.asked.filter((asked) => asked === 'graphql.github.test:443')).toHaveLength(1)
    expect(proxy.asked).toContain('api.github.test:443')
  })
})
