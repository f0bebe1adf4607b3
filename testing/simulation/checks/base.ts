import type { AcceptedStart, Oracle } from '../oracle.ts'
import { sourcePlace } from '../place.ts'
import type { Attempt, Sending, Trace } from '../trace.ts'
import { isListOfDeployments, isRecord } from './json.ts'

/** One change of the environment's base. */
type Change = {
  readonly kind: 'start' | 'rebase'
  readonly atMs: number
  readonly id: string
  readonly by: Attempt | undefined
  readonly sending?: Sending
}

/** The base that we change is ours to put back, and ours to start from; under somebody's deployment it is left alone. */
export const checkBase = (trace: Trace, oracle: Oracle): string[] => {
  if (!trace.attempts.some(({ sendings }) => sendings.some(isRebase))) return []
  const changes = listChanges(trace, oracle)
  return [
    ...trace.attempts.flatMap((attempt, index) => checkLeft(attempt, trace.attempts[index + 1], trace, changes)),
    ...oracle.starts.flatMap((start) => checkStartedFrom(trace, start, changes, oracle)),
    ...trace.attempts.flatMap(checkNotUnderDeployment),
  ]
}

const isRebase = ({ operation }: Sending): boolean => operation === 'PUT from_deploy_id'

const listChanges = ({ attempts, acts }: Trace, { starts }: Oracle): readonly Change[] =>
  [
    ...acts.map(({ kind, atMs, id }): Change => ({ kind, atMs, id, by: undefined })),
    ...starts.map(({ createdMs, id, attempt }): Change => ({ kind: 'start', atMs: createdMs, id, by: attempt })),
    ...attempts.flatMap((attempt) =>
      [...attempt.sendings, ...(attempt.post?.sendings ?? [])]
        .filter((sending) => isRebase(sending) && sending.record?.effectAtMs !== undefined && !isRefused(sending))
        .map(
          (sending): Change => ({
            kind: 'rebase',
            atMs: sending.record?.effectAtMs ?? 0,
            id: String(sending.call.json),
            by: attempt,
            sending,
          }),
        ),
    ),
  ].sort((one, other) => one.atMs - other.atMs)

const isRefused = ({ record }: Sending): boolean => record?.fault === undefined && (record?.status ?? 0) >= 400

/**
 * At every end, the base that an attempt has set is accounted for: a start has taken it, it is put back, or it is named. What a
 * killed process leaves is its post step's; without a post step, nobody's. A rebase by hand between our look and our change
 * can't be seen.
 */
const checkLeft = (
  attempt: Attempt,
  next: Attempt | undefined,
  { firstBaseId, scenario: { worlds } }: Trace,
  all: readonly Change[],
): string[] => {
  const changes = all.filter(({ atMs }) => atMs < (next?.startedMs ?? Number.POSITIVE_INFINITY))
  const last = changes.at(-1)
  const isOpen = attempt.crashedMs !== undefined || attempt.state.includes('"rebase"')
  if (last?.by !== attempt || !last.sending || (isOpen && !attempt.post)) return []
  const [before, earlier] = changes.filter((change) => change.by !== attempt || !change.sending).reverse()
  const previousIds = [before?.id ?? firstBaseId, ...(before?.kind === 'rebase' ? [earlier?.id ?? firstBaseId] : [])]
  const seenAfterMs = worlds.lag?.environmentMs ?? 0
  if (previousIds.includes(last.id) || isRaced(attempt, last, before, seenAfterMs)) return []
  // Whose start came right before our change, and whether that is shown already: one look can't tell all of it.
  if (worlds.lag?.baseMs !== undefined && before?.kind === 'start') return []
  // After a kill nobody knows whether the run has come to its deployment; what isn't waited for is the run's to take.
  if (worlds.pipeline && (attempt.crashedMs !== undefined || ['started', 'cancelled'].includes(attempt.outcome ?? '')))
    return []
  // Ended within the request, and then the environment is shown as it was before for longer than anybody waits.
  const isCut = attempt.crashedMs !== undefined || attempt.signalMs !== undefined
  if (worlds.lag?.baseMs !== undefined && isCut) return []
  if (isSetByOthersToo(attempt, changes)) return []
  const isNamed = [attempt, attempt.post].some((process) => process && isBaseNamed(process, last.id))
  return isNamed ? [] : [`attempt ${attempt.number} left the base at ${last.id} without a message (${attempt.outcome})`]
}

/** Somebody chose the very base that we had set, after us: theirs can't be told from ours. */
const isSetByOthersToo = (attempt: Attempt, changes: readonly Change[]): boolean => {
  const ours = changes.find((change) => change.by === attempt && change.sending)
  return changes.some(
    ({ by, kind, id, atMs }) => by !== attempt && kind === 'rebase' && id === ours?.id && atMs > ours.atMs,
  )
}

