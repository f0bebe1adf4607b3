import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { applyDelta, type DeploymentSet, listWorkloads, readDelta, type Workload } from '../../src/core/delta.ts'
import { buildImageContents, resolveImages } from '../../src/core/images.ts'
import { parseImages } from '../../src/core/inputs/input-reader.ts'
import type { ImageLine } from '../../src/core/inputs/request.ts'
import type { ImageProblem } from '../../src/core/run/reason.ts'
import { compareSets } from '../../src/core/set-diff.ts'
import { hasDescription, violations } from '../../testing/openapi.ts'
import { randomSet } from './random-sets.ts'

describe('the input images', () => {
  it.each<[string, readonly ImageLine[]]>([
    ['', []],
    [' \n\t\n', []],
    ['ghcr.io/acme/shop:1', [{ image: 'ghcr.io/acme/shop:1' }]],
    ['web=shop', [{ workload: 'web', image: 'shop' }]],
    [' web = localhost:5000/shop@sha256:abc ', [{ workload: 'web', image: 'localhost:5000/shop@sha256:abc' }]],
    ['web/a/b=shop', [{ workload: 'web', container: 'a/b', image: 'shop' }]],
    [
      'web=shop:1\r\n\nworker/main=shop:2\nworker/side=shop:2\n',
      [
        { workload: 'web', image: 'shop:1' },
        { workload: 'worker', container: 'main', image: 'shop:2' },
        { workload: 'worker', container: 'side', image: 'shop:2' },
      ],
    ],
    ['web=ghcr.io/acme/null-object:null-1', [{ workload: 'web', image: 'ghcr.io/acme/null-object:null-1' }]],
  ])('%j is read', (text, images) => {
    expect(parseImages(text)).toEqual({ kind: 'images', images })
  })

  const empty = 'an image; if it comes from an expression, that was empty'
  const partial = 'a whole image, such as ghcr.io/acme/shop:1.2; if it holds an expression, that may have been empty'
  const unnamed = 'a name before the =: workload=image or workload/container=image'
  it.each<[string, string]>([
    ['web=', empty],
    ['web/main= ', empty],
    ['null', partial],
    ['undefined', partial],
    ['web=null', partial],
    ['web=undefined', partial],
    ['web=ghcr.io/acme/shop:', partial],
    ['web=ghcr.io/acme/shop@', partial],
    ['web=ghcr.io/acme/', partial],
    ['web=/shop:1', partial],
    ['web=:1', partial],
    ['web=@sha256:abc', partial],
    ['web=ghcr.io/acme/shop:null', partial],
    ['web=ghcr.io/acme/shop@undefined', partial],
    ['web=shop :1', 'an image without white space, one per line'],
    ['web=shop:1 worker=shop:1', 'an image without white space, one per line'],
    ['web=shop\u00A0:1', 'an image without white space, one per line'],
    ['web=main=shop:1', 'one = between the container and its image'],
    ['=shop:1', unnamed],
    ['/main=shop:1', unnamed],
    ['web/=shop:1', unnamed],
  ])('%j is refused: it takes %s', (text, takes) => {
    expect(parseImages(text)).toEqual({ kind: 'errors', errors: [{ got: text.trim(), takes }] })
  })

  it('tells all that is wrong with it', () => {
    const text = 'web=shop:1\nshop:2\nworker=\nweb=shop:3\nweb/main=shop:1\nweb/main=shop:2'
    const alone = 'workload=image or workload/container=image; an image alone only as the only line'
    const once = 'each container once; an earlier line gives this one an image'
    expect(parseImages(text)).toEqual({
      kind: 'errors',
      errors: [
        { got: 'shop:2', takes: alone },
        { got: 'worker=', takes: empty },
        { got: 'web=shop:3', takes: once },
        { got: 'web/main=shop:2', takes: once },
      ],
    })
  })

  it('takes no time to read, however odd', () => {
    const text = `web=${':@'.repeat(200_000)}x\n${'='.repeat(200_000)}\n${'/'.repeat(200_000)}`
    expect(parseImages(text).kind).toBe('errors')
  })
})

const of = (workload: string, ...keys: readonly string[]): Workload => ({
  workload,
  section: 'modules',
  containers: keys.map((key) => ({ key, image: `${key}:1` })),
})

const cache = of('cache')

const web = of('web', 'main')

const worker = of('worker', 'main', 'proxy')

const resolve = (text: string, known: readonly Workload[] | undefined) => {
  const parsed = parseImages(text)
  if (parsed.kind === 'errors') throw new Error(`a wrong input: ${JSON.stringify(parsed)}`)
  return resolveImages(parsed.images, known)
}

