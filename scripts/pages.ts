import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { inputDefaults } from '../src/core/inputs/request.ts'
import { listEventRows } from './event-table.ts'

const root = join(import.meta.dirname, '..')

/** How the pages and examples name the action, until it has a place of its own. */
export const actionRepository = 'OWNER/humanitec-deploy'

type Described = { readonly description: string; readonly required?: boolean; readonly default?: string }
type Metadata = {
  readonly inputs: Readonly<Record<string, Described>>
  readonly outputs: Readonly<Record<string, Described>>
}

export const readMetadata = (): Metadata => parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Metadata

export const exampleNames: readonly string[] = readdirSync(join(root, 'examples')).sort()

export const readExample = (name: string): string => readFileSync(join(root, 'examples', name), 'utf8')

/** Inputs by group, in order: a comment of `action.yml` such as `# Waiting` begins the group `waiting`. */
export const listInputGroups = (): ReadonlyMap<string, readonly string[]> => {
  const [, inputs = ''] = /^inputs:\n([\s\S]*?)^outputs:/m.exec(readFileSync(join(root, 'action.yml'), 'utf8')) ?? []
  const groups = inputs.split(/^ {2}# /m).slice(1)
  return new Map(
    groups.map((group) => [
      (group.split('\n')[0] ?? '').toLowerCase(),
      [...group.matchAll(/^ {2}(\w+):$/gm)].map(([, name = '']) => name),
    ]),
  )
}

/** Every Markdown page of the project, by its path from the root. */
export const listPages = (): readonly string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .sort()

export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8')

export const writePage = (path: string, page: string): void => writeFileSync(join(root, path), page)

/**
 * Fills what stands between `<!-- inputs: waiting -->` and `<!-- /inputs -->` (a group of `action.yml`), `outputs` and `events`,
 * `example deploy.yml` (the whole file), and `step preview.yml: Deploy the preview` (one step of it, by its name).
 *
 * @throws Error when a mark has no end, or names a group, an example or a step that isn't there
 */
export const fillPage = (page: string): string => {
  const filled = page.replaceAll(
    /<!-- (inputs: [\w-]+|outputs|events|example [\w-]+\.yml|step [\w-]+\.yml: [^>]+?) -->\n[\s\S]*?<!-- \/(\w+) -->/g,
    (_, mark: string, end: string) => {
      if (mark.split(/\W/)[0] !== end) throw new Error(`<!-- ${mark} --> ends with <!-- /${end} -->`)
      return `<!-- ${mark} -->\n${formatPart(mark)}\n<!-- /${end} -->`
    },
  )
  const count = (pattern: RegExp) => filled.match(pattern)?.length ?? 0
  const begun = count(/<!-- (inputs|outputs|events|example|step)\b[^>]* -->/g)
  if (begun !== count(/<!-- \/(inputs|outputs|events|example|step) -->/g)) throw new Error('A mark has no end')
  return filled
}

const formatPart = (mark: string): string => {
  const [kind, ...words] = mark.split(' ')
  const rest = words.join(' ')
  if (kind === 'inputs:') return formatInputs(rest)
  if (kind === 'outputs') return formatOutputs(readMetadata())
  if (kind === 'events') return formatEvents()
  if (kind === 'example') return `\`\`\`yaml\n${readExample(rest)}\`\`\``
  const [file = '', name = ''] = rest.split(': ')
  return `\`\`\`yaml\n${cutStep(readExample(file), name)}\n\`\`\``
}

/** The lines of one step, moved to the left margin. */
const cutStep = (example: string, name: string): string => {
  const lines = example.split('\n')
  const first = lines.findIndex((line) => line.trim() === `- name: ${name}`)
  if (first === -1) throw new Error(`There is no step ${name}`)
  const indent = lines[first]?.indexOf('-') ?? 0
  const isInside = (line: string) => line.startsWith(' '.repeat(indent + 1))
  const rest = lines.slice(first + 1)
  const length = rest.findIndex((line) => !isInside(line))
  return [lines[first] ?? '', ...rest.slice(0, length)].map((line) => line.slice(indent)).join('\n')
}

const formatInputs = (group: string): string => {
  const names = listInputGroups().get(group)
  if (!names) throw new Error(`action.yml has no group ${group}`)
  const { inputs } = readMetadata()
  const rows = names.map((name) => {
    const input = inputs[name] ?? { description: '' }
    return [`\`${name}\``, formatDefault(name, input), formatMeaning(input)]
  })
  return formatRows([['Input', 'Default', 'Meaning'], ['---', '---', '---'], ...rows])
}

const formatDefault = (name: string, { required, default: given }: Described): string => {
  if (required) return '**required**'
  const text = given ?? inputDefaults[name as keyof typeof inputDefaults]
  return text === '' ? '' : `\`${text}\``
}

/** The default has a column of its own. */
const formatMeaning = ({ description }: Described): string => description.replace(/; `[^`]+` by default\.$/, '.')

const formatOutputs = ({ outputs }: Metadata): string =>
  formatRows([
    ['Output', 'Meaning'],
    ['---', '---'],
    ...Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  ])

const formatEvents = (): string => {
  const head = ['Event', 'Pull request', 'Commit', 'Branch or tag', 'By', 'Default comment, without the run’s URL']
  return formatRows([head, head.map(() => '---'), ...listEventRows()])
}

const formatRows = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
