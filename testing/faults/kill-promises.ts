import type { KilledRun } from './kill.ts'
import { checkDeletion } from './kill-deletion.ts'
import type { KillPlan } from './kill-plan.ts'
import { checkPromises } from './promises.ts'
import { listAccepted, listStarts } from './scenario-run.ts'

/** What is promised of a run that was killed, together with its post step. */
export const checkKill = (scenarioRun: KilledRun, plan: KillPlan): readonly string[] => {
  // Windows knows no signals: there a process is ended at once.
  const isKill = plan.kind === 'SIGKILL' || process.platform === 'win32'
  return [
    ...checkPromises(scenarioRun),
    ...checkEnd(scenarioRun, plan, isKill),
    ...checkLoss(scenarioRun),
    ...checkId(scenarioRun, plan, isKill),
    ...checkDeletion(scenarioRun, plan),
    ...(plan.scenario.inputs['pr_comment'] ? checkGitHub(scenarioRun) : []),
  ]
}

/** Signals that can be caught are, from the first line on; before it, nothing had been done. */
const checkEnd = (scenarioRun: KilledRun, { scenario: { end } }: KillPlan, isKill: boolean): readonly string[] => {
  const { main, signalMs, simulator, startedMs } = scenarioRun
  const { outcome = '' } = main.outputs
  if (signalMs === undefined) return main.exit === 0 ? [] : [`it ended with ${main.exit} by itself`]
  if (main.signal && !isKill)
    // What the scenario itself asked before doesn't count.
    return [...simulator.orchestrator.record, ...simulator.github.record].every(({ atMs }) => atMs < startedMs)
      ? []
      : [`${main.signal} was not caught`]
  if (isKill) return []
  if (main.exit === 0) return checkMissed(scenarioRun, signalMs, end.outcome)
  const errors = main.log.filter((line) => line.kind === 'error').length
  return [
    ...(main.exit === 130 ? [] : [`exit ${main.exit}`]),
    ...(['cancelled', 'unknown', end.outcome].includes(outcome) ? [] : [`the outcome is ${outcome}`]),
    ...(errors === 1 ? [] : [`${errors} errors in the log`]),
    ...checkLeave(scenarioRun, signalMs),
  ]
}

/** A process that is about to exit hears no signal any more. */
const longestLastBreathMs = 5_000

const checkMissed = ({ main, mainEndedMs }: KilledRun, signalMs: number, outcome: string): readonly string[] => [
  ...(main.outputs['outcome'] === outcome ? [] : [`exit 0 with the outcome ${main.outputs['outcome']}`]),
  ...(mainEndedMs - signalMs > longestLastBreathMs
    ? [`it went on for ${mainEndedMs - signalMs} ms, as if there had been no signal`]
    : []),
]

/** Promised are 1 s, and 5 s with a start in flight: held on the virtual clock. A busy machine gets five more; the runner kills at 10 s. */
const longestLeaveMs = { usual: 6_000, inStart: 10_000 } as const
/** A request that is on its way when the signal comes: a busy machine may take long to hear of the signal. */
const longestWayMs = 5_000

const checkLeave = (scenarioRun: KilledRun, signalMs: number): readonly string[] => {
  const { simulator, mainRequests, mainEndedMs, wasInStart } = scenarioRun
  const tookMs = mainEndedMs - signalMs
  const late = simulator.orchestrator.record
    .slice(0, mainRequests)
    .filter(({ atMs }) => atMs > signalMs + longestWayMs)
    .map(({ operation }) => operation)
  return [
    ...(tookMs > (wasInStart ? longestLeaveMs.inStart : longestLeaveMs.usual) ? [`it left after ${tookMs} ms`] : []),
    ...(late.length > 0 ? [`after the signal it sent ${late.join(', ')}`] : []),
  ]
}

/** What was started is in the outputs, or its fate is said to be open, or the post step has found it. */
const checkLoss = (scenarioRun: KilledRun): readonly string[] => {
  const { main, post } = scenarioRun
  const [accepted] = listAccepted(scenarioRun)
  const { outcome = '', deployment_id = '' } = main.outputs
  const reports = [main, post].flatMap(({ summary }) => summary.match(/^### /gm) ?? []).length
  const isLost =
    accepted !== undefined && deployment_id !== accepted && outcome !== 'unknown' && !post.summary.includes(accepted)
  return [
    ...(isLost ? [`the id ${accepted} was lost`] : []),
    ...(accepted !== undefined && outcome === 'cancelled' && deployment_id === ''
      ? ['said to be before any start']
      : []),
    ...(accepted !== undefined && reports !== 1 ? [`${reports} reports of a deployment`] : []),
    ...(listStarts(scenarioRun).length > 1 ? ['the start was sent twice'] : []),
  ]
}

/** A start in flight is waited for up to 4 s after a signal; the machine gets half a second of them. */
const heardAfterMs = 3_500
/** From an answer to the outputs. */
const writtenAfterMs = 500

/** An answer that came in time is in the outputs. */
const checkId = (scenarioRun: KilledRun, { startMs }: KillPlan, isKill: boolean): readonly string[] => {
  const { main, signalMs } = scenarioRun
  const [start] = listStarts(scenarioRun)
  if (start?.acceptedId === undefined || signalMs === undefined) return []
  const lastMs = isKill ? signalMs - writtenAfterMs : signalMs + heardAfterMs
  const isHeard = start.atMs + startMs < lastMs
  return !isHeard || main.outputs['deployment_id'] === start.acceptedId
    ? []
    : [`the outputs don’t have ${start.acceptedId}, which was answered in time`]
}

/** Nothing on GitHub goes on saying that it goes on. */
const checkGitHub = ({ simulator: { github } }: KilledRun): readonly string[] => {
  const comments = github.inspectComments('acme/shop', 12)
  const going = comments.filter(({ body }) => /^\*\*.* is being deployed/m.test(body))
  const states = github.inspectGitHubDeployments('acme/shop').map(({ statuses }) => statuses.at(-1)?.state ?? 'none')
  const open = states.filter((state) => state === 'in_progress' || state === 'none')
  return [
    ...(comments.length > 1 ? [`${comments.length} comments`] : []),
    ...(going.length > 0 ? ['the comment says that it goes on'] : []),
    ...(open.length > 0 ? [`GitHub Deployments are ${states}`] : []),
  ]
}
