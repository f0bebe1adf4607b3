import type { Call, Transport } from '../../src/adapters/http.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import type { VirtualProcess } from '../virtual/virtual-process.ts'
import { createVirtualTransport, type Strike } from '../virtual/virtual-transport.ts'
import { drawInteger, happens, pickByWeight } from './draw.ts'
import { getFault, listFaults, type MenuEntry } from './fault-menu.ts'
import { meetRebase, meetStart } from './other-people.ts'
import { determineLatestEffectMs } from './scenario-lag.ts'
import type { Simulation } from './simulation.ts'
import { type Attempt, isBeside, type Seen, type Sending, watchAnswer } from './trace.ts'

type Open = { -readonly [Key in keyof Sending]: Sending[Key] }

/** No promise leads there; but what runs away must end. */
const mostRequests = 30_000

/** The way from one process to the orchestrator: under the network's conditions, written down. */
export const createNetwork = (simulation: Simulation, attempt: Attempt, process: VirtualProcess): Transport => {
  const { orchestrator, clock, random, scenario } = simulation
  const { least, most } = scenario.latency
  const sendings = new Map<Call, Open>()
  let flying = 0
  let flyingBeside = 0
  let startsFlying = 0
  const transport = createVirtualTransport(orchestrator, clock, {
    token: usualToken,
    latencyMs: () => drawInteger(random, least, most),
    strike: (call) => strike(simulation, sendings.get(call) as Open),
    arrives: (call, isGivenUp) => {
      if ((isGivenUp || process.isOver()) && happens(random, 0.5)) return false
      if (isStart(call)) meetStart(simulation, ++simulation.starts)
      if (isRebase(call)) meetRebase(simulation, ++simulation.rebases)
      return true
    },
    onTaken: (call) => {
      const record = orchestrator.record.at(-1)
      const sending = sendings.get(call)
      if (record && sending) sending.record = record
    },
  })
  return (given, limits) => {
    const call = isStart(given) && scenario.losesComments ? withoutComment(given) : given
    // What dies with this call may have sent it; what died before sends nothing.
    if (process.isOver()) return new Promise(() => {})
    if (limits.signal?.aborted) return Promise.reject(limits.signal.reason)
    process.touch()
    const sending: Open = { call, operation: describe(call), atMs: clock.now(), fault: '', besides: 0 }
    const isOwn = !isBeside(sending)
    sending.besides = isStart(call) ? flying + flyingBeside : isOwn ? flying : startsFlying
    if (isOwn) flying++
    else flyingBeside++
    if (isStart(call)) startsFlying++
    sendings.set(call, sending)
    attempt.sendings.push(sending)
    if (attempt.sendings.length > mostRequests) throw new Error(`More than ${mostRequests} requests were sent.`)
    const note = (seen: Seen): void => {
      if (isOwn) flying--
      else flyingBeside--
      if (isStart(call)) startsFlying--
      if (process.isOver()) return
      sending.seen = seen
      sending.seenAtMs = clock.now()
    }
    return process.guard(watchAnswer(transport(call, limits), note))
  }
}

const withoutComment = (call: Call): Call => ({ ...call, json: { ...(call.json as object), comment: '' } })

const isStart = ({ method, path }: Call): boolean => method === 'POST' && path.endsWith('/deploys')

const isRebase = ({ method, path }: Call): boolean => method === 'PUT' && path.endsWith('/from_deploy_id')

/** In the orchestrator's words. */
const describe = ({ method, path }: Call): string => {
  const [collection = '', env, noun, id, below, further] = (path.split('?', 1)[0] ?? '').split('/').slice(4)
  if (collection === 'pipelines') return `${method} ${describeRun(id, below, further)}`
  if (collection !== 'envs') return `${method} ${noun === 'diff' ? noun : (elsewhere[collection] ?? collection)}`
  if (env === undefined) return `${method} envs`
  if (noun === undefined) return `${method} env`
  if (id === undefined) return `${method} ${noun}`
  return `${method} ${below ?? 'deploy'}`
}

const describeRun = (id: string | undefined, below: string | undefined, further: string | undefined): string => {
  if (id === undefined) return 'runs'
  if (below === undefined) return 'run'
  return further === undefined ? 'jobs' : 'job'
}

/** What isn't an environment's. */
const elsewhere: Readonly<Record<string, string>> = { sets: 'set', deltas: 'delta' }

const pastHelp = ['repeated by a gateway', '429, carried out']

/**
 * Of a start that a pipeline takes, they make a run that nobody looks for, or a second one, whatever its sender does; of one
 * without a comment, a deployment that nobody can tell from another's.
 */
const isPastHelp = ({ scenario }: Simulation, { operation }: Open): boolean =>
  operation === 'POST deploys' && (scenario.worlds.pipeline !== undefined || scenario.losesComments)

const strike = (simulation: Simulation, sending: Open): Strike | undefined => {
  const entry = drawFault(simulation, sending)
  if (!entry || (pastHelp.includes(entry.name) && isPastHelp(simulation, sending))) return undefined
  sending.fault = entry.name
  const { random, clock, scenario, historyIds } = simulation
  return entry.make({
    random,
    operation: sending.operation,
    latestEffectMs: determineLatestEffectMs(scenario.worlds.lag ?? {}, scenario.plan.listedAfterMs),
    otherId: historyIds.at(0) ?? '00000000deadbeef',
    nowMs: clock.now(),
  })
}

const drawFault = (simulation: Simulation, { operation }: Open): MenuEntry | undefined => {
  // Who has a pipeline and a bad line can't be helped: what it holds isn't in the list.
  if (operation === 'POST deploys' && simulation.scenario.plan.pipeline) return undefined
  const { random, clock, scenario, startedMs, starts } = simulation
  const elapsedMs = clock.now() - startedMs
  const outage = scenario.conditions.outages.find(({ fromMs, toMs }) => fromMs <= elapsedMs && elapsedMs < toMs)
  const planned = operation === 'POST deploys' ? scenario.startFaults[starts] : undefined
  if (planned) return getFault(planned)
  const { trouble } = scenario.worlds.cluster ?? {}
  if (trouble && /^GET (?:runtime|logs)$/.test(operation) && happens(random, trouble.rate))
    return getFault(trouble.fault)
  if (outage) return getFault(outage.fault)
  return happens(random, scenario.conditions.rate) ? pickByWeight(random, listFaults(operation)) : undefined
}
