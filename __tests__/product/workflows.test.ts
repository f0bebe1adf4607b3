import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { actionRepository } from '../../scripts/pages.ts'

const root = join(import.meta.dirname, '../..')

const listWorkflows = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}/${name}`)

type Context = {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}
type Job = {
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly concurrency?: { readonly 'cancel-in-progress'?: boolean }
  readonly steps: readonly Context[]
}
type Workflow = {
  readonly permissions?: Readonly<Record<string, string>>
  readonly concurrency?: { readonly 'cancel-in-progress'?: boolean }
  readonly jobs: Readonly<Record<string, Job>>
}

const examples = listWorkflows('examples')
const own = listWorkflows('.github/workflows')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const load = (path: string): Workflow => parse(read(path)) as Workflow
const listJobs = (path: string): readonly Job[] => Object.values(load(path).jobs)
const listSteps = (path: string): readonly Context[] => listJobs(path).flatMap(({ steps }) => steps)

describe.each([...examples, ...own])('%s', (path) => {
  it('pins every action by its commit, and says which version that is', () => {
    const lines = read(path)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line) && !line.includes('uses: ./'))
    expect(lines.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/.test(line))).toEqual([])
  })

  it('gives no permission to all jobs', () => {
    expect(load(path).permissions).toEqual({})
  })

  it('has an end for every job', () => {
    expect(listJobs(path).filter((job) => job['timeout-minutes'] === undefined)).toEqual([])
  })

  it('leaves no credentials behind in a checkout', () => {
    const checkouts = listSteps(path).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter((context) => context.with?.['persist-credentials'] !== false)).toEqual([])
  })

  it('puts no expression into a script', () => {
    expect(listSteps(path).filter(({ run }) => run?.includes('${{'))).toEqual([])
  })
})

describe.each(examples)('%s', (path) => {
  it('uses the action from where it is hosted, at the placeholder for its commit', () => {
    const ours = listSteps(path).filter(({ uses }) => uses?.includes('humanitec-deploy'))
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.filter(({ uses }) => uses !== `${actionRepository}@${'0'.repeat(40)}`)).toEqual([])
  })

  it('never cuts off a deployment for a newer one', () => {
    const { concurrency } = load(path)
    const groups = listJobs(path).map((job) => job.concurrency ?? concurrency)
    expect(groups.map((group) => group?.['cancel-in-progress'])).toEqual(
      groups.map((group) => (group === undefined ? undefined : false)),
    )
    expect(groups).toContainEqual(expect.objectContaining({ 'cancel-in-progress': false }))
  })

  it('is tried by a test', () => {
    const name = path.split('/').at(-1)
    const tests = readdirSync(join(root, '__tests__/examples')).filter((file) => file.endsWith('.act.ts'))
    expect(tests.some((file) => read(`__tests__/examples/${file}`).includes(`runExample('${name}'`))).toBe(true)
  })
})

it('keeps the project’s own dependencies fresh, but not too fresh', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: { 'package-ecosystem': string; cooldown?: object }[]
  }
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm'])
  expect(updates.filter(({ cooldown }) => cooldown === undefined)).toEqual([])
})

it.each(['README.md', 'SECURITY.md', 'docs/releasing.md', '.github/ISSUE_TEMPLATE/config.yml', ...examples])(
  '%s says of no other place that the action is hosted there',
  (path) => {
    const places = [...read(path).matchAll(/[\w-]+\/humanitec-deploy(?=[@/#"\s`)])/g)].map(([place]) => place)
    expect(places.filter((place) => place !== actionRepository)).toEqual([])
    expect(places.length).toBeGreaterThan(0)
  },
)
