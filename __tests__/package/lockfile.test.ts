import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { resolved?: string; integrity?: string; hasInstallScript?: boolean; optional?: boolean }>
}
const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  allowScripts: Record<string, boolean>
}

it('names no registry: whoever installs goes to their own', () => {
  const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? [])
  expect([...new Set(resolved)].toSorted()).toEqual(['vendor/coverage-session', 'vendor/stand-ins'])
})

it('pins every package from outside by its hash', () => {
  const installed = Object.entries(packages).filter(
    ([path, { resolved }]) => path.startsWith('node_modules/') && !resolved,
  )
  expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([])
})

it('runs no install script', () => {
  const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
  const allowed = withScript.filter(([path]) => allowScripts[path.slice('node_modules/'.length)] !== false)
  expect(allowed.map(([path]) => path)).toEqual([])
})
