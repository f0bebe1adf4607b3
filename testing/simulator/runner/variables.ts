import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Simulator } from '../server.ts'
import type { WorkflowEvent } from './events.ts'

export type Variables = Readonly<Record<string, string>>

const root = join(import.meta.dirname, '../../..')

const workflowTokenExpression = `$\{{ github.token }}`

type Metadata = { readonly inputs: Readonly<Record<string, { readonly default?: string }>> }

/** Read once: a table of faults runs hundreds of steps. */
let metadata: Metadata | undefined

/**
 * Every input of action.yml as the runner hands it over: `INPUT_` and the name in upper case, empty when the workflow
 * doesn't give it and it has no default.
 *
 * @throws Error for an input that action.yml doesn't have: the runner would only warn
 */
export const listInputVariables = (given: Variables, workflowToken: string): Variables => {
  metadata ??= parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Metadata
  const { inputs } = metadata
  const unknown = Object.keys(given).filter((name) => !(name in inputs))
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`)
  const entries = Object.entries(inputs).map(([name, { default: usual = '' }]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    given[name] ?? usual.replace(workflowTokenExpression, workflowToken),
  ])
  return Object.fromEntries(entries)
}

export type Files = { readonly [Name in 'output' | 'state' | 'summary' | 'env' | 'path' | 'event']: string }

export type Job = {
  readonly event: WorkflowEvent
  readonly simulator: Simulator
  /** Paths. */
  readonly files: Files
  readonly workspace: string
  readonly temp: string
}

/** A runner's own variables for one step of a job (GitHub's documentation, "Variables reference"). */
export const listJobVariables = ({ event, simulator, files, workspace, temp }: Job): Variables => ({
  CI: 'true',
  GITHUB_ACTION: '__acme_humanitec-deploy',
  GITHUB_ACTIONS: 'true',
  GITHUB_API_URL: simulator.githubUrl,
  GITHUB_BASE_REF: '',
  GITHUB_ENV: files.env,
  GITHUB_EVENT_NAME: event.name,
  GITHUB_EVENT_PATH: files.event,
  GITHUB_GRAPHQL_URL: `${simulator.githubUrl}/graphql`,
  GITHUB_HEAD_REF: '',
  GITHUB_JOB: 'deploy',
  GITHUB_OUTPUT: files.output,
  GITHUB_PATH: files.path,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_REPOSITORY_OWNER: 'acme',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '7001',
  GITHUB_RUN_NUMBER: '41',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_STATE: files.state,
  GITHUB_STEP_SUMMARY: files.summary,
  GITHUB_WORKFLOW: 'Deploy',
  GITHUB_WORKSPACE: workspace,
  RUNNER_ARCH: 'X64',
  RUNNER_NAME: 'GitHub Actions 1',
  RUNNER_OS: 'Linux',
  RUNNER_TEMP: temp,
  ...event.variables,
  // Without it, no socket can be opened there.
  ...(process.platform === 'win32' && { SystemRoot: process.env['SystemRoot'] ?? '' }),
})
