import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { inspect } from 'node:util'
import { getOctokit } from '@actions/github'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import ky from 'ky'
import { createProxyFetch } from '../../src/adapters/proxy.ts'
import { determineFailure } from '../../src/core/network/request-error.ts'
import { collectGarbage } from '../../testing/garbage.ts'
import { createAuthority, issueCertificate } from '../../testing/network/certificate.ts'
import { type ProxyOptions, type Proxy as ProxyServer, startProxy } from '../../testing/network/proxy-server.ts'
import { type Origin, startOrigin, startRawOrigin } from '../../testing/network/secure-origin.ts'

const host = 'https://api.humanitec.test'
const trusted = createAuthority('A public authority')
const company = createAuthority('The authority of a company')
const certificate = issueCertificate(['api.humanitec.test', 'api.github.test', '127.0.0.1'], trusted)

const defaults = getCACertificates('default')
beforeAll(() => setDefaultCACertificates([...defaults, trusted.cert]))
afterAll(() => setDefaultCACertificates(defaults))

const open: { close: () => Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())))
const keep = <Server extends { close: () => Promise<void> }>(server: Server): Server => {
  open.push(server)
  return server
}

type Network = { readonly origin: Origin; readonly proxy: ProxyServer; readonly fetch: typeof fetch }

const connectNetwork = async (
  answer: Parameters<typeof startOrigin>[1] = (_, response) => response.end('{"id":"production"}'),
  options: Partial<ProxyOptions> = {},
): Promise<Network> => joinProxy(keep(await startOrigin(certificate, answer)), options)

const joinProxy = async (origin: Origin, options: Partial<ProxyOptions> = {}): Promise<Network> => {
  const proxy = keep(await startProxy({ targetPort: origin.port, ...options }))
  return { origin, proxy, fetch: createProxyFetch(`http://127.0.0.1:${proxy.port}`) }
}

const catchError = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it was to fail')
    },
    (error) => error,
  )

