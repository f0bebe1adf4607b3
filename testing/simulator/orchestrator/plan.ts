import type { Visibility } from '../faults.ts'

/** One of the six fields may be missing, or empty, as in real answers. */
export type ErrorPlan = {
  readonly scope?: string
  readonly object_id?: string
  readonly code?: string
  readonly summary?: string
  readonly message?: string
  readonly error_type?: string
}

/** From when, in milliseconds since the start, a deployment has a status. */
export type Phase = { readonly afterMs: number; readonly status: string }

/** What a deployment will do. */
export type DeploymentPlan = Visibility & {
  /** From the start to the end. */
  readonly durationMs: number
  /** How much of it is spent `pending`. */
  readonly pendingMs: number
  readonly status: 'succeeded' | 'failed'
  readonly errors: readonly ErrorPlan[]
  /** Instead of the three before: for words that nobody knows, for going back, for never ending. */
  readonly phases?: readonly Phase[]
  /** False: it ends before the cluster hears of it; true by default. */
  readonly isRolledOut?: boolean
  /** This one start is taken by a pipeline that has no runs to be read: for those, see `planPipeline`. */
  readonly pipeline?: PipelinePlan
}

/** The start is answered with this; a deployment comes after `startsAfterMs`, or never. */
type PipelinePlan = { readonly status: number; readonly body?: unknown; readonly startsAfterMs?: number }

export const usualPlan: DeploymentPlan = { durationMs: 120_000, pendingMs: 3_000, status: 'succeeded', errors: [] }

/** Times since the start, divided by `speed`, in order. */
export const determinePhases = (plan: DeploymentPlan, speed: number): readonly Phase[] => {
  const phases = plan.phases ?? [
    { afterMs: 0, status: 'pending' },
    { afterMs: Math.min(plan.pendingMs, plan.durationMs), status: 'in progress' },
    { afterMs: plan.durationMs, status: plan.status },
  ]
  return phases.map(({ afterMs, status }) => ({ afterMs: afterMs / speed, status }))
}
