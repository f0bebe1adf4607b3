import { describe, expect, it } from '@jest/globals'
import { workflow as usualWorkflow } from '../../testing/example.ts'
import { badGateway, type FaultAction } from '../../testing/simulator/faults.ts'
import { approvalBefore } from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const listOurs = (world: World) =>
  world.orchestrator.inspectDeployments(place).filter(({ createdBy }) => createdBy === 's-github-actions')

const throttledYetCarriedOut: FaultAction = {
  kind: 'answer',
  status: 429,
  headers: { 'retry-after': '1' },
  body: {},
  effectAfterMs: 0,
}

describe('a 429 whose start was carried out nevertheless, the list late', () => {
  it.each([
    ['fail', 1_500],
    ['fail', 5_000],
    ['wait', 1_500],
    ['wait', 5_000],
  ])('is adopted, on_conflict %s, after %d ms', async (on_conflict, lagMs) => {
    const world = createWorld({ inputs: { on_conflict } })
    world.orchestrator.planNext(place, { listedAfterMs: lagMs, shownAfterMs: lagMs, durationMs: 60_000 })
    world.orchestrator.addFault({ on: 'POST deploys', do: throttledYetCarriedOut })
    expect(await world.run()).toBe('succeeded')
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })
})

it('a 429 whose start was carried out is found by the environment, where the list has lost it', async () => {
  const world = createWorld()
  world.orchestrator.planAll(place, { durationMs: 500 })
  world.orchestrator.addFault({ on: 'POST deploys', do: throttledYetCarriedOut })
  world.orchestrator.addFault({ on: 'GET deploys', do: { kind: 'answer', status: 200, body: null } })
  expect(await world.run()).toBe('succeeded')
  expect(world.count('POST deploys')).toBe(1)
})

it('a 429 whose start was carried out is found by the environment, where the list shows only earlier ones yet', async () => {
  const world = createWorld()
  world.orchestrator.seedHistory(place, [{ agoSeconds: 600, durationSeconds: 60, status: 'succeeded' }])
  world.orchestrator.planAll(place, { durationMs: 500, listedAfterMs: 60_000 })
  world.orchestrator.addFault({ on: 'POST deploys', do: throttledYetCarriedOut })
  expect(await world.run()).toBe('succeeded')
  expect(world.count('POST deploys')).toBe(1)
  expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
})

it('a 429 whose start was carried out, after a lost one, is found by the list, where the environment is late', async () => {
  const world = createWorld()
  world.orchestrator.planAll(place, { durationMs: 500, shownAfterMs: 5_000 })
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
  world.orchestrator.addFault({ on: 'POST deploys', do: throttledYetCarriedOut })
  expect(await world.run()).toBe('succeeded')
  expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  expect(world.count('POST deploys')).toBe(2)
})

it('a signal while the list is read after a 429, which the environment contradicts, denies no start', async () => {
  const world = createWorld()
  world.orchestrator.planAll(place, { durationMs: 500 })
  world.orchestrator.addFault({ on: 'POST deploys', do: throttledYetCarriedOut })
  void world.sent('GET deploys').then(world.cancel)
  expect(await world.run()).toBe('unknown')
  expect(world.summaries.join()).toContain('could not be determined')
})

it('a deployment that may be the lost start stays a doubt, though later lists lack it', async () => {
  let reads = 0
  const world = createWorld({
    inputs: { delta_id: '', redeploy: 'true' },
    onAnswer: ({ operation }, answer) => {
      if (operation !== 'GET deploys' || ++reads === 1) return
      const all = answer.body as readonly { readonly comment: string }[]
      Object.assign(answer, { body: all.filter(({ comment }) => comment !== '') })
    },
  })
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut' } })
  const other = { comment: '', deltaId: '', plan: { durationMs: 500 } }
  void world.sent('POST deploys').then(() => world.orchestrator.startElsewhere(place, other))
  expect(await world.run()).toBe('unknown')
  expect(world.count('POST deploys')).toBe(1)
  expect(reads).toBeGreaterThan(2)
})

