import { delta } from '../example.ts'
import type { Simulator } from '../simulator/server.ts'
import { home, repository } from './place.ts'

/** The newest deployment is the one that was asked for: its Delta, on the base that the environment had. */
export const inspectDelta =
  (env = 'development', status = 'succeeded') =>
  ({ orchestrator }: Simulator): readonly string[] => {
    const [newest, earlier] = orchestrator.inspectDeployments(`${home}/${env}`)
    const isAsked =
      newest?.deltaId === delta && newest.status === status && newest.comment.includes('/actions/runs/7001')
    return isAsked && (earlier === undefined || newest.fromId === earlier.id)
      ? []
      : [`the newest deployment is ${JSON.stringify(newest)}`]
  }

/** Nothing changed, on the base of staging's newest success. */
export const inspectPromotion = ({ orchestrator }: Simulator): readonly string[] => {
  const [newest] = orchestrator.inspectDeployments(`${home}/development`)
  const source = orchestrator.inspectDeployments(`${home}/staging`).find(({ status }) => status === 'succeeded')
  return newest?.fromId === source?.id && newest?.deltaId === ''
    ? []
    : [`the newest deployment is ${JSON.stringify(newest)}, and not on ${source?.id}`]
}

/** These environments are there, and no others. */
export const inspectOnly =
  (...envs: readonly string[]) =>
  ({ orchestrator }: Simulator): readonly string[] => {
    const left = orchestrator.inspectEnvironments(home)
    return left.join() === envs.join() ? [] : [`the environments are ${left}`]
  }

/** The first line of the action's comment on a deployment to development. */
export const marker = `<!-- humanitec-deploy:${home}/development -->`

/** One comment of ours, and it tells the end. */
export const inspectComments = ({ github }: Simulator): readonly string[] => {
  const ours = github.inspectComments(repository, 12).filter(({ body }) => body.startsWith(marker))
  const told = ours.filter(({ body }) => body.includes('**shop is deployed to development**'))
  return ours.length === 1 && told.length === 1 ? [] : [`${ours.length} comments, ${told.length} of them tell the end`]
}

/** One Deployment of ours, a success; the older one is inactive. */
export const inspectDeployments = ({ github }: Simulator): readonly string[] => {
  const states = github.inspectGitHubDeployments(repository).map(({ statuses }) => statuses.at(-1)?.state)
  return states.join() === 'inactive,success' ? [] : [`GitHub Deployments are ${states.join(', ')}`]
}

/** A Delta of ours was deployed, which puts this image into `web`; where that matters, it is archived. */
export const inspectImages =
  (image: string, isArchived = true) =>
  ({ orchestrator }: Simulator): readonly string[] => {
    const [newest] = orchestrator.inspectDeployments(`${home}/development`)
    const set = newest && orchestrator.inspectSet(home, newest.setId)
    const delta = orchestrator.inspectDeltas(home).find(({ id }) => id === newest?.deltaId)
    return [
      ...(JSON.stringify(set?.modules['web'])?.includes(image) ? [] : [`no ${image} in ${JSON.stringify(set)}`]),
      ...(delta?.isArchived || !isArchived ? [] : [`the Delta ${newest?.deltaId} is not archived`]),
    ]
  }

/** The workload of a Score file is deployed. */
export const inspectScore =
  (workload: string) =>
  ({ orchestrator }: Simulator): readonly string[] => {
    const [newest] = orchestrator.inspectDeployments(`${home}/development`)
    const set = newest && orchestrator.inspectSet(home, newest.setId)
    return set?.modules[workload] ? [] : [`no ${workload} in ${JSON.stringify(set)}`]
  }
