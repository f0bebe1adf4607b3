import { describe, expect, it } from '@jest/globals'
import { hasDescription, violations } from '../../testing/openapi.ts'
import type { ApiAnswer, RequestRecord } from '../../testing/simulator/exchange.ts'
import { hostileLines } from '../../testing/simulator/orchestrator/container-logs.ts'
import type { Behaviour } from '../../testing/simulator/orchestrator/containers.ts'
import {
  approvalBefore,
  checkAfter,
  failureBefore,
  secondEnvironment,
} from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createShop, path, production } from './shop.ts'

type Seen = { readonly record: RequestRecord; readonly answer: ApiAnswer }
type Shop = ReturnType<typeof createShop>

const shopOf = '/orgs/acme/apps/shop'

/** What of pipelines can be read, for each run there is. */
const readPipelines = ({ ask, orchestrator }: Shop): void => {
  for (const below of [
    'approvals',
    'approvals?status=waiting',
    'pipeline-criteria',
    'pipelines/default/runs',
    'pipelines/none/runs',
  ])
    ask(`GET ${shopOf}/${below}`)
  for (const { id } of orchestrator.inspectRuns('acme/shop')) {
    const run = `${shopOf}/pipelines/default/runs/${id}`
    ask(`GET ${run}`)
    ask(`GET ${run}/jobs?status=executing`)
    for (const job of ['approve', 'deploy', 'check', 'promote']) ask(`GET ${run}/jobs/${job}`)
    ask(`GET ${path}/deploys?pipelineRunId=default,${id}`)
  }
}

const walkThroughPipelines = (shop: Shop): void => {
  const { ask, orchestrator, pass, delta } = shop
  const jobs = [
    approvalBefore({ approvedAfterMs: 20_000 }),
    approvalBefore({ deniedAfterMs: 20_000 }),
    checkAfter({ fails: 'Not ready.' }),
    secondEnvironment('staging'),
    failureBefore(),
  ]
  for (const [index, plan] of jobs.entries()) {
    orchestrator.planPipeline('acme/shop', {
      jobs: plan,
      takes: [{ envType: '*', envId: 'production', deploymentType: 'deploy' }],
      concurrencyGroup: 'all',
      isDeploymentMadeAtOnce: index === 1,
      ...(index === 4 && { cancelledAfterMs: 1_000 }),
    })
    ask(`POST ${path}/deploys`, { delta_id: delta, comment: 'Ours', mode: 'full', value_set_version_id: '01890a5d' })
    for (const ms of [0, 1_000, 5_000, 30_000, 120_000, 120_000]) {
      pass(ms)
      readPipelines(shop)
      ask(`GET ${path}`)
      ask(`GET ${path}/deploys`)
    }
  }
}

const behaviours: readonly Behaviour[] = [
  { does: 'run' },
  { does: 'fail to pull its image' },
  { does: 'miss its configuration' },
  { does: 'find no node' },
  { does: 'crash', crashes: 3 },
  { does: 'crash', isOutOfMemory: true },
  { does: 'complete', exitCode: 1 },
]

const idle = { profile: 'humanitec/default-module', spec: {}, externals: {} }
const addIdle = (image: string) => ({
  contents: {
    modules: {
      add: { idle, elsewhere: idle },
      update: { web: [{ op: 'replace', path: '/spec/containers/main/image', value: image }] },
    },
  },
})

const walkThroughCluster = ({ ask, orchestrator, pass }: Shop): void => {
  orchestrator.planWorkload(production, 'worker', {
    kind: 'Job',
    replicas: 1,
    containers: { main: { does: 'complete' } },
  })
  orchestrator.planWorkload(production, 'idle', { replicas: 0 })
  orchestrator.planWorkload(production, 'elsewhere', { controllers: 'none' })
  for (const [index, main] of behaviours.entries()) {
    orchestrator.planCluster(production, {
      restartCount: index % 2 === 0 ? 'restart_count' : 'restartCount',
      hasRevisions: index % 3 !== 0,
    })
    orchestrator.planWorkload(production, 'web', {
      containers: { main },
      initContainers: { migrate: { does: 'complete' } },
    })
    ask(`POST ${path}/deploys`, { delta_id: orchestrator.addDelta('acme/shop', addIdle(`ghcr.io/acme/web:${index}`)) })
    for (const ms of [4_000, 2_000, 2_000, 13_000, 5_000, 200_000]) {
      pass(ms)
      ask(`GET ${path}/runtime`)
      ask(`GET ${path}/runtime`, undefined, usualToken, { accept: 'application/v2+json' })
    }
  }
}

const walkThroughLogs = ({ ask, orchestrator }: Shop): void => {
  orchestrator.planLogs(production, { workload: 'web', lines: hostileLines })
  for (const query of ['', '?limit=50&invert=true', '?limit=none', '?workload_id=other'])
    ask(`GET ${path}/logs${query}`)
  orchestrator.limitRate(usualToken, { capacity: 0, refillPerSecond: 1 })
  ask(`GET ${path}/logs`)
  ask(`POST ${path}/deploys`, {})
}

if (hasDescription) {
  describe('pipelines, runtime and logs, by the official description', () => {
    it('every answer fits, but for the named exceptions', () => {
      const seen: Seen[] = []
      const onAnswer = (record: RequestRecord, answer: ApiAnswer): void => {
        seen.push({ record, answer })
      }
      for (const walk of [walkThroughPipelines, walkThroughCluster, walkThroughLogs]) walk(createShop({ onAnswer }))
      const wrong = seen.flatMap(({ record: { request }, answer }) =>
        violations(request.method, request.path, answer.body, answer.status, answer.headers?.['content-type']),
      )
      expect([...new Set(wrong)]).toEqual([])
      expect(new Set(seen.map(({ answer }) => answer.status))).toEqual(new Set([200, 201, 400, 404, 429]))
      const asked = new Set(seen.filter(({ answer }) => answer.status === 200).map(({ record }) => record.operation))
      expect([...asked].sort()).toEqual(
        [...['approvals', 'deploys', 'env', 'job', 'jobs', 'logs', 'pipeline-criteria', 'run', 'runs', 'runtime']].map(
          (noun) => `GET ${noun}`,
        ),
      )
    })

    it.each([
      ['a run without inputs', `${shopOf}/pipelines/default/runs`, [{ id: '1' }], 'application/json', 'inputs'],
      ['an approval of an unknown status', `${shopOf}/approvals`, [{ status: 'open' }], 'application/json', 'status'],
      [
        'a module of an unknown class',
        `${path}/runtime`,
        { modules: { web: { status_class: 'Good' } } },
        'application/v2+json',
        'status_class',
      ],
      ['a log line without a payload', `${path}/logs`, [{ level: 'INFO' }], 'application/json', 'payload'],
    ])('%s is found', (_, asked, body, contentType, word) => {
      expect(violations('GET', asked, body, 200, contentType)).toContainEqual(expect.stringContaining(word))
    })
  })
} else {
  it('LEFT OUT: without the official description nothing of pipelines, runtime and logs was held against it', () => {
    expect(hasDescription).toBe(false)
  })
}
