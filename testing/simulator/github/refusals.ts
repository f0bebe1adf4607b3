import type { ApiAnswer } from '../exchange.ts'

const refuse = (status: number, message: string, more?: Readonly<Record<string, unknown>>): ApiAnswer => ({
  status,
  body: { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) },
})

export const refuseNotFound: ApiAnswer = refuse(404, 'Not Found')

export const refuseNoToken: ApiAnswer = refuse(401, 'Requires authentication')

export const refuseToken: ApiAnswer = refuse(401, 'Bad credentials')

/** What a workflow's token gets when `permissions:` doesn't name what is needed. */
export const refusePermission: ApiAnswer = refuse(403, 'Resource not accessible by integration')

export const refuseUnparsable: ApiAnswer = refuse(400, 'Problems parsing JSON')

export const refuseInvalid = (resource: string, field: string, message: string): ApiAnswer =>
  refuse(422, 'Validation Failed', { errors: [{ resource, field, code: 'custom', message }] })

export const refuseConflict = (message: string): ApiAnswer => refuse(409, message)
