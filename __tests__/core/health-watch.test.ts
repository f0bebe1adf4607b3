import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  addHealthCheck,
  decideHealth,
  emptyHealthHistory,
  type Health,
  type HealthDecision,
  listHealthNews,
  type ReportedHealth,
  type WorkloadHealth,
  type WorkloadState,
} from '../../src/core/health.ts'

const of = (workload: string, state: WorkloadState, more: Partial<WorkloadHealth> = {}): WorkloadHealth => ({
  workload,
  state,
  ready: state === 'running' ? 2 : 0,
  wanted: 2,
  reason: state === 'failing' ? 'CrashLoopBackOff' : '',
  containers: [],
  ...more,
})

const letters: Readonly<Record<string, WorkloadState>> = {
  r: 'running',
  f: 'failing',
  s: 'starting',
  o: 'stopped',
  n: 'not_watched',
  l: 'not_rolled_out',
}

/** `rf`: the first workload runs, the second is failing; `?`: the look can't be read; `-`: there is no workload. */
const parseLook = (text: string): Health | undefined => {
  if (text === '?') return undefined
  const workloads = text === '-' ? [] : [...text].map((letter, index) => of(`w${index}`, letters[letter] ?? 'starting'))
  const watched = workloads.filter(({ state }) => state !== 'not_watched')
  const isGood = watched.length > 0 && watched.every(({ state }) => state === 'running' || state === 'stopped')
  return {
    workloads,
    overall: isGood ? 'healthy' : watched.some(({ state }) => state === 'failing') ? 'unhealthy' : 'unknown',
  }
}

/** One look every `everyS`; the first decision, and after how many seconds. */
const watch = (
  looks: readonly string[],
  everyS = 12,
): { readonly kind: HealthDecision['kind']; readonly afterS?: number } => {
  let state = emptyHealthHistory
  for (const [index, look] of looks.entries()) {
    const health = parseLook(look)
    state = addHealthCheck(state, { atMs: 5000 + index * everyS * 1000, ...(health && { health }) })
    const { kind } = decideHealth(state)
    if (kind !== 'undecided') return { kind, afterS: index * everyS }
  }
  return { kind: 'undecided' }
}

const times = (count: number, look: string): string[] => Array.from({ length: count }, () => look)

