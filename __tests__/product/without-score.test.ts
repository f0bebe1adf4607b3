import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { cutScoreOut } from '../../scripts/without-score.ts'

it('what the input score adds to the start of every step can be taken out, to be measured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'without-score-'))
  try {
    cpSync('src', folder, { recursive: true })
    cutScoreOut(folder)
    for (const file of ['core/inputs/inputs.ts', 'core/report/log.ts', 'run.ts', 'operations/deploy.ts'])
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(
        /parseScore|addScore|describeScore|Score file'|context\.score/,
      )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
