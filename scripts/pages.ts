import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { inputDefaults } from '../src/core/inputs/input-names.ts'
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
 * Fills what stands between `<!-- inputs -->` and `<!-- /inputs -->`, the same with `outputs` and `events`, and with `example deploy.yml`.
 * @throws Error when a mark has no end, or names an example that isn't there
 */
export const fillPage = (page: string): string => {
  const filled = page.replaceAll(
    /<!-- (inputs|outputs|events|example [\w-]+\.yml) -->\n[\s\S]*?<!-- \/(\w+) -->/g,
    (_, mark: string, end: string) => {
      if (mark.split(' ')[0] !== end) throw new Error(`<!-- ${mark} --> ends with <!-- /${end} -->`)
      return `<!-- ${mark} -->\n${formatPart(mark)}\n<!-- /${end} -->`
    },
  )
  const marks = (pattern: RegExp) => filled.match(pattern)?.length ?? 0
  if (marks(/<!-- (inputs|outputs|events|example) ?\S* -->/g) !== marks(/<!-- \/(inputs|outputs|events|example) -->/g))
    throw new Error('A mark has no end')
  return filled
}

const formatPart = (mark: string): string => {
  if (mark === 'inputs') return formatInputs(readMetadata())
  if (mark === 'outputs') return formatOutputs(readMetadata())
  if (mark === 'events') return formatEvents()
  return `\`\`\`yaml\n${readExample(mark.replace('example ', ''))}\`\`\``
}

const formatInputs = ({ inputs }: Metadata): string =>
  formatRows([
    ['Input', 'Default', 'Meaning'],
    ['---', '---', '---'],
    ...Object.entries(inputs).map(([name, input]) => [`\`${name}\``, formatDefault(name, input), formatMeaning(input)]),
  ])

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
  const head = ['Event', 'Pull request', 'Commit', 'Branch or tag', 'By', 'Comment, before the run’s page']
  return formatRows([head, head.map(() => '---'), ...listEventRows()])
}

const formatRows = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
