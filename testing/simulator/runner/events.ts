/** What made a workflow run. */
export type WorkflowEvent = {
  readonly name: string
  readonly payload: object
  /** What the runner makes of it: `GITHUB_SHA`, `GITHUB_REF_NAME`, … */
  readonly variables: Readonly<Record<string, string>>
}

const someone = 'octocat'

export type Push = {
  readonly sha?: string
  readonly message?: string
  readonly branch?: string
  readonly actor?: string
}

export const createPushEvent = ({
  sha = 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4',
  message = 'Merge pull request #12 from acme/basket\n\nAdd a basket',
  branch = 'main',
  actor = someone,
}: Push = {}): WorkflowEvent => ({
  name: 'push',
  payload: { ref: `refs/heads/${branch}`, after: sha, head_commit: { id: sha, message } },
  variables: describeRef({ sha, ref: `refs/heads/${branch}`, name: branch, actor }),
})

export type PullRequestChange = {
  readonly action: 'opened' | 'synchronize' | 'reopened' | 'closed'
  readonly number?: number
  readonly title?: string
  readonly sha?: string
  readonly branch?: string
  readonly actor?: string
  /** `owner/repo` of the head; by default the workflow's own. */
  readonly headRepository?: string
}

/** The workflow runs on the merge commit, as on GitHub; the head's is in the payload. */
export const createPullRequestEvent = ({
  action,
  number = 12,
  title = 'Add a basket',
  sha = 'c0ffee1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f',
  branch = 'basket',
  actor = someone,
  headRepository = 'acme/shop',
}: PullRequestChange): WorkflowEvent => ({
  name: 'pull_request',
  payload: {
    action,
    number,
    pull_request: {
      number,
      title,
      state: action === 'closed' ? 'closed' : 'open',
      head: { ref: branch, sha, repo: { full_name: headRepository } },
      base: { ref: 'main' },
    },
  },
  variables: {
    ...describeRef({ sha: mergeSha, ref: `refs/pull/${number}/merge`, name: `${number}/merge`, actor }),
    GITHUB_HEAD_REF: branch,
    GITHUB_BASE_REF: 'main',
  },
})

const mergeSha = 'deadbeef0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f'

/** Another workflow has run, of a commit that lies in some repository: a fork's, whose pull requests GitHub doesn't list. */
export const createWorkflowRunEvent = ({
  sha,
  headRepository,
  branch = 'basket',
}: {
  readonly sha: string
  readonly headRepository: string
  readonly branch?: string
}): WorkflowEvent => ({
  name: 'workflow_run',
  payload: {
    action: 'completed',
    workflow_run: {
      head_sha: sha,
      head_branch: branch,
      head_commit: { id: sha, message: 'Add a basket' },
      head_repository: { full_name: headRepository },
      pull_requests: [],
    },
  },
  variables: describeRef({ sha: mergeSha, ref: 'refs/heads/main', name: 'main', actor: someone }),
})

/** Started by a person's hand, or by the clock. */
export const createOtherEvent = (name: 'workflow_dispatch' | 'schedule'): WorkflowEvent => ({
  name,
  payload: {},
  variables: describeRef({
    sha: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    ref: 'refs/heads/main',
    name: 'main',
    actor: someone,
  }),
})

type Ref = { readonly sha: string; readonly ref: string; readonly name: string; readonly actor: string }

const describeRef = ({ sha, ref, name, actor }: Ref): WorkflowEvent['variables'] => ({
  GITHUB_SHA: sha,
  GITHUB_REF: ref,
  GITHUB_REF_NAME: name,
  GITHUB_REF_TYPE: 'branch',
  GITHUB_ACTOR: actor,
  GITHUB_TRIGGERING_ACTOR: actor,
})
