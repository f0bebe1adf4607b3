import { describe, expect, it } from '@jest/globals'
import { describeRefusal, summarizeBody, toBody } from '../../../src/core/responses/refusal.ts'
import { parseJson } from '../../../src/core/text/json.ts'

const env = 'orgs/acme/apps/shop/envs/pr-12'
const read = (text: string) => toBody(text, parseJson(text))
const titleOf = (status: number, path: string, text: string) =>
  describeRefusal(status, path, read(text)).intermediary?.title
const own = '{"error":"API-404","message":"No such environment."}'

describe('a refusal', () => {
  it('with both an error and a message is Humanitec’s', () => {
    expect(describeRefusal(404, env, read(own))).toEqual({ detail: 'API-404: No such environment.' })
  })

  it.each([
    ['an ingress’s', 404, 'default backend - 404\n', 'default backend - 404'],
    [
      'a firewall’s page',
      403,
      '<!DOCTYPE html><head><title>Attention Required! | Cloudflare</title>',
      'Attention Required! | Cloudflare',
    ],
    ['a page without a title', 403, '<html><body>No.</body></html>', 'a page without a title'],
    ['a sidecar’s', 403, 'RBAC: access denied', 'RBAC: access denied'],
    ['a gateway’s', 403, '{"message":"Forbidden"}', 'Forbidden'],
    ['of nobody', 404, '', 'an empty answer'],
    ['a JSON string where there are none', 404, '"not found"', 'not found'],
    ['an error whose message is no text', 400, '{"error":"E","message":{"a":1}}', 'E: {"a":1}'],
  ])('is %s', (_, status, text, title) => {
    expect(titleOf(status, env, text)).toBe(title)
  })

  it.each([407, 408, 429, 500, 503, 302])('by its status alone, %d, is nobody else’s', (status) => {
    expect(titleOf(status, env, 'default backend')).toBeUndefined()
  })

  it.each([
    ['a Delta’s', 'orgs/acme/apps/shop/deltas/4a63', '"not found"', true],
    ['a Set’s', 'orgs/acme/apps/shop/sets/x/diff/y', '"not found"', true],
    ['a Set’s', 'orgs/acme/apps/shop/sets/x', '', false],
    ['the runtime’s', `${env}/runtime`, '', true],
    ['the logs’', `${env}/logs?limit=50`, '', true],
    ['the runtime’s', `${env}/runtime`, 'default backend', false],
    ['an environment’s of an application named sets', 'orgs/acme/apps/sets/envs/x', '"not found"', false],
  ])('of %s path %s: %s is Humanitec’s: %s', (_, path, text, isOwn) => {
    expect(titleOf(404, path, text) === undefined).toBe(isOwn)
  })

  it('keeps the details of an error’s body as JSON', () => {
    const text = '{"error":"E","message":"M","details":{"modules":{"web":["no image"]}}}'
    expect(parseJson(describeRefusal(400, env, read(text)).more ?? '')).toEqual({ modules: { web: ['no image'] } })
  })

  it('keeps no more of the details than can be shown', () => {
    const details = Array.from({ length: 50_000 }, (_, index) => `reason ${index}`)
    const { more = '' } = describeRefusal(400, env, { body: { error: 'E', message: 'M', details } })
    expect(more.length).toBeLessThanOrEqual(20_010)
    expect(more).toMatch(/^\[\n {2}"reason 0",\n.* …$/s)
  })

  it('survives details nested without end', () => {
    let details: unknown = 'deep'
    for (let depth = 0; depth < 5_000; depth++) details = [details]
    expect(describeRefusal(400, env, { body: { error: 'E', message: 'M', details } }).more).toContain('too deeply')
  })
})

describe('the words of an answer', () => {
  it('are cut where a word ends, so that a secret is there whole or not at all', () => {
    const secret = 'x'.repeat(300)
    const line = summarizeBody(read(`${'word '.repeat(60)}${secret} ${secret}`))
    expect(line.length).toBeLessThanOrEqual(502)
    expect(line.replaceAll('word ', '')).toBe('…')
  })
})
