import type { Humanitec } from '../../ports.ts'
import { inputNames } from '../inputs/input-names.ts'
import { type Redact, redactData } from '../text/redact.ts'
import { parseTimeMs } from '../text/time.ts'
import type { Report, RunState } from './outcome.ts'

/** Every word that a type within `Data` names: `'succeeded'`, but not `string`; nor the names of our own calls. */
type WordOf<Data> = Data extends string
  ? string extends Data
    ? never
    : Exclude<Data, keyof Humanitec>
  : Data extends readonly (infer Item)[]
    ? WordOf<Item>
    : Data extends object
      ? { [Name in Exclude<keyof Data, 'kind'>]-?: WordOf<Data[Name]> }[Exclude<keyof Data, 'kind'>]
      : never

/** Our own words, by which the report is put together. One that a type gains has to be added here, or it doesn't compile. */
const ownWords: Readonly<Record<WordOf<Report>, true>> = {
  succeeded: true,
  failed: true,
  timed_out: true,
  cancelled: true,
  started: true,
  deleted: true,
  pruned: true,
  skipped: true,
  unknown: true,
  error: true,
  unreadable: true,
  would_be_deleted: true,
  kept: true,
  deploy: true,
  wait: true,
  delete: true,
  prune: true,
  auto: true,
  full: true,
  incremental: true,
  fail: true,
  'another pull request': true,
  'another repository': true,
  asked: true,
  create_from: true,
  deleting: true,
  deletion: true,
  from_env: true,
  going: true,
  gone: true,
  none: true,
  there: true,
  timeout: true,
  proxy: true,
  connect: true,
  request: true,
}

/** Those of Humanitec's API: a deployment's status, an error's scope. */
const apiWords = ['pending', 'in progress', 'succeeded', 'failed', 'workload', 'environment']

const words: ReadonlySet<string> = new Set([...Object.keys(ownWords), ...inputNames, ...apiWords])

/** A secret may well be part of such a word (a proxy's user `deploy`), which tells nothing of it. Times are calculated with. */
const isWord = (text: string): boolean => words.has(text) || parseTimeMs(text) !== undefined

/** What is left as it is: whole words, and the run's page wherever it stands, by which a comment is known as the run's own. */
const spare =
  (redact: Redact, runUrl: string): Redact =>
  (text) =>
    isWord(text) ? text : runUrl === '' ? redact(text) : text.split(runUrl).map(redact).join(runUrl)

/**
 * The facts without the secrets in what comes from outside and from people. The place stays: links, the comment's marker and
 * later steps need it whole, and the workflow tells it in clear.
 */
export const redactRunState = (redact: Redact, state: RunState, runUrl = ''): RunState => {
  const { request, deletedEnvironments } = state
  const redacted = redactData(spare(redact, runUrl), state)
  if (!request || !redacted.request) return { ...redacted, deletedEnvironments }
  const { appUrl, org, app, env } = request
  return { ...redacted, deletedEnvironments, request: { ...redacted.request, appUrl, org, app, env } }
}

/** Everything that is told at the end. To be called before any of it is escaped or cut: then a secret would no longer be known. */
export const redactReport = (redact: Redact, report: Report): Report => {
  const { state, ...others } = report
  const { runUrl } = report.workflow
  return { ...redactData(spare(redact, runUrl), others), state: redactRunState(redact, state, runUrl) }
}
