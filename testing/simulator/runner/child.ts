import { spawn } from 'node:child_process'
import { createLineSplitter, type Log, type LogLine } from './log.ts'

/** What is seen of a process that runs. */
export type Progress = { readonly log: readonly LogLine[]; readonly elapsedMs: number }

/** A signal to send, once, as soon as `when` holds: it is asked at each line and every few milliseconds. */
export type TimedSignal = { readonly signal: NodeJS.Signals; readonly when: (progress: Progress) => boolean }

export type Command = {
  readonly script: string
  /** For Node itself. */
  readonly nodeArguments: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** One after the other. */
  readonly signals: readonly TimedSignal[]
  readonly killAfterMs: number
}

export type Exit = {
  /** `null` after a signal that the process didn't handle. */
  readonly exit: number | null
  readonly signal: NodeJS.Signals | null
  readonly durationMs: number
  /** Raw. */
  readonly stdout: string
  readonly stderr: string
}

const lookEveryMs = 5

/** Runs a script by this Node as a process of its own, its output going to the log line by line. */
export const runChild = async (command: Command, log: Log): Promise<Exit> => {
  const startedMs = performance.now()
  const { script, nodeArguments, cwd, env } = command
  const child = spawn(process.execPath, [...nodeArguments, script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const waiting = [...command.signals]
  const look = (): void => {
    const [next] = waiting
    if (!next?.when({ log: log.lines, elapsedMs: performance.now() - startedMs })) return
    waiting.shift()
    child.kill(next.signal)
  }
  const timers = [setInterval(look, lookEveryMs), setTimeout(() => child.kill('SIGKILL'), command.killAfterMs)]
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => collect(stream, log, look))
  try {
    const [exit, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (...end) => resolve(end))
    })
    return {
      exit,
      signal,
      durationMs: performance.now() - startedMs,
      stdout: stdout?.() ?? '',
      stderr: stderr?.() ?? '',
    }
  } finally {
    timers.forEach(clearTimeout)
  }
}

/** @returns what came so far */
const collect = (stream: NodeJS.ReadableStream, log: Log, onLine: () => void): (() => string) => {
  const chunks: Buffer[] = []
  const lines = createLineSplitter((line) => {
    log.take(line)
    onLine()
  })
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    lines.take(chunk)
  })
  stream.on('end', lines.end)
  return () => Buffer.concat(chunks).toString()
}
