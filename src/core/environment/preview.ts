import type { Environment } from '../../ports.ts'
import type { Origin } from '../run/origin.ts'
import type { Fence, OthersClaim } from './fence.ts'

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

/**
 * Why an environment may not be deleted; `undefined` when it may.
 *
 * @param envType the type that the workflow says it must have, if it says so
 */
export const determineDeletionFence = (
  environment: Environment,
  origin: Origin,
  envType: string | undefined,
): Fence | undefined => {
  const { name, type } = environment
  const claim = findOthersClaim(environment, origin)
  if (claim !== undefined) return { kind: 'others', claim, name }
  if (envType !== undefined) return type === envType ? undefined : { kind: 'type', type, wanted: envType }
  if (isProduction(environment)) return { kind: 'production' }
  return isNamedForUs(environment, origin) ? undefined : { kind: 'unnamed', name, repository: origin.repository }
}
