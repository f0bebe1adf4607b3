import { createHex } from '../chance.ts'
import type { ApiAnswer } from '../exchange.ts'
import type { AskedOfApp } from './asked.ts'
import { combineContents, type DeltaContents, describeContents, parseDelta } from './delta-contents.ts'
import { isJsonObject, type JsonObject } from './delta-patches.ts'
import { refuseBadRequest, refuseNotFoundInStore } from './refusals.ts'
import { formatTime } from './times.ts'
import { describeUsualDelta } from './usual-contents.ts'

export type DeltaState = {
  readonly id: string
  /** `''` when it was made for none. */
  readonly envId: string
  readonly name: string
  readonly createdBy: string
  readonly createdMs: number
  modifiedMs: number
  contents: DeltaContents
  isArchived: boolean
  /** Why no environment takes it, though it may fit. */
  readonly refusal?: string
}

/** What the description leaves open about Deltas. */
export type DeltaHabits = {
  /** What `POST deltas` answers: the whole Delta, or its id alone. */
  readonly answer: 'object' | 'id'
  /** 200 is described; 201 was seen, too. */
  readonly status: 200 | 201
  /** Whether an archived one can still be deployed. */
  readonly takesArchived: boolean
}

/** Of the two answers about archived Deltas, the one that a client needs to be ready for. */
export const usualHabits: DeltaHabits = { answer: 'object', status: 200, takesArchived: false }

/** Only the environment's id and the name are taken from the metadata. */
export const createDelta = ({ world, app, grant, body, nowMs }: AskedOfApp): ApiAnswer => {
  const contents = parseDelta(body)
  if (typeof contents === 'string') return refuseBadRequest(contents)
  const { env_id: envId = '', name = '' } = readMetadata(body)
  if (typeof envId !== 'string' || typeof name !== 'string') return refuseBadRequest('metadata: it does not fit.')
  const id = createHex(world.random, 40)
  const times = { createdMs: nowMs, modifiedMs: nowMs }
  const delta: DeltaState = { id, envId, name, createdBy: grant.user, ...times, contents, isArchived: false }
  app.deltas.set(id, delta)
  const { answer, status } = app.deltaHabits
  return { status, body: answer === 'id' ? id : describeDelta(delta), acceptedId: id }
}

const readMetadata = (body: unknown): JsonObject => {
  const metadata = isJsonObject(body) ? body['metadata'] : undefined
  return isJsonObject(metadata) ? metadata : {}
}

const describeDelta = (delta: DeltaState): JsonObject => ({
  id: delta.id,
  metadata: {
    ...(delta.envId && { env_id: delta.envId }),
    ...(delta.name && { name: delta.name }),
    created_by: delta.createdBy,
    created_at: formatTime(delta.createdMs),
    last_modified_at: formatTime(delta.modifiedMs),
    archived: delta.isArchived,
  },
  ...describeContents(delta.contents),
})

/** Those of an environment with `env`; with `archived=true` the archived ones, else the others. */
export const listDeltas = ({ app, query }: AskedOfApp): ApiAnswer => ({
  status: 200,
  body: [...app.deltas.values()]
    .filter(({ isArchived }) => isArchived === (query['archived'] === 'true'))
    .filter(({ envId }) => !query['env'] || envId === query['env'])
    .map(describeDelta),
})

/** Where every id is a Delta, one that nothing made has the usual contents. */
const findDelta = ({ world, app, id, nowMs }: AskedOfApp): DeltaState | undefined => {
  const delta = app.deltas.get(id)
  if (delta || !world.acceptsAnyDelta || !/^[0-9a-f]{40}$/.test(id)) return delta
  const contents = describeUsualDelta(id)
  const unknown = { envId: '', name: '', createdBy: 'jo@example.com', createdMs: nowMs, modifiedMs: nowMs }
  const made: DeltaState = { id, ...unknown, contents, isArchived: false }
  app.deltas.set(id, made)
  return made
}

export const getDelta = (asked: AskedOfApp): ApiAnswer => {
  const delta = findDelta(asked)
  return delta ? { status: 200, body: describeDelta(delta) } : refuseNotFoundInStore('Delta')
}

/** Replaces the contents. */
export const putDelta = (asked: AskedOfApp): ApiAnswer =>
  changeDelta(asked, [asked.body], (_, given) => given) ?? { status: 204 }

/** Adds to the contents, Delta by Delta; they are not simplified, as the real ones are. */
export const patchDelta = (asked: AskedOfApp): ApiAnswer => {
  if (!Array.isArray(asked.body)) return refuseBadRequest('The body must be a list of Deltas.')
  return changeDelta(asked, asked.body, combineContents) ?? getDelta(asked)
}

type Combine = (contents: DeltaContents, given: DeltaContents) => DeltaContents

/** Why it was not changed. Nothing says what an archived Delta answers; 400 is what is described beside a 404. */
const changeDelta = (asked: AskedOfApp, bodies: readonly unknown[], combine: Combine): ApiAnswer | undefined => {
  const delta = findDelta(asked)
  if (!delta) return refuseNotFoundInStore('Delta')
  if (delta.isArchived) return refuseBadRequest('The Delta is archived: it can no longer be updated.')
  let { contents } = delta
  for (const given of bodies.map(parseDelta)) {
    if (typeof given === 'string') return refuseBadRequest(given)
    contents = combine(contents, given)
  }
  delta.contents = contents
  delta.modifiedMs = asked.nowMs
  return undefined
}

/** The body is `true` or `false`: it can be taken back. */
export const archiveDelta = (asked: AskedOfApp): ApiAnswer => {
  const delta = findDelta(asked)
  if (!delta) return refuseNotFoundInStore('Delta')
  if (typeof asked.body !== 'boolean') return refuseBadRequest('The body must be true or false.')
  delta.isArchived = asked.body
  delta.modifiedMs = asked.nowMs
  return { status: 204 }
}