describe('through a proxy', () => {
  it('ky reads, with its headers, by one CONNECT and one request', async () => {
    const seen: (string | undefined)[] = []
    const { origin, proxy, fetch } = await connectNetwork((request, response) => {
      seen.push(request.headers.authorization, request.headers.host, request.headers['proxy-authorization'])
      response.end('{"id":"production"}')
    })
    const client = ky.create({ prefix: host, fetch, headers: { authorization: 'Bearer x' }, retry: { limit: 0 } })
    await expect(client('orgs/acme').json()).resolves.toEqual({ id: 'production' })
    expect(seen).toEqual(['Bearer x', 'api.humanitec.test', undefined])
    expect(origin.requests).toEqual(['GET /orgs/acme'])
    expect(proxy.asked).toEqual(['api.humanitec.test:443'])
  })

  it('ky sends a body', async () => {
    const { fetch } = await connectNetwork(async (request, response) => {
      const chunks = await request.toArray()
      response.end(JSON.stringify([request.headers['content-length'], Buffer.concat(chunks).toString()]))
    })
    const client = ky.create({ prefix: host, fetch, retry: { limit: 0 } })
    await expect(client.post('deploys', { json: { delta_id: 'ü' } }).json()).resolves.toEqual([
      '17',
      '{"delta_id":"ü"}',
    ])
  })

  it('Octokit reads, follows pages, and gets the URL of each', async () => {
    const { origin, proxy, fetch } = await connectNetwork((request, response) => {
      const isFirst = !request.url?.includes('page=2')
      response.setHeader('content-type', 'application/json')
      if (isFirst)
        response.setHeader('link', '<https://api.github.test/repos/acme/shop/issues/1/comments?page=2>; rel="next"')
      response.end(JSON.stringify([{ id: isFirst ? 1 : 2 }]))
    })
    const octokit = getOctokit('token', { baseUrl: 'https://api.github.test', request: { fetch } })
    const place = { owner: 'acme', repo: 'shop', issue_number: 1 }
    const pages = []
    for await (const { url, data } of octokit.paginate.iterator(octokit.rest.issues.listComments, place))
      pages.push([url, data.map(({ id }) => id)])
    expect(pages).toEqual([
      ['https://api.github.test/repos/acme/shop/issues/1/comments', [1]],
      ['https://api.github.test/repos/acme/shop/issues/1/comments?page=2', [2]],
    ])
    expect(origin.requests).toHaveLength(2)
    expect(proxy.asked).toEqual(['api.github.test:443', 'api.github.test:443'])
  })

  it('Octokit sends a body and reads a refusal', async () => {
    const { fetch } = await connectNetwork((_, response) => response.writeHead(403).end('{"message":"no"}'))
    const octokit = getOctokit('token', { baseUrl: 'https://api.github.test', request: { fetch } })
    const call = octokit.rest.issues.createComment({ owner: 'acme', repo: 'shop', issue_number: 1, body: 'hello' })
    await expect(call).rejects.toMatchObject({ status: 403 })
  })

  it('sends user and password decoded', async () => {
    const origin = keep(await startOrigin(certificate, (_, response) => response.end('ok')))
    const proxy = keep(await startProxy({ targetPort: origin.port, credentials: 'robot:p@ss' }))
    const fetch = createProxyFetch(`http://robot:p%40ss@127.0.0.1:${proxy.port}`)
    await expect(fetch(host).then((response) => response.text())).resolves.toBe('ok')
    expect(proxy.credentials).toEqual(['robot:p@ss'])
  })

  it.each([301, 302, 303, 307, 308])('returns a %d as it is', async (status) => {
    const { origin, fetch } = await connectNetwork((_, response) =>
      response.writeHead(status, { location: 'https://elsewhere.test/' }).end('moved'),
    )
    const response = await fetch(host, { method: 'POST', body: '{}' })
    expect([response.status, response.headers.get('location'), await response.text()]).toEqual([
      status,
      'https://elsewhere.test/',
      'moved',
    ])
    expect(origin.requests).toEqual(['POST /'])
  })

  it.each([
    ['204', 'GET', 204],
    ['304', 'GET', 304],
    ['the answer to HEAD', 'HEAD', 200],
  ])('%s has no body, and its connection is closed', async (_, method, status) => {
    const { origin, fetch } = await connectNetwork((__, response) => response.writeHead(status).end())
    const response = await fetch(host, { method })
    expect([response.status, response.body]).toEqual([status, null])
    await origin.idle()
  })

  it('keeps headers that come twice', async () => {
    const { fetch } = await connectNetwork((_, response) => response.setHeader('x-a', ['1', '2']).end())
    expect((await fetch(host)).headers.get('x-a')).toBe('1, 2')
  })

  it('streams: a reader that has enough cuts the connection', async () => {
    const { origin, fetch } = await connectNetwork((_, response) => {
      const send = (): void => {
        while (response.write(Buffer.alloc(65_536))) {}
      }
      response.on('drain', send)
      send()
    })
    const response = await fetch(host)
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > 200_000) break
    }
    expect(bytes).toBeLessThan(1_000_000)
    await origin.idle()
  })

  it('leaves no connection behind after an answer', async () => {
    const { origin, proxy, fetch } = await connectNetwork()
    await (await fetch(host)).text()
    await origin.idle()
    await proxy.idle()
  })

  it('trusts a proxy that inspects TLS when its authority is known', async () => {
    const { origin, fetch } = await connectNetwork(undefined, {
      inspection: { authority: trusted, trusted: trusted.cert },
    })
    expect((await fetch(host)).status).toBe(200)
    expect(origin.requests).toEqual(['GET /'])
  })

  it('speaks TLS with an https proxy', async () => {
    const { origin, proxy } = await connectNetwork(undefined, { certificate })
    expect((await createProxyFetch(`https://127.0.0.1:${proxy.port}`)(host)).status).toBe(200)
    expect([proxy.asked, origin.requests]).toEqual([['api.humanitec.test:443'], ['GET /']])
  })

  it('asks for a plain http URL without a tunnel', async () => {
    const { proxy, fetch } = await connectNetwork()
    expect((await fetch('http://github.test/api')).status).toBe(200)
    expect(proxy.asked).toEqual(['http://github.test/api'])
  })
})

