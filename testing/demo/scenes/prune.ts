import type { Orchestrator } from '../../simulator/orchestrator.ts'
import { createOtherEvent } from '../../simulator/runner/events.ts'
import type { Scene } from '../scene.ts'
import { at, home } from '../shop.ts'

type State = 'open' | 'closed' | 'merged'

const pulls: Readonly<Record<number, State>> = {
  3: 'merged',
  5: 'closed',
  7: 'open',
  8: 'merged',
  9: 'merged',
  12: 'open',
}

/** Ten, of which the pattern fits seven. */
const environments: Readonly<Record<string, Parameters<Orchestrator['addEnvironment']>[1]>> = {
  development: { type: 'development' },
  staging: { type: 'staging' },
  production: { type: 'production' },
  'pr-3': { name: 'acme/shop#3', deletionMs: 25_000 },
  'pr-5': { name: 'acme/shop#5', deletionMs: 40_000 },
  'pr-7': { name: 'acme/shop#7' },
  'pr-8': { name: 'acme/shop-api#8' },
  'pr-9': { name: 'acme/shop#9', deletionMs: 30_000 },
  'pr-12': { name: 'acme/shop#12' },
  'pr-beta': { name: 'For the beta testers' },
}

export const prune: Scene = {
  name: 'prune',
  title: 'Every night, the previews of closed pull requests are deleted',
  play: async (stage) => {
    const { orchestrator, github } = stage.simulator
    for (const [env, script] of Object.entries(environments)) orchestrator.addEnvironment(`${home}/${env}`, script)
    for (const [number, state] of Object.entries(pulls)) github.addPull(home, { number: Number(number), state })
    orchestrator.startElsewhere(`${home}/pr-9`, { comment: 'A last try', plan: { durationMs: 70_000 } })
    const inputs = { operation: 'prune', ...at('pr-*') }
    await stage.run({
      name: 'What would be deleted?',
      event: createOtherEvent('schedule'),
      inputs: { ...inputs, dry_run: 'true' },
      ends: { outcome: 'skipped', exit: 0 },
    })
    await stage.run({
      name: 'Delete them',
      event: createOtherEvent('schedule'),
      inputs,
      ends: { outcome: 'pruned', exit: 0 },
    })
  },
}
