/** A clock that runs faster than the real one from `realStartMs` on. Milliseconds since the epoch. */
export type FastClock = { readonly speed: number; readonly realStartMs: number; readonly shownStartMs: number }

export const toShownMs = ({ speed, realStartMs, shownStartMs }: FastClock, realMs: number): number =>
  shownStartMs + (realMs - realStartMs) * speed

export const getRealMs = (): number => performance.timeOrigin + performance.now()

const formatClock = ({ speed, realStartMs, shownStartMs }: FastClock): string =>
  new URLSearchParams({
    speed: String(speed),
    realStartMs: String(realStartMs),
    shownStartMs: String(shownStartMs),
  }).toString()

export const parseClock = (query: string): FastClock => {
  const parameters = new URLSearchParams(query)
  const get = (name: keyof FastClock): number => Number(parameters.get(name))
  return { speed: get('speed'), realStartMs: get('realStartMs'), shownStartMs: get('shownStartMs') }
}

/** For Node: the same clock in another process. None for a clock that runs as the real one does. */
export const listClockArguments = (clock: FastClock): readonly string[] =>
  clock.speed === 1 ? [] : ['--import', new URL(`./fast-time.ts?${formatClock(clock)}`, import.meta.url).href]
