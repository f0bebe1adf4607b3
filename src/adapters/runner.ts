import { appendFileSync, readFileSync } from 'node:fs'
import {
  debug,
  endGroup,
  error,
  getInput,
  info,
  notice,
  saveState,
  setOutput,
  setSecret,
  startGroup,
  warning,
} from '@actions/core'
import { type InputName, inputNames, type RawInputs, type Variables } from '../core/inputs/input-names.ts'
import { parseWorkflowContext, type WorkflowContext } from '../core/run/workflow-context.ts'
import { escapeAnnotation, escapeAnnotationTitle, escapeLogLine } from '../core/text/escape.ts'
import { parseJson } from '../core/text/json.ts'
import { listMaskForms, type Redact } from '../core/text/redact.ts'
import type { Annotation, Runner } from '../ports.ts'

/** Every input as the workflow gave it; the token may also come from a variable. */
export const readInputs = (variables: Variables): RawInputs => {
  const entries = inputNames.map((name): [InputName, string] => [name, getInput(name)])
  const raw = Object.fromEntries(entries) as Record<InputName, string>
  return { ...raw, token: raw.token || (variables['HUMANITEC_TOKEN'] ?? '').trim() }
}

/** Where the run comes from: the runner's variables, and the event in the file that they name. */
export const readWorkflowContext = (variables: Variables): WorkflowContext =>
  parseWorkflowContext(variables, readEvent(variables['GITHUB_EVENT_PATH'] ?? ''))

/** Whatever keeps it from being read, a deployment doesn't depend on it. */
const readEvent = (path: string): unknown => {
  try {
    return parseJson(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Hands secrets to the runner, with the forms that it doesn't mask by itself. */
export const maskSecrets = (secrets: readonly string[]): void => {
  for (const secret of [...secrets, ...listMaskForms(secrets)]) {
    if (secret) setSecret(secret)
  }
}

const annotators = { error, warning, notice }

/**
 * The runner's log and files. Lines and pages go through `redact` and lose their power over the runner here, so that no caller
 * can forget it. Outputs and state are redacted before they are put together (`src/operations/run-state.ts`): JSON must stay JSON.
 */
export const createRunner = (redact: Redact, variables: Variables): Runner => {
  const print = (line: string): void => info(escapeLogLine(redact(line)))
  const annotate = ({ level, title, message }: Annotation): void => {
    annotators[level](escapeAnnotation(redact(message)), title ? { title: escapeAnnotationTitle(redact(title)) } : {})
  }
  const complained = new Set<string>()
  /** A file that can't be written changes no result: it is told, once. */
  const write = (what: string, work: () => void): void => {
    try {
      work()
    } catch (cause) {
      if (!complained.has(what)) annotate({ level: 'warning', message: `${what} could not be written: ${cause}` })
      complained.add(what)
    }
  }
  return {
    info: print,
    debug: (line) => debug(escapeLogLine(redact(line))),
    group: (title, lines) => {
      startGroup(escapeLogLine(redact(title)))
      for (const line of lines) print(line)
      endGroup()
    },
    annotate,
    setOutput: (name, value) => write('Outputs', () => setOutput(name, value)),
    saveState: (name, value) => write('The state', () => saveState(name, value)),
    appendSummary: (markdown) => {
      const path = variables['GITHUB_STEP_SUMMARY']
      if (path) write('The job summary', () => appendFileSync(path, `${redact(markdown)}\n`))
      return Boolean(path)
    },
  }
}
