import type { FileRefusal, Path } from '../../ports.ts'
import type { FilePlace, ScoreProblem } from '../score-file.ts'
import { formatCount } from '../text/words.ts'

const mostProblems = 50

/** As a compiler tells them, one line each, by file and place. The text in them is not neutral yet: keys are the files' own. */
export const formatScoreProblems = (problems: readonly ScoreProblem[]): readonly string[] => {
  const lines = problems.slice(0, mostProblems).map(formatScoreProblem)
  const left = problems.length - lines.length
  return left > 0 ? [...lines, `${formatCount(left, 'more problem')}`] : lines
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
      return 'holds no mapping, and should be one of keys and values'
    case 'invalid YAML':
      return problem.message
    case 'missing':
      return `${formatPath(problem.path)} is missing; it takes ${problem.takes}`
    case 'wrong type':
      return `${formatPath(problem.path)} takes ${problem.takes}`
    case 'unknown key':
      return `${formatPath(problem.path)} is not known; did you mean ${problem.suggestion}?`
    case 'target twice':
      return `${formatPath(problem.path)} is the same as of an entry above`
    case 'several contents':
      return `${formatPath(problem.path)} stands beside content or binaryContent, and a file takes one of them`
    case 'no image':
      return `${formatPath(problem.path)} is missing or “.”; give it here, or by the input images`
    case 'source refused':
      return `${formatPath(problem.path)}: the file ${refusals[problem.reason]}`
    case 'sources too large':
      return `${formatPath(problem.path)}: with this file, all files together are larger than 1 MiB`
    case 'same name':
      return `${formatPath(problem.path)} is the same as in ${formatPlace(problem.other)}`
    case 'same workload':
      return `converts to the workload ${cutKey(problem.id)}, as ${formatPlace(problem.other)} does`
    case 'same resource':
      return `shares the resource ${cutKey(problem.id)} with ${formatPlace(problem.other)}, but describes another one`
  }
}

const refusals: Readonly<Record<FileRefusal, string>> = {
  missing: 'does not exist in the workspace',
  'not a file': 'is not a regular file',
  outside: 'is outside the workspace, or a link out of it',
  git: 'lies in a folder, or has a name, that begins with .git, and such files are never read',
  'too large': 'is larger than 256 KiB',
  unreadable: 'can’t be read',
}

/** `containers.web.files["/etc/app.conf"].source`, `containers.web.files[0]`. */
const formatPath = (path: Path): string =>
  path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`
      return /^[\w-]+$/.test(key) ? `.${cutKey(key)}` : `[${JSON.stringify(cutKey(key))}]`
    })
    .join('')
    .replace(/^\./, '')

const cutKey = (key: string): string => (key.length > 100 ? `${key.slice(0, 99)}…` : key)
