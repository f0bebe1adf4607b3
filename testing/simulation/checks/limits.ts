import { isStart } from '../start-result.ts'
import { type Attempt, isBeside, type Sending, type Trace } from '../trace.ts'

/** How much is asked, how often, and until when. */
export const checkLimits = ({ scenario, attempts }: Trace): string[] => {
  const fixed = scenario.inputs.poll_interval
  return attempts.flatMap((attempt) => [
    ...checkOneAtATime(attempt),
    ...(fixed === undefined ? checkRate(attempt) : []),
    ...checkSilence(attempt, fixed),
    ...checkEnd(attempt),
    ...checkAfterDeadline(attempt),
    ...checkAfterSignal(attempt),
  ])
}

const checkOneAtATime = ({ sendings, number }: Attempt): string[] =>
  sendings.some(({ besides }) => besides > 0) ? [`attempt ${number} had two requests on their way at once`] : []

const mostAnHour = 320
/** While it waits; what is read once after the end comes on top. */
const mostBesideAnHour = 80 + 20
const hourMs = 3_600_000

const isOwn = (sending: Sending): boolean => !isBeside(sending)

/** The most requests within any hour; those read beside the deployment are counted apart. */
export const countBusiestHour = (attempt: Attempt, isCounted = isOwn): number => {
  const sendings = attempt.sendings.filter(isCounted)
  let first = 0
  let most = 0
  sendings.forEach(({ atMs }, index) => {
    while (atMs - (sendings[first] as Sending).atMs >= hourMs) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}

const checkRate = (attempt: Attempt): string[] => {
  if (attempt.sendings.length <= mostBesideAnHour) return []
  const count = countBusiestHour(attempt)
  const beside = countBusiestHour(attempt, isBeside)
  return [
    ...(count > mostAnHour ? [`attempt ${attempt.number} sent ${count} requests within an hour`] : []),
    ...(beside > mostBesideAnHour ? [`attempt ${attempt.number} read ${beside} times beside within an hour`] : []),
  ]
}

const durationsMs: Readonly<Record<string, number>> = { '2m': 120_000, '1h': hourMs }
/** The longest pause, behind a request that could not connect for ten seconds. */
const longestGapMs = 131_000
/** Of one who has asked a great deal already, or whom a rate limit has slowed down. */
const slowedGapMs = 480_000
const refusalsThatSlowDown = 4

/** A wish of the server, however absurd, doesn't make it sleep for long. */
const checkSilence = (
  { sendings, startedMs, endedMs, crashedMs, deadlineMs, number }: Attempt,
  fixed = '',
): string[] => {
  const refusals = sendings.filter(({ record }) => record?.status === 429).length
  const isSlow = sendings.length > 230 || refusals >= refusalsThatSlowDown
  const usualMs = isSlow ? slowedGapMs : longestGapMs
  const allowedMs = Math.max(usualMs, durationsMs[fixed] ?? 0)
  const overMs = Math.min(endedMs ?? crashedMs ?? deadlineMs, deadlineMs)
  let sinceMs = startedMs
  for (const { atMs, seenAtMs } of [...sendings, { atMs: overMs, seenAtMs: overMs }]) {
    if (atMs - sinceMs > allowedMs)
      return [`attempt ${number} sent no request for ${Math.round((atMs - sinceMs) / 1000)} s`]
    sinceMs = seenAtMs ?? atMs
  }
  return []
}

const checkEnd = ({ number, deadlineMs, signalMs, endedMs, crashedMs, sendings }: Attempt): string[] => {
  if (endedMs === undefined) return crashedMs === undefined ? [`attempt ${number} never ended`] : []
  const lateMs = endedMs - deadlineMs
  if (lateMs > 15_000) return [`attempt ${number} ended ${Math.round(lateMs / 1000)} s after its deadline`]
  if (signalMs === undefined) return []
  const startWasInFlight = sendings.some(
    (sending) =>
      isStart(sending) && sending.atMs <= signalMs && (sending.seenAtMs ?? Number.POSITIVE_INFINITY) >= signalMs,
  )
  return endedMs - signalMs > (startWasInFlight ? 5_000 : 1_000)
    ? [`attempt ${number} ended ${endedMs - signalMs} ms after the signal`]
    : []
}

/** One last look, the errors of what failed, and the base's putting back. */
const allowedLate: Readonly<Record<string, number>> = {
  // Once more where a run may have made none.
  'GET deploy': 2,
  'GET errors': 1,
  'GET env': 1,
  'PUT from_deploy_id': 1,
  // What stands in the place of the deployment: its run, and with wait_for: healthy the workloads.
  'GET run': 2,
  'GET jobs': 2,
  'GET job': 8,
  'GET approvals': 2,
  'GET deploys': 1,
  'GET runtime': 1,
}

const checkAfterDeadline = ({ number, sendings, deadlineMs }: Attempt): string[] => {
  const late = sendings.filter(({ atMs }) => atMs >= deadlineMs)
  // A look at the workloads begins with the Set, where that is still to be read.
  const mostSets = late.some(({ operation }) => operation === 'GET runtime') ? 1 : 0
  const allowed: Readonly<Record<string, number>> = { ...allowedLate, 'GET set': mostSets }
  const operations = [...new Set(late.map(({ operation }) => operation))]
  return operations
    .filter((operation) => late.filter((sending) => sending.operation === operation).length > (allowed[operation] ?? 0))
    .map((operation) => `attempt ${number} sent ${operation} after its deadline`)
}

const checkAfterSignal = ({ number, sendings, signalMs = Number.POSITIVE_INFINITY }: Attempt): string[] => {
  const late = sendings.find(({ atMs }) => atMs > signalMs)
  return late ? [`attempt ${number} sent ${late.operation} after the signal`] : []
}
