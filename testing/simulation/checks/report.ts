import { outputNames } from '../../../src/core/report/outputs.ts'
import { determineStartResult, isStart } from '../start-result.ts'
import type { Attempt, Trace } from '../trace.ts'

const greenEnds: readonly (string | undefined)[] = ['succeeded', 'started', 'deleted', 'pruned', 'skipped', 'planned']

/** What is told at the end, and what a process that dies has told before. */
export const checkReport = ({ attempts }: Trace): string[] =>
  attempts.flatMap((attempt) => (attempt.outcome === undefined ? checkCrash(attempt) : checkTold(attempt)))

const checkTold = (attempt: Attempt): string[] => {
  const { number, outcome, outputs, summaries } = attempt
  const missing = outputNames.filter((name) => !outputs.has(name))
  return [
    ...missing.map((name) => `attempt ${number} ended without the output ${name}`),
    ...(outputs.get('outcome') === outcome
      ? []
      : [`the output outcome says ${outputs.get('outcome')} instead of ${outcome}`]),
    ...(summaries.length === 1 ? [] : [`attempt ${number} wrote ${summaries.length} summaries`]),
    ...checkAnnotations(attempt),
  ]
}

const checkAnnotations = (attempt: Attempt): string[] => {
  const count = attempt.annotations.filter(({ level }) => level === 'error').length
  const expected = countExpectedErrors(attempt)
  return count === expected
    ? []
    : [`attempt ${attempt.number} ended ${attempt.outcome} with ${count} errors shown instead of ${expected}`]
}

/** One for each end that is not green; after a signal none is. A failed deployment shows its own, too. */
const countExpectedErrors = ({ outcome, outputs, signalMs }: Attempt): number => {
  if (outcome === 'failed') return Math.min(9, Number(outputs.get('error_count') ?? 0)) + 1
  return greenEnds.includes(outcome) && signalMs === undefined ? 0 : 1
}

/** The id is written before anything else is awaited, and what is being sent before it is sent. */
const checkCrash = ({ number, sendings, ids, state }: Attempt): string[] =>
  sendings.filter(isStart).flatMap((sending) => {
    const startResult = determineStartResult(sending)
    if (startResult === 'open')
      return state.includes('"start"') ? [] : [`attempt ${number} died in a start that it had not written down`]
    const body = sending.seen?.kind === 'answer' ? sending.seen.answer.body : undefined
    const id = startResult === 'started' ? (body as { readonly id: string }).id : ''
    return ids.has(id) || startResult !== 'started' ? [] : [`attempt ${number} died with the id of ${id} unwritten`]
  })
