import type { ErrorPlan } from '../../simulator/orchestrator/plan.ts'
import type { Scene } from '../scene.ts'
import { addWithHistory, at, madeDelta, production } from '../shop.ts'

const podsNeverReady = `Workload checkout did not become ready within 45 s: 0 of 2 pods are ready.
  pod checkout-6c9f7d5b8-2xk4q
    container web: CrashLoopBackOff, restarted 4 times, last exit code 1
    last lines of its log:
      2026-11-23T17:04:41Z INFO  starting checkout 2.14.0
      2026-11-23T17:04:41Z INFO  connecting to postgres://orders.shop.svc:5432/orders
      2026-11-23T17:04:42Z FATAL relation "baskets" does not exist (SQLSTATE 42P01)
  pod checkout-6c9f7d5b8-9wlzt
    container web: CrashLoopBackOff, restarted 4 times, last exit code 1
    last lines of its log:
      2026-11-23T17:04:41Z INFO  starting checkout 2.14.0
      2026-11-23T17:04:42Z FATAL relation "baskets" does not exist (SQLSTATE 42P01)
The earlier replica set checkout-5d8b6c7f9 keeps serving with 2 of 2 pods.`

const errors: readonly ErrorPlan[] = [
  {
    scope: 'workload',
    object_id: 'modules.checkout',
    code: 'RUN-004',
    summary: 'Workload did not become ready',
    message: podsNeverReady,
    error_type: '',
  },
  {
    scope: 'workload',
    object_id: 'modules.checkout',
    code: 'RES-101',
    summary: 'Driver parameters invalid',
    message: "One of 'ip_address', 'ipv6_address' or 'name' should be specified",
    error_type: '',
  },
  {
    scope: 'workload',
    object_id: 'modules.search',
    code: 'CLD-001',
    summary: 'Provider error',
    message: 'Incorrect cloud provider credentials',
    error_type: '',
  },
]

export const failure: Scene = {
  name: 'failure',
  title: 'A deployment fails: three errors in two workloads',
  play: async (stage) => {
    addWithHistory(stage, 'production', 'production')
    stage.simulator.orchestrator.planNext(production, { durationMs: 48_000, status: 'failed', errors })
    await stage.run({
      name: 'Deploy',
      inputs: { ...at('production'), delta_id: madeDelta(stage) },
      ends: { outcome: 'failed', exit: 1 },
    })
  },
}