describe('an answer to the start that names a deployment of before', () => {
  const answerWithEarlier = (world: World, isCarriedOut: boolean) => {
    const [earlier] = world.orchestrator.inspectDeployments(place)
    const body = { id: earlier?.id, status: 'succeeded' }
    world.orchestrator.addFault({
      on: 'POST deploys',
      do: isCarriedOut ? { kind: 'merge', fields: body } : { kind: 'answer', status: 200, body },
    })
  }

  it.each(['true', 'false'])('is no success: unknown, when nothing was started, wait: %s', async (wait) => {
    const world = createWorld({ inputs: { wait } })
    answerWithEarlier(world, false)
    expect(await world.run()).toBe('unknown')
    expect(world.outputs['deployment_id']).toBe('')
  })

  it('is no success either when its end was not seen before: another’s comment, and over already', async () => {
    const world = createWorld()
    const body = { id: 'd0', status: 'succeeded', comment: 'Deployed by hand' }
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'answer', status: 201, body } })
    expect(await world.run()).toBe('unknown')
    expect(world.outputs['deployment_id']).toBe('')
  })

  it('is ours, when the list shows one', async () => {
    const world = createWorld()
    answerWithEarlier(world, true)
    expect(await world.run()).toBe('succeeded')
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })
})

describe('a list whose entry of ours has no usable id', () => {
  const loseIdOfOurs =
    (listing: string): NonNullable<WorldOptions['onAnswer']> =>
    ({ operation }, answer) => {
      if (operation !== listing || !Array.isArray(answer.body)) return
      for (const entry of answer.body) if (JSON.stringify(entry).includes(usualWorkflow.runUrl)) entry.id = ''
    }

  it('is not believed to be without it: the start isn’t sent again', async () => {
    const world = createWorld({ onAnswer: loseIdOfOurs('GET deploys') })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    expect(await world.run()).toBe('unknown')
    expect(world.count('POST deploys')).toBe(1)
  })

  it('as a run that an earlier attempt began keeps a second one from being begun', async () => {
    const world = createWorld({
      workflow: { attempt: 2 },
      inputs: { timeout: '5m' },
      onAnswer: loseIdOfOurs('GET runs'),
    })
    world.orchestrator.planPipeline('acme/shop')
    world.orchestrator.startRunElsewhere(place, { comment: 'before' })
    await world.clock.run(world.clock.sleep(300_000))
    world.orchestrator.planPipeline('acme/shop', { jobs: approvalBefore() })
    world.orchestrator.startRunElsewhere(place, { comment: `x ${world.formatOwnMark()}` })
    expect(await world.run()).toBe('timed_out')
    expect(world.count('POST deploys')).toBe(0)
  })
})

it('a start that the list shows twice is told as that, not as one whose fate could not be determined', async () => {
  const world = createWorld()
  world.orchestrator.planNext(place, { durationMs: 300 })
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
  world.orchestrator.addFault({ on: 'GET deploys', times: 4, do: badGateway(503) })
  void world.clock
    .sleep(1_000)
    .then(() => world.orchestrator.startElsewhere(place, { comment: `x ${world.formatOwnMark()}` }))
  expect(await world.run()).toBe('unknown')
  expect(world.count('POST deploys')).toBe(1)
  expect(world.annotations[0]?.message).toContain('has taken effect more than once.')
  expect(world.annotations[0]?.message).not.toContain('could not be determined')
})

describe('a start that is found after a long look', () => {
  it('has gone on since it was sent', async () => {
    const world = createWorld()
    world.orchestrator.planAll(place, { durationMs: 600_000 })
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 0 } })
    world.orchestrator.addFault({ on: 'GET deploys', times: 12, do: badGateway(503) })
    expect(await world.run()).toBe('succeeded')
    const [first] = world.orchestrator.record.filter(({ operation }) => operation === 'GET deploy')
    const elapsedSeconds = ((first?.atMs ?? 0) - nowMs) / 1_000
    expect(elapsedSeconds).toBeGreaterThan(120)
    const [line = ''] = world.log.filter((text) => text.includes('in progress'))
    const [, minutes = '', seconds = ''] = /(\d\d):(\d\d)/.exec(line) ?? []
    expect(Math.abs(Number(minutes) * 60 + Number(seconds) - elapsedSeconds)).toBeLessThan(30)
  })
})

describe('a rebase whose first request was lost', () => {
  it('is waited out, so that it doesn’t take the base away from what was started', async () => {
    const world = createWorld()
    const entry = { agoSeconds: 3_600, durationSeconds: 60, status: 'succeeded' } as const
    world.orchestrator.seedHistory(place, [entry])
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', do: { kind: 'cut', effectAfterMs: 8_000 } })
    expect(await world.run({ from_deploy_id: older })).toBe('succeeded')
    expect(world.orchestrator.inspectEnvironment(place)?.baseId).toBe(world.outputs['deployment_id'])
    expect(world.log.join('\n')).toContain('The rebase was sent again')
  })
})

