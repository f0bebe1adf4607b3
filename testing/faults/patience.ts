import type { RequestRecord } from '../simulator/exchange.ts'
import { isForGood } from './declared.ts'
import type { FaultCase } from './fault-case.ts'
import type { ScenarioRun } from './scenario-run.ts'

/** No failure is answered by a burst of requests, however short the drawn delay. */
const shortestPauseMs = 200
/** What Humanitec wishes for by `Retry-After`, in milliseconds, by the names of the faults; kept up to a minute. */
const wishedMs: Readonly<Record<string, number>> = { '429, 2 s': 2_000, '429, 1e9 s': 60_000 }
/** What may be taken for an answer all the same. */
const usable: readonly string[] = ['404', '2xx, unknown status', '2xx, 51 MiB']
/** What is read beside the deployment: a refusal there holds up nothing but itself. */
const beside = /^GET (?:resources|runtime|logs|diff|set)$/
/** What GitHub refuses is not repeated: what follows is the report at the end, which may come soon. */
const refusedAtGitHub = /^4(?!08|29)\d\d/
/** Two clocks, and whole milliseconds. */
const toleranceMs = 10

/** What was hit is repeated after a pause; where the server wishes for one, no main request is sent before its end. */
export const judgePatience = (
  { simulator: { orchestrator, github } }: ScenarioRun,
  faultCase: FaultCase,
): readonly string[] => {
  const { fault } = faultCase
  if (usable.includes(fault)) return []
  // The last look at the deadline, and GitHub's first try at the end, wait for nothing.
  const exceptions = isForGood(faultCase) ? 1 : 0
  const atGitHub = refusedAtGitHub.test(fault) ? [] : findHaste(github.record)
  const hasty = [findHaste(orchestrator.record, wishedMs[fault]), atGitHub]
  return hasty.flatMap((some) => (some.length > exceptions ? some : []))
}

const findHaste = (record: readonly RequestRecord[], wishMs?: number): readonly string[] =>
  record.flatMap((hit, index) => {
    const follow = record.slice(index + 1).filter((one) => isSame(hit, one) || !beside.test(hit.operation))
    const [next, ...later] = follow
    const isRepeated = next !== undefined && hit.fault && [next, ...later].some((one) => isSame(hit, one))
    if (!isRepeated) return []
    const leastMs = wishMs ?? (isSame(hit, next) ? shortestPauseMs : 0)
    const pauseMs = next.atMs - hit.atMs
    return pauseMs < leastMs - toleranceMs
      ? [`${next.operation} came ${pauseMs} ms after ${hit.operation} had failed`]
      : []
  })

const isSame = ({ request: one }: RequestRecord, { request: other }: RequestRecord): boolean =>
  one.method === other.method && one.path === other.path && JSON.stringify(one.body) === JSON.stringify(other.body)
