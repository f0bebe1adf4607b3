import { createRandom } from '../../simulator/chance.ts'
import { createGitHub, type GitHub, usualGitHubToken, workflowUser } from '../../simulator/github.ts'
import { createOrchestrator, type Orchestrator } from '../../simulator/orchestrator.ts'
import type { VirtualClock } from '../../virtual/virtual-clock.ts'
import { workflow } from '../place.ts'
import { numbers, type PreviewScenario } from './preview-scenario.ts'

export const home = 'acme/shop'
export const repository = 'acme/shop'

export const formatMarker = (number: number): string => `<!-- humanitec-deploy:acme/shop/pr-${number} -->`

/** What stands there from the beginning, each behind a guard: it must stand there in the end. */
export const guarded = [
  { env: 'production', name: 'production', type: 'production' },
  { env: 'pr-6', name: 'globex/shop#6', type: 'development' },
  { env: 'pr-7', name: 'acme/cart#7', type: 'development' },
  { env: 'pr-8', name: 'A demo', type: 'development' },
  { env: 'pr-9', name: 'acme/shop#9', type: 'production' },
  { env: 'pr-10', name: 'acme/shop#11', type: 'development' },
] as const

/** Of the time when the repository had another name: `delete` with its type may have it. */
const renamed = { env: 'pr-14', name: 'acme/old-shop#14', type: 'development' }

export type Services = { readonly orchestrator: Orchestrator; readonly github: GitHub }

/** A repository with two open pull requests, and the environments of its application. */
export const createServices = (scenario: PreviewScenario, clock: VirtualClock): Services => {
  const { seed, lacks, deletionMs, deploymentMs, deploymentFails } = scenario
  const orchestrator = createOrchestrator({
    now: clock.now,
    acceptsAnyDelta: true,
    random: createRandom(seed ^ 0x5eed),
  })
  for (const { env, name, type } of [...guarded, renamed]) {
    const history = [{ agoSeconds: 86_400, durationSeconds: 60, status: 'succeeded' as const }]
    orchestrator.addEnvironment(`${home}/${env}`, { name, type, ...(env === 'production' && { history }) })
  }
  orchestrator.planDeletion(home, deletionMs)
  orchestrator.planAll(home, { durationMs: deploymentMs, status: deploymentFails ? 'failed' : 'succeeded' })
  const permissions = { contents: 'read', pull_requests: 'write', deployments: 'write' } as const
  const granted = { ...permissions, ...(lacks !== 'nothing' && { [lacks]: 'read' }) }
  const github = createGitHub({
    now: clock.now,
    tokens: { [usualGitHubToken]: { user: workflowUser, permissions: granted } },
  })
  for (const number of [6, 7, 8, 9, 10, 11, 14]) github.addPull(repository, { number, state: 'closed' })
  for (const number of numbers) {
    github.addPull(repository, { number, sha: workflow.sha })
    for (const { body, user } of foreignComments(number))
      github.addComment(repository, number, { body, ...(user && { user }) })
  }
  return { orchestrator, github }
}

/** Not ours: somebody's with our marker, and another workflow's. */
export const foreignComments = (number: number) => [
  { body: `${formatMarker(number)}\nSomebody’s.`, user: undefined },
  { body: 'Another of the workflow’s.', user: workflowUser },
]

export const listOwnComments = ({ github }: Pick<Services, 'github'>, number: number) =>
  github
    .inspectComments(repository, number)
    .filter(({ user, body }) => user.id === workflowUser.id && body.startsWith(formatMarker(number)))
