// Loaded by Node before the action's bundle, which is left as it is: time runs faster in this process, so that minutes
// pass in seconds and every figure is that of the real thing. Limits of single requests keep to the real time.
import { parseClock, toShownMs } from './time.ts'

const clock = parseClock(new URL(import.meta.url).search)
const now = performance.now.bind(performance)
const wallNow = Date.now
const wait = globalThis.setTimeout

Object.defineProperty(performance, 'timeOrigin', { value: toShownMs(clock, performance.timeOrigin) })
performance.now = () => now() * clock.speed
Date.now = () => toShownMs(clock, wallNow())
globalThis.setTimeout = Object.assign(
  (callback: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) =>
    wait(callback, ms / clock.speed, ...values),
  wait,
)
