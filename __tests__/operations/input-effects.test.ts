import { describe, expect, it } from '@jest/globals'
import { delta } from '../../testing/example.ts'
import { createWorld, place } from '../../testing/virtual/world.ts'

describe('an input', () => {
  it('value_set_version_id goes into the start', async () => {
    const world = createWorld({ inputs: { value_set_version_id: 'values-2' } })
    await world.run()
    const start = world.orchestrator.record.find(({ operation }) => operation === 'POST deploys')
    expect(start?.request.body).toMatchObject({ delta_id: delta, value_set_version_id: 'values-2' })
  })

  it('app_url stands in front of the links to Humanitec', async () => {
    const world = createWorld({ inputs: { app_url: 'https://humanitec.example.com/app' } })
    await world.run()
    const [deployment] = world.orchestrator.inspectDeployments(place)
    const url = `https://humanitec.example.com/app/orgs/acme/apps/shop/envs/production/deploys/${deployment?.id}`
    expect(world.outputs['deployment_url']).toBe(url)
    expect(world.summaries.join()).toContain(url)
  })
})
