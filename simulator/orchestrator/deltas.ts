import { createHex } from '../chance.ts'
import type { ApiAnswer } from '../exchange.ts'
import type { AskedOfApp } from './asked.ts'
import { refuseBadRequest, refuseNotFoundInStore } from './refusals.ts'
import { formatTime } from './times.ts'

export const createDelta = ({ world, app, grant, body, nowMs }: AskedOfApp): ApiAnswer => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuseBadRequest('The body must be a JSON object.')
  const id = createHex(world.random, 40)
  const content = describeDelta(id, body, grant.user, nowMs)
  app.deltas.set(id, { id, content })
  return { status: 200, body: content, acceptedId: id }
}

type GivenDelta = { readonly metadata?: object; readonly modules?: object; readonly shared?: unknown }

/** A Delta as the API tells it: what was given, completed. */
export const describeDelta = (id: string, given: GivenDelta, user: string, nowMs: number): Record<string, unknown> => {
  const time = formatTime(nowMs)
  return {
    id,
    metadata: { ...given.metadata, created_by: user, created_at: time, last_modified_at: time, archived: false },
    modules: { add: {}, remove: [], update: {}, ...given.modules },
    shared: given.shared ?? [],
  }
}

export const getDelta = ({ app, id }: AskedOfApp): ApiAnswer => {
  const delta = app.deltas.get(id)
  return delta ? { status: 200, body: delta.content } : refuseNotFoundInStore('Delta')
}

export const getSet = ({ app, id }: AskedOfApp): ApiAnswer =>
  app.sets.has(id) ? { status: 200, body: { id, version: 0, modules: {}, shared: {} } } : refuseNotFoundInStore('Set')
