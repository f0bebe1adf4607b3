import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Deployment, PipelineRun } from '../../src/core/api.ts'
import { unknownDeployment } from '../../src/core/deployments.ts'
import { classifyComment } from '../../src/core/mark.ts'
import { toPipelineRun } from '../../src/core/responses/humanitec.ts'
import { identifyStart, listPipelineIds, type StartFound, type StartSearch } from '../../src/core/start-identity.ts'

const runUrl = 'https://github.com/acme/shop/actions/runs/7001'
const mark = `${runUrl}#a1b2c3d4e5`
const otherUse = `${runUrl}#0123456789`
const otherRun = 'https://github.com/acme/shop/actions/runs/7002#a1b2c3d4e5'
const at = (minute: number): string => `2026-11-23T17:${String(minute).padStart(2, '0')}:00.123456789Z`
const pipeline = (run_id: string) => ({ id: 'default', run_id, job_id: 'deploy', step_index: 1 })

const deployment = (id: string, minute: number, more: Partial<Deployment> = {}): Deployment => ({
  ...unknownDeployment,
  id,
  status: 'succeeded',
  comment: 'by hand',
  delta_id: 'd9',
  set_id: 's9',
  created_at: at(minute),
  ...more,
})
const run = (id: string, comment = mark): PipelineRun => toPipelineRun({ id, status: 'executing', inputs: { comment } })

const before = deployment('before', 2)
const ours = deployment('ours', 4, { comment: `x · ${mark}`, delta_id: 'd1' })
const through = { delta_id: '', set_id: 's1', pipeline: pipeline('r1') }

const look = (newer: readonly Deployment[], more: Partial<StartSearch> = {}): StartFound =>
  identifyStart({
    newestFirst: [...newer, before, deployment('older', 1, { comment: mark })],
    before,
    sent: { deltaId: 'd1' },
    mark,
    runs: [],
    earlierRunIds: new Set(),
    ...more,
  })
const kindOf = (newer: readonly Deployment[], more: Partial<StartSearch> = {}): string => {
  const found = look(newer, more)
  return found.kind === 'ambiguous' ? found.reason : found.kind
}

describe('a start is found', () => {
  it.each<[string, Partial<Deployment>, Partial<StartSearch>]>([
    ['by our mark', {}, {}],
    ['without its Delta, after a pipeline', through, {}],
    ['with another Delta: a template may change what it likes', { delta_id: 'd7' }, {}],
    ['ended already', { status: 'failed' }, {}],
    ['where a Set was sent', {}, { sent: { setId: 's1' } }],
    ['while its run is there, too', through, { runs: [run('r1')] }],
    ['without a pipeline, while a run is there', {}, { runs: [run('r1')] }],
    ['while runs can’t be read', through, { runs: undefined }],
    [
      'beside others that could be ours',
      {},
      { newestFirst: [deployment('like', 5, { delta_id: 'd1' }), ours, before] },
    ],
  ])('%s', (_, more, given) => {
    expect(look([{ ...ours, ...more }], given)).toEqual({
      kind: 'found',
      deployment: given.newestFirst ? ours : { ...ours, ...more },
    })
  })

  it('as the newest one of a pipeline run that deployed twice', () => {
    const [first, second] = [
      { ...ours, ...through },
      { ...ours, ...through, id: 'second', created_at: at(5) },
    ]
    for (const list of [
      [second, first],
      [first, second],
    ])
      expect(look(list)).toEqual({ kind: 'found', deployment: second })
    const untimed = { ...second, created_at: '' }
    expect(look([untimed, first])).toEqual({ kind: 'found', deployment: untimed })
    expect(look([first, untimed])).toEqual({ kind: 'found', deployment: first })
    expect(kindOf([second, first], { runs: [run('r1')] })).toBe('found')
  })

  it('where there was none before', () => {
    expect(look([], { newestFirst: [ours], before: undefined })).toEqual({ kind: 'found', deployment: ours })
  })
})

