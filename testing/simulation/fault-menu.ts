import { badGateway, type FaultAction, redirectTo, tooManyRequests } from '../simulator/faults.ts'
import type { Strike } from '../virtual/virtual-transport.ts'
import { drawInteger, pick } from './draw.ts'
import {
  act,
  answer,
  drawEffect,
  drawRefusal,
  drawRetryAfter,
  type FaultContext,
  withRetryAfter,
} from './fault-details.ts'
import { latestSightMs } from './scenario-plan.ts'

export type MenuEntry = {
  readonly name: string
  /** How often, among the others. */
  readonly weight: number
  /** The operations it can hit; all by default. */
  readonly on?: RegExp
  readonly make: (context: FaultContext) => Strike
}

const starts = /^POST deploys/
const reads = /^GET/

/** Everything that can go wrong with one request. */
const faultMenu: readonly MenuEntry[] = [
  {
    name: 'not sent',
    weight: 6,
    make: ({ random }) => ({ network: 'not_sent', afterMs: drawInteger(random, 0, 300) }),
  },
  { name: 'connect timeout', weight: 2, make: () => ({ network: 'not_sent', afterMs: 10_000 }) },
  {
    name: 'lost on the way',
    weight: 4,
    make: ({ random }) => ({ network: 'lost', afterMs: drawInteger(random, 0, 3000) }),
  },
  { name: 'certificate or 407', weight: 0.2, make: () => ({ network: 'untrusted' }) },
  {
    name: 'cut before an answer',
    weight: 10,
    make: (context) => act({ kind: 'cut', effectAfterMs: drawEffect(context) }),
  },
  { name: 'cut in the headers', weight: 3, make: () => act({ kind: 'cut', at: 'headers' }) },
  { name: 'cut in the body', weight: 3, make: () => act({ kind: 'cut', at: 'body' }) },
  {
    name: 'answer never comes',
    weight: 4,
    make: (context) => act({ kind: 'stall', at: 'headers', effectAfterMs: drawEffect(context) }),
  },
  { name: 'body never comes', weight: 2, make: () => act({ kind: 'stall', at: 'body' }) },
  {
    name: 'answer comes late',
    weight: 4,
    make: ({ random }) =>
      act({ kind: 'stall', at: pick(random, ['headers', 'body']), ms: drawInteger(random, 100, 40_000) }),
  },
  {
    name: 'trickle',
    weight: 1,
    make: ({ random }) => act({ kind: 'trickle', bytesPerSecond: drawInteger(random, 5, 500) }),
  },
  { name: '408', weight: 2, make: (context) => answer(408, { effectAfterMs: drawEffect(context) }) },
  { name: '429', weight: 8, make: (context) => act(tooManyRequests(drawRetryAfter(context))) },
  {
    name: '429, carried out',
    weight: 1,
    on: starts,
    make: ({ latestEffectMs }) => answer(429, { effectAfterMs: latestEffectMs === latestSightMs ? 0 : 'never' }),
  },
  {
    name: 'repeated by a gateway',
    weight: 3,
    on: /^(?:POST|PUT)/,
    make: () => act({ kind: 'repeat' }),
  },
  {
    name: '5xx',
    weight: 10,
    make: (context) =>
      answer(pick(context.random, [500, 501, 503, 520, 599]), {
        effectAfterMs: drawEffect(context),
        ...withRetryAfter(context),
      }),
  },
  {
    name: '502 or 504 with a page',
    weight: 5,
    make: (context) => act(badGateway(pick(context.random, [502, 504]), drawEffect(context))),
  },
  {
    name: 'redirect',
    weight: 0.4,
    make: (context) => {
      const { random } = context
      const action = redirectTo(pick(random, [301, 302, 303, 307, 308]), 'https://elsewhere.test/login')
      return act({ ...action, effectAfterMs: drawEffect(context) } as FaultAction)
    },
  },
  { name: '304 or 300', weight: 0.1, on: reads, make: ({ random }) => answer(pick(random, [300, 304])) },
  { name: 'refused', weight: 0.4, make: ({ random }) => drawRefusal(random) },
  { name: '409 of nothing', weight: 0.5, on: starts, make: () => answer(409, { body: { error: 'API-409' } }) },
  { name: '2xx with a page', weight: 3, make: () => act({ kind: 'text', text: '<html><body>Sign in</body></html>' }) },
  { name: '2xx, empty', weight: 2, make: () => act({ kind: 'text', text: '' }) },
  { name: '2xx, null', weight: 1, make: () => act({ kind: 'text', text: 'null', contentType: 'application/json' }) },
  { name: '2xx, cut off', weight: 3, make: () => act({ kind: 'truncate' }) },
  {
    name: '2xx, no usable id',
    weight: 2,
    make: ({ random }) => act({ kind: 'merge', fields: { id: pick<unknown>(random, ['', null, 7, '../x']) } }),
  },
  { name: '2xx, no status', weight: 1, make: () => act({ kind: 'merge', fields: { status: null } }) },
  { name: '2xx, 60 MB', weight: 0.5, make: () => act({ kind: 'padded', bytes: 60 * 1024 * 1024 }) },
  {
    name: 'about another deployment',
    weight: 3,
    on: /^GET deploy$/,
    make: ({ random, otherId }) =>
      act({
        kind: 'merge',
        fields: { id: otherId, status: pick(random, ['succeeded', 'succeeded', 'failed', 'pending']) },
      }),
  },
  {
    name: 'about another environment',
    weight: 1,
    on: /^GET env$/,
    make: () => act({ kind: 'merge', fields: { id: 'elsewhere' } }),
  },
  {
    name: 'unknown status',
    weight: 3,
    on: /^GET deploy$/,
    make: ({ random }) =>
      act({
        kind: 'merge',
        fields: { status: pick(random, ['queued', 'SUCCEEDED', 'cancelled', 'waiting for approval', 'error']) },
      }),
  },
  {
    name: 'status goes back',
    weight: 2,
    on: /^GET deploy$/,
    make: () => act({ kind: 'merge', fields: { status: 'pending' } }),
  },
]

const menus = new Map<string, readonly MenuEntry[]>()

/** What can hit this operation. */
export const listFaults = (operation: string): readonly [MenuEntry, ...MenuEntry[]] => {
  const known = menus.get(operation)
  const found = known ?? faultMenu.filter(({ on }) => !on || on.test(operation))
  if (!known) menus.set(operation, found)
  return found as [MenuEntry, ...MenuEntry[]]
}

export const getFault = (name: string): MenuEntry => {
  const found = faultMenu.find((entry) => entry.name === name)
  if (!found) throw new Error(`There is no fault “${name}”.`)
  return found
}
