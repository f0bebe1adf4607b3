import type { PipelineApproval } from '../api.ts'
import type { FailureDetails } from '../network/request-error.ts'
import type { PendingRebase } from './checkpoint.ts'

/**
 * What a person should know beside the ending, as data: `wordRemark` (src/core/report/remarks.ts) makes a sentence of it.
 * `job` and `step` of a pipeline's run are `''` where they aren't told.
 */
export type Remark =
  /** The base that we set for a start that never came, and nothing put the earlier one back. */
  | { readonly kind: 'base_left'; readonly rebase: Pick<PendingRebase, 'setId' | 'previousId'> }
  /** Somebody else has set another base over ours. */
  | { readonly kind: 'base_of_others'; readonly id: string }
  /** Without a rebase: not the base that the log named. */
  | { readonly kind: 'built_on_other_base'; readonly named: string; readonly actual: string }
  | { readonly kind: 'address_unknown'; readonly why: 'timeout' | 'no_host' | FailureDetails }
  /** The run behind our deployment can't be read: whether a check after it fails isn't known. */
  | { readonly kind: 'run_unreadable'; readonly error: FailureDetails }
  /** What a run still does when it is left alone. */
  | { readonly kind: 'run_waits_for_approval'; readonly approvals: readonly PipelineApproval[] }
  | { readonly kind: 'run_deploys_elsewhere'; readonly env: string; readonly job: string; readonly step: string }
  | { readonly kind: 'run_goes_on'; readonly job: string; readonly step: string }
  /** It is over, and nobody says whether well. */
  | { readonly kind: 'run_end_unclear'; readonly status: string }
  /** With `wait: false`: a pipeline has the request, and made no deployment yet. */
  | { readonly kind: 'held_by_run' }
  /** A plan doesn't wait for it. */
  | { readonly kind: 'active_beside_plan'; readonly id: string }
