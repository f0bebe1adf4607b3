import { describe, expect, it } from '@jest/globals'
import { describeByDescription, violations } from '../../testing/openapi.ts'
import { listUnknownFields } from './described-fields.ts'
import { type Flow, flows, playFlow, type Seen } from './flows.ts'

const cases = flows.map((flow): [string, Flow] => [flow.name, flow])

describe('the requests of a flow come in their order', () => {
  it.each(cases)('%s', async (_, flow) => {
    const { outcome, order } = await playFlow(flow)
    expect({ outcome, order }).toEqual({ outcome: flow.outcome, order: flow.order })
  })
})

/** What a fault made of an answer is not the API's. */
const isTrue = ({ record }: Seen): boolean => record.fault === undefined

describeByDescription('what the flows ask', () => {
  it.each(cases)('every request of a flow fits: %s', async (_, flow) => {
    const { requests } = await playFlow(flow)
    expect(requests.length).toBeGreaterThan(0)
    expect(requests.flatMap(({ method, path, body }) => violations(method, path, body))).toEqual([])
  })

  it.each(cases)('no request of a flow has a field that is not named there: %s', async (_, flow) => {
    const { requests } = await playFlow(flow)
    expect(requests.flatMap(({ method, path, body }) => listUnknownFields(method, path, body))).toEqual([])
  })

  it.each(cases)('every answer of the simulator on the way fits: %s', async (_, flow) => {
    const answers = (await playFlow(flow)).seen.filter(isTrue)
    expect(answers.length).toBeGreaterThan(0)
    const wrong = answers.flatMap(({ record: { request }, answer }) =>
      violations(request.method, request.path, answer.body, answer.status),
    )
    expect(wrong).toEqual([])
  })

  it('all of the API that the action uses is used on the way', async () => {
    const played = await Promise.all(flows.map(playFlow))
    expect(new Set(played.flatMap(({ order }) => order))).toEqual(
      new Set([
        ...['GET env', 'GET envs', 'POST envs', 'DELETE env', 'PUT from_deploy_id'],
        ...['POST deploys', 'GET deploys', 'GET deploy', 'GET errors', 'GET resources'],
        ...['POST deltas', 'GET delta', 'PUT archived', 'GET set', 'POST set', 'GET diff'],
      ]),
    )
  })

  it.each([
    ['a misspelt field', { comment: 'x', delta: 'd1' }, ['delta']],
    ['camel case', { deltaId: 'd1', setId: 's1' }, ['deltaId', 'setId']],
    ['fields of an environment', { name: 'x', from_deploy_id: 'f1' }, ['name', 'from_deploy_id']],
    ['no field', {}, []],
    ['every field', { comment: '', delta_id: '', set_id: '', mode: 'full', value_set_version_id: '' }, []],
  ])('in a start, %s is found', (_, body, expected) => {
    expect(listUnknownFields('POST', '/orgs/acme/apps/shop/envs/production/deploys', body)).toEqual(expected)
  })
})
