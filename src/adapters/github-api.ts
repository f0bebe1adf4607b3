import type { GitHub } from '../ports.ts'
import { createAskGitHub, type GitHubTransport } from './github-ask.ts'
import { createGraphql } from './github-graphql.ts'
import { createRest } from './github-rest.ts'

/**
 * The endpoints of GitHub's REST API and the queries of its GraphQL API, each answer checked before it goes further.
 *
 * @param repository `owner/repo`
 * @param now milliseconds since the epoch, for the times in headers
 */
export const createGitHub = (transport: GitHubTransport, repository: string, now: () => number): GitHub => {
  const ask = createAskGitHub(transport, now)
  const [owner = '', name = ''] = repository.split('/')
  return { ...createRest(ask, owner, name), ...createGraphql(ask, owner, name) }
}
