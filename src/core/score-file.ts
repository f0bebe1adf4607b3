import { type Fields, isObject } from './text/json.ts'

/** Both count from 1. */
export type Position = { readonly line: number; readonly column: number }

export type Path = readonly (string | number)[]

/** One document of YAML as plain data. `positionOf` points at a value's key, or at the nearest around it that the file has. */
type ParsedYaml = {
  readonly kind: 'parsed'
  readonly data: unknown
  readonly positionOf: (path: Path) => Position
}

/** `message` says what is wrong there, without a word of the file. */
type InvalidYaml = Position & { readonly kind: 'invalid'; readonly message: string }

/** YAML 1.2, one document of at most 100 aliases and 64 levels, no tags of its own, no key twice. */
export type ParseYaml = (text: string) => ParsedYaml | InvalidYaml

/** Why a file of the workspace is not read: `git` is for what is in or named `.git*`. */
export type FileRefusal = 'missing' | 'not a file' | 'outside' | 'git' | 'too large' | 'unreadable'

/** `path` is relative to the workspace, by `/`, with no link left in it; `size` in bytes. */
export type FileAnswer =
  | { readonly kind: 'read'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: FileRefusal; readonly size?: number }

/** The checkout: the folder that `GITHUB_WORKSPACE` names. */
export interface Workspace {
  /** A regular file within the workspace, by a path relative to it. Never rejects, never waits for a pipe. */
  readFile(path: string, limits: { readonly maxBytes: number }): Promise<FileAnswer>
}

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
