import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import * as core from '@actions/core'
import { parseJson } from '../core/answers.ts'
import { escapeAnnotation, escapeAnnotationTitle, escapeLogLine } from '../core/escape.ts'
import { type InputName, inputNames, type RawInputs } from '../core/input-names.ts'
import { type Origin, parseOrigin } from '../core/origin.ts'
import { listMaskForms, type Redact } from '../core/redact.ts'
import type { Runner } from '../ports.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Every input as the workflow gave it; the token may also come from a variable. */
export const readInputs = (variables: Variables): RawInputs => {
  const entries = inputNames.map((name): [InputName, string] => [name, core.getInput(name)])
  const raw = Object.fromEntries(entries) as Record<InputName, string>
  return { ...raw, token: raw.token || (variables['HUMANITEC_TOKEN'] ?? '').trim() }
}

export const readOrigin = (variables: Variables): Origin => {
  const path = variables['GITHUB_EVENT_PATH'] ?? ''
  return parseOrigin(variables, existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : undefined)
}

/** Hands secrets to the runner, with the forms that it doesn't mask by itself. */
export const maskSecrets = (secrets: readonly string[]): void => {
  for (const secret of [...secrets, ...listMaskForms(secrets)]) {
    if (secret) core.setSecret(secret)
  }
}

/**
 * The runner's log and files. All text goes through `redact` and loses its power over the runner here, so that no caller can
 * forget it.
 */
export const createRunner = (redact: Redact, variables: Variables): Runner => {
  const info = (line: string): void => core.info(escapeLogLine(redact(line)))
  const annotate: Runner['annotate'] = ({ level, title, message }) => {
    core[level](escapeAnnotation(redact(message)), title ? { title: escapeAnnotationTitle(redact(title)) } : {})
  }
  return {
    info,
    debug: (line) => core.debug(escapeLogLine(redact(line))),
    group: (title, lines) => {
      core.startGroup(escapeLogLine(redact(title)))
      for (const line of lines) info(line)
      core.endGroup()
    },
    annotate,
    setOutput: (name, value) => core.setOutput(name, redact(value)),
    saveState: (name, value) => core.saveState(name, redact(value)),
    appendSummary: (markdown) => {
      const path = variables['GITHUB_STEP_SUMMARY']
      if (!path) return false
      try {
        appendFileSync(path, `${redact(markdown)}\n`)
        return true
      } catch (error) {
        annotate({ level: 'warning', message: `The job summary could not be written: ${error}` })
        return true
      }
    },
  }
}
