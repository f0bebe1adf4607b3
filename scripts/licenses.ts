import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Locked = { version: string; license?: string; dev?: boolean; optional?: boolean; link?: boolean }

/**
 * The licence texts of every package that dist/ may hold code of: all that package-lock.json lists for production, and ncc,
 * whose loader is part of each bundle. Not ncc's own list: with a lazy chunk it names the packages of one chunk only.
 */
export function formatLicenses(root: string): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const texts = new Map<string, string>()
  for (const [path, locked] of Object.entries(packages)) {
    if (!isBundled(path, locked)) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    texts.set(`${name} ${locked.version}`, `${locked.license}\n\n${readLicense(join(root, path))}`)
  }
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, text]) => `${title}\n${text}\n`)
    .join('\n')
}

function isBundled(path: string, { dev, optional, link }: Locked): boolean {
  if (path === 'node_modules/@vercel/ncc') return true
  return path.startsWith('node_modules/') && !dev && !optional && !link
}

function readLicense(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
  if (!file) throw new Error(`No licence file in ${folder}`)
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
}
