import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { actionRepository } from '../../scripts/pages.ts'
import { usualGitHubToken } from '../../testing/simulator/github.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { Simulator } from '../../testing/simulator/server.ts'

const root = join(import.meta.dirname, '../..')

/** How the examples name a version of the action. */
const ownVersions = ['v1', '0'.repeat(40)]

/** Actions of others that the examples use: here each does nothing, and what it would install is a stand-in on PATH. */
const othersActions = ['actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a']

/** Where caller.yml expects reusable.yml. */
const commonWorkflow = { repository: 'acme/workflows@v1', path: '.github/workflows/deploy.yml' }

export type Run = {
  /** The event: `push`, `pull_request`, … */
  readonly event: string
  readonly payload?: object
  /** Of the workflow run. */
  readonly runId?: number
  /** Who started it; `octocat` by default. */
  readonly actor?: string
  /** What the repository holds beside the workflow: contents by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Beside the two tokens; `''` takes one away. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Programs that stand first on PATH, as shell scripts. */
  readonly standIns?: Readonly<Record<string, string>>
}

export type Ran = {
  readonly exitCode: number
  /** How each job ended; a job that was skipped is absent. Jobs of a matrix have act's own names, `promote-1`. */
  readonly jobs: Readonly<Record<string, string>>
  /** By the id of the step. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly summaries: readonly string[]
  /** What the steps printed, all jobs together. */
  readonly printed: string
}

/**
 * Runs a workflow file of `examples/` as it is, with nektos/act on this machine, against a simulator. What act leaves out
 * of a workflow (its documentation, "Not supported"): `concurrency`, `permissions`, `environment` with its reviewers,
 * `timeout-minutes`, annotations, and cancellation. `actions/checkout` is act's own: it copies the folder.
 */
export const runExample = async (name: string, simulator: Simulator, run: Run): Promise<Ran> => {
  const folder = mkdtempSync(join(tmpdir(), 'example-'))
  try {
    const bin = writeStandIns(join(folder, 'bin'), simulator, run)
    const repository = writeRepository(join(folder, 'shop'), name, run.files)
    const action = writeAction(join(folder, 'action'))
    const idleAction = writeIdleAction(join(folder, 'idle-action'))
    const workflows = writeCommonWorkflow(join(folder, 'workflows'))
    const payload = join(folder, 'event.json')
    writeFileSync(payload, JSON.stringify(run.payload ?? {}))
    const args = formatArguments(name, run, { payload, action, idleAction, workflows, cache: join(folder, 'cache') })
    return await execute(args, repository, { PATH: [bin, process.env['PATH']].join(delimiter), HOME: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `node` hands the action the simulator's addresses, `curl` goes there instead of to Humanitec. */
const writeStandIns = (bin: string, simulator: Simulator, { standIns = {}, runId = 7001 }: Run): string => {
  mkdirSync(bin)
  const scripts = {
    // act asks node for its own path, and then calls that one.
    node: `
      if [ "$1" = --no-warnings ]; then echo "$0"; exit; fi
      export INPUT_API_URL='${simulator.url}' GITHUB_API_URL='${simulator.githubUrl}'
      export GITHUB_GRAPHQL_URL='${simulator.githubUrl}/graphql' GITHUB_RUN_ID='${runId}'
      exec '${process.execPath}' "$@"`,
    curl: `
      for argument do
        shift
        case $argument in https://api.humanitec.io/*) argument='${simulator.url}'"\${argument#https://api.humanitec.io}" ;; esac
        set -- "$@" "$argument"
      done
      exec '${execFileSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).trim()}' "$@"`,
    ...standIns,
  }
  for (const [program, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, program), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, program), 0o755)
  }
  return bin
}

/** A user's repository: the workflow, and the origin by which act knows its name. */
const writeRepository = (folder: string, name: string, files: Run['files'] = {}): string => {
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })
  cpSync(join(root, 'examples', name), join(folder, '.github/workflows', name))
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' })
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git')
  git('add', '.')
  git(
    '-c',
    'user.name=octocat',
    '-c',
    'user.email=octocat@example.com',
    'commit',
    '--quiet',
    '--message=Add a workflow',
  )
  return folder
}

