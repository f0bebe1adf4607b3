import type { Workload } from '../delta.ts'
import type { Problem } from '../run/outcome.ts'
import type { ImageProblem } from '../run/reason.ts'
import { formatCount, joinWords } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'

const mostNames = 20

const mostProblems = 20

const longestName = 100

/** For the end of a headline. */
const longestCause = 150

type NamedProblem = Exclude<ImageProblem, { kind: 'no base' }>

/** Images that the base has no container for, or not just one. `env`: whose base it is. The text in it is not neutral yet. */
export const formatImageProblems = (problems: readonly ImageProblem[], env: string, writer: Writer): Problem => {
  const named = problems.filter((problem): problem is NamedProblem => problem.kind !== 'no base')
  if (named.length < problems.length) return formatNoBase(env)
  const sentences = named.slice(0, mostProblems).map((problem) => formatImageProblem(problem, writer))
  const more = named.length - sentences.length
  const what = [...sentences, ...(more > 0 ? [`There are ${formatCount(more, 'more problem')}.`] : [])].join(' ')
  const isShort = named.length === 1 && what.length <= longestCause
  return {
    cause: isShort ? toCause(what) : `${formatCount(named.length, 'image')} can’t be placed`,
    what,
    ...(isShort && { causeTellsAll: true as const }),
    remedy: 'Correct the input images: workload=image, or workload/container=image.',
  }
}

const toCause = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')

const formatNoBase = (env: string): Problem => ({
  cause: 'nothing was ever deployed there',
  what: `Nothing was ever deployed to ${env}, so there is no container to give an image to: a first deployment needs whole workloads.`,
  remedy:
    'Deploy a Score file with the input score, a Delta with delta_id, or another environment’s state with from_env.',
})

/** Cut only when the secrets are out. */
type Quote = (name: string) => string

const formatImageProblem = (problem: NamedProblem, writer: Writer): string => {
  const quote: Quote = (name) => writer.line(name, longestName)
  switch (problem.kind) {
    case 'unknown workload':
      return `Workload ${quote(problem.workload)} doesn’t exist; ${listThose(problem.known, quote)}.`
    case 'no containers':
      return `Workload ${quote(problem.workload)} has no containers that are known, so it can’t take an image; ${listThose(problem.known, quote)}.`
    case 'unknown container':
      return `Workload ${quote(problem.workload)} has no container ${quote(problem.container)}; it has ${joinNames(problem.known, quote)}.`
    case 'several containers':
      return `Workload ${quote(problem.workload)} has several containers: ${joinNames(problem.known, quote)}. Name one of them.`
    case 'no only container':
      return `The image ${writer.line(problem.image, 300)} names no workload, and ${describeChoice(problem.known, quote)}.`
    case 'same container twice':
      return `Container ${quote(problem.container)} of workload ${quote(problem.workload)} is given two images.`
  }
}

const describeChoice = (known: readonly Workload[], quote: Quote): string => {
  const [only, second] = known
  if (only === undefined) return 'there is none'
  if (second !== undefined) return `there are several: ${joinWorkloads(known, quote)}`
  const keys = only.containers.map(({ key }) => key)
  const has = keys.length === 0 ? 'no containers that are known' : `several containers: ${joinNames(keys, quote)}`
  return `the only one, ${quote(only.workload)}, has ${has}`
}

const listThose = (known: readonly Workload[], quote: Quote): string => {
  if (known.length === 0) return 'there are none'
  return `there ${known.length === 1 ? 'is' : 'are'} ${joinWorkloads(known, quote)}`
}

const joinWorkloads = (known: readonly Workload[], quote: Quote): string =>
  joinNames(
    known.map(({ workload }) => workload),
    (name) => {
      const containers = known.find(({ workload }) => workload === name)?.containers ?? []
      return `${quote(name)}${containers.length === 0 ? ' (without containers)' : ''}`
    },
  )

const joinNames = (names: readonly string[], quote: Quote): string => {
  const more = names.length - mostNames
  const shown = names.slice(0, mostNames).map(quote)
  return joinWords([...shown, ...(more > 0 ? [`${more} more`] : [])], 'and')
}

/** A base that no Set is known of, and so no container. */
export const formatNoBaseSet = (id: string, writer: Writer): Problem => ({
  cause: 'the base has no Set',
  what: `Deployment ${writer.shortId(id)} has no Set, so its contents can’t be read.`,
  remedy:
    'Deploy the environment once with redeploy: true, which gives it a Set, or create the Delta yourself and set delta_id.',
})

/** `from_deploy_id` beside an input for which the base is read. */
export const formatBaseElsewhere = (id: string, env: string, writer: Writer): Problem => ({
  cause: `${writer.shortId(id)} is not a deployment of ${env}`,
  what: `The environment ${env} has no deployment ${id}.`,
  remedy:
    'With images, score or dry_run, from_deploy_id takes a deployment of env itself; for another environment’s state, use from_env.',
})
