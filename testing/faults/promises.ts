import { outputNames } from '../../src/core/report/outputs.ts'
import { describeOthers, findBase, listAccepted, type ScenarioRun } from './scenario-run.ts'
import { checkSecrets, listStrangers } from './secret-promises.ts'

/** What is promised of every run, whatever happens to it. Returns what was broken. */
export const checkPromises = (scenarioRun: ScenarioRun): readonly string[] => [
  ...listStrangers(scenarioRun),
  ...checkStarts(scenarioRun),
  ...checkSuccess(scenarioRun),
  ...checkBase(scenarioRun),
  ...checkOthers(scenarioRun),
  ...checkFiles(scenarioRun),
  ...checkPost(scenarioRun),
  ...checkSecrets(scenarioRun),
]

const checkStarts = (scenarioRun: ScenarioRun): readonly string[] => {
  const { main, post, simulator, mainRequests } = scenarioRun
  const accepted = listAccepted(scenarioRun)
  const id = main.outputs['deployment_id'] ?? ''
  const isLinked = id === '' || (main.outputs['deployment_url'] ?? '').endsWith(id)
  const late = simulator.orchestrator.record.slice(mainRequests).filter(({ operation }) => operation === 'POST deploys')
  // A run that has yet to make the deployment is told instead of it.
  const isRunTold = (main.outputs['pipeline_run'] ?? '') !== ''
  const isTold = accepted.every((one) => one === id || [main.summary, post.summary].some((text) => text.includes(one)))
  return [
    ...(accepted.length > 1 ? [`${accepted.length} deployments were started`] : []),
    ...(isLinked ? [] : [`the link to ${id} is ${main.outputs['deployment_url']}`]),
    ...(late.length > 0 ? ['the post step sent a start'] : []),
    ...(isTold || isRunTold || main.outputs['outcome'] === 'unknown'
      ? []
      : [`${accepted} was started, and nobody is told`]),
    ...(id !== '' && !accepted.includes(id) ? [`${id} was taken for ${accepted.join() || 'a start of ours'}`] : []),
  ]
}

/** Only when Humanitec had ended it so by then. */
const checkSuccess = ({ main, simulator, place, mainEndedMs }: ScenarioRun): readonly string[] => {
  const { outcome, deployment_id } = main.outputs
  if (outcome !== 'succeeded') return []
  const deployment = simulator.orchestrator.inspectDeployments(place).find(({ id }) => id === deployment_id)
  return deployment?.status === 'succeeded' && deployment.statusChangedMs <= mainEndedMs ? [] : ['a false success']
}

/** Without a start, the environment's base is as before, or named. */
const checkBase = (scenarioRun: ScenarioRun): readonly string[] => {
  const { main, post, simulator, place, baseBefore } = scenarioRun
  const base = findBase(simulator, place)
  if (listAccepted(scenarioRun).length > 0 || base === baseBefore || baseBefore === '' || base === '') return []
  const isNamed = [main.summary, post.summary].some((text) => /base was left/.test(text))
  return isNamed ? [] : [`the base was left at ${base} without a message`]
}

const checkOthers = ({ simulator, place, othersBefore }: ScenarioRun): readonly string[] => {
  const others = describeOthers(simulator, place)
  return others.join() === othersBefore.join() ? [] : [`other environments: ${others} instead of ${othersBefore}`]
}

/** One report in all, all outputs with it, nothing anywhere else, no stack trace. */
const checkFiles = ({ main, post }: ScenarioRun): readonly string[] => {
  const told = (main.outputs['outcome'] ?? '') !== ''
  const reports = [main, post].flatMap(({ summary }) => summary.match(/^### /gm) ?? []).length
  const missing = told ? outputNames.filter((name) => !(name in main.outputs)) : []
  const traces = [main, post].flatMap(({ log }) =>
    log.filter(({ kind, text }) => kind !== 'debug' && /^\s+at .*:\d+:\d+\)?$/m.test(text)),
  )
  return [
    ...(missing.length > 0 ? [`outputs are missing: ${missing}`] : []),
    ...(reports > 1 || (told && reports !== 1) ? [`${reports} reports`] : []),
    ...(main.stderr + post.stderr !== '' ? [`stderr: ${main.stderr}${post.stderr}`] : []),
    ...(traces.length > 0 ? ['a stack trace in the log'] : []),
    ...[main, post].flatMap(({ strayFiles, files }) => [...strayFiles, ...[files.env, files.path].filter(Boolean)]),
    ...(Buffer.byteLength(main.summary) > 1 << 20 ? ['the summary is too long'] : []),
  ]
}

const checkPost = ({ post }: ScenarioRun): readonly string[] => [
  ...(post.exit === 0 ? [] : [`the post step ended with ${post.exit ?? post.signal}`]),
  ...(post.log.some(({ kind }) => kind === 'error') ? ['the post step is red'] : []),
  ...(Object.keys(post.outputs).length > 0 ? ['the post step set outputs'] : []),
]
