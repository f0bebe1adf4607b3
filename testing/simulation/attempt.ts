import { postStepMs } from '../../src/core/network/retry-policy.ts'
import { finish } from '../../src/post-step.ts'
import { run } from '../../src/run.ts'
import type { World } from '../../src/world.ts'
import type { VirtualClock } from '../virtual/virtual-clock.ts'
import { createVirtualProcess, type ProcessScript, type VirtualProcess } from '../virtual/virtual-process.ts'
import type { Told } from '../virtual/virtual-step.ts'
import type { Attempt } from './trace.ts'

/** How one step goes: what hits it, and when its post step begins, after the end. */
export type StepScript = Pick<ProcessScript, 'crash' | 'signal'> & {
  /** Absent: the runner goes down, and there is no post step. */
  readonly postAfterMs?: number
}

type Step<Record extends Attempt> = {
  readonly clock: VirtualClock
  readonly script: StepScript
  /** What the processes of main step and post step get from outside. */
  readonly connect: (attempt: Record, process: VirtualProcess) => World
  readonly createPost: () => Record
  /** Called at the end of the main step, before anything else happens. */
  readonly onEnd?: () => void
}

/** Runs a step to its end or its death, and its post step, if the state that was left asks for one; `attempt` tells it all. */
export const runAttempt = async <Record extends Attempt>(attempt: Record, step: Step<Record>): Promise<void> => {
  const { clock, script, connect } = step
  const process = createVirtualProcess(clock, script)
  process.onSignal(() => {
    attempt.signalMs = clock.now()
  })
  const ended = run(connect(attempt, process)).then((outcome) => {
    process.end()
    attempt.outcome = outcome
    attempt.endedMs = clock.now()
    step.onEnd?.()
  })
  await Promise.race([ended, process.death])
  if (attempt.endedMs === undefined) attempt.crashedMs = clock.now()
  if (attempt.state === '' || script.postAfterMs === undefined) return
  await clock.sleep(script.postAfterMs)
  const post = step.createPost()
  await finish(connect(post, createVirtualProcess(clock)), attempt.state)
  post.endedMs = clock.now()
  attempt.post = post
}

export const createAttempt = (
  { now }: Pick<VirtualClock, 'now'>,
  number: number,
  timeoutMs = postStepMs,
): Omit<Attempt, 'post'> => {
  const startedMs = now()
  return {
    number,
    startedMs,
    deadlineMs: startedMs + timeoutMs,
    sendings: [],
    log: [],
    annotations: [],
    outputs: new Map(),
    ids: new Set(),
    summaries: [],
    state: '',
  }
}

/** Keeps what is said. */
export const tellAttempt = ({ now }: Pick<VirtualClock, 'now'>, attempt: Attempt): Told => ({
  line: (text) => attempt.log.push({ atMs: now(), text }),
  annotation: (annotation) => attempt.annotations.push(annotation),
  output: (name, value) => {
    attempt.outputs.set(name, value)
    if (name === 'deployment_id' && value !== '') attempt.ids.add(value)
  },
  state: (_, value) => {
    attempt.state = value
  },
  summary: (markdown) => attempt.summaries.push(markdown),
})
