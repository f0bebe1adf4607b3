import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { inputNames } from '../../src/core/inputs/request.ts'
import { outputNames } from '../../src/core/report/outputs.ts'

const root = join(import.meta.dirname, '../..')

const readAll = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, name), 'utf8'))

/** What runs the action: on the virtual clock, as the bundle, and in the examples, each of which a test runs. */
const runs = ['__tests__/operations', '__tests__/adapters', '__tests__/bundle', 'examples'].flatMap(readAll)

it.each(inputNames)('%s is given to the action by a test, beside the one that parses it', (name) => {
  const given = new RegExp(`\\b${name}['"]?: `)
  expect(runs.filter((text) => given.test(text)).length).toBeGreaterThan(0)
})

it.each(outputNames)('%s is read by a test that runs the action', (name) => {
  const read = new RegExp(`\\b${name}\\b`)
  expect(runs.filter((text) => read.test(text)).length).toBeGreaterThan(0)
})
