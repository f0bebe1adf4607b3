import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Simulator } from '../../simulator/server.ts'
import { runExample } from './act.ts'
import { failure, history, listBodies, listChanges, push, startShop } from './shop.ts'

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
    const ran = await runExample('promote.yml', simulator, push)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { staging: 'success', production: 'success' } })
    expect(listChanges(simulator)).toEqual([
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
    const ran = await runExample('promote.yml', simulator, push)
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
