import { isForGood } from './declared.ts'
import type { FaultCase } from './fault-case.ts'

const slowFaults: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/1e9 s|over a minute/, 62],
  [/never come|one byte/, 18],
  [/stalls/, 12],
]

/** What these go through anyway: half a minute of health, an approval, a look for a start. */
const ofSite: Readonly<Record<string, number>> = {
  runtime: 36,
  run: 25,
  jobs: 25,
  job: 25,
  approvals: 25,
  runs: 8,
  after: 18,
}

/** How long a case is likely to take, so that the long ones begin first. Which is which changes no result. */
export const expectSeconds = (faultCase: FaultCase): number => {
  const { fault, code, site } = faultCase
  const ofFault = slowFaults.find(([pattern]) => pattern.test(fault))?.[1] ?? 0
  const ofLooks =
    code === '?3' || code === 'E3' ? 33 : code === 'ok2' || (code === 'E1' && fault.startsWith('3')) ? 13 : 0
  const ofDeadline = isForGood(faultCase) && ['T', 'T1', 'Ti', 'U', '?', '~'].includes(code) ? 12 : 0
  const ofStart = (site === 'start' || site === 'rebased') && ofFault === 18 ? 35 : 0
  return Math.max(ofSite[site] ?? 3, ofFault, ofLooks, ofDeadline, ofStart)
}

/** Their servers are this very process: many at a time would keep all others waiting. */
export const isHeavy = ({ fault }: FaultCase): boolean => fault.includes('51 MiB')
