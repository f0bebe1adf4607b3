import type { Fence } from '../environment/fence.ts'

/** Why an environment is kept, as a clause. */
export const formatFence = (fence: Fence): string => {
  switch (fence.kind) {
    case 'others':
      return `it is named ${fence.name}, for ${fence.claim}`
    case 'type':
      return `it is of type ${fence.type}, not ${fence.wanted}`
    case 'production':
      return 'it is a production environment'
    case 'unnamed':
      return `its name, ${fence.name}, doesn’t say that it was made for ${fence.repository}`
    case 'unnumbered':
      return `its name, ${fence.name}, doesn’t say that it was made for this pull request`
    case 'misfit':
      return `its id doesn’t fit ${fence.pattern}`
    case 'being_deleted':
      return 'it is being deleted already'
    case 'open_pull_request':
      return 'its pull request is open'
    case 'no_pull_request':
      return `there is no pull request ${fence.pullRequest} in ${fence.repository}`
  }
}
