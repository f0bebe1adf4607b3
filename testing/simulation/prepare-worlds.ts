import { hostileLines } from '../simulator/orchestrator/container-logs.ts'
import type { GivenSet } from '../simulator/orchestrator/set-contents.ts'
import { canary, usualContents } from '../simulator/orchestrator/usual-contents.ts'
import type { Orchestrator } from '../simulator/orchestrator.ts'
import { furtherEnvironment, place } from './place.ts'
import type { Scenario } from './scenario.ts'
import type { ClusterWorld } from './scenario-cluster.ts'
import type { PipelineWorld } from './scenario-pipelines.ts'

const home = 'acme/shop'
const pastMs = 1_500_000

/**
 * The environment's newest deployment before ours goes through the pipeline, in the past. Returns its id.
 *
 * @param at has the time be another one meanwhile, `beforeMs` before the beginning
 */
export const preparePipeline = (
  orchestrator: Orchestrator,
  { history = [] }: Scenario,
  at: (beforeMs: number) => void,
): string => {
  at(pastMs)
  orchestrator.addEnvironment(`${home}/${furtherEnvironment}`)
  orchestrator.planPipeline(home)
  orchestrator.planAll(place, { status: history.some(({ status }) => status === 'succeeded') ? 'succeeded' : 'failed' })
  orchestrator.startRunElsewhere(place, { comment: 'Earlier deployment' })
  at(0)
  return orchestrator.inspectDeployments(place)[0]?.id ?? ''
}

/** From now on the pipeline does what was drawn. */
export const planPipeline = (orchestrator: Orchestrator, { plan, othersWorkMs }: PipelineWorld): void => {
  orchestrator.planPipeline(home, plan)
  if (othersWorkMs === undefined) return
  const jobs = [{ id: 'nightly', steps: [{ does: 'work', durationMs: othersWorkMs } as const] }]
  orchestrator.startRunElsewhere(place, { comment: 'Nightly tests', jobs })
}

export const planCluster = (orchestrator: Orchestrator, where: string, { plan, workloads }: ClusterWorld): void => {
  orchestrator.planCluster(where, plan)
  for (const { name, plan, isOld } of workloads) {
    if (isOld) orchestrator.planWorkload(where, name, plan, 0)
    else orchestrator.planWorkload(where, name, plan)
    if (where === place) orchestrator.planLogs(place, { workload: name, lines: hostileLines })
  }
}

/** The usual workloads, with contents of their own in every place that has any. */
const describeContents = (index: number): GivenSet => {
  const secret = (what: string): string => `${canary}${index}-${what}`
  const { web, worker } = usualContents.modules
  return {
    modules: {
      web: {
        ...web,
        spec: {
          containers: {
            main: {
              id: 'main',
              image: `ghcr.io/acme/web:1.0.${index}`,
              command: [secret('command')],
              args: [`--key=${secret('argument')}`],
              variables: {
                DATABASE_URL: secret('database'),
                [`ONLY_${index}`]: secret('variable'),
                LOG_LEVEL: 'debug',
              },
              files: { '/etc/web/config.yaml': { mode: '0644', value: secret('file') } },
            },
          },
          annotations: { note: secret('annotation') },
        },
        externals: { db: { type: index % 2 ? 'postgres' : 'mysql', params: { name: secret('parameter') } } },
      },
      ...(index % 3 !== 1 && { worker: worker ?? {} }),
      ...(index % 3 === 2 && { legacy: { ...worker, spec: { replicas: index, containers: {} } } }),
    },
    shared: { dns: { type: 'dns', params: { subdomain: secret('shared') } } },
  }
}

export const giveContents = (history: Scenario['sourceHistory']): Scenario['sourceHistory'] =>
  history.map((entry, index) => ({ ...entry, set: describeContents(index) }))
