import { expect, it } from '@jest/globals'
import { findTlsWarning } from '../../../src/core/network/proxy.ts'

it('warns loudly when Node takes any certificate', () => {
  expect(findTlsWarning({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toMatchObject({
    level: 'warning',
    title: 'TLS certificates are not verified',
    message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  })
})

it.each([[{}], [{ NODE_TLS_REJECT_UNAUTHORIZED: '' }], [{ NODE_TLS_REJECT_UNAUTHORIZED: '1' }]])(
  'does not warn for %j',
  (variables) => {
    expect(findTlsWarning(variables)).toBeUndefined()
  },
)
