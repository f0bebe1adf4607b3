import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { type InputName, inputDefaults, inputNames } from '../../src/core/inputs/request.ts'
import { outputNames } from '../../src/core/report/outputs.ts'
import { product } from '../../src/core/run/product.ts'

type Described = { readonly description: string; readonly required?: boolean; readonly default?: string }

type Metadata = {
  readonly name: string
  readonly description: string
  readonly author: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly inputs: Readonly<Record<string, Described>>
  readonly outputs: Readonly<Record<string, Described>>
  readonly runs: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '../..')

const metadata = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Metadata

const described = [...Object.entries(metadata.inputs), ...Object.entries(metadata.outputs)]

describe('action.yml', () => {
  it('has the inputs that the code reads, in the same order', () => {
    expect(Object.keys(metadata.inputs)).toEqual(inputNames)
  })

  it('has the outputs that the code sets, in the same order', () => {
    expect(Object.keys(metadata.outputs)).toEqual([...outputNames])
  })

  it.each(Object.entries(metadata.inputs))('names the default of %s as the code has it', (name, { description }) => {
    const stated = /`([^`]+)` by default/.exec(description)?.[1] ?? ''
    expect(stated).toBe(inputDefaults[name as InputName])
  })

  it('leaves every default to the code, but for the token that only the workflow has', () => {
    const given = Object.entries(metadata.inputs).filter(([, input]) => 'default' in input)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is GitHub's expression.
    expect(given.map(([name, input]) => [name, input.default])).toEqual([['github_token', '${{ github.token }}']])
  })

  it('requires nothing but the place', () => {
    const required = Object.keys(metadata.inputs).filter((name) => metadata.inputs[name]?.required)
    expect(required).toEqual(['org', 'app', 'env'])
  })

  it.each(described)('tells of %s in one sentence', (_, { description }) => {
    expect(description).toMatch(/^[A-Z].*\.$/)
    expect(description.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[.!?] [A-Z]/)
  })

  it('runs on Node 24, and looks after itself whatever happened', () => {
    expect(metadata.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/post.js',
      'post-if': 'always()',
    })
  })

  it('has what the marketplace asks for', () => {
    expect(metadata).toMatchObject({
      name: expect.stringMatching(/\S/),
      description: expect.stringMatching(/^.{1,125}$/),
      author: expect.stringMatching(/\S/),
      branding: { icon: 'upload-cloud', color: 'blue' },
    })
  })

  it('has the version that package.json states', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(version).toBe(product.version)
  })
})
