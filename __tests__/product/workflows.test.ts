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
/** A name alone is a group in which nothing that runs is cancelled. */
type Concurrency = string | { readonly group: string; readonly 'cancel-in-progress'?: boolean }
type Job = {
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly concurrency?: Concurrency
  readonly environment?: string
  /** A workflow that it calls, in place of steps. */
  readonly uses?: string
  readonly steps?: readonly Context[]
}
type Workflow = {
  readonly permissions?: Readonly<Record<string, string>>
  readonly concurrency?: Concurrency
  readonly jobs: Readonly<Record<string, Job>>
}

const examples = listWorkflows('examples')
const own = listWorkflows('.github/workflows')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const load = (path: string): Workflow => parse(read(path)) as Workflow
const listJobs = (path: string): readonly Job[] => Object.values(load(path).jobs)
const listSteps = (path: string): readonly Context[] => listJobs(path).flatMap(({ steps = [] }) => steps)

const isOurs = ({ uses = '' }: Context): boolean => uses.startsWith(`${actionRepository}@`)

/** What examples name by a version: this action (the README says how to pin it), and the reader's own common workflow. */
const namedByVersion = [`${actionRepository}@v1`, 'acme/workflows/.github/workflows/deploy.yml@v1']

describe.each([...examples, ...own])('%s', (path) => {
  it('pins every action of others by its commit, and says which version that is', () => {
    const lines = read(path)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line) && !line.includes('uses: ./'))
      .filter((line) => !namedByVersion.includes(line.replace(/^\s*(- )?uses: /, '')))
    expect(lines.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/.test(line))).toEqual([])
  })

  it('gives no permission to all jobs', () => {
    expect(load(path).permissions).toEqual({})
  })

  it('has an end for every job', () => {
    expect(listJobs(path).filter((job) => job.steps && job['timeout-minutes'] === undefined)).toEqual([])
  })

  it('leaves no credentials behind in a checkout', () => {
    const checkouts = listSteps(path).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter((context) => context.with?.['persist-credentials'] !== false)).toEqual([])
  })

  it('puts no expression into a script', () => {
    expect(listSteps(path).filter(({ run }) => run?.includes('${{'))).toEqual([])
  })
})

/** Examples that leave the deployment to another one. */
const helpers: Readonly<Record<string, string>> = {
  'examples/caller.yml': 'examples/reusable.yml',
  'examples/fork-build.yml': 'examples/fork-preview.yml',
}
const deploying = examples.filter((path) => !(path in helpers))

/** The group of each job that uses the action. */
const listGroups = (path: string): readonly (Concurrency | undefined)[] => {
  const { concurrency } = load(path)
  return listJobs(path)
    .filter(({ steps = [] }) => steps.some(isOurs))
    .map((job) => job.concurrency ?? concurrency)
}

const nameOf = (group: Concurrency = ''): string => (typeof group === 'string' ? group : group.group)

describe.each(deploying)('%s', (path) => {
  it('uses the action from where it is hosted, by its version', () => {
    const ours = listSteps(path).filter(({ uses }) => uses?.includes('humanitec-deploy'))
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.filter(({ uses }) => uses !== `${actionRepository}@v1`)).toEqual([])
  })

  it('never cuts off a deployment for a newer one', () => {
    const cut = listGroups(path).filter((group) => typeof group === 'object' && group['cancel-in-progress'])
    expect(cut).toEqual([])
  })

  it('puts what deploys to an environment into that environment’s group, or says why not', () => {
    const { concurrency } = load(path)
    const jobs = listJobs(path).filter(({ steps = [] }) => steps.some(isOurs))
    const outside = jobs.filter((job) => {
      const group = nameOf(job.concurrency ?? concurrency)
      const isPreview = job.environment === undefined || job.environment === 'fork-previews'
      return isPreview ? !/^(fork-)?(preview|prune|plan)/.test(group) : !isGroupOf(group, job.environment ?? '')
    })
    if (/# No(t the environment's)? concurrency group/.test(read(path))) expect(outside.length).toBeGreaterThan(0)
    else expect(outside).toEqual([])
  })
})

/** `deploy-production`, or with the application: in a matrix, or in a workflow that is called for several. */
const isGroupOf = (group: string, environment: string): boolean =>
  group === `deploy-${environment}` || (/\.app }}/.test(group) && group.includes(environment))

it.each(examples)('%s is tried by a test', (path) => {
  const name = path.split('/').at(-1)
  const caller = path === 'examples/reusable.yml' ? 'caller.yml' : name
  const tests = readdirSync(join(root, '__tests__/examples')).filter((file) => file.endsWith('.act.ts'))
  expect(tests.some((file) => read(`__tests__/examples/${file}`).includes(`runExample('${caller}'`))).toBe(true)
})

it.each(Object.entries(helpers))('%s belongs to %s, and is shown beside it', (path, main) => {
  const recipes = read('docs/recipes.md')
  const markOf = (example: string) => recipes.indexOf(`<!-- example ${example.replace('examples/', '')} -->`)
  expect(markOf(path)).toBeGreaterThan(-1)
  const between = recipes.slice(Math.min(markOf(path), markOf(main)), Math.max(markOf(path), markOf(main)))
  expect(between).not.toMatch(/^## /m)
})

it('keeps the project’s own dependencies fresh, but not too fresh', () => {
  const { updates } = parse(read('.github/dependabot.yml')) as {
    updates: { 'package-ecosystem': string; cooldown?: object }[]
  }
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm'])
  expect(updates.filter(({ cooldown }) => cooldown === undefined)).toEqual([])
})

it.each(['README.md', 'SECURITY.md', 'docs/releasing.md', '.github/ISSUE_TEMPLATE/config.yml', ...deploying])(
  '%s says of no other place that the action is hosted there',
  (path) => {
    const places = [...read(path).matchAll(/[\w-]+\/humanitec-deploy(?=[@/#"\s`)])/g)].map(([place]) => place)
    expect(places.filter((place) => place !== actionRepository)).toEqual([])
    expect(places.length).toBeGreaterThan(0)
  },
)
