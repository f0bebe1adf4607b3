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
import { type InputName, inputNames, type RawInputs, type Variables } from '../core/inputs/request.ts'
import { parseWorkflowContext, type WorkflowContext } from '../core/run/workflow-context.ts'
import { parseJson } from '../core/text/json.ts'
import { listMaskForms } from '../core/text/redact.ts'
import type { Annotation, Writer } from '../core/text/writer.ts'
import type { Runner } from '../ports.ts'

/** Every input as given; the token may also come from a variable. */
export const readInputs = (variables: Variables): RawInputs => {
  const entries = inputNames.map((name): [InputName, string] => [name, getInput(name)])
  const raw = Object.fromEntries(entries) as Record<InputName, string>
  return { ...raw, token: raw.token || (variables['HUMANITEC_TOKEN'] ?? '').trim() }
}

/** From the runner's variables, and the event's file that they name. */
export const readWorkflowContext = (variables: Variables): WorkflowContext =>
  parseWorkflowContext(variables, readEvent(variables['GITHUB_EVENT_PATH'] ?? ''))

/** `undefined` for an unreadable event: a deployment doesn't depend on it. */
const readEvent = (path: string): unknown => {
  try {
    return parseJson(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Registers secrets with the runner, including the forms that it doesn't mask by itself. */
export const maskSecrets = (secrets: readonly string[]): void => {
  for (const secret of [...secrets, ...listMaskForms(secrets)]) {
    if (secret) setSecret(secret)
  }
}

const annotators = { error, warning, notice }

/** @param writer for its own warnings */
export const createRunner = (writer: Writer, variables: Variables): Runner => {
  const annotate = ({ level, title, message }: Annotation): void => annotators[level](message, title ? { title } : {})
  const warned = new Set<string>()
  /** A file that can't be written doesn't change the result: one warning for each. */
  const write = (what: string, work: () => void): void => {
    try {
      work()
    } catch (cause) {
      if (!warned.has(what)) {
        annotate({ level: 'warning', message: writer.annotation(`${what} could not be written: ${cause}`) })
      }
      warned.add(what)
    }
  }
  return {
    info,
    debug,
    group: (title, lines) => {
      startGroup(title)
      for (const line of lines) info(line)
      endGroup()
    },
    annotate,
    setOutput: (name, value) => write('Outputs', () => setOutput(name, value)),
    saveState: (name, value) => write('What the post step needs (GITHUB_STATE)', () => saveState(name, value)),
    appendSummary: (markdown) => {
      const path = variables['GITHUB_STEP_SUMMARY']
      if (path) write('The job summary', () => appendFileSync(path, `${markdown}\n`))
      return Boolean(path)
    },
  }
}
