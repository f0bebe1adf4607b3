import type { FileAnswer, Path } from './api.ts'
import { listTargets, type ScoreFiles } from './score.ts'
import { decodeText, problemAt, type ScoreDocument, type ScoreProblem } from './score-file.ts'
import { type Fields, fieldsOf, isObject, ownField, textOf } from './text/json.ts'

/** Of each file that a `source` names; and of all together, each counted as often as it is named. */
const maxSourceBytes = 256 * 1024
const maxSourcesBytes = 1024 * 1024

/** How large the next file may be, after so many bytes of others. */
export const limitSource = (bytesRead: number): { readonly maxBytes: number } => ({
  maxBytes: Math.max(0, Math.min(maxSourceBytes, maxSourcesBytes - bytesRead)),
})

/** A `source` under `files`: `read` is the file that it names, relative to the workspace, `path` is where it stands. */
export type Source = { readonly document: ScoreDocument; readonly path: Path; readonly read: string }

/** What the workspace said, by `read`. */
export type SourceAnswers = ReadonlyMap<string, FileAnswer>

/** All files that are to be read. Those that the overrides name lie relative to the Score file, too. */
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

/** An absolute one stays so, for the workspace to judge. */
const resolveSource = (scoreFile: string, source: string): string =>
  /^(?:[/\\]|[A-Za-z]:)/.test(source) ? source : `${/^.*[/\\]/.exec(scoreFile)?.[0] ?? ''}${source}`

/** What keeps the files from being sent. One that isn't among the answers was not read for want of room. */
export const checkSources = (sources: readonly Source[], answers: SourceAnswers): readonly ScoreProblem[] => {
  const refused = sources.flatMap(({ document, path, read }) => {
    const answer = answers.get(read)
    return answer?.kind === 'refused' && !isForWantOfRoom(answer)
      ? [problemAt(document, path, { kind: 'source refused', path, reason: answer.reason })]
      : []
  })
  const beyond = findSourceBeyond(sources, answers)
  if (!beyond) return refused
  const { document, path } = beyond
  return [...refused, problemAt(document, path, { kind: 'sources too large', path })]
}

/** The first one for which there is no room left. */
const findSourceBeyond = (sources: readonly Source[], answers: SourceAnswers): Source | undefined => {
  let bytes = 0
  return sources.find(({ read }) => {
    const answer = answers.get(read)
    bytes += answer?.kind === 'read' ? answer.bytes.length : 0
    return bytes > maxSourcesBytes || !answer || isForWantOfRoom(answer)
  })
}

const isForWantOfRoom = (answer: FileAnswer): boolean =>
  answer.kind === 'refused' && answer.reason === 'too large' && (answer.size ?? Infinity) <= maxSourceBytes

/**
 * A Score file, or its overrides, as Humanitec takes them: `files` and `volumes` by target, a file's contents in the place of
 * its `source`. The conversion sees no workspace.
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
