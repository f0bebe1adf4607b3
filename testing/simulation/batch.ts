import { checkTrace } from './check.ts'
import { createScenario } from './scenario.ts'
import { simulate } from './simulate.ts'
import { createTally, type Tally, tallyTrace } from './tally.ts'

export type Failure = { readonly seed: number; readonly broken: readonly string[] }

export type BatchResult = { readonly tally: Tally; readonly failures: readonly Failure[] }

/** Simulates seeds one after another. A simulation that breaks down is a failure like any other. */
export const runBatch = async (firstSeed: number, count: number): Promise<BatchResult> => {
  // Failures are thrown by the thousand, and nobody looks at their stacks.
  Error.stackTraceLimit = 0
  const tally = createTally()
  const failures: Failure[] = []
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const broken = await runSeed(seed, tally)
    if (broken.length > 0) failures.push({ seed, broken })
  }
  return { tally, failures }
}

const runSeed = async (seed: number, tally: Tally): Promise<readonly string[]> => {
  try {
    const trace = await simulate(createScenario(seed))
    tallyTrace(tally, trace)
    return checkTrace(trace)
  } catch (error) {
    return [`the simulation broke down: ${error}`]
  }
}
