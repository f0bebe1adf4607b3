import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultCase, FaultCaseResult } from './fault-case.ts'

/** What ended as declared, in a file of one JSON object a line: a run that was broken off goes on from there. */
export type KeptResults = {
  readonly find: (faultCase: FaultCase) => FaultCaseResult | undefined
  readonly keep: (result: FaultCaseResult) => void
}

type Line = { readonly build: string; readonly result: FaultCaseResult }

/** Of this very build alone, and of cases that are declared as they were. */
export const openKeptResults = (path: string | undefined, dist: string): KeptResults => {
  if (path === undefined) return { find: () => undefined, keep: () => undefined }
  const build = hashFiles(dist)
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
  const kept = new Map(
    lines
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => line.build === build)
      .map(({ result }) => [JSON.stringify(result.faultCase), result]),
  )
  return {
    find: (faultCase) => kept.get(JSON.stringify(faultCase)),
    keep: (result) => {
      if (result.problems.length > 0) return
      const line: Line = { build, result }
      appendFileSync(path, `${JSON.stringify(line)}\n`)
    },
  }
}

const hashFiles = (folder: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).toSorted()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}
