import type { Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import ky from 'ky'
import { createProxyFetch } from '../../../src/adapters/proxy.ts'
import { determineFailure } from '../../../src/core/network/request-error.ts'
import { createAuthority, issueCertificate, lastWeek } from '../../../testing/network/certificate.ts'
import { startOrigin, startRawOrigin } from '../../../testing/network/secure-origin.ts'

const known = createAuthority('A known authority')
const unknown = createAuthority('An unknown authority')
const defaults = getCACertificates('default')
beforeAll(() => setDefaultCACertificates([...defaults, known.cert]))
afterAll(() => setDefaultCACertificates(defaults))

const open: { close: () => Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())))

const startKept = async (handle: (socket: Socket) => void): Promise<number> => {
  const workflow = await startRawOrigin(handle)
  open.push(workflow)
  return workflow.port
}

const startAnswering = (answer: string, end: (socket: Socket) => void): Promise<number> =>
  startKept((socket) => socket.once('data', () => socket.write(answer, () => end(socket))))
const cut = (socket: Socket): void => void socket.end()
const reset = (socket: Socket): void => void socket.resetAndDestroy()

const startSecure = async (certificate: Parameters<typeof startOrigin>[0]): Promise<number> => {
  const workflow = await startOrigin(certificate, (_, response) => response.end())
  open.push(workflow)
  return workflow.port
}

const findClosedPort = async (): Promise<number> => {
  const workflow = await startRawOrigin(() => {})
  await workflow.close()
  return workflow.port
}

const withChain = (): Parameters<typeof startOrigin>[0] => {
  const { cert, key } = issueCertificate(['127.0.0.1'], unknown)
  return { cert: cert + unknown.cert, key }
}

const here = '127.0.0.1'
const head = 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'
const plain = (port: number): string => `http://127.0.0.1:${port}`
const secure = (port: number): string => `https://127.0.0.1:${port}`

/** What stopped the request, how to bring it about, what it means, and the codes of built-in fetch and of ours. */
const provocations: readonly [string, () => Promise<string>, string, string, string][] = [
  ['refused', async () => plain(await findClosedPort()), 'not_sent', 'ECONNREFUSED', 'ECONNREFUSED'],
  ['refused, TLS', async () => secure(await findClosedPort()), 'not_sent', 'ECONNREFUSED', 'ECONNREFUSED'],
  [
    'refused at each address',
    async () => `http://localhost:${await findClosedPort()}`,
    'not_sent',
    'ECONNREFUSED',
    'ECONNREFUSED',
  ],
  [
    'plain HTTP on the port for https',
    async () => secure(await startAnswering('HTTP/1.1 400 Bad\r\n\r\n', cut)),
    'not_sent',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'EPROTO',
  ],
  [
    'cut within the TLS handshake',
    async () => secure(await startKept((socket) => socket.once('data', () => cut(socket)))),
    'not_sent',
    'ECONNRESET',
    'ECONNRESET',
  ],
  [
    'self-signed',
    async () => secure(await startSecure(issueCertificate([here]))),
    'untrusted',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ],
  [
    'unknown authority',
    async () => secure(await startSecure(issueCertificate([here], unknown))),
    'untrusted',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ],
  [
    'unknown authority, with its certificate',
    async () => secure(await startSecure(withChain())),
    'untrusted',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'SELF_SIGNED_CERT_IN_CHAIN',
  ],
  [
    'made out to another name',
    async () => secure(await startSecure(issueCertificate(['other.test'], known))),
    'untrusted',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
  [
    'expired',
    async () => secure(await startSecure(issueCertificate([here], known, lastWeek()))),
    'untrusted',
    'CERT_HAS_EXPIRED',
    'CERT_HAS_EXPIRED',
  ],
  ['cut before the answer', async () => plain(await startAnswering('', cut)), 'lost', 'UND_ERR_SOCKET', 'ECONNRESET'],
  [
    'reset before the answer',
    async () => plain(await startKept((socket) => socket.once('data', () => reset(socket)))),
    'lost',
    'ECONNRESET',
    'ECONNRESET',
  ],
  [
    'cut within the headers',
    async () => plain(await startAnswering('HTTP/1.1 200 OK\r\nconte', cut)),
    'lost',
    'UND_ERR_SOCKET',
    'ECONNRESET',
  ],
  [
    'cut within the body',
    async () => plain(await startAnswering(`${head}{`, cut)),
    'lost',
    'UND_ERR_SOCKET',
    'ECONNRESET',
  ],
  [
    'no HTTP',
    async () => plain(await startAnswering('SSH-2.0\r\n', cut)),
    'lost',
    'HTTPParserError',
    'HPE_INVALID_CONSTANT',
  ],
]

const catchError = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('it was to fail')
    },
    (error: unknown) => error,
  )

describe.each(provocations)('%s', (_, provoke, kind, builtinCode, ownCode) => {
  it.each([
    ['built-in fetch', fetch, builtinCode],
    ['our own fetch', createProxyFetch(undefined), ownCode],
  ])(`by %s is ${kind}`, async (__, client, code) => {
    const address = await provoke()
    const error = await catchError(client(address, { method: 'POST', body: '{}' }).then((response) => response.text()))
    expect(determineFailure(error)).toMatchObject({ kind, code })
  })

  it('by ky, too', async () => {
    const address = await provoke()
    const error = await catchError(ky.post(address, { json: {}, retry: { limit: 0 } }).text())
    expect(determineFailure(error)).toMatchObject({ kind, code: builtinCode })
  })
})

