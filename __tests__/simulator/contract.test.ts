import { beforeAll, expect, it } from '@jest/globals'
import { describeByDescription, violations } from '../../testing/openapi.ts'
import type { ApiAnswer, RequestRecord } from '../../testing/simulator/exchange.ts'
import { usualContents } from '../../testing/simulator/orchestrator/usual-contents.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createShop, path, production, shopPath } from './shop.ts'

type Shop = ReturnType<typeof createShop>
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
  walkThroughDeltas({ ask, orchestrator, delta })
  return seen
}

const appPath = '/orgs/acme/apps/shop'
const genericMode = { class: 'job', spec: { containers: { main: { image: 'web:1' } } }, extensions: { kubernetes: {} } }
const image = { op: 'replace', path: '/spec/containers/main/image', value: 'web:2' }

const walkThroughDeltas = ({ ask, orchestrator, delta }: Pick<Shop, 'ask' | 'orchestrator' | 'delta'>): void => {
  const whole = { web: { spec: {}, deploy: { when: 'before' } } }
  const contents = { modules: { add: whole, update: { worker: [image] } }, workloads: { add: { api: genericMode } } }
  const metadata = { env_id: 'production', name: 'A Delta' }
  for (const body of [
    { metadata, ...contents, shared: [{ op: 'remove', path: '/dns' }] },
    { metadata, modules: {} },
    [],
  ])
    ask(`POST ${appPath}/deltas`, body)
  ask(`GET ${appPath}/deltas`)
  for (const id of [delta, 'f'.repeat(40)]) {
    ask(`PATCH ${appPath}/deltas/${id}`, [{ modules: { update: { worker: [image] } } }])
    for (const body of [{}, []]) ask(`PUT ${appPath}/deltas/${id}`, body)
    for (const body of [true, 'yes']) ask(`PUT ${appPath}/deltas/${id}/metadata/archived`, body)
    ask(`GET ${appPath}/deltas/${id}`)
    ask(`PATCH ${appPath}/deltas/${id}`, [{}])
  }
  for (const habits of [{ answer: 'id' }, { status: 201 }] as const) {
    orchestrator.planDeltas('acme/shop', habits)
    ask(`POST ${appPath}/deltas`, contents)
  }
  orchestrator.addEnvironment('acme/shop/qa', { set: usualContents })
  const older = orchestrator.inspectDeployments('acme/shop/qa')[0]?.setId ?? ''
  const newer = ask(`POST ${appPath}/sets/${older}`, contents).body
  ask(`POST ${appPath}/sets/${older}`, { modules: { remove: ['nothing'] } })
  ask(`POST ${appPath}/sets/${'x'.repeat(43)}`, {})
  for (const below of [
    older,
    newer,
    `${newer}/diff/${older}`,
    `${older}/diff/${newer}`,
    'x'.repeat(43),
    `${older}/diff/x`,
  ])
    ask(`GET ${appPath}/sets/${below}`)
  const version = orchestrator.addValueSetVersion('acme/shop/qa')
  for (const below of ['', `/${version}`, '/00000000-0000-0000-0000-000000000001'])
    ask(`GET ${shopPath}/qa/value-set-versions${below}`)
  const spec = { apiVersion: 'score.dev/v1b1', metadata: { name: 'web' }, containers: { main: { image: '.' } } }
  const resources = { dns: { type: 'dns', id: 'dns' }, db: { type: 'postgres' } }
  for (const body of [{ spec: { ...spec, resources }, image: 'web:2' }, { spec: {} }])
    ask('POST /orgs/acme/artefact-versions/convert-score', body)
}

const isWellMeant = ({ answer }: Seen): boolean => answer.status < 400

describeByDescription('what the simulator answers', () => {
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
