import type { Deployment, PipelineRunId, StartBody } from '../api.ts'
import type { ReportedResult } from './problem.ts'

/**
 * What a run that died has left open, for the post step. Kept in the runner's state file, so it holds no token.
 * Where and with what to reach the API, the post step reads from its own inputs.
 */
export type Checkpoint = {
  /** How far a deployment got; absent where nothing of it is open. */
  readonly phase?: Phase
  /** The report is still to be told; without it, only the other things are open. */
  readonly report?: true
  /** How it ended, as people were told: GitHub is still to be told the same. */
  readonly told?: ReportedResult
  /** The comment on the pull request still says that the deployment goes on; without an id where none was found or made yet. */
  readonly comment?: GitHubPage
  /** The same for GitHub's own Deployment. */
  readonly githubDeployment?: GitHubPage
  /** Environments whose deletion Humanitec may have taken on, and GitHub has not been told of. */
  readonly deletions?: readonly PendingDeletion[]
  /** So many there are besides: the state is bounded. */
  readonly moreDeletions?: number
}

export type GitHubPage = { readonly id?: number }
export type PendingDeletion = { readonly env: string; readonly pullRequest?: number }

export type Phase =
  /** A base was set, or is about to be, and no start has taken it yet. */
  | { readonly kind: 'rebasing'; readonly rebase: PendingRebase }
  /** A start was sent, or is about to be. */
  | { readonly kind: 'starting'; readonly start: PendingStart; readonly rebase?: PendingRebase }
  /** A start is held by a run of a pipeline, and there is no deployment yet. */
  | { readonly kind: 'following_run'; readonly run: PipelineRunId }
  /**
   * `askedBaseId`: of the base that our start was made on, where we had set one. `rebase`: what we had set before an earlier
   * attempt's deployment was found, which didn't take it.
   */
  | {
      readonly kind: 'following'
      readonly deploymentId: string
      readonly askedBaseId?: string
      readonly rebase?: PendingRebase
    }

/** The base that we set, the one to put back, and the newest deployment before (`''` where there was none). */
export type PendingRebase = {
  readonly setId: string
  readonly previousId: string
  /** A base that we had set before this one: it is ours as well. */
  readonly earlierId?: string
  readonly newestId: string
  /** Not every request for it was answered, so that it may still come. */
  readonly isOnItsWay?: true
}

/** By which a start is found again whose answer was lost. */
export type PendingStart = {
  readonly body: StartBody
  readonly mark: string
  /** The environment's newest deployment before it; `''` where there was none. */
  readonly newestBefore: Pick<Deployment, 'id' | 'created_at'>
  /** Of the base, where it is deployed as it is; `''` where it isn't known. */
  readonly baseSetId?: string
  /** Runs with our mark that were there before: an earlier attempt's. */
  readonly earlierRunIds: readonly string[]
}

/** @param rebase `undefined`: the base is put back, or no longer ours to put back */
export const withRebase = (phase: Phase | undefined, rebase: PendingRebase | undefined): Phase | undefined => {
  if (phase?.kind === 'starting') return { kind: 'starting', start: phase.start, ...(rebase && { rebase }) }
  if (phase?.kind === 'following') {
    const { rebase: _, ...following } = phase
    return { ...following, ...(rebase && { rebase }) }
  }
  if (rebase) return { kind: 'rebasing', rebase }
  return phase?.kind === 'rebasing' ? undefined : phase
}

export const withStart = (phase: Phase | undefined, start: PendingStart): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'starting', start, ...(rebase && { rebase }) }
}

/** Our start has taken the base, if we had set one. */
export const withStarted = (phase: Phase | undefined, deploymentId: string): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following', deploymentId, ...(rebase && { askedBaseId: rebase.setId }) }
}

/** A deployment is followed that was there before: what we had set is still to be put back. */
export const withAttached = (phase: Phase | undefined, deploymentId: string): Phase => {
  const rebase = findRebase(phase)
  return { kind: 'following', deploymentId, ...(rebase && { rebase }) }
}

/** Nothing came of the start, for sure; or nobody needs to be told any more what became of it. */
export const withoutStart = (phase: Phase | undefined): Phase | undefined => withRebase(undefined, findRebase(phase))

export const findRebase = (phase: Phase | undefined): PendingRebase | undefined =>
  phase === undefined || phase.kind === 'following_run' ? undefined : phase.rebase
