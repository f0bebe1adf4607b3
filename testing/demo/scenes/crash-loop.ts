import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

/** What `web` writes before it crashes. */
const lines = [
  '2026-11-23T17:04:41Z INFO  starting web 2.14.0',
  '2026-11-23T17:04:41Z INFO  connecting to postgres://orders.shop.svc:5432/orders',
  '2026-11-23T17:04:42Z FATAL relation "baskets" does not exist (SQLSTATE 42P01)',
]

export const crashLoop: Scene = {
  name: 'crash-loop',
  title: 'A crash loop that is ready in between doesn’t count as healthy (wait_for: healthy)',
  play: async (stage) => {
    const { orchestrator } = stage.simulator
    addWithHistory(stage, 'production', 'production')
    for (const workload of ['web', 'worker']) orchestrator.planWorkload(production, workload, {}, 0)
    const main = { does: 'crash', runsForMs: 25_000, readyAfterMs: 4_000 } as const
    orchestrator.planWorkload(production, 'web', { containers: { main } })
    orchestrator.planNext(production, { durationMs: 75_000 })
    // Under the deployment, however long the step takes to begin.
    const writtenMs = stage.now() + 120_000
    orchestrator.planLogs(production, {
      workload: 'web',
      lines: lines.map((payload, index) => ({ payload, atMs: writtenMs + index })),
    })
    await stage.run({
      name: 'Deploy, and wait until it is healthy',
      inputs: { ...at('production'), delta_id: madeDelta(stage), wait_for: 'healthy', log_lines: '20' },
      ends: { outcome: 'unhealthy', exit: 1 },
    })
  },
}
