import type { DeleteRequest, PruneRequest } from '../core/inputs/request.ts'
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

/** For the post step: GitHub is told of what a killed or cancelled process has deleted. */
export const finishRemoval = (
  step: Step & GitHubStep,
  request: DeleteRequest | PruneRequest,
  work: OpenWork,
): Promise<void> => finishDeletions(step, work, createFarewell(step, request))
