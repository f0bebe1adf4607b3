import { createHex } from '../chance.ts'
import type { ApiAnswer } from '../exchange.ts'
import type { Asked } from './asked.ts'
import type { JsonObject } from './delta-patches.ts'
import { refuseNotFound } from './refusals.ts'
import { getEnvironmentAt, type Place, type State } from './state.ts'
import { formatTime } from './times.ts'
import { canary } from './usual-contents.ts'

export type ValueSetVersion = {
  readonly id: string
  readonly comment: string
  readonly createdBy: string
  readonly createdMs: number
  /** Name and new value. */
  readonly changed: Readonly<Record<string, string>>
  readonly sourceId: string | null
  /** All of them as they are since. */
  readonly values: Readonly<Record<string, string>>
}

type NewVersion = {
  readonly comment?: string
  readonly createdBy?: string
  readonly changed?: ValueSetVersion['changed']
}

export type ValueSets = {
  /** Changes the environment's values: starts from then on are told with this version. Returns its id. */
  addValueSetVersion(place: Place, version?: NewVersion): string
}

const usualValues = { API_KEY: `${canary}shared-value` }

export const createValueSets = (world: State, now: () => number): ValueSets => ({
  addValueSetVersion: (place, { comment = '', createdBy = 'jo@example.com', changed = usualValues } = {}) => {
    const { environment } = getEnvironmentAt(world, place)
    const latest = environment.valueSetVersions.at(-1)
    const id = createHex(world.random, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    const values = { ...latest?.values, ...changed }
    const sourceId = latest?.id ?? null
    environment.valueSetVersions.push({ id, comment, createdBy, createdMs: now(), changed, sourceId, values })
    return id
  },
})

/** Newest first. */
export const listValueSetVersions = ({ environment, query }: Asked): ApiAnswer => ({
  status: 200,
  body: environment.valueSetVersions
    .filter(({ changed }) => !query['key_changed'] || Object.hasOwn(changed, query['key_changed']))
    .map(describeVersion)
    .reverse(),
})

const newestId = '00000000-0000-0000-0000-000000000000'

/** The id of zeros is the newest version's, too. */
export const getValueSetVersion = ({ environment, id }: Asked): ApiAnswer => {
  const versions = environment.valueSetVersions
  const version = id === newestId ? versions.at(-1) : versions.find((one) => one.id === id)
  return version ? { status: 200, body: describeVersion(version) } : refuseNotFound('Value Set Version')
}

const describeVersion = (version: ValueSetVersion): JsonObject => {
  const time = formatTime(version.createdMs)
  return {
    id: version.id,
    comment: version.comment,
    created_at: time,
    created_by: version.createdBy,
    updated_at: time,
    source_value_set_version_id: version.sourceId,
    result_of: version.sourceId === null ? 'env_value_create' : 'env_value_update',
    change: Object.entries(version.changed).map(([key, value]) => ({ op: 'add', path: `/${key}`, value })),
    values: Object.fromEntries(
      Object.entries(version.values).map(([key, value]) => [key, describeValue(key, value, time)]),
    ),
  }
}

const describeValue = (key: string, value: string, time: string): JsonObject => ({
  key,
  value,
  description: '',
  is_secret: false,
  secret_key: null,
  secret_store_id: null,
  secret_version: null,
  source: 'env',
  created_at: time,
  updated_at: time,
})
