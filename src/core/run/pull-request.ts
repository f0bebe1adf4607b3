import type { PullRequestHead } from '../api.ts'
import type { InputError } from '../inputs/request.ts'
import type { WorkflowContext } from './workflow-context.ts'

/**
 * Which pull request a step is about:
 * - `known`: the event says so, or a person has written it down
 * - `unchecked`: on another workflow's run, the input has it from that run, which a fork may have made up (`isHeadOfRun`)
 * - `contradiction`: the event says another one than the input: a wrong input
 */
export type PullRequestChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'known' | 'unchecked'; readonly number: number }
  | { readonly kind: 'contradiction'; readonly number: number; readonly ofEvent: number }

/** @param given the input `pull_request` */
export const choosePullRequest = (
  { eventName, pullRequest }: WorkflowContext,
  given: number | undefined,
): PullRequestChoice => {
  if (given === undefined) return pullRequest ? { kind: 'known', number: pullRequest.number } : { kind: 'none' }
  if (pullRequest && pullRequest.number !== given)
    return { kind: 'contradiction', number: given, ofEvent: pullRequest.number }
  return { kind: !pullRequest && eventName === 'workflow_run' ? 'unchecked' : 'known', number: given }
}

/**
 * Whether a pull request is the one that another workflow ran for: it has that run's commit and comes from that run's
 * repository. What a run of a fork hands on by itself proves nothing.
 */
export const isHeadOfRun = ({ sha, headRepository = '' }: WorkflowContext, head: PullRequestHead): boolean =>
  sha !== '' && headRepository !== '' && head.sha === sha && isSameName(head.repository, headRepository)

/** GitHub's names differ by more than case. */
const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** What the run is about, with the pull request that the input names where the event has none. */
export const addPullRequest = (workflow: WorkflowContext, number: number): WorkflowContext =>
  workflow.pullRequest ? workflow : { ...workflow, pullRequest: { number, title: '', isFromElsewhere: false } }

export const formatContradiction = ({
  number,
  ofEvent,
}: Extract<PullRequestChoice, { kind: 'contradiction' }>): InputError => ({
  input: 'pull_request',
  got: String(number),
  takes: `the event’s own pull request, ${ofEvent}, or nothing`,
})
