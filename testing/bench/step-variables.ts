import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usualToken } from '../simulator/orchestrator.ts'
import type { Simulator } from '../simulator/server.ts'

export const bundle = join(import.meta.dirname, '../../dist/index.js')
export const place = 'acme/shop/production'

/** Holds the files of all steps; it goes when the measuring is over. */
const folders = mkdtempSync(join(tmpdir(), 'bench-steps-'))
process.on('exit', () => rmSync(folders, { recursive: true }))

/** A runner's variables for a step against the simulator; `inputs` by their names in the workflow. */
export const createVariables = (
  simulator: Simulator,
  inputs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const folder = mkdtempSync(join(folders, 'step-'))
  const files = { GITHUB_OUTPUT: 'output', GITHUB_STATE: 'state', GITHUB_STEP_SUMMARY: 'summary' }
  const paths = Object.entries(files).map(([name, file]): [string, string] => [name, join(folder, file)])
  for (const [, path] of paths) writeFileSync(path, '')
  const usual = { org: 'acme', app: 'shop', env: 'production', token: usualToken, api_url: simulator.url }
  const named = Object.entries({ ...usual, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return {
    ...Object.fromEntries(named),
    ...Object.fromEntries(paths),
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ID: '7001',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_SHA: 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4',
    GITHUB_API_URL: simulator.githubUrl,
    GITHUB_GRAPHQL_URL: `${simulator.githubUrl}/graphql`,
  }
}
