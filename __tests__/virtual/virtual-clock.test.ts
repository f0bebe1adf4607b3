import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { createVirtualClock } from '../../testing/virtual/virtual-clock.ts'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')

/** Of the action itself, as paths from `src`; what its adapters load is not there in a virtual world. */
const listLoadedLate = (): readonly string[] => {
  const operations = readdirSync(join(import.meta.dirname, '../../src/operations')).map(
    (name) => `src/operations/${name}`,
  )
  return ['src/run.ts', 'src/world.ts', 'src/post-step.ts', ...operations].flatMap((path) =>
    [...read(path).matchAll(/\bimport\('(.+?)'\)/g)].map(([, late = '']) => join(dirname(path), late).slice(4)),
  )
}

it('the virtual clock has loaded what the action loads late, so that no time passes meanwhile', () => {
  const loaded = [...read('testing/virtual/virtual-clock.ts').matchAll(/^import '\.\.\/\.\.\/src\/(.*)'$/gm)]
  const late = [...new Set(listLoadedLate())].sort()
  expect(late.length).toBeGreaterThan(0)
  expect(loaded.map(([, name]) => name)).toEqual(late)
})

describe('the virtual clock gives up', () => {
  const patience = { standingTurns: 100, turns: 1_000, looks: 10_000 }

  it('a loop that sleeps for no time at all', async () => {
    const clock = createVirtualClock(0, patience)
    const loop = async (): Promise<never> => {
      for (;;) await clock.sleep(0)
    }
    await expect(clock.run(loop())).rejects.toThrow('no progress in 100 turns: the time stands still')
    expect(clock.now()).toBe(0)
  })

  it('a loop that sleeps for ever, a little each time', async () => {
    const clock = createVirtualClock(0, patience)
    const loop = async (): Promise<never> => {
      for (;;) await clock.sleep(7)
    }
    await expect(clock.run(loop())).rejects.toThrow('no progress in 1000 turns: the work goes on and on')
    expect(clock.now()).toBe(7_000)
  })

  it('a loop that looks at the clock and never sleeps', async () => {
    const clock = createVirtualClock(0, patience)
    const loop = async (): Promise<void> => {
      while (clock.now() < 1_000) await Promise.resolve()
    }
    await expect(clock.run(loop())).rejects.toThrow('no progress in 10000 looks at the clock within one turn')
  })

  it('a loop whose sleeps are all cut short', async () => {
    const clock = createVirtualClock(0, patience)
    const loop = async (): Promise<never> => {
      for (;;) await clock.sleep(1_000, AbortSignal.abort()).catch(() => undefined)
    }
    await expect(clock.run(loop())).rejects.toThrow('no progress in 10000 sleeps within one turn')
  })

  it('never a wait that ends, however long', async () => {
    const clock = createVirtualClock(0, patience)
    const sleeps = Array.from({ length: 100 }, (_, index) => clock.sleep(index * 3_600_000))
    await clock.run(Promise.all(sleeps))
    expect(clock.now()).toBe(99 * 3_600_000)
  })
})
