import { describe, expect, it } from '@jest/globals'
import { determineProxy } from '../../../src/core/network/proxy.ts'
import type { InvalidRoute } from '../../../src/core/network/request-error.ts'
import { describeInvalidRoute } from '../../../src/core/report/network-problems.ts'

const api = 'https://api.humanitec.io'

const node = '24.21.0'

const usual = { https_proxy: 'http://proxy.corp.example:3128' }

const determine = (variables: Record<string, string>, address = api, version = node) =>
  determineProxy(address, variables, version)

describe('which proxy', () => {
  it('none without a variable', () => {
    expect(determine({})).toEqual({ kind: 'direct', client: 'builtin' })
  })

  it('the one that is set, with our own fetch', () => {
    expect(determine(usual)).toEqual({
      kind: 'proxy',
      client: 'own',
      url: 'http://proxy.corp.example:3128',
      address: 'http://proxy.corp.example:3128',
      hasCredentials: false,
      variableName: 'https_proxy',
    })
  })

  it.each([
    ['upper case', { HTTPS_PROXY: 'http://a:1' }, api, 'HTTPS_PROXY'],
    ['lower case before upper case', { HTTPS_PROXY: 'http://b:1', https_proxy: 'http://a:1' }, api, 'https_proxy'],
    ['upper case when lower case is empty', { https_proxy: ' ', HTTPS_PROXY: 'http://a:1' }, api, 'HTTPS_PROXY'],
    ['for http', { http_proxy: 'http://a:1', https_proxy: 'http://b:1' }, 'http://github.corp.example', 'http_proxy'],
  ])('%s', (_, variables, address, variableName) => {
    expect(determine(variables, address)).toMatchObject({ kind: 'proxy', url: 'http://a:1', variableName })
  })

  it.each([
    ['http_proxy is not for https', { http_proxy: 'http://a:1' }, api],
    ['https_proxy is not for http', { https_proxy: 'http://a:1' }, 'http://github.corp.example'],
    ['an empty variable is none', { https_proxy: '', HTTPS_PROXY: '' }, api],
    ['localhost', usual, 'https://localhost:8443'],
    ['127.0.0.1', usual, 'https://127.0.0.1:8443'],
    ['127.9.9.9', usual, 'https://127.9.9.9'],
    ['[::1]', usual, 'https://[::1]:8443'],
    ['http on loopback', { http_proxy: 'http://a:1' }, 'http://localhost:8080'],
  ])('no proxy: %s', (_, variables, address) => {
    expect(determine(variables as Record<string, string>, address)).toEqual({ kind: 'direct', client: 'builtin' })
  })
})

describe('no_proxy', () => {
  it.each([
    '*',
    'api.humanitec.io',
    'API.Humanitec.IO',
    'api.humanitec.io.',
    '.humanitec.io',
    'humanitec.io',
    '*.humanitec.io',
    'io',
    'api.humanitec.io:443',
    '.humanitec.io:443',
    '.api.humanitec.io',
  ])('exempts the host by %s', (entry) => {
    expect(determine({ ...usual, no_proxy: `first.example, ${entry},last.example` })).toEqual({
      kind: 'direct',
      client: 'builtin',
      bypass: { variableName: 'no_proxy', entry },
    })
  })

  it.each([
    'humanitec.com',
    'manitec.io',
    '*.api.humanitec.io',
    'api.humanitec.io:8443',
    'pi.humanitec.io',
    'api',
    '.',
    ',,',
    '10.0.0.0/8',
  ])('does not exempt it by %s', (entry) => {
    expect(determine({ ...usual, no_proxy: entry }).kind).toBe('proxy')
  })

  it.each([
    ['https://[fe80::1]:8443', 'fe80::1'],
    ['https://[fe80::1]:8443', '[fe80::1]'],
    ['https://[fe80::1]:8443', '[fe80::1]:8443'],
    ['https://10.1.2.3', '10.1.2.3'],
    ['https://10.1.2.3:8443', '10.1.2.3:8443'],
    ['https://[2001:db8::1]', '2001:0DB8:0:0::1'],
    ['https://[2001:db8::1]:8443', '[2001:0DB8:0:0::1]:8443'],
    ['https://ghe.corp.example:8443', 'corp.example:8443'],
  ])('exempts %s by %s', (address, entry) => {
    expect(determine({ ...usual, no_proxy: entry }, address)).toMatchObject({ kind: 'direct', bypass: { entry } })
  })

  it.each(['1.2.3', '.2.3', '*.2.3', '2.3', '3', '10.1.2', '10.1.2.3:8443', '10.1.2.30', '*.1.2.3'])(
    'does not exempt 10.1.2.3 by %s: an address has no parents',
    (entry) => {
      expect(determine({ ...usual, no_proxy: entry }, 'https://10.1.2.3').kind).toBe('proxy')
    },
  )

  it('takes blanks between entries, and the lower-case variable first', () => {
    const variables = { ...usual, NO_PROXY: '*', no_proxy: 'a.example b.example' }
    expect(determine(variables).kind).toBe('proxy')
    expect(determine(variables, 'https://b.example')).toMatchObject({ bypass: { entry: 'b.example' } })
    expect(determine({ ...usual, NO_PROXY: '*' })).toMatchObject({ bypass: { variableName: 'NO_PROXY' } })
  })
})

