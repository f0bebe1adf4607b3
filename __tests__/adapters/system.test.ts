import { describe, expect, it } from '@jest/globals'
import { clock } from '../../src/adapters/system.ts'

describe('the real clock', () => {
  it('tells the time of day, and never goes back', () => {
    const times = Array.from({ length: 1_000 }, () => clock.now())
    expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(60_000)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
  })

  it('sleeps as long as it is told to, no less', async () => {
    const beganMs = clock.now()
    await clock.sleep(20)
    expect(clock.now() - beganMs).toBeGreaterThanOrEqual(19)
  })

  it('wakes up from no sleep at all', async () => {
    await expect(clock.sleep(0)).resolves.toBeUndefined()
  })

  it('is woken by a signal, with its reason, and leaves no timer behind', async () => {
    const cancel = new AbortController()
    const reason = new Error('cancelled')
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const woken = expect(clock.sleep(3_600_000, cancel.signal)).rejects.toBe(reason)
    expect(timers()).toBe(before + 1)
    cancel.abort(reason)
    await woken
    expect(timers()).toBe(before)
  })

  it('doesn’t fall asleep when the signal has come', async () => {
    const reason = new Error('cancelled')
    await expect(clock.sleep(3_600_000, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('doesn’t mind a signal that comes after its sleep', async () => {
    const cancel = new AbortController()
    await expect(clock.sleep(1, cancel.signal)).resolves.toBeUndefined()
    cancel.abort(new Error('late'))
  })

  it('sleeps longer than a timer holds without waking at once', async () => {
    const cancel = new AbortController()
    const sleep = clock.sleep(2 ** 40, cancel.signal).then(
      () => 'slept',
      () => 'woken',
    )
    await clock.sleep(5)
    cancel.abort(new Error('enough'))
    expect(await sleep).toBe('woken')
  })
})
