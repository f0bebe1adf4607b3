import { expect, it } from '@jest/globals'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createShop, path, production } from './shop.ts'

it('a token may ask as often as its bucket is full, and again as it refills', () => {
  const { ask, orchestrator, pass } = createShop()
  orchestrator.limitRate(usualToken, { capacity: 3, refillPerSecond: 0.5 })
  const look = () => ask(`GET ${path}`).status
  expect([look(), look(), look(), look()]).toEqual([200, 200, 200, 429])
  pass(1_999)
  expect(look()).toBe(429)
  pass(1)
  expect([look(), look()]).toEqual([200, 429])
  pass(3_600_000)
  expect([look(), look(), look(), look()]).toEqual([200, 200, 200, 429])
})

it('what is refused is not carried out, and says when to come again only when told so', () => {
  const { ask, orchestrator, pass, delta } = createShop()
  orchestrator.limitRate(usualToken, { capacity: 1, refillPerSecond: 0.1 })
  ask(`GET ${path}`)
  expect(ask(`POST ${path}/deploys`, { delta_id: delta })).toEqual({
    status: 429,
    body: { error: 'API-429', message: 'Too many requests.' },
  })
  expect(orchestrator.inspectDeployments(production)).toHaveLength(2)
  pass(4_500)
  orchestrator.limitRate(usualToken, { capacity: 1, refillPerSecond: 0.1, tellsRetryAfter: true })
  ask(`GET ${path}`)
  pass(4_500)
  expect(ask(`GET ${path}`)).toMatchObject({ status: 429, headers: { 'retry-after': '6' } })
})

it('other tokens have their own', () => {
  const { ask, orchestrator } = createShop()
  orchestrator.limitRate('other', { capacity: 0, refillPerSecond: 1 })
  expect([ask(`GET ${path}`).status, ask(`GET ${path}`, undefined, 'other').status]).toEqual([200, 429])
})
