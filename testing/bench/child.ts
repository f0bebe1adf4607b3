import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Measured = {
  readonly exit: number | null
  readonly startedMs: number
  readonly tookMs: number
  readonly peakMiB: number
  /** From the signal to the end. */
  readonly leftAfterMs?: number
}

/** A URL, since `--import` takes a Windows path for one with the scheme `c:`. */
const tellMemory = new URL('tell-memory.mjs', import.meta.url).href

/**
 * Runs a script as a process of its own and measures it from outside; its peak memory it tells itself when it exits.
 *
 * @param isSignalDue asked every few milliseconds: when it is, SIGINT is sent, once
 */
export const measureChild = async (
  script: string,
  env: Readonly<Record<string, string>>,
  isSignalDue: () => boolean = () => false,
): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const memoryFile = join(folder, 'memory')
  const startedMs = Date.now()
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', tellMemory, script], {
    env: { ...env, MEMORY_FILE: memoryFile },
    stdio: 'ignore',
  })
  let signalledMs: number | undefined
  const watch = setInterval(() => {
    if (signalledMs !== undefined || !isSignalDue()) return
    signalledMs = performance.now()
    child.kill('SIGINT')
  }, 5)
  const exit = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  clearInterval(watch)
  const endedMs = performance.now()
  const tookMs = endedMs - began
  const peakMiB = Number(readFileSync(memoryFile, 'utf8')) / 1024
  rmSync(folder, { recursive: true })
  return { exit, startedMs, tookMs, peakMiB, ...(signalledMs !== undefined && { leftAfterMs: endedMs - signalledMs }) }
}

export const findMedian = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] =
    sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle], sorted[middle]]
  return (low + high) / 2
}
