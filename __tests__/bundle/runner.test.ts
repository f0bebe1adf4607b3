import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { inputNames } from '../../src/core/inputs/request.ts'
import { usualGitHubToken } from '../../testing/simulator/github.ts'
import { parseCommandFile } from '../../testing/simulator/runner/command-file.ts'
import { createLog } from '../../testing/simulator/runner/log.ts'
import { createMasks } from '../../testing/simulator/runner/masks.ts'
import { runMainStep } from '../../testing/simulator/runner/run-action.ts'
import { parseWorkflowCommand } from '../../testing/simulator/runner/workflow-command.ts'
import { openShop, usualInputs } from './shop.ts'

it('hands over every input of action.yml, those that are not given empty, and nothing of its own environment', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'dist-'))
  writeFileSync(join(dist, 'index.js'), 'console.log(JSON.stringify(process.env))')
  const { stdout, url } = await openShop(async ({ simulator }) => {
    const run = await runMainStep({ simulator, inputs: usualInputs, dist })
    return { ...run, url: simulator.url }
  })
  rmSync(dist, { recursive: true })
  const variables = JSON.parse(stdout) as Readonly<Record<string, string>>
  const given = { ...usualInputs, api_url: url, github_token: usualGitHubToken }
  const inputs = Object.entries(variables).filter(([name]) => name.startsWith('INPUT_'))
  expect(Object.fromEntries(inputs)).toEqual(
    Object.fromEntries(
      inputNames.map((name) => [`INPUT_${name.toUpperCase()}`, { ...given }[name as keyof typeof given] ?? '']),
    ),
  )
  expect(Object.keys(variables).filter((name) => !/^(?:INPUT_|GITHUB_|RUNNER_|CI$|SystemRoot$)/.test(name))).toEqual([])
})

it('refuses an input that action.yml does not have', async () => {
  const run = openShop(({ simulator }) => runMainStep({ simulator, inputs: { ...usualInputs, delta: 'x' } }))
  await expect(run).rejects.toThrow('action.yml has no input delta')
})

it.each([
  ['a=b', { a: 'b' }],
  ['a=b=c\n\nd=\n', { a: 'b=c', d: '' }],
  ['a=1\na=2\n', { a: '2' }],
  ['a<<E\nb\nE\n', { a: 'b' }],
  ['a<<E\nE\nb<<E\n\nE', { a: '', b: '' }],
  ['a<<E\nb\n\nc<<d\nE\nf=g\n', { a: 'b\n\nc<<d', f: 'g' }],
  ['a=<<E\n', { a: '<<E' }],
])('reads a command file by the runner’s grammar: %j', (text, expected) => {
  expect(parseCommandFile(text)).toEqual(expected)
})

it.each(['a', '=b', '<<E\nE\n', 'a<<\n\n', 'a<<E\nb\n', 'a<<E\nb'])('fails as the runner does for %j', (text) => {
  expect(() => parseCommandFile(text)).toThrow('The runner can’t read'.replace('’', "'"))
})

it.each([
  ['::error::It failed', { name: 'error', properties: {}, data: 'It failed' }],
  ['  ::group::One: two', { name: 'group', properties: {}, data: 'One: two' }],
  [
    '::warning title=A%3A%2C,file=b::50%25%0AC%3A',
    { name: 'warning', properties: { title: 'A:,', file: 'b' }, data: '50%\nC%3A' },
  ],
  ['text ##[error title=x%5D]y', { name: 'error', properties: { title: 'x]' }, data: 'y' }],
  ['text ::error::no', undefined],
  ['::unknown::x', undefined],
  ['::error', undefined],
])('takes for a command what the runner does: %j', (line, expected) => {
  expect(parseWorkflowCommand(line)).toEqual(expected)
})

it('shows the log as GitHub does: secrets hidden from the moment they are told, groups marked', () => {
  const log = createLog(createMasks())
  for (const line of [
    'before s3cret',
    '::add-mask::s3cret',
    'after s3crets3cret and s3cret',
    '::group::One s3cret',
    'inside',
    '::endgroup::',
    '::error title=s3cret::a%0As3cret',
  ]) {
    log.take(line)
  }
  expect(log.lines).toEqual([
    { kind: 'text', text: 'before s3cret', isInGroup: false },
    { kind: 'text', text: 'after *** and ***', isInGroup: false },
    { kind: 'group', text: 'One ***', isInGroup: false },
    { kind: 'text', text: 'inside', isInGroup: true },
    { kind: 'endgroup', text: '', isInGroup: false },
    { kind: 'error', text: 'a\n***', title: '***', isInGroup: false },
  ])
})
