import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Simulator } from '../../testing/simulator/server.ts'
import { runExample } from './act.ts'
import { docker, failure, history, imageChanges, listBodies, listChanges, push, startShop } from './shop.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startShop()
})

afterEach(() => simulator.close())

const run = { ...push, standIns: { docker } }

describe('examples/deploy.yml', () => {
  it('deploys the image that its build has pushed', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('deploy.yml', simulator, run)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    expect(ran.printed).toMatch(/^docker push ghcr\.io\/acme\/shop:[0-9a-f]{40}$/m)
    const [, image] = /docker push (\S+)/.exec(ran.printed) ?? []
    expect(imageChanges(simulator)).toEqual([{ web: image }])
    expect(listChanges(simulator)).toEqual([
      'POST shop/deltas',
      'POST shop/envs/production/deploys',
      expect.stringMatching(/^PUT shop\/deltas\/[^/]+\/metadata\/archived$/),
    ])
    expect(ran.summaries.join()).toContain('shop deployed to production in')
  })

  it('fails, and says why, when the deployment fails', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history, plan: failure })
    const ran = await runExample('deploy.yml', simulator, run)
    expect(ran).toMatchObject({ exitCode: 1, jobs: { build: 'success', deploy: 'failure' } })
    expect(ran.summaries.join()).toContain('Incorrect cloud provider credentials')
    expect(ran.printed).toMatch(/::error title=[^:]*CLD-001/)
  })

  it('deploys nothing when the build fails', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('deploy.yml', simulator, { ...push, standIns: { docker: 'exit 1' } })
    expect(ran).toMatchObject({ exitCode: 1, jobs: { build: 'failure' } })
    expect(simulator.orchestrator.record).toEqual([])
  })

  it('changes nothing when there is no such workload', async () => {
    const set = { modules: { api: { spec: { containers: { main: { image: 'ghcr.io/acme/api:1' } } } } } }
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history, set })
    const ran = await runExample('deploy.yml', simulator, run)
    expect(ran).toMatchObject({ exitCode: 1, jobs: { deploy: 'failure' } })
    expect(ran.printed).toMatch(/::error.*web.*api/)
    expect(listChanges(simulator)).toEqual([])
  })
})

describe('examples/image.yml', () => {
  const digest = `sha256:${'5a'.repeat(32)}`

  it('deploys both images at once, by the digests that were pushed', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/development', { history })
    // `docker inspect` is asked for the digest; the image is its last argument.
    const inspecting = `
      if [ "$1" = inspect ]; then
        for image do :; done
        echo "\${image%:*}@${digest}"
        exit
      fi${docker}`
    const ran = await runExample('image.yml', simulator, { ...push, standIns: { docker: inspecting } })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    expect(imageChanges(simulator)).toEqual([
      { web: `ghcr.io/acme/web@${digest}`, worker: `ghcr.io/acme/worker@${digest}` },
    ])
    expect(listBodies(simulator, 'POST', '/deploys')).toHaveLength(1)
  })
})

describe('examples/delta.yml', () => {
  const byHand = { event: 'workflow_dispatch', payload: { inputs: { level: 'debug' } } }

  it('deploys the Delta that the step before has made', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('delta.yml', simulator, byHand)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { deploy: 'success' } })
    const [made] = listBodies(simulator, 'POST', '/deltas')
    const patch = { op: 'add', path: '/spec/containers/main/variables/LOG_LEVEL', value: 'debug' }
    expect(made).toMatchObject({ modules: { update: { web: [patch] } } })
    expect(listBodies(simulator, 'POST', '/deploys')).toMatchObject([{ delta_id: ran.outputs['delta']?.['id'] }])
  })

  it('deploys nothing when no Delta could be made', async () => {
    simulator.orchestrator.addApp('acme/cart')
    const ran = await runExample('delta.yml', simulator, byHand)
    expect(ran).toMatchObject({ exitCode: 1, jobs: { deploy: 'failure' } })
    expect(listChanges(simulator)).toEqual(['POST shop/deltas'])
    expect(ran.printed).toMatch(/"message":\s*"/)
  })
})

describe('examples/matrix.yml', () => {
  it('promotes each application, whatever becomes of the others', async () => {
    for (const app of ['shop', 'checkout', 'search']) {
      simulator.orchestrator.addEnvironment(`acme/${app}/staging`, { type: 'staging', history })
      simulator.orchestrator.addEnvironment(`acme/${app}/production`, { type: 'production', history })
    }
    simulator.orchestrator.planAll('acme/checkout/production', failure)
    const ran = await runExample('matrix.yml', simulator, { event: 'workflow_dispatch' })
    // Once one job of a matrix has failed, act calls those that end later failed too: what they did is told by the far side.
    expect(ran).toMatchObject({ exitCode: 1, jobs: { 'promote-2': 'failure' } })
    const newest = (app: string) => simulator.orchestrator.inspectDeployments(`acme/${app}/production`)[0]
    for (const app of ['shop', 'checkout', 'search']) {
      const [source] = simulator.orchestrator.inspectDeployments(`acme/${app}/staging`)
      expect(newest(app)).toMatchObject({ status: app === 'checkout' ? 'failed' : 'succeeded', fromId: source?.id })
    }
  })
})

describe('examples/caller.yml, which calls examples/reusable.yml', () => {
  it('deploys the image of its build by the common workflow', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('caller.yml', simulator, run)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    const [, image] = /docker push (\S+)/.exec(ran.printed) ?? []
    expect(imageChanges(simulator)).toEqual([{ web: image }])
    const [newest] = simulator.orchestrator.inspectDeployments('acme/shop/production')
    expect(newest).toMatchObject({ status: 'succeeded' })
  })
})
