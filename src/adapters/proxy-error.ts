import type { Phase } from '../core/network/network-failure.ts'

/** The error that built-in fetch throws: ky knows it by its message. The cause gets the phase. */
export const createFetchError = (cause: unknown, phase: Phase, message = 'fetch failed'): TypeError =>
  new TypeError(message, { cause: Object.assign(withoutCredentials(cause), { phase }) })

export const createConnectTimeout = (): Error =>
  Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT', syscall: 'connect' })

/** Node 24.5 writes the proxy's URL with its password into the text of this error. */
const withoutCredentials = (cause: unknown): object => {
  const error = typeof cause === 'object' && cause !== null ? cause : new Error(String(cause))
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code !== 'ERR_PROXY_TUNNEL') return error
  return statusCode === undefined
    ? Object.assign(new Error('the proxy ended the connection before the tunnel was made'), { code })
    : Object.assign(new Error(`the proxy answered ${statusCode}`), { code, statusCode })
}
