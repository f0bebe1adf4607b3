import type { Ending } from '../core/outcome.ts'
import type { DeleteRequest, PruneRequest } from '../core/request.ts'
import { deleteEnvironment } from './delete.ts'
import { createFarewell } from './farewell.ts'
import type { GitHubStep } from './github.ts'
import { prune } from './prune.ts'
import type { Step } from './step.ts'

/** The operations that delete: one environment, or those of all closed pull requests. */
export const remove = (step: Step & GitHubStep, request: DeleteRequest | PruneRequest): Promise<Ending> => {
  const farewell = createFarewell(step, request)
  return request.operation === 'delete'
    ? deleteEnvironment(step, request, farewell)
    : prune(step, request, farewell)
}
