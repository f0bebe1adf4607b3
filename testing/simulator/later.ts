/** What takes effect after a while, without a timer: whoever looks at the state settles first what has become due. */
export type Later = {
  add(atMs: number, act: (atMs: number) => void): void
  /** Carries out everything that is due, in order of time, each at its own time. */
  settle(nowMs: number): void
}

export const createLater = (): Later => {
  let waiting: { readonly atMs: number; readonly act: (atMs: number) => void }[] = []
  const settle = (nowMs: number): void => {
    while (waiting[0] && waiting[0].atMs <= nowMs) {
      const due = waiting[0]
      waiting = waiting.slice(1)
      due.act(due.atMs)
    }
  }
  return {
    add: (atMs, act) => {
      waiting = [...waiting, { atMs, act }].sort((one, other) => one.atMs - other.atMs)
    },
    settle,
  }
}
