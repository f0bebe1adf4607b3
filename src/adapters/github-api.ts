import type { Redact } from '../core/text/redact.ts'
import type { GitHub } from '../ports.ts'
import { createAskGitHub, type GitHubTransport } from './github-ask.ts'
import { createGraphql } from './github-graphql.ts'
import { createRest } from './github-rest.ts'

/**
 * The endpoints of GitHub's REST API and the queries of its GraphQL API, each answer checked before it goes further.
 *
 * @param repository `owner/repo`
 * @param now milliseconds since the epoch, for the times in headers
 * @param redact applied to the texts that people get to see; not to names, states and queries, by which things are found again
 */
export const createGitHub = (
  transport: GitHubTransport,
  repository: string,
  now: () => number,
  redact: Redact,
): GitHub => {
  const ask = createAskGitHub(transport, now)
  const [owner = '', name = ''] = repository.split('/')
  return { ...createRest(ask, owner, name, redact), ...createGraphql(ask, owner, name) }
}
