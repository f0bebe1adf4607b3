import type { GitHub } from '../simulator/github.ts'
import type { KilledRun } from './kill.ts'
import type { KillPlan } from './kill-plan.ts'
import { home } from './place.ts'

const denial = /before the environment .* was deleted|no deletion was under way/

/** What a killed run has deleted is told, by itself or by its post step, and nothing else is. */
export const checkDeletion = (scenarioRun: KilledRun, { scenario }: KillPlan): readonly string[] => {
  const { main, post, simulator } = scenarioRun
  const { orchestrator, github } = simulator
  const isDone = orchestrator.record.some(
    ({ operation, effectAtMs }) => operation === 'DELETE env' && effectAtMs !== undefined,
  )
  const left = orchestrator.inspectEnvironments(home)
  const listed: readonly string[] = JSON.parse(main.outputs['deleted_environments'] || '[]')
  const falselyListed = listed.filter((env) => left.includes(env))
  return [
    ...(falselyListed.length > 0 ? [`${falselyListed} is said to be deleted`] : []),
    ...(isDone && denial.test(main.summary + post.summary) ? ['the deletion is denied'] : []),
    ...(scenario.end.starts === 0 && scenario.inputs['pr_comment'] ? checkShown(github, isDone) : []),
  ]
}

/** On GitHub, the preview is gone exactly when its deletion was asked for. */
const checkShown = (github: GitHub, isDone: boolean): readonly string[] => {
  const states = github.inspectGitHubDeployments(home).map(({ statuses }) => statuses.at(-1)?.state)
  const words = github.inspectComments(home, 12).map(({ body }) => (/was deleted/.test(body) ? 'deleted' : 'there'))
  const shown = [...states, ...words].join()
  return shown === (isDone ? 'inactive,deleted' : 'success,there') ? [] : [`GitHub shows ${shown}, deleted: ${isDone}`]
}
