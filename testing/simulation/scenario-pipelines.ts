import type { Random } from '../simulator/chance.ts'
import {
  approvalAfter,
  approvalBefore,
  checkAfter,
  deployJobs,
  failureBefore,
  secondEnvironment,
} from '../simulator/orchestrator/pipeline-shapes.ts'
import type { JobPlan, PipelinePlan } from '../simulator/orchestrator/pipelines.ts'
import { drawByMagnitude, drawInteger, happens, pick, pickByWeight } from './draw.ts'
import { furtherEnvironment } from './place.ts'

/** A pipeline takes all requests for deployments; the newest one of the environment's past went through it. */
export type PipelineWorld = {
  readonly name: string
  readonly plan: Partial<PipelinePlan>
  /** Somebody else's run, begun before ours, works for so long; ours waits for it, where they are in one group. */
  readonly othersWorkMs?: number
}

type Shape = {
  readonly name: string
  readonly weight: number
  readonly draw: (random: Random) => Partial<PipelineWorld>
}

const withJobs = (jobs: readonly JobPlan[], more: Partial<PipelinePlan> = {}): Partial<PipelineWorld> => ({
  plan: { jobs, ...more },
})

const drawDecisionMs = (random: Random): number => drawByMagnitude(random, 1_000, 900_000)

const shapes: readonly [Shape, ...Shape[]] = [
  { name: 'default', weight: 6, draw: (random) => withJobs(deployJobs(drawByMagnitude(random, 1, 60_000))) },
  {
    name: 'approval before: granted',
    weight: 4,
    draw: (random) => withJobs(approvalBefore({ approvedAfterMs: drawDecisionMs(random) })),
  },
  {
    name: 'approval before: refused',
    weight: 3,
    draw: (random) => withJobs(approvalBefore({ deniedAfterMs: drawDecisionMs(random) })),
  },
  {
    name: 'approval before: expired',
    weight: 3,
    draw: (random) => withJobs(approvalBefore(), { timeoutMs: drawByMagnitude(random, 60_000, 1_200_000) }),
  },
  {
    name: 'approval after: granted',
    weight: 2,
    draw: (random) =>
      withJobs(
        approvalAfter({ env: furtherEnvironment, approvedAfterMs: drawDecisionMs(random) }, [
          { id: 'promote', steps: [{ does: 'deploy', env: furtherEnvironment, name: 'Promote' }] },
        ]),
      ),
  },
  {
    name: 'approval after: refused',
    weight: 2,
    draw: (random) =>
      withJobs(approvalAfter({ env: furtherEnvironment, deniedAfterMs: drawByMagnitude(random, 60_000, 900_000) })),
  },
  {
    name: 'approval after: never decided',
    weight: 2,
    draw: () => withJobs(approvalAfter({ env: furtherEnvironment })),
  },
  {
    name: 'check after: fails',
    weight: 4,
    draw: (random) =>
      withJobs(checkAfter({ durationMs: drawByMagnitude(random, 1_000, 300_000), fails: 'web is not ready.' })),
  },
  {
    name: 'check after: passes',
    weight: 3,
    draw: (random) => withJobs(checkAfter({ durationMs: drawByMagnitude(random, 1_000, 900_000) })),
  },
  { name: 'second environment', weight: 4, draw: () => withJobs(secondEnvironment(furtherEnvironment)) },
  {
    name: 'queue of a concurrency group',
    weight: 4,
    draw: (random) => ({
      plan: { jobs: deployJobs(), concurrencyGroup: 'shop-env' },
      othersWorkMs: drawByMagnitude(random, 5_000, 600_000),
    }),
  },
  {
    name: 'run cancelled',
    weight: 3,
    draw: (random) =>
      withJobs(pick(random, [approvalBefore(), deployJobs(30_000), checkAfter({ durationMs: 120_000 })]), {
        cancelledAfterMs: drawByMagnitude(random, 500, 300_000),
      }),
  },
  { name: 'fails before the deployment', weight: 2, draw: () => withJobs(failureBefore()) },
]

export const drawPipeline = (random: Random): PipelineWorld => {
  const shape = pickByWeight(random, shapes)
  const { plan, ...drawn } = shape.draw(random)
  return {
    name: shape.name,
    ...drawn,
    plan: {
      answer: pick(random, ['deployment', 'deployment', 'no id', 'earlier deployment', 'run', 'empty']),
      queuedMs: happens(random, 0.6) ? drawInteger(random, 0, 2_000) : drawInteger(random, 0, 60_000),
      isDeploymentMadeAtOnce: happens(random, 0.15),
      fromId: pick(random, ['empty', 'base']),
      successWord: pick(random, ['succeeded', 'successful', 'completed']),
      ...plan,
    },
  }
}
