import { beforeAll, describe, expect, it } from '@jest/globals'
import type { ApiAnswer, RequestRecord } from '../../simulator/exchange.ts'
import { usualToken } from '../../simulator/orchestrator.ts'
import { descriptionPath, hasDescription, violations } from '../openapi.ts'
import { createShop, path, production, shopPath } from './shop.ts'

type Seen = { readonly record: RequestRecord; readonly answer: ApiAnswer }

/** Every operation with every kind of answer that the simulator knows. */
const walkThroughEverything = (): readonly Seen[] => {
  const seen: Seen[] = []
  const onAnswer = (record: RequestRecord, answer: ApiAnswer): void => {
    seen.push({ record, answer })
  }
  const { ask, orchestrator, delta, older, pass } = createShop({ onAnswer })
  for (const token of [usualToken, '', 'wrong']) ask('GET /current-user', undefined, token)
  orchestrator.planResources(production, [
    { type: 'dns', host: 'a.example.com', hostAfterMs: 1000 },
    { type: 'volume' },
  ])
  orchestrator.planNext(production, { status: 'failed', errors: [{ code: 'RES-101' }] })
  for (const below of ['', '/deploys', '/resources', `/deploys/${older}`, `/deploys/${older}/errors`])
    ask(`GET ${path}${below}`)
  ask(`PUT ${path}/from_deploy_id`, older)
  ask(`PUT ${path}/from_deploy_id`, '0'.repeat(16))
  const start = { comment: 'A start', delta_id: delta, mode: 'full', value_set_version_id: '01890a5d-ac96' }
  const id = ask(`POST ${path}/deploys`, start).acceptedId
  ask(`POST ${path}/deploys`, start)
  ask(`DELETE ${path}`)
  ask(`POST ${path}/deploys`, { delta_id: 'f'.repeat(40) })
  for (const ms of [0, 3000, 200_000, 1000]) {
    pass(ms)
    for (const below of ['', '/deploys', '/resources', `/deploys/${id}`, `/deploys/${id}/errors`])
      ask(`GET ${path}${below}`)
  }
  const preview = { id: 'pr-12', name: 'acme/shop#12', type: 'development', from_deploy_id: older }
  ask(`POST ${shopPath}`, preview)
  ask(`POST ${shopPath}`, preview)
  ask(`POST ${shopPath}`, { ...preview, id: 'pr-13', from_deploy_id: '0'.repeat(16) })
  ask(`GET ${shopPath}`)
  ask(`GET ${shopPath}/nowhere`)
  ask(`GET ${shopPath}/nowhere/deploys`)
  ask('GET /orgs/acme/apps/nothing/envs')
  orchestrator.planDeletion('acme/shop/pr-12', 1000)
  ask(`DELETE ${shopPath}/pr-12`)
  ask(`GET ${shopPath}/pr-12`)
  ask(`DELETE ${shopPath}/staging`)
  ask(`DELETE ${path}`)
  ask('POST /orgs/acme/apps/shop/deltas', { metadata: { env_id: 'production', name: 'A Delta' }, modules: {} })
  ask(`GET /orgs/acme/apps/shop/deltas/${delta}`)
  ask(`GET /orgs/acme/apps/shop/deltas/${'f'.repeat(40)}`)
  ask(`GET /orgs/acme/apps/shop/sets/${orchestrator.inspectDeployments(production)[0]?.setId}`)
  ask(`GET /orgs/acme/apps/shop/sets/${'x'.repeat(43)}`)
  return seen
}

const isWellMeant = ({ answer }: Seen): boolean => answer.status < 400

if (hasDescription) {
  describe('by the official description', () => {
    let seen: readonly Seen[] = []
    beforeAll(() => {
      seen = walkThroughEverything()
    })

    it('every answer fits, but for the named exceptions', () => {
      const wrong = seen.flatMap(({ record, answer }) =>
        violations(record.request.method, record.request.path, answer.body, answer.status),
      )
      expect(wrong).toEqual([])
      expect(new Set(seen.map(({ answer }) => answer.status))).toEqual(
        new Set([200, 201, 202, 204, 400, 401, 403, 404, 409]),
      )
    })

    it('every request that the simulator takes is one', () => {
      const wrong = seen
        .filter(isWellMeant)
        .flatMap(({ record }) => violations(record.request.method, record.request.path, record.request.body))
      expect(wrong).toEqual([])
    })

    it.each([
      ['an operation that is not there', ['PUT', path, {}], 'not described'],
      ['a path that is not there', ['GET', '/orgs/acme', undefined], 'not described'],
      ['a body where none is taken', ['GET', path, {}], 'no body'],
      ['a request with a number for a Delta', ['POST', `${path}/deploys`, { delta_id: 7 }], 'delta_id'],
      ['a request with an unknown mode', ['POST', `${path}/deploys`, { mode: 'fast' }], 'mode'],
      ['an environment without a name', ['POST', shopPath, { id: 'pr-12' }], 'name'],
      ['an id that would take exponential time', ['POST', shopPath, { id: `${'a'.repeat(45)}!`, name: 'a' }], 'id'],
      ['an answer without a status', ['GET', `${path}/deploys/1`, { id: '1' }, 200], 'status'],
      ['an answer with a wrong time', ['GET', path, { created_at: 'yesterday' }, 200], 'created_at'],
      ['a status that is not there', ['POST', `${path}/deploys`, {}, 202], '202'],
      ['a body where there is none', ['DELETE', path, {}, 204], 'no body'],
    ] as const)('%s is found', (_, [method, asked, body, status], word) => {
      expect(violations(method, asked, body, status)).toContainEqual(expect.stringContaining(word))
    })
  })
} else {
  it(`LEFT OUT: the official description is not at ${descriptionPath}: nothing was held against it`, () => {
    process.stderr.write(
      `The checks against the official API description were left out: no file at ${descriptionPath}.\n`,
    )
    expect(hasDescription).toBe(false)
  })
}
