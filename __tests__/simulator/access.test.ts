import { expect, it } from '@jest/globals'
import { createShop, path, shopPath } from './shop.ts'

const tokens = {
  none: { user: 's-none', role: 'none' },
  viewer: { user: 's-viewer', role: 'viewer' },
  developer: { user: 's-developer', role: 'developer', deployerFor: ['development', 'staging'] },
  owner: { user: 's-owner', role: 'owner' },
} as const

it.each([
  ['', 401, 401, 401],
  ['wrong', 403, 403, 403],
  ['none', 200, 403, 403],
  ['viewer', 200, 200, 403],
  ['developer', 200, 200, 403],
  ['owner', 200, 200, 201],
])(
  'the token %p is answered %d about itself, %d for a read, %d for a start in production',
  (token, user, read, start) => {
    const { ask, delta } = createShop({ tokens })
    expect(ask('GET /current-user', undefined, token).status).toBe(user)
    expect(ask(`GET ${path}`, undefined, token).status).toBe(read)
    expect(ask(`POST ${path}/deploys`, { delta_id: delta }, token).status).toBe(start)
  },
)

it('the role Deployer is asked for by the type of the environment', () => {
  const { ask, delta, newer } = createShop({ tokens })
  const create = (type: string) =>
    ask(`POST ${shopPath}`, { id: type, name: type, type, from_deploy_id: newer }, 'developer')
  expect(ask(`POST ${shopPath}/staging/deploys`, { delta_id: delta }, 'developer').status).toBe(201)
  expect(ask(`DELETE ${path}`, undefined, 'developer').status).toBe(403)
  expect([create('production').status, create('development').status]).toEqual([403, 201])
})

it('a refusal has the body of the API, save for a Delta and a Set', () => {
  const { ask } = createShop()
  expect(ask('GET /orgs/acme/apps/shop/envs/nowhere')).toMatchObject({
    status: 404,
    body: { error: expect.any(String) },
  })
  expect(ask('GET /orgs/acme/apps/nothing/envs').status).toBe(404)
  expect(ask('GET /orgs/acme/apps/shop/deltas/0123')).toEqual({ status: 404, body: expect.any(String) })
  expect(ask('GET /orgs/acme/apps/shop/sets/0123')).toEqual({ status: 404, body: expect.any(String) })
})

it.each([
  ['GET /nowhere', 404],
  ['GET /orgs/acme/apps/shop/envs/production/deploys/0123/more', 404],
  ['GET /orgs/acme/apps/shop//production', 404],
  ['GET /orgs/acme/apps/%E0%A4%A/envs', 404],
  ['PUT /orgs/acme/apps/shop/envs/production', 405],
])('%s is answered %d', (operation, status) => {
  expect(createShop().ask(operation).status).toBe(status)
})

it('a path prefix belongs to every path', () => {
  const { ask } = createShop({ pathPrefix: '/humanitec/api' })
  expect([ask(`GET /humanitec/api${path}`).status, ask(`GET ${path}`).status]).toEqual([200, 404])
})

it('segments of a path are decoded', () => {
  expect(createShop().ask('GET /orgs/acme/apps/shop/envs/produc%74ion').status).toBe(200)
})

it('a Delta that was made by a request can be read and deployed', () => {
  const { ask } = createShop()
  const delta = ask('POST /orgs/acme/apps/shop/deltas', { metadata: { env_id: 'production' } }).acceptedId
  expect(ask(`GET /orgs/acme/apps/shop/deltas/${delta}`)).toMatchObject({ status: 200, body: { id: delta } })
  expect(ask(`POST ${path}/deploys`, { delta_id: delta }).status).toBe(201)
})
