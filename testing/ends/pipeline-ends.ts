import { badGateway, type FaultAction } from '../simulator/faults.ts'
import {
  approvalAfter,
  approvalBefore,
  checkAfter,
  deployJobs,
  failureBefore,
  secondEnvironment,
} from '../simulator/orchestrator/pipeline-shapes.ts'
import type { PipelinePlan } from '../simulator/orchestrator/pipelines.ts'
import type { Inputs } from '../virtual/virtual-step.ts'
import { createWorld, place } from '../virtual/world.ts'

const home = 'acme/shop'
const question = 'Deploy to production?'
const denied: FaultAction = { kind: 'answer', status: 403, body: { error: 'API-403', message: 'Role too low.' } }

/** A deployment through a pipeline: what the run, the deployment and the approval do, in words, and the script of it. */
type PipelineCase = {
  readonly run: string
  readonly deployment: string
  readonly approval: string
  readonly plan: Partial<PipelinePlan>
  readonly inputs?: Inputs
  readonly signalAfterMs?: number
  /** The deployment itself fails. */
  readonly fails?: true
  /** What becomes of each reading of the run. */
  readonly unreadable?: FaultAction
}

const early = { isDeploymentMadeAtOnce: true } as const
const held = { answer: 'empty' } as const
const asks = approvalBefore({ message: question })
const [approved, refused] = [{ approvedAfterMs: 300_000 }, { deniedAfterMs: 300_000 }].map((decision) =>
  approvalBefore({ message: question, ...decision }),
) as [PipelinePlan['jobs'], PipelinePlan['jobs']]
const worksOnly = [{ id: 'check', steps: [{ does: 'work', name: 'Look at it', durationMs: 5_000 }] }] as const
const pending = 'pending'
const none = 'none yet'

export const pipelineCases: readonly PipelineCase[] = [
  { run: 'executing', deployment: none, approval: '', plan: { ...held, jobs: deployJobs(40_000) } },
  { run: 'fails', deployment: none, approval: '', plan: { ...held, jobs: failureBefore() } },
  {
    run: 'is cancelled',
    deployment: none,
    approval: 'not given',
    plan: { ...held, jobs: asks, cancelledAfterMs: 100_000 },
  },
  { run: 'completed', deployment: 'none when the run ends', approval: '', plan: { ...held, jobs: worksOnly } },
  { run: 'executing', deployment: none, approval: 'given', plan: { ...held, jobs: approved } },
  { run: 'executing', deployment: none, approval: 'denied', plan: { ...held, jobs: refused } },
  {
    run: 'executing',
    deployment: none,
    approval: 'not given before the timeout',
    plan: { ...held, jobs: asks },
    inputs: { timeout: '10m' },
  },
  {
    run: 'executing',
    deployment: none,
    approval: 'not given before the workflow is cancelled',
    plan: { ...held, jobs: asks },
    signalAfterMs: 200_000,
  },
  {
    run: 'executing',
    deployment: none,
    approval: 'not given, with `wait: false`',
    plan: { ...held, jobs: asks },
    inputs: { wait: 'false' },
  },
  {
    run: 'can’t be read (403)',
    deployment: none,
    approval: 'not given',
    plan: { ...held, jobs: asks },
    unreadable: denied,
  },
  { run: 'executing', deployment: pending, approval: 'given', plan: { ...early, jobs: approved } },
  { run: 'executing', deployment: pending, approval: 'denied', plan: { ...early, jobs: refused } },
  {
    run: 'executing',
    deployment: pending,
    approval: 'not given before the timeout',
    plan: { ...early, jobs: asks },
    inputs: { timeout: '10m' },
  },
  {
    run: 'is cancelled',
    deployment: pending,
    approval: 'not given',
    plan: { ...early, jobs: asks, cancelledAfterMs: 200_000 },
  },
  {
    run: 'fails because of the deployment',
    deployment: 'failed',
    approval: '',
    plan: { jobs: deployJobs() },
    fails: true,
  },
  { run: 'completed', deployment: 'succeeded', approval: '', plan: { jobs: deployJobs() } },
  {
    run: 'completed with an unknown status; the pipeline’s own step with the deployment has the same one',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: deployJobs(), successWord: 'done' },
  },
  {
    run: 'its check, after the deployment, passes',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: checkAfter() },
  },
  {
    run: 'its check, after the deployment, fails',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: checkAfter({ fails: '1 of 2 pods is ready.' }) },
  },
  {
    run: 'is cancelled after the deployment',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: checkAfter({ durationMs: 600_000 }), cancelledAfterMs: 200_000 },
  },
  {
    run: 'goes on for more than 10 min after the deployment',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: checkAfter({ durationMs: 3_000_000 }) },
  },
  {
    run: 'executing',
    deployment: 'succeeded',
    approval: 'asked for after the deployment',
    plan: { jobs: approvalAfter({ message: 'Go on?' }) },
  },
  {
    run: 'deploys to staging next',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: secondEnvironment('staging') },
  },
  {
    run: 'can’t be read (403)',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: deployJobs() },
    unreadable: denied,
  },
  {
    run: 'can’t be read (502) until the timeout',
    deployment: 'succeeded',
    approval: '',
    plan: { jobs: deployJobs() },
    unreadable: badGateway(),
    inputs: { timeout: '10m' },
  },
]

export type PipelineEnd = { readonly outcome: string; readonly exit: number; readonly said: readonly string[] }

/** Plays it on the virtual clock: how the step ended, and the first line of each annotation, or else of the summary. */
export const playPipeline = async (given: PipelineCase): Promise<PipelineEnd> => {
  const { plan, inputs = {}, signalAfterMs, fails, unreadable } = given
  const world = createWorld({ inputs })
  const { orchestrator, clock } = world
  orchestrator.addEnvironment(`${home}/staging`, { type: 'staging' })
  orchestrator.planPipeline(home, plan)
  // The newest of the past came through the pipeline, without an approval.
  orchestrator.startRunElsewhere(place, { comment: 'before', jobs: deployJobs() })
  await clock.run(clock.sleep(300_000))
  if (fails) orchestrator.planNext(place, { status: 'failed', errors: [{ code: 'RUN-004', message: 'Not ready.' }] })
  if (unreadable) orchestrator.addFault({ on: 'GET run', times: Number.POSITIVE_INFINITY, do: unreadable })
  if (signalAfterMs !== undefined) void clock.sleep(signalAfterMs).then(world.cancel)
  const outcome = await world.run()
  const remarks = world.summaries.join('\n').match(/^- .*$/gm) ?? []
  return {
    outcome,
    exit: outcome === 'cancelled' ? 130 : goodOutcomes.includes(outcome) ? 0 : 1,
    said: [...world.annotations.map(formatAnnotation), ...remarks.map((remark) => remark.slice(2))],
  }
}

type Annotation = ReturnType<typeof createWorld>['annotations'][number]

/** A notice's message says little without its title. */
const formatAnnotation = ({ level, title, message }: Annotation): string =>
  level === 'notice' && title ? `${title}: ${message}` : message

const goodOutcomes: readonly string[] = ['succeeded', 'started']
