import { findActive } from '../core/deployment/deployments.ts'
import { RequestFailure } from '../core/network/failure.ts'
import { lateEffectMs } from '../core/network/limits.ts'
import { mayTakeEffect } from '../core/network/retry.ts'
import type { OpenWork } from '../core/run/open-work.ts'
import { formatDuration } from '../core/text/duration.ts'
import type { Environment, Limits } from '../ports.ts'
import { readOrStop } from './read.ts'
import { pauseBeforeRetry, type Step } from './step.ts'

export type BaseChange = NonNullable<OpenWork['rebase']>

/** Our change of the base while no start has taken it: saved before it is sent, for the post step. */
export type OpenChange = {
  readonly current: BaseChange | undefined
  begin(environment: Environment, setId: string): void
  /** No request for it can come into effect any more. */
  settle(): void
  end(): void
}

export const createOpenChange = ({ journal }: Step): OpenChange => {
  let current: BaseChange | undefined
  const save = (change: BaseChange | undefined): void => {
    current = change
    journal.saveOpenWork({ rebase: change })
  }
  return {
    get current() {
      return current
    },
    begin: ({ from_deploy, last_deploy }, setId) => {
      const baseId = from_deploy?.id ?? ''
      // Where the base is ours already, what it was before stays what it was.
      const earlier = baseId === current?.setId ? { ...current, earlierId: baseId } : undefined
      save({ previousId: baseId, newestId: last_deploy?.id ?? '', ...earlier, setId, isOnItsWay: true })
    },
    settle: () => {
      if (!current) return
      const { isOnItsWay: _, ...settled } = current
      save(settled)
    },
    end: () => save(undefined),
  }
}

/**
 * Sets the base, and sees to it that no request for it is still on its way: one that comes after the start would take the base
 * away from it. Returns the environment as it is by then.
 */
export const putBaseSafely = async (
  step: Step,
  first: Environment,
  id: string,
  change: OpenChange,
): Promise<Environment> => {
  for (let environment = first; ; ) {
    const mayStillCome = await putBase(step, environment, id, change)
    if (!mayStillCome) return environment
    step.runner.info(
      `The rebase was sent again: waiting ${formatDuration(lateEffectMs)}, until the first request can’t come any more`,
    )
    await pauseBeforeRetry(step, lateEffectMs, undefined)
    change.settle()
    // Others may have come in between.
    const { id: env } = environment
    environment = await readOrStop(step, (limits) => step.humanitec.getEnvironment(env, limits))
    if (environment.from_deploy?.id === id || findActive(environment)) return environment
  }
}

/** Resolves to whether a request for it was lost, and may still come. */
const putBase = async (step: Step, environment: Environment, id: string, change: OpenChange): Promise<boolean> => {
  let wasLost = false
  const send = (limits: Limits) =>
    step.humanitec.putBase(environment.id, id, limits).catch((error) => {
      wasLost ||= !(error instanceof RequestFailure) || mayTakeEffect(error.details)
      throw error
    })
  change.begin(environment, id)
  try {
    await readOrStop(step, send)
    return wasLost
  } finally {
    if (!wasLost) change.settle()
  }
}
