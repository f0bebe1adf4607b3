import { toLogEntries } from '../core/container-logs.ts'
import type { PipelineRunId } from '../core/inputs/request.ts'
import { parseRetryAfterMs } from '../core/network/retry-policy.ts'
import {
  expectType,
  toActiveResource,
  toDelta,
  toDeltaContents,
  toDeltaId,
  toDeployment,
  toDeploymentError,
  toEnvironment,
  toList,
  toListedEnvironment,
  toPipelineApproval,
  toPipelineJob,
  toPipelineRun,
  toSet,
  toSetId,
  toStartedDeployment,
  withId,
} from '../core/responses/humanitec.ts'
import { type Body, describeRefusal, isErrorBody } from '../core/responses/refusal.ts'
import { hasRunUrl } from '../core/run/workflow-context.ts'
import { toRuntime } from '../core/runtime.ts'
import { InvalidResponse } from '../core/text/json.ts'
import type { Humanitec, Limits } from '../ports.ts'
import { type Answer, type Call, createAsk, type Refusal, type Transport } from './http.ts'

type Application = {
  readonly org: string
  readonly app: string
  /** The workflow run's, to recognize its own deployments in lists; `''` outside of one. */
  readonly runUrl: string
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. */
  readonly now: () => number
}

/** The API's endpoints, with every answer checked (Humanitec's OpenAPI description, version 0.28.37). */
export const createHumanitec = (transport: Transport, { org, app, runUrl, now }: Application): Humanitec => {
  const ask = createAsk(transport, (answer, call) => toRefusal(answer, call, now()))
  const get = <Result>(operation: keyof Humanitec, path: string, limits: Limits, toResult: (body: unknown) => Result) =>
    ask({ operation, method: 'GET', path }, limits, toResult)

  const isOfThisRun = (entry: unknown): boolean => hasRunUrl(JSON.stringify(entry), runUrl)
  const segment = encodeURIComponent
  const application = `orgs/${segment(org)}/apps/${segment(app)}`
  const environments = `${application}/envs`
  const environment = (env: string) => `${environments}/${segment(env)}`
  const deployments = (env: string) => `${environment(env)}/deploys`
  const deployment = (env: string, id: string) => `${deployments(env)}/${segment(id)}`
  const runs = (pipelineId: string) => `${application}/pipelines/${segment(pipelineId)}/runs`
  const run = ({ pipelineId, runId }: PipelineRunId) => `${runs(pipelineId)}/${segment(runId)}`
  const query = (fields: Readonly<Record<string, string>>) => `?${new URLSearchParams(fields)}`
  const delta = (id: string) => `${application}/deltas/${segment(id)}`
  const set = (id: string) => `${application}/sets/${segment(id)}`

  return {
    getEnvironment: (env, limits) => get('getEnvironment', environment(env), limits, withId(env, toEnvironment)),
    listEnvironments: (limits) => get('listEnvironments', environments, limits, toList(toListedEnvironment)),
    createEnvironment: (json, limits) =>
      ask(
        { operation: 'createEnvironment', method: 'POST', path: environments, json },
        limits,
        withId(json.id, toEnvironment),
      ),
    deleteEnvironment: (env, limits) =>
      ask({ operation: 'deleteEnvironment', method: 'DELETE', path: environment(env) }, limits, (_, answer) => {
        expectNoWords(answer)
        return answer.status === 202 ? 'deleting' : 'deleted'
      }),
    putBase: (env, json, limits) =>
      ask(
        { operation: 'putBase', method: 'PUT', path: `${environment(env)}/from_deploy_id`, json },
        limits,
        (_, answer) => expectNoWords(answer),
      ),
    listDeployments: (env, limits) =>
      get('listDeployments', deployments(env), limits, toList(toStartedDeployment, isOfThisRun)),
    getDeployment: (env, id, limits) => get('getDeployment', deployment(env, id), limits, withId(id, toDeployment)),
    listDeploymentErrors: (env, id, limits) =>
      get('listDeploymentErrors', `${deployment(env, id)}/errors`, limits, toList(toDeploymentError)),
    startDeployment: (env, json, limits) =>
      ask({ operation: 'startDeployment', method: 'POST', path: deployments(env), json }, limits, toStartedDeployment),
    listActiveResources: (env, limits) =>
      get('listActiveResources', `${environment(env)}/resources`, limits, toList(toActiveResource)),
    getRuntime: (env, limits) =>
      ask(
        {
          operation: 'getRuntime',
          method: 'GET',
          path: `${environment(env)}/runtime`,
          headers: { accept: runtimeType },
        },
        limits,
        (body, { contentType }) => toRuntime(expectType(body, runtimeType, contentType)),
      ),
    listContainerLogs: (env, { workload, container, deploymentId, lineCount }, limits) => {
      const wanted = query({
        workload_id: workload,
        container_id: container,
        ...(deploymentId !== undefined && { deployment_id: deploymentId }),
        limit: String(lineCount),
        invert: 'true',
      })
      return get('listContainerLogs', `${environment(env)}/logs${wanted}`, limits, toLogEntries)
    },
    listPipelineRuns: (pipelineId, limits) =>
      get('listPipelineRuns', runs(pipelineId), limits, toList(toPipelineRun, isOfThisRun)),
    getPipelineRun: (name, limits) => get('getPipelineRun', run(name), limits, withId(name.runId, toPipelineRun)),
    listPipelineJobs: (name, limits) =>
      get('listPipelineJobs', `${run(name)}/jobs${query({ per_page: '100' })}`, limits, toList(toPipelineJob)),
    getPipelineJob: (name, id, limits) =>
      get('getPipelineJob', `${run(name)}/jobs/${segment(id)}`, limits, withId(id, toPipelineJob)),
    listApprovals: ({ pipelineId, runId }, limits) =>
      get(
        'listApprovals',
        `${application}/approvals${query({ pipeline: pipelineId, run: runId, per_page: '100' })}`,
        limits,
        toList(toPipelineApproval),
      ),
    listRunDeployments: (env, { pipelineId, runId }, limits) =>
      get(
        'listRunDeployments',
        `${deployments(env)}${query({ pipelineRunId: `${pipelineId},${runId}` })}`,
        limits,
        toList(toDeployment),
      ),
    convertScore: (json, limits) => {
      const path = `orgs/${segment(org)}/artefact-versions/convert-score`
      return ask({ operation: 'convertScore', method: 'POST', path, json }, limits, toDeltaContents)
    },
    createDelta: (json, limits) =>
      ask({ operation: 'createDelta', method: 'POST', path: `${application}/deltas`, json }, limits, toDeltaId),
    getDelta: (id, limits) => get('getDelta', delta(id), limits, toDeltaContents),
    archiveDelta: (id, limits) =>
      ask(
        { operation: 'archiveDelta', method: 'PUT', path: `${delta(id)}/metadata/archived`, json: true },
        limits,
        () => undefined,
      ),
    getSet: (id, limits) => get('getSet', set(id), limits, toSet(id)),
    applyDelta: (id, json, limits) =>
      ask({ operation: 'applyDelta', method: 'POST', path: set(id), json }, limits, toSetId),
    diffSets: (newId, oldId, limits) => get('diffSets', `${set(newId)}/diff/${segment(oldId)}`, limits, toDelta),
  }
}

/** Version 2. For another type the API answers with version 1, which is similar but has less. */
const runtimeType = 'application/v2+json'

/** Where 204 is the usual answer: a proxy may answer with a page or an error's body and 200. */
const expectNoWords = ({ body, text }: Body): void => {
  if (text !== undefined || isErrorBody(body)) throw new InvalidResponse('an empty answer was expected')
}

const toRefusal = ({ status, retryAfter, location, ...answer }: Answer, { path }: Call, nowMs: number): Refusal => {
  const retryAfterMs = parseRetryAfterMs(retryAfter, nowMs)
  return {
    ...describeRefusal(status, path, answer),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(location && URL.canParse(location) && { redirectHost: new URL(location).host }),
  }
}
