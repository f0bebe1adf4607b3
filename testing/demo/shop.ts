import type { HistoryEntry } from '../simulator/orchestrator/history.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import type { Given, Stage } from './scene.ts'

export const home = 'acme/shop'
export const production = `${home}/production`

/** Where the shop's workflows get the action from. */
export const actionRepository = 'acme/humanitec-deploy'

/** As it stands in a workflow file. */
export const writeExpression = (expression: string): string => `$\{{ ${expression} }}`

/** Where, and by which token: what every step of the demo says first. */
export const at = (env: Given): Readonly<Record<string, Given>> => ({
  org: 'acme',
  app: 'shop',
  env,
  token: { written: writeExpression('secrets.HUMANITEC_TOKEN'), value: usualToken, isSecret: true },
})

/** The Delta that an earlier step of the workflow has made. */
export const madeDelta = (stage: Stage): Given => ({
  written: writeExpression('steps.delta.outputs.id'),
  value: stage.simulator.orchestrator.addDelta(home),
})

const hour = 3600
const day = 24 * hour

/** Newest first; durations in seconds. */
const past: readonly (readonly [agoSeconds: number, durationSeconds: number, comment: string])[] = [
  [2 * day, 158, '#11 Show prices with taxes'],
  [2 * day + 3 * hour, 141, '#10 Update dependencies'],
  [4 * day, 169, '#9 Remember the last address'],
  [5 * day, 152, '#8 Faster search'],
  [6 * day + 5 * hour, 185, '#7 New payment provider'],
  [9 * day, 147, '#6 Fix rounding'],
  [11 * day, 163, '#5 Update dependencies'],
  [12 * day, 139, '#4 Accessible forms'],
]

/** Adds an environment with a past of eight good deployments, and returns their ids, newest first. */
export const addWithHistory = (stage: Stage, env: string, type: string): readonly string[] => {
  const { orchestrator } = stage.simulator
  orchestrator.addEnvironment(`${home}/${env}`, { type })
  const history = past.map(
    ([agoSeconds, durationSeconds, comment]): HistoryEntry => ({
      agoSeconds,
      durationSeconds,
      status: 'succeeded',
      comment,
    }),
  )
  return orchestrator.seedHistory(`${home}/${env}`, history)
}
