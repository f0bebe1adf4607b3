import { marked } from 'marked'

/** A page as GitHub would show it: its elements, and the text that GitHub looks for mentions and references in. */
export type Page = {
  readonly html: string
  readonly tags: ReadonlySet<string>
  readonly links: readonly string[]
  /** Without what stands in code or in a link. */
  readonly text: string
  /** Cells in each row of each table. */
  readonly tables: readonly (readonly number[])[]
}

/**
 * What of a page is not the project's own: elements, links, and what GitHub makes alive. All in one list, since an `expect` of
 * each takes longer than to render the page.
 */
export const listForeign = (page: Page, ownTags: RegExp, ownLinks?: RegExp): readonly string[] => [
  ...[...page.tags].filter((tag) => !ownTags.test(tag)).map((tag) => `<${tag}>`),
  ...page.links.filter((link) => !ownLinks?.test(link)),
  ...(page.text.match(alive)?.slice(0, 1) ?? []),
]

export const renderPage = (markdown: string): Page => {
  const html = marked.parse(markdown, { gfm: true, async: false })
  const uncommented = html.replace(/<!--[\s\S]*?-->/g, '')
  return {
    html,
    tags: new Set([...uncommented.matchAll(/<\/?([a-zA-Z][^\s/>]*)/g)].map(([, tag = '']) => tag.toLowerCase())),
    links: [...uncommented.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, link = '']) => link),
    text: uncommented
      .replace(/<(pre|code|a)\b[^>]*>[\s\S]*?<\/\1>/g, '\u0001')
      .replace(/<[^>]*>/g, '\u0001')
      .replace(/&amp;/g, '&'),
    tables: [...uncommented.matchAll(/<table>([\s\S]*?)<\/table>/g)].map(([, table = '']) =>
      [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => (row.match(/<t[hd][ >]/g) ?? []).length),
    ),
  }
}

/**
 * How many pipes each line of each table has, one set for each table. GitHub drops cells that are too many without a word, so
 * they are counted before it does: no pipe may come from outside.
 */
export const countPipes = (markdown: string): number[][] =>
  markdown
    .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    .split('\n\n')
    .filter((block) => block.startsWith('| '))
    .map((table) => [...new Set(table.split('\n').map((line) => line.split('|').length - 1))])

/** What GitHub makes alive in a finished page, outside of code and links. */
const alive =
  /@\w|(?<![\w&])#\d|\bgh-\d|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])|:(?:100|1234|[0-9]*[a-z_+-][a-z0-9_+-]*):|\$|https?:\/\/|www\.|\w@\w/i
