import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ncc from '@vercel/ncc'
import { minify } from 'terser'
import { formatLicenses } from './licenses.ts'

export const root = join(import.meta.dirname, '..')

/**
 * dist/ as file name → content, made of lib/ in `folder`, which `tsc -p tsconfig.build.json` wrote. The same sources give the same
 * bytes.
 */
export async function bundle(folder = root): Promise<Map<string, string>> {
  const { code, assets } = await ncc(join(folder, 'lib/main.js'), { cache: false, quiet: true })
  const assetTexts = Object.entries(assets).map(([name, { source }]): [string, string] => [name, source.toString()])
  const files = new Map([['index.js', code], ...assetTexts])
  for (const [name, text] of files) if (name.endsWith('.js')) files.set(name, await stripComments(text))
  // Without it, Node would go by the package.json of whatever folder dist/ is copied into.
  files.set('package.json', '{ "type": "module" }\n')
  files.set('licenses.txt', formatLicenses(root))
  if (existsSync(join(folder, 'src/post.ts'))) files.set('post.js', bundlePost(folder))
  return files
}

/**
 * A third of the bundle are comments, which each job would download. The bundler's stay: they name each module. ASCII, since
 * one character beyond Latin-1 makes V8 hold, and scan, the whole source in two bytes for each.
 */
async function stripComments(code: string): Promise<string> {
  const format = { beautify: true, indent_level: 1, comments: /MODULE: /, ascii_only: true } as const
  const stripped = await minify(code, { module: true, ecma: 2020, compress: false, mangle: false, format })
  return `${stripped.code}\n`
}

/** The post step stays outside the bundle, which it loads only when there is something left to do. */
function bundlePost(folder: string): string {
  const code = readFileSync(join(folder, 'lib/post.js'), 'utf8')
  const parts = code.split('./main.js')
  if (parts.length !== 2) throw new Error(`src/post.ts must import './main.ts' exactly once, found ${parts.length - 1}`)
  if (/^import\b/m.test(code)) throw new Error('src/post.ts must import nothing but the bundle, and that lazily')
  return parts.join('./index.js')
}
