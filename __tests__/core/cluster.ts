import { type Runtime, toRuntime } from '../../src/core/runtime.ts'

/** Answers of the runtime, as the API writes them. Seconds are counted from the deployment's beginning. */
type Json = Readonly<Record<string, unknown>>

export const beginMs = Date.UTC(2026, 10, 23, 17)
export const at = (seconds: number): string => new Date(beginMs + seconds * 1000).toISOString()
export const msAt = (seconds: number): number => beginMs + seconds * 1000

export const running = (startedAtSeconds: number, more: Json = {}): Json => ({
  name: 'main',
  ready: true,
  restart_count: 0,
  status: 'Success',
  state: { running: { started_at: at(startedAtSeconds) } },
  ...more,
})

export const waiting = (reason: string, more: Json = {}): Json => ({
  name: 'main',
  ready: false,
  restart_count: 0,
  status: 'Pending',
  state: { waiting: { reason, message: `about ${reason}` } },
  ...more,
})

export const ended = (exitCode: number, finishedAtSeconds: number, more: Json = {}): Json => ({
  name: 'main',
  ready: false,
  restart_count: 0,
  status: exitCode === 0 ? 'Success' : 'Failure',
  state: {
    terminated: {
      exit_code: exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      message: '',
      finished_at: at(finishedAtSeconds),
    },
  },
  ...more,
})

export const pod = (containers: readonly Json[], more: Json = {}): Json => ({
  podName: 'web-5d9c',
  phase: 'Running',
  status: 'Success',
  revision: 2,
  containerStatuses: containers,
  ...more,
})

export const controller = (pods: readonly Json[], more: Json = {}): Json => ({
  kind: 'Deployment',
  status: 'Running',
  replicas: pods.length,
  message: '',
  revision: 2,
  pods,
  ...more,
})

/** One workload with one controller, `web`. */
export const workload = (statusClass: string, pods: readonly Json[], more: Json = {}): Json => ({
  status: '',
  status_class: statusClass,
  controllers: { web: controller(pods, more) },
})

export const runtime = (modules: Json): Runtime => toRuntime({ namespace: 'shop', modules })
