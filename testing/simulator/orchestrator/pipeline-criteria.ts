import type { ApiAnswer } from '../exchange.ts'
import type { AskedOfApp } from './asked.ts'
import { answerPage, getQuery } from './pages.ts'
import type { CriteriaPlan, PipelineState } from './pipelines.ts'
import type { Start } from './start.ts'
import type { App, EnvironmentState } from './state.ts'

/** The pipeline that takes a request; of several, the one with the criteria that say most. How the real service chooses isn't described. */
export const findPipeline = (app: App, environment: EnvironmentState, start: Start): PipelineState | undefined => {
  const fitting = [...app.pipelines.values()].flatMap((pipeline) =>
    pipeline.plan.takes
      .filter((criteria) => fits(criteria, environment, start))
      .map((criteria) => ({ pipeline, criteria })),
  )
  const weigh = ({ envId, envType, deploymentType }: CriteriaPlan): number =>
    (envId ? 4 : 0) + (envType && envType !== '*' ? 2 : 0) + (deploymentType ? 1 : 0)
  return fitting.sort((one, other) => weigh(other.criteria) - weigh(one.criteria))[0]?.pipeline
}

const fits = ({ envId, envType = '*', deploymentType }: CriteriaPlan, { id, type }: EnvironmentState, start: Start) => {
  const asked = start.deltaId || start.setId ? 'deploy' : 'redeploy'
  return (
    (envId === undefined || envId === id) &&
    (envType === '*' || envType === type) &&
    (deploymentType === undefined || deploymentType.replace('-', '') === asked)
  )
}

/** With the filters of the description: `pipeline`, and `match[…]` by the criteria's fields. */
export const listCriteria = ({ app, request }: AskedOfApp): ApiAnswer => {
  const query = getQuery(request)
  const wanted = [...query].flatMap(([name, value]) => {
    const field = name === 'pipeline' ? 'pipeline_id' : /^match\[(\w+)\]$/.exec(name)?.[1]
    return field === undefined ? [] : [[field, value] as const]
  })
  const all = [...app.pipelines.values()].flatMap((pipeline) =>
    pipeline.plan.takes.map((criteria, index) => describeCriteria(app, pipeline, criteria, index)),
  )
  return answerPage(
    request,
    all.filter((criteria) => wanted.every(([field, value]) => criteria[field] === value)),
  )
}

const describeCriteria = (
  app: App,
  { id, name, version }: PipelineState,
  { envType, envId, deploymentType }: CriteriaPlan,
  index: number,
): Readonly<Record<string, unknown>> => ({
  id: `${version.slice(0, -2)}${String(index).padStart(2, '0')}`,
  trigger: 'deployment_request',
  pipeline_id: id,
  pipeline_name: name,
  app_id: app.id,
  ...(envType !== undefined && { env_type: envType }),
  ...(envId !== undefined && { env_id: envId }),
  ...(deploymentType !== undefined && { deployment_type: deploymentType }),
})
