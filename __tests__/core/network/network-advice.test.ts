import { describe, expect, it } from '@jest/globals'
import { determineProxy, determineReach } from '../../../src/core/network/proxy.ts'
import type { NetworkDetails } from '../../../src/core/network/request-error.ts'
import { describeNetworkFailure } from '../../../src/core/report/network-problems.ts'

const api = 'https://api.humanitec.io/prefix'

const reachBy = (variables: Record<string, string>) =>
  determineReach({ address: api, setting: 'api_url' }, determineProxy(api, variables, '24.21.0'), variables)

const reaches = {
  direct: reachBy({}),
  proxied: reachBy({ https_proxy: 'http://proxy.corp.example:3128' }),
  withPassword: reachBy({ HTTPS_PROXY: 'http://robot:s3cret@proxy.corp.example:3128' }),
  exempt: reachBy({ https_proxy: 'http://proxy.corp.example:3128', no_proxy: 'localhost,.humanitec.io' }),
  withFile: reachBy({ NODE_EXTRA_CA_CERTS: '/etc/ssl/company.pem' }),
}

const proxy = 'The proxy http://proxy.corp.example:3128 (https_proxy)'

const bypass = 'If the runner may reach api.humanitec.io without a proxy, add api.humanitec.io to no_proxy.'

const notSent = { kind: 'not_sent', detail: 'x' } as const

const untrusted = { kind: 'untrusted', detail: 'x' } as const

type Row = readonly [
  name: string,
  reach: keyof typeof reaches,
  failure: { kind: 'not_sent' | 'untrusted' | 'lost'; code?: string; detail: string } & NetworkDetails,
  what: string,
  remedy: string,
]

