import type { Common } from '../inputs/request.ts'
import type { Problem } from '../run/outcome.ts'
import { formatCount } from '../text/words.ts'
import { formatPerhapsDeleted } from './deletion-problem.ts'

/** What the post step finds of an environment that a killed run was to delete. */
export type Remains = 'gone' | 'deleting' | 'there' | 'unknown'

/** The process died without a word of its own; the post step speaks for it. Without `remains`, no DELETE had been sent. */
export const formatKilledDelete = (request: Common, remains: Remains | undefined): Problem => {
  const { env } = request
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
    case 'unknown':
      return {
        cause: formatPerhapsDeleted(request),
        what: `The step was ended from outside; the environment ${env} may have been deleted: it could not be looked at.`,
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
  const countOf = (wanted: Remains) => remains.filter((each) => each === wanted).length
  const [gone, unknown] = [countOf('gone'), countOf('unknown')]
  const unseen = unknown > 0 ? `, ${unknown} could not be looked at` : ''
  const seen =
    remains.length === 0
      ? 'no deletion was under way'
      : `of ${formatCount(remains.length, 'deletion')} that were under way, ${gone} ${gone === 1 ? 'is' : 'are'} done${unseen}`
  return { what: `The step was ended from outside; ${seen}.`, remedy: 'Run the step again for the rest.' }
}
