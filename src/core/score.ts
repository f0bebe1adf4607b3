import type { Path } from './api.ts'
import { problemAt, type ScoreDocument, type ScoreProblem } from './score-file.ts'
import { type Fields, fieldsOf, isObject, ownField, textOf } from './text/json.ts'

/** `overrides` and `extensions` go with a single Score file. */
export type ScoreFiles = {
  readonly scores: readonly ScoreDocument[]
  readonly overrides?: ScoreDocument
  readonly extensions?: ScoreDocument
}

/** What is wrong in all of them, as far as this action has to know: the rest of the format is Humanitec's to judge. */
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

/** What should be there is missing, is of another kind, or has a name that was mistyped. */
const reportMissing = (document: ScoreDocument, path: Path, takes: string): ScoreProblem => {
  const around = path.slice(0, -1)
  if (valueAt(document.data, path) != null) return wrongType(document, path, takes)
  const [typo] = findTypo(document, around, String(path.at(-1)))
  return typo ?? problemAt(document, around, { kind: 'missing', path, takes })
}

const wrongType = (document: ScoreDocument, path: Path, takes: string): ScoreProblem =>
  problemAt(document, path, { kind: 'wrong type', path, takes })

const findTypo = (document: ScoreDocument, around: Path, wanted: string): readonly ScoreProblem[] => {
  const fields = valueAt(document.data, around)
  if (!isObject(fields) || Object.hasOwn(fields, wanted)) return []
  const typo = Object.keys(fields).find((key) => isTypo(key, wanted))
  if (typo === undefined) return []
  const path = [...around, typo]
  return [problemAt(document, path, { kind: 'unknown key', path, suggestion: wanted })]
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce((value, key) => (Array.isArray(value) ? value[Number(key)] : ownField(value, String(key))), data)

const checkContainers = (document: ScoreDocument, isRequired: boolean): readonly ScoreProblem[] => {
  const { containers } = document.data
  if (containers == null && !isRequired) return []
  if (!isObject(containers) || (isRequired && Object.keys(containers).length === 0))
    return [reportMissing(document, ['containers'], 'a mapping of containers')]
  return Object.entries(containers).flatMap(([key, container]) =>
    // Overrides may take one away.
    container === null && !isRequired ? [] : checkContainer(document, ['containers', key], container),
  )
}

const checkContainer = (document: ScoreDocument, path: Path, container: unknown): readonly ScoreProblem[] => {
  if (!isObject(container)) return [wrongType(document, path, 'a mapping')]
  const typos = ['image', 'files', 'volumes'].flatMap((wanted) => findTypo(document, path, wanted))
  const image = [...path, 'image']
  const hasImage = typeof (container['image'] ?? '') === 'string'
  return [
    ...typos,
    ...(hasImage ? [] : [wrongType(document, image, 'text')]),
    ...checkTargets(document, [...path, 'files'], container['files'], checkFile),
    ...checkTargets(document, [...path, 'volumes'], container['volumes'], () => []),
  ]
}

/** An entry of `files` or `volumes`: a list, each entry with its `target`, or a mapping by target. */
export type Target = { readonly key: string | number; readonly target: unknown; readonly entry: unknown }

export const listTargets = (value: unknown): readonly Target[] =>
  Array.isArray(value)
    ? value.map((entry, key) => ({ key, target: ownField(entry, 'target'), entry }))
    : Object.entries(fieldsOf(value)).map(([key, entry]) => ({ key, target: key, entry }))

type CheckEntry = (document: ScoreDocument, path: Path, entry: Fields) => readonly ScoreProblem[]

const checkTargets = (
  document: ScoreDocument,
  path: Path,
  value: unknown,
  check: CheckEntry,
): readonly ScoreProblem[] => {
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

/** Only `source` is ours to follow; what it would take the place of must not be there. */
const checkFile: CheckEntry = (document, path, entry) => {
  const source = [...path, 'source']
  const hasContent = entry['content'] != null || entry['binaryContent'] != null
  if (entry['source'] == null) return hasContent ? [] : findTypo(document, path, 'source')
  if (typeof entry['source'] !== 'string' || entry['source'] === '') return [wrongType(document, source, 'a path')]
  return hasContent ? [problemAt(document, source, { kind: 'several contents', path: source })] : []
}

/** At most two letters more, fewer or other, one of a short word; in whatever case. */
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
