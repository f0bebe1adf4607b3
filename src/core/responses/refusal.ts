import type { FailureDetails } from '../network/request-error.ts'
import { findPageTitle } from '../text/clean.ts'
import { fieldsOf, formatJson } from '../text/json.ts'
import { joinParts } from '../text/words.ts'

/** The body of an answer: JSON, or the beginning of any other text. */
export type Body = { readonly body: unknown; readonly text?: string }

/** Longer texts are pages, whose beginning is enough. */
const maxText = 65_536
const maxTitle = 500
const maxMore = 20_000

/** @param parsed `undefined` when the text isn't JSON */
export const toBody = (text: string, parsed: unknown): Body =>
  parsed === undefined && text.trim() !== '' ? { body: undefined, text: text.slice(0, maxText) } : { body: parsed }

/** What an answer other than 2xx says besides its status, and whether a proxy or gateway may have sent it instead of Humanitec. */
export const describeRefusal = (
  status: number,
  path: string,
  answer: Body,
): Pick<FailureDetails, 'detail' | 'intermediary' | 'more'> => {
  const detail = summarizeBody(answer)
  const { details } = fieldsOf(answer.body)
  const more = details == null ? '' : formatJson(details, 2)
  return {
    detail,
    ...(isFromIntermediary(status, path, answer) && { intermediary: { title: detail || 'an empty answer' } }),
    ...(more && { more: shortenAtBlank(more, maxMore) }),
  }
}

/** `API-404: no such delta` of an error's body, a page's title, or the first line of another text; `''` where there is none. */
export const summarizeBody = ({ body, text = '' }: Body): string => {
  if (text !== '') return shortenAtBlank(findTitle(text), maxTitle)
  if (typeof body === 'string') return body
  const { error, message } = fieldsOf(body)
  return joinParts(': ', formatJson(error), formatJson(message))
}

/** An error's body, possibly with a status of 2xx. */
export const isErrorBody = (body: unknown): boolean => {
  const { error, message } = fieldsOf(body)
  return typeof error === 'string' && typeof message === 'string'
}

/**
 * Humanitec's own refusals are objects with `error` and `message`; for Deltas and Sets also JSON strings, for the runtime and logs
 * also empty. Any other 4xx may be an ingress's, a firewall's or a gateway's. 407, 408, 429 and 5xx mean the same from any sender.
 */
const isFromIntermediary = (status: number, path: string, { body, text }: Body): boolean => {
  if (status < 400 || status > 499 || sameFromAnybody.has(status) || isErrorBody(body)) return false
  if (/^orgs\/[^/]+\/apps\/[^/]+\/(deltas|sets)(\/|\?|$)/.test(path)) return typeof body !== 'string'
  if (/^orgs\/[^/]+\/apps\/[^/]+\/envs\/[^/]+\/(runtime|logs)(\?|$)/.test(path)) return (body ?? text) !== undefined
  return true
}

const sameFromAnybody: ReadonlySet<number> = new Set([407, 408, 429])

const findTitle = (text: string): string => {
  const title = findPageTitle(text)
  return title === undefined ? findFirstLine(text) : title || 'a page without a title'
}

const findFirstLine = (text: string): string => text.trimStart().split(/[\n\r]/, 1)[0] ?? ''

/** Cuts between words: half a secret isn't recognized, so not masked. */
const shortenAtBlank = (text: string, maxUnits: number): string => {
  if (text.length <= maxUnits) return text
  const end = text.slice(0, maxUnits).search(/\s\S*$/)
  return end < 0 ? '…' : `${text.slice(0, end)} …`
}
