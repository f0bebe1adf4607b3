import { findActive } from '../core/deployment/deployments.ts'
import type { Base, DeployRequest } from '../core/inputs/request.ts'
import { formatBaseLeft } from '../core/report/base-remarks.ts'
import { formatBase } from '../core/report/log.ts'
import type { Deployment, Environment } from '../ports.ts'
import { createOpenChange, putBaseSafely } from './base-change.ts'
import { getBaseTarget } from './base-target.ts'
import { putBaseBack } from './put-back.ts'
import { readOrStop } from './read.ts'
import type { Step } from './step.ts'

/** The environment's base, while we have it changed and no start has taken it yet. */
export type Rebase = {
  /** Sets the base, before the first send: `environment` was just read. Returns it as it is by then. */
  set(environment: Environment): Promise<Environment>
  /** Before a further send: the base is set again if it is no longer ours. Returns the environment as it is now. */
  renew(): Promise<Environment>
  /** A start has taken the base, or may have: it is no longer ours to put back. */
  release(): void
  /** Leaves the base as we set it, and says so. */
  leave(): void
  /** Puts the earlier base back, unless someone else has changed it or is deploying. */
  putBack(): Promise<void>
}

/** Tells which base was found, once for each. `env`: its environment, where that is another one. */
export const noteBase = (step: Step, base: Deployment, env?: string): void => {
  const isTold = step.journal.facts.base?.id === base.id
  step.journal.note({ base })
  if (!isTold) step.runner.info(formatBase(base, env, step.clock.now()))
}

/** Returns `undefined` when the request asks for no rebase. */
export const createRebase = (step: Step, request: DeployRequest): Rebase | undefined =>
  request.base && createRebaseTo(step, request, request.base)

const createRebaseTo = (step: Step, request: DeployRequest, base: Base): Rebase => {
  const { env } = request
  const change = createOpenChange(step)
  return {
    set: async (environment) => {
      const target = await getBaseTarget(step, request, environment, base)
      if (base.kind === 'environment') noteBase(step, target, base.env === env ? undefined : base.env)
      else step.journal.note({ base: target })
      return putBaseSafely(step, environment, target.id, change)
    },
    renew: async () => {
      const environment = await readOrStop(step, (limits) => step.humanitec.getEnvironment(env, limits))
      const { current } = change
      const isOurs = environment.from_deploy?.id === current?.setId
      if (!current || isOurs || findActive(environment)) return environment
      return putBaseSafely(step, environment, current.setId, change)
    },
    release: change.end,
    leave: () => {
      if (change.current) step.journal.remark(formatBaseLeft(change.current))
      change.end()
    },
    putBack: async () => {
      if (!change.current) return
      await putBaseBack(step, env, change.current)
      change.end()
    },
  }
}
