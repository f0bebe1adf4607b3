import { describe, expect, it } from '@jest/globals'
import { hostileLines } from '../../testing/simulator/orchestrator/container-logs.ts'
import { createShop, listOf, path, production, startMs } from './shop.ts'

const createTalking = () => {
  const shop = createShop()
  const { orchestrator, ask } = shop
  orchestrator.planLogs(production, {
    workload: 'web',
    lines: Array.from({ length: 120 }, (_, index) => `line ${index}`),
  })
  const get = (query: string) => listOf(ask(`GET ${path}/logs?${query}`)).map(({ payload }) => payload)
  return { ...shop, get }
}

describe('the logs', () => {
  it('are newest first, 100 of them', () => {
    const { ask, get } = createTalking()
    const lines = get('')
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([100, 'line 119', 'line 20'])
    expect(listOf(ask(`GET ${path}/logs`))[0]).toEqual({
      workload_id: 'web',
      container_id: 'main',
      level: 'INFO',
      payload: 'line 119',
      timestamp: expect.stringMatching(/^2026-11-23T17:00:00\.\d{9}Z$/),
    })
  })

  it('are the last ones in order, by limit and invert; the first ones, by asc', () => {
    const { get } = createTalking()
    expect(get('limit=3&invert=true')).toEqual(['line 117', 'line 118', 'line 119'])
    expect(get('limit=2&asc=true')).toEqual(['line 0', 'line 1'])
    expect(get('limit=2&asc=true&invert=true')).toEqual(['line 1', 'line 0'])
  })

  it('are filtered by workload, container, deployment and time', () => {
    const { ask, get, orchestrator, pass, newer } = createTalking()
    const id = ask(`POST ${path}/deploys`, {}).acceptedId
    pass(60_000)
    orchestrator.planLogs(production, {
      workload: 'worker',
      container: 'sidecar',
      lines: ['late', { payload: 'bad', level: 'ERROR', atMs: startMs + 30_000 }],
    })
    expect(get('workload_id=worker')).toEqual(['late', 'bad'])
    expect([get('container_id=sidecar').length, get('workload_id=web&container_id=sidecar').length]).toEqual([2, 0])
    expect([get(`deployment_id=${id}`).length, get(`deployment_id=${newer}&limit=1000`).length]).toEqual([3, 119])
    expect(get('timestamp_from=2026-11-23T17:00:30Z&timestamp_to=2026-11-23T17:00:31Z')).toEqual(['bad'])
  })

  it('may have lines that are meant to be taken for something else', () => {
    const { get, orchestrator } = createTalking()
    orchestrator.planLogs(production, { workload: 'web', container: 'evil', lines: hostileLines })
    expect(get('container_id=evil&invert=true')).toEqual(hostileLines)
  })

  it.each(['limit=0', 'limit=many', 'limit=1.5', 'timestamp_from=yesterday', 'timestamp_to=x', 'asc=yes', 'invert=1'])(
    'are refused for %s, with an empty body',
    (query) => {
      expect(createTalking().ask(`GET ${path}/logs?${query}`)).toEqual({ status: 400 })
    },
  )

  it('are empty where nothing was written, and refused with an empty body without an environment', () => {
    const { ask } = createShop()
    expect(ask(`GET ${path}/logs`)).toEqual({ status: 200, body: [] })
    expect(ask('GET /orgs/acme/apps/shop/envs/nowhere/logs')).toEqual({ status: 404 })
  })
})
