import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { product } from '../src/core/run/product.ts'
import { formatReleaseNotes } from './changelog.ts'

const [tag, commit = ''] = process.argv.slice(2)
if (tag !== `v${product.version}`)
  throw new Error(`The tag is ${tag}, the version in src/core/run/product.ts ${product.version}.`)
const changelog = readFileSync(join(import.meta.dirname, '../CHANGELOG.md'), 'utf8')
process.stdout.write(formatReleaseNotes(changelog, product.version, process.env['GITHUB_REPOSITORY'] ?? '', commit))
