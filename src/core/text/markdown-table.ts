/** A row's cells, in Markdown that holds neither line breaks nor bare pipes: made by the functions of `escape.ts`. */
export type Row = readonly string[]

export const formatTable = (header: Row, rows: readonly Row[]): string =>
  [formatRow(header), formatRow(header.map(() => '---')), ...rows.map(formatRow)].join('\n')

const formatRow = (cells: Row): string => `| ${cells.join(' | ')} |`

/** `title` is HTML, `content` Markdown; the blank line between them makes GitHub read it as such. */
export const formatFold = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>`

const utf8 = new TextEncoder()

export const countBytes = (text: string): number => utf8.encode(text).length