describe('without a proxy', () => {
  it('asks the host directly', async () => {
    const origin = keep(await startOrigin(certificate, (_, response) => response.end('ok')))
    const response = await createProxyFetch(undefined)(`https://127.0.0.1:${origin.port}/`)
    await expect(response.text()).resolves.toBe('ok')
  })

  it('tells that a host refused', async () => {
    const origin = await startOrigin(certificate, () => {})
    await origin.close()
    const error = await catchError(createProxyFetch(undefined)(`https://127.0.0.1:${origin.port}/`))
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED', phase: 'connect' })
  })
})

describe('a proxy that makes no tunnel is asked once, and nothing is sent', () => {
  it.each([
    ['answers 407', { onConnect: 407 }, { code: 'ERR_PROXY_TUNNEL', statusCode: 407 }, 'untrusted'],
    [
      'answers 407 to a wrong password',
      { credentials: 'a:b' },
      { code: 'ERR_PROXY_TUNNEL', statusCode: 407 },
      'untrusted',
    ],
    ['answers 403', { onConnect: 403 }, { code: 'ERR_PROXY_TUNNEL', statusCode: 403 }, 'not_sent'],
    ['answers 502', { onConnect: 502 }, { code: 'ERR_PROXY_TUNNEL', statusCode: 502 }, 'not_sent'],
    ['closes', { onConnect: 'close' }, { phase: 'connect' }, 'not_sent'],
    [
      'shows a certificate of an unknown authority',
      { inspection: { authority: company, trusted: trusted.cert } },
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', phase: 'connect' },
      'untrusted',
    ],
  ] as const)('%s', async (_, options, cause, kind) => {
    const { origin, proxy, fetch } = await connectNetwork(undefined, options)
    const error = await catchError(fetch(host, { method: 'POST', body: '{}' }))
    expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed', cause })
    expect(determineFailure(error).kind).toBe(kind)
    expect([origin.requests, proxy.asked]).toEqual([[], ['api.humanitec.test:443']])
    await proxy.idle()
  })

  it.each([403, 502])('answers %d: that is what is told', async (onConnect) => {
    const { fetch } = await connectNetwork(undefined, { onConnect })
    expect(determineFailure(await catchError(fetch(host))).detail).toBe(`the proxy answered ${onConnect}`)
  })

  it('is down', async () => {
    const { origin, proxy, fetch } = await connectNetwork()
    await proxy.close()
    const error = await catchError(fetch(host))
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED', phase: 'proxy' })
    expect(determineFailure(error).detail).toContain('ECONNREFUSED')
    expect(origin.requests).toEqual([])
  })

  it('stalls: given up after the time for connecting', async () => {
    const { origin, proxy } = await connectNetwork(undefined, { onConnect: 'stall' })
    const error = await catchError(createProxyFetch(`http://127.0.0.1:${proxy.port}`, 20)(host))
    expect(determineFailure(error)).toMatchObject({ kind: 'not_sent', code: 'ETIMEDOUT' })
    expect(origin.requests).toEqual([])
    await proxy.idle()
  })

  it('stalls until a timeout of the caller: nothing was sent, either', async () => {
    const { origin, proxy, fetch } = await connectNetwork(undefined, { onConnect: 'stall' })
    const abort = new AbortController()
    const [error] = await Promise.all([
      catchError(fetch(host, { method: 'POST', body: '{}', signal: abort.signal })),
      proxy.nextConnect().then(() => abort.abort(new DOMException('late', 'TimeoutError'))),
    ])
    expect(determineFailure(error)).toMatchObject({ kind: 'not_sent', code: 'ETIMEDOUT', phase: 'connect' })
    expect([origin.requests, proxy.asked]).toEqual([[], ['api.humanitec.test:443']])
    await proxy.idle()
  })

  it('has a certificate of its own that is not trusted', async () => {
    const { proxy } = await connectNetwork(undefined, { certificate: issueCertificate(['127.0.0.1'], company) })
    const error = await catchError(createProxyFetch(`https://127.0.0.1:${proxy.port}`)(host))
    expect(error.cause).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', phase: 'proxy' })
    expect(proxy.asked).toEqual([])
  })

  it.each([407, 502, 'close'] as const)('tells %s without the password', async (onConnect) => {
    const { proxy } = await connectNetwork(undefined, { onConnect })
    const error = await catchError(createProxyFetch(`http://robot:s3cret@127.0.0.1:${proxy.port}`)(host))
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/s3cret|cm9ib3Q6czNjcmV0/)
  })
})

