import { cpSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const parts = [
  'src',
  'testing',
  '__tests__',
  'scripts',
  'dist',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'action.yml',
]

/** The project in a temporary folder, where its sources can be changed. Its packages are linked. Returns the folder. */
export const copyTree = (root: string, name: string): string => {
  const copy = mkdtempSync(join(tmpdir(), `${name}-`))
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}