describe('a re-run that forces a Set', () => {
  it('follows the earlier attempt’s, which doesn’t tell its Set while it is pending', async () => {
    const hideSet: NonNullable<WorldOptions['onAnswer']> = ({ operation }, answer) => {
      const environment = answer.body as { last_deploy?: { status: string; set_id?: string } }
      if (operation === 'GET env' && environment.last_deploy?.status === 'pending')
        delete environment.last_deploy.set_id
    }
    const world = createWorld({ workflow: { attempt: 2 }, inputs: { delta_id: '', set_id: 's1' }, onAnswer: hideSet })
    const plan = { pendingMs: 60_000 }
    const id = world.orchestrator.startElsewhere(place, { comment: `x · ${world.formatOwnMark()}`, deltaId: '', plan })
    expect(await world.run()).toBe('succeeded')
    expect(world.outputs['deployment_id']).toBe(id)
    expect(world.count('POST deploys')).toBe(0)
  })
})

describe('a start of a Set that got lost, while somebody deploys by hand', () => {
  const addSet = (world: World, env: string, tag: string): string => {
    world.orchestrator.addEnvironment(env, {
      set: { modules: { web: { spec: { containers: { main: { image: `web:${tag}` } } } } } },
    })
    return world.orchestrator.inspectDeployments(env)[0]?.setId ?? ''
  }

  const runBeside = async (by: 'the same' | 'another') => {
    const world = createWorld()
    const ours = addSet(world, 'acme/shop/staging', '1')
    const other = addSet(world, 'acme/shop/qa', '2')
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 'never' } })
    const byHand = { setId: by === 'another' ? other : ours, plan: { durationMs: 500 } }
    const started = world.clock.sleep(1_000).then(() => world.orchestrator.startElsewhere(place, byHand))
    const outcome = await world.run({ delta_id: '', set_id: ours })
    expect(await started).toBeDefined()
    return { outcome, starts: world.count('POST deploys') }
  }

  it('another Set is sent again', async () => {
    expect(await runBeside('another')).toEqual({ outcome: 'succeeded', starts: 2 })
  })

  it('the same Set is not sent again: it may be ours', async () => {
    expect(await runBeside('the same')).toEqual({ outcome: 'unknown', starts: 1 })
  })
})

describe('an old deployment in the list, with a word that nobody knows', () => {
  const spoilOldest: NonNullable<WorldOptions['onAnswer']> = ({ operation }, answer) => {
    if (operation === 'GET deploys' && Array.isArray(answer.body)) Object.assign(answer.body.at(-1), { status: 'odd' })
  }

  it('stands in nobody’s way: a lost start is sent again', async () => {
    const world = createWorld({ onAnswer: spoilOldest })
    world.orchestrator.seedHistory(place, [{ agoSeconds: 600, durationSeconds: 60, status: 'succeeded' }])
    world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'cut', effectAfterMs: 'never' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('POST deploys')).toBe(2)
  })
})

describe('a 409', () => {
  const startUnseen = (world: World, listedAfterMs: number) =>
    world.orchestrator.startElsewhere(place, {
      comment: 'Hotfix',
      plan: { shownAfterMs: 3_600_000, listedAfterMs, durationMs: 600_000 },
    })

  it('ends as an error, also when the list can’t be read', async () => {
    const world = createWorld()
    startUnseen(world, 0)
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: badGateway() })
    expect(await world.run()).toBe('error')
    expect(world.clock.now() - nowMs).toBeLessThan(60_000)
    expect(world.annotations[0]?.message).toContain('409')
  })

  it('names whom the list shows a little later', async () => {
    const world = createWorld()
    const id = startUnseen(world, 4_000)
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain(id)
    expect(world.annotations[0]?.message).toContain('Hotfix')
  })
})

it('a token in the comment is not sent to Humanitec', async () => {
  const world = createWorld({ inputs: { comment: `deploy with ${usualToken}` } })
  expect(await world.run()).toBe('succeeded')
  const sent = world.orchestrator.record.filter(({ operation }) => operation === 'POST deploys')
  expect(sent).toHaveLength(1)
  expect(JSON.stringify(sent[0]?.request.body)).not.toContain(usualToken)
  expect(JSON.stringify(sent[0]?.request.body)).toContain(usualWorkflow.runUrl)
})

