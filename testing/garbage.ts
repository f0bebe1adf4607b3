import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Collects whatever nothing holds, also what only the collection of something else, or its finalizer, sets free. */
export const collectGarbage = async (): Promise<void> => {
  for (let round = 0; round < 5; round++) {
    collect()
    await new Promise(setImmediate)
  }
}
