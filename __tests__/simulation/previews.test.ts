import { beforeAll, describe, expect, it } from '@jest/globals'
import { describeByDescription, violations } from '../../testing/openapi.ts'
import { checkPreviews } from '../../testing/simulation/previews/check-previews.ts'
import { listPreviewFacts } from '../../testing/simulation/previews/preview-facts.ts'
import { createPreviewScenario } from '../../testing/simulation/previews/preview-scenario.ts'
import { formatPreviewTrace } from '../../testing/simulation/previews/preview-text.ts'
import { simulatePreviews } from '../../testing/simulation/previews/simulate-previews.ts'

const lives = 300
const atATime = 50

const play = async (seeds: readonly number[]) => {
  const traces = []
  for (const seed of seeds) traces.push(await simulatePreviews(createPreviewScenario(seed)))
  return traces
}

describe.each([...Array(lives / atATime).keys()])('lives of previews, part %d', (part) => {
  const seeds = [...Array(atATime).keys()].map((index) => 1 + part * atATime + index)

  // A second and more: fifty whole lives, each of some ten steps.
  it('break no promise', async () => {
    const traces = await play(seeds)
    const broken = traces.flatMap((trace) => checkPreviews(trace).map((what) => `seed ${trace.scenario.seed}: ${what}`))
    expect(broken).toEqual([])
  })
})

describe('what the lives are of', () => {
  let facts: readonly string[] = []
  beforeAll(async () => {
    facts = (await play([...Array(120).keys()].map((index) => 1000 + index))).flatMap(listPreviewFacts)
  })

  it.each([
    'delete: deleted',
    'prune: pruned',
    'deploy: succeeded',
    'deploy: skipped',
    'deploy killed, finished by its post step',
    'an environment deleted by delete',
    'an environment deleted by prune',
    'a second comment deleted',
    'a GitHub Deployment made',
    'meanwhile: make it anew for another repository',
  ])('more than once: %s', (fact) => {
    expect(facts.filter((name) => name === fact).length).toBeGreaterThan(1)
  })

  it.each([4, 38, 449])('seed %d replays, to the millisecond', async (seed) => {
    const [one, other] = await play([seed, seed])
    expect(one && formatPreviewTrace(one)).toBe(other && formatPreviewTrace(other))
  })
})

describeByDescription('what the lives ask of Humanitec', () => {
  it('fits', async () => {
    const traces = await play([1, 2, 3, 4, 5, 6])
    const record = traces.flatMap(({ orchestrator }) => orchestrator.record)
    expect(record.flatMap(({ request }) => violations(request.method, request.path, request.body))).toEqual([])
  })
})