describe('what can’t be found is told by its input', () => {
  it('the environment of from_env', async () => {
    const world = createWorld({ inputs: { delta_id: '', from_env: 'nope' } })
    expect(await world.run()).toBe('error')
    expect(world.annotations[0]?.message).toContain('Check from_env')
  })

  it('the API’s address, when start and list are redirected', async () => {
    const world = createWorld()
    const redirect = { kind: 'answer', status: 302, headers: { location: 'https://elsewhere.test/' } } as const
    world.orchestrator.addFault({ on: 'POST deploys', do: redirect })
    world.orchestrator.addFault({ on: 'GET deploys', times: Infinity, do: redirect })
    expect(await world.run()).toBe('unknown')
    expect(world.annotations[0]?.message).toContain('api_url')
  })
})

describe('a rebase that had to be sent again, and somebody who comes in between', () => {
  const createDisturbed = (disturb: (world: World, newer: string) => void) => {
    const world = createWorld()
    const entry = { agoSeconds: 3_600, durationSeconds: 60, status: 'succeeded' } as const
    const [newer = ''] = world.orchestrator.seedHistory(place, [entry])
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', do: { kind: 'cut', effectAfterMs: 'never' } })
    const disturbed = world.clock.sleep(6_000).then(() => disturb(world, newer))
    return { world, older, disturbed }
  }

  it('with a base: ours is set again', async () => {
    const { world, older, disturbed } = createDisturbed((it, newer) => it.orchestrator.rebaseElsewhere(place, newer))
    expect(await world.run({ from_deploy_id: older })).toBe('succeeded')
    await disturbed
    expect(world.outputs['from_id']).toBe(older)
    expect(world.count('PUT from_deploy_id')).toBe(3)
  })

  it('with a deployment: that is a conflict', async () => {
    const { world, older, disturbed } = createDisturbed((it) =>
      it.orchestrator.startElsewhere(place, { comment: 'Hotfix', plan: { durationMs: 60_000 } }),
    )
    expect(await world.run({ from_deploy_id: older })).toBe('error')
    await disturbed
    expect(world.annotations[0]?.message).toContain('Hotfix')
    expect(world.count('POST deploys')).toBe(0)
  })

  it('with the deadline: the base that may still come is named', async () => {
    const world = createWorld({ inputs: { timeout: '6s' } })
    const entry = { agoSeconds: 3_600, durationSeconds: 60, status: 'succeeded' } as const
    world.orchestrator.seedHistory(place, [entry])
    const older = world.orchestrator.inspectDeployments(place).at(-1)?.id ?? ''
    world.orchestrator.addFault({ on: 'PUT from_deploy_id', do: { kind: 'cut', effectAfterMs: 8_000 } })
    expect(await world.run({ from_deploy_id: older })).toBe('timed_out')
    expect(world.annotations[0]?.message).toContain('base was left')
  })
})

describe('a third 429', () => {
  const refused: FaultAction = { kind: 'answer', status: 429, headers: { 'retry-after': '1' }, body: {} }

  it('that was carried out is followed', async () => {
    const world = createWorld()
    world.orchestrator.addFault({ on: 'POST deploys', times: 2, do: refused })
    world.orchestrator.addFault({ on: 'POST deploys', do: throttledYetCarriedOut })
    expect(await world.run()).toBe('succeeded')
    expect(listOurs(world)).toMatchObject([{ id: world.outputs['deployment_id'] }])
  })
})

it.each(['2s', '5s', '8s'])('a 409 by somebody unseen is an error, not a timeout of %s', async (timeout) => {
  const world = createWorld({ inputs: { timeout } })
  world.orchestrator.startElsewhere(place, { plan: { shownAfterMs: 3_600_000, listedAfterMs: 3_600_000 } })
  expect(await world.run()).toBe('error')
  expect(world.annotations[0]?.message).toContain('409')
})

it('a 409 by somebody unseen, after a 429, is a conflict', async () => {
  const world = createWorld()
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'answer', status: 429, body: {} } })
  world.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'answer', status: 409 } })
  expect(await world.run()).toBe('error')
  expect(world.annotations[0]?.message).toContain('another deployment is active')
})
