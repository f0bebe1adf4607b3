import { type Code, isForGood } from './declared.ts'
import type { FaultCase } from './fault-case.ts'
import type { End, FaultScenario } from './fault-scenario.ts'
import { listPhrases } from './phrases.ts'
import { getFault } from './route.ts'
import { findBase, listAccepted, listStarts, type ScenarioRun } from './scenario-run.ts'

/** A case's declared end, spelt out. */
export type Promised = {
  readonly end: End
  readonly exit: number
  /** In the one error, or the warning, or the report. */
  readonly phrases: readonly string[]
  /** Where these words stand: an error of the log, a warning, or anywhere in log and summary. */
  readonly place: 'error' | 'warning' | 'report'
  /** In the one warning that a good run has all the same. */
  readonly warning?: string
  /** Nothing is missing: what was asked for is there. */
  readonly isHumanitecFine: boolean
  readonly isGitHubFine: boolean
  /** Nothing came behind a rebase: the earlier base is back, unless a pipeline’s run holds the start. */
  readonly isBaseBack: boolean
  readonly timeoutSeconds?: number
}

const error = (starts: number, hasId = false): End => ({ outcome: 'error', starts, hasId })

const ends: Readonly<Partial<Record<Code, End>>> = {
  E: error(0),
  E1: error(1),
  E3: error(3),
  Ei: error(1, true),
  '?': { outcome: 'unknown', starts: 1, hasId: false },
  '?3': { outcome: 'unknown', starts: 3, hasId: false },
  T: { outcome: 'timed_out', starts: 0, hasId: false },
  T1: { outcome: 'timed_out', starts: 1, hasId: false },
  'T+': { outcome: 'timed_out', starts: 'more', hasId: false },
  Ti: { outcome: 'timed_out', starts: 1, hasId: true },
  U: { outcome: 'unhealthy', starts: 1, hasId: true },
}

const goodOutcomes = ['succeeded', 'planned', 'deleted', 'pruned']

export const promise = (faultCase: FaultCase, scenario: FaultScenario): Promised => {
  const end = determineEnd(faultCase, scenario)
  const timeoutSeconds = determineTimeout(faultCase)
  return {
    end,
    exit: goodOutcomes.includes(end.outcome) ? 0 : 1,
    phrases: listPhrases(faultCase, scenario),
    place: faultCase.code === '~' ? (scenario.inspectGitHub ? 'warning' : 'report') : 'error',
    ...findWarning(faultCase),
    isHumanitecFine: ['ok', 'ok2'].includes(faultCase.code) || (faultCase.code === '~' && faultCase.site !== 'back'),
    isBaseBack: ['E', 'E1', 'E3', 'T', 'T1', 'T+'].includes(faultCase.code),
    // What is said to be gone is believed to be.
    isGitHubFine:
      faultCase.code === 'ok' && !(['remove', 'retire'].includes(faultCase.site) && faultCase.fault.startsWith('404')),
    ...(timeoutSeconds && { timeoutSeconds }),
  }
}

/** A container that fails beside errors that don't name it is warned of. */
const findWarning = ({ site, fault }: FaultCase): Pick<Promised, 'warning'> => {
  if (site === 'logs') return { warning: 'web is failing' }
  return site === 'poll' && fault === '2xx, unknown status' ? { warning: 'has the status “frozen”' } : {}
}

const determineEnd = ({ code, site }: FaultCase, { end }: FaultScenario): End => {
  if (code === 'ok2') return { ...end, starts: 2 }
  const declared = ends[code] ?? end
  // A prune starts nothing, whatever becomes of it.
  return site === 'states' ? { ...declared, starts: 0 } : declared
}

const shortSeconds = 20
/** A 404 is believed after a minute. */
const overAMinuteSeconds = 90

/** A fault that stays is sat out to a near deadline, unless the action stops by itself. */
const determineTimeout = (faultCase: FaultCase): number | undefined => {
  const { code, fault, site } = faultCase
  if (fault === '404, over a minute') return overAMinuteSeconds
  if (fault === 'name can’t be resolved') return shortSeconds
  if (!isForGood(faultCase)) return undefined
  const isSatOut = ['T', 'T1', 'T+', 'Ti', 'U', '?', '~'].includes(code) || getFault(fault).title !== undefined
  return site === 'env' || (isSatOut && code !== 'E3') ? shortSeconds : undefined
}

export const judgeEnd = (scenarioRun: ScenarioRun, promised: Promised, scenario: FaultScenario): readonly string[] => [
  ...judgeOutcome(scenarioRun, promised),
  ...judgeWords(scenarioRun, promised),
  ...judgeDeadline(scenarioRun, promised),
  ...(promised.isBaseBack && listAccepted(scenarioRun).length === 0 ? judgeBase(scenarioRun) : []),
  ...(promised.isHumanitecFine ? scenario.inspectHumanitec(scenarioRun.simulator) : []),
  ...(promised.isGitHubFine ? (scenario.inspectGitHub?.(scenarioRun.simulator) ?? []) : []),
]

const judgeOutcome = (scenarioRun: ScenarioRun, { end, exit }: Promised): readonly string[] => {
  const { main } = scenarioRun
  const starts = listStarts(scenarioRun).length
  const seen = [
    main.outputs['outcome'],
    main.exit,
    end.starts === 'more' && starts > 1 ? 'more' : starts,
    (main.outputs['deployment_id'] ?? '') !== '',
  ]
  const declared = [end.outcome, exit, end.starts, end.hasId]
  return seen.join() === declared.join()
    ? []
    : [`outcome, exit, starts sent, id known: ${seen.join(', ')} instead of ${declared.join(', ')}`]
}

const judgeWords = ({ main }: ScenarioRun, { end, exit, phrases, place, warning }: Promised): readonly string[] => {
  const of = (kind: string) => main.log.filter((line) => line.kind === kind).map(({ text }) => text)
  const errors = of('error')
  const mostErrors = exit === 0 ? 0 : 1
  const texts = { error: errors, warning: of('warning'), report: [main.summary, ...main.log.map(({ text }) => text)] }
  const words = texts[place].join('\n')
  return [
    ...(end.outcome !== 'failed' && errors.length !== mostErrors ? [`${errors.length} errors in the log`] : []),
    ...phrases
      .filter((phrase) => !words.includes(phrase))
      .map((phrase) => `no “${phrase}” in “${words.slice(0, 300)}”`),
    ...(place === 'warning' ? [] : judgeWarnings(of('warning'), warning)),
  ]
}

const judgeWarnings = (warnings: readonly string[], promised: string | undefined): readonly string[] => {
  const isAsPromised =
    promised === undefined ? warnings.length === 0 : warnings.filter((one) => one.includes(promised)).length === 1
  return isAsPromised && warnings.length <= 1 ? [] : [`${warnings.length} warnings: ${warnings}`]
}

const judgeBase = ({ simulator, place, baseBefore }: ScenarioRun): readonly string[] => {
  const base = findBase(simulator, place)
  return base === baseBefore ? [] : [`the base is ${base} instead of ${baseBefore}`]
}

/** The deadline is kept within 15 s; the machine gets a few more. */
const judgeDeadline = ({ startedMs, mainEndedMs }: ScenarioRun, { timeoutSeconds }: Promised): readonly string[] => {
  const tookSeconds = (mainEndedMs - startedMs) / 1000
  return timeoutSeconds && tookSeconds > timeoutSeconds + 18
    ? [`it took ${Math.round(tookSeconds)} s, with a timeout of ${timeoutSeconds} s`]
    : []
}
