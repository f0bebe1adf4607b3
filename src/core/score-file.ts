import type { FileAnswer, FileRefusal, ParseYaml, Path, Position } from './api.ts'
import { type Fields, isObject } from './text/json.ts'

/** The Score file, its overrides, its extensions: the most bytes of each. */
export const maxScoreFileBytes = 256 * 1024

/** `file` is the path as it was given. Without a position, the file as a whole is meant. */
export type FilePlace = { readonly file: string } & Partial<Position>

/** What is wrong, and which key it is about; never a value, which may be a secret. */
type ScoreProblemReason =
  | { readonly kind: 'file refused'; readonly reason: FileRefusal }
  | { readonly kind: 'not UTF-8' | 'no mapping' }
  | { readonly kind: 'invalid YAML'; readonly message: string }
  | { readonly kind: 'missing' | 'wrong type'; readonly path: Path; readonly takes: string }
  | { readonly kind: 'unknown key'; readonly path: Path; readonly suggestion: string }
  | { readonly kind: 'target twice' | 'several contents' | 'no image' | 'sources too large'; readonly path: Path }
  | { readonly kind: 'source refused'; readonly path: Path; readonly reason: FileRefusal }
  | { readonly kind: 'same name'; readonly path: Path; readonly other: FilePlace }
  | { readonly kind: 'same workload' | 'same resource'; readonly id: string; readonly other: FilePlace }

/** What is wrong with a Score file, its overrides or extensions: a person's to set right. */
export type ScoreProblem = FilePlace & ScoreProblemReason

/** A file that is YAML and a mapping. `file` is its path as it was given. */
export type ScoreDocument = {
  readonly file: string
  readonly data: Fields
  readonly positionOf: (path: Path) => Position
}

export const problemAt = (
  { file, positionOf }: ScoreDocument,
  path: Path,
  reason: ScoreProblemReason,
): ScoreProblem => ({
  file,
  ...positionOf(path),
  ...reason,
})

export type OpenedScoreFile =
  | { readonly kind: 'document'; readonly document: ScoreDocument }
  | { readonly kind: 'problem'; readonly problem: ScoreProblem }

/** What was read from the workspace, as a document. */
export const openScoreFile = (file: string, answer: FileAnswer, parseYaml: ParseYaml): OpenedScoreFile => {
  const refuse = (problem: ScoreProblemReason & Partial<Position>): OpenedScoreFile => ({
    kind: 'problem',
    problem: { file, ...problem },
  })
  if (answer.kind === 'refused') return refuse({ kind: 'file refused', reason: answer.reason })
  const text = decodeText(answer.bytes)
  if (text === undefined) return refuse({ kind: 'not UTF-8' })
  const parsed = parseYaml(text.replace(/^\uFEFF/, ''))
  if (parsed.kind === 'invalid') return refuse({ ...parsed, kind: 'invalid YAML' })
  const { data, positionOf } = parsed
  return isObject(data) ? { kind: 'document', document: { file, data, positionOf } } : refuse({ kind: 'no mapping' })
}

/** A byte order mark stays. @returns `undefined` for bytes that are not UTF-8 */
export const decodeText = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
