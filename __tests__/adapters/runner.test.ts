import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { readInputs, readWorkflowContext } from '../../src/adapters/runner.ts'
import { inputNames } from '../../src/core/inputs/request.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const source = (path: string): string => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)

/** Lines of a program that gets a runner, with a redactor for the words given; run as a process of its own, as by the runner. */
const runProgram = (
  lines: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  secrets: string[] = [],
) => {
  const program = [
    `import { createRunner, maskSecrets } from ${source('adapters/runner.ts')}`,
    `import { createRedactor } from ${source('core/text/redact.ts')}`,
    `import { createWriter } from ${source('core/text/writer.ts')}`,
    `import { createPlainRunner } from ${source('operations/context.ts')}`,
    `const writer = createWriter(createRedactor(${JSON.stringify(secrets)}))`,
    `const runner = createRunner(writer, process.env)`,
    `const plain = createPlainRunner(runner, writer)`,
    ...lines,
  ].join('\n')
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: variables,
    encoding: 'utf8',
  })
  return { status, lines: stdout.split('\n').slice(0, -1), stderr }
}

const createFile = (name: string): string => {
  writeFileSync(join(folder, name), '')
  return join(folder, name)
}

describe('inputs', () => {
  it('come from the variables that the runner makes of them', () => {
    const given = Object.fromEntries(inputNames.map((name) => [`INPUT_${name.toUpperCase()}`, ` ${name}'s value `]))
    const before = { ...process.env }
    Object.assign(process.env, given)
    try {
      expect(readInputs({})).toEqual(Object.fromEntries(inputNames.map((name) => [name, `${name}'s value`])))
    } finally {
      process.env = before
    }
  })

  it('are empty where there are none', () => {
    expect(readInputs({})).toEqual(Object.fromEntries(inputNames.map((name) => [name, ''])))
  })

  it.each([
    ['the variable HUMANITEC_TOKEN, trimmed', '', ' from-variable\n', 'from-variable'],
    ['the input, where both are given', 'from-input', 'from-variable', 'from-input'],
    ['nowhere', '', '', ''],
  ])('the token comes from %s', (_, input, variable, expected) => {
    const before = { ...process.env }
    process.env['INPUT_TOKEN'] = input
    try {
      expect(readInputs({ HUMANITEC_TOKEN: variable }).token).toBe(expected)
    } finally {
      process.env = before
    }
  })
})

describe('the event', () => {
  const variables = { GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'pull_request', GITHUB_RUN_ID: '7001' }

  it('is read from its file', () => {
    const path = join(folder, 'event.json')
    writeFileSync(path, JSON.stringify({ pull_request: { number: 12, title: 'Über' } }))
    expect(readWorkflowContext({ ...variables, GITHUB_EVENT_PATH: path })).toMatchObject({
      repository: 'acme/shop',
      pullRequest: { number: 12, title: 'Über' },
    })
  })

  const readWith = (path?: string) =>
    readWorkflowContext({ ...variables, ...(path !== undefined && { GITHUB_EVENT_PATH: path }) })
  const readWithout = () => readWith()

  it('may be none: the variables say the rest', () => {
    expect(readWithout()).toMatchObject({ repository: 'acme/shop', eventName: 'pull_request' })
    expect(readWithout()).not.toHaveProperty('pullRequest')
  })

  it.each([
    ['is named by nothing', () => ''],
    ['is not there', () => join(folder, 'nowhere.json')],
    ['can’t be read', () => folder],
    ['lies below what is no folder', () => join(createFile('file'), 'event.json')],
    ['has a name that no file can have', () => `${folder}\0`],
  ])('whose file %s is as good as none', (_, locate) => {
    expect(readWith(locate())).toEqual(readWithout())
  })

  it.each([
    ['empty', ''],
    ['cut off', '{"pull_request":'],
    ['not JSON', '<html></html>'],
    ['JSON behind a byte order mark', '\uFEFF{"pull_request":{"number":12}}'],
    ['an array', '[{"pull_request":{"number":12}}]'],
    ['null', 'null'],
    ['text', '"pull_request"'],
    ['of other types within', '{"pull_request":[null],"head_commit":7,"workflow_run":"x","issue":null}'],
  ])('that is %s is as good as none', (_, text) => {
    const path = createFile('event.json')
    writeFileSync(path, text)
    expect(readWith(path)).toEqual(readWithout())
  })
})

