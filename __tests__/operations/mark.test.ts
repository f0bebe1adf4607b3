import { describe, expect, it } from '@jest/globals'
import { delta, workflow as usualWorkflow } from '../../testing/example.ts'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const listOurs = (world: World) =>
  world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions')

/** What a pipeline does to a deployment's fields: the Delta gone, the Set there. */
const hideDelta: NonNullable<WorldOptions['onAnswer']> = ({ operation }, answer) => {
  const strip = (deployment: unknown) =>
    Object.assign(deployment as object, { delta_id: '', pipeline: { id: 'default', run_id: 'r0', job_id: 'deploy' } })
  if (operation === 'GET deploys' && Array.isArray(answer.body)) for (const each of answer.body) strip(each)
}

describe('a start whose answer was lost, its Delta gone on the way', () => {
  it.each<[string, FaultAction]>([
    ['active', { kind: 'cut', effectAfterMs: 0 }],
    ['carried out eight seconds later', { kind: 'cut', effectAfterMs: 8_000 }],
  ])('%s: found by the mark and followed, not sent again', async (_, fault) => {
    const world = createWorld({ onAnswer: hideDelta })
    world.orchestrator.addFault({ on: 'POST deploys', do: fault })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(1)
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('that ended before the first look is ours all the same', async () => {
    const world = createWorld({ onAnswer: hideDelta })
    world.orchestrator.planNext(place, { durationMs: 500, pendingMs: 100 })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    expect(await world.run()).toBe('succeeded')
    expect(listOurs(world)).toHaveLength(1)
  })
})

describe('another use of the same workflow run', () => {
  const otherUse = `x · ${usualWorkflow.runUrl}#0123456789`

  it.each([1, 2])('is a conflict that says so, attempt %d', async (attempt) => {
    const world = createWorld({ workflow: { attempt }, inputs: { delta_id: '', redeploy: 'true' } })
    world.orchestrator.startElsewhere(place, { comment: otherUse, deltaId: '' })
    expect(await world.run()).toBe('error')
    expect(world.count('POST deploys')).toBe(0)
    expect(world.annotations[0]?.message).toContain('This workflow run started it')
  })

  it('is not taken for a lost start, though neither has a Delta', async () => {
    const world = createWorld({ inputs: { delta_id: '', redeploy: 'true', on_conflict: 'wait' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
    const meanwhile = world.clock
      .sleep(1_000)
      .then(() => world.orchestrator.startElsewhere(place, { comment: otherUse, plan: { durationMs: 5_000 } }))
    expect(await world.run()).toBe('succeeded')
    await meanwhile
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })

  it('is kept apart by what it asks for', () => {
    const { formatOwnMark } = createWorld()
    const marks = [{}, { delta_id: delta.replace('4a', '5b') }, { value_set_version_id: 'v1' }, { env: 'staging' }]
    expect(new Set(marks.map((more) => formatOwnMark(more))).size).toBe(4)
    expect(formatOwnMark({ comment: 'Hotfix', wait: 'false', timeout: '1h' })).toBe(formatOwnMark())
  })
})

it('something newer with this run’s bare page could be ours: not sent again, unknown', async () => {
  const world = createWorld()
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
  const meanwhile = world.clock
    .sleep(1_000)
    .then(() => world.orchestrator.startElsewhere(place, { comment: `x ${usualWorkflow.runUrl}`, deltaId: 'other' }))
  expect(await world.run()).toBe('unknown')
  await meanwhile
  expect(world.count('POST deploys')).toBe(1)
})

describe('a long comment', () => {
  it('is cut, and the mark stays whole', async () => {
    const world = createWorld({ inputs: { comment: 'x'.repeat(2_000) } })
    await world.run()
    const comment = listOurs(world)[0]?.comment ?? ''
    expect(comment.length).toBeLessThan(600)
    expect(comment.endsWith(` · ${world.formatOwnMark()}`)).toBe(true)
  })
})

it('a killed start is found by the mark in the post step', async () => {
  const world = createWorld({ onAnswer: hideDelta })
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
  await world.kill(world.taken('POST deploys'))
  await world.finish()
  const [ours] = listOurs(world)
  expect(ours).toBeDefined()
  expect(world.summaries.join('\n')).toContain(ours?.id.slice(0, 8))
})
