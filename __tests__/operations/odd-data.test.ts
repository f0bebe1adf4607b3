import { describe, expect, it } from '@jest/globals'
import { createWorld, nowMs, place } from '../../testing/virtual/world.ts'

describe('the errors of a failed deployment', () => {
  const runWithErrors = async (change: (errors: unknown[]) => unknown) => {
    const world = createWorld({
      onAnswer: ({ operation }, answer) => {
        if (operation === 'GET errors') Object.assign(answer, { body: change(answer.body as unknown[]) })
      },
    })
    world.orchestrator.planNext(place, { status: 'failed', durationMs: 20_000 })
    const outcome = await world.run()
    return { world, outcome, elapsedMs: world.clock.now() - nowMs }
  }
  const good = { scope: 'workload', object_id: 'web', code: 'RES-101', summary: 'No quota', message: 'Ask for more.' }

  it('count by those that fit', async () => {
    const { world, outcome } = await runWithErrors(() => [good, null])
    expect(outcome).toBe('failed')
    expect(world.outputs['error_count']).toBe('1')
    expect(world.annotations[0]?.message).toContain('Ask for more.')
  })

  it('are told with a message that is no text', async () => {
    const { world } = await runWithErrors(() => [{ ...good, message: { reason: 'quota' } }])
    expect(world.annotations[0]?.message).toContain('{"reason":"quota"}')
  })

  it('are none where the list is null, at once', async () => {
    const { world, elapsedMs } = await runWithErrors(() => null)
    expect(world.outputs).toMatchObject({ errors: '[]', error_count: '0' })
    expect(elapsedMs).toBeLessThan(40_000)
  })
})

describe('null for the list of active resources', () => {
  it('does not hold a green step', async () => {
    const world = createWorld({
      onAnswer: ({ operation }, answer) => {
        if (operation === 'GET resources') Object.assign(answer, { body: null })
      },
    })
    expect(await world.run()).toBe('succeeded')
    expect(world.count('GET resources')).toBe(1)
  })
})

describe('a status that nobody knows', () => {
  const runWith = async (cancelAfterMs?: number) => {
    const world = createWorld({
      inputs: { timeout: '5m' },
      onAnswer: ({ operation }, answer) => {
        if (operation === 'GET deploy') Object.assign(answer.body as object, { status: 'aborted' })
      },
    })
    const cancelled = cancelAfterMs === undefined ? undefined : world.clock.sleep(cancelAfterMs).then(world.cancel)
    const outcome = await world.run()
    await cancelled
    return { world, outcome }
  }

  it('is warned of once, and followed on', async () => {
    const { world, outcome } = await runWith()
    expect(outcome).toBe('timed_out')
    expect(world.count('GET deploy')).toBeGreaterThan(10)
    const warnings = world.annotations.filter(({ level }) => level === 'warning')
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('“aborted”')])
  })

  it.each([
    ['at the timeout', undefined],
    ['when cancelled', 60_000],
  ])('is not called still going on, %s', async (_, cancelAfterMs) => {
    const { world } = await runWith(cancelAfterMs)
    const message = world.annotations.at(-1)?.message ?? ''
    expect(message).toContain('“aborted”')
    expect(message).toContain('so it may still be running')
    expect(message).not.toMatch(/is still|goes on in Humanitec/)
  })

  it('does not wait where it ends well', async () => {
    const world = createWorld()
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations.filter(({ level }) => level === 'warning')).toEqual([])
  })
})
