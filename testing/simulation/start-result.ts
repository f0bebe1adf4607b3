import { isDeployment } from './checks/json.ts'
import type { Sending } from './trace.ts'

/**
 * What a start's sender could know of it: judged here once more, apart from the action's own judgement.
 * - `open`: its sender died before it saw anything
 * - `given up`: cut by its sender, after a signal
 * - `taken`: a 2xx without a usable deployment
 * - `lost`: no answer, or one that says nothing: also a refusal that isn't Humanitec's own
 */
export type StartResult =
  | 'open'
  | 'given up'
  | 'not sent'
  | 'lost'
  | 'started'
  | 'taken'
  | 'redirected'
  | 'conflict'
  | 'throttled'
  | 'refused'

export const isStart = ({ operation }: Sending): boolean => operation === 'POST deploys'

export const determineStartResult = ({ seen, record }: Sending): StartResult => {
  if (!seen) return 'open'
  switch (seen.kind) {
    case 'given up':
      return 'given up'
    case 'answer':
      return determineStartResultByAnswer(seen.answer.status, seen.answer.body, record?.acceptedId)
    case 'failure': {
      const { kind, status } = seen.details
      if (kind === 'not_sent' || kind === 'untrusted') return 'not sent'
      return status === undefined ? 'lost' : 'taken'
    }
  }
}

/** Humanitec's own refusals have both; what was cut short, or is somebody else's, proves nothing. */
export const isRefusal = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && 'message' in body

const determineStartResultByAnswer = (status: number, body: unknown, acceptedId: string | undefined): StartResult => {
  // A pipeline may answer with its run, or with the deployment before.
  if (status >= 200 && status < 300)
    return isDeployment(body) && (body as { readonly id: string }).id === acceptedId ? 'started' : 'taken'
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 429) return 'throttled'
  if (!isRefusal(body)) return 'lost'
  if (status === 409) return 'conflict'
  return status === 408 || status >= 500 ? 'lost' : 'refused'
}
