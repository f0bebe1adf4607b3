import type { FailureDetails } from '../network/request-error.ts'
import type { Remark } from '../run/reason.ts'
import type { Report, RunState } from '../run/result.ts'
import { joinParts } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { formatApprovals, formatPlace, formatRunUrl } from './pipeline-problems.ts'
import { describeRequestFailure } from './refusals.ts'
import { describeFailure } from './request-problems.ts'

// What a person should know in addition to the result.

const maxRemarks = 20

/** A list in Markdown. */
export const formatRemarks = (report: Report): string => {
  const remarks = report.state.remarks.map((remark) => describeRemark(remark, report.state, report.writer))
  const more = remarks.length - maxRemarks
  const lines = remarks.slice(0, maxRemarks).map(({ sentences, runUrl }) => {
    return `- ${joinParts(' ', report.writer.markdown(sentences), runUrl && report.writer.link('Pipeline run', runUrl))}`
  })
  return [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}

/** As plain text, a sentence or two each; not escaped yet. */
export const describeRemarks = ({ state, writer }: Pick<Report, 'state' | 'writer'>): readonly string[] =>
  state.remarks.map((remark) => {
    const { sentences, runUrl } = describeRemark(remark, state, writer)
    return joinParts(' ', sentences, runUrl)
  })

/** `runUrl`: the page of the pipeline run that they are about. */
type RemarkWords = { readonly sentences: string; readonly runUrl?: string }

const describeRemark = (remark: Remark, state: RunState, writer: Writer): RemarkWords => ({
  sentences: formatSentences(remark, state, writer),
  ...(aboutRuns.has(remark.kind) && { runUrl: formatRunUrl(state) }),
})

const aboutRuns: ReadonlySet<Remark['kind']> = new Set([
  'run_unreadable',
  'run_waits_for_approval',
  'run_deploys_elsewhere',
  'run_goes_on',
  'run_end_unclear',
  'no_deployment_yet',
])

const formatSentences = (remark: Remark, state: RunState, { shortId }: Writer): string => {
  switch (remark.kind) {
    case 'base_left':
      return formatBaseLeft(remark)
    case 'base_of_others':
      return `The environment’s base has been changed to ${remark.id} in the meantime: it was left as it is.`
    case 'built_on_other_base':
      return `The deployment builds on ${shortId(remark.actual)}, not on ${shortId(remark.named)}, which was the environment’s base when the step read it.`
    case 'address_unknown':
      return `The environment’s URL is not known. ${formatWhy(remark.why)}`
    case 'run_unreadable':
      return `The pipeline run could not be read after the deployment had succeeded, so it is not known whether a later check failed. ${describeRequestFailure(remark.error, { state }).what}`
    case 'run_waits_for_approval':
      return `The pipeline run goes on after this deployment, and is waiting for an approval: ${formatApprovals(remark.approvals)}.`
    case 'run_deploys_elsewhere':
      return `The pipeline run goes on after this deployment, with a deployment to ${remark.env}.`
    case 'run_goes_on': {
      const place = formatPlace(remark)
      return `The pipeline run goes on after this deployment${place && `,${place}`}.`
    }
    case 'run_end_unclear':
      return `The pipeline run has ended (${remark.status || 'without a status'}), but its jobs could not be read, so it is not known whether it succeeded.`
    case 'active_beside_plan':
      return `Deployment ${shortId(remark.id)} is active in ${state.request?.env}: what runs there may change soon.`
    case 'no_deployment_yet':
      return `A pipeline has the request, but has not started a deployment yet. A later job can follow it with operation: wait and pipeline_run.`
  }
}

const formatBaseLeft = ({ rebase, isUnsure, isInPipeline }: Extract<Remark, { kind: 'base_left' }>): string => {
  const { newBaseId, previousBaseId } = rebase
  const left = isUnsure
    ? `The environment’s base may have been left at ${newBaseId}: whether the deployment that was to build on it has been made could not be read.`
    : isInPipeline
      ? `The environment’s base was left at ${newBaseId}, for the deployment that the pipeline run may still start.`
      : `The environment’s base was left at ${newBaseId}, and the next deployment will build on it.`
  if (previousBaseId === '' || previousBaseId === newBaseId) return left
  // To restore it under a run that may still deploy would give that deployment the wrong base.
  return `${left} It was ${previousBaseId} before: to restore it${isInPipeline ? ', once the run has ended without a deployment' : ''}, deploy with from_deploy_id: ${previousBaseId}.`
}

const formatWhy = (why: 'timeout' | 'no_host' | FailureDetails): string => {
  if (why === 'timeout') return 'The timeout passed before it could be read.'
  return why === 'no_host' ? 'Its DNS or route resource isn’t ready yet.' : describeFailure(why).what
}
