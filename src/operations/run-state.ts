import type { Deployment, Environment } from '../core/api.ts'
import { hasSucceeded } from '../core/deployments.ts'
import { toRunId } from '../core/pipelines.ts'
import { type Checkpoint, formatCheckpoint, type Phase } from '../core/run/checkpoint.ts'
import type { Remark } from '../core/run/reason.ts'
import { emptyRunState, type RunState } from '../core/run/result.ts'
import type { Writer } from '../core/text/writer.ts'
import type { Runner } from '../ports.ts'

/** What is known of the run, told to the runner the moment it is known: a killed step keeps it. */
export type RunStore = {
  readonly state: RunState
  /** What the post step would have to finish. */
  readonly checkpoint: Checkpoint
  note(news: Partial<RunState>): void
  /** Told the state whenever something was noted. */
  listen(listener: (state: RunState) => void): void
  /** Adds what a person should read beside the ending. */
  remark(remark: Remark): void
  /** Saves what the post step has to finish if this process dies now. A field set to `undefined` is no longer open. */
  saveCheckpoint(news: { readonly [Field in keyof Checkpoint]: Checkpoint[Field] | undefined }): void
  /** The same for how far the deployment got, by a transition of src/core/run/checkpoint.ts. */
  advance(transition: (phase: Phase | undefined) => Phase | undefined): void
}

/** `formatOutputs`: each that has become known is told at once. */
type StoreParts = {
  readonly runner: Runner
  readonly writer: Writer
  readonly formatOutputs: (state: RunState) => Readonly<Record<string, string>>
}

export const createRunStore = (
  { runner, writer, formatOutputs }: StoreParts,
  first: Partial<RunState> = {},
): RunStore => {
  let state: RunState = { ...emptyRunState, ...first }
  let told = formatOutputs(state)
  let checkpoint: Checkpoint = {}
  const listeners: ((state: RunState) => void)[] = []
  const note = (news: Partial<RunState>): void => {
    state = { ...state, ...news }
    const outputs = formatOutputs(state)
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== told[name]) runner.setOutput(name, value)
    }
    told = outputs
    for (const listener of listeners) listener(state)
  }
  const saveCheckpoint: RunStore['saveCheckpoint'] = (news) => {
    checkpoint = { ...checkpoint, ...news } as Checkpoint
    runner.saveState('open', formatCheckpoint(redactComment(writer, checkpoint)))
  }
  return {
    get state() {
      return state
    },
    get checkpoint() {
      return checkpoint
    },
    note,
    listen: (listener) => {
      listeners.push(listener)
    },
    remark: (remark) => note({ remarks: [...state.remarks, remark] }),
    saveCheckpoint,
    advance: (transition) => {
      const phase = transition(checkpoint.phase)
      if (phase !== checkpoint.phase) saveCheckpoint({ phase })
    },
  }
}

/** The one text in it that people write: to be called before it is cut. Nothing is found again by it. */
const redactComment = ({ text }: Writer, checkpoint: Checkpoint): Checkpoint => {
  const { phase } = checkpoint
  if (phase?.kind !== 'starting') return checkpoint
  const { start } = phase
  const body = { ...start.body, comment: text(start.body.comment) }
  return { ...checkpoint, phase: { ...phase, start: { ...start, body } } }
}

/** The deployment as it is now, with the run of a pipeline that it belongs to. */
export const noteDeployment = (store: RunStore, deployment: Deployment): void => {
  const pipelineRun = toRunId(deployment.pipeline)
  store.note({ deployment, ...(pipelineRun && { pipelineRun }) })
}

/** Before a start: what the environment shows of what ours will be compared with. */
export const notePrevious = (store: RunStore, { last_deploy }: Environment): void => {
  if (!last_deploy) store.note({ previous: null })
  else if (hasSucceeded(last_deploy)) store.note({ previous: last_deploy })
}
