import { delta as ourDelta } from '../example.ts'
import { place, workflow } from './place.ts'
import type { Author, OtherPerson } from './scenario-other-people.ts'
import type { Simulation } from './simulation.ts'

const otherDelta = ourDelta.replace('4a', '5b')

const comments: Readonly<Record<Author, string>> = {
  person: 'Deployed by hand',
  'other run': 'Release · https://github.com/acme/shop/actions/runs/6999',
  'longer run': `Release · ${workflow.runUrl}23`,
  sibling: `Another job · ${workflow.runUrl}`,
}

/** Has all that happens at a time happen. */
export const scheduleOtherPeople = (simulation: Simulation): void => {
  for (const other of simulation.scenario.otherPeople) {
    if ('atMs' in other.when) scheduleAct(simulation, simulation.startedMs + other.when.atMs, other)
  }
}

/** Has all happen that happens around our so many-th start, which arrives now. */
export const meetStart = (simulation: Simulation, count: number): void => {
  for (const other of simulation.scenario.otherPeople) {
    const { when } = other
    if ('beforeStart' in when && when.beforeStart === count) perform(simulation, other)
    if ('afterStart' in when && when.afterStart === count)
      scheduleAct(simulation, simulation.clock.now() + when.laterMs, other)
  }
}

/** The same for our so many-th change of the base. */
export const meetRebase = (simulation: Simulation, count: number): void => {
  for (const other of simulation.scenario.otherPeople) {
    if ('beforeRebase' in other.when && other.when.beforeRebase === count) perform(simulation, other)
  }
}

const scheduleAct = (simulation: Simulation, atMs: number, other: OtherPerson): void => {
  simulation.clock.schedule(atMs, () => perform(simulation, other))
}

const perform = (simulation: Simulation, { act }: OtherPerson): void => {
  if (!simulation.orchestrator.inspectEnvironment(place)) return
  switch (act.kind) {
    case 'rebase':
      rebase(simulation)
      return
    case 'keep busy':
      keepBusy(simulation, act.durationMs, simulation.clock.now() + act.forMs)
      return
    case 'start':
      start(simulation, act.author, act.sameDelta ? (simulation.inputs.delta_id ?? '') : otherDelta, act)
  }
}

type Plan = { readonly durationMs: number; readonly listedAfterMs?: number }

const start = (
  simulation: Simulation,
  author: Author,
  deltaId: string,
  { durationMs, listedAfterMs = 0 }: Plan,
): void => {
  const phases = [
    { afterMs: 0, status: 'in progress' },
    { afterMs: durationMs, status: 'succeeded' },
  ]
  const plan = { phases, listedAfterMs, shownAfterMs: 0, foundAfterMs: 0 }
  const pipelineId = simulation.scenario.worlds.pipeline && 'default'
  const given = { comment: comments[author], deltaId, plan, ...(pipelineId && { pipelineId }) }
  const id = simulation.orchestrator.startElsewhere(place, given)
  if (id) simulation.acts.push({ atMs: simulation.clock.now(), kind: 'start', id, author })
}

const rebase = (simulation: Simulation): void => {
  const baseId = simulation.orchestrator.inspectEnvironment(place)?.baseId
  const id = simulation.historyIds.findLast((each) => each !== baseId) ?? simulation.historyIds.at(-1)
  if (id === undefined) return
  simulation.orchestrator.rebaseElsewhere(place, id)
  simulation.acts.push({ atMs: simulation.clock.now(), kind: 'rebase', id, author: 'person' })
}

const keepBusy = (simulation: Simulation, durationMs: number, untilMs: number): void => {
  if (simulation.clock.now() > untilMs || !simulation.orchestrator.inspectEnvironment(place)) return
  start(simulation, 'other run', otherDelta, { durationMs })
  simulation.clock.schedule(simulation.clock.now() + durationMs + 500, () => keepBusy(simulation, durationMs, untilMs))
}
