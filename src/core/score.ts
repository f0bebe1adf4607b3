import type { FileAnswer, FileRefusal, ParseYaml, TextPosition, YamlPath } from './api.ts'
import { type Fields, fieldsOf, isObject, ownField, textOf } from './text/json.ts'

/** Of each Score file, its overrides, its extensions. */
export const maxScoreFileBytes = 256 * 1024

/** `file`: the path as given. Without a position it means the whole file. */
export type FilePlace = { readonly file: string } & Partial<TextPosition>

/** Names keys, but never values, which may be secret. */
type ScoreProblemReason =
  | { readonly kind: 'file refused'; readonly reason: FileRefusal }
  | { readonly kind: 'not UTF-8' | 'no mapping' }
  | { readonly kind: 'invalid YAML'; readonly message: string }
  | { readonly kind: 'missing' | 'wrong type'; readonly path: YamlPath; readonly takes: string }
  | { readonly kind: 'unknown key'; readonly path: YamlPath; readonly suggestion: string }
  | { readonly kind: 'target twice' | 'several contents' | 'no image' | 'sources too large'; readonly path: YamlPath }
  | { readonly kind: 'source refused'; readonly path: YamlPath; readonly reason: FileRefusal }
  | { readonly kind: 'same name'; readonly path: YamlPath; readonly other: FilePlace }
  | { readonly kind: 'same workload' | 'same resource'; readonly id: string; readonly other: FilePlace }

/** A mistake in a Score file, its overrides or extensions. */
export type ScoreProblem = FilePlace & ScoreProblemReason

/** A YAML file that holds a mapping. `file`: its path as given. */
export type ScoreDocument = {
  readonly file: string
  readonly data: Fields
  readonly positionOf: (path: YamlPath) => TextPosition
}

export const problemAt = (
  { file, positionOf }: ScoreDocument,
  path: YamlPath,
  reason: ScoreProblemReason,
): ScoreProblem => ({
  file,
  ...positionOf(path),
  ...reason,
})

type OpenedScoreFile =
  | { readonly kind: 'document'; readonly document: ScoreDocument }
  | { readonly kind: 'problem'; readonly problem: ScoreProblem }