/** What can't be provoked on loopback: the errors as Node and undici make them. */
const fetchError = (cause: object): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('as it was'), cause) })

describe('an error by its code', () => {
  it.each([
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
    [{ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }],
    [{ code: 'EHOSTUNREACH', syscall: 'connect' }],
    [{ code: 'ENETUNREACH', syscall: 'connect' }],
    [{ code: 'EACCES', syscall: 'connect' }],
    [{ code: 'ECONNRESET', syscall: 'connect' }],
    [{ code: 'ECONNRESET', syscall: 'read', phase: 'proxy' }],
    [{ code: 'ECONNRESET', syscall: 'read', phase: 'connect' }],
    [{ code: 'ERR_PROXY_TUNNEL' }],
    [{ code: 'ERR_PROXY_TUNNEL', statusCode: 403 }],
    [{ code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' }],
    [{ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }],
    [{ code: 'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED' }],
    [{ code: 'EPROTO', syscall: 'write', message: 'write EPROTO …:SSL routines:…:tlsv1 alert protocol version:…' }],
    [{ code: 'UND_ERR_ABORTED', message: 'Proxy response (502) !== 200 when HTTP Tunneling' }],
  ])('%j was not sent', (cause) => {
    expect(determineFailure(fetchError(cause)).kind).toBe('not_sent')
  })

  it.each([
    [{ code: 'ERR_PROXY_TUNNEL', statusCode: 407 }],
    [{ code: 'UND_ERR_ABORTED', message: 'Proxy response (407) !== 200 when HTTP Tunneling' }],
    [{ code: 'UNABLE_TO_GET_ISSUER_CERT' }],
    [{ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', phase: 'connect' }],
    [{ code: 'CERT_NOT_YET_VALID' }],
  ])('%j is not trusted', (cause) => {
    expect(determineFailure(fetchError(cause)).kind).toBe('untrusted')
  })

  it.each([
    [{ code: 'ECONNRESET', syscall: 'read' }],
    [{ code: 'ECONNRESET', syscall: 'read', phase: 'request' }],
    [{ code: 'EPIPE', syscall: 'write' }],
    [{ code: 'ETIMEDOUT', syscall: 'read' }],
    [{ code: 'EHOSTUNREACH', syscall: 'read' }],
    [{ code: 'ENETUNREACH', syscall: 'write' }],
    [
      {
        code: 'EPROTO',
        syscall: 'write',
        message: 'write EPROTO …:SSL routines:…:decryption failed or bad record mac:…',
      },
    ],
    [{ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }],
    [{ code: 'UND_ERR_SOCKET' }],
    [{ code: 'UND_ERR_HEADERS_TIMEOUT' }],
    [{ code: 'UND_ERR_BODY_TIMEOUT' }],
    [{ code: 'UND_ERR_HEADERS_OVERFLOW' }],
    [{ code: 'SOMETHING_NEW' }],
    [{}],
  ])('%j may have been carried out', (cause) => {
    expect(determineFailure(fetchError(cause)).kind).toBe('lost')
  })

  it.each([[undefined], [null], ['text'], [42], [{}], [new Error('odd')], [new DOMException('late', 'TimeoutError')]])(
    'so may what is no network error: %p',
    (error) => {
      expect(determineFailure(error).kind).toBe('lost')
    },
  )

  it.each([
    ['none was reached', ['connect', 'connect'], 'not_sent'],
    ['one was', ['connect', 'read'], 'lost'],
  ])('of a host with several addresses: %s', (_, syscalls, kind) => {
    const errors = syscalls.map((syscall) => Object.assign(new Error('x'), { code: 'ETIMEDOUT', syscall }))
    const error = Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' })
    expect(determineFailure(new TypeError('fetch failed', { cause: error })).kind).toBe(kind)
  })
})

it('ends on causes that go in a circle', () => {
  const error = new Error('round')
  error.cause = error
  expect(determineFailure(error)).toEqual({ kind: 'lost', code: 'Error', detail: 'round' })
})

it('tells what a timeout is called, not the number that it has', () => {
  expect(determineFailure(new DOMException('late', 'TimeoutError'))).toEqual({
    kind: 'lost',
    code: 'TimeoutError',
    detail: 'late',
  })
})

it('takes the reason out of what OpenSSL wrote', () => {
  const message =
    'write EPROTO 40AD:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../ssl/a.c:84:'
  expect(determineFailure(fetchError({ code: 'EPROTO', message }))).toMatchObject({ detail: 'wrong version number' })
})

it('keeps the phase and the status of the proxy', () => {
  expect(determineFailure(fetchError({ code: 'ERR_PROXY_TUNNEL', statusCode: 502, phase: 'connect' }))).toEqual({
    kind: 'not_sent',
    code: 'ERR_PROXY_TUNNEL',
    detail: 'as it was',
    phase: 'connect',
    proxyStatus: 502,
  })
})
