import type { ApiAnswer } from '../../testing/simulator/exchange.ts'
import {
  createOrchestrator,
  type Orchestrator,
  type OrchestratorOptions,
  usualToken,
} from '../../testing/simulator/orchestrator.ts'

export const startMs = Date.parse('2026-11-23T17:00:00Z')
export const production = 'acme/shop/production'
export const shopPath = '/orgs/acme/apps/shop/envs'
export const path = `${shopPath}/production`

/** An application with two environments and a short past, whose clock stands still until it is moved. */
export const createShop = (options: Partial<OrchestratorOptions> = {}) => {
  let nowMs = startMs
  const orchestrator = createOrchestrator({ now: () => nowMs, ...options })
  orchestrator.addEnvironment(production, { type: 'production' })
  orchestrator.addEnvironment('acme/shop/staging', { type: 'staging' })
  const [older = '', newer = ''] = orchestrator.seedHistory(production, [
    { agoSeconds: 7200, durationSeconds: 150, status: 'failed', errors: [{ code: 'CLD-001' }] },
    { agoSeconds: 3600, durationSeconds: 140, status: 'succeeded' },
  ])
  const delta = orchestrator.addDelta('acme/shop')
  const pass = (ms: number): void => {
    nowMs += ms
  }
  return { orchestrator, older, newer, delta, pass, token: usualToken, ask: createAsk(orchestrator) }
}

/** One request by the usual token; without faults. */
const createAsk =
  (orchestrator: Orchestrator) =>
  (operation: string, body?: unknown, token: string = usualToken, headers = {}): ApiAnswer => {
    const [method = '', asked = ''] = operation.split(' ')
    const [path = '', search = ''] = asked.split('?')
    return orchestrator.handle({ method, path, search, token, headers, ...(body !== undefined && { body }) })
  }

/** The fields of an answer's body. */
export const fieldsOf = ({ body }: ApiAnswer): Readonly<Record<string, unknown>> =>
  body as Readonly<Record<string, unknown>>

export const listOf = ({ body }: ApiAnswer): readonly Readonly<Record<string, unknown>>[] =>
  body as readonly Readonly<Record<string, unknown>>[]