describe('a start is a pipeline run', () => {
  it('when its inputs have our mark, and no deployment is there yet', () => {
    expect(look([], { runs: [run('r2', 'x'), run('r1')] })).toEqual({ kind: 'run', run: run('r1') })
    expect(look([deployment('like', 5, { comment: '', delta_id: 'd1' })], { runs: [run('r1')] }).kind).toBe('run')
  })

  it('but not when that was there before the first send: an earlier attempt has the same mark', () => {
    expect(kindOf([], { runs: [run('r1')], earlierRunIds: new Set(['r1']) })).toBe('absent')
    expect(look([], { runs: [run('r2'), run('r1')], earlierRunIds: new Set(['r1']) })).toEqual({
      kind: 'run',
      run: run('r2'),
    })
  })
})

describe('a start is absent', () => {
  it.each<[string, readonly Deployment[], Partial<StartSearch>]>([
    ['nothing is newer', [], {}],
    ['only an older one has our mark', [], {}],
    ['the newer one is another use’s of this run', [{ ...ours, comment: otherUse }], {}],
    ['the newer one is another run’s', [{ ...ours, comment: `x · ${otherRun}` }], {}],
    ['the newer one is another run’s, through a pipeline', [{ ...ours, ...through, comment: otherRun }], {}],
    ['the newer one is nobody’s, with another Delta', [deployment('hand', 5)], {}],
    ['the newer one is nobody’s, without a Delta or a pipeline', [deployment('hand', 5, { delta_id: '' })], {}],
    [
      'the newer one is nobody’s, with another Set',
      [deployment('hand', 5, { delta_id: '' })],
      { sent: { setId: 's1' } },
    ],
    [
      'the newer one is nobody’s, with another Set than the base’s',
      [deployment('hand', 5, { delta_id: '' })],
      { sent: { baseSetId: 's1' } },
    ],
    [
      'the newer one is nobody’s, with a Delta, and none was sent',
      [deployment('hand', 5)],
      { sent: { baseSetId: '' } },
    ],
    ['another run of the pipeline is somebody’s', [], { runs: [run('r1', otherRun), run('r2', otherUse)] }],
  ])('when %s', (_, newer, more) => {
    expect(look(newer, more)).toEqual({ kind: 'absent' })
  })
})

describe('a start is ambiguous', () => {
  const sets = { sent: { setId: 's1' } }
  const hand = (more: Partial<Deployment>) => [deployment('hand', 5, more)]

  it.each<[string, string, readonly Deployment[], Partial<StartSearch>]>([
    ['several', 'two have our mark', [{ ...ours, id: 'twin' }, ours], {}],
    [
      'several',
      'two of two pipeline runs have it',
      [
        { ...ours, ...through, pipeline: pipeline('r2') },
        { ...ours, ...through },
      ],
      {},
    ],
    ['several', 'one comes through a pipeline, and one doesn’t', [{ ...ours, ...through }, ours], {}],
    ['several', 'another run has it', [{ ...ours, ...through }], { runs: [run('r2')] }],
    ['several', 'two runs have it', [], { runs: [run('r2'), run('r1')] }],
    ['several', 'one has it, and two runs', [ours], { runs: [run('r2'), run('r1')] }],
    ['alike', 'one has the run’s bare URL', hand({ comment: `x · ${runUrl}` }), {}],
    ['alike', 'one has a mark that was cut', hand({ comment: mark.slice(0, -1) }), {}],
    ['alike', 'one has our mark, and another’s behind it', hand({ comment: `${mark} ${otherRun}` }), {}],
    ['alike', 'one is nobody’s and has the Delta', hand({ delta_id: 'd1' }), {}],
    ['alike', 'one is nobody’s, without a Delta, from a pipeline', hand(through), {}],
    ['alike', 'one is nobody’s and has the Set', hand({ set_id: 's1' }), sets],
    ['alike', 'one is nobody’s and doesn’t tell its Set', hand({ delta_id: '', set_id: '' }), sets],
    [
      'alike',
      'one is nobody’s and has the base’s Set',
      hand({ delta_id: '', set_id: 's1' }),
      { sent: { baseSetId: 's1' } },
    ],
    ['alike', 'one is nobody’s, and the base’s Set isn’t known', hand({ delta_id: '' }), { sent: {} }],
    ['alike', 'one is nobody’s, without a Delta, from a pipeline, for a Set', hand({ ...through, set_id: 's2' }), sets],
    ['unreadable', 'a pipeline’s runs can’t be read', [], { runs: undefined }],
    ['alike', 'outside of a workflow, one has the Delta', [{ ...ours, comment: 'x' }], { mark: '' }],
  ])('%s: %s', (reason, _, newer, more) => {
    expect(kindOf(newer, more)).toBe(reason)
  })

  it('with those that it could be', () => {
    const [like, twin] = [deployment('like', 5, { delta_id: 'd1' }), { ...ours, id: 'twin' }]
    expect(look([like, deployment('hand', 4)])).toEqual({
      kind: 'ambiguous',
      reason: 'alike',
      candidates: [like],
      runs: [],
    })
    expect(look([like, twin, ours], { runs: [run('r1')] })).toEqual({
      kind: 'ambiguous',
      reason: 'several',
      candidates: [twin, ours],
      runs: [run('r1')],
    })
  })
})

