import { checkTrace } from './check.ts'
import { checkPreviews } from './previews/check-previews.ts'
import { createPreviewScenario } from './previews/preview-scenario.ts'
import { formatPreviewTrace } from './previews/preview-text.ts'
import { simulatePreviews } from './previews/simulate-previews.ts'
import { createScenario } from './scenario.ts'
import { simulate } from './simulate.ts'
import { createTally, type Tally, tallyPreviews, tallyTrace } from './tally.ts'
import { formatTrace } from './trace-text.ts'

export type Failure = { readonly seed: number; readonly broken: readonly string[] }

export type BatchResult = { readonly tally: Tally; readonly failures: readonly Failure[] }

export type Batch = {
  readonly firstSeed: number
  readonly count: number
  /** All other seeds are left out. */
  readonly isOfPreviewsOnly?: boolean
  /** One seed of so many is of whole lives of previews, which take as long as sixty of the others. */
  readonly previewsEvery?: number | undefined
}

/** Simulates seeds one after another. A simulation that breaks down is a failure like any other. */
export const runBatch = async (batch: Batch): Promise<BatchResult> => {
  const { firstSeed, count, isOfPreviewsOnly = false, previewsEvery } = batch
  // Failures are thrown by the thousand, and nobody looks at their stacks.
  Error.stackTraceLimit = 0
  const tally = createTally()
  const failures: Failure[] = []
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const isPreviews = isOfPreviews(seed, previewsEvery)
    if (isOfPreviewsOnly && !isPreviews) continue
    const broken = await runSeed(seed, tally, isPreviews)
    if (broken.length > 0) failures.push({ seed, broken })
  }
  return { tally, failures }
}

const runSeed = async (seed: number, tally: Tally, isPreviews: boolean): Promise<readonly string[]> => {
  try {
    if (isPreviews) {
      const trace = await simulatePreviews(createPreviewScenario(seed))
      tallyPreviews(tally, trace)
      return checkPreviews(trace)
    }
    const trace = await simulate(createScenario(seed))
    tallyTrace(tally, trace)
    return checkTrace(trace)
  } catch (error) {
    return [`the simulation broke down: ${error}`]
  }
}

const isOfPreviews = (seed: number, previewsEvery = 20): boolean => seed % previewsEvery === 0

/** One seed, told in the order of time, and what it breaks. */
export const tellSeed = async (
  seed: number,
  previewsEvery?: number,
): Promise<{ readonly text: string; readonly broken: readonly string[] }> => {
  if (isOfPreviews(seed, previewsEvery)) {
    const trace = await simulatePreviews(createPreviewScenario(seed))
    return { text: formatPreviewTrace(trace), broken: checkPreviews(trace) }
  }
  const trace = await simulate(createScenario(seed))
  return { text: formatTrace(trace), broken: checkTrace(trace) }
}
