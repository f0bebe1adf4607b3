import { describe, expect, it } from '@jest/globals'
import { listProxySecrets } from '../../../src/core/network/proxy.ts'

const basic = (text: string): string => Buffer.from(text).toString('base64')

describe('the secrets of a proxy', () => {
  it.each([
    ['http://robot:s3cret@proxy:1', ['s3cret', basic('robot:s3cret')]],
    ['robot:s3cret@proxy:1', ['s3cret', basic('robot:s3cret')]],
    ['http://robot:p%40ss@proxy:1', ['p%40ss', 'p@ss', basic('robot:p@ss')]],
    ['http://robot:p@ss@proxy:1', ['p@ss', 'p%40ss', basic('robot:p@ss')]],
    ['http://robot:a:b@proxy:1', ['a:b', 'a%3Ab', basic('robot:a:b')]],
    ['http://ro%3Abot:s3cret@proxy:1', ['s3cret', basic('ro:bot:s3cret')]],
    ['http://t0ken@proxy:1', ['t0ken', basic('t0ken:')]],
    ['http://t0ken:@proxy:1', ['t0ken', basic('t0ken:')]],
    ['http://robot:100%@proxy:1', ['100%', '100%25', basic('robot:100%')]],
    ['http://robot:p#ss@proxy:1', ['p#ss', 'p%23ss', basic('robot:p#ss')]],
    [
      'http://robot:1234#5678secret@proxy:1',
      ['1234#5678secret', '1234%235678secret', basic('robot:1234#5678secret'), '1234', '5678secret'],
    ],
    [
      'http://robot:a/s3cret?b\\1234@proxy:1',
      ['a/s3cret?b\\1234', 'a%2Fs3cret%3Fb%5C1234', basic('robot:a/s3cret?b\\1234'), 's3cret', '1234'],
    ],
    ['http://DOM\\robot:s3cret@proxy:1', ['s3cret', basic('DOM\\robot:s3cret')]],
    ['socks5://robot:s3cret@proxy:1', ['s3cret', basic('robot:s3cret')]],
    ['http://proxy:1', []],
    ['', []],
  ])('of %s', (value, secrets) => {
    expect(listProxySecrets({ https_proxy: value })).toEqual(secrets)
  })

  it('are those of each variable, used or not, once', () => {
    const variables = {
      https_proxy: 'http://a:one@proxy:1',
      HTTPS_PROXY: 'http://a:one@proxy:1',
      http_proxy: 'http://a:two@proxy:1',
      HTTP_PROXY: ' http://a:three@proxy:1 ',
      no_proxy: '*',
    }
    expect(listProxySecrets(variables).filter((secret) => /^[a-z]+$/.test(secret))).toEqual(['one', 'two', 'three'])
  })
})
