import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Simulator } from '../../testing/simulator/server.ts'
import { runExample } from './act.ts'
import { docker, failure, history, imageChanges, listBodies, listChanges, push, startShop } from './shop.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startShop()
})

afterEach(() => simulator.close())

// act knows no environments, so nobody is asked for an approval here.
describe('examples/promote.yml', () => {
  it('gives production exactly what staging was given', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging', history })
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('promote.yml', simulator, { ...push, standIns: { docker } })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { staging: 'success', approval: 'success', production: 'success' } })
    expect(listChanges(simulator).filter((change) => !change.endsWith('/archived'))).toEqual([
      'POST shop/deltas',
      'POST shop/envs/staging/deploys',
      'PUT shop/envs/production/from_deploy_id',
      'POST shop/envs/production/deploys',
    ])
    expect(listBodies(simulator, 'PUT', '/from_deploy_id')).toEqual([ran.outputs['deploy']?.['deployment_id']])
  })

  it('leaves production alone when staging failed', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging', history, plan: failure })
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('promote.yml', simulator, { ...push, standIns: { docker } })
    expect(ran).toMatchObject({ exitCode: 1, jobs: { staging: 'failure' } })
    expect(simulator.orchestrator.inspectDeployments('acme/shop/production')).toHaveLength(1)
  })
})

describe('examples/rollback.yml', () => {
  const addProduction = () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production' })
    return simulator.orchestrator.seedHistory('acme/shop/production', [
      { agoSeconds: 3600, durationSeconds: 60, status: 'failed' },
      { agoSeconds: 7200, durationSeconds: 120, status: 'succeeded' },
      { agoSeconds: 9000, durationSeconds: 120, status: 'succeeded' },
    ])
  }

  it.each([
    ['the deployment that was named', 2, (ids: readonly string[]) => ids[2]],
    ['the newest that succeeded, when none was named', 1, () => ''],
  ])('goes back to %s', async (_, index, choose) => {
    const ids = addProduction()
    const inputs = { environment: 'production', deployment_id: choose(ids) }
    const ran = await runExample('rollback.yml', simulator, { event: 'workflow_dispatch', payload: { inputs } })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { rollback: 'success' } })
    expect(listBodies(simulator, 'PUT', '/from_deploy_id')).toEqual([ids[index]])
    expect(listBodies(simulator, 'POST', '/deploys')).toHaveLength(1)
  })
})

describe('examples/merge-queue.yml', () => {
  const group = {
    event: 'merge_group',
    standIns: { docker },
    payload: {
      action: 'checks_requested',
      merge_group: {
        base_ref: 'refs/heads/main',
        head_ref: 'refs/heads/gh-readonly-queue/main/pr-12-8d3fa0c1b2e4d5f60718293a4b5c6d7e8f901234',
        head_sha: '8d3fa0c1b2e4d5f60718293a4b5c6d7e8f901234',
        head_commit: { message: 'Merge pull request #12' },
      },
    },
  } as const

  it('deploys a group to staging, and waits until it runs', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging', history })
    const ran = await runExample('merge-queue.yml', simulator, group)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', staging: 'success' } })
    expect(imageChanges(simulator)).toEqual([{ web: expect.stringMatching(/^ghcr\.io\/acme\/shop:[0-9a-f]{40}$/) }])
  })

  it('keeps a group out when its deployment fails', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging', history, plan: failure })
    const ran = await runExample('merge-queue.yml', simulator, group)
    expect(ran).toMatchObject({ exitCode: 1, jobs: { staging: 'failure' } })
  })

  it('deploys nothing for a pull request by itself', async () => {
    const ran = await runExample('merge-queue.yml', simulator, { event: 'pull_request', payload: { number: 12 } })
    expect(ran).toMatchObject({ exitCode: 0, jobs: {} })
    expect(simulator.orchestrator.record).toEqual([])
  })
})

describe('examples/approval.yml', () => {
  it('follows a pipeline run from its approval to the end of its deployment', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    simulator.orchestrator.planPipeline('acme/shop', {
      jobs: [
        { id: 'approve', steps: [{ does: 'approval', message: 'Deploy to production', approvedAfterMs: 300_000 }] },
        { id: 'deploy', steps: [{ does: 'deploy' }] },
      ],
    })
    const runId = simulator.orchestrator.startRunElsewhere('acme/shop/production')
    const inputs = { environment: 'production', pipeline_run: `default/${runId}` }
    const ran = await runExample('approval.yml', simulator, { event: 'workflow_dispatch', payload: { inputs } })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { follow: 'success' } })
    expect(listChanges(simulator)).toEqual([])
    const [newest] = simulator.orchestrator.inspectDeployments('acme/shop/production')
    expect(newest).toMatchObject({ status: 'succeeded' })
    expect(ran.printed).toContain('Deploy to production')
  })
})
