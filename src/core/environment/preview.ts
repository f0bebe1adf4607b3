import type { Environment } from '../../ports.ts'
import type { Origin } from '../run/origin.ts'

/** The name of an environment that the action makes says whose it is: `owner/repo#12`, or `owner/repo`. */
export const formatPreviewName = ({ repository, pullRequest }: Origin): string =>
  pullRequest ? `${repository}#${pullRequest.number}` : repository

export type PreviewName = { readonly repository: string; readonly pullRequest?: number }

export const parsePreviewName = (name: string): PreviewName | undefined => {
  const found = /^([\w.-]+\/[\w.-]+?)(?:#([1-9]\d*))?$/.exec(name)
  if (!found?.[1]) return undefined
  return { repository: found[1], ...(found[2] && { pullRequest: Number(found[2]) }) }
}

/** GitHub's names differ by more than case. */
const isSameRepository = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Whose an environment is that isn't ours, as its name says. */
export type OthersClaim = 'another repository' | 'another pull request'

/** `undefined` for ours, and for a name that says nothing. */
export const findOthersClaim = (
  { name }: Environment,
  { repository, pullRequest }: Origin,
): OthersClaim | undefined => {
  const owner = parsePreviewName(name)
  if (owner === undefined) return undefined
  if (!isSameRepository(owner.repository, repository)) return 'another repository'
  const isOurs =
    owner.pullRequest === undefined || pullRequest === undefined || owner.pullRequest === pullRequest.number
  return isOurs ? undefined : 'another pull request'
}

export const isNamedForUs = (environment: Environment, origin: Origin): boolean =>
  parsePreviewName(environment.name) !== undefined && findOthersClaim(environment, origin) === undefined

const isProduction = ({ id, type }: Environment): boolean => id === 'production' || type === 'production'

const formatOthersFence = ({ name }: Environment, claim: OthersClaim): string => `it is named ${name}, for ${claim}`

/** Whether a fence stands whatever `env_type` says. */
export const isOthersFence = (fence: string): boolean =>
  /^it is named .*, for another (?:repository|pull request)$/s.test(fence)

/**
 * Why an environment may not be deleted, in words that end a sentence; `undefined` when it may.
 *
 * @param envType the type that the workflow says it must have, if it says so
 */
export const determineDeletionFence = (
  environment: Environment,
  origin: Origin,
  envType: string | undefined,
): string | undefined => {
  const claim = findOthersClaim(environment, origin)
  if (claim !== undefined) return formatOthersFence(environment, claim)
  if (envType !== undefined)
    return environment.type === envType ? undefined : `it is of type ${environment.type}, not ${envType}`
  if (isProduction(environment)) return 'it is a production environment'
  return isNamedForUs(environment, origin)
    ? undefined
    : `its name, ${environment.name}, doesn’t say that it was made for ${origin.repository}`
}
