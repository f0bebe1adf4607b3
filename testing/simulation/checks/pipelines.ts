import type { InspectedRun } from '../../simulator/orchestrator/pipeline-script.ts'
import type { Oracle } from '../oracle.ts'
import { determineStartResult, isStart } from '../start-result.ts'
import type { Attempt, Sending, Trace } from '../trace.ts'
import { isRecord } from './json.ts'

const home = 'acme/shop'

/** A run that one of our requests has begun. */
type OwnRun = { readonly run: InspectedRun; readonly attempt: Attempt; readonly sending: Sending }

/** What is promised where a pipeline takes the starts, held against its runs as the orchestrator knows them. */
export const checkPipelines = (trace: Trace, oracle: Oracle): string[] => {
  const { attempts, scenario } = trace
  if (!scenario.worlds.pipeline) return []
  const own = listOwnRuns(trace)
  return [
    ...attempts.flatMap((attempt) => checkRunCount(attempt, own)),
    ...checkOneAfterAnother(own),
    ...own.flatMap((each) => checkRunNamed(each)),
    ...(scenario.kind === 'operation: wait' ? [] : attempts.flatMap((attempt) => checkNoStranger(attempt, own))),
    ...attempts.flatMap((attempt) => checkGreen(trace, attempt, oracle)),
    ...attempts.flatMap((attempt) => checkNotHeld(trace, attempt)),
  ]
}

const listOwnRuns = ({ attempts, orchestrator }: Trace): readonly OwnRun[] => {
  const runs = new Map(orchestrator.inspectRuns(home).map((run) => [run.askedId, run]))
  return attempts.flatMap((attempt) =>
    attempt.sendings.filter(isStart).flatMap((sending) => {
      const run = runs.get(sending.record?.acceptedId ?? '')
      return run ? [{ run, attempt, sending }] : []
    }),
  )
}

/** Also of runs that come to no deployment. */
const checkRunCount = (attempt: Attempt, own: readonly OwnRun[]): string[] => {
  const count = own.filter((each) => each.attempt === attempt).length
  return count > 1 ? [`attempt ${attempt.number} has begun ${count} runs`] : []
}

const checkOneAfterAnother = (own: readonly OwnRun[]): string[] =>
  own.flatMap(({ run, attempt }) =>
    own
      .filter((earlier) => earlier.attempt.number < attempt.number)
      .filter((earlier) => earlier.run.createdMs <= run.createdMs && run.createdMs < earlier.run.completedMs)
      .map((earlier) => `run ${run.id} was begun while an earlier attempt's ${earlier.run.id} went on`),
  )

const nameRun = ({ pipelineId, id }: InspectedRun): string => `${pipelineId}/${id}`

/** By itself or by its deployment, unless its fate is called unknown. */
const checkRunNamed = ({ run, attempt, sending }: OwnRun): string[] => {
  const { outcome, outputs, number } = attempt
  if (outcome === undefined || outcome === 'unknown' || determineStartResult(sending) === 'throttled') return []
  const isNamed = outputs.get('deployment_id') === run.askedId || outputs.get('pipeline_run') === nameRun(run)
  return isNamed ? [] : [`attempt ${number} ended ${outcome} without a word of run ${run.id}, which it had begun`]
}

const checkNoStranger = ({ outputs, number }: Attempt, own: readonly OwnRun[]): string[] => {
  const named = outputs.get('pipeline_run') ?? ''
  const isOwn = own.some(({ run, attempt }) => nameRun(run) === named && attempt.number <= number)
  return named === '' || isOwn ? [] : [`attempt ${number} took run ${named} for its own`]
}

const findRun = ({ orchestrator }: Trace, { outputs }: Attempt): InspectedRun | undefined =>
  orchestrator.inspectRuns(home).find((run) => nameRun(run) === outputs.get('pipeline_run'))

const readsRun = ({ operation }: Sending): boolean =>
  ['GET run', 'GET jobs', 'GET job', 'GET approvals'].includes(operation)

/** Of its requests for the run, none was hit or cut: it could know everything. */
const couldReadRun = ({ sendings }: Attempt): boolean =>
  sendings.filter(readsRun).every(({ fault, seen }) => fault === '' && seen?.kind === 'answer')

const looksEveryMs = 15_000
const longestFollowMs = 600_000

/** Never over a run that was seen to have failed, nor over one that had failed while it was to be followed. */
const checkGreen = (trace: Trace, attempt: Attempt, { deployments }: Oracle): string[] => {
  const { outcome, outputs, number, endedMs = 0, deadlineMs } = attempt
  const run = outcome === 'succeeded' ? findRun(trace, attempt) : undefined
  if (!run || (run.status !== 'failed' && run.status !== 'cancelled')) return []
  const green = [`attempt ${number} is green over run ${run.id}, which had ${run.status}`]
  if (attempt.sendings.some((sending) => isSeenFailed(sending, run))) return green
  const deployment = deployments.find(({ id }) => id === outputs.get('deployment_id'))
  const followedFromMs = deployment?.statusChangedMs ?? 0
  const isLeft = Number.isFinite(run.leftOurMs) || run.completedMs > followedFromMs + longestFollowMs
  const isLate = endedMs >= deadlineMs - looksEveryMs
  return isLeft || isLate || !couldReadRun(attempt) ? [] : green
}

const isSeenFailed = ({ operation, seen }: Sending, { id, leftOurMs }: InspectedRun): boolean => {
  const body = seen?.kind === 'answer' ? seen.answer.body : undefined
  if (operation !== 'GET run' || !isRecord(body) || body['id'] !== id || Number.isFinite(leftOurMs)) return false
  return body['status'] === 'failed' || body['status'] === 'cancelled'
}

const mostHeldMs = 60_000

/** A run that waits for an approval after our success, or deploys elsewhere, isn't waited for. */
const checkNotHeld = (trace: Trace, attempt: Attempt): string[] => {
  const { outcome, endedMs = 0, number, sendings, outputs } = attempt
  const { scenario } = trace
  const run = outcome === 'succeeded' || outcome === 'failed' ? findRun(trace, attempt) : undefined
  if (!run || scenario.inputs.wait_for || !sendings.every(({ fault }) => fault === '') || scenario.latency.most > 100)
    return []
  const heard = sendings.find(({ operation, seen }) => {
    const body = operation === 'GET deploy' && seen?.kind === 'answer' ? seen.answer.body : undefined
    return isRecord(body) && body['id'] === outputs.get('deployment_id') && body['status'] === 'succeeded'
  })
  const sinceMs = Math.max(heard?.seenAtMs ?? Number.POSITIVE_INFINITY, run.leftOurMs)
  const heldMs = endedMs - sinceMs
  return heldMs > mostHeldMs
    ? [`attempt ${number} was held for ${heldMs} ms by a run that had left its deployment`]
    : []
}
