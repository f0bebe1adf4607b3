import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { Simulator } from '../../testing/simulator/server.ts'
import { runExample } from './act.ts'
import { docker, history, listChanges, push, startShop } from './shop.ts'

const head = '8d3fa0c1b2e4d5f60718293a4b5c6d7e8f901234'
const image = `ghcr.io/acme/shop:${head}`

const score = `apiVersion: score.dev/v1b1
metadata:
  name: shop
containers:
  main:
    image: .
    files:
      - target: /etc/shop.conf
        source: shop.conf
`
const files = { 'score.yaml': score, 'shop.conf': 'books = 5' }

let simulator: Simulator

beforeEach(async () => {
  simulator = await startShop()
  simulator.orchestrator.addEnvironment('acme/shop/development', { history })
  simulator.github.addPull('acme/shop', { number: 12, title: 'Recommend books', sha: head })
})

afterEach(() => simulator.close())

const moduleIn = (place: string): unknown => {
  const [{ setId = '' } = {}] = simulator.orchestrator.inspectDeployments(place)
  return simulator.orchestrator.inspectSet('acme/shop', setId)?.modules['shop']
}

const onPull = (action: string, more: { readonly runId?: number; readonly files?: typeof files } = {}) => ({
  event: 'pull_request',
  standIns: { docker },
  files,
  secrets: { HUMANITEC_VIEWER_TOKEN: usualToken },
  payload: {
    action,
    number: 12,
    pull_request: {
      number: 12,
      title: 'Recommend books',
      head: { sha: head, ref: 'books', repo: { full_name: 'acme/shop' } },
    },
    repository: { full_name: 'acme/shop' },
  },
  ...more,
})

describe('examples/score.yml', () => {
  it('deploys the Score file with the image that its build has pushed', async () => {
    const ran = await runExample('score.yml', simulator, { ...push, standIns: { docker }, files })
    expect(ran).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    const [, pushed] = /docker push (\S+)/.exec(ran.printed) ?? []
    expect(moduleIn('acme/shop/development')).toMatchObject({
      spec: { containers: { main: { image: pushed, files: { '/etc/shop.conf': { value: 'books = 5' } } } } },
    })
    expect(listChanges(simulator).slice(1)).toEqual([
      'POST shop/deltas',
      'POST shop/envs/development/deploys',
      expect.stringMatching(/^PUT shop\/deltas\/[^/]+\/metadata\/archived$/),
    ])
  })

  it('names the line of a mistake, and asks Humanitec for nothing', async () => {
    const wrong = { ...files, 'score.yaml': score.replace('image', 'imge') }
    const ran = await runExample('score.yml', simulator, { ...push, standIns: { docker }, files: wrong })
    expect(ran).toMatchObject({ exitCode: 1, jobs: { build: 'success', deploy: 'failure' } })
    expect(ran.printed).toContain('score.yaml:6:5: containers.main.imge is not known; did you mean image?')
    expect(simulator.orchestrator.record).toEqual([])
  })
})

describe('examples/score-preview.yml', () => {
  it('makes, renews and deletes the environment of a pull request from its Score file', async () => {
    const opened = await runExample('score-preview.yml', simulator, onPull('opened', { runId: 7001 }))
    expect(opened).toMatchObject({ exitCode: 0, jobs: { build: 'success', deploy: 'success' } })
    expect(moduleIn('acme/shop/pr-12')).toMatchObject({ spec: { containers: { main: { image } } } })

    const more = { ...files, 'shop.conf': 'books = 9' }
    const pushed = await runExample('score-preview.yml', simulator, onPull('synchronize', { runId: 7002, files: more }))
    expect(pushed).toMatchObject({ exitCode: 0, jobs: { deploy: 'success' } })
    expect(moduleIn('acme/shop/pr-12')).toMatchObject({
      spec: { containers: { main: { files: { '/etc/shop.conf': { value: 'books = 9' } } } } },
    })

    const closed = await runExample('score-preview.yml', simulator, onPull('closed', { runId: 7003 }))
    expect(closed).toMatchObject({ exitCode: 0, jobs: { delete: 'success' } })
    expect(simulator.orchestrator.inspectEnvironment('acme/shop/pr-12')).toBeUndefined()
  })
})

describe('examples/score-plan.yml', () => {
  it('comments what would change in production, and changes nothing', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/production', { type: 'production', history })
    const ran = await runExample('score-plan.yml', simulator, onPull('opened'))
    expect(ran).toMatchObject({ exitCode: 0, jobs: { plan: 'success' } })
    expect(listChanges(simulator).map((change) => change.replace(/sets\/.*/, 'sets/…'))).toEqual([
      expect.stringContaining('convert-score'),
      'POST shop/sets/…',
    ])
    const [comment] = simulator.github.inspectComments('acme/shop', 12)
    expect(comment?.body).toContain('would change shop in production')
  })
})
