import type { FaultCase } from './fault-case.ts'

const slowFaults: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/1e9 s|over a minute/, 62],
  [/never come|one byte/, 18],
  [/stalls/, 12],
]

/** How long a case is likely to take, so that the long ones begin first. Which is which changes no result. */
export const expectSeconds = ({ fault, code, table, site }: FaultCase): number => {
  const ofFault = slowFaults.find(([pattern]) => pattern.test(fault))?.[1] ?? 0
  const ofLooks = code === '?3' ? 33 : code === 'ok2' || (code === 'E1' && fault.startsWith('3')) ? 13 : 0
  const ofDeadline = table === 'forGood' && ['T', 'T1', 'Ti', '?', '~'].includes(code) ? 12 : 0
  const ofStart = (site === 'start' || site === 'rebased') && ofFault === 18 ? 35 : 0
  return Math.max(3, ofFault, ofLooks, ofDeadline, ofStart)
}

/** Their servers are this very process: many at a time would keep all others waiting. */
export const isHeavy = ({ fault }: FaultCase): boolean => fault.includes('51 MiB')
