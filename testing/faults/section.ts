import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const open = '<!-- npm run faults -->'
const close = '<!-- /npm run faults -->'

/** Replaces our part of a page that others write, too; makes page and part where there is none. */
export const writeSection = (path: string, title: string, text: string): void => {
  const section = `${open}\n\n${text}\n\n${close}`
  const page = existsSync(path) ? readFileSync(path, 'utf8') : `# ${title}\n`
  const [start, end] = [page.indexOf(open), page.indexOf(close)]
  const isThere = start >= 0 && end > start
  const written = isThere
    ? `${page.slice(0, start)}${section}${page.slice(end + close.length)}`
    : `${page.trimEnd()}\n\n${section}\n`
  writeFileSync(path, written)
}