describe('the address of a proxy', () => {
  it.each([
    ['proxy:3128', 'http://proxy:3128'],
    ['proxy', 'http://proxy'],
    ['10.0.0.7:8080', 'http://10.0.0.7:8080'],
    ['[fe80::1]:8080', 'http://[fe80::1]:8080'],
    ['  http://proxy:3128  ', 'http://proxy:3128'],
    ['HTTP://PROXY:3128/', 'http://proxy:3128'],
    ['http://proxy:3128/path?query#fragment', 'http://proxy:3128'],
    ['https://proxy:3129', 'https://proxy:3129'],
    ['a:b@proxy:3128', 'http://a:b@proxy:3128'],
    ['http://a:b@proxy:80', 'http://a:b@proxy'],
    ['http://a@proxy:3128', 'http://a:@proxy:3128'],
    ['http://:b@proxy:3128', 'http://:b@proxy:3128'],
    ['http://a:p%40ss@proxy:3128', 'http://a:p%40ss@proxy:3128'],
    ['http://a:p@ss@proxy:3128', 'http://a:p%40ss@proxy:3128'],
    ['http://a:100%@proxy:3128', 'http://a:100%25@proxy:3128'],
    ['http://a:%E9@proxy:3128', 'http://a:%25E9@proxy:3128'],
    ['http://a:ü@proxy:3128', 'http://a:%C3%BC@proxy:3128'],
  ])('%s becomes %s', (value, url) => {
    const route = determine({ https_proxy: value })
    expect(route).toMatchObject({ kind: 'proxy', url })
    expect(route).toMatchObject({ address: expect.not.stringContaining('@'), hasCredentials: url.includes('@') })
  })

  it.each([
    'socks5://proxy:1080',
    'ftp://proxy',
    'http://?a',
    'http://:3128',
    'http://a b',
    'proxy:port',
    'http://a:p#ss@proxy:1',
    'http://user:1234#5678secret@127.0.0.1:3128',
    'http://user:1234/5678secret@127.0.0.1:3128',
    'http://user:1234?5678secret@127.0.0.1:3128',
    'http://user:1234\\5678secret@127.0.0.1:3128',
    'http://user:12@34#5678secret@127.0.0.1:3128',
    'user:1234#5678secret@127.0.0.1:3128',
    'http:/user:1234@127.0.0.1:3128',
    'http:\\\\user:1234@127.0.0.1:3128',
    'http:///user:1234@127.0.0.1:3128',
    'http://DOM\\user:5678secret@proxy:3128',
    'http://DOM/user:5678secret@proxy:3128',
  ])('%s stops the run, and is not repeated in the text', (value) => {
    const route = determine({ HTTPS_PROXY: value })
    expect(route).toEqual({ kind: 'invalid', variableName: 'HTTPS_PROXY' })
    const problem = describeInvalidRoute(route as InvalidRoute)
    expect(problem.what).toBe('HTTPS_PROXY isn’t the address of a proxy that can be used.')
    expect(JSON.stringify(problem)).not.toContain(value)
    expect(JSON.stringify(problem)).not.toMatch(/user:1|1234|5678|secret|DOM/)
  })
})

describe('what Node can do', () => {
  it.each(['24.0.0', '24.4.1'])('Node %s behind a proxy: the line to add', (version) => {
    const route = determine(usual, api, version)
    expect(route).toEqual({ kind: 'invalid', variableName: 'https_proxy', oldNode: version })
    expect(describeInvalidRoute(route as InvalidRoute)).toEqual({
      cause: 'this runner’s Node can’t go through a proxy',
      what: `https_proxy is set, but Node ${version}, which comes with this runner, can’t go through a proxy by itself (24.5 can).`,
      remedy: 'Update the runner, or add this line under the step’s env: NODE_USE_ENV_PROXY: 1',
    })
  })

  it('the line helps: built-in fetch goes through the proxy then', () => {
    expect(determine({ ...usual, NODE_USE_ENV_PROXY: '1' }, api, '24.4.1')).toMatchObject({
      kind: 'proxy',
      client: 'builtin',
    })
  })

  it('an old one is no matter without a proxy, or past it', () => {
    expect(determine({}, api, '24.4.1').kind).toBe('direct')
    expect(determine({ ...usual, no_proxy: '*' }, api, '24.4.1').kind).toBe('direct')
    expect(determine(usual, 'https://localhost', '24.4.1').kind).toBe('direct')
  })

  it.each(['24.5.0', '24.21.0', '25.0.0', '26.1.0'])('Node %s takes our own fetch', (version) => {
    expect(determine(usual, api, version)).toMatchObject({ kind: 'proxy', client: 'own' })
  })

  it.each([
    ['NODE_USE_ENV_PROXY', { NODE_USE_ENV_PROXY: '1' }],
    ['NODE_OPTIONS', { NODE_OPTIONS: '--no-warnings --use-env-proxy' }],
  ])('built-in fetch that %s sent through a proxy is not used', (_, variables) => {
    expect(determine({ ...usual, ...variables, no_proxy: '*' })).toMatchObject({ kind: 'direct', client: 'own' })
    expect(determine({ http_proxy: 'http://a:1', ...variables })).toEqual({ kind: 'direct', client: 'own' })
    expect(determine({ ...usual, ...variables }, 'http://localhost:8080')).toEqual({ kind: 'direct', client: 'own' })
    expect(determine({ ...usual, ...variables })).toMatchObject({ kind: 'proxy', client: 'own' })
    expect(determine(variables as Record<string, string>)).toEqual({ kind: 'direct', client: 'builtin' })
  })
})
