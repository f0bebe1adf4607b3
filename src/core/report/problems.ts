import type { Deployment, Environment, StartBody } from '../../ports.ts'
import { isFinal, listPastDeployments } from '../deployments.ts'
import type { OthersClaim } from '../environments.ts'
import type { Common, DeployRequest, InputError } from '../inputs/request.ts'
import type { FailureDetails } from '../network/request-error.ts'
import { determineExpectedEnd } from '../polling.ts'
import type { Checkpoint } from '../run/checkpoint.ts'
import type { Problem, RunState } from '../run/outcome.ts'
import type { WorkflowContext } from '../run/workflow-context.ts'
import { formatAge, formatDuration, formatDurationRange } from '../text/time.ts'
import { formatCount, formatLast, joinParts, shortenDeploymentId } from '../text/words.ts'
import { formatPerhapsDeleted } from './deletion-problems.ts'
import { formatFailure } from './request-problems.ts'

/** Another deployment holds the environment. */
export const formatConflict = (request: DeployRequest, active: Deployment | undefined, nowMs: number): Problem => {
  const age = formatAge(active?.created_at ?? '', nowMs)
  const what = active
    ? `Deployment ${shortenDeploymentId(active.id)} is active in ${request.env}, started ${age && `${age} `}by ${active.created_by || 'someone'}.`
    : `Humanitec says that another deployment is active in ${request.env} (409).`
  return {
    cause: 'another deployment is active',
    what: `${what} Nothing was started.`,
    remedy: 'Run the step again when it has ended, or set `on_conflict: wait`.',
    ...(active && { conflict: active }),
  }
}

/** A start was sent, and nobody can say what became of it. */
export const formatFateUnknown = (
  body: StartBody,
  request: { readonly env: string },
  failure?: FailureDetails,
): Problem => ({
  what: `A deployment ${formatBody(body)} was sent to ${request.env}, and what became of it could not be found out. It may be running.${formatTrouble(failure)}`,
  remedy: `Look at the environment’s deployments before anything is started again: ours has the comment “${body.comment}”. A deployment pipeline that takes deployment requests may be holding it, for instance for an approval.`,
})

const formatBody = ({ delta_id, set_id }: StartBody): string =>
  delta_id ? `of Delta ${delta_id}` : set_id ? `of Set ${set_id}` : 'of the environment’s base'

/** The deadline came first. */
export const formatTimedOut = (
  { deployment, history }: RunState,
  timeoutMs: number,
  lastFailure?: FailureDetails,
): Problem => {
  const trouble = formatTrouble(lastFailure)
  if (!deployment) {
    return {
      what: `The timeout of ${formatDuration(timeoutMs)} came before anything was started.${trouble}`,
      remedy: 'Run the step again, or set a longer timeout.',
    }
  }
  return {
    what: `Deployment ${shortenDeploymentId(deployment.id)} is still ${deployment.status || 'running'} after ${formatDuration(timeoutMs)}; it goes on in Humanitec.${formatUsual(history, deployment.id)}${trouble}`,
    remedy: 'Follow it by its link, or with `operation: wait`; for slower deployments, set a longer timeout.',
  }
}

const formatTrouble = (lastFailure: FailureDetails | undefined): string => {
  if (!lastFailure) return ''
  const { what, remedy } = formatFailure(lastFailure)
  return ` The last thing heard: ${joinParts(' ', what, isRedirect(lastFailure.status) && remedy)}`
}

const isRedirect = (status = 0): boolean => status >= 300 && status < 400

/** Whether it hangs, or the timeout is short. */
const formatUsual = (history: readonly Deployment[], ownId: string): string => {
  const usual = determineExpectedEnd(0, listPastDeployments(history, ownId))
  if (!usual) return ''
  const { count, shortestMs, longestMs } = usual
  return ` The ${formatLast(count)} took ${formatDurationRange([shortestMs, longestMs])}.`
}

