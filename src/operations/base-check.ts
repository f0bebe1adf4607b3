import type { Deployment } from '../core/api.ts'
import { RequestError } from '../core/network/request-error.ts'
import { requestLimitsMs } from '../core/network/retry-policy.ts'
import type { Result } from '../core/run/outcome.ts'
import { type Context, isPastDeadline } from './context.ts'
import { orError, sendRequest } from './request.ts'

/** Whether our deployment was made on the base that was asked for: somebody may have set another one before our start. */
export type BaseCheck = {
  /** Says so as soon as a deployment tells of another base. */
  look(deployment: Deployment): void
  /** At the end, whatever the status: what the step ends with instead; `undefined` when nothing is wrong. */
  judge(): Promise<Result | undefined>
}

/** For what isn't judged: what was there already, and what a pipeline or a Set made. */
export const noBaseCheck: BaseCheck = { look: () => undefined, judge: async () => undefined }

/**
 * @param base the one that was asked for; without a rebase the one that the log named, which is only warned of
 * @param isRebased whether this attempt has set it
 */
export const createBaseCheck = (
  context: Context,
  env: string,
  { base, isRebased }: { readonly base: Deployment; readonly isRebased: boolean },
): BaseCheck => {
  let other = ''
  return {
    look: ({ from_id, pipeline }) => {
      if (other !== '' || from_id === '' || from_id === base.id || pipeline) return
      other = from_id
      context.log({ kind: 'other_base', asked: base.id, actual: from_id, isRebased })
      if (!isRebased) context.store.remark({ kind: 'built_on_other_base', named: base.id, actual: from_id })
    },
    judge: async () => {
      if (!isRebased || other === '' || (await haveSameSet(context, env, [base, other]))) return undefined
      return { outcome: 'error', reason: { kind: 'other_base', asked: base.id, actual: other } }
    },
  }
}

/** Only where both are known. */
const haveSameSet = async (
  context: Context,
  env: string,
  [base, otherId]: readonly [Deployment, string],
): Promise<boolean> => {
  const setId = base.set_id || (await readSetId(context, env, base.id))
  return setId !== '' && setId === (await readSetId(context, env, otherId))
}

const readSetId = async (context: Context, env: string, id: string): Promise<string> => {
  const known = context.store.state.history.find((deployment) => deployment.id === id)
  if (known || isPastDeadline(context)) return known?.set_id ?? ''
  const answer = await orError(
    sendRequest(context, (limits) => context.humanitec.getDeployment(env, id, limits), {
      patience: requestLimitsMs.read,
    }),
  )
  return answer instanceof RequestError ? '' : answer.set_id
}