/** What a runner downloads of the checkout. */
const writeAction = (folder: string): string => {
  for (const path of ['action.yml', 'dist']) cpSync(join(root, path), join(folder, path), { recursive: true })
  return folder
}

const writeIdleAction = (folder: string): string => {
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'action.yml'),
    'name: Nothing\ndescription: Does nothing.\nruns:\n  using: composite\n  steps: [{ run: ":", shell: bash }]\n',
  )
  return folder
}

const writeCommonWorkflow = (folder: string): string => {
  mkdirSync(join(folder, dirname(commonWorkflow.path)), { recursive: true })
  cpSync(join(root, 'examples/reusable.yml'), join(folder, commonWorkflow.path))
  return folder
}

type Paths = {
  readonly payload: string
  readonly action: string
  readonly idleAction: string
  readonly workflows: string
  readonly cache: string
}

const formatArguments = (name: string, { event, secrets, actor = 'octocat' }: Run, paths: Paths): string[] => {
  const { payload, action, idleAction, workflows, cache } = paths
  const given = { HUMANITEC_TOKEN: usualToken, GITHUB_TOKEN: usualGitHubToken, ...secrets }
  return [
    event,
    `--workflows=.github/workflows/${name}`,
    `--eventpath=${payload}`,
    '--platform=ubuntu-latest=-self-hosted',
    ...ownVersions.map((version) => `--local-repository=${actionRepository}@${version}=${action}`),
    ...othersActions.map((name) => `--local-repository=${name}=${idleAction}`),
    `--local-repository=${commonWorkflow.repository}=${workflows}`,
    `--action-cache-path=${cache}`,
    '--no-cache-server',
    `--actor=${actor}`,
    '--json',
    ...Object.entries(given).map(([key, value]) => `--secret=${key}=${value}`),
  ]
}

type Line = {
  readonly jobID?: string
  readonly job?: string
  readonly jobResult?: string
  readonly stepID?: readonly string[]
  readonly command?: string
  readonly name?: string
  readonly arg?: string
  readonly content?: string
  readonly raw_output?: boolean
  readonly raw?: string
  readonly msg?: string
}

const execute = async (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> => {
  const act = spawn(process.env['ACT'] ?? 'act', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  act.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  act.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const exitCode = await new Promise<number>((resolve, reject) => {
    act.on('error', reject)
    act.on('close', (code) => resolve(code ?? -1))
  })
  return { exitCode, ...parseLog(Buffer.concat(chunks).toString()) }
}

const parseLog = (text: string): Omit<Ran, 'exitCode'> => {
  const lines = text.split('\n').flatMap(parseLine)
  const outputs: Record<string, Record<string, string>> = {}
  for (const { command, stepID = [], name = '', arg = '' } of lines) {
    if (command === 'set-output') outputs[stepID.join('.')] = { ...outputs[stepID.join('.')], [name]: arg }
  }
  return {
    jobs: Object.fromEntries(
      lines.flatMap(({ job = '', jobResult }) => (jobResult ? [[toJobName(job), jobResult]] : [])),
    ),
    outputs,
    summaries: lines.flatMap(({ command, content }) => (command === 'summary' && content ? [content] : [])),
    printed: lines.map(({ raw_output, raw, msg = '' }) => (raw_output ? msg : (raw ?? ''))).join(''),
  }
}

const parseLine = (line: string): Line[] => {
  try {
    return [JSON.parse(line) as Line]
  } catch {
    return []
  }
}

/** `Deploy/deploy` → `deploy`. */
const toJobName = (job: string): string => (job.split('/').at(-1) ?? job).trim()
