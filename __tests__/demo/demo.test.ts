import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { isAsDeclared } from '../../testing/demo/result-view.ts'

const folder = mkdtempSync(join(tmpdir(), 'demo-'))
afterAll(() => rmSync(folder, { recursive: true }))

const play = async (...scenes: readonly string[]): Promise<{ readonly exit: number; readonly text: string }> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../testing/demo/main.ts'), ...scenes], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const exit = await new Promise<number>((resolve) => child.on('close', resolve))
  return { exit, text: Buffer.concat(chunks).toString() }
}

it('shows the scene that is asked for, and leaves its pages', async () => {
  const { exit, text } = await play('inputs')
  expect(text).toContain('✓ ended as it should: error, exit 1')
  expect(text).toContain('Humanitec got no request')
  expect(exit).toBe(0)
  const [pages = ''] = readdirSync(folder).filter((name) => name.startsWith('humanitec-deploy-demo-'))
  expect(readdirSync(join(folder, pages)).sort()).toEqual(['index.html', 'inputs.html'])
  expect(readFileSync(join(folder, pages, 'inputs.html'), 'utf8')).toContain('<h3>❌ Nothing was done')
})

it('names the scenes when there is none of that name', async () => {
  const { exit, text } = await play('succes')
  expect(text).toMatch(/^There is no scene succes\. There are: success, failure, /)
  expect(exit).toBe(1)
})

it.each([
  [{}, true],
  [{ exit: 1 }, false],
  [{ outputs: { outcome: 'started' } }, false],
  [{ outputs: {} }, false],
  [{ post: { exit: 1 } }, false],
])('takes a step for well ended by outcome and exits: %j', (difference, expected) => {
  const run = { exit: 0, outputs: { outcome: 'succeeded' }, post: { exit: 0 }, ...difference }
  expect(isAsDeclared({ ends: { outcome: 'succeeded', exit: 0 } }, run)).toBe(expected)
})
