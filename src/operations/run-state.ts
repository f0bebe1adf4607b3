import { formatOutputs } from '../core/report/outputs.ts'
import type { Checkpoint } from '../core/run/checkpoint.ts'
import { emptyRunState, type RunState } from '../core/run/outcome.ts'
import type { Writer } from '../core/text/writer.ts'
import type { Runner } from '../ports.ts'

/** What is known of the run, told to the runner the moment it is known: a killed step keeps it. */
export type RunStore = {
  readonly state: RunState
  /** What the post step would have to finish. */
  readonly checkpoint: Checkpoint
  note(news: Partial<RunState>): void
  /** Adds a sentence that a person should read beside the ending. */
  remark(sentence: string): void
  /** Saves what the post step has to finish if this process dies now. A field set to `undefined` is no longer open. */
  saveCheckpoint(news: { readonly [Field in keyof Checkpoint]: Checkpoint[Field] | undefined }): void
}

export const createRunStore = (runner: Runner, writer: Writer, first: Partial<RunState> = {}): RunStore => {
  let state: RunState = { ...emptyRunState, ...first }
  const format = (): Readonly<Record<string, string>> => formatOutputs(state, writer)
  // The one text in the state that comes from outside. Nothing is found again by it.
  const redactComment = (name: string, value: unknown): unknown =>
    name === 'comment' && typeof value === 'string' ? writer.text(value) : value
  let told = format()
  let checkpoint: Checkpoint = {}
  const note = (news: Partial<RunState>): void => {
    state = { ...state, ...news }
    const outputs = format()
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== told[name]) runner.setOutput(name, value)
    }
    told = outputs
  }
  return {
    get state() {
      return state
    },
    get checkpoint() {
      return checkpoint
    },
    note,
    remark: (sentence) => note({ remarks: [...state.remarks, sentence] }),
    saveCheckpoint: (news) => {
      checkpoint = { ...checkpoint, ...news } as Checkpoint
      const isOpen = Object.values(checkpoint).some((part) => part !== undefined)
      runner.saveState('open', isOpen ? JSON.stringify(checkpoint, redactComment) : '')
    },
  }
}
