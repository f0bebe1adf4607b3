import { describe, expect, it } from '@jest/globals'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

const preview = 'acme/shop/pr-12'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }

const page = (status: number, title: string): FaultAction => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  text: `<!DOCTYPE html><html><head><title>${title}</title></head><body>Blocked.</body></html>`,
})
const noBackend: FaultAction = { kind: 'answer', status: 404, text: 'default backend - 404' }
const firewall = page(403, 'Attention Required!')
const own = (status: number): FaultAction => ({
  kind: 'answer',
  status,
  body: { error: `API-${status}`, message: 'No.' },
})

type World = ReturnType<typeof createWorld>
const elapsedSeconds = ({ clock }: World) => (clock.now() - nowMs) / 1000
const lastMessage = ({ annotations }: World) => annotations.at(-1)?.message ?? ''

const createDeletion = (inputs: WorldOptions['inputs'] = {}, deletionMs = 0) => {
  const world = createWorld({
    inputs: { operation: 'delete', env: 'pr-12', delta_id: '', ...inputs },
    workflow: { eventName: 'pull_request', pullRequest },
  })
  world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', deletionMs })
  const exists = () => world.orchestrator.inspectEnvironments('acme/shop').includes('pr-12')
  return { ...world, exists }
}

describe('an ingress’s 404', () => {
  it('after a 202 to the DELETE does not make a deletion of what is still there', async () => {
    const world = createDeletion({}, 60_000)
    world.orchestrator.addFault({ on: 'GET env', after: 1, do: noBackend })
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(elapsedSeconds(world)).toBeGreaterThanOrEqual(60)
    expect(world.count('GET envs')).toBe(1)
  })

  it('after a 202, the list without the environment twice, 10 s apart, ends the deletion', async () => {
    const world = createDeletion({}, 20_000)
    world.orchestrator.addFault({ on: 'GET env', after: 1, times: Infinity, do: noBackend })
    expect(await world.run()).toBe('deleted')
    const lists = world.orchestrator.record.filter(({ operation }) => operation === 'GET envs').map(({ atMs }) => atMs)
    expect((lists.at(-1) ?? 0) - (lists.at(-2) ?? 0)).toBeGreaterThanOrEqual(10_000)
    expect(world.exists()).toBe(false)
  })

  it('at the DELETE is no refusal: the environment is read, and deleted', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', times: 4, do: noBackend })
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(world.count('DELETE env')).toBe(5)
  })

  it('at a prune does not make a deletion of what is still there', async () => {
    const world = createWorld({ inputs: { operation: 'prune', env: 'pr-*', delta_id: '' } })
    world.github.addPull('acme/shop', { number: 12, state: 'closed' })
    world.orchestrator.addEnvironment(preview, { name: 'acme/shop#12', deletionMs: 60_000 })
    world.orchestrator.addFault({ on: 'GET env', after: 1, do: noBackend })
    expect(await world.run()).toBe('pruned')
    expect(world.orchestrator.inspectEnvironments('acme/shop')).toEqual(['production'])
    expect(elapsedSeconds(world)).toBeGreaterThanOrEqual(60)
  })

  it('at the first look does not say that the environment isn’t there', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'GET env', do: noBackend })
    expect(await world.run()).toBe('succeeded')
  })

  it('at a poll does not end the wait', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { durationMs: 200_000 })
    world.orchestrator.addFault({ on: 'GET deploy', after: 12, times: 3, do: noBackend })
    expect(await world.run()).toBe('succeeded')
  })
})