describe('wait_for: healthy', () => {
  it.each<[string, string[], ReturnType<typeof watch>]>([
    ['all run at every look for 30 s', times(9, 'rr'), { kind: 'healthy', afterS: 36 }],
    ['a stopped one counts as running', times(9, 'ro'), { kind: 'healthy', afterS: 36 }],
    ['not while one is starting', times(20, 'rs'), { kind: 'undecided' }],
    ['not while one isn’t rolled out', times(20, 'rl'), { kind: 'undecided' }],
    [
      '30 s anew after one wasn’t running',
      ['rr', 'rr', 'rr', 'rs', ...times(4, 'rr')],
      { kind: 'healthy', afterS: 84 },
    ],
    [
      'a crash loop that is ready in between',
      ['r', 'r', 'f', 'r', 'r', 'f', 'r', 'r', 'f', 'r', 'r'],
      { kind: 'undecided' },
    ],
    ['one fails at every look for 90 s', times(20, 'rf'), { kind: 'unhealthy', afterS: 96 }],
    ['one fails for 90 s beside one that isn’t watched', times(20, 'nf'), { kind: 'unhealthy', afterS: 96 }],
    ['not when the failing ones take turns', times(8, 'rf').flatMap((look) => [look, 'fr']), { kind: 'undecided' }],
    ['90 s anew after it wasn’t failing', [...times(8, 'f'), 's', ...times(8, 'f')], { kind: 'undecided' }],
    ['nothing is watched for 60 s', times(9, 'nn'), { kind: 'nothing_watched', afterS: 60 }],
    ['there is no workload for 60 s', times(9, '-'), { kind: 'nothing_watched', afterS: 60 }],
    ['an empty answer isn’t believed before', [...times(5, 'nn'), ...times(9, 'rr')], { kind: 'healthy', afterS: 96 }],
    ['an empty answer in between is no evidence', ['rr', 'rr', 'nn', 'rr', 'rr'], { kind: 'healthy', afterS: 36 }],
    ['one isn’t watched: the others, after 60 s', times(9, 'rn'), { kind: 'healthy', afterS: 60 }],
    [
      'one that was added shows late, and fails',
      [...times(4, 'rn'), ...times(20, 'rf')],
      { kind: 'unhealthy', afterS: 144 },
    ],
    ['one that isn’t watched never fails the others', times(20, 'sn'), { kind: 'undecided' }],
    ['failing, then gone: not failing', [...times(5, 'rf'), ...times(9, 'rn')], { kind: 'healthy', afterS: 120 }],
  ])('%s', (_, looks, expected) => {
    expect(watch(looks)).toEqual(expected)
  })

  it('looks as often as poll_interval says', () => {
    expect(watch(times(9, 'r'), 29)).toEqual({ kind: 'healthy', afterS: 58 })
    expect(watch(times(9, 'r'), 600)).toEqual({ kind: 'healthy', afterS: 600 })
    expect(watch(times(9, 'f'), 90)).toEqual({ kind: 'unhealthy', afterS: 90 })
  })

  it('names those that fail for long, not those that just began to', () => {
    const looks = [...times(8, 'fr'), 'ff']
    const state = looks.reduce((before, look, index) => {
      const health = parseLook(look)
      return addHealthCheck(before, { atMs: index * 12_000, ...(health && { health }) })
    }, emptyHealthHistory)
    const decision = decideHealth(state)
    expect(decision.kind === 'unhealthy' && decision.workloads.map(({ workload }) => workload)).toEqual(['w0'])
  })

  describe('a look that can’t be read', () => {
    it.each<[string, string[], ReturnType<typeof watch>]>([
      ['never decides', times(30, '?'), { kind: 'undecided' }],
      ['undoes nothing of what runs', ['r', '?', '?', 'r'], { kind: 'healthy', afterS: 36 }],
      ['isn’t one at which all run', ['r', '?', '?', '?', '?'], { kind: 'undecided' }],
      ['undoes nothing of what fails', [...times(5, 'f'), '?', ...times(6, 'f')], { kind: 'unhealthy', afterS: 120 }],
      ['isn’t one at which it fails', [...times(5, 'f'), '?', ...times(4, 'f')], { kind: 'undecided' }],
      ['every other one: running is seen', ['r', '?', 'r', '?', 'r'], { kind: 'healthy', afterS: 48 }],
      [
        'every other one: failing is left to the timeout',
        times(20, 'f').flatMap((look) => [look, '?']),
        { kind: 'undecided' },
      ],
      ['doesn’t make an empty answer believed', ['n', ...times(5, '?')], { kind: 'undecided' }],
      ['doesn’t undo an empty answer', ['n', '?', '?', '?', 'n', 'n'], { kind: 'nothing_watched', afterS: 60 }],
    ])('%s', (_, looks, expected) => {
      expect(watch(looks)).toEqual(expected)
    })
  })

  it('whatever was seen, healthy is said only when all that is watched runs, and ran at every look for 30 s', () => {
    const anyLook = fc.oneof(fc.constantFrom('?', '-', 'rr', 'rr', 'rr'), fc.stringMatching(/^[rfsonl]{2}$/))
    fc.assert(
      fc.property(fc.array(anyLook, { maxLength: 30 }), (looks) => {
        const { kind, afterS = 0 } = watch(looks)
        const seen = looks.slice(0, afterS / 12 + 1)
        const within = (seconds: number) => seen.slice(-Math.ceil(seconds / 12) - 1)
        if (kind === 'healthy') expect(within(30).join('')).toMatch(/^[ron?-]*$/)
        if (kind === 'unhealthy') expect(within(90).join('')).toContain('f')
        if (kind === 'healthy' || kind === 'unhealthy') expect(seen.at(-1)).not.toMatch(/^(?:\?|-|nn)$/)
      }),
    )
  })
})

describe('the log', () => {
  const tell = (looks: readonly (readonly WorkloadHealth[])[]): string[] => {
    let told: ReportedHealth = new Map()
    return looks.map((workloads) => {
      const { reported: next, news } = listHealthNews(told, { overall: 'unknown', workloads })
      told = next
      return news
        .map(({ workload, ready, wanted, reason }) => `${workload}: ${ready} of ${wanted} ${reason}`)
        .join(', ')
    })
  }
  const failing = (reason: string, ready = 0) => of('web', 'failing', { reason, ready })

  it('says who is failing once, and again when that changes', () => {
    expect(tell([[failing('ErrImagePull')], [failing('ErrImagePull')], [failing('ImagePullBackOff')]])).toEqual([
      'web: 0 of 2 ErrImagePull',
      '',
      'web: 0 of 2 ImagePullBackOff',
    ])
  })

  it('says once who isn’t failing any more', () => {
    const good = of('web', 'running')
    expect(tell([[good], [failing('Error')], [good], [good], [failing('Error')]])).toEqual([
      '',
      'web: 0 of 2 Error',
      'web: 2 of 2 ',
      '',
      'web: 0 of 2 Error',
    ])
  })

  it('says the same of a crash loop only once, however it goes round', () => {
    const round = [
      [failing('Error')],
      [failing('CrashLoopBackOff')],
      [of('web', 'starting')],
      [failing('restarted', 1)],
    ]
    expect(tell([...round, ...round]).filter(Boolean)).toEqual([
      'web: 0 of 2 Error',
      'web: 0 of 2 CrashLoopBackOff',
      'web: 1 of 2 restarted',
    ])
  })

  it('says nothing of those that are starting, or are not watched', () => {
    expect(tell([[of('a', 'starting'), of('b', 'not_watched'), of('c', 'not_rolled_out')]])).toEqual([''])
  })
})
