import { cutText } from './text/clean.ts'

/** Lower-case hex digits of a SHA-256; text is taken as UTF-8. */
export type Sha256Hex = (data: string | Uint8Array) => string

/** One use of the action: what its mark is made from. */
export type MarkedUse = {
  /** The page of the workflow run, without its attempt; `''` outside of a workflow, where there is no mark. */
  readonly runUrl: string
  /** `GITHUB_JOB`. */
  readonly job: string
  /** `GITHUB_ACTION`. */
  readonly step: string
  readonly org: string
  readonly app: string
  readonly env: string
  /** All inputs as given; `markedInputs` are used. */
  readonly inputs: Readonly<Record<string, string>>
  /** The files of `score` and the like: their contents count, not their names. */
  readonly files?: readonly { readonly input: string; readonly bytes: Uint8Array }[]
}

/** The inputs that decide what is deployed; not the comment, nor those for waiting and reporting. */
export const markedInputs = [
  'delta_id',
  'images',
  'set_id',
  'value_set_version_id',
  'mode',
  'from_deploy_id',
  'from_env',
  'redeploy',
] as const

const digits = 10

/**
 * `https://github.com/acme/shop/actions/runs/7001#a1b2c3d4e5`: identifies a deployment as started by this use of the action, the
 * same in each attempt. As a link it opens the run; browsers ignore the part after `#`.
 */
export const formatMark = (use: MarkedUse, sha256hex: Sha256Hex): string => {
  const { runUrl, job, step, org, app, env } = use
  if (runUrl === '') return ''
  const runId = runUrl.slice(runUrl.lastIndexOf('/') + 1)
  const inputs = markedInputs.map((name) => [name, (use.inputs[name] ?? '').trim()]).filter(([, value]) => value !== '')
  const files = (use.files ?? []).map(({ input, bytes }) => [input, sha256hex(bytes)])
  const digest = sha256hex(JSON.stringify([runId, job, step, org, app, env, inputs, files]))
  return `${runUrl}#${digest.slice(0, digits)}`
}

const maxUnitsOfComment = 500

/** The comment of a deployment. Redact before calling it: the mark has to stay whole. */
export const appendMark = (comment: string, mark: string): string => {
  const text = cutText(comment.trim(), maxUnitsOfComment)
  return text === '' || mark === '' ? text || mark : `${text} · ${mark}`
}

/**
 * - `ours`: our mark is its last one
 * - `this_run`: it could be ours, since it names this run without a mark, or has our mark before another one
 * - `this_run_other_mark`: of another use of the action in this run
 * - `other_run`, `no_run`: it names another run, or none
 */
type CommentOwner = 'ours' | 'this_run' | 'this_run_other_mark' | 'other_run' | 'no_run'

const anyMark = /\/actions\/runs\/\d+#[0-9a-f]{10}(?![0-9A-Fa-f])/g

/**
 * Whose deployment it is, by its comment. The last mark counts, since marks are appended and a commit's message may quote
 * another's. With `mark` `''` nothing is ours.
 */
export const classifyComment = (comment: string, mark: string): CommentOwner => {
  const runUrl = mark.slice(0, mark.lastIndexOf('#'))
  const lastMark = [...comment.matchAll(anyMark)].at(-1)
  const lastEnd = lastMark ? lastMark.index + lastMark[0].length : 0
  const ownEnd = mark === '' ? 0 : findLastEnd(comment, mark, /^[0-9A-Fa-f]/)
  if (ownEnd > 0) return ownEnd >= lastEnd ? 'ours' : 'this_run'
  if (mark !== '' && namesRun(comment.slice(lastEnd), runUrl)) return 'this_run'
  if (!lastMark) return /\/actions\/runs\/\d/.test(comment) ? 'other_run' : 'no_run'
  const markedUrl = comment.slice(0, lastEnd - digits - 1)
  return mark !== '' && markedUrl.endsWith(runUrl) ? 'this_run_other_mark' : 'other_run'
}

/** The end of the last `part` that `next` doesn't follow; 0 where there is none. */
const findLastEnd = (text: string, part: string, next: RegExp): number => {
  for (let at = text.lastIndexOf(part); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(part, at - 1)) {
    const end = at + part.length
    if (!next.test(text.slice(end, end + 1))) return end
  }
  return 0
}

/** Run 700 is not run 7001; but a text that ends within the number may have been cut off. */
const namesRun = (text: string, runUrl: string): boolean => {
  if (findLastEnd(text, runUrl, /^\d/) > 0) return true
  const whole = text.replace(/(?:…|\.{3})$/, '')
  const numberAt = runUrl.lastIndexOf('/') + 1
  return [...runUrl.slice(numberAt)].some((_, index) => whole.endsWith(runUrl.slice(0, numberAt + index + 1)))
}
