import { badGateway, type FaultAction, redirectTo, tooManyRequests } from '../simulator/faults.ts'
import type { Site } from './sites.ts'

/** What is hit, where redirects lead, and what servers know of the run's tokens: they write it back, and nothing of it may come out. */
type FaultContext = { readonly site: Site; readonly elsewhere: string; readonly echo: string }

/** By what a request is hit: the far side's doing, or something on the way to it. */
type FaultSource =
  | { readonly by: 'answer'; readonly act: (target: FaultContext) => FaultAction }
  | { readonly by: 'gate'; readonly does: 'refuse' | 'mistrust' }
  | { readonly by: 'proxy'; readonly does: 407 | 'close' | 'stall' }
  | { readonly by: 'name' }
  /** Nothing on loopback does this. */
  | { readonly by: 'nothing' }

export type ListedFault = {
  readonly source: FaultSource
  /** What a person is told, where it ends the run or is warned of. */
  readonly says?: string
  /** Of an answer that isn't the API's: what it is known by. */
  readonly title?: string
}

const act = (action: FaultAction): FaultSource => ({ by: 'answer', act: () => action })

const refuse = (status: number): ListedFault => ({
  source: {
    by: 'answer',
    act: ({ echo }) => ({ kind: 'answer', status, body: { error: `API-${status}`, message: `No: ${echo}` } }),
  },
  says: `(${status})`,
})

const throttle = (retryAfter?: string): ListedFault => ({ source: act(tooManyRequests(retryAfter)), says: '(429)' })

const fail = (status: number): ListedFault => ({
  source: {
    by: 'answer',
    act: ({ echo }) => ({ kind: 'answer', status, body: { error: `API-${status}`, message: echo } }),
  },
  says: `(${status})`,
})

const redirect = (status: 301 | 302 | 303 | 307 | 308): ListedFault => ({
  source: { by: 'answer', act: ({ elsewhere }) => redirectTo(status, elsewhere) },
  says: `(${status})`,
})

const formatPage = (echo: string, title = 'Sign in'): string =>
  `<html><head><title>${title}</title></head><body>${echo}</body></html>`

/** Of somebody between the runner and the API; nothing is carried out. */
const interpose = (status: number, contentType: string, title: string, isPage = false): ListedFault => ({
  source: {
    by: 'answer',
    act: ({ echo }) => ({
      kind: 'answer',
      status,
      headers: { 'content-type': contentType },
      text: isPage ? formatPage(echo, title) : title,
    }),
  },
  says: `${status}`,
  title,
})

/** A start without an id that can be used, and everything else with another thing's. */
const tellOtherId = ({ site: { name } }: FaultContext): FaultAction => {
  if (name === 'start' || name === 'rebased') return { kind: 'merge', fields: { id: '../elsewhere' } }
  if (name === 'poll') return { kind: 'merge', fields: { id: '0123456789abcdef', status: 'succeeded' } }
  return { kind: 'merge', fields: { id: 'elsewhere' } }
}

/** Beyond the 50 MiB that an answer may have. */
const tooManyBytes = 51 * 1024 * 1024

const missing = refuse(404)

/** What can happen to one request, by the names that the tables use. */
export const faultList: Readonly<Record<string, ListedFault>> = {
  'name can’t be resolved': { source: { by: 'name' }, says: '.invalid' },
  'connection refused': { source: { by: 'gate', does: 'refuse' }, says: 'ECONNREFUSED' },
  'no connection in time': { source: { by: 'nothing' } },
  'untrusted certificate': { source: { by: 'gate', does: 'mistrust' }, says: 'certificate' },
  'proxy wants a password': { source: { by: 'proxy', does: 407 }, says: '407' },
  'proxy drops the CONNECT': { source: { by: 'proxy', does: 'close' }, says: 'proxy' },
  'proxy stalls the CONNECT': { source: { by: 'proxy', does: 'stall' }, says: 'proxy' },
  'reset, not carried out': { source: act({ kind: 'cut' }) },
  'reset, carried out': { source: act({ kind: 'cut', effectAfterMs: 0 }) },
  'cut within the headers': { source: act({ kind: 'cut', at: 'headers' }) },
  'cut within the body': { source: act({ kind: 'cut', at: 'body' }) },
  'headers never come': { source: act({ kind: 'stall', at: 'headers' }) },
  'body never comes': { source: act({ kind: 'stall', at: 'body' }) },
  'one byte a second': { source: act({ kind: 'trickle', bytesPerSecond: 1 }) },
  '400': refuse(400),
  '401': refuse(401),
  '403': refuse(403),
  '404': missing,
  '404, over a minute': missing,
  '403, a firewall’s page': interpose(403, 'text/html; charset=UTF-8', 'Attention Required!', true),
  '403, a proxy’s text': interpose(403, 'text/plain', 'RBAC: access denied'),
  '404, an ingress’s text': interpose(404, 'text/plain; charset=utf-8', 'default backend - 404'),
  '409': refuse(409),
  '422': refuse(422),
  '429': throttle(),
  '429, 2 s': throttle('2'),
  '429, -1 s': throttle('-1'),
  '429, 1e9 s': throttle('1000000000'),
  '429, a date of the past': throttle('Thu, 01 Jan 1970 00:00:00 GMT'),
  '429, text': throttle('soon'),
  '500': fail(500),
  '502 with a page': {
    source: { by: 'answer', act: ({ echo }) => ({ ...badGateway(502), text: formatPage(echo) }) as FaultAction },
    says: '(502)',
  },
  '503': fail(503),
  '504, carried out': { source: act(badGateway(504, 0)), says: '(504)' },
  '301': redirect(301),
  '302': redirect(302),
  '303': redirect(303),
  '307': redirect(307),
  '308': redirect(308),
  '2xx, a page': { source: { by: 'answer', act: ({ echo }) => ({ kind: 'text', text: formatPage(echo) }) } },
  '200, a page instead': { ...interpose(200, 'text/html', 'Welcome', true), says: '' },
  '2xx, truncated JSON': { source: act({ kind: 'truncate' }) },
  '2xx, wrong or bad id': { source: { by: 'answer', act: tellOtherId } },
  '2xx, unknown status': { source: act({ kind: 'merge', fields: { status: 'frozen' } }) },
  '2xx, status goes back': { source: act({ kind: 'merge', fields: { status: 'pending' } }) },
  '2xx, 51 MiB': { source: act({ kind: 'padded', bytes: tooManyBytes }) },
}
