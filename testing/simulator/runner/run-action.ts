import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { usualGitHubToken } from '../github.ts'
import type { Simulator } from '../server.ts'
import { type Exit, runChild, type TimedSignal } from './child.ts'
import { parseCommandFile } from './command-file.ts'
import { createPushEvent, type WorkflowEvent } from './events.ts'
import { createLog, type LogLine } from './log.ts'
import { createMasks, type Masks } from './masks.ts'
import { type Files, listInputVariables, listJobVariables } from './variables.ts'
import type { WorkflowCommand } from './workflow-command.ts'

export type ActionStep = {
  /** Both APIs. `api_url` points to it, unless it is given. */
  readonly simulator: Simulator
  /** What the workflow says after `with:`. */
  readonly inputs: Readonly<Record<string, string>>
  /** By default a push to main. */
  readonly event?: WorkflowEvent
  /** Beside or instead of the runner's own variables; `undefined` takes one away. */
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** Puts files into the workspace, which is empty otherwise. */
  readonly checkOut?: (workspace: string) => void
  /** Sent to the main step, each after the one before. */
  readonly signals?: readonly TimedSignal[]
  /** Where index.js and post.js are; by default the project's dist. */
  readonly dist?: string
  readonly nodeArguments?: readonly string[]
  /** Told while the steps run. */
  readonly onLine?: (line: LogLine) => void
  /** A process that hangs is killed; after a minute by default. */
  readonly killAfterMs?: number
}

/** One process of the action, and what it left behind. */
export type StepRun = Exit & {
  /** As GitHub shows it. */
  readonly log: readonly LogLine[]
  readonly commands: readonly WorkflowCommand[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Secrets hidden, as the runner uploads it. */
  readonly summary: string
  /** The runner's files as they were written. */
  readonly files: Files
  /** What else it wrote into the job's folders. */
  readonly strayFiles: readonly string[]
}

/** The main step, and the post step that the runner always starts after it, by the state that the main step saved. */
export type ActionRun = StepRun & { readonly post: StepRun }

/**
 * Runs the built action as a runner does: a Node process in an empty workspace, with nothing in its environment but the
 * inputs and a runner's variables, then its post step.
 *
 * @throws Error when a file can't be read by the runner's grammar
 */
export const runAction = async (context: ActionStep): Promise<ActionRun> => {
  const masks = createMasks()
  const main = await runMainStep(context, masks)
  return { ...main, post: await runPostStep(context, main.state, masks) }
}

/** The main step alone: all there is when the runner itself is gone. */
export const runMainStep = (context: ActionStep, masks: Masks = createMasks()): Promise<StepRun> =>
  runStep(context, masks, 'index.js', {}, context.signals ?? [])

/** The post step alone, with what a main step saved. */
export const runPostStep = (
  context: ActionStep,
  state: Readonly<Record<string, string>>,
  masks: Masks = createMasks(),
): Promise<StepRun> => {
  const variables = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])
  return runStep(context, masks, 'post.js', Object.fromEntries(variables), [])
}

const runStep = async (
  context: ActionStep,
  masks: Masks,
  script: string,
  state: Readonly<Record<string, string>>,
  signals: readonly TimedSignal[],
): Promise<StepRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'))
  try {
    const place = prepareFolder(folder, context.event ?? createPushEvent())
    context.checkOut?.(place.workspace)
    const given = new Set(listFiles(folder))
    const log = createLog(masks, context.onLine)
    const command = {
      script: join(context.dist ?? projectDist, script),
      nodeArguments: context.nodeArguments ?? [],
      cwd: place.workspace,
      env: { ...listVariables(context, place), ...state },
      signals,
      killAfterMs: context.killAfterMs ?? 60_000,
    }
    const exit = await runChild(command, log)
    return { ...exit, log: log.lines, commands: log.commands, ...readFolder(folder, place.files, given, masks) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const projectDist = join(import.meta.dirname, '../../../dist')

type Place = { readonly files: Files; readonly workspace: string; readonly temp: string }

const prepareFolder = (folder: string, { payload }: WorkflowEvent): Place => {
  const at = (name: string): string => join(folder, name)
  const files = {
    output: at('set_output'),
    state: at('save_state'),
    summary: at('step_summary'),
    env: at('set_env'),
    path: at('add_path'),
    event: at('event.json'),
  }
  for (const path of Object.values(files)) writeFileSync(path, '')
  writeFileSync(files.event, JSON.stringify(payload))
  for (const name of ['workspace', 'temp']) mkdirSync(at(name))
  return { files, workspace: at('workspace'), temp: at('temp') }
}

const listVariables = (context: ActionStep, place: Place): Readonly<Record<string, string>> => {
  const { simulator, inputs, event = createPushEvent(), variables = {} } = context
  const all: Readonly<Record<string, string | undefined>> = {
    ...listJobVariables({ ...place, event, simulator }),
    ...listInputVariables({ api_url: simulator.url, ...inputs }, usualGitHubToken),
    ...variables,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** @param given what was there before the step */
const readFolder = (folder: string, paths: Files, given: ReadonlySet<string>, masks: Masks) => {
  const entries = Object.entries(paths).map(([name, path]) => [name, readFileSync(path, 'utf8')])
  const files = Object.fromEntries(entries) as Files
  return {
    outputs: parseCommandFile(files.output),
    state: parseCommandFile(files.state),
    summary: masks.apply(files.summary),
    files,
    strayFiles: listFiles(folder)
      .filter((path) => !given.has(path))
      .map((path) => relative(folder, path).split(sep).join('/')),
  }
}
