import type { Deployment } from '../core/api.ts'
import type { RequestError } from '../core/network/request-error.ts'
import { requestLimitsMs } from '../core/network/retry-policy.ts'
import type { Context } from './context.ts'
import { catchRequestError, type RequestPolicy, sendRequest } from './request.ts'

// Reads of Humanitec that several operations make. They throw as `sendRequest` does.

export const readDeployment = (
  context: Context,
  env: string,
  id: string,
  policy?: RequestPolicy,
): Promise<Deployment> => sendRequest(context, (limits) => context.humanitec.getDeployment(env, id, limits), policy)

/** For callers that can do without it: tried for as long as one read may take. */
export const tryReadDeployment = (context: Context, env: string, id: string): Promise<Deployment | RequestError> =>
  catchRequestError(readDeployment(context, env, id, { patience: requestLimitsMs.read }))

/** All deployments of an environment, newest first: the list can be long, and gets more time than other reads. */
export const listDeployments = (
  context: Context,
  env: string,
  policy?: Omit<RequestPolicy, 'timeoutMs'>,
): Promise<readonly Deployment[]> =>
  sendRequest(context, (limits) => context.humanitec.listDeployments(env, limits), {
    ...policy,
    timeoutMs: requestLimitsMs.list,
  })
