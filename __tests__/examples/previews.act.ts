import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Simulator } from '../../simulator/server.ts'
import { type Ran, runExample } from './act.ts'
import { history, startShop } from './shop.ts'

const head = '8d3fa0c1b2e4d5f60718293a4b5c6d7e8f901234'
let simulator: Simulator

beforeEach(async () => {
  simulator = await startShop()
  simulator.orchestrator.addEnvironment('acme/shop/development', { history })
  simulator.orchestrator.planResources('acme/shop', [{ type: 'dns', host: '{env}.shop.example.com' }])
})

afterEach(() => simulator.close())

describe('examples/preview.yml', () => {
  const addPull = () => simulator.github.addPull('acme/shop', { number: 12, title: 'Sort by price', sha: head })

  const run = (action: string, runId: number, from = 'acme/shop', secrets = {}): Promise<Ran> =>
    runExample('preview.yml', simulator, {
      event: 'pull_request',
      runId,
      secrets,
      payload: {
        action,
        number: 12,
        pull_request: {
          number: 12,
          title: 'Sort by price',
          head: { sha: head, ref: 'sort', repo: { full_name: from } },
        },
      },
    })

  it('makes, shows, renews and deletes the environment of a pull request', async () => {
    addPull()
    const opened = await run('opened', 7001)
    expect(opened).toMatchObject({ exitCode: 0, jobs: { deploy: 'success' } })
    expect(simulator.orchestrator.inspectEnvironment('acme/shop/pr-12')).toMatchObject({ name: 'acme/shop#12' })
    const [comment] = simulator.github.inspectComments('acme/shop', 12)
    expect(comment?.body).toContain('https://pr-12.shop.example.com')

    const pushed = await run('synchronize', 7002)
    expect(pushed).toMatchObject({ exitCode: 0, jobs: { deploy: 'success' } })
    expect(simulator.orchestrator.inspectDeployments('acme/shop/pr-12')).toHaveLength(2)

    const closed = await run('closed', 7003)
    expect(closed).toMatchObject({ exitCode: 0, jobs: { delete: 'success' } })
    expect(simulator.orchestrator.inspectEnvironment('acme/shop/pr-12')).toBeUndefined()
    expect(simulator.github.inspectComments('acme/shop', 12)).toMatchObject([
      { id: comment?.id, body: expect.stringContaining('deleted') },
    ])
    const states = simulator.github.inspectGitHubDeployments('acme/shop').map(({ statuses }) => statuses.at(-1)?.state)
    expect(states).toEqual(['inactive', 'inactive'])
  })

  it('skips the pull request of a fork, with a word and without a request', async () => {
    addPull()
    const ran = await run('opened', 7001, 'mallory/shop', { HUMANITEC_TOKEN: '' })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { deploy: 'success' } })
    expect(ran.printed).toContain('::notice')
    expect(simulator.orchestrator.record).toEqual([])
  })
})

describe('examples/prune.yml', () => {
  beforeEach(() => {
    for (const [number, state] of [
      [3, 'closed'],
      [7, 'merged'],
      [12, 'open'],
    ] as const) {
      simulator.github.addPull('acme/shop', { number, state })
      simulator.orchestrator.addEnvironment(`acme/shop/pr-${number}`, { name: `acme/shop#${number}`, history })
    }
  })

  it('deletes at night what belongs to closed pull requests', async () => {
    const ran = await runExample('prune.yml', simulator, { event: 'schedule' })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { prune: 'success' } })
    expect(simulator.orchestrator.inspectEnvironments('acme/shop')).toEqual(['development', 'pr-12'])
    expect(ran.summaries.join()).toContain('pr-12')
  })

  it('deletes nothing in a dry run by hand', async () => {
    const payload = { inputs: { dry_run: 'true' } }
    const ran = await runExample('prune.yml', simulator, { event: 'workflow_dispatch', payload })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { prune: 'success' } })
    expect(simulator.orchestrator.inspectEnvironments('acme/shop')).toEqual(['development', 'pr-3', 'pr-7', 'pr-12'])
  })
})
