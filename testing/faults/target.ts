import type { Simulator } from '../simulator/server.ts'
import { home } from './place.ts'
import type { Site } from './sites.ts'

export type Injection = {
  readonly site: Site
  readonly fault: string
  readonly isForGood: boolean
  /** Where redirects lead: a host that must never be asked anything. */
  readonly elsewhere: string
}

/** Picks, among the connections to a host, the one whose request is to be hit: nobody there sees what will be asked. */
export type Target = {
  /** To be called for each connection, in order. */
  readonly isDue: () => boolean
  readonly hits: () => number
}

/** When the run's deployment ended, on the servers' clock. */
const findEndMs = ({ orchestrator }: Simulator): number => {
  const startedId = orchestrator.record.find(({ operation }) => operation === 'POST deploys')?.acceptedId
  const ours = orchestrator.inspectDeployments(`${home}/development`).find(({ id }) => id === startedId)
  return ours?.status === 'succeeded' ? ours.statusChangedMs : Number.POSITIVE_INFINITY
}

/** @param stays for a fault that the run ends with, whatever else is asked: then a connection without a request uses up nothing */
export const createTarget = (simulator: Simulator, { site, isForGood }: Injection, stays = false): Target => {
  const { record } = site.service === 'humanitec' ? simulator.orchestrator : simulator.github
  let count = 0
  let hits = 0
  const hasCome = (): boolean => {
    if (site.follows === undefined) return count >= site.position
    const answered = record.filter(({ operation, status }) => operation === site.follows && status !== undefined)
    const fromMs = site.followsEnd ? findEndMs(simulator) : 0
    return answered.filter(({ atMs }) => atMs >= fromMs).length >= (site.followsTimes ?? 1)
  }
  return {
    isDue: () => {
      count++
      const isLeft = hits === 0 || isForGood || (stays && site.follows !== undefined)
      if (!hasCome() || !isLeft) return false
      hits++
      return true
    },
    hits: () => hits,
  }
}
