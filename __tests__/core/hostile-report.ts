import fc from 'fast-check'
import type { Deployment, DeploymentError } from '../../src/core/api.ts'
import type { Outcome } from '../../src/core/run/outcome.ts'
import type { PruneDecision, Report } from '../../src/core/run/result.ts'
import type { Change } from '../../src/core/set-diff.ts'
import { hostileText } from './hostile.ts'
import { deployment, report, request, state, workflow } from './report-base.ts'

const outcomes: readonly Outcome[] = [
  'succeeded',
  'failed',
  'failed',
  'failed',
  'timed_out',
  'cancelled',
  'started',
  'planned',
  'deleted',
  'pruned',
  'skipped',
  'unknown',
  'error',
]

const hostileError: fc.Arbitrary<DeploymentError> = fc.record({
  scope: fc.oneof(fc.constantFrom('workload', 'environment', ''), hostileText),
  object_id: hostileText,
  code: hostileText,
  summary: hostileText,
  message: hostileText,
  error_type: hostileText,
})

const hostileDeployment: fc.Arbitrary<Deployment> = fc.record({
  id: hostileText,
  status: fc.oneof(fc.constantFrom('succeeded', 'failed', 'in progress'), hostileText),
  comment: hostileText,
  delta_id: hostileText,
  set_id: hostileText,
  from_id: hostileText,
  created_at: fc.oneof(fc.constant(deployment.created_at), hostileText),
  created_by: hostileText,
  status_changed_at: fc.oneof(fc.constant(deployment.status_changed_at), hostileText),
})

const hostileDecision: fc.Arbitrary<PruneDecision> = fc.record({
  env: hostileText,
  action: fc.constant('kept' as const),
  reason: fc.record({ kind: fc.constant('unnamed' as const), name: hostileText, repository: hostileText }),
})

export const hostileChange: fc.Arbitrary<Change> = fc.record({
  workload: hostileText,
  kind: fc.constantFrom('workload', 'image', 'resource', 'variable', 'other'),
  name: hostileText,
  change: fc.constantFrom('added', 'removed', 'changed'),
  from: hostileText,
  to: hostileText,
})

const requests = {
  deploy: request,
  preview: { ...request, createFrom: 'staging' },
  wait: { ...request, operation: 'wait' },
  delete: { ...request, operation: 'delete', dryRun: false },
} as const

const kinds = ['deploy', 'preview', 'wait', 'delete'] as const

/** Every end, with hostile text wherever text can come from outside. */
export const hostileReport: fc.Arbitrary<Report> = fc
  .record({
    outcome: fc.constantFrom(...outcomes),
    texts: fc.tuple(hostileText, hostileText, hostileText, hostileText, hostileText),
    deployment: hostileDeployment,
    other: hostileDeployment,
    errors: fc.array(hostileError, { maxLength: 4 }),
    pruned: fc.array(hostileDecision, { maxLength: 2 }),
    changes: fc.array(hostileChange, { maxLength: 3 }),
    isCompared: fc.boolean(),
    hasRequest: fc.boolean(),
    kind: fc.constantFrom(...kinds),
  })
  .map(
    ({
      outcome,
      texts: [one, two, three, four, five],
      deployment,
      other,
      errors,
      pruned,
      changes,
      isCompared,
      hasRequest,
      kind,
    }) => ({
      ...report,
      result: {
        outcome,
        ...(outcome !== 'succeeded' && {
          problem: {
            what: one,
            remedy: two,
            conflict: other,
            inputErrors: hasRequest ? [] : [{ input: 'env', got: three, takes: four }],
          },
        }),
      },
      workflow: { ...workflow, actor: three, commitTitle: four },
      state: {
        ...state,
        request: hasRequest ? requests[kind] : undefined,
        environment: { id: one, name: two, type: three, status: four, created_at: five },
        deployment,
        base: other,
        history: [other],
        followed: kind === 'wait',
        errors,
        environmentUrls: [`https://shop.example.com/${five}`, `https://${four}`],
        remarks: [
          { kind: 'base_left', rebase: { newBaseId: two, previousBaseId: five } },
          { kind: 'run_end_unclear', status: three },
        ],
        pruned,
        changes,
        images: changes.map(({ workload, name, from, to }) => ({ workload, container: `${name}2`, from, to })),
        comparison: isCompared ? { base: other, env: two } : { unread: three },
      },
    }),
  ) as fc.Arbitrary<Report>
