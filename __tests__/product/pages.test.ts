import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import {
  exampleNames,
  fillPage,
  listInputGroups,
  listPages,
  readExample,
  readMetadata,
  readPage,
} from '../../scripts/pages.ts'
import type { Request } from '../../src/core/inputs/request.ts'
import { emoji } from '../../src/core/report/headline.ts'

const root = join(import.meta.dirname, '../..')
const pages = listPages()
const outcomes: readonly string[] = Object.keys(emoji)
const operations: readonly Request['operation'][] = ['deploy', 'wait', 'delete', 'prune']

describe('a page', () => {
  it.each(pages)('%s has the tables and examples as they are now (npm run docs)', (path) => {
    expect(fillPage(readPage(path))).toBe(readPage(path))
  })

  it.each(pages)('%s links to nothing that isn’t there', (path) => {
    expect(listLinks(readPage(path)).filter((link) => !leadsSomewhere(path, link))).toEqual([])
  })
})

/** Targets of links and pictures: `[…](target)`, `<a href="target">`, `src`, `srcset`. */
const listLinks = (page: string): readonly string[] => {
  const text = page.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
  const html = [...text.matchAll(/(?:href|src|srcset)="([^"]+)"/g)]
  return [...inline, ...html].map(([, target = '']) => target)
}

const leadsSomewhere = (page: string, link: string): boolean => {
  if (/^(https:|mailto:)/.test(link)) return true
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path))
  if (!existsSync(join(root, target))) return false
  return (
    anchor === undefined || (statSync(join(root, target)).isFile() && listAnchors(readPage(target)).includes(anchor))
  )
}