export const openScoreFile = (file: string, answer: FileAnswer, parseYaml: ParseYaml): OpenedScoreFile => {
  const refuse = (problem: ScoreProblemReason & Partial<TextPosition>): OpenedScoreFile => ({
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
const decodeText = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** `overrides` and `extensions` only with a single Score file. */
export type ScoreFiles = {
  readonly scores: readonly ScoreDocument[]
  readonly overrides?: ScoreDocument
  readonly extensions?: ScoreDocument
}

/** Checks only what this action relies on: Humanitec checks the rest of the format. */
export const checkScore = ({ scores, overrides }: ScoreFiles): readonly ScoreProblem[] => [
  ...scores.flatMap((score) => [...checkName(score), ...checkContainers(score, true)]),
  ...(overrides ? checkContainers(overrides, false) : []),
  ...findSameNames(scores),
]

export const nameOf = ({ data }: ScoreDocument): string => textOf(ownField(data['metadata'], 'name'))

const checkName = (score: ScoreDocument): readonly ScoreProblem[] => {
  const { metadata } = score.data
  if (!isObject(metadata)) return [reportMissing(score, ['metadata'], 'a mapping with a name')]
  return nameOf(score) ? [] : [reportMissing(score, ['metadata', 'name'], 'text')]
}

const findSameNames = (scores: readonly ScoreDocument[]): readonly ScoreProblem[] =>
  scores.flatMap((score, index) => {
    const path = ['metadata', 'name']
    const other = scores.slice(0, index).find((earlier) => nameOf(earlier) !== '' && nameOf(earlier) === nameOf(score))
    const place = other && { file: other.file, ...other.positionOf(path) }
    return place ? [problemAt(score, path, { kind: 'same name', path, other: place })] : []
  })

/** A required value: missing, mistyped in its key, or of the wrong type. */
const reportMissing = (document: ScoreDocument, path: YamlPath, takes: string): ScoreProblem => {
  const around = path.slice(0, -1)
  if (valueAt(document.data, path) != null) return wrongType(document, path, takes)
  const [typo] = findTypo(document, around, String(path.at(-1)))
  return typo ?? problemAt(document, around, { kind: 'missing', path, takes })
}

const wrongType = (document: ScoreDocument, path: YamlPath, takes: string): ScoreProblem =>
  problemAt(document, path, { kind: 'wrong type', path, takes })

const findTypo = (document: ScoreDocument, around: YamlPath, wanted: string): readonly ScoreProblem[] => {
  const fields = valueAt(document.data, around)
  if (!isObject(fields) || Object.hasOwn(fields, wanted)) return []
  const typo = Object.keys(fields).find((key) => isTypo(key, wanted))
  if (typo === undefined) return []
  const path = [...around, typo]
  return [problemAt(document, path, { kind: 'unknown key', path, suggestion: wanted })]
}

const valueAt = (data: unknown, path: YamlPath): unknown =>
  path.reduce((value, key) => (Array.isArray(value) ? value[Number(key)] : ownField(value, String(key))), data)

const checkContainers = (document: ScoreDocument, isRequired: boolean): readonly ScoreProblem[] => {
  const { containers } = document.data
  if (containers == null && !isRequired) return []
  if (!isObject(containers) || (isRequired && Object.keys(containers).length === 0))
    return [reportMissing(document, ['containers'], 'a mapping of containers')]
  return Object.entries(containers).flatMap(([key, container]) =>
    // `null` in overrides removes a container.
    container === null && !isRequired ? [] : checkContainer(document, ['containers', key], container),
  )
}

const checkContainer = (document: ScoreDocument, path: YamlPath, container: unknown): readonly ScoreProblem[] => {
  if (!isObject(container)) return [wrongType(document, path, 'a mapping')]
  const typos = ['image', 'files', 'volumes'].flatMap((wanted) => findTypo(document, path, wanted))
  const image = [...path, 'image']
  const hasImage = typeof (container['image'] ?? '') === 'string'
  return [
    ...typos,
    ...(hasImage ? [] : [wrongType(document, image, 'text')]),
    ...checkTargets({ document, path: [...path, 'files'] }, container['files'], checkFile),
    ...checkTargets({ document, path: [...path, 'volumes'] }, container['volumes'], () => []),
  ]
}

/** An entry of `files` or `volumes`: a list, each entry with its `target`, or a mapping by target. */
type Target = { readonly key: string | number; readonly target: unknown; readonly entry: unknown }

const listTargets = (value: unknown): readonly Target[] =>
  Array.isArray(value)
    ? value.map((entry, key) => ({ key, target: ownField(entry, 'target'), entry }))
    : Object.entries(fieldsOf(value)).map(([key, entry]) => ({ key, target: key, entry }))

type CheckEntry = (document: ScoreDocument, path: YamlPath, entry: Fields) => readonly ScoreProblem[]

type ScorePlace = { readonly document: ScoreDocument; readonly path: YamlPath }

const checkTargets = ({ document, path }: ScorePlace, value: unknown, check: CheckEntry): readonly ScoreProblem[] => {
  if (value == null) return []
  if (typeof value !== 'object') return [wrongType(document, path, 'a list or a mapping')]
  const seen = new Set<unknown>()
  return listTargets(value).flatMap(({ key, target, entry }) => {
    const at = [...path, key]
    if (entry === null && !Array.isArray(value)) return []
    if (!isObject(entry)) return [wrongType(document, at, 'a mapping')]
    if (typeof target !== 'string' || target === '') return [reportMissing(document, [...at, 'target'], 'text')]
    const isRepeated = seen.has(target)
    seen.add(target)
    return [
      ...(isRepeated
        ? [problemAt(document, [...at, 'target'], { kind: 'target twice', path: [...at, 'target'] })]
        : []),
      ...check(document, at, entry),
    ]
  })
}

/** The action replaces `source` by `content` or `binaryContent`, so neither may be there beside it. */
const checkFile: CheckEntry = (document, path, entry) => {
  const source = [...path, 'source']
  const hasContent = entry['content'] != null || entry['binaryContent'] != null
  if (entry['source'] == null) return hasContent ? [] : findTypo(document, path, 'source')
  if (typeof entry['source'] !== 'string' || entry['source'] === '') return [wrongType(document, source, 'a path')]
  return hasContent ? [problemAt(document, source, { kind: 'several contents', path: source })] : []
}

/** At most two letters added, missing or changed, one in a short word; ignores case. */
const isTypo = (word: string, wanted: string): boolean => {
  const most = wanted.length < 5 ? 1 : 2
  return Math.abs(word.length - wanted.length) <= most && countEdits(word.toLowerCase(), wanted) <= most
}

/** Levenshtein's distance. */
const countEdits = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [column, otherLetter] of [...other].entries()) {
      const swap = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(swap, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Of each file that a `source` names; and of all together, each counted as often as it is named. */
const maxSourceBytes = 256 * 1024
const maxSourcesBytes = 1024 * 1024

/** The most bytes of the next file, after `bytesRead` of others. */
export const limitSource = (bytesRead: number): { readonly maxBytes: number } => ({
  maxBytes: Math.max(0, Math.min(maxSourceBytes, maxSourcesBytes - bytesRead)),
})

/** A `source` under `files`. `read`: the file that it names, relative to the workspace. `path`: where it is in the document. */
export type Source = { readonly document: ScoreDocument; readonly path: YamlPath; readonly read: string }

/** By `read`. */
export type SourceAnswers = ReadonlyMap<string, FileAnswer>

/** Those in the overrides are relative to the Score file, too. */
export const listSources = ({ scores, overrides }: ScoreFiles): readonly Source[] => [
  ...scores.flatMap((score) => listSourcesOf(score, score.file)),
  ...(overrides ? listSourcesOf(overrides, scores[0]?.file ?? '') : []),
]

const listSourcesOf = (document: ScoreDocument, scoreFile: string): readonly Source[] =>
  Object.entries(fieldsOf(document.data['containers'])).flatMap(([name, container]) =>
    listTargets(ownField(container, 'files')).flatMap(({ key, entry }) => {
      const source = textOf(ownField(entry, 'source'))
      const path = ['containers', name, 'files', key, 'source']
      return source ? [{ document, path, read: resolveSource(scoreFile, source) }] : []
    }),
  )

/** An absolute path stays so: the workspace accepts or refuses it. */
const resolveSource = (scoreFile: string, source: string): string =>
  /^(?:[/\\]|[A-Za-z]:)/.test(source) ? source : `${/^.*[/\\]/.exec(scoreFile)?.[0] ?? ''}${source}`

/** A source without an answer was not read because the sources before it were too large together. */
export const checkSources = (sources: readonly Source[], answers: SourceAnswers): readonly ScoreProblem[] => {
  const refused = sources.flatMap(({ document, path, read }) => {
    const answer = answers.get(read)
    return answer?.kind === 'refused' && !exceedsTotalOnly(answer)
      ? [problemAt(document, path, { kind: 'source refused', path, reason: answer.reason })]
      : []
  })
  const beyond = findSourceBeyond(sources, answers)
  if (!beyond) return refused
  const { document, path } = beyond
  return [...refused, problemAt(document, path, { kind: 'sources too large', path })]
}

/** The first one beyond the limit for all sources. */
const findSourceBeyond = (sources: readonly Source[], answers: SourceAnswers): Source | undefined => {
  let bytes = 0
  return sources.find(({ read }) => {
    const answer = answers.get(read)
    bytes += answer?.kind === 'read' ? answer.bytes.length : 0
    return bytes > maxSourcesBytes || !answer || exceedsTotalOnly(answer)
  })
}

const exceedsTotalOnly = (answer: FileAnswer): boolean =>
  answer.kind === 'refused' && answer.reason === 'too large' && (answer.size ?? Infinity) <= maxSourceBytes

/**
 * A Score file, or its overrides, as Humanitec's conversion takes them, which doesn't see the workspace: `files` and `volumes`
 * by target, a file's contents instead of its `source`.
 */
export const inlineSources = (document: ScoreDocument, scoreFile: string, answers: SourceAnswers): Fields =>
  changeContainers(document.data, (container) => ({
    ...container,
    ...mapTargets(container, 'files', (entry) => inlineSource(entry, scoreFile, answers)),
    ...mapTargets(container, 'volumes', (entry) => entry),
  }))

export const changeContainers = (data: Fields, change: (container: Fields, name: string) => Fields): Fields => {
  const { containers } = data
  if (!isObject(containers)) return data
  const changed = Object.entries(containers).map(([name, it]) => [name, isObject(it) ? change(it, name) : it])
  return { ...data, containers: Object.fromEntries(changed) }
}

const mapTargets = (container: Fields, name: 'files' | 'volumes', change: (entry: Fields) => Fields): Fields => {
  if (container[name] == null) return {}
  const byTarget = listTargets(container[name]).map(({ key, target, entry }) => {
    const { target: _, ...rest } = fieldsOf(entry)
    return [target, isObject(entry) ? change(typeof key === 'number' ? rest : entry) : entry]
  })
  return { [name]: Object.fromEntries(byTarget) }
}

const inlineSource = (entry: Fields, scoreFile: string, answers: SourceAnswers): Fields => {
  const { source, ...rest } = entry
  const answer = answers.get(resolveSource(scoreFile, textOf(source)))
  if (answer?.kind !== 'read') return entry
  const text = decodeText(answer.bytes)
  return text === undefined
    ? { ...rest, binaryContent: Buffer.from(answer.bytes).toString('base64') }
    : { ...rest, content: text }
}
