import { describe, expect, it } from '@jest/globals'
import { describeRemarks } from '../../src/core/report/remarks.ts'
import type { Remark } from '../../src/core/run/reason.ts'
import { emptyRunState } from '../../src/core/run/result.ts'
import { badGateway, type FaultAction } from '../../testing/simulator/faults.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'
import { writer } from '../core/report-base.ts'

const wordRemark = (remark: Remark) =>
  describeRemarks({ state: { ...emptyRunState, remarks: [remark] }, writer }).join()
const formatBaseLeft = (rebase: { readonly newBaseId: string; readonly previousBaseId: string }): string =>
  wordRemark({ kind: 'base_left', rebase })
const formatBaseOfOthers = (id: string): string => wordRemark({ kind: 'base_of_others', id })

const succeeded = { agoSeconds: 600, durationSeconds: 60, status: 'succeeded' } as const
const refusal: FaultAction = { kind: 'answer', status: 400, body: { error: 'API-400', message: 'no' } }
const refusedOn = (
  baseId: string,
) => `Humanitec refused to deploy the state of ${baseId} (400) at POST /orgs/acme/apps/shop/envs/production/deploys: API-400: no.
Check that it exists in the application shop and fits the environment production.`

/** Production with two deployments of the past, and a run that goes back to the older one. */
const createTwo = (options: WorldOptions = {}) => {
  const world = createWorld(options)
  const [newer = ''] = world.orchestrator.seedHistory(place, [succeeded])
  const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
  const run = () => world.run({ delta_id: '', from_deploy_id: older })
  const baseId = () => world.orchestrator.inspectEnvironment(place)?.baseId
  return { world, run, baseId, older, newer }
}

const listMessages = ({ annotations }: ReturnType<typeof createWorld>) => annotations.map(({ message }) => message)

describe('a base that no start has taken', () => {
  const changeElsewhere = async (world: ReturnType<typeof createWorld>, id: string) => {
    await world.sent('POST deploys')
    world.orchestrator.rebaseElsewhere(place, id)
  }

  it('is left when someone else has set another one meanwhile, which is named', async () => {
    const { world, run, baseId, older, newer } = createTwo()
    world.orchestrator.seedHistory(place, [{ ...succeeded, agoSeconds: 300 }])
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    const [outcome] = await Promise.all([run(), changeElsewhere(world, newer)])
    expect(outcome).toBe('error')
    expect(world.requests().slice(-2)).toEqual(['POST deploys', 'GET env'])
    expect(baseId()).toBe(newer)
    expect(listMessages(world)).toEqual([`${refusedOn(older)}\n${formatBaseOfOthers(newer)}`])
  })

  it('is looked at for some seconds where the earlier one shows, which may be an old view, and named', async () => {
    const { world, run, baseId, older, newer } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    const [outcome] = await Promise.all([run(), changeElsewhere(world, newer)])
    expect(outcome).toBe('error')
    expect(world.requests().slice(-5)).toEqual(['POST deploys', 'GET env', 'GET env', 'GET env', 'GET env'])
    expect(baseId()).toBe(newer)
    expect(listMessages(world)).toEqual([
      `${refusedOn(older)}\n${formatBaseLeft({ newBaseId: older, previousBaseId: newer })}`,
    ])
  })

  it('is left and named when the environment can’t be read', async () => {
    const { world, run, baseId, older, newer } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    world.orchestrator.addFault({ on: 'GET env', after: 1, times: Infinity, do: badGateway() })
    expect(await run()).toBe('error')
    expect(baseId()).toBe(older)
    expect(listMessages(world)).toEqual([
      `${refusedOn(older)}\n${formatBaseLeft({ newBaseId: older, previousBaseId: newer })}`,
    ])
    expect(world.clock.now() - nowMs).toBeLessThan(60_000)
  })

  it('is left and named when putting back is refused', async () => {
    const { world, run, baseId, older, newer } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', after: 1, times: Infinity, do: refusal })
    expect(await run()).toBe('error')
    expect(baseId()).toBe(older)
    expect(listMessages(world)).toEqual([
      `${refusedOn(older)}\n${formatBaseLeft({ newBaseId: older, previousBaseId: newer })}`,
    ])
  })

  const startBefore = (method: string) => {
    const started: { id?: string | undefined } = {}
    const two = createTwo({
      strike: (call) => {
        if (call.method === method) started.id ??= two.world.orchestrator.startElsewhere(place, { comment: 'Hotfix' })
        return undefined
      },
    })
    return { ...two, started }
  }

  it('is no longer ours once another’s has: nothing is said', async () => {
    const { world, run, baseId, started } = startBefore('POST')
    expect(await run()).toBe('error')
    expect(world.count('PUT from_deploy_id')).toBe(1)
    expect(baseId()).toBe(started.id)
    expect(listMessages(world)).toEqual([expect.stringMatching(/^Deployment .* is active(.*\n){3}Re-run the job.*$/)])
  })

  it('is left and named while another’s deployment, begun before, goes on', async () => {
    const { world, run, baseId, older } = startBefore('PUT')
    expect(await run()).toBe('error')
    expect(world.count('PUT from_deploy_id')).toBe(1)
    expect(baseId()).toBe(older)
    expect(world.summaries.join()).toContain('base was left')
  })

  it('is put back by nobody when it was that already', async () => {
    const { world, newer } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await world.run({ from_deploy_id: newer })).toBe('error')
    expect(world.count('PUT from_deploy_id')).toBe(1)
    expect(listMessages(world)).toEqual([expect.stringContaining(`on the base ${newer} (400)`)])
  })

  it('is named by the post step when a killed run’s start can’t be told', async () => {
    const { world, older } = createTwo()
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
    await world.kill(1_000, { delta_id: '', from_deploy_id: older })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: badGateway() })
    await world.finish({ delta_id: '', from_deploy_id: older })
    expect(world.count('POST deploys')).toBe(1)
    expect(world.summaries.join()).toContain('base was left')
    expect(world.annotations).toMatchObject([{ level: 'warning' }])
  })
})

describe('a rebase', () => {
  it('whose answer was lost is put back only after it can’t take effect any more', async () => {
    const { world, run, baseId, newer } = createTwo()
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', do: { kind: 'cut', effectAfterMs: 6_000 } })
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await run()).toBe('error')
    await world.clock.run(world.clock.sleep(60_000))
    expect(baseId()).toBe(newer)
  })

  it('that is set again after an unseen conflict is put back to what was there at first', async () => {
    const { world, older, newer, baseId } = createTwo({ inputs: { on_conflict: 'wait' } })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'answer', status: 409 } })
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await world.run({ delta_id: '', from_deploy_id: older })).toBe('error')
    expect(baseId()).toBe(newer)
  })

  it('is put back to what someone has deployed unseen, right before it', async () => {
    let unseen = ''
    const { world, run, baseId } = createTwo({
      strike: ({ method }) => {
        if (method === 'PUT' && unseen === '')
          unseen = world.orchestrator.seedHistory(place, [{ ...succeeded, agoSeconds: 1, durationSeconds: 0 }])[0] ?? ''
        return undefined
      },
    })
    world.orchestrator.addFault({ on: 'POST deploys', do: refusal })
    expect(await run()).toBe('error')
    expect(baseId()).toBe(unseen)
  })
})
