import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** What a command writes into a page that others write, too. */
export type Section = {
  readonly path: string
  /** Of the page, should there be none. */
  readonly title: string
  /** `npm run faults`: its name stands around its part. */
  readonly command: string
  /** Markdown. */
  readonly text: string
}

/** Replaces the command's part of a page; makes page and part where there is none. */
export const writeSection = ({ path, title, command, text }: Section): void => {
  const [open, close] = [`<!-- ${command} -->`, `<!-- /${command} -->`]
  const section = `${open}\n\n${text}\n\n${close}`
  const page = existsSync(path) ? readFileSync(path, 'utf8') : `# ${title}\n`
  const [start, end] = [page.indexOf(open), page.indexOf(close)]
  const isThere = start >= 0 && end > start
  const written = isThere
    ? `${page.slice(0, start)}${section}${page.slice(end + close.length)}`
    : `${page.trimEnd()}\n\n${section}\n`
  writeFileSync(path, written)
}
