import type { DeploymentError } from '../../ports.ts'
import type { Facts } from '../run/outcome.ts'
import { toLine } from '../text/clean-text.ts'
import { joinParts } from '../text/words.ts'

/** As the API wrote them, as far as they were read. */
export const listApiErrors = ({ errors }: Facts): readonly DeploymentError[] =>
  errors === undefined || errors === 'unreadable' ? [] : errors

/** There must be some, and nobody could read them. */
export const hasUnreadErrors = ({ errors, deployment }: Facts): boolean =>
  errors === 'unreadable' || (errors === undefined && deployment?.status === 'failed')

/** For people: each field but the message one line, and `''` where nothing in it can be seen. */
export const listErrors = (facts: Facts): readonly DeploymentError[] => listApiErrors(facts).map(cleanError)

const cleanError = ({ scope, object_id, code, summary, message, error_type }: DeploymentError): DeploymentError => ({
  scope: toLine(scope, 200),
  object_id: toLine(object_id, 200),
  code: toLine(code, 100),
  summary: toLine(summary, 300),
  message: toLine(message, 10) === '' ? '' : message,
  error_type: toLine(error_type, 100),
})

/** The object that failed, or the scope. */
export const formatErrorPlace = ({ object_id, scope }: DeploymentError): string => object_id || scope

/** `RES-101 in checkout`. */
export const formatErrorHead = (error: DeploymentError): string =>
  joinParts(' in ', error.code || 'Error', formatErrorPlace(error))

/** What failed, in a few words; `''` where the API has none. */
export const formatErrorTitle = ({ summary, error_type }: DeploymentError): string => summary || error_type

/** Stands where the API has no word about an error. */
export const noWords = 'Humanitec gives no message'
