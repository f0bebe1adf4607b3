import { expect, it } from '@jest/globals'
import { readPage } from '../../scripts/pages.ts'
import { endPages } from '../../testing/ends/ends-pages.ts'

it.each(Object.entries(endPages))('%s says how each run ends today (npm run docs)', async (path, render) => {
  const rendered = await render()
  expect(readPage(path)).toBe(rendered)
  expect(rendered.split('\n').filter((line) => line.startsWith('| ')).length).toBeGreaterThan(24)
})