/** A signal came. Humanitec's API has no call that cancels a deployment. */
export const formatCancelled = ({ deployment }: RunState): Problem => {
  if (!deployment) return { what: 'The workflow was cancelled before anything was started.' }
  return isFinal(deployment)
    ? {
        what: `The workflow was cancelled; deployment ${shortenDeploymentId(deployment.id)} had already ended: ${deployment.status}.`,
      }
    : {
        what: `The workflow was cancelled; deployment ${shortenDeploymentId(deployment.id)} goes on in Humanitec, which can’t cancel it.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
}

/** The process died without a word of its own; the post step speaks for it. */
export const formatKilled = ({ deployment }: RunState): Problem =>
  deployment
    ? {
        what: `The step was ended from outside; deployment ${shortenDeploymentId(deployment.id)} goes on in Humanitec.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
    : { what: 'The step was ended from outside before anything was started.' }

/** `operation: wait` without `deployment_id`, where nothing was ever deployed. */
export const formatNoDeployment = ({ env }: Pick<Common, 'env'>): Problem => ({
  cause: 'there is none',
  what: `The environment ${env} has no deployment to wait for.`,
  remedy: 'Start one first, or name it in deployment_id.',
})

/** `environment` is given when it is there, but being deleted. */
export const formatNoEnvironment = ({ org, app, env }: Common, environment?: Environment): Problem =>
  environment
    ? {
        cause: 'the environment is being deleted',
        what: `The environment ${env} of ${app} in ${org} is being deleted.`,
        remedy: 'Run the step again when it is gone; for a preview, set create_from, which waits and makes it anew.',
      }
    : {
        cause: 'there is no such environment',
        what: `There is no environment ${env} in the application ${app} of ${org}, or the token may not see it.`,
        remedy: 'Check org, app and env, and the token’s roles; for a preview, set create_from, which makes it.',
      }

/** An input names an environment that isn't there. */
export const formatNoSource = ({ org, app, env }: Common, input: 'create_from' | 'from_env', from: string): Problem => {
  const use = input === 'create_from' ? `create ${env} from` : `take the state of ${env} from`
  return {
    cause: `there is no environment ${from}`,
    what: `There is no environment ${from} in the application ${app} of ${org} to ${use}, or the token may not see it.`,
    remedy: `Check ${input}, and the token’s roles.`,
  }
}

/** `env_type` names another type than the environment has. */
export const formatWrongType = ({ id, type }: Environment, envType: string): Problem => ({
  cause: `${id} is of type ${type || 'unknown'}, not ${envType}`,
  what: `The environment ${id} is of type ${type || 'unknown'}, not ${envType}.`,
  causeTellsAll: true,
  remedy: 'Check env and env_type.',
})

/** With `create_from`, the environment is somebody else's preview, as its name says. */
export const formatOthersEnvironment = ({ id, name }: Environment, claim: OthersClaim): Problem => ({
  cause: `${id} was made for ${claim}`,
  what: `The environment ${id} is named ${name}: it was made for ${claim}.`,
  remedy:
    claim === 'another repository'
      ? 'Give every repository ids of its own, such as env: shop-pr-12.'
      : 'Check env: every pull request needs one of its own, such as env: pr-12.',
})

/** A copy gets its source's type, and another production environment is nothing to make without being told. */
export const formatProductionCopy = ({ env }: Common, from: string): Problem => ({
  cause: 'the copy would be a production environment',
  what: `The environment ${from} is of type production, and so would be its copy ${env}.`,
  remedy: 'Say which type the copy gets, for example env_type: development.',
})

/** `from_env` or `create_from` names an environment without a succeeded deployment. */
export const formatNothingSucceeded = ({ id }: Pick<Environment, 'id'>): Problem => ({
  cause: `nothing has succeeded in ${id} yet`,
  what: `The environment ${id} has no succeeded deployment to start from.`,
  remedy: 'Deploy to it first, or name another environment.',
})

/** Those of one input stand together. */
export const formatInputErrors = (inputErrors: readonly InputError[]): Problem => {
  const byInput = Map.groupBy(inputErrors, ({ input }) => input)
  const { size } = byInput
  const what = `${size === 1 ? 'One input is' : `${size} inputs are`} wrong; nothing was done.`
  return { what, inputErrors: [...byInput.values()].flat() }
}

/** Where GitHub hands out no secrets, there is nothing to deploy with, and nothing to be red about. */
export const formatNoSecrets = ({ actor, pullRequest }: WorkflowContext): Problem => ({
  cause: 'GitHub gives this run no secrets',
  what: `Nothing was deployed: ${
    pullRequest?.isFromElsewhere ? 'the pull request comes from another repository' : `the run was started by ${actor}`
  }, and GitHub gives such runs no secrets.`,
  remedy: pullRequest?.isFromElsewhere
    ? 'To deploy it all the same, look it through, and push its branch to this repository.'
    : 'To deploy its runs, too, add the token to Dependabot’s own secrets.',
})

/** What nobody foresaw: `error` is whatever was thrown. */
export const formatOwnFault = (error: unknown): Problem => ({
  cause: 'a fault of the action itself',
  what: `The action failed by a fault of its own: ${error instanceof Error ? error.message : error}.`,
  remedy: 'Please report it with the log of a run that has debug logging on.',
})

/** The base that we set for a start that never came, and nothing put the earlier one back. */
export const formatBaseLeft = ({
  setId,
  previousId,
}: Pick<NonNullable<Checkpoint['rebase']>, 'setId' | 'previousId'>): string => {
  const left = `The environment’s base was left at ${setId}, and the next deployment builds on it.`
  if (previousId === '' || previousId === setId) return left
  return `${left} It was ${previousId} before: to put it back, deploy with from_deploy_id: ${previousId}.`
}

/** `id`: of the base that somebody else has set over ours. */
export const formatBaseOfOthers = (id: string): string =>
  `Someone else has set the environment’s base to ${id} meanwhile: it was left.`

/** What the post step finds of an environment that a killed run was to delete. */
export type Remains = 'gone' | 'deleting' | 'there' | 'unknown'

/** The process died without a word of its own; the post step speaks for it. Without `remains`, no DELETE had been sent. */
export const formatKilledDelete = (request: Common, remains: Remains | undefined): Problem => {
  const { env } = request
  switch (remains) {
    case 'gone':
      return { what: `The step was ended from outside; the environment ${env} has been deleted.` }
    case 'deleting':
      return { what: `The step was ended from outside; the deletion of the environment ${env} goes on in Humanitec.` }
    case 'there':
      return {
        what: `The step was ended from outside; the environment ${env} is still there.`,
        remedy: 'Run the step again.',
      }
    case 'unknown':
      return {
        cause: formatPerhapsDeleted(request),
        what: `The step was ended from outside; the environment ${env} may have been deleted: it could not be looked at.`,
        remedy: 'Run the step again.',
      }
    case undefined:
      return {
        what: `The step was ended from outside before the environment ${env} was deleted.`,
        remedy: 'Run the step again.',
      }
  }
}

/** @param remains of the environments whose deletion had been asked for, and whose end had not been seen */
export const formatKilledPrune = (remains: readonly Remains[]): Problem => {
  const countOf = (wanted: Remains) => remains.filter((each) => each === wanted).length
  const [gone, unknown] = [countOf('gone'), countOf('unknown')]
  const unseen = unknown > 0 ? `, ${unknown} could not be looked at` : ''
  const seen =
    remains.length === 0
      ? 'no deletion was under way'
      : `of ${formatCount(remains.length, 'deletion')} that were under way, ${gone} ${gone === 1 ? 'is' : 'are'} done${unseen}`
  return { what: `The step was ended from outside; ${seen}.`, remedy: 'Run the step again for the rest.' }
}
