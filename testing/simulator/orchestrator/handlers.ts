import type { ApiAnswer } from '../exchange.ts'
import { listApprovals } from './approvals.ts'
import type { Asked, AskedOfApp } from './asked.ts'
import { listLogs } from './container-logs.ts'
import { archiveDelta, createDelta, getDelta, listDeltas, patchDelta, putDelta } from './deltas.ts'
import { getDeployment, listDeployments, listErrors } from './deployments.ts'
import { createEnvironment, deleteEnvironment, getEnvironment, listEnvironments, putBase } from './environments.ts'
import { listCriteria } from './pipeline-criteria.ts'
import { takeStart } from './pipeline-request.ts'
import { getJob, getRun, listJobs, listRuns } from './pipeline-runs.ts'
import { listActiveResources } from './resources.ts'
import { getRuntime } from './runtime.ts'
import { applyToSet, getSet, getSetDiff } from './sets.ts'
import { getValueSetVersion, listValueSetVersions } from './value-sets.ts'

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
  ['GET value-set-versions', { of: 'env', isChange: false, answer: listValueSetVersions }],
  ['GET value-set-version', { of: 'env', isChange: false, answer: getValueSetVersion }],
  ['GET deltas', { of: 'app', isChange: false, answer: listDeltas }],
  ['POST deltas', { of: 'app', isChange: true, answer: createDelta }],
  ['GET delta', { of: 'app', isChange: false, answer: getDelta }],
  ['PUT delta', { of: 'app', isChange: true, answer: putDelta }],
  ['PATCH delta', { of: 'app', isChange: true, answer: patchDelta }],
  ['PUT archived', { of: 'app', isChange: true, answer: archiveDelta }],
  ['GET set', { of: 'app', isChange: false, answer: getSet }],
  ['GET runs', { of: 'app', isChange: false, answer: listRuns }],
  ['GET run', { of: 'app', isChange: false, answer: getRun }],
  ['GET jobs', { of: 'app', isChange: false, answer: listJobs }],
  ['GET job', { of: 'app', isChange: false, answer: getJob }],
  ['GET approvals', { of: 'app', isChange: false, answer: listApprovals }],
  ['GET pipeline-criteria', { of: 'app', isChange: false, answer: listCriteria }],
  ['GET runtime', { of: 'env', isChange: false, answer: getRuntime }],
  ['GET logs', { of: 'env', isChange: false, isMute: true, answer: listLogs }],
  // It makes a Set that nobody sees: a viewer may, as far as is known.
  ['POST set', { of: 'app', isChange: false, answer: applyToSet }],
  ['GET diff', { of: 'app', isChange: false, answer: getSetDiff }],
])
