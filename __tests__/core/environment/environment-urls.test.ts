import { describe, expect, it } from '@jest/globals'
import type { ActiveResource } from '../../../src/core/api.ts'
import { determineEnvironmentUrls, isUrlToCome } from '../../../src/core/environments.ts'

const dns: ActiveResource = { res_id: 'shared.dns', type: 'dns', status: 'active', host: 'shop.example.com' }

describe('an environment’s addresses', () => {
  it('are those of dns, then route, then ingress, then by id, each once', () => {
    const resources = [
      { ...dns, type: 'ingress', res_id: 'a', host: 'c.example.com' },
      { ...dns, type: 'route', res_id: 'b', host: 'b2.example.com' },
      { ...dns, type: 'route', res_id: 'a', host: 'b1.example.com' },
      { ...dns, type: 'route', res_id: 'c', host: 'a.example.com' },
      { ...dns, type: 'dns', res_id: 'z', host: 'a.example.com' },
      { ...dns, type: 'k8s-cluster', res_id: 'a', host: 'cluster.example.com' },
    ]
    expect(determineEnvironmentUrls(resources)).toEqual([
      'https://a.example.com',
      'https://b1.example.com',
      'https://b2.example.com',
      'https://c.example.com',
    ])
  })

  it.each([
    ['nothing', ''],
    ['a wildcard', '*.example.com'],
    ['a path', 'example.com/shop'],
    ['a user', 'me@example.com'],
    ['a query', 'example.com?a'],
    ['white space', 'exam ple.com'],
    ['a script', 'javascript:alert(1)'],
  ])('are not made from %s', (_, host) => {
    expect(determineEnvironmentUrls([{ ...dns, host }])).toEqual([])
  })

  it('are not made from what is being deleted', () => {
    expect(determineEnvironmentUrls([{ ...dns, status: 'deleting' }])).toEqual([])
  })
})

describe('an address is still to come', () => {
  it.each<[string, boolean, readonly ActiveResource[]]>([
    ['without any resource', false, []],
    ['with a host', false, [dns]],
    ['with a pending dns', true, [{ ...dns, status: 'pending', host: '' }]],
    ['with a dns that has no host', true, [{ ...dns, host: '' }]],
    ['with a route that has no host', true, [{ ...dns, type: 'route', host: '' }]],
    ['with an ingress that has no host', false, [{ ...dns, type: 'ingress', host: '' }]],
    [
      'with a pending dns beside an ingress that has a host',
      false,
      [
        { ...dns, status: 'pending', host: '' },
        { ...dns, type: 'ingress' },
      ],
    ],
    ['with a dns that is being deleted', false, [{ ...dns, status: 'deleting', host: '' }]],
    ['with another resource that is pending', false, [{ ...dns, type: 'postgres', status: 'pending', host: '' }]],
  ])('%s: %s', (_, expected, resources) => {
    expect(isUrlToCome(resources)).toBe(expected)
  })
})
