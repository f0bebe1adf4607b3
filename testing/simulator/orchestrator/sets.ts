import type { ApiAnswer } from '../exchange.ts'
import { applyDelta } from './apply-delta.ts'
import type { AskedOfApp } from './asked.ts'
import { describeContents, parseDelta } from './delta-contents.ts'
import { refuseBadRequest, refuseNotFoundInStore } from './refusals.ts'
import { describeSet, determineSetId, emptySet, type SetContents } from './set-contents.ts'
import { diffSets } from './set-diff.ts'
import type { Start } from './start.ts'
import type { App, DeploymentState } from './state.ts'
import { describeUsualDelta } from './usual-contents.ts'

/** Makes it one that can be read, and says its id. Sets are never deleted. */
export const keepSet = (app: App, contents: SetContents): string => {
  const id = determineSetId(contents)
  if (!app.sets.has(id)) app.sets.set(id, contents)
  return id
}

/** What a start deploys on that base: the Delta applied to the base's Set, the Set that it names, or the base's own. Or why not. */
export const resolveSet = (app: App, base: DeploymentState | undefined, start: Start): SetContents | string => {
  const baseSet = (base && app.sets.get(base.setId)) ?? emptySet
  if (start.deltaId)
    return applyDelta(baseSet, app.deltas.get(start.deltaId)?.contents ?? describeUsualDelta(start.deltaId))
  return start.setId ? (app.sets.get(start.setId) ?? `Set ${start.setId} not found.`) : baseSet
}

/** With `diff`, what makes that Set this one. */
export const getSet = (asked: AskedOfApp): ApiAnswer => {
  const sourceId = asked.query['diff']
  if (sourceId) return getSetDiff({ ...asked, sourceId })
  const contents = asked.app.sets.get(asked.id)
  return contents ? { status: 200, body: describeSet(asked.id, contents) } : refuseNotFoundInStore('Set')
}

/** The id of the Set that would result, which can be read from then on. Deploys nothing. */
export const applyToSet = ({ app, id, body }: AskedOfApp): ApiAnswer => {
  const contents = app.sets.get(id)
  if (!contents) return refuseNotFoundInStore('Set')
  const delta = parseDelta(body)
  const resulting = typeof delta === 'string' ? delta : applyDelta(contents, delta)
  if (typeof resulting === 'string') return refuseBadRequest(resulting)
  return { status: 200, body: keepSet(app, resulting) }
}

export const getSetDiff = ({ app, id, sourceId }: AskedOfApp): ApiAnswer => {
  const newer = app.sets.get(id)
  const older = app.sets.get(sourceId)
  return newer && older ? { status: 200, body: describeContents(diffSets(newer, older)) } : refuseNotFoundInStore('Set')
}
