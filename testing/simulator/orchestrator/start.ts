import { resolveSet } from './sets.ts'
import type { App, EnvironmentState } from './state.ts'

/** What a start asks for; `''` where it doesn't. */
export type Start = {
  readonly comment: string
  readonly deltaId: string
  readonly setId: string
  readonly mode: string
  readonly valueSetVersionId: string
}

const fieldNames = ['comment', 'delta_id', 'set_id', 'mode', 'value_set_version_id'] as const

/** The start that a body asks for, or why there is none. */
export const parseStart = (
  app: App,
  environment: EnvironmentState,
  body: unknown,
  acceptsAnyDelta: boolean,
): Start | string => {
  const start = readStart(body)
  return typeof start === 'string' ? start : (findStartProblem(app, environment, start, acceptsAnyDelta) ?? start)
}

/** What a body says, whether it can be carried out or not. */
export const readStart = (body: unknown): Start | string => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body must be a JSON object.'
  const fields = body as Readonly<Record<string, unknown>>
  const wrong = fieldNames.find((name) => !isText(fields[name]))
  if (wrong) return `${wrong} must be a string.`
  const text = (name: (typeof fieldNames)[number]): string => (fields[name] ?? '') as string
  return {
    comment: text('comment'),
    deltaId: text('delta_id'),
    setId: text('set_id'),
    mode: text('mode'),
    valueSetVersionId: text('value_set_version_id'),
  }
}

const isText = (value: unknown): boolean => value === undefined || value === null || typeof value === 'string'

/** A Set is ignored, existing or not, when there is a Delta. */
export const findStartProblem = (
  app: App,
  environment: EnvironmentState,
  start: Start,
  acceptsAnyDelta: boolean,
): string | undefined => {
  if (!['', 'full', 'incremental'].includes(start.mode)) return `Invalid mode ${start.mode}.`
  const deltaProblem = start.deltaId && findDeltaProblem(app, start.deltaId, acceptsAnyDelta)
  if (deltaProblem) return deltaProblem
  if (!environment.base && !start.deltaId && !start.setId)
    return 'Nothing was deployed to the environment yet, and there is no Delta.'
  const contents = resolveSet(app, environment.base, start)
  if (typeof contents === 'string') return contents
  return findValuesProblem(environment, start.valueSetVersionId)
}

const findDeltaProblem = (app: App, id: string, acceptsAnyDelta: boolean): string | undefined => {
  const delta = app.deltas.get(id)
  if (delta?.isArchived && !app.deltaHabits.takesArchived) return `Delta ${id} is archived.`
  if (delta) return delta.refusal
  return acceptsAnyDelta && /^[0-9a-f]{40}$/.test(id) ? undefined : `Delta ${id} not found.`
}

/** Where a script said nothing of values, any version is one. */
const findValuesProblem = ({ valueSetVersions }: EnvironmentState, id: string): string | undefined =>
  id === '' || valueSetVersions.length === 0 || valueSetVersions.some((version) => version.id === id)
    ? undefined
    : `Value set version ${id} not found.`
