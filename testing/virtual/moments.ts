import type { Call, Transport } from '../../src/adapters/http.ts'
import { parseRoute } from '../simulator/orchestrator/routes.ts'
import type { RequestLog } from '../simulator/request-log.ts'

/** Moments to wait for. Requests are named as in the record: `DELETE env`, `PATCH comment`. */
export const createMoments = () => {
  const waiting = new Map<string, (() => void)[]>()
  const wait = (moment: string): Promise<void> =>
    new Promise((resolve) => waiting.set(moment, [...(waiting.get(moment) ?? []), resolve]))
  const come = (moment: string): void => {
    for (const resolve of waiting.get(moment) ?? []) resolve()
    waiting.delete(moment)
  }
  return {
    /** The next such request to Humanitec has left the step. */
    sent: (operation: string) => wait(`sent ${operation}`),
    /** The next such request was taken, by Humanitec or GitHub, and its answer is on the way. */
    taken: (operation: string) => wait(`taken ${operation}`),
    tellSent:
      (transport: Transport): Transport =>
      (call, limits) => {
        come(`sent ${formatOperation(call)}`)
        return transport(call, limits)
      },
    tellTaken: <Service extends RequestLog>(service: Service): Service => ({
      ...service,
      exchange: (request, action) => {
        const exchange = service.exchange(request, action)
        come(`taken ${service.record.at(-1)?.operation}`)
        return exchange
      },
    }),
  }
}

const formatOperation = ({ method, path }: Call): string => `${method} ${parseRoute(`/${path}`, '')?.noun}`
