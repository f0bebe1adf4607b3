import type { JobPlan, StepPlan } from './pipelines.ts'

/** What the default pipeline does first: a Set is made of the Delta. */
const applyStep = (durationMs: number): StepPlan => ({
  does: 'work',
  appliesDelta: true,
  name: 'Create Deployment Set',
  uses: 'actions/humanitec/apply@v1',
  durationMs,
})

const deployStep: StepPlan = { does: 'deploy', name: 'Deploy Set To Environment', uses: 'actions/humanitec/deploy@v1' }

type Approval = {
  readonly message?: string
  readonly env?: string
  readonly approvedAfterMs?: number
  readonly deniedAfterMs?: number
}

const approvalStep = (approval: Approval): StepPlan => ({
  does: 'approval',
  name: 'Wait for approval',
  uses: 'actions/humanitec/approve@v1',
  ...approval,
})

/** The jobs of the default pipeline: Delta to Set, Set to environment. @param delayMs until our deployment appears */
export const deployJobs = (delayMs = 2_000): readonly JobPlan[] => [
  { id: 'deploy', steps: [applyStep(delayMs), deployStep] },
]

/** Somebody has to approve before there is a deployment. */
export const approvalBefore = (approval: Approval = {}): readonly JobPlan[] => [
  { id: 'approve', steps: [approvalStep(approval)] },
  ...deployJobs(),
]

/** Our deployment ends, then the run waits for somebody; `after` is what comes behind that. */
export const approvalAfter = (approval: Approval = {}, after: readonly JobPlan[] = []): readonly JobPlan[] => [
  ...deployJobs(),
  { id: 'approve', steps: [approvalStep(approval)] },
  ...after,
]

/** A step behind our deployment; `fails` is its message. */
export const checkAfter = (
  check: { readonly durationMs?: number; readonly fails?: string } = {},
): readonly JobPlan[] => [
  ...deployJobs(),
  {
    id: 'check',
    steps: [
      {
        does: 'work',
        name: 'Wait for readiness',
        uses: 'actions/humanitec/wait-for-readiness@v1',
        durationMs: 20_000,
        ...check,
      },
    ],
  },
]

/** Our deployment, then one to another environment of the application. */
export const secondEnvironment = (env: string): readonly JobPlan[] => [
  ...deployJobs(),
  { id: 'promote', steps: [{ ...deployStep, env }] },
]

/** It fails before our deployment: the Delta doesn't fit. */
export const failureBefore = (fails = 'Unable to apply the Delta: module web does not exist.'): readonly JobPlan[] => [
  { id: 'deploy', steps: [{ ...applyStep(2_000), does: 'work', fails }, deployStep] },
]
