import type { FileRefusal, YamlPath } from '../api.ts'
import type { Problem } from '../run/outcome.ts'
import type { ScoreReason, ScoreRefusal } from '../run/reason.ts'
import type { FilePlace, ScoreProblem } from '../score.ts'
import { formatCount, joinParts } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'
import { describeFailure } from './request-problems.ts'

/** The texts are not escaped yet. */
export const describeScoreReason = (reason: ScoreReason, writer: Writer): Problem => {
  switch (reason.kind) {
    case 'mistakes':
      return describeMistakes(
        reason.problems.map((problem) => withoutSecrets(problem, writer)),
        reason.isConverted,
      )
    case 'refused':
      return describeRefusals(reason.refusals)
    case 'other_kind_of_set':
      return {
        cause: 'converted Score files don’t fit its workloads (Generic Mode)',
        what: `The workloads of ${reason.env} are stored as Score files (Generic Mode), and a converted Score file can’t be added to them. Nothing was deployed.`,
        remedy: 'Deploy to it with a Delta that changes its workloads (delta_id), or new images with the input images.',
      }
  }
}

/** Before keys are cut: a secret is only found whole. */
const withoutSecrets = (problem: ScoreProblem, writer: Writer): ScoreProblem => ({
  ...problem,
  ...('path' in problem && { path: problem.path.map((key) => (typeof key === 'string' ? writer.text(key) : key)) }),
  ...('id' in problem && { id: writer.text(problem.id) }),
})

const describeMistakes = (problems: readonly ScoreProblem[], isConverted = false): Problem => {
  const files = [...new Set(problems.map(({ file }) => file))]
  const count = `${formatCount(problems.length, 'mistake')} in ${files.length === 1 ? files[0] : formatCount(files.length, 'file')}`
  const isMissing = problems.some((problem) => problem.kind === 'file refused' && problem.reason === 'missing')
  return {
    cause: count,
    what: `${count}${isConverted ? ', found after the conversion by Humanitec. Nothing was deployed.' : '. Nothing was sent to Humanitec.'}`,
    lines: formatScoreProblems(problems),
    remedy: isMissing
      ? 'Add a step with actions/checkout before this one, or correct the path: it is relative to the workspace.'
      : 'Correct what is listed, and run the workflow again.',
  }
}

const describeRefusals = (refusals: readonly ScoreRefusal[]): Problem => {
  const [first, ...others] = refusals
  if (!first) return { what: 'Humanitec refused a Score file.' }
  const { file, error } = first
  const { cause = '', what, remedy = '', ...rest } = describeFailure(error)
  const isOwn = error.status === 400 || error.status === 422
  return {
    ...rest,
    cause: isOwn
      ? `Humanitec refused ${others.length === 0 ? file : formatCount(refusals.length, 'Score file')}`
      : cause,
    what: others.length === 0 ? `${file}: ${what} Nothing was deployed.` : 'Nothing was deployed.',
    ...(others.length > 0 && {
      lines: limitLines(refusals.map((it) => `${it.file}: ${describeFailure(it.error).what}`)),
    }),
    remedy: isOwn
      ? 'Correct the file: its format is score.dev/v1b1, and Humanitec says what it doesn’t accept.'
      : error.status === 403
        ? joinParts(
            ' ',
            'Check the token: it may be wrong, expired, or its role too low. It isn’t documented which role may convert Score files:',
            'try Member in the organization, and Developer in the application.',
          )
        : remedy,
  }
}

const maxLines = 25

/** As a compiler prints them, one line each, by file and place; not escaped yet: keys come from the files. */
export const formatScoreProblems = (problems: readonly ScoreProblem[]): readonly string[] =>
  limitLines(problems.map(formatScoreProblem))

const limitLines = (lines: readonly string[]): readonly string[] => {
  const shown = lines.slice(0, maxLines)
  const left = lines.length - shown.length
  return left > 0 ? [...shown, `and ${formatCount(left, 'more problem')}`] : shown
}

export const formatScoreProblem = (problem: ScoreProblem): string => `${formatPlace(problem)}: ${describe(problem)}`

/** `score.yaml:14:7`. */
const formatPlace = ({ file, line, column }: FilePlace): string => (line ? `${file}:${line}:${column ?? 1}` : file)

const describe = (problem: ScoreProblem): string => {
  switch (problem.kind) {
    case 'file refused':
      return problem.reason === 'missing'
        ? 'does not exist in the workspace; is there a step with actions/checkout before this one?'
        : refusals[problem.reason]
    case 'not UTF-8':
      return 'is not UTF-8 text'
    case 'no mapping':
      return 'is not a mapping of keys and values'
    case 'invalid YAML':
      return problem.message
    case 'missing':
      return `${formatPath(problem.path)} is missing; it takes ${problem.takes}`
    case 'wrong type':
      return `${formatPath(problem.path)} takes ${problem.takes}`
    case 'unknown key':
      return `${formatPath(problem.path)} is not known; did you mean ${problem.suggestion}?`
    case 'target twice':
      return `${formatPath(problem.path)} is the same as in an entry above`
    case 'several contents':
      return `${formatPath(problem.path)} can’t be combined with content or binaryContent`
    case 'no image':
      return `${formatPath(problem.path)} is missing or “.”; give it here, or with the input images`
    case 'source refused':
      return `${formatPath(problem.path)}: the file ${refusals[problem.reason]}`
    case 'sources too large':
      return `${formatPath(problem.path)}: with this file, all files together are larger than 1 MiB`
    case 'same name':
      return `${formatPath(problem.path)} is the same as in ${formatPlace(problem.other)}`
    case 'same workload':
      return `converts to the workload ${cutKey(problem.id)}, and so does ${formatPlace(problem.other)}`
    case 'same resource':
      return `shares the resource ${cutKey(problem.id)} with ${formatPlace(problem.other)}, but describes it differently`
  }
}

const refusals: Readonly<Record<FileRefusal, string>> = {
  missing: 'does not exist in the workspace',
  'not a file': 'is not a regular file',
  outside: 'is outside the workspace, or a link out of it',
  git: 'has a name that begins with .git, or is in a folder with such a name; such files are never read',
  'too large': 'is larger than 256 KiB',
  unreadable: 'can’t be read',
}

/** `containers.web.files["/etc/app.conf"].source`, `containers.web.files[0]`. */
const formatPath = (path: YamlPath): string =>
  path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`
      return /^[\w-]+$/.test(key) ? `.${cutKey(key)}` : `[${JSON.stringify(cutKey(key))}]`
    })
    .join('')
    .replace(/^\./, '')

const cutKey = (key: string): string => (key.length > 100 ? `${key.slice(0, 99)}…` : key)
