import { parseYaml } from '../../src/adapters/yaml.ts'
import type { FileAnswer, FileRefusal } from '../../src/core/api.ts'
import type { FileReader } from '../../src/ports.ts'

/** By path: what a file holds, or why it is not read. */
export type VirtualFiles = Readonly<Record<string, string | Uint8Array | { readonly refused: FileRefusal }>>

/** A checkout in memory: on a virtual clock, nothing may wait for a disk. `onRead` sees every path that is asked for. */
export const createVirtualFileReader = (files: VirtualFiles = {}, onRead?: (path: string) => void): FileReader => ({
  workspace: {
    readFile: async (path, { maxBytes }) => {
      onRead?.(path)
      return answer(Object.hasOwn(files, path) ? files[path] : undefined, path, maxBytes)
    },
  },
  parseYaml,
})

const answer = (file: VirtualFiles[string] | undefined, path: string, maxBytes: number): FileAnswer => {
  if (file === undefined) return { kind: 'refused', reason: 'missing' }
  if (typeof file === 'object' && 'refused' in file) return { kind: 'refused', reason: file.refused }
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  return bytes.length > maxBytes
    ? { kind: 'refused', reason: 'too large', size: bytes.length }
    : { kind: 'read', path, bytes }
}
