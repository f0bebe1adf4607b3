import { place, workflow } from './place.ts'
import { ourDelta } from './scenario-inputs.ts'
import type { Author, Other } from './scenario-others.ts'
import type { World } from './world.ts'

const otherDelta = ourDelta.replace('4a', '5b')

const comments: Readonly<Record<Author, string>> = {
  person: 'Deployed by hand',
  'other run': 'Release · https://github.com/acme/shop/actions/runs/6999',
  'longer run': `Release · ${workflow.runUrl}23`,
  sibling: `Another job · ${workflow.runUrl}`,
}

/** Has all that happens at a time happen. */
export const scheduleOthers = (world: World): void => {
  for (const other of world.scenario.others) {
    if ('atMs' in other.occasion) scheduleAct(world, world.startedMs + other.occasion.atMs, other)
  }
}

/** Has all happen that happens around our so many-th start, which arrives now. */
export const meetStart = (world: World, count: number): void => {
  for (const other of world.scenario.others) {
    const { occasion } = other
    if ('beforeStart' in occasion && occasion.beforeStart === count) perform(world, other)
    if ('afterStart' in occasion && occasion.afterStart === count)
      scheduleAct(world, world.clock.now() + occasion.laterMs, other)
  }
}

/** The same for our so many-th change of the base. */
export const meetRebase = (world: World, count: number): void => {
  for (const other of world.scenario.others) {
    if ('beforeRebase' in other.occasion && other.occasion.beforeRebase === count) perform(world, other)
  }
}

const scheduleAct = (world: World, atMs: number, other: Other): void => {
  world.clock.schedule(atMs, () => perform(world, other))
}

const perform = (world: World, { act }: Other): void => {
  if (!world.orchestrator.inspectEnvironment(place)) return
  switch (act.kind) {
    case 'rebase':
      rebase(world)
      return
    case 'keep busy':
      keepBusy(world, act.durationMs, world.clock.now() + act.forMs)
      return
    case 'start':
      start(world, act.author, act.sameDelta ? (world.inputs.delta_id ?? '') : otherDelta, act)
  }
}

type Plan = { readonly durationMs: number; readonly listedAfterMs?: number }

const start = (world: World, author: Author, deltaId: string, { durationMs, listedAfterMs = 0 }: Plan): void => {
  const phases = [
    { afterMs: 0, status: 'in progress' },
    { afterMs: durationMs, status: 'succeeded' },
  ]
  const plan = { phases, listedAfterMs, shownAfterMs: 0, foundAfterMs: 0 }
  const id = world.orchestrator.startElsewhere(place, { comment: comments[author], deltaId, plan })
  if (id) world.acts.push({ atMs: world.clock.now(), kind: 'start', id, author })
}

const rebase = (world: World): void => {
  const id = world.historyIds.at(-1)
  if (id === undefined) return
  world.orchestrator.rebaseElsewhere(place, id)
  world.acts.push({ atMs: world.clock.now(), kind: 'rebase', id, author: 'person' })
}

const keepBusy = (world: World, durationMs: number, untilMs: number): void => {
  if (world.clock.now() > untilMs || !world.orchestrator.inspectEnvironment(place)) return
  start(world, 'other run', otherDelta, { durationMs })
  world.clock.schedule(world.clock.now() + durationMs + 500, () => keepBusy(world, durationMs, untilMs))
}
