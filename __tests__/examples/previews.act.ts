import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { Simulator } from '../../testing/simulator/server.ts'
import { type Ran, type Run, runExample } from './act.ts'
import { docker, history, imageChanges, listChanges, startShop } from './shop.ts'

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

  const run = (action: string, runId: number, from = 'acme/shop', others: Partial<Run> = {}): Promise<Ran> =>
    runExample('preview.yml', simulator, {
      event: 'pull_request',
      runId,
      standIns: { docker },
      payload: {
        action,
        number: 12,
        pull_request: {
          number: 12,
          title: 'Sort by price',
          head: { sha: head, ref: 'sort', repo: { full_name: from } },
        },
      },
      ...others,
    })

  it('makes, shows, renews and deletes the environment of a pull request', async () => {
    addPull()
    const opened = await run('opened', 7001)
    expect(opened).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    expect(imageChanges(simulator)).toEqual([{ web: `ghcr.io/acme/shop:${head}` }])
    expect(simulator.orchestrator.inspectEnvironment('acme/shop/pr-12')).toMatchObject({ name: 'acme/shop#12' })
    const [comment] = simulator.github.inspectComments('acme/shop', 12)
    expect(comment?.body).toContain('https://pr-12.shop.example.com')

    const pushed = await run('synchronize', 7002)
    expect(pushed).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
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

  it('does nothing for the pull request of a fork', async () => {
    addPull()
    const ran = await run('opened', 7001, 'mallory/shop', { secrets: { HUMANITEC_TOKEN: '' } })
    expect(ran).toMatchObject({ exitCode: 0, jobs: {} })
    expect(simulator.orchestrator.record).toEqual([])
  })

  it('skips the deployment of Dependabot, which is given no secrets, with a word and without a request', async () => {
    addPull()
    const others = { actor: 'dependabot[bot]', secrets: { HUMANITEC_TOKEN: '' } }
    const ran = await run('opened', 7001, 'acme/shop', others)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    expect(ran.printed).toContain('::notice')
    expect(simulator.orchestrator.record).toEqual([])
  })
})

describe('examples/fork-build.yml', () => {
  const build = (repository: string) =>
    runExample('fork-build.yml', simulator, {
      event: 'pull_request',
      secrets: { HUMANITEC_TOKEN: '' },
      standIns: { docker },
      payload: {
        action: 'opened',
        number: 12,
        pull_request: { number: 12, head: { repo: { full_name: repository } } },
      },
    })

  it('builds the image of a fork, and keeps it', async () => {
    const ran = await build('mallory/shop')
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success' } })
    expect(ran.printed).toContain('docker build --tag fork .')
  })

  it('leaves the repository’s own pull requests to preview.yml', async () => {
    expect(await build('acme/shop')).toMatchObject({ exitCode: 0, jobs: {} })
  })
})

describe('examples/fork-preview.yml', () => {
  const preview = (found: string, conclusion = 'success') =>
    runExample('fork-preview.yml', simulator, {
      event: 'workflow_run',
      standIns: { docker, gh: `[ "$1" != api ] || echo ${found}` },
      payload: {
        action: 'completed',
        workflow_run: {
          id: 6001,
          event: 'pull_request',
          conclusion,
          head_sha: head,
          head_branch: 'sort',
          head_repository: { full_name: 'mallory/shop', owner: { login: 'mallory' } },
          pull_requests: [],
        },
      },
    })

  beforeEach(() => {
    const headRepository = 'mallory/shop'
    simulator.github.addPull('acme/shop', { number: 12, sha: head, headRef: 'sort', headRepository })
    simulator.github.addPull('acme/shop', { number: 13, sha: '0f'.repeat(20), headRef: 'other', headRepository })
  })

  it('deploys the image of the fork’s build to the preview of its pull request', async () => {
    const ran = await preview('12')
    expect(ran).toMatchObject({ exitCode: 0, jobs: { deploy: 'success' } })
    expect(imageChanges(simulator)).toEqual([{ web: `ghcr.io/acme/shop:fork-${head}` }])
    expect(simulator.orchestrator.inspectEnvironment('acme/shop/pr-12')).toMatchObject({ name: 'acme/shop#12' })
    expect(simulator.github.inspectComments('acme/shop', 12)).toHaveLength(1)
  })

  it('makes nothing for a pull request that isn’t the run’s', async () => {
    const ran = await preview('13')
    expect(ran).toMatchObject({ exitCode: 1, jobs: { deploy: 'failure' } })
    expect(listChanges(simulator)).toEqual([])
  })

  it('does nothing after a build that failed', async () => {
    expect(await preview('12', 'failure')).toMatchObject({ exitCode: 0, jobs: {} })
    expect(simulator.orchestrator.record).toEqual([])
  })
})

describe('examples/plan.yml', () => {
  const run = (event: 'pull_request' | 'push') => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    simulator.github.addPull('acme/shop', { number: 12, title: 'Sort by price', sha: head })
    return runExample('plan.yml', simulator, {
      event,
      secrets: { HUMANITEC_VIEWER_TOKEN: usualToken },
      standIns: { docker },
      payload:
        event === 'push'
          ? { ref: 'refs/heads/main', head_commit: { message: 'Merge pull request #12' } }
          : {
              action: 'opened',
              number: 12,
              pull_request: { number: 12, head: { sha: head, ref: 'sort', repo: { full_name: 'acme/shop' } } },
            },
    })
  }

  it('says in the pull request what merging it would change, and changes nothing', async () => {
    const ran = await run('pull_request')
    expect(ran).toMatchObject({ exitCode: 0, jobs: { plan: 'success' } })
    const [comment] = simulator.github.inspectComments('acme/shop', 12)
    expect(comment?.body).toContain('would change')
    expect(comment?.body).toContain(head.slice(0, 7))
    expect(listChanges(simulator).filter((change) => !change.startsWith('POST shop/sets/'))).toEqual([])
  })

  it('deploys after the merge', async () => {
    const ran = await run('push')
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    expect(imageChanges(simulator)).toEqual([{ web: expect.stringMatching(/^ghcr\.io\/acme\/shop:[0-9a-f]{40}$/) }])
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
