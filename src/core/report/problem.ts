import type { Deployment, Environment, StartBody } from '../../ports.ts'
import { isFinal } from '../deployment/deployments.ts'
import { listPastDeployments } from '../deployment/history.ts'
import { determineExpectedEnd } from '../deployment/polling.ts'
import type { Common, DeployRequest, Mistake } from '../inputs/request.ts'
import type { FailureDetails } from '../network/failure.ts'
import { describeNetworkFailure } from '../network/network-advice.ts'
import type { Reach } from '../network/reach.ts'
import type { Origin } from '../run/origin.ts'
import type { Facts, Problem } from '../run/outcome.ts'
import { formatDuration } from '../text/duration.ts'
import { shortenDeploymentId } from '../text/short-ids.ts'
import { formatAge } from '../text/times.ts'
import { formatLast, formatRange } from './charts.ts'

/** What an answer's status means to a person, and what to do about it (Humanitec's API reference, and what it was seen to do). */
const remedies: Readonly<Record<number, { readonly meaning: string; readonly remedy: string }>> = {
  400: {
    meaning: 'Humanitec refused the request',
    remedy: 'Check that the Delta exists in this application and fits the environment.',
  },
  401: { meaning: 'Humanitec saw no token', remedy: 'Check the input token, and what api_url leads to.' },
  403: {
    meaning: 'Humanitec refused the token',
    remedy:
      'Check the token: it may be wrong, expired, or its role too low. Its service user needs the role Developer in the application, and Deployer for the environment’s type.',
  },
  404: { meaning: 'Humanitec found nothing there', remedy: 'Check org, app, env and the ids.' },
  407: {
    meaning: 'Humanitec is behind a proxy that asks for a password',
    remedy: 'Put it into the proxy variable: http://user:password@host:port.',
  },
  409: {
    meaning: 'Humanitec says that another deployment is active',
    remedy: 'Wait for its end, or set `on_conflict: wait`.',
  },
  422: { meaning: 'Humanitec could not use the request', remedy: 'Check the ids and the mode.' },
  429: {
    meaning: 'Humanitec takes no more requests for now',
    remedy: 'Run the step again later, and let fewer jobs ask at a time.',
  },
}

const refusedBase = {
  meaning: 'Humanitec refused the base',
  remedy: 'Check from_deploy_id: it takes the whole id of a deployment, as its summary tells it under Details.',
}
const refusal = { meaning: 'Humanitec refused the request', remedy: 'Check the inputs.' }
const outage = {
  meaning: 'Humanitec is not well',
  remedy: 'Run the step again when Humanitec answers.',
}

/** One failed request, as a sentence and a remedy. */
export const formatFailure = (failure: FailureDetails): Problem => {
  const { kind, status = 0, request, detail, redirectHost } = failure
  if (kind === 'unreadable') {
    return {
      cause: 'the answer was none of Humanitec’s',
      what: `The answer to ${request} could not be used: ${detail || 'it is not what the API promises'}.`,
      remedy: 'Check that api_url leads to Humanitec’s API, and that nothing on the way changes its answers.',
    }
  }
  if (kind !== 'answered')
    return { cause: 'Humanitec can’t be reached', ...describeNetworkFailure({ reach: humanitec, ...failure }) }
  if (status >= 300 && status < 400) {
    return {
      cause: 'api_url leads elsewhere',
      what: `${request} was answered with a redirect (${status})${redirectHost ? ` to ${redirectHost}` : ''}, which is never followed.`,
      remedy: 'Check api_url: it must be the API’s own address.',
    }
  }
  const known = isRefused(status) && request.endsWith('/from_deploy_id') ? refusedBase : findRemedy(status, request)
  const { meaning, remedy } = known ?? (status >= 500 ? outage : refusal)
  return {
    cause: `${meaning} (${status})`,
    what: endSentence(`${meaning} (${status}) at ${request}${detail && `: ${detail}`}`),
    remedy,
  }
}

const isRefused = (status: number): boolean => status === 400 || status === 404

/** A 400 of anything but the start isn't about its Delta. */
const findRemedy = (status: number, request: string) =>
  status === 400 && !request.endsWith('/deploys') ? refusal : remedies[status]

/** Where nothing is known of the way to the host. */
const humanitec: Reach = { host: 'Humanitec', setting: 'api_url', extraCaFile: '' }

/** What the API says ends in all ways. */
const endSentence = (text: string): string => text.replace(/[.:,;\s]*$/, (end) => (/[!?…]$/.test(text) ? end : '.'))

/** The API has never given a valid answer: its address comes into question, too. */
export const formatUnreachable = (failure: FailureDetails): Problem => {
  const { what, remedy = '' } = formatFailure(failure)
  const isNamed = /api_url|_proxy|NODE_/i.test(remedy)
  return {
    cause: 'Humanitec never gave a valid answer',
    what: `${what} There was no valid answer to any try.`,
    remedy: isNamed ? remedy : `Check api_url. ${remedy}`.trim(),
  }
}

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

/** `create_from` names an environment that isn't there. */
export const formatNoSource = ({ org, app, env }: Common, from: string): Problem => ({
  cause: `there is no environment ${from} to create it from`,
  what: `There is no environment ${from} in the application ${app} of ${org} to create ${env} from, or the token may not see it.`,
  remedy: 'Check create_from, and the token’s roles.',
})

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
  { deployment, history }: Facts,
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

const formatTrouble = (lastFailure: FailureDetails | undefined): string =>
  lastFailure ? ` The last thing heard: ${formatFailure(lastFailure).what}` : ''

/** Whether it hangs, or the timeout is short. */
const formatUsual = (history: readonly Deployment[], ownId: string): string => {
  const usual = determineExpectedEnd(0, listPastDeployments(history, ownId))
  if (!usual) return ''
  const { count, shortestMs, longestMs } = usual
  return ` ${formatLast(count).replace('the', 'The')} took ${formatRange([shortestMs, longestMs])}.`
}

/** A signal came. Humanitec's API has no call that cancels a deployment. */
export const formatCancelled = ({ deployment }: Facts): Problem => {
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
export const formatKilled = ({ deployment }: Facts): Problem =>
  deployment
    ? {
        what: `The step was ended from outside; deployment ${shortenDeploymentId(deployment.id)} goes on in Humanitec.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
    : { what: 'The step was ended from outside before anything was started.' }

export const formatMistakes = (mistakes: readonly Mistake[]): Problem => {
  const { size } = new Set(mistakes.map(({ input }) => input))
  return { what: `${size === 1 ? 'One input is' : `${size} inputs are`} wrong; nothing was done.`, mistakes }
}

/** Where GitHub hands out no secrets, there is nothing to deploy with, and nothing to be red about. */
export const formatNoSecrets = ({ actor, pullRequest }: Origin): Problem => ({
  cause: 'GitHub gives this run no secrets',
  what: `Nothing was deployed: ${
    pullRequest?.isFromElsewhere ? 'the pull request comes from another repository' : `the run was started by ${actor}`
  }, and GitHub gives such runs no secrets.`,
  remedy: pullRequest?.isFromElsewhere
    ? 'To deploy it all the same, look it through, and push its branch to this repository.'
    : 'To deploy its runs, too, add the token to Dependabot’s own secrets.',
})
