import type { DeploymentError } from '../../ports.ts'
import { cutText } from '../text/clean-text.ts'
import { formatCount, joinWords } from '../text/words.ts'

/** The errors of one workload, or of one other scope. */
export type ErrorGroup = {
  readonly kind: 'workload' | 'scope'
  /** The workload's id or the scope's name: text from outside; `''` where the API named none. */
  readonly name: string
  readonly errors: readonly DeploymentError[]
}

/** In the order of each group's first error. */
export const groupErrors = (errors: readonly DeploymentError[]): readonly ErrorGroup[] => {
  const groups = Map.groupBy(errors, (error) => JSON.stringify(findPlace(error)))
  return [...groups].map(([place, members]) => ({ ...(JSON.parse(place) as Place), errors: members }))
}

type Place = Pick<ErrorGroup, 'kind' | 'name'>

const findPlace = ({ scope, object_id }: DeploymentError): Place =>
  scope === 'workload' && object_id !== '' ? { kind: 'workload', name: object_id } : { kind: 'scope', name: scope }

/** `3 errors in 2 workloads and the environment`, `1 error in checkout`. */
export const formatErrorCount = (errors: readonly DeploymentError[]): string => {
  const groups = groupErrors(errors)
  const workloads = groups.filter(({ kind }) => kind === 'workload')
  const isIn = (scope: string) => groups.some(({ kind, name }) => kind === 'scope' && name === scope)
  const places = [
    workloads.length > 0 && nameWorkloads(workloads),
    isIn('environment') && 'the environment',
    workloads.length > 0 && groups.some(({ kind, name }) => kind === 'scope' && name !== 'environment') && 'elsewhere',
  ].filter((place) => place !== false)
  const count = formatCount(errors.length, 'error')
  return places.length === 0 ? count : `${count} in ${joinWords(places, 'and')}`
}

/** A single one is worth its name. */
const nameWorkloads = ([first, ...others]: readonly ErrorGroup[]): string =>
  first && others.length === 0 ? cutText(first.name, 60) : formatCount(others.length + 1, 'workload')
