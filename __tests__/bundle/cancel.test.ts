import { describe, expect, it } from '@jest/globals'
import type { Progress } from '../../testing/simulator/runner/child.ts'
import type { ActionStep } from '../../testing/simulator/runner/run-action.ts'
import type { Simulator } from '../../testing/simulator/server.ts'
import { countOf, listKinds, production, runInShop, type Visit } from './shop.ts'

const neverEnding = { phases: [{ afterMs: 0, status: 'pending' }] }

/** A step that is sent a signal while its deployment goes on. */
const runAndSignal = (
  signal: NodeJS.Signals,
  when: (progress: Progress, simulator: Simulator) => boolean = ({ log }) =>
    log.some(({ text }) => /pending/.test(text)),
  prepare: (simulator: Simulator) => Partial<ActionStep> | undefined = () => undefined,
): Promise<Visit> =>
  runInShop({}, ({ simulator }) => {
    simulator.orchestrator.planAll(production, neverEnding)
    return { ...prepare(simulator), signals: [{ signal, when: (progress) => when(progress, simulator) }] }
  })

// Windows has no signals: there a process is ended at once.
const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('a signal while it waits', () => {
  it.concurrent.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 130 and a whole report', async (signal) => {
    const { run, operations } = await runAndSignal(signal)
    expect(run).toMatchObject({
      exit: 130,
      signal: null,
      outputs: { outcome: 'cancelled', status: 'pending', deployment_id: expect.stringMatching(/./) },
    })
    expect(run.outputs['deployment_url']).toContain(run.outputs['deployment_id'])
    expect(run.log.filter(({ kind }) => kind === 'error')).toHaveLength(1)
    expect(run.summary).toMatch(/^### 🛑 Cancelled while shop was being deployed to production$/m)
    expect(run.post).toMatchObject({ exit: 0, outputs: {} })
    expect(countOf(operations, 'POST deploys')).toBe(1)
  })
})

onPosix('a kill', () => {
  it.concurrent('while it waits is told by the post step, which starts nothing', async () => {
    const { run, operations } = await runAndSignal('SIGKILL')
    const id = run.outputs['deployment_id'] ?? ''
    expect(run).toMatchObject({ exit: null, signal: 'SIGKILL', summary: '' })
    expect(id).not.toBe('')
    expect(run.post.exit).toBe(0)
    expect(run.post.summary).toContain(id)
    expect(listKinds(run.post.log)).toEqual(['warning'])
    expect(countOf(operations, 'POST deploys')).toBe(1)
    expect(operations.at(-1)).toBe('GET deploy')
  })

  it.concurrent('within the start leaves a deployment that the post step finds in the list', async () => {
    const { run, operations, simulator } = await runAndSignal(
      'SIGKILL',
      (_, { orchestrator }) => orchestrator.record.some(({ acceptedId }) => acceptedId),
      ({ orchestrator }) => {
        orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers' } })
        return undefined
      },
    )
    const started = simulator.orchestrator.record.find(({ operation }) => operation === 'POST deploys')?.acceptedId
    expect(run).toMatchObject({ signal: 'SIGKILL', outputs: {} })
    expect(run.post.summary).toContain(started)
    expect(countOf(operations, 'POST deploys')).toBe(1)
  })
})
