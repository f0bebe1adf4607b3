import { endPages } from '../testing/ends/ends-pages.ts'
import { fillPage, listPages, readPage, writePage } from './pages.ts'

for (const path of listPages()) {
  const page = readPage(path)
  const filled = fillPage(page)
  if (filled === page) continue
  writePage(path, filled)
  console.log(`${path} brought up to date`)
}

for (const [path, render] of Object.entries(endPages)) writePage(path, await render())
