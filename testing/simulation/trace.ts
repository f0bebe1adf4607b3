import type { Answer, Call } from '../../src/adapters/http.ts'
import { type FailureDetails, RequestError } from '../../src/core/network/request-error.ts'
import type { Outcome } from '../../src/core/run/outcome.ts'
import type { Annotation } from '../../src/core/text/writer.ts'
import type { RequestRecord } from '../simulator/exchange.ts'
import type { Orchestrator } from '../simulator/orchestrator.ts'
import type { Scenario } from './scenario.ts'

/** What became of a request, as its sender saw it; absent: nothing, it died before. */
export type Seen<Answered = Answer> =
  | { readonly kind: 'answer'; readonly answer: Answered }
  | { readonly kind: 'failure'; readonly details: FailureDetails }
  | { readonly kind: 'given up' }

/** Tells what the sender of a request sees of it, before it sees it. */
export const watchAnswer = async <Answered>(
  sent: Promise<Answered>,
  note: (seen: Seen<Answered>) => void,
): Promise<Answered> => {
  try {
    const answer = await sent
    note({ kind: 'answer', answer })
    return answer
  } catch (error) {
    note(error instanceof RequestError ? { kind: 'failure', details: error.details } : { kind: 'given up' })
    throw error
  }
}

const readBeside: ReadonlySet<string> = new Set([
  'GET runtime',
  'GET logs',
  'GET set',
  'GET diff',
  'GET resources',
  'GET runs',
  'GET run',
  'GET jobs',
  'GET job',
  'GET approvals',
  'PUT delta',
])

/** Such as its workloads' state: on its way at any time, with a budget of its own. */
export const isBeside = ({ operation }: Pick<Sending, 'operation'>): boolean => readBeside.has(operation)

/** One request of ours. */
export type Sending = {
  readonly call: Call
  /** `POST deploys`. */
  readonly operation: string
  readonly atMs: number
  /** The fault's name; `''` when none was meant for it. */
  readonly fault: string
  /**
   * How many others of this process were on their way that should not have been: for a start any, for what is read beside the
   * deployment starts, for all else all but what is read beside it.
   */
  readonly besides: number
  /** The orchestrator's own record of it; absent when it didn't arrive. */
  record?: RequestRecord
  seen?: Seen
  seenAtMs?: number
}

/** One process: an attempt of the run. All times are the virtual clock's, not the runner's. */
export type Attempt = {
  readonly number: number
  readonly startedMs: number
  readonly deadlineMs: number
  readonly sendings: Sending[]
  readonly log: { readonly atMs: number; readonly text: string }[]
  readonly annotations: Annotation[]
  /** As they are in the end. */
  readonly outputs: Map<string, string>
  /** Every id that `deployment_id` was set to. */
  readonly ids: Set<string>
  readonly summaries: string[]
  state: string
  signalMs?: number
  crashedMs?: number
  endedMs?: number
  outcome?: Outcome
  /** The process of its post step; absent when nothing was open, or the runner went down. */
  post?: Attempt
}

/** What someone else did. */
export type Act = {
  readonly atMs: number
  readonly kind: 'start' | 'rebase'
  readonly id: string
  readonly author: string
}

export type Trace = {
  readonly scenario: Scenario
  readonly startedMs: number
  readonly attempts: readonly Attempt[]
  readonly acts: readonly Act[]
  readonly orchestrator: Orchestrator
  /** Of our environment's past: newest first. */
  readonly historyIds: readonly string[]
  /** What the base was at first; `''` when there was none. */
  readonly firstBaseId: string
  readonly endedMs: number
}
