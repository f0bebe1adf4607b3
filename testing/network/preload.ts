import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

// Runs in the action's process before it: notes the files that it loads, and makes it believe in another Node or a faster clock.
const { LOADED_FILES, CLAIMED_NODE, TIMER_SPEED } = process.env

if (LOADED_FILES) {
  registerHooks({
    load: (url, context, nextLoad) => {
      appendFileSync(LOADED_FILES, `${url}\n`)
      return nextLoad(url, context)
    },
  })
}

if (CLAIMED_NODE) Object.defineProperty(process, 'versions', { value: { ...process.versions, node: CLAIMED_NODE } })

if (TIMER_SPEED) {
  const setRealTimeout = globalThis.setTimeout
  const setFastTimeout = (callback: () => void, ms = 0) => setRealTimeout(callback, ms / Number(TIMER_SPEED))
  globalThis.setTimeout = Object.assign(setFastTimeout, setRealTimeout)
}
