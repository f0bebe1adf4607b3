import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { renderTable } from './table.ts'

const root = join(import.meta.dirname, '../..')

/** What a runner downloads of the last commit, and what of it a step loads. */
export const renderWeight = (): string => {
  const archive = execFileSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: root, maxBuffer: 2 ** 30 })
  const rows = readdirSync(join(root, 'dist')).map((name) => {
    const bytes = readFileSync(join(root, 'dist', name))
    return [`dist/${name}`, formatBytes(bytes.byteLength), formatBytes(gzipSync(bytes).byteLength)]
  })
  return renderTable(
    ['', 'bytes', 'gzipped'],
    [['the archive, downloaded by each job', '', formatBytes(archive.byteLength)], ...rows],
  )
}

const formatBytes = (bytes: number): string => bytes.toLocaleString('en-US')
