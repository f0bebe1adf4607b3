import type { ApiAnswer, ApiRequest, Delivery, Exchange, RequestRecord } from './exchange.ts'
import { performFault, wholeDelivery } from './fault-effect.ts'
import { createFaultList, type Fault, type FaultAction, type Visibility } from './faults.ts'
import type { Later } from './later.ts'

/** One request, understood. */
export type Call = {
  readonly operation: string
  /** Carries it out. `visibility` is for what it starts. */
  act(atMs: number, visibility: Visibility | undefined): ApiAnswer
}

export type Service = {
  now(): number
  readonly later: Later
  route(request: ApiRequest): Call
  /** Sees every answer whose status goes out, for checks. */
  readonly onAnswer?: ((record: RequestRecord, answer: ApiAnswer) => void) | undefined
}

export type RequestLog = {
  /** Every request so far, in order of arrival. */
  readonly record: readonly RequestRecord[]
  /** For requests to come. */
  addFault(fault: Fault): void
  clearFaults(): void
  /** One request, hit by the fault given here, or else by those that were added. */
  exchange(request: ApiRequest, action?: FaultAction): Exchange
  /** One request that no fault hits. */
  handle(request: ApiRequest): ApiAnswer
}

type Entry = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] }

/** Takes the requests for a service, records them, and does wrong what a fault says. No I/O and no timer in it. */
export const createRequestLog = (service: Service): RequestLog => {
  const record: Entry[] = []
  const faults = createFaultList()

  const arrive = (request: ApiRequest): { call: Call; entry: Entry } => {
    const atMs = service.now()
    service.later.settle(atMs)
    const call = service.route(request)
    const entry: Entry = { atMs, operation: call.operation, request }
    record.push(entry)
    return { call, entry }
  }

  const carryOut = (call: Call, entry: Entry, atMs: number, visibility?: Visibility): ApiAnswer => {
    const answer = call.act(atMs, visibility)
    entry.effectAtMs = atMs
    if (answer.acceptedId !== undefined) entry.acceptedId = answer.acceptedId
    return answer
  }

  const send = (entry: Entry, answer: ApiAnswer): void => {
    entry.status = answer.status
    service.onAnswer?.(entry, answer)
  }

  const hit = (call: Call, entry: Entry, action: FaultAction): Exchange => {
    entry.fault = action.kind
    const visibility = action.kind === 'hide' ? action : undefined
    const exchange = performFault(action, entry.atMs, (atMs) => carryOut(call, entry, atMs, visibility), service.later)
    if (exchange.answer && isStatusSent(exchange.delivery)) send(entry, exchange.answer)
    return exchange
  }

  const answerTruly = (call: Call, entry: Entry): ApiAnswer => {
    const answer = carryOut(call, entry, entry.atMs)
    send(entry, answer)
    return answer
  }

  return {
    record,
    addFault: faults.add,
    clearFaults: faults.clear,
    exchange: (request, given) => {
      const { call, entry } = arrive(request)
      const action = given ?? faults.take(call.operation)
      return action ? hit(call, entry, action) : { answer: answerTruly(call, entry), delivery: wholeDelivery }
    },
    handle: (request) => {
      const { call, entry } = arrive(request)
      return answerTruly(call, entry)
    },
  }
}

const isStatusSent = (delivery: Delivery): boolean => {
  if (delivery.kind === 'cut') return delivery.at === 'body'
  return delivery.kind !== 'stall' || delivery.at === 'body' || delivery.ms !== undefined
}
