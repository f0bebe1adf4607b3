import type { FailureDetails } from '../network/request-error.ts'
import type { PendingRebase } from '../run/checkpoint.ts'
import type { Report, RunState } from '../run/outcome.ts'
import type { Remark } from '../run/remark.ts'
import type { Writer } from '../text/writer.ts'
import { formatApprovals, formatPlace, formatRunLink } from './pipeline-problems.ts'
import { formatFailure } from './request-problems.ts'

/** What a person should know beside the ending: each is a sentence or two, and not neutral yet. */
export const wordRemarks = ({ state, writer }: Pick<Report, 'state' | 'writer'>): readonly string[] =>
  state.remarks.map((remark) => wordRemark(remark, state, writer))

/** The sentences of a remark. */
export const wordRemark = (remark: Remark, state: RunState, { shortId }: Writer): string => {
  switch (remark.kind) {
    case 'base_left':
      return formatBaseLeft(remark.rebase)
    case 'base_of_others':
      return `Someone else has set the environment’s base to ${remark.id} in the meantime: it was left as it is.`
    case 'built_on_other_base':
      return `The deployment builds on ${shortId(remark.actual)}, not on ${shortId(remark.named)}, which was the environment’s base when the step read it.`
    case 'address_unknown':
      return `The environment’s address is not known. ${formatWhy(remark.why)}`
    case 'run_unreadable':
      return `The pipeline’s run behind the deployment could not be read, so whether a check failed after it is not known. ${formatFailure(remark.error).what}`
    case 'run_waits_for_approval':
      return `The pipeline’s run goes on after this deployment, and waits for an approval: ${formatApprovals(remark.approvals)}.${formatRunLink(state)}`
    case 'run_deploys_elsewhere':
      return `The pipeline’s run goes on after this deployment, with one to ${remark.env}.${formatRunLink(state)}`
    case 'run_goes_on':
      return `The pipeline’s run goes on after this deployment${formatPlace(remark)}.${formatRunLink(state)}`
    case 'run_end_unclear':
      return `The pipeline’s run is over (${remark.status || 'without a status'}), and its jobs could not be read to tell whether well.${formatRunLink(state)}`
    case 'active_beside_plan':
      return `Deployment ${shortId(remark.id)} is active in ${state.request?.env}: what runs there may change soon.`
    case 'held_by_run':
      return `A pipeline has the request, and has made no deployment of it yet. A later job can follow it with operation: wait and pipeline_run.${formatRunLink(state)}`
  }
}

/** The base that we set for a start that never came, and nothing put the earlier one back. */
const formatBaseLeft = ({ setId, previousId }: Pick<PendingRebase, 'setId' | 'previousId'>): string => {
  const left = `The environment’s base was left at ${setId}, and the next deployment builds on it.`
  if (previousId === '' || previousId === setId) return left
  return `${left} It was ${previousId} before: to put it back, deploy with from_deploy_id: ${previousId}.`
}

const formatWhy = (why: 'timeout' | 'no_host' | FailureDetails): string => {
  if (why === 'timeout') return 'The timeout passed first.'
  return why === 'no_host' ? 'It has no host yet.' : formatFailure(why).what
}
