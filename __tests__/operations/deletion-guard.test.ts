import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import { createWorld, type EnvironmentScript, type WorldOptions } from '../../testing/virtual/world.ts'

const preview = 'acme/shop/pr-12'
const repository = 'acme/shop'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }

/** Why a DELETE is sent once more. None of these was carried out. */
const reasons: readonly (readonly [string, FaultAction])[] = [
  ['a 503', badGateway(503)],
  ['a 429', tooManyRequests('1')],
  ['a cut connection', { kind: 'cut' }],
  ['a 404, though it is there', { kind: 'answer', status: 404 }],
  ['a 409 of nobody', { kind: 'answer', status: 409 }],
]

/** Environment pr-12, which from the first DELETE on is another one than it was. */
const createChanging = (
  inputs: WorldOptions['inputs'],
  action: FaultAction,
  now: EnvironmentScript = {},
): ReturnType<typeof createWorld> => {
  const world = createWorld({
    inputs: { delta_id: '', ...inputs },
    workflow: inputs?.operation === 'prune' ? { eventName: 'schedule' } : { eventName: 'pull_request', pullRequest },
    onAnswer: ({ operation }, answer) => {
      if (operation === 'GET env' && answer.status === 200 && world.count('DELETE env') > 0)
        Object.assign(answer.body as object, now)
    },
  })
  world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12' })
  world.github.addPull(repository, { number: 12, state: 'closed' })
  world.orchestrator.addFault({ on: 'DELETE env', do: action })
  return world
}

const exists = ({ orchestrator }: ReturnType<typeof createWorld>): boolean =>
  orchestrator.inspectEnvironments(repository).includes('pr-12')

const changes: readonly (readonly [string, EnvironmentScript, string])[] = [
  [
    'another repository’s',
    { name: 'acme/cart#12' },
    'its name, acme/cart#12, is that of a preview of another repository',
  ],
  ['of type production', { type: 'production' }, 'it is a production environment'],
]

describe.each(reasons)('after %s, before the next DELETE', (_, action) => {
  it('a pull request that was reopened keeps its environment', async () => {
    const world = createChanging({ operation: 'prune', env: 'pr-*' }, action)
    const reopened = world.taken('DELETE env').then(() => world.github.setPullState(repository, 12, 'open'))
    expect(await world.run()).toBe('pruned')
    await reopened
    expect(world.count('DELETE env')).toBe(1)
    expect(exists(world)).toBe(true)
    expect(world.outputs['deleted_environments']).toBe('[]')
    expect(world.summaries.join()).toMatch(/`pr-12` .*\| kept \| its pull request is open \|/)
  })

  it.each(changes)('an environment that has become %s is kept by a prune', async (_, now, reason) => {
    const world = createChanging({ operation: 'prune', env: 'pr-*' }, action, now)
    expect(await world.run()).toBe('pruned')
    expect(world.count('DELETE env')).toBe(1)
    expect(exists(world)).toBe(true)
    expect(world.log.join('\n')).toContain(reason)
  })

  it.each([
    ...changes,
    [
      'another pull request’s',
      { name: 'acme/shop#13' },
      'its name, acme/shop#13, is that of a preview of another pull request',
    ] as const,
    ['named by a person', { name: 'Demo' }, 'its name, Demo, doesn’t say'] as const,
  ])('an environment that has become %s is an error of a deletion', async (_, now, reason) => {
    const world = createChanging({ operation: 'delete', env: 'pr-12' }, action, now)
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(1)
    expect(exists(world)).toBe(true)
    expect(world.annotations.map(({ message }) => message).join()).toContain(reason)
  })

  it('one that is no longer of the type that was given is an error', async () => {
    const inputs = { operation: 'delete', env: 'pr-12', env_type: 'development' }
    const world = createChanging(inputs, action, { type: 'staging' })
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(1)
    expect(world.annotations[0]?.message).toContain('it is of type staging, not development')
  })

  it('one that is as it was is deleted, and counted', async () => {
    const world = createChanging({ operation: 'prune', env: 'pr-*' }, action)
    expect(await world.run()).toBe('pruned')
    expect(world.count('DELETE env')).toBe(2)
    expect(exists(world)).toBe(false)
    expect(world.outputs['deleted_environments']).toBe('["pr-12"]')
  })
})

describe('after a wait for somebody’s deployment', () => {
  const createBusy = (operation: 'delete' | 'prune') => {
    const world = createWorld({
      inputs: { operation, env: operation === 'prune' ? 'pr-*' : 'pr-12', delta_id: '' },
      workflow: { eventName: 'schedule' },
    })
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12' })
    world.github.addPull(repository, { number: 12, state: 'closed' })
    world.orchestrator.startElsewhere(preview, { plan: { durationMs: 60_000 } })
    return world
  }

  it('a pull request that was reopened meanwhile keeps its environment', async () => {
    const world = createBusy('prune')
    const reopened = world.clock.sleep(30_000).then(() => world.github.setPullState(repository, 12, 'open'))
    expect(await world.run()).toBe('pruned')
    await reopened
    expect(world.count('DELETE env')).toBe(0)
    expect(world.outputs['deleted_environments']).toBe('[]')
  })

  it('one that was made anew for another pull request is not deleted', async () => {
    const world = createBusy('delete')
    const remade = world.clock.sleep(30_000).then(() => {
      world.orchestrator.deleteElsewhere(preview)
      world.orchestrator.addEnvironment(preview, { name: 'acme/cart#12' })
    })
    expect(await world.run()).toBe('error')
    await remade
    expect(world.count('DELETE env')).toBe(0)
    expect(exists(world)).toBe(true)
  })
})
