import type { VirtualClock } from '../../virtual/virtual-clock.ts'
import type { PeopleDo } from './preview-scenario.ts'
import { formatMarker, home, listOwnComments, repository, type Services } from './repository.ts'

/** Lets somebody do it to the preview of a pull request. False: there was nothing to do it to. */
export const letPeople = (services: Services, clock: VirtualClock, number: number, does: PeopleDo): boolean => {
  const { orchestrator, github } = services
  const place = `${home}/pr-${number}`
  const isThere = orchestrator.inspectEnvironment(place) !== undefined
  const makeAnew = (name: string, type = 'development'): boolean => {
    if (isThere) orchestrator.deleteElsewhere(place)
    orchestrator.addEnvironment(place, { name, type, createdMs: clock.now() })
    return true
  }
  switch (does) {
    case 'delete the environment':
      if (isThere) orchestrator.deleteElsewhere(place)
      return isThere
    case 'make it anew':
      return makeAnew(`${repository}#${number}`)
    case 'make it anew for another repository':
      return makeAnew(`acme/cart#${number}`)
    case 'make it anew for production':
      return makeAnew(`${repository}#${number}`, 'production')
    case 'deploy to it':
      return isThere && orchestrator.startElsewhere(place, { plan: { durationMs: 20_000 } }) !== undefined
    case 'comment with our marker':
      github.addComment(repository, number, { body: `${formatMarker(number)}\nSomebody else’s.` })
      return true
    case 'delete our comment': {
      const [first] = listOwnComments(services, number)
      if (first) github.deleteCommentElsewhere(repository, first.id)
      return first !== undefined
    }
  }
}