/** As GitHub makes them of headings. */
const listAnchors = (page: string): readonly string[] =>
  [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

describe('the recipes', () => {
  const recipes = `${readPage('README.md')}\n${readPage('docs/recipes.md')}`

  it('show every example, once', () => {
    const shown = [...recipes.matchAll(/<!-- example ([\w-]+\.yml) -->/g)].map(([, name]) => name)
    expect(shown.sort()).toEqual([...exampleNames])
  })

  it('have no YAML of their own', () => {
    const own = recipes.replaceAll(/<!-- (example|step) [^>]+ -->[\s\S]*?<!-- \/\1 -->/g, '')
    expect(own.match(/^```ya?ml$/gm)).toBeNull()
  })
})

describe('the links to Humanitec’s documentation', () => {
  const list = 'docs/humanitec-links.md'

  it('stand on one page', () => {
    const others = pages.filter((path) => path !== list && readPage(path).includes('developer.humanitec.com'))
    expect(others).toEqual([])
    expect(readPage(list)).toContain('https://developer.humanitec.com/')
  })
})

describe('README.md', () => {
  const readme = readPage('README.md')

  it('has the anchor that the summary of a failure links to', () => {
    expect(listAnchors(readme)).toContain('rollback')
  })

  it('can be read in one go', () => {
    expect(readme.split('\n').length - 1).toBeLessThanOrEqual(250)
  })

  it('shows every group of inputs, once', () => {
    const shown = [...readme.matchAll(/<!-- inputs: ([\w-]+) -->/g)].map(([, group]) => group)
    expect(shown).toEqual([...listInputGroups().keys()])
  })

  it('quotes only words that the action says', () => {
    const [, table = ''] = readme.split(/^## When something goes wrong$/m)
    const quoted = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, seen = '']) =>
      [...seen.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words.replaceAll("'", '’')),
    )
    expect(quoted.length).toBeGreaterThan(8)
    // GitHub's words for a refusal are recognized in src/core/network.
    const folders = ['src/core/report', 'src/core/network']
    const said = folders.flatMap((path) => readdirSync(join(root, path)).map((name) => readPage(`${path}/${name}`)))
    expect(quoted.filter((words) => !said.some((text) => text.includes(words)))).toEqual([])
  })

  it('tells of every outcome', () => {
    expect(outcomes.filter((outcome) => !readme.includes(`\`${outcome}\``))).toEqual([])
  })

  it.each(operations)('says what permissions %s needs', (operation) => {
    expect(readme).toMatch(new RegExp(`^\\|[^|]*\`${operation}\`[^|]*\\|[^|]*(?:none|write|read)[^|]*\\|`, 'm'))
  })

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const named = pages.flatMap((path) =>
      [...readPage(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name),
    )
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe('CONTRIBUTING.md', () => {
  it('tells of every script that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const text = readPage('CONTRIBUTING.md')
    const isTold = (name: string) => new RegExp(`(?:\`|npm run |npm )${name}(?![\\w:])`).test(text)
    expect(Object.keys(scripts).filter((name) => !isTold(name))).toEqual([])
  })
})

/** Of what Git knows, without the dotted ones; `''` for the root. */
const listFolders = (above: string): readonly string[] => {
  const paths = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
  const inside = paths.filter((path) => path.startsWith(above)).map((path) => path.slice(above.length).split('/'))
  const names = new Set(inside.filter((parts) => parts.length > 1).map(([name = '']) => name))
  return [...names].filter((name) => !/^\.|^docs$|^src$/.test(name)).map((name) => above + name)
}

describe('docs/architecture.md', () => {
  it.each([...listFolders(''), ...listFolders('src/'), ...listFolders('src/core/'), ...listFolders('testing/')])(
    'says what %s is',
    (folder) => {
      expect(readPage('docs/architecture.md')).toContain(`](../${folder}) |`)
    },
  )

  const rows = [...readPage('docs/architecture.md').matchAll(/^\| \[[^\]]+\]\(\.\.\/([\w/.-]+)\) \| (.*) \|$/gm)]
  const walk = rows.flatMap(([, path = '', what = '']) =>
    /\.(ts|yml)$/.test(path) ? [...what.matchAll(/`(\w+)`/g)].map(([, name = '']) => [path, name] as const) : [],
  )

  it('takes the reader through at most eight rooms, from the input to the report', () => {
    const rooms = rows.map(([, path = '']) => path).filter((path) => /\.(ts|yml)$/.test(path))
    expect(rooms.length).toBeLessThanOrEqual(8)
    expect([rooms.at(0), rooms.at(-1)]).toEqual(['action.yml', 'src/core/report/summary.ts'])
    expect(walk.length).toBeGreaterThanOrEqual(rooms.length)
  })

  it.each(walk)('says truly that %s has %s', (path, name) => {
    expect(readFileSync(join(root, path), 'utf8')).toMatch(new RegExp(`\\b${name}\\b`))
  })
})

describe('inputs and outputs', () => {
  const { inputs, outputs } = readMetadata()

  it('are in a group, each in one', () => {
    expect([...listInputGroups().values()].flat()).toEqual(Object.keys(inputs))
  })

  it.each(exampleNames)('examples/%s gives only inputs that exist, and reads only outputs that do', (name) => {
    const steps = listSteps(parse(readExample(name)))
    const ours = steps.filter(({ uses = '' }) => uses.includes('/humanitec-deploy@'))
    expect(ours.flatMap((context) => Object.keys(context.with ?? {})).filter((input) => !(input in inputs))).toEqual([])
    const ids = ours.flatMap(({ id }) => id ?? [])
    const read = [...readExample(name).matchAll(/steps\.([\w-]+)\.outputs\.(\w+)/g)]
    expect(read.filter(([, id = '', output = '']) => ids.includes(id) && !(output in outputs))).toEqual([])
  })

  it.each([
    'README.md',
    'SECURITY.md',
    'docs/architecture.md',
    'docs/recipes.md',
    'docs/assumptions.md',
    'docs/networks.md',
  ])('%s names no input or output that doesn’t exist', (path) => {
    const named = [...readPage(path).matchAll(/`((?:[a-z]+_)+[a-z]+)(?:: [^`]*)?`/g)].map(([, name = '']) => name)
    const known = new Set([...Object.keys(inputs), ...Object.keys(outputs), ...outcomes, ...otherNames])
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})

/** Words of GitHub, Humanitec and Node that look like ours. */
const otherNames = [
  'pull_request',
  'pull_request_target',
  'workflow_run',
  'workflow_dispatch',
  'in_progress',
  'https_proxy',
  'http_proxy',
  'no_proxy',
  'object_id',
  'error_type',
]

type Context = { readonly id?: string; readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }

const listSteps = (workflow: { readonly jobs: Readonly<Record<string, { readonly steps?: readonly Context[] }>> }) =>
  Object.values(workflow.jobs).flatMap(({ steps = [] }) => steps)
