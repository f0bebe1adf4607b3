import type { StartBody } from '../../ports.ts'
import { parseJson } from '../text/json.ts'
import type { ReportedResult } from './outcome.ts'

/**
 * What a run that died has left open, for the post step. Kept in the runner's state file, so it holds no token.
 * Where and with what to reach the API, the post step reads from its own inputs.
 */
export type Checkpoint = {
  /** A start that was sent, or is about to be: what was sent, and the newest deployment before it (`''` when there was none). */
  readonly start?: { readonly body: StartBody; readonly newestBeforeId: string; readonly newestBeforeAt: string }
  /** The deployment that was followed. */
  readonly deploymentId?: string
  /**
   * A rebase with no start behind it yet: the base that we set, the one to put back, and the newest deployment before (`''`
   * where there was none). `isOnItsWay`: not every request for it was answered, so that it may still come.
   */
  readonly rebase?: {
    readonly setId: string
    readonly previousId: string
    /** A base that we had set before this one: it is ours as well. */
    readonly earlierId?: string
    readonly newestId: string
    readonly isOnItsWay?: true
  }
  /** The report is still to be told; without it, only the other things are open. */
  readonly report?: true
  /** How it ended, as people were told: GitHub is still to be told the same. */
  readonly told?: ReportedResult
  /** The comment on the pull request still says that the deployment goes on; without an id where none was found or made yet. */
  readonly comment?: { readonly id?: number }
  /** The same for GitHub's own Deployment. */
  readonly githubDeployment?: { readonly id?: number }
  /** Environments whose deletion Humanitec may have taken on, and GitHub has not been told of. */
  readonly deletions?: readonly { readonly env: string; readonly pullRequest?: number }[]
  /** So many there are besides: the state is bounded. */
  readonly moreDeletions?: number
}

/** @returns nothing for a state that can't be read: there is nobody left to mend it */
export const parseCheckpoint = (saved: string): Checkpoint | undefined => {
  const work = parseJson(saved)
  return typeof work === 'object' && work !== null ? (work as Checkpoint) : undefined
}
