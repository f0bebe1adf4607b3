/** Everything that GitHub knows. */
export type GitHubState = {
  readonly repositories: Map<string, Repository>
  readonly grants: ReadonlyMap<string, GitHubGrant>
  /** Beyond 2^31, as GitHub's are by now. */
  nextId: number
  /** What GraphQL answers for an `Int` of more than 32 bits: `null`, alone or with an error beside it. */
  readonly outgrown: 'null' | 'error'
}

type Level = 'read' | 'write'

/** Whose a token is, and what a workflow's `permissions:` give it. */
export type GitHubGrant = {
  readonly user: GitHubUser
  readonly permissions: {
    readonly issues?: Level
    readonly pull_requests?: Level
    readonly deployments?: Level
    readonly contents?: Level
  }
}

export type GitHubUser = { readonly login: string; readonly id: number; readonly type: 'Bot' | 'User' }

export type Repository = {
  readonly id: number
  /** `owner/repo`. */
  readonly name: string
  /** What is public may be read without a permission. */
  readonly isPublic: boolean
  readonly pulls: Map<number, Pull>
  /** Oldest first. */
  comments: Comment[]
  /** Oldest first. */
  readonly deployments: GitHubDeployment[]
}

export type Pull = {
  readonly number: number
  readonly title: string
  readonly headRef: string
  /** `owner/repo`. */
  readonly headRepository: string
  /** Oldest first; the last one is the head. */
  readonly commits: string[]
  state: 'open' | 'closed' | 'merged'
}

export type Comment = {
  readonly id: number
  readonly issue: number
  readonly user: GitHubUser
  body: string
  readonly createdMs: number
  updatedMs: number
}

export type GitHubDeployment = {
  readonly id: number
  readonly environment: string
  readonly ref: string
  readonly sha: string
  readonly task: string
  readonly description: string
  /** As it was given. */
  readonly payload: unknown
  readonly isTransient: boolean
  readonly isProduction: boolean
  readonly creator: GitHubUser
  readonly createdMs: number
  /** Oldest first. */
  readonly statuses: DeploymentStatus[]
}

export type DeploymentStatus = {
  readonly id: number
  readonly state: string
  readonly description: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly creator: GitHubUser
  readonly createdMs: number
}

/** A Deployment's global id. */
export const formatNodeId = (id: number): string => `DE_${id}`

/** Times have no decimals there. */
export const formatGitHubTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

export const describeGitHubUser = ({ login, id, type }: GitHubUser): Record<string, unknown> => ({
  login,
  id,
  type,
  html_url: `https://github.com/${login}`,
  site_admin: false,
})
