import { describe, expect, it } from '@jest/globals'
import { type FaultAction, tooManyRequests } from '../../testing/simulator/faults.ts'
import { hostileLines } from '../../testing/simulator/orchestrator/container-logs.ts'
import type { Behaviour } from '../../testing/simulator/orchestrator/containers.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import { createWorld, nowMs, place, type WorldOptions } from '../../testing/virtual/world.ts'

type World = ReturnType<typeof createWorld>

const crashing: Behaviour = { does: 'crash' }

/** A deployment whose `web` crashes; it takes 120 s. */
const createCrashing = (inputs: Inputs = {}, options: WorldOptions = {}): World => {
  const world = createWorld({ ...options, inputs })
  world.orchestrator.planWorkload(place, 'web', { containers: { main: crashing } })
  world.orchestrator.planAll(place, { durationMs: 120_000 })
  return world
}

/** Written shortly before the end of it. */
const planLines = ({ orchestrator }: World, lines: readonly string[], container = 'main'): void =>
  orchestrator.planLogs(place, {
    workload: 'web',
    container,
    lines: lines.map((payload, index) => ({ payload, atMs: nowMs + 60_000 + index })),
  })

const notReady = {
  scope: 'workload',
  object_id: 'modules.web',
  code: 'RUN-004',
  summary: 'Workload did not become ready',
  message: 'Workload web did not become ready within 45 s.',
}

describe('after a failure', () => {
  const fail = async (errors: readonly (typeof notReady)[], prepare?: (world: World) => void) => {
    const world = createCrashing()
    prepare?.(world)
    world.orchestrator.planNext(place, { durationMs: 120_000, status: 'failed', errors })
    return { world, outcome: await world.run() }
  }
  const container =
    '0 of 2 ready, CrashLoopBackOff in main, restarted 4 times: back-off 80s restarting failed container=main'

  it('what was seen while waiting is shown when the cluster can’t be seen any more', async () => {
    const { world } = await fail([notReady], ({ orchestrator }) =>
      orchestrator.addFault({ on: 'GET runtime', after: 2, times: 9, do: { kind: 'answer', status: 403, body: {} } }),
    )
    expect(world.outputs['health']).toBe('unhealthy')
    expect(world.annotations[0]?.message).toContain('0 of 2 ready, CrashLoopBackOff in main')
  })

  it('a failing container stands in the text of its workload’s error', async () => {
    const { world, outcome } = await fail([notReady, { ...notReady, code: 'RUN-005' }])
    expect([outcome, world.outputs['health']]).toEqual(['failed', 'unhealthy'])
    const [first, second, closing] = world.annotations
    expect(first?.message).toBe(
      `modules.web: Workload did not become ready (RUN-004): ${notReady.message}\n${container}`,
    )
    expect(second?.message).not.toContain('CrashLoopBackOff')
    expect(closing?.message).toContain('2 errors')
    expect(world.annotations).toHaveLength(3)
    expect(world.summaries.join()).toContain(
      '**web**: 0 of 2 ready · `CrashLoopBackOff` in `main`, restarted 4 times: back-off 80s restarting failed container=main',
    )
  })

  it('one of a workload without an error is a warning', async () => {
    const { world } = await fail([{ ...notReady, object_id: 'modules.worker' }])
    expect(world.annotations.map(({ level }) => level)).toEqual(['error', 'warning', 'error'])
    expect(world.annotations[1]).toEqual({
      level: 'warning',
      title: 'web is failing',
      message: `web is failing: ${container}`,
    })
  })
})

describe('after a success', () => {
  it('a failing workload is a warning, and the outcome stays', async () => {
    const world = createCrashing()
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations).toEqual([
      {
        level: 'warning',
        title: 'web is failing',
        message: expect.stringMatching(/^deployed, but web is failing: 0 of 2 ready, CrashLoopBackOff in main/),
      },
    ])
    expect(world.summaries.join()).toMatch(/^### ⚠️ shop was deployed to production in 2 min, but web is failing\n/)
  })
})

