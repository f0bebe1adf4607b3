import { Marked } from 'marked'

/** The elements that GitHub lets pass, and their attributes (github/markup, "GitHub Markup", its list of what is safe). */
const safeElements: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    ...'b br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li ol p pre s samp span strong sub summary sup table'.split(
      ' ',
    ),
    ...'tbody td tfoot th thead tr ul blockquote'.split(' '),
  ]
    .map((name): [string, readonly string[]] => [name, ['align', 'title']])
    .concat([
      ['a', ['href', 'title']],
      ['details', ['open']],
      ['img', ['src', 'alt', 'width', 'height', 'align']],
    ]),
)

const safeAddress = /^(?:https?:|mailto:|#|\/(?!\/))/i

/**
 * Markdown as GitHub's pages show it: raw HTML only of elements that are harmless, no scripts, no styles, no other
 * addresses. In comments a line break is one.
 */
export const renderMarkdown = (markdown: string, kind: 'summary' | 'comment'): string =>
  sanitizeHtml(new Marked({ gfm: true, breaks: kind === 'comment' }).parse(markdown, { async: false }))

const sanitizeHtml = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|title|textarea)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(
      /<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g,
      (_, end: string, name: string, rest: string) => {
        const attributes = safeElements[name.toLowerCase()]
        return attributes ? `<${end}${name}${end ? '' : keepAttributes(rest, attributes)}>` : ''
      },
    )

const keepAttributes = (text: string, names: readonly string[]): string =>
  [...text.matchAll(/([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g)]
    .filter(([, name = '', value = '']) => names.includes(name.toLowerCase()) && isSafe(name, value))
    .map(([, name = '', value]) => ` ${name}${value === undefined ? '' : `=${value}`}`)
    .join('')

const isSafe = (name: string, value: string): boolean =>
  !/^(?:href|src)$/i.test(name) || safeAddress.test(value.replace(/^["']|["']$/g, '').trim())
