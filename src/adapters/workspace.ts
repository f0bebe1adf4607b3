import { constants, promises as fs, type Stats } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { FileAnswer, FileRefusal } from '../core/api.ts'
import { fieldsOf, textOf } from '../core/text/json.ts'
import type { FileReader, Workspace } from '../ports.ts'
import { parseYaml } from './yaml.ts'

/** @param root the folder that `GITHUB_WORKSPACE` names; with `''` every file is missing */
export const createFileReader = (root: string): FileReader => ({ workspace: createWorkspace(root), parseYaml })

/** @param root an absolute path; if it doesn't exist, every file is missing */
export const createWorkspace = (root: string): Workspace => ({
  readFile: async (path, { maxBytes }) => {
    try {
      return await readWithin(root, path, maxBytes)
    } catch (error) {
      return refuse(isAbsence(error) ? 'missing' : 'unreadable')
    }
  },
})

const refuse = (reason: FileRefusal, size?: number): FileAnswer => ({
  kind: 'refused',
  reason,
  ...(size !== undefined && { size }),
})

const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(textOf(fieldsOf(error)['code']))

/**
 * Checks the path before the file system is touched, and the real path before anything is opened: opening a pipe waits for its
 * writer, and opening a device may have any effect.
 */
const readWithin = async (root: string, path: string, maxBytes: number): Promise<FileAnswer> => {
  const realRoot = await fs.realpath(root)
  const asked = resolve(root, path)
  const refusal = refusePlace(root, asked)
  if (refusal && refusePlace(realRoot, asked)) return refuse(refusal)
  const real = await fs.realpath(asked)
  const realRefusal = refusePlace(realRoot, real)
  if (realRefusal) return refuse(realRefusal)
  const found = await fs.lstat(real)
  if (!found.isFile()) return refuse('not a file')
  if (found.size > maxBytes) return refuse('too large', found.size)
  return readOpened({ real, path: relative(realRoot, real).split(sep).join('/') }, found, maxBytes)
}

const refusePlace = (root: string, path: string): FileRefusal | undefined => {
  const inside = relative(root, path)
  const names = inside.split(sep)
  if (names[0] === '..' || isAbsolute(inside)) return 'outside'
  return names.some(isGitName) ? 'git' : undefined
}

/** As some file systems compare names: without regard to case and to invisible characters. */
const isGitName = (name: string): boolean => /^\.git/i.test(name.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))

/** If a link or a pipe has replaced the file since it was checked, it is not followed, or waited for. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** `real`: absolute, all links resolved. `path`: relative to the workspace. */
type FilePaths = { readonly real: string; readonly path: string }

const readOpened = async ({ real, path }: FilePaths, found: Stats, maxBytes: number): Promise<FileAnswer> => {
  const file = await fs.open(real, flags)
  try {
    const opened = await file.stat()
    if (!opened.isFile() || opened.ino !== found.ino || opened.dev !== found.dev) return refuse('unreadable')
    const bytes = await readAtMost(file, maxBytes + 1)
    return bytes.length > maxBytes ? refuse('too large', bytes.length) : { kind: 'read', path, bytes }
  } finally {
    await file.close()
  }
}

/** A limit, since the file may grow meanwhile. */
const readAtMost = async (file: fs.FileHandle, maxBytes: number): Promise<Uint8Array> => {
  const buffer = new Uint8Array(maxBytes)
  let length = 0
  while (length < maxBytes) {
    const { bytesRead } = await file.read(buffer, length, maxBytes - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.slice(0, length)
}
