import { canary } from '../../simulator/orchestrator/usual-contents.ts'
import { isStart } from '../start-result.ts'
import type { Attempt, Trace } from '../trace.ts'

const home = 'acme/shop'

/** What may never be told; what a plan may do; and that what is put away is no longer needed. */
export const checkContents = (trace: Trace): string[] => [
  ...trace.attempts.flatMap(checkNoContents),
  ...trace.attempts.flatMap((attempt) => (attempt.post ? checkNoContents(attempt.post) : [])),
  ...(trace.scenario.inputs.dry_run ? checkPlan(trace) : []),
  ...(trace.scenario.inputs.images ? checkDeltas(trace) : []),
]

/** Every value of every Set, every parameter, argument and file begins with the canary. */
const checkNoContents = ({ number, log, annotations, summaries, outputs, state }: Attempt): string[] => {
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['the log', log.map(({ text }) => text)],
    ['an annotation', annotations.flatMap(({ message, title = '' }) => [message, title])],
    ['the summary', summaries],
    ['an output', [...outputs.values()]],
    ['the state', [state]],
  ]
  return places
    .filter(([, texts]) => texts.some((text) => text.includes(canary)))
    .map(([name]) => `attempt ${number} tells contents of a Set in ${name}`)
}

const changing = /^(?:POST (?:deploys|envs|delta)|PUT |DELETE )/

/** A plan makes a Set that nobody sees, and nothing else. */
const checkPlan = ({ attempts }: Trace): string[] =>
  attempts.flatMap(({ number, sendings, post }) =>
    [...sendings, ...(post?.sendings ?? [])]
      .filter(({ operation }) => changing.test(operation))
      .map(({ operation }) => `attempt ${number} sent ${operation} for a plan`),
  )

/** A Delta that was made is archived once nobody needs it: no start is refused for it, and the drafts hold none of good ends. */
const checkDeltas = ({ attempts, orchestrator, scenario }: Trace): string[] => {
  const refused = attempts.flatMap(({ sendings, number }) =>
    sendings
      .filter(
        (sending) =>
          isStart(sending) &&
          sending.seen?.kind === 'answer' &&
          JSON.stringify(sending.seen.answer.body ?? '').includes('is archived'),
      )
      .map(() => `attempt ${number} has archived a Delta that its start still needed`),
  )
  const isCalm = scenario.conditions.rate === 0 && scenario.conditions.outages.length === 0
  const deltas = new Map(orchestrator.inspectDeltas(home).map((delta) => [delta.id, delta]))
  const left = attempts.filter(({ outcome, outputs, endedMs = 0, deadlineMs, signalMs }) => {
    const delta = deltas.get(outputs.get('delta_id') ?? '')
    const isInPeace = isCalm && endedMs < deadlineMs && signalMs === undefined
    return isInPeace && outcome === 'succeeded' && delta && !delta.isArchived
  })
  return [...refused, ...left.map(({ number }) => `attempt ${number} was green and left its Delta among the drafts`)]
}
