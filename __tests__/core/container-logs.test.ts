import { describe, expect, it } from '@jest/globals'
import type { LogEntry } from '../../src/core/api.ts'
import { listLoggedContainers, shapeContainerLog, toLogEntries } from '../../src/core/container-logs.ts'
import { InvalidResponse } from '../../src/core/text/json.ts'

const name = { workload: 'web', container: 'main' }

const entry = (payload: string, second: number, more: Partial<LogEntry> = {}): LogEntry => ({
  workload_id: 'web',
  container_id: 'main',
  timestamp: `2026-11-23T17:00:${String(second).padStart(2, '0')}.123456789Z`,
  payload,
  ...more,
})

const shape = (entries: readonly LogEntry[], lineCount = 3, redact = (text: string) => text) =>
  shapeContainerLog(name, entries, { lineCount, redact })

describe('which containers', () => {
  const failing = (workload: string, pod: string, container = 'main') => ({
    workload,
    pod,
    container,
    reason: 'Error',
    restarts: 0,
    message: '',
  })

  it('each once, however many pods it fails in', () => {
    const all = [failing('web', 'a'), failing('web', 'b'), failing('web', 'a', 'init'), failing('api', 'c')]
    expect(listLoggedContainers(all)).toEqual([
      name,
      { workload: 'web', container: 'init' },
      { workload: 'api', container: 'main' },
    ])
  })

  it('five at most', () => {
    expect(listLoggedContainers(['a', 'b', 'c', 'd', 'e', 'f'].map((workload) => failing(workload, 'p')))).toHaveLength(
      5,
    )
    expect(listLoggedContainers([])).toEqual([])
  })
})

describe('the entries', () => {
  it('are read as they are', () => {
    expect(toLogEntries([{ ...entry('x', 1), level: 'info' }])).toEqual([entry('x', 1)])
  })

  it('may be none', () => {
    expect(toLogEntries(null)).toEqual([])
    expect(toLogEntries([])).toEqual([])
  })

  it('show as JSON what isn’t text, and leave out what is no entry', () => {
    const list = [{ payload: { level: 'warn' } }, { payload: 7 }, null, 'text', 7, {}, { payload: null }]
    expect(toLogEntries(list).map(({ payload }) => payload)).toEqual(['{"level":"warn"}', '7'])
  })

  it.each([undefined, {}, 'text', 7])('are none: %j', (value) => {
    expect(() => toLogEntries(value)).toThrow(InvalidResponse)
  })
})

describe('the last lines of a container', () => {
  it('are as many as were asked for', () => {
    expect(shape(['a', 'b', 'c', 'd'].map((text, index) => entry(text, index)))).toEqual({
      ...name,
      lines: ['b', 'c', 'd'],
      leftOut: 0,
    })
    expect(shape([entry('a', 1), entry('b', 2)], 1).lines).toEqual(['b'])
    expect(shape([entry('a', 1)], 0).lines).toEqual([])
    expect(shape([]).lines).toEqual([])
  })

  it('are the oldest first, whichever way round they came', () => {
    expect(shape([entry('c', 3), entry('b', 2), entry('a', 1)]).lines).toEqual(['a', 'b', 'c'])
    expect(shape([entry('a', 1), entry('b', 1), entry('c', 2)]).lines).toEqual(['a', 'b', 'c'])
    const decimals = ['2026-11-23T17:00:00.5Z', '2026-11-23T17:00:00Z'].map((timestamp) =>
      entry(timestamp, 0, { timestamp }),
    )
    expect(shape(decimals).lines).toEqual(['2026-11-23T17:00:00Z', '2026-11-23T17:00:00.5Z'])
    expect(shape([entry('a', 1, { timestamp: '' }), entry('b', 1, { timestamp: '' })]).lines).toEqual(['a', 'b'])
  })

  it('are counted as lines, where an entry has several', () => {
    expect(shape([entry('a\nb\r\nc\n', 1), entry('d\n', 2)]).lines).toEqual(['b', 'c', 'd'])
    expect(shape([entry('a\u2028b\u0085c', 1)]).lines).toEqual(['a', 'b', 'c'])
    expect(shape([entry('a\n\n', 1), entry('b', 2)]).lines).toEqual(['a', '', 'b'])
  })

  it('are those of this container alone', () => {
    const others = [entry('x', 1, { container_id: 'init' }), entry('y', 2, { workload_id: 'api' })]
    expect(shape([entry('a', 0), ...others, entry('b', 3, { container_id: '', workload_id: '' })]).lines).toEqual([
      'a',
      'b',
    ])
  })

  it('are cut at 2,000 characters, after their secrets were taken out', () => {
    const secret = 'hunter2'
    const redact = (text: string) => text.replaceAll(secret, '***')
    const line = `${'a'.repeat(1996)}${secret}${'b'.repeat(100)}`
    expect(shape([entry(line, 1)], 3, redact).lines).toEqual([`${'a'.repeat(1996)}***…`])
  })

  it('have no secret of several lines', () => {
    const redact = (text: string) => text.replaceAll('BEGIN\nKEY', '***')
    expect(shape([entry('x', 1), entry('BEGIN', 2), entry('KEY', 3)], 3, redact).lines).toEqual(['x', '***'])
  })

  it('are 32 kB at most: the first ones go', () => {
    const lines = Array.from({ length: 200 }, (_, index) => entry(`${index}${'é'.repeat(500)}`, 1))
    const shaped = shape(lines, 200)
    expect(shaped.lines.at(-1)).toBe(`199${'é'.repeat(500)}`)
    expect(Buffer.byteLength(`${shaped.lines.join('\n')}\n`)).toBeLessThanOrEqual(32_000)
    expect(shaped.lines).toHaveLength(31)
    expect(shaped.leftOut).toBe(169)
  })
})