/** Who was seen deploying builds on the base that is there: it isn't changed before they were seen to have ended. */
const checkNotUnderDeployment = ({ sendings, post, number }: Attempt): string[] =>
  [sendings, post?.sendings ?? []].flatMap((sent) =>
    sent.filter(isRebase).flatMap((rebase) => {
      const look = sent.findLast(
        (other) => other.seenAtMs !== undefined && other.seenAtMs <= rebase.atMs && isLook(other),
      )
      const active = look && findActive(look)
      return active && !isSeenEnded(sent, rebase, active)
        ? [`attempt ${number} set a base though it had just seen ${active} deploying`]
        : []
    }),
  )

/** An environment can be behind: the deployment itself, read by its id, is believed. */
const isSeenEnded = (sent: readonly Sending[], { atMs }: Sending, id: unknown): boolean =>
  sent.some(({ operation, seen, seenAtMs = Number.POSITIVE_INFINITY }) => {
    const body = seen?.kind === 'answer' ? seen.answer.body : undefined
    if (operation !== 'GET deploy' || seenAtMs > atMs || !isRecord(body) || body['id'] !== id) return false
    return body['status'] === 'succeeded' || body['status'] === 'failed'
  })

const isLook = ({ seen, operation }: Sending): boolean =>
  (operation === 'GET env' || operation === 'GET deploys') &&
  seen?.kind === 'answer' &&
  (isListOfDeployments(seen.answer.body) || isRecord(seen.answer.body))

/** The id of the deployment that a look shows to be active. */
const findActive = ({ seen }: Sending): unknown => {
  const body = seen?.kind === 'answer' ? seen.answer.body : undefined
  const newest = Array.isArray(body) ? body[0] : isRecord(body) ? body['last_deploy'] : undefined
  if (!isRecord(newest)) return undefined
  return newest['status'] === 'succeeded' || newest['status'] === 'failed' ? undefined : newest['id']
}

/** Somebody else's change, after our last look at the base and before our own. */
const isRaced = (attempt: Attempt, last: Change, before: Change | undefined, seenAfterMs: number): boolean => {
  const sendings = [...attempt.sendings, ...(attempt.post?.sendings ?? [])]
  const look = sendings.findLast(({ operation, atMs }) => operation === 'GET env' && atMs < (last.sending?.atMs ?? 0))
  const seenMs = (look?.record?.atMs ?? 0) - seenAfterMs
  return before !== undefined && before.atMs > seenMs && (seenAfterMs > 0 || isPuttingBack(attempt, last))
}

/** Any but the first: what is put back was seen as the base before. */
const isPuttingBack = ({ sendings }: Attempt, { id }: Change): boolean => sendings.find(isRebase)?.call.json !== id

const isBaseNamed = ({ annotations, summaries }: Attempt, id: string): boolean =>
  [...annotations.map(({ message }) => message), ...summaries].some(
    (text) => text.includes(id) && /base (?:was|may have been) left/.test(text),
  )

/** Between our last look at the base and the start, nobody can be kept from changing it; but it must not be green then. */
const checkStartedFrom = (
  { scenario, orchestrator }: Trace,
  { id, attempt, createdMs, baseId, sending }: AcceptedStart,
  changes: readonly Change[],
  { deployments, starts }: Oracle,
): string[] => {
  const target = attempt.sendings.findLast((other) => isRebase(other) && other.atMs < (sending?.atMs ?? 0))?.call.json
  // What a pipeline makes is shown with its base, not judged: it may take another one on purpose.
  if (!sending || target === undefined || scenario.worlds.pipeline) return []
  // A gateway's repetition, of a start that was over at once.
  if (starts.some((start) => start.id !== id && start.createdMs === createdMs)) return []
  const look = attempt.sendings.findLast(
    (other) => other.atMs < sending.atMs && (other.operation === 'GET env' || isRebase(other)),
  )
  const shownMs = Math.max(scenario.worlds.lag?.baseMs ?? 0, scenario.worlds.lag?.environmentMs ?? 0)
  const lookMs = (look?.record?.atMs ?? look?.atMs ?? 0) - shownMs
  const isDisturbed = changes.some(
    (change) => lookMs < change.atMs && change.atMs <= createdMs && change.by !== attempt,
  )
  if (baseId === target) return []
  if (!isDisturbed) return [`${id} was started from ${baseId} instead of ${target}`]
  // On a re-run, ours that a gateway has repeated looks like an earlier attempt's, whose base is shown, not judged.
  const isAttached = attempt.number > 1 && sending.record?.fault === 'repeat'
  const isGreen = attempt.outcome === 'succeeded' && attempt.outputs.get('deployment_id') === id && !isAttached
  const known = [...deployments, ...orchestrator.inspectDeployments(sourcePlace)]
  const [setId, targetSetId] = [baseId, target].map((base) => known.find((one) => one.id === base)?.setId)
  // The state of both is one.
  const isSameState = setId !== undefined && setId === targetSetId
  return isGreen && !isSameState ? [`${id} is green, made on ${baseId} instead of ${target}`] : []
}
