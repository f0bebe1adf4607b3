import { type FaultAction, secondaryRateLimit } from '../../simulator/faults.ts'
import { pick } from '../draw.ts'
import { act } from '../fault-details.ts'
import { listFaults, type MenuEntry } from '../fault-menu.ts'

const refuse = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): FaultAction => ({
  kind: 'answer',
  status,
  headers,
  body: { message, documentation_url: 'https://docs.github.com/rest' },
})

/** What GitHub alone says, beside all that can go wrong with any request. */
const ownFaults: readonly MenuEntry[] = [
  {
    name: 'secondary rate limit',
    weight: 6,
    make: ({ random }) => act(secondaryRateLimit(pick(random, [1, 2, 10, 60, 600]))),
  },
  {
    name: 'secondary rate limit, without Retry-After',
    weight: 3,
    make: () => act(refuse(403, 'You have exceeded a secondary rate limit. Please wait a few minutes.')),
  },
  {
    name: 'rate limit used up',
    weight: 3,
    make: ({ random, nowMs }) => {
      const resetSeconds = Math.ceil(nowMs / 1000) + pick(random, [1, 5, 120, 3000])
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetSeconds) }
      return act(refuse(403, 'API rate limit exceeded for installation ID 1.', headers))
    },
  },
  { name: 'no permission', weight: 2, make: () => act(refuse(403, 'Resource not accessible by integration')) },
  { name: 'repository archived', weight: 1, make: () => act(refuse(403, 'Repository was archived so is read-only.')) },
  { name: 'not found', weight: 1, make: () => act(refuse(404, 'Not Found')) },
]

const menus = new Map<string, readonly [MenuEntry, ...MenuEntry[]]>()

/** What can hit this operation of GitHub's. */
export const listGitHubFaults = (operation: string): readonly [MenuEntry, ...MenuEntry[]] => {
  const known = menus.get(operation)
  if (known) return known
  const menu = [...listFaults(operation), ...ownFaults] as [MenuEntry, ...MenuEntry[]]
  menus.set(operation, menu)
  return menu
}
