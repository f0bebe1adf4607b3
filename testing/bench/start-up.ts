import { join } from 'node:path'
import { usualGitHubToken } from '../simulator/github.ts'
import { startSimulator } from '../simulator/server.ts'
import { findMedian, type Measured, measureChild } from './child.ts'
import { bundle, createVariables, place } from './step-variables.ts'
import { renderTable } from './table.ts'

type Sample = Measured & { readonly firstPostMs: number; readonly requestsBefore: number }
type Competitor = { readonly name: string; readonly script: string; readonly inputs?: Readonly<Record<string, string>> }
type Samples = readonly { readonly name: string; readonly samples: readonly Sample[] }[]

const competitors: readonly Competitor[] = [
  { name: 'bare script', script: join(import.meta.dirname, 'bare.mjs') },
  { name: 'the action', script: bundle },
  { name: 'the action, with `images`', script: bundle, inputs: { delta_id: '', images: 'web=ghcr.io/acme/web:2' } },
  { name: 'the action, commenting', script: bundle, inputs: { pr_comment: 'true', github_token: usualGitHubToken } },
]

/** The bundle and a bare script that sends the same two requests, in turn, so that all meet the same machine. */
export const measureStartUp = async (rounds = 20): Promise<Samples> => {
  const all = competitors.map((competitor) => ({ ...competitor, samples: [] as Sample[] }))
  for (let round = -1; round < rounds; round++) {
    for (const competitor of all) {
      const sample = await measure(competitor)
      // The first round only warms the machine up.
      if (round >= 0) competitor.samples.push(sample)
    }
  }
  return all
}

const commit = 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4'

const measure = async ({ script, inputs }: Competitor): Promise<Sample> => {
  const simulator = await startSimulator({ acceptsAnyDelta: true })
  simulator.orchestrator.addEnvironment(place, {
    history: [{ agoSeconds: 9_000, durationSeconds: 120, status: 'succeeded' }],
  })
  simulator.github.addPull('acme/shop', { number: 12, sha: commit })
  const variables = createVariables(simulator, { delta_id: 'a'.repeat(40), wait: 'false', ...inputs })
  const measured = await measureChild(script, { ...variables, GITHUB_SHA: commit })
  const requestsBefore = simulator.orchestrator.record.findIndex(({ operation }) => operation === 'POST deploys')
  const post = simulator.orchestrator.record[requestsBefore]
  await simulator.close()
  if (measured.exit !== 0 || !post) throw new Error(`${script} did not deploy (exit ${measured.exit}).`)
  return { ...measured, firstPostMs: post.atMs - measured.startedMs, requestsBefore }
}

export const renderStartUp = (all: Samples): string => {
  const medianOf = (samples: readonly Sample[], figure: (sample: Sample) => number) => findMedian(samples.map(figure))
  const bare = all[0]?.samples ?? []
  const bareWholeMs = medianOf(bare, ({ tookMs }) => tookMs)
  const barePeakMiB = medianOf(bare, ({ peakMiB }) => peakMiB)
  const rows = all.map(({ name, samples }) => {
    const firstPostMs = medianOf(samples, (sample) => sample.firstPostMs)
    const tookMs = medianOf(samples, (sample) => sample.tookMs)
    const peakMiB = medianOf(samples, (sample) => sample.peakMiB)
    return [
      name,
      String(samples[0]?.requestsBefore ?? ''),
      `${firstPostMs.toFixed(0)} ms`,
      (firstPostMs / bareWholeMs).toFixed(2),
      `${tookMs.toFixed(0)} ms`,
      (tookMs / bareWholeMs).toFixed(2),
      `${peakMiB.toFixed(1)} MiB`,
      (peakMiB / barePeakMiB).toFixed(2),
    ]
  })
  const header = [
    '',
    'requests before the start',
    'to the start',
    'ratio to the whole bare script',
    'whole step',
    'ratio to the bare script',
    'peak memory',
    'ratio to the bare script',
  ]
  return renderTable(header, rows)
}
