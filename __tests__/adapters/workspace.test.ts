import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createWorkspace } from '../../src/adapters/workspace.ts'

let folder = ''
let root = ''
let server: Server | undefined

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')))
  root = join(folder, 'checkout')
  for (const name of ['.git/hooks', '.github/workflows', 'deploy/sub']) mkdirSync(join(root, name), { recursive: true })
  write('checkout/score.yaml', 'score')
  write('checkout/deploy/a.conf', 'conf')
  write('checkout/.git/config', 'S3CRET')
  write('checkout/.gitignore', 'S3CRET')
  write('checkout/.github/workflows/ci.yml', 'S3CRET')
  write('secret', 'S3CRET')
  write('checkout-two', 'S3CRET')
})

afterEach(async () => {
  if (server?.listening) await new Promise((resolve) => server?.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const write = (path: string, content: string | Uint8Array): void => writeFileSync(join(folder, path), content)
const link = (target: string, path: string): void => symlinkSync(target, join(root, path))

const read = async (path: string, maxBytes = 1000, from = root) => {
  const answer = await createWorkspace(from).readFile(path, { maxBytes })
  return answer.kind === 'read' ? `${answer.path}: ${Buffer.from(answer.bytes)}` : answer.reason
}

describe('a file is read', () => {
  it.each([
    ['by its path', 'score.yaml', 'score.yaml: score'],
    ['by a path with dots', './deploy/sub/../a.conf', 'deploy/a.conf: conf'],
    ['by its whole path, if that is inside', '', 'score.yaml: score'],
  ])('%s', async (_, path, expected) => {
    expect(await read(path || join(root, 'score.yaml'))).toBe(expected)
  })

  it('by a link that stays inside, and is told by its own path', async () => {
    link('../deploy/a.conf', 'deploy/link.conf')
    link('deploy', 'folder')
    expect(await read('deploy/link.conf')).toBe('deploy/a.conf: conf')
    expect(await read('folder/a.conf')).toBe('deploy/a.conf: conf')
  })

  it('in a workspace that is a link itself', async () => {
    symlinkSync(root, join(folder, 'linked'))
    expect(await read('score.yaml', 1000, join(folder, 'linked'))).toBe('score.yaml: score')
    expect(await read(join(root, 'score.yaml'), 1000, join(folder, 'linked'))).toBe('score.yaml: score')
  })

  it('whole, byte by byte', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
    write('checkout/bytes', bytes)
    const answer = await createWorkspace(root).readFile('bytes', { maxBytes: 70_000 })
    expect(answer.kind === 'read' && Buffer.compare(answer.bytes, bytes)).toBe(0)
  })

  it.each([
    ['with a name that only ends in .git', 'shop.git'],
    ['with git in its name', 'git.conf'],
    ['with a name of dots', '...'],
    ['with a name that begins with two dots', '..conf'],
    ['without any bytes', 'empty'],
  ])('%s', async (_, name) => {
    write(`checkout/${name}`, '')
    expect(await read(name, 0)).toBe(`${name}: `)
  })
})

describe('a file is refused', () => {
  it.each([
    ['where there is none', 'nothing', 'missing'],
    ['within a file', 'score.yaml/a', 'missing'],
    ['that is a folder', 'deploy', 'not a file'],
    ['that is the workspace', '.', 'not a file'],
    ['without a name', '', 'not a file'],
    ['above the workspace', '../secret', 'outside'],
    ['above it by a detour', 'deploy/../../secret', 'outside'],
    ['that is above it and isn’t there', '../nothing', 'outside'],
    ['in a folder whose name begins as its own', '../checkout-two', 'outside'],
    ['by a whole path', '/etc/passwd', 'outside'],
    ['of the kernel', '/proc/self/environ', 'outside'],
    ['of Git', '.git/config', 'git'],
    ['of Git by a detour', 'deploy/../.git/config', 'git'],
    ['of Git in other letters', '.GIT/config', 'git'],
    ['of Git, with a letter that nobody sees', '.g\u200cit/config', 'git'],
    ['of GitHub', '.github/workflows/ci.yml', 'git'],
    ['named .gitignore', '.gitignore', 'git'],
    ['of Git that isn’t there', 'deploy/.gitmodules', 'git'],
    ['with a character of code 0', 'score.yaml\0.txt', 'unreadable'],
    ['with a name that is too long', 'a'.repeat(5000), 'unreadable'],
  ])('%s', async (_, path, reason) => {
    expect(await read(path)).toBe(reason)
  })

  it.each([
    ['out of the workspace', '../secret', 'outside'],
    ['out of it by a whole path', '/etc/passwd', 'outside'],
    ['to a device', '/dev/zero', 'outside'],
    ['to what the kernel tells of the process', '/proc/self/environ', 'outside'],
    ['to Git', '.git/config', 'git'],
    ['to nothing', 'nothing', 'missing'],
    ['to itself', 'link', 'unreadable'],
    ['to a folder', 'deploy', 'not a file'],
  ])('that is a link %s', async (_, target, reason) => {
    link(target, 'link')
    expect(await read('link')).toBe(reason)
  })

  it('behind a folder that is a link out of the workspace, or to Git', async () => {
    link('..', 'up')
    link('../.git', 'deploy/also')
    expect(await read('up/secret')).toBe('outside')
    expect(await read('deploy/also/config')).toBe('git')
  })

  it('behind a chain of links out of the workspace', async () => {
    link('two', 'one')
    link('deploy/three', 'two')
    link('../../secret', 'deploy/three')
    expect(await read('one')).toBe('outside')
  })

  it('that is a pipe which nobody writes to', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe')])
    link('pipe', 'link')
    expect(await read('pipe')).toBe('not a file')
    expect(await read('link')).toBe('not a file')
  })

  it('that is a socket', async () => {
    server = createServer()
    await new Promise<void>((resolve) => server?.listen(join(root, 'socket'), resolve))
    expect(await read('socket')).toBe('not a file')
  })

  it('that is larger than asked for, with its size', async () => {
    write('checkout/large', '')
    truncateSync(join(root, 'large'), 10 * 2 ** 20)
    const answer = await createWorkspace(root).readFile('large', { maxBytes: 256 * 1024 })
    expect(answer).toEqual({ kind: 'refused', reason: 'too large', size: 10 * 2 ** 20 })
    expect(await read('score.yaml', 4)).toBe('too large')
  })

  it('that may not be read', async () => {
    chmodSync(join(root, 'score.yaml'), 0)
    // Root may read everything.
    expect(await read('score.yaml')).toBe(process.getuid?.() === 0 ? 'score.yaml: score' : 'unreadable')
  })

  it.each([
    ['a folder that isn’t there', '/nothing/here'],
    ['an empty name', ''],
  ])('in a workspace of %s', async (_, from) => {
    expect(await read('score.yaml', 1000, from)).toBe('missing')
  })
})
