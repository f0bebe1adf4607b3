import { forGood, once, onceAtGitHub } from './declared-tables.ts'
import { forGoodBeside, onceBeside } from './declared-tables-beside.ts'

/**
 * How a run ends when one request is hit, as the README promises it:
 * - `ok`: as without the fault; `ok2`: the same, and the start was sent twice
 * - `E`: `error` before any start; `E1`: `error` after one send, no id; `Ei`: `error`, the id stands
 * - `?`: `unknown` after one send; `?3`: after three
 * - `T`: `timed_out` before any start; `T1`: after one send, no id; `T+`: after several, all refused; `Ti`: `timed_out`, the id stands
 * - `E3`: `error` after three sends
 * - `U`: `unhealthy`, the id stands
 * - `~`: as without the fault, and the report says what is missing for it
 * - `sim`: has no address on loopback, so it is left to the simulation
 * - `-`: there is no such thing at this request
 */
export type Code =
  | 'ok'
  | 'ok2'
  | 'E'
  | 'E1'
  | 'Ei'
  | 'E3'
  | '?'
  | '?3'
  | 'T'
  | 'T1'
  | 'T+'
  | 'Ti'
  | 'U'
  | '~'
  | 'sim'
  | '-'

/** Names of tables of which each fault stays are `forGood…`. */
export type TableName = 'once' | 'onceBeside' | 'onceAtGitHub' | 'forGood' | 'forGoodBeside'

export const isForGood = ({ table }: { readonly table: TableName }): boolean => table.startsWith('forGood')

/** One case: what is hit by what, and the end that was promised for it. */
export type Declared = { readonly fault: string; readonly site: string; readonly code: Code }

export type DeclaredTable = {
  readonly name: TableName
  readonly sites: readonly string[]
  readonly faults: readonly string[]
  readonly cases: readonly Declared[]
}

const parseTable = (name: TableName, text: string): DeclaredTable => {
  const [head = '', ...lines] = text.trim().split('\n')
  const sites = head.trim().split(/\s+/)
  const rows = lines.map((line) => {
    const [fault = '', codes = ''] = line.split('|')
    return { fault: fault.trim(), codes: codes.trim().split(/\s+/) as Code[] }
  })
  return {
    name,
    sites,
    faults: rows.map(({ fault }) => fault),
    cases: rows.flatMap(({ fault, codes }) => sites.map((site, i) => ({ fault, site, code: codes[i] ?? '-' }))),
  }
}

export const declaredTables: readonly DeclaredTable[] = [
  parseTable('once', once),
  parseTable('onceBeside', onceBeside),
  parseTable('onceAtGitHub', onceAtGitHub),
  parseTable('forGood', forGood),
  parseTable('forGoodBeside', forGoodBeside),
]

export const isRun = ({ code }: Declared): boolean => code !== 'sim' && code !== '-'
