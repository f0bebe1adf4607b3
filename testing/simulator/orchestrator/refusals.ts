import type { ApiAnswer } from '../exchange.ts'

/** The API's error body. The codes are made up: only their form is known. */
const refuse = (
  status: number,
  error: string,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): ApiAnswer => ({
  status,
  body: { error, message, ...(details && { details }) },
})

export const refuseBadRequest = (message: string, details?: Readonly<Record<string, unknown>>): ApiAnswer =>
  refuse(400, 'API-400', message, details)

export const refuseNoToken: ApiAnswer = refuse(401, 'API-000', 'No token supplied.')

export const refuseToken: ApiAnswer = refuse(403, 'API-000', 'Could not validate token.')

export const refuseRole = (message: string): ApiAnswer => refuse(403, 'AUTH-403', message)

export const refuseNotFound = (what: string): ApiAnswer => refuse(404, 'API-404', `${what} not found.`)

/** A Delta's or Set's 404 is a bare JSON string. */
export const refuseNotFoundInStore = (what: string): ApiAnswer => ({ status: 404, body: `${what} not found` })

export const refuseConflict = (message: string, details?: Readonly<Record<string, unknown>>): ApiAnswer =>
  refuse(409, 'API-409', message, details)

/** `retryAfterSeconds` absent: the header is, too. */
export const refuseTooMany = (retryAfterSeconds?: number): ApiAnswer => ({
  ...refuse(429, 'API-429', 'Too many requests.'),
  ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
})

/** What no route leads to is answered by the gateway, not by the API. */
export const refuseRoute: ApiAnswer = {
  status: 404,
  text: '404 page not found\n',
  headers: { 'content-type': 'text/plain' },
}

export const refuseMethod: ApiAnswer = { status: 405, text: '' }
