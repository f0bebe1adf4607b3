import type { Trace } from './trace.ts'

/** Under which names what not every application has is counted. */
export const listWorlds = ({ scenario, acts, orchestrator }: Trace): readonly string[] => {
  const { pipeline, lag, cluster, contents } = scenario.worlds
  const isRepeated = orchestrator.record.some(({ fault }) => fault === 'repeat')
  return [
    ...(pipeline ? [`pipeline: ${pipeline.name}`] : []),
    ...(isRepeated ? ['a gateway that repeats a request'] : []),
    ...Object.keys(lag ?? {}).map((view) => `views that lag: ${lagNames[view]}`),
    ...(acts.some(({ kind }) => kind === 'rebase') ? ['somebody sets a base between our requests'] : []),
    ...(cluster ? [`cluster: ${scenario.inputs.wait_for === 'healthy' ? 'wait_for: healthy' : 'looked at'}`] : []),
    ...(cluster?.trouble ? ['cluster: runtime or logs out of reach'] : []),
    ...(cluster?.plan.runtimeLagMs ? ['cluster: a runtime that lags'] : []),
    ...(contents ? [`contents: ${contents.name}`] : []),
  ]
}

const lagNames: Readonly<Record<string, string>> = {
  environmentMs: 'environment',
  listMs: 'list',
  runsMs: 'runs',
  baseMs: 'base',
  startNotFoundMs: 'a new environment',
}
