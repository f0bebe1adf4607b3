export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A deployment as it can be used: with an id and a status. */
export const isDeployment = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['id'] === 'string' &&
  /^[\w-]+$/.test(value['id']) &&
  typeof value['status'] === 'string' &&
  value['status'] !== ''

/** Of each the id is enough: one without a status goes on. `null` is an empty list: so Go writes one. */
export const isListOfDeployments = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.every((entry) => isRecord(entry) && typeof entry['id'] === 'string'))
