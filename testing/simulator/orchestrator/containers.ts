/** What a container does, in milliseconds since it could begin. */
export type Behaviour =
  /** Ready after a while (8 s by default); `Infinity`: it runs and is never ready. */
  | { readonly does: 'run'; readonly readyAfterMs?: number }
  /** `ErrImagePull` and `ImagePullBackOff` by turns. */
  | { readonly does: 'fail to pull its image' }
  /** `CreateContainerConfigError`. */
  | { readonly does: 'miss its configuration' }
  /** No node takes the pod: it has no containers yet. */
  | { readonly does: 'find no node' }
  /**
   * Runs (5 s by default, ready after 1 s of it), ends, and begins again after a pause that doubles up to 5 min:
   * `CrashLoopBackOff`. With `crashes`, it runs for good after so many. `isOutOfMemory`: killed, with exit code 137.
   */
  | {
      readonly does: 'crash'
      readonly runsForMs?: number
      readonly readyAfterMs?: number
      readonly crashes?: number
      readonly exitCode?: number
      readonly isOutOfMemory?: boolean
    }
  /** Ends by itself (after 10 s, with 0, by default) and stays so. */
  | { readonly does: 'complete'; readonly runsForMs?: number; readonly exitCode?: number }

/** A container at one moment; all times since it could begin. */
export type Moment = {
  readonly isReady: boolean
  readonly restarts: number
  readonly state:
    | { readonly kind: 'waiting'; readonly reason: string; readonly message?: string }
    | { readonly kind: 'running'; readonly sinceMs: number }
    | {
        readonly kind: 'terminated'
        readonly reason: string
        readonly exitCode: number
        readonly sinceMs: number
        readonly endMs: number
      }
}

/** Creating it takes so long. */
const creationMs = 2_000

const waitFor = (reason: string, message?: string): Moment => ({
  isReady: false,
  restarts: 0,
  state: { kind: 'waiting', reason, ...(message !== undefined && { message }) },
})

/** Waiting for the init containers. */
export const initializing: Moment = waitFor('PodInitializing')

export const determineMoment = (behaviour: Behaviour, name: string, ms: number): Moment => {
  if (ms < creationMs) return waitFor('ContainerCreating')
  switch (behaviour.does) {
    case 'run':
      return run(0, creationMs, ms >= (behaviour.readyAfterMs ?? usualReadyMs))
    case 'fail to pull its image':
      return failToPull(name, ms)
    case 'miss its configuration':
      return waitFor('CreateContainerConfigError', `secret "${name}-secrets" not found`)
    case 'find no node':
      return waitFor('ContainerCreating')
    case 'crash':
      return crash(behaviour, name, ms)
    case 'complete':
      return complete(behaviour, ms)
  }
}

const usualReadyMs = 8_000
const usualCrashMs = 5_000
const usualCrashReadyMs = 1_000
const usualCompletionMs = 10_000

const run = (restarts: number, sinceMs: number, isReady: boolean): Moment => ({
  isReady,
  restarts,
  state: { kind: 'running', sinceMs },
})

const failToPull = (name: string, ms: number): Moment => {
  const { isResting } = findTurn(ms - creationMs, 1_000, (turn) => Math.min(10_000 * 2 ** turn, 300_000))
  return isResting
    ? waitFor('ImagePullBackOff', `Back-off pulling image "ghcr.io/acme/${name}:missing"`)
    : waitFor('ErrImagePull', `failed to resolve reference "ghcr.io/acme/${name}:missing": not found`)
}

/** Started again at once after the first end, then after 10 s, 20 s and so on. */
const pauseMs = (turn: number): number => 1_000 + (turn === 0 ? 0 : Math.min(10_000 * 2 ** (turn - 1), 300_000))

const crash = (behaviour: Extract<Behaviour, { does: 'crash' }>, name: string, ms: number): Moment => {
  const { runsForMs = usualCrashMs, readyAfterMs = usualCrashReadyMs, crashes = Number.POSITIVE_INFINITY } = behaviour
  const { turn, sinceMs, isResting } = findTurn(ms - creationMs, runsForMs, pauseMs, crashes)
  const beganMs = creationMs + sinceMs
  if (!isResting) return run(turn, beganMs, ms - beganMs >= readyAfterMs)
  const endMs = beganMs + runsForMs
  if (ms - endMs >= 1_000) return { ...waitFor('CrashLoopBackOff', formatBackOff(name, turn)), restarts: turn }
  const exitCode = behaviour.isOutOfMemory ? 137 : (behaviour.exitCode ?? 1)
  const reason = behaviour.isOutOfMemory ? 'OOMKilled' : 'Error'
  return { isReady: false, restarts: turn, state: { kind: 'terminated', reason, exitCode, sinceMs: beganMs, endMs } }
}

const formatBackOff = (name: string, turn: number): string =>
  `back-off ${Math.round((pauseMs(turn) - 1_000) / 1000)}s restarting failed container=${name}`

const complete = (behaviour: Extract<Behaviour, { does: 'complete' }>, ms: number): Moment => {
  const { runsForMs = usualCompletionMs, exitCode = 0 } = behaviour
  const endMs = creationMs + runsForMs
  if (ms < endMs) return run(0, creationMs, true)
  const reason = exitCode === 0 ? 'Completed' : 'Error'
  return { isReady: false, restarts: 0, state: { kind: 'terminated', reason, exitCode, sinceMs: creationMs, endMs } }
}

type Turn = { readonly turn: number; readonly sinceMs: number; readonly isResting: boolean }

/** Work and pause by turns, until the last turn, which doesn't end. */
const findTurn = (
  ms: number,
  workMs: number,
  restMs: (turn: number) => number,
  lastTurn = Number.POSITIVE_INFINITY,
): Turn => {
  let sinceMs = 0
  for (let turn = 0; ; turn++) {
    const endMs = sinceMs + workMs
    if (ms < endMs || turn >= lastTurn) return { turn, sinceMs, isResting: false }
    if (ms < endMs + restMs(turn)) return { turn, sinceMs, isResting: true }
    sinceMs = endMs + restMs(turn)
  }
}

/** When it is ready for the first time; `Infinity`: never. */
export const determineReadyMs = (behaviour: Behaviour): number => {
  switch (behaviour.does) {
    case 'run':
      return Math.max(creationMs, behaviour.readyAfterMs ?? usualReadyMs)
    case 'crash': {
      const { runsForMs = usualCrashMs, readyAfterMs = usualCrashReadyMs } = behaviour
      return readyAfterMs < runsForMs ? creationMs + readyAfterMs : Number.POSITIVE_INFINITY
    }
    case 'complete':
      return creationMs
    default:
      return Number.POSITIVE_INFINITY
  }
}

/** When an init container has done its work; `Infinity`: never. */
export const determineCompletionMs = (behaviour: Behaviour): number =>
  behaviour.does === 'complete' && (behaviour.exitCode ?? 0) === 0
    ? creationMs + (behaviour.runsForMs ?? usualCompletionMs)
    : Number.POSITIVE_INFINITY
