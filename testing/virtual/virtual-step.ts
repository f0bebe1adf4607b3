import { createGitHub, type GitHubTransport } from '../../src/adapters/github.ts'
import type { Transport } from '../../src/adapters/http.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { sha256hex } from '../../src/adapters/system.ts'
import { type InputName, inputNames, type RawInputs } from '../../src/core/inputs/request.ts'
import { StepEndError } from '../../src/core/run/result.ts'
import type { WorkflowContext } from '../../src/core/run/workflow-context.ts'
import type { Redact } from '../../src/core/text/redact.ts'
import { type Annotation, createWriter } from '../../src/core/text/writer.ts'
import type { Clock, Runner } from '../../src/ports.ts'
import type { World } from '../../src/world.ts'
import { createVirtualFileReader, type VirtualFiles } from './virtual-workspace.ts'

/** As a workflow gives them: what is absent is empty. */
export type Inputs = Partial<Record<InputName, string>>

export const toRawInputs = (inputs: Inputs): RawInputs => ({ ...noInputs, ...inputs })

const noInputs = Object.fromEntries(inputNames.map((name) => [name, ''])) as RawInputs

export type VirtualStep = {
  readonly inputs: Inputs
  readonly workflow: WorkflowContext
  readonly runner: Runner
  /** The process's own: what it sleeps by, and what its start is told by. */
  readonly clock: Clock
  readonly random: () => number
  readonly cancel: AbortSignal
  readonly humanitec: Transport
  /** Without one, a step that asks for GitHub breaks down. */
  readonly github?: GitHubTransport
  /** The checkout. */
  readonly files?: VirtualFiles
  readonly redact?: Redact
}

/** All that one process of the action gets from outside, on a virtual clock. */
export const createStepWorld = ({
  humanitec,
  github,
  files,
  redact = asItIs,
  inputs,
  ...step
}: VirtualStep): World => ({
  ...step,
  inputs: toRawInputs(inputs),
  sha256hex,
  startedMs: step.clock.now(),
  writer: createWriter(redact),
  connect: async ({ org, app }) =>
    createHumanitec(humanitec, { org, app, runUrl: step.workflow.runUrl, now: step.clock.now }),
  connectGitHub: async ({ githubToken }) => {
    if (!github) throw new Error('Nothing here asks for GitHub.')
    if (githubToken === '') throw new StepEndError('error', { kind: 'no_connection', why: { kind: 'no_github_token' } })
    const { repository } = step.workflow
    return createGitHub(github, { repository, now: step.clock.now, redact })
  },
  loadFileReader: async () => createVirtualFileReader(files),
})

const asItIs = (text: string): string => text

/** Where what a step says goes. */
export type Told = {
  readonly line: (text: string) => void
  readonly annotation: (annotation: Annotation) => void
  readonly output: (name: string, value: string) => void
  readonly state: (name: string, value: string) => void
  readonly summary: (markdown: string) => void
}

/** Hands on what is said; of what a dead process says, nothing. */
export const createRunner = (told: Told, isOver: () => boolean = () => false): Runner => {
  const unlessOver =
    <Said extends readonly unknown[]>(tell: (...said: Said) => void) =>
    (...said: Said): void => {
      if (!isOver()) tell(...said)
    }
  const line = unlessOver(told.line)
  return {
    info: line,
    debug: (text) => line(`debug: ${text}`),
    group: (title, lines) => {
      line(`▸ ${title}`)
      for (const text of lines) line(`  ${text}`)
    },
    annotate: unlessOver(told.annotation),
    setOutput: unlessOver(told.output),
    saveState: unlessOver(told.state),
    appendSummary: (markdown) => {
      unlessOver(told.summary)(markdown)
      return true
    },
  }
}

/** What a step has said, as it stands in the end. Debug lines are left out. */
export const createRecordingRunner = () => {
  const log: string[] = []
  const annotations: Annotation[] = []
  const outputs: Record<string, string> = {}
  const state: Record<string, string> = {}
  const summaries: string[] = []
  const runner = createRunner({
    line: (text) => text.startsWith('debug: ') || log.push(text),
    annotation: (annotation) => annotations.push(annotation),
    output: (name, value) => {
      outputs[name] = value
    },
    state: (name, value) => {
      state[name] = value
    },
    summary: (markdown) => summaries.push(markdown),
  })
  return { runner, log, annotations, outputs, state, summaries }
}
