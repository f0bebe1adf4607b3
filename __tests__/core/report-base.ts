import type { Deployment, DeploymentError } from '../../src/core/api.ts'
import type { DeployRequest } from '../../src/core/inputs/request.ts'
import { formatEvent } from '../../src/core/report/log.ts'
import { describeReason } from '../../src/core/report/problems.ts'
import type { LogEvent } from '../../src/core/run/log-event.ts'
import type { Outcome, Problem } from '../../src/core/run/outcome.ts'
import type { Reason, Remark } from '../../src/core/run/reason.ts'
import { emptyRunState, type Report, type RunState } from '../../src/core/run/result.ts'
import type { WorkflowContext } from '../../src/core/run/workflow-context.ts'
import { createRedactor } from '../../src/core/text/redact.ts'
import { createWriter, type Writer } from '../../src/core/text/writer.ts'
import { workflow as usualWorkflow } from '../../testing/example.ts'

/** A report that is complete and good: a Delta deployed to production. Tests differ from it by what they are about. */

/** There is nothing to hide. */
export const writer: Writer = createWriter(createRedactor([]))

export const nowMs = Date.UTC(2026, 10, 23, 20, 10, 0)

export const request: DeployRequest = {
  operation: 'deploy',
  org: 'acme',
  app: 'shop',
  env: 'production',
  token: 'a-token',
  apiUrl: 'https://api.humanitec.io',
  appUrl: 'https://app.humanitec.io',
  timeoutMs: 30 * 60_000,
  pollInterval: 'auto',
  githubToken: '',
  prComment: false,
  githubDeployment: false,
  deltaId: '4a6330d06a8b5c92f1d27b4e81a3c5d7e9f01234',
  redeploy: false,
  comment: '',
  wait: true,
  waitFor: 'deployed',
  healthTimeoutMs: 300_000,
  logLines: 0,
  dryRun: false,
  onConflict: 'fail',
}

export const workflow: WorkflowContext = {
  ...usualWorkflow,
  actionUrl: 'https://github.com/acme/humanitec-deploy',
  sha: 'f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a',
}

export const deployment: Deployment = {
  id: '9f2c01ab5d7e3f88',
  status: 'succeeded',
  comment: 'Merge pull request #12 · f5a2c1d by octocat · https://github.com/acme/shop/actions/runs/7001',
  delta_id: '4a6330d06a8b5c92f1d27b4e81a3c5d7e9f01234',
  set_id: '-0pTzTUcDVhXSn2MnB4j7BBwVMVNUQVJj4TnPaVCpq8',
  from_id: '17609cfafa5d5cb8',
  created_at: '2026-11-23T20:07:12.123456789Z',
  created_by: 's-73c2a1',
  status_changed_at: '2026-11-23T20:09:53.623456789Z',
}

export const base: Deployment = {
  ...deployment,
  id: '17609cfafa5d5cb8',
  comment: 'Raise the memory of checkout',
  from_id: 'b3c0ffee12345678',
  created_at: '2026-11-21T19:00:00.000000001Z',
  status_changed_at: '2026-11-21T19:02:38.000000001Z',
}

const earlier = (id: string, durationSeconds: number, day: number): Deployment => ({
  ...base,
  id,
  created_at: `2026-11-${day}T12:00:00Z`,
  status_changed_at: new Date(Date.UTC(2026, 10, day, 12, 0, durationSeconds)).toISOString(),
})

export const history: readonly Deployment[] = [
  base,
  earlier('b3c0ffee12345678', 185, 20),
  { ...earlier('0badc0de12345678', 31, 20), status: 'failed' },
  earlier('c3c0ffee12345678', 152, 19),
  earlier('d3c0ffee12345678', 140, 18),
  earlier('e3c0ffee12345678', 161, 17),
  earlier('f3c0ffee12345678', 149, 16),
  earlier('a4c0ffee12345678', 158, 15),
  earlier('a5c0ffee12345678', 171, 14),
]

export const error: DeploymentError = {
  scope: 'workload',
  object_id: 'checkout',
  code: 'RES-101',
  summary: 'Driver parameters invalid',
  message: "'ip_address', 'ipv6_address' or 'name' should be specified",
  error_type: '',
}

export const threeErrors: readonly DeploymentError[] = [
  error,
  { ...error, code: 'CLD-001', summary: 'Provider error', message: 'Incorrect cloud provider credentials' },
  {
    ...error,
    scope: 'environment',
    object_id: 'externals.db',
    code: 'RES-204',
    summary: 'Provisioning failed',
    message: [
      'Error: creating RDS DB Instance (shop-production): InvalidParameterCombination',
      '  with aws_db_instance.main,',
      '  on main.tf line 12, in resource "aws_db_instance" "main":',
      '  12: resource "aws_db_instance" "main" {',
      'RequestID: 5f1c6d7e-0000-4000-8000-7f3a2b1c0d9e, @see https://docs.example.com/rds#limits',
    ].join('\n'),
  },
]

export const state: RunState = { ...emptyRunState, request, deployment, base, history }

export const report: Report = {
  result: { outcome: 'succeeded' },
  state,
  workflow,
  elapsedMs: 163_000,
  nowMs,
  isCancelled: false,
  writer,
}

/** The base, with another end and other facts. */
export const endWith = (outcome: Outcome, news: Partial<RunState> = {}, problem?: Problem): Report => ({
  ...report,
  result: { outcome, ...(problem && { problem }) },
  state: { ...state, ...news },
})

export const failedDeployment: Deployment = {
  ...deployment,
  status: 'failed',
  status_changed_at: '2026-11-23T20:08:00.500000000Z',
}

export const failed: Report = endWith('failed', { deployment: failedDeployment, errors: threeErrors })

export const runningDeployment: Deployment = {
  ...deployment,
  status: 'in progress',
  status_changed_at: '2026-11-23T20:07:14Z',
}

/** What a person should know beside the ending, and how it is said. */
export const remark: Remark = { kind: 'base_of_others', id: 'c3' }

export const remarkText = 'The environment’s base has been changed to c3 in the meantime: it was left as it is.'

/** A reason in words, of a run that asked for `request`. */
export const word = (reason: Reason, over: Partial<Parameters<typeof describeReason>[1]> = {}): Problem =>
  describeReason(reason, { state: { ...emptyRunState, request }, workflow, nowMs, writer, ...over })

/** An event as lines of the log, or as the text of its warning. */
export const lines = (event: LogEvent, now = nowMs): readonly string[] => {
  const { lines, annotations } = formatEvent(event, { nowMs: now, writer })
  return lines.length > 0 ? lines : annotations.map(({ message }) => message)
}
