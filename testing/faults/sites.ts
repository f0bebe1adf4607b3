import type { FaultScenarioName } from './fault-scenarios.ts'

/** One of the requests that the action makes, in the run in which it is hit. */
export type Site = {
  readonly name: string
  /** For people. */
  readonly request: string
  readonly service: 'humanitec' | 'github'
  readonly scenario: FaultScenarioName
  /** In the simulator's words; `*` for all of a host. */
  readonly operation: string
  /** How many of its kind are left alone first. */
  readonly after: number
  /** Which request to its host it is, counted from 1: on the way to a host nobody sees what is asked. */
  readonly position: number
  /** The request whose answer it follows, where the position isn't sure: the history is given up when it comes late. */
  readonly follows?: string
  /** How often that is answered first; once by default. */
  readonly followsTimes?: number
  /** It follows the answer that tells the end of the deployment, however many came before. */
  readonly followsEnd?: true
}

type Described = Omit<Site, 'name'>

const humanitec = (scenario: FaultScenarioName, operation: string, position: number, request: string, after = 0) =>
  ({ service: 'humanitec', scenario, operation, position, request, after }) as const

const github = (scenario: FaultScenarioName, operation: string, position: number, request: string, after = 0) =>
  ({ service: 'github', scenario, operation, position, request, after }) as const

/** By their names in the tables. */
export const sites: Readonly<Record<string, Described>> = {
  env: humanitec('deploy', 'GET env', 1, 'the environment'),
  source: humanitec('promote', 'GET env', 2, 'the environment that a rebase takes its base from', 1),
  past: humanitec('promote', 'GET deploys', 3, 'the list of that environment’s deployments'),
  base: humanitec('promote', 'PUT from_deploy_id', 4, 'the rebase'),
  create: humanitec('preview', 'POST envs', 3, 'the creation of an environment'),
  start: humanitec('deploy', 'POST deploys', 2, 'the start'),
  rebased: humanitec('promote', 'POST deploys', 5, 'the start, after a rebase'),
  back: humanitec(
    'refused',
    'PUT from_deploy_id',
    7,
    'the rebase that puts the earlier base back, after a refused start',
    1,
  ),
  look: humanitec('lost', 'GET deploys', 3, 'the list, after a start whose answer was lost'),
  poll: { ...humanitec('longer', 'GET deploy', 5, 'a poll', 1), follows: 'GET deploy' },
  history: humanitec('deploy', 'GET deploys', 3, 'the list, for the history'),
  errors: { ...humanitec('fail', 'GET errors', 5, 'the errors of a failed deployment'), follows: 'GET deploy' },
  urls: { ...humanitec('deploy', 'GET resources', 5, 'the active resources'), follows: 'GET deploy' },
  delete: humanitec('delete', 'DELETE env', 2, 'the deletion of an environment'),
  envs: humanitec('absent', 'GET envs', 2, 'the application’s environments'),
  set: humanitec('image', 'GET set', 2, 'the base’s Set, before a start with `images`'),
  delta: humanitec('image', 'POST deltas', 3, 'making a Delta'),
  archive: { ...humanitec('imageAlone', 'PUT archived', 7, 'archiving the Delta'), follows: 'GET deploy' },
  convert: humanitec('score', 'POST convert-score', 3, 'the conversion of a Score file'),
  apply: humanitec('plan', 'POST set', 3, 'applying a Delta to a Set, for a plan'),
  rollout: humanitec('deploy', 'GET runtime', 3, 'the runtime, right after a start'),
  runtime: {
    ...humanitec('healthy', 'GET runtime', 9, 'the runtime, with `wait_for: healthy`', 1),
    follows: 'GET set',
    followsTimes: 2,
  },
  logs: {
    ...humanitec('crash', 'GET logs', 11, 'the log of a failing container, with `log_lines`'),
    follows: 'GET runtime',
    followsTimes: 2,
  },
  diff: { ...humanitec('named', 'GET diff', 6, 'what a deployment has changed'), follows: 'GET deploy' },
  runs: {
    ...humanitec('lostInPipeline', 'GET runs', 4, 'a pipeline’s runs, after a start whose answer was lost'),
    follows: 'GET deploys',
  },
  run: {
    ...humanitec('held', 'GET run', 5, 'a pipeline run that has our start, but no deployment yet'),
    follows: 'GET runs',
  },
  jobs: { ...humanitec('held', 'GET jobs', 6, 'its jobs'), follows: 'GET run' },
  job: { ...humanitec('held', 'GET job', 7, 'one of them, with its steps'), follows: 'GET jobs' },
  approvals: { ...humanitec('held', 'GET approvals', 8, 'its approvals'), follows: 'GET job' },
  after: {
    ...humanitec('checked', 'GET run', 8, 'the pipeline run, after its deployment has succeeded'),
    follows: 'GET deploy',
    followsEnd: true,
  },
  viewer: github('comment', 'POST graphql', 1, 'who the token’s user is'),
  comments: github('comment', 'GET comments', 2, 'the comments of the pull request'),
  write: github('comment', 'POST comments', 3, 'a new comment'),
  update: github('comment', 'PATCH comment', 5, 'the comment’s update'),
  remove: github('recomment', 'DELETE comment', 3, 'the deletion of a surplus comment'),
  open: github('show', 'POST deployments', 1, 'a new GitHub Deployment'),
  status: github('show', 'POST statuses', 2, 'its status'),
  older: github('show', 'GET deployments', 4, 'the older GitHub Deployments'),
  pull: github('fork', 'GET pull', 1, 'the pull request that the input names, on `workflow_run`'),
  pulls: github('pushed', 'GET commit-pulls', 1, 'the pull requests of a commit'),
  page: github('chatty', 'GET comments', 3, 'the second page of the comments', 1),
  nodes: github('show', 'POST graphql', 5, 'the states of the older GitHub Deployments'),
  retire: github('show', 'POST statuses', 6, 'setting an older one inactive', 2),
  states: github('prune', 'POST graphql', 1, 'the states of pull requests, for a prune'),
  comment: github('comment', '*', 1, 'GitHub, for a comment'),
  deployment: github('show', '*', 1, 'GitHub, for a GitHub Deployment'),
}