describe('the log', () => {
  it('is lines, groups and annotations, in order', () => {
    const { status, lines, stderr } = runProgram([
      `runner.info('  00:00  pending')`,
      `runner.group('Details', ['one', 'two'])`,
      `runner.annotate({ level: 'error', title: 'RES-101: a, b', message: 'Line 1\\nLine 2 100%' })`,
      `runner.annotate({ level: 'warning', message: 'careful' })`,
      `runner.annotate({ level: 'notice', message: 'skipped' })`,
      `runner.debug('hidden')`,
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(lines).toEqual([
      '  00:00  pending',
      '::group::Details',
      'one',
      'two',
      '::endgroup::',
      '::error title=RES-101%3A a%2C b::Line 1%0ALine 2 100%25',
      '::warning::careful',
      '::notice::skipped',
      '::debug::hidden',
    ])
  })

  it('gives no text from outside any power over the runner', () => {
    const evil = ['::error::x', '  ::stop-commands::x', '##[error]x', 'a\n::add-mask::b', '\u001b[2Jx', 'a\r::debug::b']
    const { lines } = runProgram(
      evil.flatMap((text) => {
        const quoted = JSON.stringify(text)
        return [`plain.info(${quoted})`, `runner.group(writer.logLine(${quoted}), [writer.logLine(${quoted})])`]
      }),
    )
    const own = lines.filter((line) => /^\s*::|##\[/.test(line))
    expect(new Set(own.map((line) => line.replace(/^(::group::).*/, '$1')))).toEqual(
      new Set(['::group::', '::endgroup::']),
    )
    expect(own.filter((line) => line.startsWith('::group::'))).toHaveLength(evil.length)
    expect(lines.join()).not.toContain('\u001b')
  })

  it('tells no secret, in whatever is said', () => {
    const { lines } = runProgram(
      [
        `plain.info('has s3cr3t-t0ken in it')`,
        `plain.debug('s3cr3t-t0ken')`,
        `runner.group(writer.logLine('s3cr3t-t0ken'), writer.logLines('s3cr3t-t0ken'))`,
        `plain.annotate({ level: 'error', title: 's3cr3t-t0ken', message: 's3cr3t-t0ken' })`,
      ],
      {},
      ['s3cr3t-t0ken'],
    )
    expect(lines).toHaveLength(6)
    expect(lines.join('\n')).not.toContain('s3cr3t')
  })

  it('begins with the masks: the secret, and forms that the runner doesn’t make itself', () => {
    const { lines } = runProgram([`maskSecrets(['s3cr3t/t0ken', ''])`])
    expect(lines).toContain('::add-mask::s3cr3t/t0ken')
    expect(lines).toContain('::add-mask::7333637233742f74306b656e')
    expect(lines.every((line) => /^::add-mask::.+/.test(line))).toBe(true)
    expect(new Set(lines).size).toBe(lines.length)
  })
})

describe('the runner’s files', () => {
  const readEntries = (path: string): Record<string, string> =>
    Object.fromEntries(
      [...readFileSync(path, 'utf8').matchAll(/^([^\n]+?)<<(ghadelimiter_[-\w]+)\n([\s\S]*?)\n\2$/gm)].map(
        ([, name = '', , value = '']) => [name, value],
      ),
    )

  it('get outputs and state at once, as they are, the last one said counting', () => {
    const variables = { GITHUB_OUTPUT: createFile('output'), GITHUB_STATE: createFile('state') }
    const { status, lines } = runProgram(
      [
        `runner.setOutput('status', 'pending')`,
        `runner.setOutput('status', 'two\\nlines=x')`,
        `runner.setOutput('errors', '[]')`,
        `runner.saveState('open', '{"a":"s3cr3t-t0ken"}')`,
        `process.kill(process.pid, 'SIGKILL')`,
      ],
      variables,
      ['s3cr3t-t0ken'],
    )
    expect(status).toBeNull()
    expect(lines).toEqual([])
    expect(readEntries(variables.GITHUB_OUTPUT)).toEqual({ status: 'two\nlines=x', errors: '[]' })
    expect(JSON.parse(readEntries(variables.GITHUB_STATE)['open'] ?? '')).toEqual({ a: 's3cr3t-t0ken' })
  })

  it('get the summary appended to what is there', () => {
    const path = createFile('summary')
    writeFileSync(path, 'of an earlier step\n')
    const { lines } = runProgram(
      [`console.log(runner.appendSummary('### ✅ ' + writer.markdown('deployed with s3cr3t-t0ken')))`],
      { GITHUB_STEP_SUMMARY: path },
      ['s3cr3t-t0ken'],
    )
    expect(lines).toEqual(['true'])
    expect(readFileSync(path, 'utf8')).toMatch(/^of an earlier step\n### ✅ deployed with (?:\\\*)+\n$/)
  })

  it('may lack one for the summary: that is told by the answer', () => {
    const { lines } = runProgram([`console.log(runner.appendSummary('x'))`])
    expect(lines).toEqual(['false'])
  })

  it('may not take the summary: a warning, no failure', () => {
    mkdirSync(join(folder, 'summary'))
    const { status, lines } = runProgram([`runner.appendSummary('x')`], {
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    })
    expect(status).toBe(0)
    expect(lines).toEqual([expect.stringMatching(/^::warning::.*summary.*EISDIR/)])
  })

  it('may none of them take anything: a warning each, once', () => {
    for (const name of ['summary', 'output', 'state']) mkdirSync(join(folder, name))
    const { status, lines } = runProgram(
      [
        ...[1, 2].map((value) => `runner.setOutput('status', '${value}')`),
        ...[1, 2].map((value) => `runner.saveState('open', '${value}')`),
        ...[1, 2].map((value) => `runner.appendSummary('${value}')`),
      ],
      {
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STATE: join(folder, 'state'),
      },
    )
    expect(status).toBe(0)
    expect(lines).toEqual(
      ['Outputs', 'What the post step needs \\(GITHUB_STATE\\)', 'The job summary'].map((what) =>
        expect.stringMatching(new RegExp(`^::warning::${what} could not be written: `)),
      ),
    )
  })

  it('are made for the summary where none is yet', () => {
    const path = join(folder, 'new')
    runProgram([`runner.appendSummary('x')`], { GITHUB_STEP_SUMMARY: path })
    expect(existsSync(path)).toBe(true)
  })
})