describe('whatever the list holds', () => {
  const anyComment = fc.constantFrom(
    '',
    'by hand',
    mark,
    `x · ${mark}`,
    `${mark}0`,
    mark.slice(0, -1),
    runUrl,
    otherUse,
    otherRun,
  )
  const anyDeployment = fc
    .record({
      id: fc.uuid(),
      minute: fc.integer({ min: 0, max: 9 }),
      comment: anyComment,
      delta_id: fc.constantFrom('', 'd1', 'd2'),
      set_id: fc.constantFrom('', 's1', 's2'),
      run_id: fc.constantFrom('', 'r1', 'r2'),
    })
    .map(({ id, minute, run_id, ...more }) =>
      deployment(id, minute, { ...more, ...(run_id && { pipeline: pipeline(run_id) }) }),
    )
  const anyLook = fc.record({
    newestFirst: fc.array(anyDeployment, { maxLength: 5 }),
    before: fc.option(anyDeployment, { nil: undefined }),
    sent: fc.constantFrom({ deltaId: 'd1' }, { setId: 's1' }, { baseSetId: 's1' }, {}),
    mark: fc.constantFrom(mark, mark, mark, ''),
    runs: fc.option(
      fc.array(
        fc.tuple(fc.constantFrom('r1', 'r2', 'r3'), anyComment).map(([id, comment]) => run(id, comment)),
        { maxLength: 3 },
      ),
      { nil: undefined },
    ),
    earlierRunIds: fc.subarray(['r1', 'r2', 'r3']).map((ids) => new Set(ids)),
  })

  it('nothing is found that hasn’t our mark, or is older than what was there', () => {
    fc.assert(
      fc.property(anyLook, (given) => {
        const found = identifyStart(given)
        if (found.kind === 'found') {
          expect(classifyComment(found.deployment.comment, given.mark)).toBe('ours')
          if (given.before) expect(found.deployment.created_at >= given.before.created_at).toBe(true)
        }
        if (found.kind === 'run') {
          expect(JSON.stringify(found.run.inputs)).toContain(mark)
          expect(given.earlierRunIds.has(found.run.id)).toBe(false)
        }
      }),
    )
  })

  it('a start that shows by its mark, its bare URL, or unmarked with what was sent, is never absent', () => {
    const shows = fc.constantFrom<Partial<Deployment>>(
      { comment: mark },
      { comment: runUrl },
      { comment: '' },
      { comment: mark.slice(0, -4) },
    )
    fc.assert(
      fc.property(anyLook, shows, fc.boolean(), (given, comment, isThrough) => {
        const { deltaId, setId, baseSetId } = given.sent as { deltaId?: string; setId?: string; baseSetId?: string }
        const set_id = setId ?? baseSetId ?? 's5'
        const own = isThrough ? { delta_id: '', set_id, pipeline: pipeline('r1') } : { delta_id: deltaId ?? '', set_id }
        const start = deployment('start', 10, { ...own, ...comment })
        fc.pre(given.mark !== '')
        expect(identifyStart({ ...given, newestFirst: [start, ...given.newestFirst] }).kind).not.toBe('absent')
      }),
    )
  })
})

it('pipelines are told by the deployments that came from them, the most recent first', () => {
  const list = [
    before,
    { ...ours, pipeline: { ...pipeline('r2'), id: 'b' } },
    { ...ours, ...through },
    { ...ours, pipeline: { ...pipeline('r3'), id: 'b' } },
  ]
  expect(listPipelineIds(list)).toEqual(['b', 'default'])
  expect(listPipelineIds([before, { ...ours, pipeline: { ...pipeline('r1'), id: '' } }])).toEqual([])
})
