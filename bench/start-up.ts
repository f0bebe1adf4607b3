import { join } from 'node:path'
import { startSimulator } from '../simulator/server.ts'
import { findMedian, type Measured, measureChild } from './child.ts'
import { bundle, createVariables, place } from './place.ts'
import { renderTable } from './table.ts'

type Sample = Measured & { readonly firstPostMs: number }
type Samples = { readonly bare: readonly Sample[]; readonly ours: readonly Sample[] }

/** Pairs of the bundle and a bare script that sends the same two requests, in turn, so that both meet the same machine. */
export const measureStartUp = async (pairs = 20): Promise<Samples> => {
  const bare: Sample[] = []
  const ours: Sample[] = []
  for (let pair = -1; pair < pairs; pair++) {
    const one = await measure(join(import.meta.dirname, 'bare.mjs'))
    const other = await measure(bundle)
    // The first pair only warms the machine up.
    if (pair < 0) continue
    bare.push(one)
    ours.push(other)
  }
  return { bare, ours }
}

const measure = async (script: string): Promise<Sample> => {
  const simulator = await startSimulator({ acceptsAnyDelta: true })
  simulator.orchestrator.addEnvironment(place, {
    history: [{ agoSeconds: 9_000, durationSeconds: 120, status: 'succeeded' }],
  })
  const measured = await measureChild(script, createVariables(simulator, { delta_id: 'a'.repeat(40), wait: 'false' }))
  const post = simulator.orchestrator.record.find(({ operation }) => operation === 'POST deploys')
  await simulator.close()
  if (measured.exit !== 0 || !post) throw new Error(`${script} did not deploy (exit ${measured.exit}).`)
  return { ...measured, firstPostMs: post.atMs - measured.startedMs }
}

export const renderStartUp = ({ bare, ours }: Samples): string => {
  const medianOf = (samples: readonly Sample[], figure: (sample: Sample) => number) => findMedian(samples.map(figure))
  const bareWholeMs = medianOf(bare, ({ tookMs }) => tookMs)
  const rowOf = (name: string, samples: readonly Sample[]): string[] => {
    const firstPostMs = medianOf(samples, (sample) => sample.firstPostMs)
    const tookMs = medianOf(samples, (sample) => sample.tookMs)
    const peakMiB = medianOf(samples, (sample) => sample.peakMiB)
    return [
      name,
      `${firstPostMs.toFixed(0)} ms`,
      (firstPostMs / bareWholeMs).toFixed(2),
      `${tookMs.toFixed(0)} ms`,
      (tookMs / bareWholeMs).toFixed(2),
      `${peakMiB.toFixed(1)} MiB`,
      (peakMiB / medianOf(bare, (sample) => sample.peakMiB)).toFixed(2),
    ]
  }
  const header = ['', 'to the first POST', 'over bare, whole', 'whole step', 'over bare', 'peak memory', 'over bare']
  return renderTable(header, [rowOf('bare script', bare), rowOf('the action', ours)])
}