describe('the containers that images are for', () => {
  it.each<[string, readonly Workload[], string, string]>([
    ['shop:2', [web], 'web', 'main'],
    ['web=shop:2', [cache, web, worker], 'web', 'main'],
    ['web/main=shop:2', [cache, web, worker], 'web', 'main'],
    ['worker/proxy=shop:2', [cache, web, worker], 'worker', 'proxy'],
  ])('of %j are found', (text, known, workload, container) => {
    const change = { workload, container, section: 'modules', from: `${container}:1`, to: 'shop:2' }
    expect(resolve(text, known)).toEqual({ kind: 'resolved', changes: [change] })
  })

  it('may be in the other kind of Set', () => {
    const known: Workload[] = [{ ...web, section: 'workloads' }]
    expect(resolve('shop:2', known)).toMatchObject({ changes: [{ workload: 'web', section: 'workloads' }] })
  })

  it.each<[string, readonly Workload[] | undefined, ImageProblem]>([
    ['shop:2', undefined, { kind: 'no base' }],
    ['wbe=shop:2', [cache, web], { kind: 'unknown workload', workload: 'wbe', known: [cache, web] }],
    ['web=shop:2', [], { kind: 'unknown workload', workload: 'web', known: [] }],
    ['cache=redis:7', [cache, web], { kind: 'no containers', workload: 'cache', known: [cache, web] }],
    ['cache/main=redis:7', [cache, web], { kind: 'no containers', workload: 'cache', known: [cache, web] }],
    [
      'worker/mian=shop:2',
      [worker],
      { kind: 'unknown container', workload: 'worker', container: 'mian', known: ['main', 'proxy'] },
    ],
    [
      'worker=shop:2',
      [worker],
      { kind: 'several containers', workload: 'worker', container: '', known: ['main', 'proxy'] },
    ],
    ['shop:2', [], { kind: 'no only container', image: 'shop:2', known: [] }],
    ['shop:2', [web, cache], { kind: 'no only container', image: 'shop:2', known: [web, cache] }],
    ['shop:2', [worker], { kind: 'no only container', image: 'shop:2', known: [worker] }],
    ['shop:2', [cache], { kind: 'no only container', image: 'shop:2', known: [cache] }],
    ['web=shop:2\nweb/main=shop:3', [web], { kind: 'same container twice', workload: 'web', container: 'main' }],
  ])('of %j can not be found: case %#', (text, known, problem) => {
    expect(resolve(text, known)).toEqual({ kind: 'problems', problems: [problem] })
  })

  it('are told with all that is wrong', () => {
    const result = resolve('wbe=shop:2\nworker=shop:2\nweb=shop:2', [web, worker])
    expect(result.kind === 'problems' && result.problems.map(({ kind }) => kind)).toEqual([
      'unknown workload',
      'several containers',
    ])
  })
})

/** The images that the input can name, each by its container; of two workloads of one name, those of the first. */
const listImages = (set: DeploymentSet): readonly (readonly [target: string, image: string])[] =>
  listWorkloads(set)
    .filter(({ workload }, index, all) => all.findIndex((other) => other.workload === workload) === index)
    .filter(({ workload }) => !workload.includes('/'))
    .flatMap(({ workload, containers }) => containers.map(({ key, image }) => [`${workload}/${key}`, image] as const))

describe('the Delta of new images', () => {
  const changes = [
    { workload: 'web', container: 'a/b~c', section: 'modules', from: 'shop:1', to: 'shop:2' },
    { workload: 'job', container: 'main', section: 'workloads', from: '', to: 'job:2' },
    { workload: 'web', container: 'proxy', section: 'modules', from: 'envoy:1', to: 'envoy:1' },
  ] as const
  const contents = buildImageContents(changes)

  it('replaces each image by its container’s key', () => {
    expect(contents).toEqual({
      modules: {
        update: {
          web: [
            { op: 'replace', path: '/spec/containers/a~1b~0c/image', value: 'shop:2' },
            { op: 'replace', path: '/spec/containers/proxy/image', value: 'envoy:1' },
          ],
        },
      },
      workloads: { update: { job: [{ op: 'add', path: '/spec/containers/main/image', value: 'job:2' }] } },
    })
  })

  it('has no section that it changes nothing in', () => {
    expect(Object.keys(buildImageContents(changes.slice(0, 1)))).toEqual(['modules'])
    expect(Object.keys(buildImageContents(changes.slice(1, 2)))).toEqual(['workloads'])
  })

  if (hasDescription) {
    it('is what the description takes, to be kept and to be tried', () => {
      const body = { metadata: { env_id: 'production', name: 'Merge pull request #12' }, ...contents }
      expect(violations('POST', '/orgs/acme/apps/shop/deltas', body)).toEqual([])
      expect(violations('POST', '/orgs/acme/apps/shop/sets/abc', body)).toEqual([])
    })
  }

  it('gives exactly these images, and leaves all else as it was', () => {
    const picks = fc.array(fc.tuple(fc.nat(), fc.constantFrom('new:1', 'new:2', 'ghcr.io/acme/new@sha256:f00')), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(randomSet, picks, (set, picks) => {
        const targets = listImages(set).map(([target]) => target)
        fc.pre(targets.length > 0)
        const wanted = new Map(picks.map(([pick, image]) => [targets[pick % targets.length] ?? '', image]))
        const lines = [...wanted].map(([target, image]) => `${target}=${image}`)
        const resolved = resolve(lines.join('\n'), listWorkloads(set))
        if (resolved.kind !== 'resolved') throw new Error(JSON.stringify(resolved))
        const delta = readDelta(JSON.parse(JSON.stringify(buildImageContents(resolved.changes))))
        if (!delta) throw new Error('no Delta')
        const after = applyDelta(set, delta)
        expect(after.unfit).toEqual([])
        expect(listImages(after.set)).toEqual(
          listImages(set).map(([target, image]) => [target, wanted.get(target) ?? image]),
        )
        const changed = compareSets(set, after.set)
        expect(changed.map(({ kind }) => kind).filter((kind) => kind !== 'image')).toEqual([])
        expect(changed.map(({ workload, name, to }) => [`${workload}/${name}`, to]).toSorted()).toEqual(
          resolved.changes
            .filter(({ from, to }) => from !== to)
            .map(({ workload, container, to }) => [`${workload}/${container}`, to])
            .toSorted(),
        )
      }),
    )
  })
})
