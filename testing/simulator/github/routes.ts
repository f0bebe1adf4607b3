/** A path taken apart. */
export type GitHubRoute = {
  readonly noun: GitHubNoun
  /** `owner/repo`, or its id. */
  readonly repository: string
  readonly id: string
}

type GitHubNoun =
  | 'graphql'
  | 'user'
  | 'comments'
  | 'comment'
  | 'pull'
  | 'commit-pulls'
  | 'deployments'
  | 'deployment'
  | 'statuses'

const patterns: readonly (readonly [pattern: RegExp, noun: GitHubNoun])[] = [
  [/^issues\/(\d+)\/comments$/, 'comments'],
  [/^issues\/comments\/(\d+)$/, 'comment'],
  [/^pulls\/(\d+)$/, 'pull'],
  [/^commits\/([^/]+)\/pulls$/, 'commit-pulls'],
  [/^deployments$/, 'deployments'],
  [/^deployments\/(\d+)$/, 'deployment'],
  [/^deployments\/(\d+)\/statuses$/, 'statuses'],
]

/** `undefined` when no route leads there. GitHub Enterprise Server has REST at `/api/v3`, GraphQL at `/api/graphql`. */
export const parseGitHubRoute = (fullPath: string): GitHubRoute | undefined => {
  const path = fullPath.replace(/^\/api(?:\/v3)?\//, '/')
  if (path === '/graphql' || path === '/user')
    return { noun: path === '/user' ? 'user' : 'graphql', repository: '', id: '' }
  const [, repository, rest = ''] = /^\/(?:repos\/([^/]+\/[^/]+)|repositories\/\d+)\/(.+)$/.exec(path) ?? []
  const byId = /^\/repositories\/(\d+)\//.exec(path)?.[1]
  for (const [pattern, noun] of patterns) {
    const match = pattern.exec(rest)
    if (match) return { noun, repository: repository ?? byId ?? '', id: match[1] ?? '' }
  }
  return undefined
}
