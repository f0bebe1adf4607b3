/**
 * Runs the workflows of `examples/` by act, and holds all workflows against actionlint and zizmor. The three tools come from
 * the Go module proxy and PyPI, at the versions named here; where Go or Python is missing, it says loudly what it leaves out.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const tools = join(root, 'node_modules/.cache/workflow-tools')
const versions = { act: 'v0.2.87', actionlint: 'v1.7.12', zizmor: '1.32.0' } as const

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0

const has = (command: string): boolean => spawnSync(command, ['version'], { stdio: 'ignore' }).error === undefined

/** Returns the program's path. */
const installByGo = (name: string, module: string, version: string): string => {
  const bin = join(tools, version)
  const program = join(bin, name)
  if (
    !existsSync(program) &&
    !run('go', ['install', `${module}@${version}`], { GOBIN: bin, GOFLAGS: '-buildvcs=false' })
  )
    throw new Error(`${name} ${version} could not be installed`)
  return program
}

const installByPip = (name: string, version: string): string => {
  const folder = join(tools, version)
  const program = join(folder, 'bin', name)
  const isThere =
    existsSync(program) ||
    (run('python3', ['-m', 'venv', folder]) &&
      run(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `${name}==${version}`]))
  if (!isThere) throw new Error(`${name} ${version} could not be installed`)
  return program
}

const listWorkflows = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).map((name) => join(folder, name))

const ownWorkflows = listWorkflows('.github/workflows')
const examples = listWorkflows('examples')

const judge = (args: readonly string[]): boolean =>
  run(installByPip('zizmor', versions.zizmor), ['--offline', '--quiet', ...args])

type Check = { readonly name: string; readonly needs: 'go' | 'python3'; readonly pass: () => boolean }

const checks: readonly Check[] = [
  {
    name: 'every example runs (act)',
    needs: 'go',
    pass: () =>
      run(
        'npm',
        [
          'run',
          '--silent',
          'jest',
          '--',
          '--verbose',
          '--testTimeout=120000',
          '--testMatch=**/__tests__/examples/*.act.ts',
        ],
        { ACT: installByGo('act', 'github.com/nektos/act', versions.act) },
      ),
  },
  {
    name: 'every workflow is sound (actionlint)',
    needs: 'go',
    pass: () =>
      run(installByGo('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', versions.actionlint), [
        ...ownWorkflows,
        ...examples,
      ]),
  },
  {
    name: 'every workflow is safe (zizmor)',
    needs: 'python3',
    pass: () =>
      judge([...ownWorkflows, 'action.yml', '.github/dependabot.yml']) &&
      // Examples name this action by its version, which the usual policy refuses.
      judge(['--config', '.github/zizmor-examples.yml', ...examples]),
  },
]

const results = checks.map(({ name, needs, pass }) => {
  if (!has(needs)) return { name, result: `LEFT OUT: there is no ${needs} here` }
  return { name, result: pass() ? 'passed' : 'FAILED' }
})

console.log('\nWorkflows')
for (const { name, result } of results) console.log(`  ${name}: ${result}`)
process.exit(results.some(({ result }) => result === 'FAILED') ? 1 : 0)