describe('a firewall’s page', () => {
  it('is asked past for two minutes, and then shown by its title, not blamed on the token', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'GET env', times: Infinity, do: firewall })
    expect(await world.run()).toBe('error')
    expect(elapsedSeconds(world)).toBeGreaterThanOrEqual(119)
    expect(elapsedSeconds(world)).toBeLessThanOrEqual(121)
    expect(lastMessage(world)).toContain('not Humanitec’s answer: “Attention Required!”')
    expect(lastMessage(world)).toContain('Look at what is between the runner and Humanitec')
    expect(lastMessage(world)).not.toMatch(/token/)
  })

  it('while a deployment is followed is put up with until the deadline, and then an error', async () => {
    const world = createWorld({ inputs: { timeout: '10m' } })
    world.orchestrator.addFault({ on: 'GET deploy', times: Infinity, do: firewall })
    expect(await world.run()).toBe('error')
    expect(elapsedSeconds(world)).toBeGreaterThanOrEqual(600)
    expect(lastMessage(world)).toContain('Attention Required!')
    expect(world.outputs['deployment_id']).not.toBe('')
  })

  it('while a deployment is followed for five minutes does not end the wait', async () => {
    const world = createWorld()
    world.orchestrator.planNext(place, { durationMs: 400_000 })
    world.orchestrator.addFault({ on: 'GET deploy', times: 20, do: firewall })
    expect(await world.run()).toBe('succeeded')
  })

  it('at the start is looked past, and the start sent again once the list was read', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', do: firewall })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(2)
    const requests = world.requests()
    const [first, second] = [requests.indexOf('POST deploys'), requests.lastIndexOf('POST deploys')]
    expect(requests.slice(first, second)).toContain('GET deploys')
  })

  it('at the start three times, absent each time, is an error with its title', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', times: Infinity, do: firewall })
    expect(await world.run()).toBe('error')
    expect(world.count('POST deploys')).toBe(3)
    expect(lastMessage(world)).toContain('Attention Required!')
  })

  it('that comes with 200 is no deletion', async () => {
    const world = createDeletion()
    world.orchestrator.addFault({ on: 'DELETE env', do: page(200, 'Sign in') })
    expect(await world.run()).toBe('deleted')
    expect(world.exists()).toBe(false)
    expect(world.count('DELETE env')).toBe(2)
  })
})

describe('a firewall’s page at one kind of request', () => {
  it('is asked past for two minutes once Humanitec has answered others', async () => {
    const world = createDeletion({ dry_run: 'true', env: 'pr-13' })
    world.orchestrator.addFault({ on: 'GET envs', times: Infinity, do: firewall })
    expect(await world.run()).toBe('error')
    expect(elapsedSeconds(world)).toBeGreaterThanOrEqual(119)
    expect(elapsedSeconds(world)).toBeLessThanOrEqual(122)
    expect(lastMessage(world)).toContain('Attention Required!')
  })
})

describe('a proxy’s 407', () => {
  it('ends it at once', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'GET env', times: Infinity, do: page(407, 'Proxy') })
    expect(await world.run()).toBe('error')
    expect(world.count('GET env')).toBe(1)
  })
})

describe('Humanitec’s own refusal while a deployment is followed', () => {
  it.each([401, 403, 404])('%d, once, does not end the wait', async (status) => {
    const world = createWorld()
    world.orchestrator.planNext(place, { durationMs: 200_000 })
    world.orchestrator.addFault({ on: 'GET deploy', after: 9, do: own(status) })
    expect(await world.run()).toBe('succeeded')
  })

  it.each([401, 403, 404])('%d, is believed at a second look, 10 s or more later', async (status) => {
    const world = createWorld({ inputs: { poll_interval: '4s' } })
    world.orchestrator.planNext(place, { durationMs: 600_000 })
    world.orchestrator.addFault({ on: 'GET deploy', after: 20, times: Infinity, do: own(status) })
    expect(await world.run()).toBe('error')
    const looks = world.orchestrator.record
      .filter(({ operation }) => operation === 'GET deploy')
      .map(({ atMs }) => atMs)
    expect(looks).toHaveLength(22)
    expect((looks[21] ?? 0) - (looks[20] ?? 0)).toBeGreaterThanOrEqual(10_000)
    expect(lastMessage(world)).toContain(`(${status})`)
  })
})

describe('an error’s body that comes with 200', () => {
  it('is shown', async () => {
    const world = createWorld({ inputs: { timeout: '20s' } })
    const body = { error: 'API-500', message: 'Upstream is away.' }
    world.orchestrator.addFault({ on: 'GET env', times: Infinity, do: { kind: 'answer', status: 200, body } })
    expect(await world.run()).toBe('error')
    expect(lastMessage(world)).toContain('API-500: Upstream is away.')
  })
})
