import type { Environment } from '../api.ts'
import type { Workload } from '../delta.ts'
import type { Common, Request } from '../inputs/request.ts'
import type { Problem } from '../run/outcome.ts'
import type { EnvironmentReason, ImageProblem, OtherOwner } from '../run/reason.ts'
import { formatCount, joinWords } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'

/** What an environment lacks, or its base, for what was asked. */
export const describeEnvironmentReason = (reason: EnvironmentReason, request: Request, writer: Writer): Problem => {
  switch (reason.kind) {
    case 'no_environment':
      return describeNoEnvironment(request, reason.environment)
    case 'no_source':
      return describeNoSource(request, reason.input, reason.env)
    case 'nothing_succeeded':
      return describeNothingSucceeded(reason.env)
    case 'wrong_type':
      return describeWrongType(reason.environment, reason.envType)
    case 'others_environment':
      return describeOthersEnvironment(reason.environment, reason.claim)
    case 'production_copy':
      return describeProductionCopy(request, reason.from)
    case 'images_unfit':
      return describeImageProblems(reason.problems, reason.env, writer)
    case 'no_base_set':
      return describeNoBaseSet(reason.id, writer)
    case 'base_elsewhere':
      return describeBaseElsewhere(reason.id, request.env, writer)
  }
}

const describeNoEnvironment = ({ operation, org, app, env }: Request, environment?: Environment): Problem =>
  environment
    ? {
        cause: 'the environment is being deleted',
        what: `The environment ${env} of ${app} in ${org} is being deleted.`,
        remedy:
          'Check env. For a preview, set create_from, which waits for the deletion and then creates the environment again.',
      }
    : {
        cause: 'there is no such environment',
        what: `There is no environment ${env} in the application ${app} of ${org}, or the token isn’t allowed to see it.`,
        remedy: `Check org, app and env, and the token’s roles${operation === 'deploy' ? '; for a preview, set create_from, which creates it' : ''}.`,
      }

const describeNoSource = ({ org, app, env }: Common, input: 'create_from' | 'from_env', from: string): Problem => {
  const use = input === 'create_from' ? `create ${env} from` : `take the state of ${env} from`
  return {
    cause: `there is no environment ${from}`,
    what: `There is no environment ${from} in the application ${app} of ${org} to ${use}, or the token isn’t allowed to see it.`,
    remedy: `Check ${input}, and the token’s roles.`,
  }
}

const describeWrongType = ({ id, type }: Environment, envType: string): Problem => ({
  cause: `${id} is of type ${type || 'unknown'}, not ${envType}`,
  what: `The environment ${id} is of type ${type || 'unknown'}, not ${envType}.`,
  isCauseComplete: true,
  remedy: 'Check env and env_type.',
})

const describeOthersEnvironment = ({ id, name }: Environment, claim: OtherOwner): Problem => ({
  cause: `${id} was made for ${claim}`,
  what: `The environment ${id} is named ${name}: it was made for ${claim}.`,
  remedy:
    claim === 'another repository'
      ? 'Use different ids for each repository, such as env: shop-pr-12. If this repository had that name before, delete the environment with operation: delete and env_type, and re-run the job.'
      : 'Check env: every pull request needs one of its own, such as env: pr-12.',
})

/** A copy gets its source's type, and a production environment is never made unasked. */
const describeProductionCopy = ({ env }: Common, from: string): Problem => ({
  cause: 'the copy would be a production environment',
  what: `The environment ${from} is of type production, and its copy ${env} would be, too.`,
  remedy: 'Set the type of the copy, for example env_type: development.',
})

/** `from_env` or `create_from` names an environment without a succeeded deployment. */
const describeNothingSucceeded = (id: string): Problem => ({
  cause: `no deployment has succeeded in ${id} yet`,
  what: `The environment ${id} has no successful deployment to start from.`,
  remedy: 'Deploy to it first, or name another environment.',
})

const describeNoBaseSet = (id: string, writer: Writer): Problem => ({
  cause: 'the base has no Set',
  what: `Deployment ${writer.shortId(id)} has no Set, so its contents can’t be read.`,
  remedy:
    'Deploy the environment once with redeploy: true, which gives it a Set, or create the Delta yourself and set delta_id.',
})

const describeBaseElsewhere = (id: string, env: string, writer: Writer): Problem => ({
  cause: `${writer.shortId(id)} is not a deployment of ${env}`,
  what: `The environment ${env} has no deployment ${id}.`,
  remedy:
    'With images, score or dry_run, from_deploy_id takes a deployment of env itself; for another environment’s state, use from_env.',
})

const maxNames = 20

const maxProblems = 20

const maxNameUnits = 100

/** For the end of a headline. */
const maxCause = 150

type NamedProblem = Exclude<ImageProblem, { kind: 'no base' }>

/** @param env whose base it is */
const describeImageProblems = (problems: readonly ImageProblem[], env: string, writer: Writer): Problem => {
  const named = problems.filter((problem): problem is NamedProblem => problem.kind !== 'no base')
  if (named.length < problems.length) return describeNoBase(env)
  const sentences = named.slice(0, maxProblems).map((problem) => formatImageProblem(problem, writer))
  const more = named.length - sentences.length
  const what = [...sentences, ...(more > 0 ? [`There are ${formatCount(more, 'more problem')}.`] : [])].join(' ')
  const isShort = named.length === 1 && what.length <= maxCause
  return {
    cause: isShort ? toCause(what) : `${formatCount(named.length, 'image')} can’t be assigned to a container`,
    what,
    ...(isShort && { isCauseComplete: true as const }),
    remedy: 'Correct the input images: workload=image, or workload/container=image.',
  }
}

const toCause = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')

const describeNoBase = (env: string): Problem => ({
  cause: 'nothing was ever deployed there',
  what: `Nothing was ever deployed to ${env}, so there is no container to give an image to: a first deployment needs whole workloads.`,
  remedy:
    'Deploy a Score file with the input score, a Delta with delta_id, or another environment’s state with from_env.',
})

/** Takes secrets out before it cuts. */
type Quote = (name: string) => string

const formatImageProblem = (problem: NamedProblem, writer: Writer): string => {
  const quote: Quote = (name) => writer.line(name, maxNameUnits)
  switch (problem.kind) {
    case 'unknown workload':
      return `Workload ${quote(problem.workload)} doesn’t exist; ${listThose(problem.known, quote)}.`
    case 'no containers':
      return `Workload ${quote(problem.workload)} has no known containers, so it can’t take an image; ${listThose(problem.known, quote)}.`
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
  if (only === undefined) return 'there are no workloads to choose from'
  if (second !== undefined) return `there are several: ${joinWorkloads(known, quote)}`
  const keys = only.containers.map(({ key }) => key)
  const has = keys.length === 0 ? 'no known containers' : `several containers: ${joinNames(keys, quote)}`
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
  const more = names.length - maxNames
  const shown = names.slice(0, maxNames).map(quote)
  return joinWords([...shown, ...(more > 0 ? [`${more} more`] : [])], 'and')
}
