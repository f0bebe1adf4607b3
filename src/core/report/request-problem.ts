import type { Humanitec } from '../../ports.ts'
import type { FailureDetails } from '../network/failure.ts'
import { describeNetworkFailure } from '../network/network-advice.ts'
import type { Reach } from '../network/reach.ts'
import type { Problem } from '../run/outcome.ts'
import { summarizePage } from '../text/page.ts'
import { toSentence } from '../text/words.ts'

type Advice = Pick<Problem, 'namesSetting'> & { readonly meaning: string; readonly remedy: string }

/** What an answer's status means to a person, and what to do about it (Humanitec's API reference, and what it was seen to do). */
const advice: Readonly<Record<number, Advice>> = {
  401: {
    meaning: 'Humanitec saw no token',
    remedy: 'Check the input token, and what api_url leads to.',
    namesSetting: true,
  },
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

const refusedBase: Advice = {
  meaning: 'Humanitec refused the base',
  remedy: 'Check from_deploy_id: it takes the whole id of a deployment, as its summary tells it under Details.',
}
const refusedStart: Advice = {
  meaning: 'Humanitec refused the request',
  remedy: 'Check that the Delta exists in this application and fits the environment.',
}
const refusal: Advice = { meaning: 'Humanitec refused the request', remedy: 'Check the inputs.' }
const outage: Advice = { meaning: 'Humanitec is not well', remedy: 'Run the step again when Humanitec answers.' }

/** Where a status means something else of one operation. */
const operationAdvice: { readonly [Operation in keyof Humanitec]?: Readonly<Record<number, Advice>> } = {
  startDeployment: { 400: refusedStart },
  putBase: { 400: refusedBase, 404: refusedBase },
}

const findAdvice = (status: number, operation: keyof Humanitec | undefined): Advice =>
  (operation && operationAdvice[operation]?.[status]) ?? advice[status] ?? (status >= 500 ? outage : refusal)

/** One failed request, as a sentence and a remedy. */
export const formatFailure = (failure: FailureDetails): Problem => {
  const { kind, status = 0, request, operation, redirectHost } = failure
  // Not cut: a secret in it is only found whole.
  const detail = summarizePage(failure.detail)
  if (kind === 'unreadable') {
    return {
      cause: 'the answer was none of Humanitec’s',
      what: `The answer to ${request} could not be used: ${detail || 'it is not what the API promises'}.`,
      remedy: 'Check that api_url leads to Humanitec’s API, and that nothing on the way changes its answers.',
      namesSetting: true,
    }
  }
  if (kind !== 'answered')
    return { cause: 'Humanitec can’t be reached', ...describeNetworkFailure({ reach: humanitec, ...failure }) }
  if (status >= 300 && status < 400) {
    return {
      cause: 'api_url leads elsewhere',
      what: `${request} was answered with a redirect (${status})${redirectHost ? ` to ${redirectHost}` : ''}, which is never followed.`,
      remedy: 'Check api_url: it must be the API’s own address.',
      namesSetting: true,
    }
  }
  const { meaning, ...others } = findAdvice(status, operation)
  return {
    cause: `${meaning} (${status})`,
    what: toSentence(`${meaning} (${status}) at ${request}${detail && `: ${detail}`}`),
    ...others,
  }
}

/** Where nothing is known of the way to the host. */
const humanitec: Reach = { host: 'Humanitec', setting: 'api_url', extraCaFile: '' }

/** The API has never given a valid answer: its address comes into question, too. */
export const formatUnreachable = (failure: FailureDetails): Problem => {
  const { what, remedy = '', namesSetting } = formatFailure(failure)
  return {
    cause: 'Humanitec never gave a valid answer',
    what: `${what} There was no valid answer to any try.`,
    remedy: namesSetting ? remedy : `Check api_url. ${remedy}`.trim(),
  }
}
