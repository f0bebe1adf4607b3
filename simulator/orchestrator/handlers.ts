import type { ApiAnswer } from '../exchange.ts'
import { listApprovals } from './approvals.ts'
import type { Asked, AskedOfApp } from './asked.ts'
import { listLogs } from './container-logs.ts'
import { createDelta, getDelta, getSet } from './deltas.ts'
import { getDeployment, listDeployments, listErrors } from './deployments.ts'
import { createEnvironment, deleteEnvironment, getEnvironment, listEnvironments, putBase } from './environments.ts'
import { listCriteria } from './pipeline-criteria.ts'
import { takeStart } from './pipeline-request.ts'
import { getJob, getRun, listJobs, listRuns } from './pipeline-runs.ts'
import { listActiveResources } from './resources.ts'
import { getRuntime } from './runtime.ts'

/** Who answers, and what the token must be allowed for it. */
type Handler =
  | { readonly of: 'app'; readonly isChange: boolean; readonly answer: (asked: AskedOfApp) => ApiAnswer }
  | {
      readonly of: 'env'
      readonly isChange: boolean
      readonly needsDeployer?: boolean
      /** Its refusals have empty bodies. */
      readonly isMute?: boolean
      readonly answer: (asked: Asked) => ApiAnswer
    }

/** By operation: the method and the noun of the path. */
export const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['GET envs', { of: 'app', isChange: false, answer: listEnvironments }],
  ['POST envs', { of: 'app', isChange: true, answer: createEnvironment }],
  ['GET env', { of: 'env', isChange: false, answer: getEnvironment }],
  ['DELETE env', { of: 'env', isChange: true, needsDeployer: true, answer: deleteEnvironment }],
  ['PUT from_deploy_id', { of: 'env', isChange: true, answer: putBase }],
  ['GET resources', { of: 'env', isChange: false, answer: listActiveResources }],
  ['GET deploys', { of: 'env', isChange: false, answer: listDeployments }],
  ['POST deploys', { of: 'env', isChange: true, needsDeployer: true, answer: takeStart }],
  ['GET deploy', { of: 'env', isChange: false, answer: getDeployment }],
  ['GET errors', { of: 'env', isChange: false, answer: listErrors }],
  ['POST deltas', { of: 'app', isChange: true, answer: createDelta }],
  ['GET delta', { of: 'app', isChange: false, answer: getDelta }],
  ['GET set', { of: 'app', isChange: false, answer: getSet }],
  ['GET runs', { of: 'app', isChange: false, answer: listRuns }],
  ['GET run', { of: 'app', isChange: false, answer: getRun }],
  ['GET jobs', { of: 'app', isChange: false, answer: listJobs }],
  ['GET job', { of: 'app', isChange: false, answer: getJob }],
  ['GET approvals', { of: 'app', isChange: false, answer: listApprovals }],
  ['GET pipeline-criteria', { of: 'app', isChange: false, answer: listCriteria }],
  ['GET runtime', { of: 'env', isChange: false, answer: getRuntime }],
  ['GET logs', { of: 'env', isChange: false, isMute: true, answer: listLogs }],
])
