import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../../../src/adapters/yaml.ts'
import type { FileAnswer } from '../../../src/core/api.ts'
import { formatScoreProblem } from '../../../src/core/report/score-problems.ts'
import { openScoreFile, type ScoreDocument, type ScoreFiles, type ScoreProblem } from '../../../src/core/score.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A file of the workspace, as it is read. */
export const answerWith = (content: string | Uint8Array): FileAnswer => ({
  kind: 'read',
  path: 'any',
  bytes: typeof content === 'string' ? encode(content) : content,
})

export const openText = (text: string, file = 'score.yaml'): ScoreDocument => {
  const opened = openScoreFile(file, answerWith(text), parseYaml)
  if (opened.kind === 'problem') throw new Error(formatScoreProblem(opened.problem))
  return opened.document
}

export const openFile = (name: string): ScoreDocument =>
  openText(readFileSync(join(import.meta.dirname, 'files', name), 'utf8'), `deploy/${name}`)

export const fileNames = ['shop', 'by-target', 'anchors', 'job', 'scripts', 'small'].map((name) => `${name}.yaml`)

/** Lines of `containers.web`, or of another container. */
export const scoreWith = (lines: readonly string[], name = 'shop'): string =>
  [`metadata: {name: ${name}}`, 'containers:', '  web:', ...lines.map((line) => `    ${line}`)].join('\n')

export const filesOf = (score: string, overrides?: string, extensions?: string): ScoreFiles => ({
  scores: [openText(score)],
  ...(overrides !== undefined && { overrides: openText(overrides, 'overrides.yaml') }),
  ...(extensions !== undefined && { extensions: openText(extensions, 'extensions.yaml') }),
})

export const wordsOf = (problems: readonly ScoreProblem[]): readonly string[] => problems.map(formatScoreProblem)
