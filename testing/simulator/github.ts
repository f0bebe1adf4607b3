import type { ApiAnswer, RequestRecord } from './exchange.ts'
import { routeGitHubRequest } from './github/answer.ts'
import { createGitHubScript, type GitHubScript } from './github/script.ts'
import type { GitHubGrant, GitHubState } from './github/state.ts'
import { createLater } from './later.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'

export type GitHubOptions = {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** By default only `usualGitHubToken`, a workflow's token with the permissions that comments and Deployments need. */
  readonly tokens?: Readonly<Record<string, GitHubGrant>>
  /** What GraphQL answers for a number of more than 32 bits; `null` alone by default. */
  readonly outgrown?: GitHubState['outgrown']
  readonly onAnswer?: (record: RequestRecord, answer: ApiAnswer) => void
}

export type GitHub = RequestLog & GitHubScript

export const usualGitHubToken = 'ghs_simulatedWorkflowToken'

/** Whose the comments of all workflows are. */
export const workflowUser = { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' } as const

const usualGrants: Readonly<Record<string, GitHubGrant>> = {
  [usualGitHubToken]: {
    user: workflowUser,
    permissions: { contents: 'read', pull_requests: 'write', deployments: 'write' },
  },
}

/** The few calls of GitHub's API that the action makes, in memory; REST and GraphQL, permissions and pages included. */
export const createGitHub = (options: GitHubOptions): GitHub => {
  const later = createLater()
  const state: GitHubState = {
    repositories: new Map(),
    grants: new Map(Object.entries(options.tokens ?? usualGrants)),
    nextId: 3_200_000_001,
    outgrown: options.outgrown ?? 'null',
  }
  const now = (): number => {
    const nowMs = options.now()
    later.settle(nowMs)
    return nowMs
  }
  const requestLog = createRequestLog({
    now: options.now,
    later,
    route: (request) => routeGitHubRequest(state, request),
    onAnswer: options.onAnswer,
  })
  return { ...requestLog, ...createGitHubScript(state, now) }
}
