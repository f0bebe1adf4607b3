import { hash } from 'node:crypto'
import type { ApiAnswer } from '../exchange.ts'
import type { Asked } from './asked.ts'
import { findPhase } from './deployment-state.ts'
import type { DeploymentState } from './state.ts'
import { formatTime } from './times.ts'

/** An active resource to come: provisioned with the environment's first success, and again with each further one. */
export type ResourcePlan = {
  readonly type: string
  /** By default made from the type. */
  readonly resId?: string
  /** `{env}` stands for the environment's id. Absent: `resource` has no such field. */
  readonly host?: string | null
  /** How long after the first success `host` is `null` and the status `pending`. */
  readonly hostAfterMs?: number
  /** When provisioned; `active` by default. */
  readonly status?: string
}

type Provisioned = { readonly sinceMs: number; readonly by: DeploymentState; readonly atMs: number }

export const listActiveResources = (asked: Asked): ApiAnswer => {
  const provisioned = findProvisioned(asked)
  return {
    status: 200,
    body: provisioned ? asked.environment.resources.map((plan) => describeResource(asked, plan, provisioned)) : [],
  }
}

/** The first success made them, the newest one renewed them. */
const findProvisioned = ({ environment, nowMs }: Asked): Provisioned | undefined => {
  const endsMs = (deployment: DeploymentState) => deployment.createdMs + findPhase(deployment, nowMs).afterMs
  const succeeded = environment.deployments.filter((deployment) => findPhase(deployment, nowMs).status === 'succeeded')
  const [first] = succeeded
  const newest = succeeded.at(-1)
  return first && newest && { sinceMs: endsMs(first), by: newest, atMs: endsMs(newest) }
}

const describeResource = (asked: Asked, plan: ResourcePlan, provisioned: Provisioned): Record<string, unknown> => {
  const { world, app, environment, nowMs } = asked
  const resId = plan.resId ?? `shared.${plan.type}`
  const isReady = nowMs >= provisioned.sinceMs + (plan.hostAfterMs ?? 0) / world.speed
  const host = isReady ? (plan.host?.replaceAll('{env}', environment.id) ?? null) : null
  return {
    org_id: app.org,
    app_id: app.id,
    env_id: environment.id,
    env_type: environment.type,
    res_id: resId,
    gu_res_id: hash('sha1', `${app.org}/${app.id}/${environment.id}/${resId}`),
    type: plan.type,
    class: 'default',
    status: isReady ? (plan.status ?? 'active') : 'pending',
    def_id: `default-${plan.type}`,
    def_version_id: '01890a5d-ac96-774b-bcce-b302099a8057',
    driver_type: `humanitec/${plan.type}`,
    resource: plan.host === undefined ? {} : { host },
    secret_refs: {},
    scheduled_deletion: false,
    deploy_id: provisioned.by.id,
    updated_at: formatTime(provisioned.atMs),
  }
}
