import type { ApiAnswer, Delivery, Exchange } from './exchange.ts'
import type { EffectAfter, FaultAction } from './faults.ts'
import type { Later } from './later.ts'

/** Carries a request out at the given time, and says what the true answer is. */
export type CarryOut = (atMs: number) => ApiAnswer

export const wholeDelivery: Delivery = { kind: 'whole' }

/** What becomes of a request that a fault hits: whether and when it is carried out, and what of its answer gets through. */
export const performFault = (action: FaultAction, atMs: number, carryOut: CarryOut, later: Later): Exchange => {
  switch (action.kind) {
    case 'cut':
      return cut(action, atMs, carryOut, later)
    case 'answer': {
      const { status, headers, text } = action
      const isBare = action.body === undefined && text === undefined && status >= 400 && status < 500
      const body = isBare ? { error: `API-${status}`, message: 'No.' } : action.body
      schedule(action.effectAfterMs ?? 'never', atMs, carryOut, later)
      return {
        answer: { status, ...(headers && { headers }), body, ...(text !== undefined && { text }) },
        delivery: wholeDelivery,
      }
    }
    case 'stall':
      return stall(action, atMs, carryOut, later)
    case 'trickle':
    case 'padded':
      return { answer: carryOut(atMs), delivery: action }
    case 'repeat':
      carryOut(atMs)
      return { answer: carryOut(atMs), delivery: wholeDelivery }
    default:
      return { answer: spoil(action, carryOut(atMs)), delivery: wholeDelivery }
  }
}

type Action<Kind extends FaultAction['kind']> = Extract<FaultAction, { kind: Kind }>

const cut = (
  { at = 'start', effectAfterMs = 'never' }: Action<'cut'>,
  atMs: number,
  carryOut: CarryOut,
  later: Later,
): Exchange => {
  if (at !== 'start') return { answer: carryOut(atMs), delivery: { kind: 'cut', at } }
  schedule(effectAfterMs, atMs, carryOut, later)
  return { delivery: { kind: 'cut', at } }
}

const stall = (action: Action<'stall'>, atMs: number, carryOut: CarryOut, later: Later): Exchange => {
  const { at, ms, effectAfterMs } = action
  if (effectAfterMs === undefined)
    return { answer: carryOut(atMs), delivery: { kind: 'stall', at, ...(ms !== undefined && { ms }) } }
  schedule(effectAfterMs, atMs, carryOut, later)
  return { delivery: { kind: 'stall', at: 'headers' } }
}

const schedule = (after: EffectAfter, atMs: number, carryOut: CarryOut, later: Later): void => {
  if (after === 'never') return
  if (after <= 0) carryOut(atMs)
  else later.add(atMs + after, carryOut)
}

const spoil = (action: Action<'truncate' | 'text' | 'merge' | 'hide'>, answer: ApiAnswer): ApiAnswer => {
  switch (action.kind) {
    case 'truncate': {
      const text = JSON.stringify(answer.body ?? null)
      return {
        ...answer,
        headers: { 'content-type': 'application/json' },
        text: text.slice(0, Math.ceil(text.length / 2)),
      }
    }
    case 'text':
      return { ...answer, headers: { 'content-type': action.contentType ?? 'text/html' }, text: action.text }
    case 'merge':
      return { ...answer, body: mergeInto(answer.body, action.fields) }
    case 'hide':
      return answer
  }
}

const mergeInto = (body: unknown, fields: Readonly<Record<string, unknown>>): unknown => {
  if (Array.isArray(body)) return body.map((element) => mergeInto(element, fields))
  return typeof body === 'object' && body !== null ? { ...body, ...fields } : body
}