const rows: readonly Row[] = [
  [
    'not resolved',
    'direct',
    { ...notSent, code: 'ENOTFOUND' },
    'api.humanitec.io could not be resolved (ENOTFOUND).',
    'Check api_url, and that the runner may reach it. Behind a proxy, set https_proxy.',
  ],
  [
    'an entry of no_proxy',
    'exempt',
    { ...notSent, code: 'UND_ERR_CONNECT_TIMEOUT' },
    'api.humanitec.io didn’t answer in time (UND_ERR_CONNECT_TIMEOUT). The proxy was not used, because no_proxy contains .humanitec.io.',
    'Check that entry, and api_url.',
  ],
  [
    'proxy down',
    'proxied',
    { ...notSent, code: 'ECONNREFUSED', phase: 'proxy' },
    `${proxy} refused the connection (ECONNREFUSED).`,
    `Check its address in https_proxy, and that it runs. ${bypass}`,
  ],
  [
    'proxy down, seen by built-in fetch',
    'proxied',
    { ...notSent, code: 'ECONNREFUSED' },
    `${proxy} refused the connection (ECONNREFUSED).`,
    `Check its address in https_proxy, and that it runs. ${bypass}`,
  ],
  [
    'proxy wants a password',
    'proxied',
    { ...untrusted, code: 'ERR_PROXY_TUNNEL', proxyStatus: 407 },
    `${proxy} requires a user name and a password (407).`,
    'Write them as user:password@ before the host in https_proxy, special characters percent-encoded (% as %25, # as %23, / as %2F, ? as %3F, \\ as %5C).',
  ],
  [
    'proxy refuses the password',
    'withPassword',
    { ...untrusted, code: 'ERR_PROXY_TUNNEL', proxyStatus: 407 },
    'The proxy http://proxy.corp.example:3128 (HTTPS_PROXY) refused the user name or the password (407).',
    'Write them as user:password@ before the host in HTTPS_PROXY, special characters percent-encoded (% as %25, # as %23, / as %2F, ? as %3F, \\ as %5C).',
  ],
  [
    'proxy refuses the host',
    'proxied',
    { ...notSent, code: 'ERR_PROXY_TUNNEL', proxyStatus: 403 },
    `${proxy} made no connection to api.humanitec.io: it answered 403.`,
    `Allow api.humanitec.io on the proxy. ${bypass}`,
  ],
  [
    'proxy closes',
    'proxied',
    { ...notSent, code: 'ERR_PROXY_TUNNEL', phase: 'connect' },
    `${proxy} closed the connection before it had connected to api.humanitec.io.`,
    `Allow api.humanitec.io on the proxy. ${bypass}`,
  ],
  [
    'proxy stalls',
    'proxied',
    { ...notSent, code: 'ETIMEDOUT', phase: 'connect' },
    `${proxy} made no connection to api.humanitec.io in time.`,
    `Allow api.humanitec.io on the proxy. ${bypass}`,
  ],
  [
    'cut within the tunnel’s handshake',
    'proxied',
    { ...notSent, code: 'ECONNRESET', phase: 'connect' },
    'api.humanitec.io cut the connection (ECONNRESET).',
    'Check api_url, and what the proxy of https_proxy lets through.',
  ],
  [
    'unknown authority',
    'proxied',
    { ...untrusted, code: 'SELF_SIGNED_CERT_IN_CHAIN', phase: 'connect' },
    'The certificate of api.humanitec.io is signed by an authority that Node doesn’t trust (SELF_SIGNED_CERT_IN_CHAIN).',
    'A proxy that inspects TLS uses such certificates. Under the step’s env, name the file with its authority’s certificate (PEM) in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA to 1 when the runner’s system trusts it.',
  ],
  [
    'unknown authority, though a file was given',
    'withFile',
    { ...untrusted, code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    'The certificate of api.humanitec.io is signed by an authority that Node doesn’t trust (UNABLE_TO_VERIFY_LEAF_SIGNATURE).',
    'NODE_EXTRA_CA_CERTS names /etc/ssl/company.pem, but it doesn’t hold that authority’s certificate, or can’t be read by the runner.',
  ],
  [
    'self-signed',
    'withFile',
    { ...untrusted, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    'The certificate of api.humanitec.io is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT).',
    'NODE_EXTRA_CA_CERTS names /etc/ssl/company.pem, but it doesn’t hold that authority’s certificate, or can’t be read by the runner.',
  ],
  [
    'the proxy’s own certificate',
    'proxied',
    { ...untrusted, code: 'ERR_TLS_CERT_ALTNAME_INVALID', phase: 'proxy' },
    'The certificate of the proxy http://proxy.corp.example:3128 is for another host name (ERR_TLS_CERT_ALTNAME_INVALID).',
    'Check https_proxy: the certificate must be for the host name there.',
  ],
  [
    'another name',
    'direct',
    { ...untrusted, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    'The certificate of api.humanitec.io is for another host name (ERR_TLS_CERT_ALTNAME_INVALID).',
    'Check api_url: the certificate must be for the host name there.',
  ],
  [
    'expired',
    'direct',
    { ...untrusted, code: 'CERT_HAS_EXPIRED' },
    'The certificate of api.humanitec.io has expired (CERT_HAS_EXPIRED).',
    'Check the runner’s clock, or have the certificate renewed.',
  ],
  [
    'a code that nobody listed',
    'direct',
    { ...untrusted, code: 'CERT_REVOKED' },
    'The certificate of api.humanitec.io isn’t trusted (CERT_REVOKED).',
    'A proxy that inspects TLS uses such certificates. Under the step’s env, name the file with its authority’s certificate (PEM) in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA to 1 when the runner’s system trusts it.',
  ],
  [
    'no TLS there',
    'direct',
    { ...notSent, code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
    'No TLS connection was possible to api.humanitec.io (ERR_SSL_WRONG_VERSION_NUMBER).',
    'Check host and port in api_url, and what is between the runner and the host, such as a firewall. Behind a proxy, set https_proxy.',
  ],
  [
    'cut',
    'proxied',
    { kind: 'lost', code: 'ECONNRESET', detail: 'socket hang up', phase: 'request' },
    'api.humanitec.io, asked through the proxy http://proxy.corp.example:3128, gave no complete answer: socket hang up (ECONNRESET).',
    'Re-run the job; if it happens again, look at what is between the runner and the host.',
  ],
  [
    'too late',
    'direct',
    { kind: 'lost', code: 'TIMEOUT', detail: 'no answer within 15 s' },
    'api.humanitec.io gave no complete answer: no answer within 15 s (TIMEOUT).',
    'Re-run the job; if it happens again, look at what is between the runner and the host.',
  ],
]

describe('the sentences of a failure without an answer', () => {
  it.each(rows)('%s (%s)', (_, reach, failure, what, remedy) => {
    expect(describeNetworkFailure({ ...failure, reach: reaches[reach] })).toMatchObject({ what, remedy })
  })

  it.each(rows)('%s (%s): whether the remedy names a setting is told beside it', (_, reach, failure, __, remedy) => {
    const { namesSetting = false } = describeNetworkFailure({ ...failure, reach: reaches[reach] })
    expect(namesSetting).toBe(/api_url|https?_proxy|no_proxy|NODE_/i.test(remedy))
  })

  it.each(rows)('%s (%s): no password', (_, __, failure) => {
    const reach = reaches.withPassword
    expect(JSON.stringify(describeNetworkFailure({ ...failure, reach }))).not.toContain('s3cret')
  })

  it('are there when nobody knows the host', () => {
    expect(describeNetworkFailure({ ...notSent, code: 'ECONNREFUSED' })).toMatchObject({
      what: 'The server refused the connection (ECONNREFUSED).',
      remedy: 'Check the address, and that the runner may reach it. Behind a proxy, set https_proxy.',
    })
  })
})

it('names the port where it is not the usual one, but not in the advice for no_proxy', () => {
  const variables = { https_proxy: 'http://proxy:3128' }
  const address = 'https://api.humanitec.test:8443'
  const reach = determineReach(
    { address, setting: 'api_url' },
    determineProxy(address, variables, '24.21.0'),
    variables,
  )
  expect(describeNetworkFailure({ ...notSent, proxyStatus: 502, reach })).toMatchObject({
    what: 'The proxy http://proxy:3128 (https_proxy) made no connection to api.humanitec.test:8443: it answered 502.',
    remedy:
      'Allow api.humanitec.test:8443 on the proxy. If the runner may reach api.humanitec.test:8443 without a proxy, add api.humanitec.test to no_proxy.',
  })
})
