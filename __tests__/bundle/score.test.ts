import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { listDist, production, runInShop, withCopiedDist } from './shop.ts'

const score = `apiVersion: score.dev/v1b1
metadata: {name: shop}
containers:
  main:
    image: ghcr.io/acme/shop:1
`
const naming = (source: string): string => `${score}    files: {/etc/a: {source: ${source}}}\n`

type Fill = (workspace: string) => void

const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

const runScore = (checkOut: Fill, inputs: Readonly<Record<string, string>> = {}) =>
  runInShop({ inputs: { delta_id: '', score: 'score.yaml', ...inputs }, checkOut })

/** A file that nobody may have, outside of the workspace. */
const writeSecret = (workspace: string): string => {
  const path = join(workspace, '../temp/secret')
  write(path, 'S3CRET')
  return path
}

describe('a Score file of the checkout', () => {
  it.concurrent('is deployed with the files that it names, bytes and all', async () => {
    const { run, operations, simulator } = await runScore(
      (workspace) => {
        write(join(workspace, 'deploy/score.yaml'), naming('../conf/logo.png'))
        write(join(workspace, 'conf/logo.png'), Uint8Array.of(0, 255, 1))
      },
      { score: 'deploy/score.yaml' },
    )
    expect(run).toMatchObject({ exit: 0, stderr: '', outputs: { outcome: 'succeeded' } })
    expect(operations.slice(0, 5)).toEqual(['GET env', 'GET set', 'POST convert-score', 'POST deltas', 'POST deploys'])
    expect(run.stdout).toContain('  file      conf/logo.png, 3 bytes')
    const [{ setId = '' } = {}] = simulator.orchestrator.inspectDeployments(production)
    expect(simulator.orchestrator.inspectSet('acme/shop', setId)?.modules['shop']).toMatchObject({
      spec: { containers: { main: { files: { '/etc/a': { binary_value: 'AP8B' } } } } },
    })
  })

  it.concurrent('may be a link within the workspace, and is told by its real path', async () => {
    const { run } = await runScore((workspace) => {
      write(join(workspace, 'deploy/shop.yaml'), score)
      symlinkSync('deploy/shop.yaml', join(workspace, 'score.yaml'))
    })
    expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'succeeded' } })
    expect(run.stdout).toContain('  file      deploy/shop.yaml, ')
  })
})

const linkTo =
  (target: (workspace: string) => string, name = 'score.yaml'): Fill =>
  (workspace) =>
    symlinkSync(target(workspace), join(workspace, name))

const pipe =
  (name: string): Fill =>
  (workspace) => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(workspace, name)])
  }

const file =
  (content: string | Uint8Array, name = 'score.yaml'): Fill =>
  (workspace) =>
    write(join(workspace, name), content)

const all =
  (...fills: readonly Fill[]): Fill =>
  (workspace) => {
    for (const fill of fills) fill(workspace)
  }

describe('asks nothing of Humanitec and shows no content', () => {
  it.concurrent.each<[string, Fill, string]>([
    ['without a checkout', () => undefined, 'does not exist in the workspace; is there a step with actions/checkout'],
    ['for a link out of the workspace', linkTo(writeSecret), 'score.yaml: is outside the workspace'],
    [
      'for a link to a link out of it',
      all(
        linkTo(writeSecret, 'a'),
        linkTo(() => 'a'),
      ),
      'score.yaml: is outside the workspace',
    ],
    [
      'for a folder that is a link out of it',
      all(
        linkTo((workspace) => dirname(writeSecret(workspace)), 'out'),
        file(naming('out/secret')),
      ),
      'the file is outside the workspace',
    ],
    [
      'for a source above the workspace',
      all(writeSecret, file(naming('../temp/secret'))),
      'the file is outside the workspace',
    ],
    ['for a source by a whole path', file(naming('/etc/hostname')), 'the file is outside the workspace'],
    [
      'for a source that is a link out of it',
      all(linkTo(writeSecret, 'a.conf'), file(naming('a.conf'))),
      'the file is outside the workspace',
    ],
    ['for .git/config', all(file('S3CRET', '.git/config'), file(naming('.git/config'))), 'such files are never read'],
    [
      'for a link into .git',
      all(
        file('S3CRET', '.git/config'),
        linkTo(() => '.git/config', 'a.conf'),
        file(naming('a.conf')),
      ),
      'such files are never read',
    ],
    ['for a pipe', pipe('score.yaml'), 'score.yaml: is not a regular file'],
    ['for a source that is a pipe', all(pipe('a.conf'), file(naming('a.conf'))), 'the file is not a regular file'],
    ['for a device', linkTo(() => '/dev/zero'), 'score.yaml: is outside the workspace'],
    ['for a folder', (workspace) => mkdirSync(join(workspace, 'score.yaml')), 'score.yaml: is not a regular file'],
    ['for 10 MB', file('a: S3CRET\n'.repeat(1_000_000)), 'score.yaml: is larger than 256 KiB'],
    ['for what is no YAML', file('a: "S3CRET'), 'score.yaml:1:'],
  ])('%s', async (_, checkOut, words) => {
    const { run, operations } = await runScore(checkOut)
    expect(run).toMatchObject({ exit: 1, stderr: '', outputs: { outcome: 'error', delta_id: '' } })
    expect(operations).toEqual([])
    expect(run.stdout).toContain(words)
    expect([run.stdout, run.summary, JSON.stringify(run.files)].join()).not.toContain('S3CRET')
  })

  it.concurrent('without the variable that names the workspace', async () => {
    const { run, operations } = await runInShop({
      inputs: { delta_id: '', score: 'score.yaml' },
      variables: { GITHUB_WORKSPACE: undefined },
      checkOut: file(score),
    })
    expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error' } })
    expect(operations).toEqual([])
    expect(run.stdout).toContain('does not exist in the workspace')
  })
})

describe('the part for Score files', () => {
  const isForScore = (name: string, content: string): boolean =>
    /^\d+\.index\.js$/.test(name) && /js-yaml|lib\/operations\/score\.js|lib\/adapters\/yaml\.js/.test(content)

  it('is there, beside the bundle', () => {
    const parts = listDist().filter(([name, content]) => isForScore(name, content))
    expect(parts.length).toBeGreaterThan(0)
    expect(listDist().find(([name]) => name === 'index.js')?.[1]).not.toContain('js-yaml/')
  })

  it.concurrent('is not opened without score', async () => {
    const { run } = await withCopiedDist(isForScore, (dist) => runInShop({ dist }))
    expect(run).toMatchObject({ exit: 0, stderr: '', outputs: { outcome: 'succeeded' } })
  })

  it.concurrent('is needed for score', async () => {
    const { run, operations } = await withCopiedDist(isForScore, (dist) =>
      runInShop({ dist, inputs: { delta_id: '', score: 'score.yaml' }, checkOut: file(score) }),
    )
    expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error' } })
    expect(operations).toEqual([])
  })
})
