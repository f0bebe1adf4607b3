import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, root } from './bundle.ts'

const files = await bundle()
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const [name, content] of files) {
  writeFileSync(join(dist, name), content)
  console.log(`${String(Buffer.byteLength(content)).padStart(8)} dist/${name}`)
}
