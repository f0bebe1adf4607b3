import type { DeleteRequest, PruneRequest } from '../core/inputs/request.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import type { Result } from '../core/run/result.ts'
import type { Context } from './context.ts'
import { deleteEnvironment, finishDeletions } from './delete.ts'
import { createDeletionReporter } from './github-reporter.ts'
import { prune } from './prune.ts'

/** The operations that delete: one environment, or those of all closed pull requests. */
export const remove = (context: Context, request: DeleteRequest | PruneRequest): Promise<Result> => {
  context.log({ kind: 'opening', request, comment: '' })
  const reporter = createDeletionReporter(context, request)
  return request.operation === 'delete'
    ? deleteEnvironment(context, request, reporter)
    : prune(context, request, reporter)
}

/** For the post step: reads once what a killed or cancelled run was deleting, and shows it on GitHub. Deletes nothing. */
export const finishRemoval = async (
  context: Context,
  request: DeleteRequest | PruneRequest,
  work: Checkpoint,
): Promise<Result> => {
  const remains = await finishDeletions(context, work, createDeletionReporter(context, request))
  if (request.operation === 'prune') return { outcome: 'cancelled', reason: { kind: 'killed_prune', remains } }
  const [remained] = remains
  return remained === 'gone'
    ? { outcome: 'deleted' }
    : { outcome: 'cancelled', reason: { kind: 'killed_deletion', ...(remained && { remains: remained }) } }
}
