import type { Comment, GitHubDeployment, GitHubState, GitHubUser, Pull, Repository } from './state.ts'

/** What there is, what people do, and how it stands. A repository is named `owner/repo`. */
export type GitHubScript = {
  /** Private, so that a missing permission shows; adding anything makes the repository too. */
  addRepository(name: string, options?: { readonly isPublic?: boolean }): void
  addPull(repository: string, pull: NewPull): void
  /** A pull request is closed, merged or reopened. */
  setPullState(repository: string, number: number, state: Pull['state']): void
  /** A commit becomes the pull request's head. */
  pushToPull(repository: string, number: number, sha: string): void
  /** Somebody's comment, past the record. Returns its id. */
  addComment(repository: string, number: number, comment: NewComment): number
  /** Somebody deletes one, past the record. */
  deleteCommentElsewhere(repository: string, id: number): void
  /** Oldest first, of one issue. */
  inspectComments(repository: string, number: number): readonly Comment[]
  /** GitHub Deployments of an environment from other times, `count` of them, each of one status. */
  addGitHubDeployments(repository: string, environment: string, count: number, state: string): void
  /** Oldest first; each with its statuses, oldest first. */
  inspectGitHubDeployments(repository: string): readonly GitHubDeployment[]
}

type NewPull = {
  readonly number: number
  readonly title?: string
  readonly sha?: string
  readonly headRef?: string
  readonly headRepository?: string
  readonly state?: Pull['state']
}

type NewComment = { readonly body: string; readonly user?: GitHubUser }

const someone: GitHubUser = { login: 'octocat', id: 583_231, type: 'User' }

export const createGitHubScript = (state: GitHubState, now: () => number): GitHubScript => ({
  addRepository: (name, { isPublic = false } = {}) => {
    addRepository(state, name, isPublic)
  },
  addPull: (
    name,
    { number, title = 'Add a feature', sha, headRef = 'feature', headRepository = name, state: word = 'open' },
  ) => {
    const repository = state.repositories.get(name) ?? addRepository(state, name, false)
    repository.pulls.set(number, { number, title, headRef, headRepository, commits: sha ? [sha] : [], state: word })
  },
  setPullState: (name, number, word) => {
    getPullOf(state, name, number).state = word
  },
  pushToPull: (name, number, sha) => {
    getPullOf(state, name, number).commits.push(sha)
  },
  addComment: (name, number, { body, user = someone }) => {
    const id = state.nextId++
    const nowMs = now()
    getRepository(state, name).comments.push({ id, issue: number, user, body, createdMs: nowMs, updatedMs: nowMs })
    return id
  },
  deleteCommentElsewhere: (name, id) => {
    const repository = getRepository(state, name)
    repository.comments = repository.comments.filter((comment) => comment.id !== id)
  },
  addGitHubDeployments: (name, environment, count, word) => {
    const { deployments } = getRepository(state, name)
    for (let index = 0; index < count; index++) deployments.push(createOld(state, environment, word, now()))
  },
  inspectComments: (name, number) => getRepository(state, name).comments.filter(({ issue }) => issue === number),
  inspectGitHubDeployments: (name) => getRepository(state, name).deployments,
})

const createOld = (state: GitHubState, environment: string, word: string, createdMs: number): GitHubDeployment => {
  const sha = '0'.repeat(40)
  const status = { state: word, description: '', environmentUrl: '', logUrl: '', creator: someone, createdMs }
  return {
    id: state.nextId++,
    environment,
    ref: sha,
    sha,
    task: 'deploy',
    description: '',
    payload: {},
    isTransient: false,
    isProduction: false,
    creator: someone,
    createdMs,
    statuses: [{ id: state.nextId++, ...status }],
  }
}

const addRepository = (state: GitHubState, name: string, isPublic: boolean): Repository => {
  const repository = { id: state.nextId++, name, isPublic, pulls: new Map(), comments: [], deployments: [] }
  state.repositories.set(name, repository)
  return repository
}

/** @throws Error when a script names what isn't there */
const getRepository = (state: GitHubState, name: string): Repository => {
  const repository = state.repositories.get(name)
  if (repository) return repository
  throw new Error(`The simulator has no repository ${name}.`)
}

const getPullOf = (state: GitHubState, name: string, number: number): Pull => {
  const pull = getRepository(state, name).pulls.get(number)
  if (pull) return pull
  throw new Error(`The simulator has no pull request ${name}#${number}.`)
}
