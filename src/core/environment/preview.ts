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

export const isNamedForUs = (environment: Environment, { repository, pullRequest }: Origin): boolean => {
  const name = parsePreviewName(environment.name)
  return (
    name !== undefined &&
    isSameRepository(name.repository, repository) &&
    (name.pullRequest === undefined || pullRequest === undefined || name.pullRequest === pullRequest.number)
  )
}

/** Named for another repository, or for another pull request than the event's. */
export const isNamedForOthers = (environment: Environment, origin: Origin): boolean =>
  parsePreviewName(environment.name) !== undefined && !isNamedForUs(environment, origin)

const isProduction = ({ id, type }: Environment): boolean => id === 'production' || type === 'production'

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
  if (isNamedForOthers(environment, origin))
    return `it is named ${environment.name}, for another repository or pull request`
  if (envType !== undefined)
    return environment.type === envType ? undefined : `it is of type ${environment.type}, not ${envType}`
  if (isProduction(environment)) return 'it is a production environment'
  return isNamedForUs(environment, origin)
    ? undefined
    : `its name, ${environment.name}, doesn’t say that it was made for ${origin.repository}`
}
