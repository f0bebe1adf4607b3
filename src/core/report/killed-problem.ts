import type { Common } from '../inputs/request.ts'
import type { Problem } from '../run/outcome.ts'
import { formatCount } from './error-groups.ts'

/** What the post step finds of an environment that a killed run was to delete. */
export type Remains = 'gone' | 'deleting' | 'there'

/** The process died without a word of its own; the post step speaks for it. Without `remains`, no DELETE had been sent. */
export const formatKilledDelete = ({ env }: Common, remains: Remains | undefined): Problem => {
  switch (remains) {
    case 'gone':
      return { what: `The step was ended from outside; the environment ${env} has been deleted.` }
    case 'deleting':
      return { what: `The step was ended from outside; the deletion of the environment ${env} goes on in Humanitec.` }
    case 'there':
      return {
        what: `The step was ended from outside; the environment ${env} is still there.`,
        remedy: 'Run the step again.',
      }
    case undefined:
      return {
        what: `The step was ended from outside before the environment ${env} was deleted.`,
        remedy: 'Run the step again.',
      }
  }
}

/** @param remains of the environments whose deletion had been asked for, and whose end had not been seen */
export const formatKilledPrune = (remains: readonly Remains[]): Problem => {
  const gone = remains.filter((each) => each === 'gone').length
  const seen =
    remains.length === 0
      ? 'no deletion was under way'
      : `of ${formatCount(remains.length, 'deletion')} that were under way, ${gone} ${gone === 1 ? 'is' : 'are'} done`
  return { what: `The step was ended from outside; ${seen}.`, remedy: 'Run the step again for the rest.' }
}
