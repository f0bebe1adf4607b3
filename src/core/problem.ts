import type { Deployment, Environment, StartBody } from '../ports.ts'
import { isFinal } from './deployments.ts'
import { formatDuration } from './duration.ts'
import type { FailureDetails } from './failure.ts'
import { describeNetworkFailure } from './network-advice.ts'
import type { Origin } from './origin.ts'
import type { Facts, Problem } from './outcome.ts'
import type { Common, DeployRequest, Mistake } from './request.ts'
import { parseTimeMs } from './times.ts'

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
    meaning: 'A proxy asks for a password',
    remedy: 'Put it into the proxy variable: http://user:password@host:port.',
  },
  409: { meaning: 'Another deployment is active', remedy: 'Wait for its end, or set `on_conflict: wait`.' },
  422: { meaning: 'Humanitec could not use the request', remedy: 'Check the ids and the mode.' },
  429: {
    meaning: 'Humanitec takes no more requests for now',
    remedy: 'Run the step again later, and deploy less at a time.',
  },
}

const refusal = { meaning: 'Humanitec refused the request', remedy: 'Check the inputs.' }
const outage = {
  meaning: 'Humanitec is not well',
  remedy: 'Look at the link, and run the step again when Humanitec answers.',
}

/** One failed request, as a sentence and a remedy. */
export const formatFailure = (failure: FailureDetails): Problem => {
  const { kind, status = 0, request, detail, redirectHost } = failure
  if (kind === 'unreadable') {
    return {
      what: `The answer to ${request} could not be used: ${detail || 'it is not what the API promises'}.`,
      remedy: 'Check that api_url leads to Humanitec’s API, and that nothing on the way changes its answers.',
    }
  }
  if (kind !== 'answered') return describeNetworkFailure(failure)
  if (status >= 300 && status < 400) {
    return {
      what: `${request} was answered with a redirect (${status})${redirectHost ? ` to ${redirectHost}` : ''}, which is never followed.`,
      remedy: 'Check api_url: it must be the API’s own address.',
    }
  }
  const { meaning, remedy } = remedies[status] ?? (status >= 500 ? outage : refusal)
  return { what: `${meaning} (${status}) at ${request}${detail ? `: ${detail}` : '.'}`, remedy }
}

/** The API has never given a valid answer: its address comes into question, too. */
export const formatUnreachable = (failure: FailureDetails): Problem => {
  const { what, remedy = '' } = formatFailure(failure)
  return {
    what: `Humanitec never gave a valid answer. ${what}`,
    remedy: remedy.includes('api_url') ? remedy : `Check api_url. ${remedy}`.trim(),
  }
}

/** `environment` is given when it is there, but being deleted. */
export const formatNoEnvironment = ({ org, app, env }: Common, environment?: Environment): Problem =>
  environment
    ? {
        what: `The environment ${env} of ${app} in ${org} is being deleted.`,
        remedy: 'Wait until it is gone. For previews, create_from makes it anew.',
      }
    : {
        what: `There is no environment ${env} in the application ${app} of ${org}, or the token may not see it.`,
        remedy: 'Check org, app and env, and the token’s roles. For previews, create_from makes it.',
      }

/** Another deployment holds the environment. */
export const formatConflict = (request: DeployRequest, active: Deployment | undefined, nowMs: number): Problem => {
  const ageMs = nowMs - ((active && parseTimeMs(active.created_at)) ?? nowMs)
  const what = active
    ? `Deployment ${active.id} is active in ${request.env}, started ${formatDuration(ageMs)} ago by ${active.created_by || 'someone'}.`
    : `Humanitec says that another deployment is active in ${request.env} (409).`
  return {
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
  what: `A deployment ${formatBody(body)} was sent to ${request.env}, and what became of it could not be found out${
    failure ? ` (${formatFailure(failure).what})` : ''
  }. It may be running.`,
  remedy: `Look at the environment’s deployments before anything is started again: ours has the comment “${body.comment}”. A deployment pipeline that takes deployment requests may be holding it, for instance for an approval.`,
})

const formatBody = ({ delta_id, set_id }: StartBody): string =>
  delta_id ? `of Delta ${delta_id}` : set_id ? `of Set ${set_id}` : 'of the environment’s base'

/** The deadline came first. */
export const formatTimedOut = ({ deployment }: Facts, timeoutMs: number, lastFailure?: FailureDetails): Problem => {
  const trouble = lastFailure ? ` The last thing heard: ${formatFailure(lastFailure).what}` : ''
  if (!deployment) {
    return {
      what: `The timeout of ${formatDuration(timeoutMs)} came before anything was started.${trouble}`,
      remedy: 'Nothing is deployed: run the step again, or give it a longer timeout.',
    }
  }
  return {
    what: `Deployment ${deployment.id} is still ${deployment.status || 'running'} after ${formatDuration(timeoutMs)}; it goes on in Humanitec.${trouble}`,
    remedy: 'Follow it by its link, or with `operation: wait`; for slower deployments, set a longer timeout.',
  }
}

/** A signal came. Humanitec's API has no call that cancels a deployment. */
export const formatCancelled = ({ deployment }: Facts): Problem => {
  if (!deployment) return { what: 'The workflow was cancelled before anything was started.' }
  return isFinal(deployment)
    ? { what: `The workflow was cancelled; deployment ${deployment.id} had already ended: ${deployment.status}.` }
    : {
        what: `The workflow was cancelled; deployment ${deployment.id} goes on in Humanitec, which can’t cancel it.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
}

/** The process died without a word of its own; the post step speaks for it. */
export const formatKilled = ({ deployment }: Facts): Problem =>
  deployment
    ? {
        what: `The step was ended from outside; deployment ${deployment.id} goes on in Humanitec.`,
        remedy: 'Follow it by its link, or with `operation: wait`.',
      }
    : { what: 'The step was ended from outside before anything was started.' }

export const formatMistakes = (mistakes: readonly Mistake[]): Problem => ({
  what:
    mistakes.length === 1
      ? 'One input is wrong; nothing was done.'
      : `${mistakes.length} inputs are wrong; nothing was done.`,
  mistakes,
})

/** Where GitHub hands out no secrets, there is nothing to deploy with, and nothing to be red about. */
export const formatNoSecrets = ({ actor, pullRequest }: Origin): Problem => ({
  what: `Nothing was deployed: ${
    pullRequest?.isFromElsewhere ? 'the pull request comes from another repository' : `the run was started by ${actor}`
  }, and GitHub gives such runs no secrets.`,
  remedy: 'To deploy it all the same, a person with write access can push the branch to this repository.',
})