describe('an abort rejects with its reason and leaves no connection', () => {
  const reason = new Error('cancelled')

  it('before the call', async () => {
    const { proxy, fetch } = await connectNetwork()
    await expect(fetch(host, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(proxy.asked).toEqual([])
  })

  it('while the proxy says nothing to CONNECT', async () => {
    const { proxy, fetch } = await connectNetwork(undefined, { onConnect: 'stall' })
    const abort = new AbortController()
    const [error] = await Promise.all([
      catchError(fetch(host, { signal: abort.signal })),
      proxy.nextConnect().then(() => abort.abort(reason)),
    ])
    expect(error).toBe(reason)
    await proxy.idle()
  })

  it('though the Request that the signal came by is nobody else’s, and garbage is collected', async () => {
    const { proxy, fetch } = await connectNetwork(undefined, { onConnect: 'stall' })
    const abort = new AbortController()
    const connected = proxy.nextConnect()
    const error = catchError(fetch(new Request(host, { signal: AbortSignal.any([abort.signal]) })))
    await connected
    await collectGarbage()
    abort.abort(reason)
    expect(await error).toBe(reason)
  })

  it('while the host says nothing to the TLS handshake', async () => {
    const abort = new AbortController()
    const origin = keep(await startRawOrigin((socket) => socket.once('data', () => abort.abort(reason))))
    const { proxy, fetch } = await joinProxy(origin)
    await expect(fetch(host, { signal: abort.signal })).rejects.toBe(reason)
    await proxy.idle()
    await origin.idle()
  })

  it('while the host says nothing to the request, and given by ky in a Request', async () => {
    const abort = new AbortController()
    const { origin, proxy, fetch } = await connectNetwork(() => abort.abort(reason))
    await expect(ky(host, { fetch, signal: abort.signal, retry: { limit: 0 }, timeout: false })).rejects.toBe(reason)
    await proxy.idle()
    await origin.idle()
  })

  it('a timeout while the host says nothing to the request is the reason itself', async () => {
    const abort = new AbortController()
    const late = new DOMException('late', 'TimeoutError')
    const { fetch } = await connectNetwork(() => abort.abort(late))
    await expect(fetch(host, { signal: abort.signal })).rejects.toBe(late)
  })

  it('within the body', async () => {
    const abort = new AbortController()
    const { origin, fetch } = await connectNetwork((_, response) => response.write('{'))
    const response = await fetch(host, { signal: abort.signal })
    const text = catchError(response.text())
    abort.abort(reason)
    expect(await text).toBe(reason)
    await origin.idle()
  })
})

describe('a connection that is cut after the request', () => {
  it.each([
    ['before the answer', ''],
    ['within the headers', 'HTTP/1.1 200 OK\r\nconte'],
    ['within the body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'],
    ['within a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{'],
    ['after an upgrade that nobody asked for', 'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
    ['after what is no HTTP', 'SSH-2.0\r\n'],
  ])('%s may have been carried out', async (_, answer) => {
    const { proxy, fetch } = await connectNetwork((request) => request.socket.end(answer))
    const error = await catchError(fetch(host, { method: 'POST', body: '{}' }).then((response) => response.text()))
    expect(error.name).toBe('TypeError')
    expect(determineFailure(error)).toMatchObject({ kind: 'lost', phase: 'request' })
    await proxy.idle()
  })
})

it('a status out of the range of responses is a 502', async () => {
  const { fetch } = await connectNetwork((request) =>
    request.socket.end('HTTP/1.1 999 Denied\r\ncontent-length: 0\r\n\r\n'),
  )
  expect((await fetch(host)).status).toBe(502)
})
