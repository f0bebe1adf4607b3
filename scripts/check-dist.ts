import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, root } from './bundle.ts'

const dist = join(root, 'dist')
const fresh = await bundle()
const present = existsSync(dist) ? readdirSync(dist) : []
const differing = [...new Set([...fresh.keys(), ...present])].filter((name) => {
  const path = join(dist, name)
  return !existsSync(path) || readFileSync(path, 'utf8') !== fresh.get(name)
})
if (differing.length > 0) {
  console.error(`dist/ is not what the sources build: ${differing.join(', ')}. Run \`npm run build\` and commit dist/.`)
  process.exit(1)
}
console.log(`dist/ equals a rebuild (${fresh.size} files)`)