it('what fails at the timeout is told, too', async () => {
  const world = createCrashing({ timeout: '90s' })
  expect(await world.run()).toBe('timed_out')
  expect(world.outputs['health']).toBe('unhealthy')
  expect(world.annotations.map(({ level }) => level)).toEqual(['warning', 'error'])
})

describe('`log_lines`', () => {
  const group = (world: World): readonly string[] => {
    const start = world.log.findIndex((line) => line.startsWith('▸ '))
    return start < 0 ? [] : world.log.slice(start)
  }

  it('shows the last lines of each failing container, folded, in log and summary', async () => {
    const world = createCrashing({ log_lines: '2' })
    planLines(world, ['first', 'second', 'third'])
    await world.run()
    expect(group(world)).toEqual(['▸ web · main: the last 2 lines of its log', '    second', '    third'])
    expect(world.summaries.join()).toContain(
      '<details><summary>web · main: the last 2 lines of its log</summary>\n\n```text\nsecond\nthird\n```\n\n</details>',
    )
  })

  it('shows none by default, and none of what runs', async () => {
    const silent = createCrashing()
    planLines(silent, ['first'])
    await silent.run()
    expect(silent.count('GET logs')).toBe(0)
    const well = createWorld({ inputs: { log_lines: '5' } })
    well.orchestrator.planWorkload(place, 'web')
    await well.run()
    expect(well.count('GET logs')).toBe(0)
  })

  it('asks for five containers at most, once each', async () => {
    const world = createWorld({ inputs: { log_lines: '5', wait_for: 'healthy' } })
    const containers = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, crashing]))
    world.orchestrator.planWorkload(place, 'web', { containers })
    expect(await world.run()).toBe('unhealthy')
    expect(world.count('GET logs')).toBe(5)
  })

  it.each<[string, FaultAction, string]>([
    ['throttled', tooManyRequests(), 'was not read: Humanitec is rate-limiting this token (429).'],
    ['refused, its body empty', { kind: 'answer', status: 404, text: '' }, 'was not read: the answer was 404.'],
    ['cut', { kind: 'cut' }, 'could not be read.'],
    ['empty', { kind: 'answer', status: 200, body: [] }, 'is empty.'],
    ['null', { kind: 'answer', status: 200, text: 'null' }, 'is empty.'],
  ])('says so when the log is %s, and asks no second time', async (_, action, said) => {
    const world = createCrashing({ log_lines: '5' })
    world.orchestrator.addFault({ on: 'GET logs', times: Number.POSITIVE_INFINITY, do: action })
    expect(await world.run()).toBe('succeeded')
    expect(world.log).toContain(`web · main: its log ${said}`)
    expect(world.summaries.join()).toContain(`web · main: its log ${said}`)
    expect(world.count('GET logs')).toBe(1)
  })

  it('shows no secret, starts no command and no Markdown, and never in the comment', async () => {
    const world = createCrashing(
      { log_lines: '200', pr_comment: 'true' },
      {
        secrets: ['hunter2'],
        workflow: { eventName: 'pull_request', pullRequest: { number: 12, title: 'Baskets', isFromFork: false } },
      },
    )
    world.github.addPull('acme/shop', { number: 12, sha: 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4' })
    planLines(world, [...hostileLines, `token ${usualToken}`, 'harmless'])
    await world.run()
    const told = [...world.log, ...world.summaries].join('\n')
    expect(told).toContain('harmless')
    expect(told).not.toMatch(new RegExp(`hunter2|${usualToken}`))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey
    expect(told).not.toMatch(/[\u0000\u001B\u202E]/)
    expect(world.log.filter((line) => /^\s*::|##\[/.test(line))).toEqual([])
    const [, fold = ''] =
      /<details><summary>web · main[\s\S]*?\n\n(`+text\n[\s\S]*?)\n\n<\/details>\n/.exec(world.summaries.join()) ?? []
    expect(fold.split('\n')[0]).toBe('```````text')
    const comments = world.github.record.map(({ request }) => JSON.stringify(request.body ?? '')).join()
    expect(comments).toContain('CrashLoopBackOff')
    expect(comments).not.toContain('harmless')
  })
})
