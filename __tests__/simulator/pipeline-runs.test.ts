import { describe, expect, it } from '@jest/globals'
import { createShop, listOf, path, production } from './shop.ts'

const shopOf = '/orgs/acme/apps/shop'
const runsOf = `${shopOf}/pipelines/default/runs`
const idsOf = (answer: Parameters<typeof listOf>[0]) => listOf(answer).map(({ id }) => id)

/** 120 runs of ten minutes each, one a minute, the oldest first. */
const createBusyShop = () => {
  const shop = createShop()
  shop.orchestrator.planPipeline('acme/shop', {
    jobs: [{ id: 'test', steps: [{ does: 'work', durationMs: 600_000 }] }],
  })
  const ids = Array.from({ length: 120 }, () => {
    const id = shop.orchestrator.startRunElsewhere(production)
    shop.pass(60_000)
    return id
  }).reverse()
  return { ...shop, ids }
}

describe('the list of runs', () => {
  it('is newest first, in pages of 50, with a link to the next', () => {
    const { ask, ids } = createBusyShop()
    const follow = (asked: string): readonly unknown[] => {
      const answer = ask(`GET ${asked}`)
      const next = /^<(.*)>; rel="next"$/.exec(answer.headers?.['link'] ?? '')?.[1]
      return [...idsOf(answer), ...(next ? follow(next) : [])]
    }
    expect(idsOf(ask(`GET ${runsOf}`))).toEqual(ids.slice(0, 50))
    expect(follow(runsOf)).toEqual(ids)
    expect(follow(`${runsOf}?per_page=7&env=production`)).toEqual(ids)
    expect(follow(`${runsOf}?env=staging`)).toEqual([])
  })

  it.each([
    ['per_page=0', 'per_page'],
    ['per_page=101', 'per_page'],
    ['per_page=many', 'per_page'],
    ['page=2', 'page'],
    ['created_after=yesterday', 'created_after'],
  ])('is refused for %s', (query, word) => {
    expect(createBusyShop().ask(`GET ${runsOf}?${query}`)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(word) },
    })
  })

  it('is filtered by status, completion and time', () => {
    const { ask, ids } = createBusyShop()
    const get = (query: string) => idsOf(ask(`GET ${runsOf}?per_page=100&${query}`))
    expect(get('completed=false')).toEqual(ids.slice(0, 10))
    expect(get('status=executing&status=queued')).toEqual(ids.slice(0, 10))
    expect(get('completed=true&status=executing')).toEqual([])
    expect(get('created_after=2026-11-23T18:57:30Z&created_before=2026-11-23T18:58:30Z')).toEqual([ids[1]])
  })

  it('knows no pipeline, run or job that is not there', () => {
    const { ask, ids } = createBusyShop()
    const missing = [`${shopOf}/pipelines/other/runs`, `${runsOf}/other`, `${runsOf}/other/jobs`]
    expect([...missing, `${runsOf}/${ids[0]}/jobs/other`].map((asked) => ask(`GET ${asked}`).status)).toEqual([
      404, 404, 404, 404,
    ])
    expect(ask(`GET ${runsOf}/${ids[0]}/jobs/test/more`).status).toBe(404)
    expect(ask(`GET ${runsOf}/${ids[0]}`)).toMatchObject({
      status: 200,
      body: { id: ids[0] },
      headers: { etag: expect.stringMatching(/^[0-9a-f]{16}$/) },
    })
  })
})

describe('the criteria', () => {
  const createChosen = () => {
    const shop = createShop()
    const { orchestrator } = shop
    orchestrator.planPipeline('acme/shop', { takes: [{ envType: '*' }] })
    orchestrator.planPipeline('acme/shop', {
      id: 'redo',
      takes: [{ envId: 'production', deploymentType: 're-deploy' }],
    })
    orchestrator.planPipeline('acme/shop', { id: 'live', name: 'Live', takes: [{ envType: 'production' }] })
    return shop
  }

  it('are listed, and filtered by pipeline and field', () => {
    const { ask } = createChosen()
    const get = (query: string) => listOf(ask(`GET ${shopOf}/pipeline-criteria${query}`))
    expect(get('')).toHaveLength(3)
    expect(get('?pipeline=live')).toMatchObject([
      { trigger: 'deployment_request', pipeline_name: 'Live', env_type: 'production', app_id: 'shop' },
    ])
    expect(get('?match[env_id]=production')).toMatchObject([{ pipeline_id: 'redo', deployment_type: 're-deploy' }])
  })

  it('say which pipeline takes a request: of several the one that says most', () => {
    const { ask, delta, orchestrator, pass } = createChosen()
    ask(`POST ${path}/deploys`, { delta_id: delta })
    pass(200_000)
    ask(`POST ${path}/deploys`, {})
    pass(200_000)
    ask(`POST ${shopOf}/envs/staging/deploys`, { delta_id: delta })
    expect(orchestrator.inspectRuns('acme/shop').map(({ pipelineId }) => pipelineId)).toEqual([
      'default',
      'redo',
      'live',
    ])
  })

  it('leave a request alone that none of them fits', () => {
    const { ask, delta, orchestrator } = createShop()
    orchestrator.planPipeline('acme/shop', { takes: [{ envId: 'staging' }] })
    ask(`POST ${path}/deploys`, { delta_id: delta })
    expect(orchestrator.inspectRuns('acme/shop')).toEqual([])
    expect(orchestrator.inspectDeployments(production)).toHaveLength(3)
  })
})
