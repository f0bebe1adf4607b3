import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
const scratch = mkdtempSync(join(tmpdir(), 'archive-'))
let archive: Buffer

/** The tree as it is on disk, committed or not, put into a Git of its own making: the clone's index and objects stay as they are. */
function gitArchive(): Buffer {
  const env = {
    ...process.env,
    GIT_INDEX_FILE: join(scratch, 'index'),
    GIT_OBJECT_DIRECTORY: scratch,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(
      git(['rev-parse', '--path-format=absolute', '--git-common-dir']).trim(),
      'objects',
    ),
  }
  git(['add', '--all'], env)
  const tree = git(['write-tree'], env).trim()
  return execFileSync('git', ['archive', '--format=tar.gz', tree], { cwd: root, env })
}

function git(args: string[], env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

beforeAll(() => {
  archive = gitArchive()
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

it('loads no more than 430 kB before the first request', () => {
  expect(statSync(join(root, 'dist/index.js')).size).toBeLessThanOrEqual(430_000)
})

it('makes a runner download no more than 250 kB', () => {
  expect(archive.byteLength).toBeLessThanOrEqual(250_000)
})

it('makes a runner download nothing but what it runs, and what is to be read beside it', () => {
  // Without a file's name, the tar of Windows reads a tape.
  const names = execFileSync('tar', ['-tzf', '-'], { input: archive, encoding: 'utf8' }).trim().split(/\r?\n/)
  expect(names).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'action.yml', 'dist/index.js', 'dist/package.json']),
  )
  expect(names.filter((name) => !/^(LICENSE|README\.md|action\.yml|dist\/.*)$/.test(name))).toEqual([])
})
