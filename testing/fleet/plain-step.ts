import { delta } from '../example.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import { application, drawLatencyMs, type FleetApi, nameEnvironment } from './api.ts'

const intervalMs = 5_000

type Step = {
  readonly index: number
  readonly timeoutMs: number
  /** Whether a 429 is followed by another try, 5 s later; otherwise it ends the step. */
  readonly repeats: boolean
}

/**
 * What many actions do: list, start, ask every 5 s, without a history, jitter or back-off, and without a look at
 * `Retry-After`. True when it ends green.
 */
export const runPlainStep = async (api: FleetApi, { index, timeoutMs, repeats }: Step): Promise<boolean> => {
  const { clock } = api
  const endMs = clock.now() + timeoutMs
  const path = `/orgs/${application.replace('/', '/apps/')}/envs/${nameEnvironment(index)}/deploys`
  const ask = async (method: string, below = '', body?: object): Promise<unknown> => {
    while (clock.now() < endMs) {
      const answer = await send(api, { method, path: path + below, ...(body && { body }) })
      if (answer.status < 300) return answer.body
      if (!repeats) return undefined
      await clock.sleep(intervalMs)
    }
    return undefined
  }
  if (!(await ask('GET'))) return false
  const started = await ask('POST', '', { delta_id: delta, comment: `step ${index}` })
  while (started && clock.now() < endMs) {
    await clock.sleep(intervalMs)
    const seen = await ask('GET', `/${Object(started).id}`)
    if (!seen) return false
    if (Object(seen).status === 'succeeded') return true
  }
  return false
}

/** Straight to the orchestrator: nothing between them fails, and there are millions of these. */
const send = async (
  api: FleetApi,
  request: { readonly method: string; readonly path: string; readonly body?: object },
): Promise<{ readonly status: number; readonly body?: unknown }> => {
  await api.clock.sleep(drawLatencyMs(api))
  const answer = api.orchestrator.handle({ ...request, token: usualToken })
  await api.clock.sleep(drawLatencyMs(api))
  return answer
}
