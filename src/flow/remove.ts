import type { DeleteRequest, PruneRequest } from '../core/inputs/request.ts'
import { formatKilledDelete, formatKilledPrune } from '../core/report/killed-problem.ts'
import type { OpenWork } from '../core/run/open-work.ts'
import type { Ending } from '../core/run/outcome.ts'
import { deleteEnvironment, finishDeletions } from './delete.ts'
import { createFarewell } from './farewell.ts'
import type { GitHubStep } from './github.ts'
import { prune } from './prune.ts'
import type { Step } from './step.ts'

/** The operations that delete: one environment, or those of all closed pull requests. */
export const remove = (step: Step & GitHubStep, request: DeleteRequest | PruneRequest): Promise<Ending> => {
  const farewell = createFarewell(step, request)
  return request.operation === 'delete' ? deleteEnvironment(step, request, farewell) : prune(step, request, farewell)
}

/** For the post step: what a killed or cancelled run has deleted is looked at once, and told to GitHub. Deletes nothing. */
export const finishRemoval = async (
  step: Step & GitHubStep,
  request: DeleteRequest | PruneRequest,
  work: OpenWork,
): Promise<Ending> => {
  const remains = await finishDeletions(step, work, createFarewell(step, request))
  if (request.operation === 'prune') return { outcome: 'cancelled', problem: formatKilledPrune(remains) }
  const [remained] = remains
  return remained === 'gone'
    ? { outcome: 'deleted' }
    : { outcome: 'cancelled', problem: formatKilledDelete(request, remained) }
}
