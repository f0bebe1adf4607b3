import { outputNames } from '../../src/core/report/outputs.ts'
import type { RequestRecord } from '../simulator/exchange.ts'
import type { ActionRun } from '../simulator/runner/run-action.ts'
import type { Simulator } from '../simulator/server.ts'
import type { SceneStep } from './scene.ts'
import { home } from './shop.ts'
import { formatRows, paint, wrapLine } from './terminal.ts'

/** Outputs as a table, those without a value and the empty lists in a line each below. */
export const formatOutputs = (outputs: ActionRun['outputs']): readonly string[] => {
  const all = outputNames.map((name): [string, string] => [name, outputs[name] ?? ''])
  const listNames = (wanted: string): string =>
    all
      .filter(([, value]) => value === wanted)
      .map(([name]) => name)
      .join(', ')
  const rest = [
    ['empty', listNames('')],
    ['[]', listNames('[]')],
  ].filter(([, names]) => names !== '')
  return [
    paint('bold', '  Outputs'),
    ...formatRows(all.filter(([, value]) => value !== '' && value !== '[]')),
    ...rest.flatMap(([what, names]) => wrapLine(`    ${what}: ${names}`, 0)).map((line) => paint('dim', line)),
  ]
}

/** `GET env · POST deploys · 6 × GET deploy`: what was asked, in order, neighbours together. */
const formatRequests = (record: readonly RequestRecord[]): string => {
  const runs: { operation: string; count: number }[] = []
  for (const { operation } of record) {
    const last = runs.at(-1)
    if (last?.operation === operation) last.count++
    else runs.push({ operation, count: 1 })
  }
  return (
    runs.map(({ operation, count }) => (count > 1 ? `${count} × ${operation}` : operation)).join(' · ') || 'no request'
  )
}

/** How many requests each of them had got before the step. */
export type Marks = { readonly humanitec: number; readonly github: number }

export const formatAsked = ({ orchestrator, github }: Simulator, from: Marks): readonly string[] =>
  [
    ['Humanitec', orchestrator.record.slice(from.humanitec)] as const,
    ['GitHub   ', github.record.slice(from.github)] as const,
  ]
    .filter(([host, record]) => host === 'Humanitec' || record.length > 0)
    .flatMap(([host, record]) => wrapLine(`  ${host} got ${formatRequests(record)}`, 0))
    .map((line) => paint('dim', line))

/** The environments in the repository's list, as they stand. */
export const formatGitHubDeployments = ({ github }: Simulator): readonly string[] => {
  if (github.record.every(({ operation }) => operation !== 'POST deployments')) return []
  const newest = new Map(github.inspectGitHubDeployments(home).map((each) => [each.environment, each.statuses.at(-1)]))
  return [...newest].map(([environment, status]) => {
    const { state = 'queued', environmentUrl = '' } = status ?? {}
    return paint('dim', `  GitHub    shows ${[environment, state, environmentUrl].filter(Boolean).join(' · ')}`)
  })
}

type End = Pick<ActionRun, 'exit' | 'outputs'> & { readonly post: Pick<ActionRun['post'], 'exit'> }

/** A post step always ends well. */
export const isAsDeclared = ({ ends }: Pick<SceneStep, 'ends'>, run: End): boolean =>
  run.exit === ends.exit && run.outputs['outcome'] === ends.outcome && run.post.exit === 0

export const formatVerdict = (step: SceneStep, run: ActionRun): string => {
  const end = `${run.outputs['outcome']}, exit ${run.exit}`
  return isAsDeclared(step, run)
    ? `  ${paint(['bold', 'green'], '✓')} ended as it should: ${end}`
    : `  ${paint(['bold', 'red'], '✕')} should have ended ${step.ends.outcome}, exit ${step.ends.exit}, but: ${end}`
}
