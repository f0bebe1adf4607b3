import { describe, expect, it } from '@jest/globals'
import { listSources, type SourceAnswers } from '../../../src/core/score.ts'
import {
  buildConversions,
  buildScoreContents,
  checkConverted,
  findContainersWithoutImage,
  listScoreWorkloads,
} from '../../../src/core/score-conversion.ts'
import { hasDescription, violations } from '../../../testing/openapi.ts'
import { answerWith, fileNames, filesOf, openFile, openText, scoreWith, wordsOf } from './score-texts.ts'

const none: SourceAnswers = new Map()
const image = (to: string, container = 'web', workload = 'shop') => ({ workload, container, to })

describe('the workloads that images may be given to', () => {
  const containersOf = (...texts: Parameters<typeof filesOf>) => listScoreWorkloads(filesOf(...texts))[0]?.containers

  it('are those of all files', () => {
    expect(listScoreWorkloads({ scores: [openFile('shop.yaml'), openFile('anchors.yaml')] })).toEqual([
      {
        workload: 'shop',
        section: 'modules',
        containers: [
          { key: 'web', image: '.' },
          { key: 'worker', image: 'ghcr.io/acme/worker:1.2' },
        ],
      },
      {
        workload: 'anchors',
        section: 'modules',
        containers: [
          { key: 'one', image: 'ghcr.io/acme/one:1' },
          { key: 'two', image: 'ghcr.io/acme/two:1' },
          { key: 'three', image: 'ghcr.io/acme/three:1' },
        ],
      },
    ])
  })

  it.each([
    ['as overrides change them', 'containers: {web: {image: b}}', [{ key: 'web', image: 'b' }]],
    ['as overrides leave them', 'containers: {web: {args: [b]}}', [{ key: 'web', image: 'a' }]],
    [
      'with those that overrides add',
      'containers: {api: {image: b}}',
      [
        { key: 'web', image: 'a' },
        { key: 'api', image: 'b' },
      ],
    ],
    ['without those that overrides take away', 'containers: {web: ~, api: {image: b}}', [{ key: 'api', image: 'b' }]],
  ])('%s', (_, overrides, containers) => {
    expect(containersOf(scoreWith(['image: a']), overrides)).toEqual(containers)
  })

  it('have the images that extensions give them', () => {
    const extensions = 'apiVersion: humanitec.org/v1b1\nspec: {containers: {web: {image: b}}}'
    expect(containersOf(scoreWith(['image: .']), undefined, extensions)).toEqual([{ key: 'web', image: 'b' }])
  })
})

describe('a container without an image', () => {
  const find = (images: readonly ReturnType<typeof image>[], ...texts: Parameters<typeof filesOf>) =>
    wordsOf(findContainersWithoutImage(filesOf(...texts), images))

  it.each([
    ['none', scoreWith(['args: [a]']), 'score.yaml:3:3'],
    ['a dot', scoreWith(['args: [a]', 'image: .']), 'score.yaml:5:5'],
    ['an empty one', scoreWith(['image: ""']), 'score.yaml:4:5'],
  ])('is a problem: %s', (_, score, place) => {
    const words = `${place}: containers.web.image is missing or “.”; give it here, or with the input images`
    expect(find([], score)).toEqual([words])
    expect(find([image('b', 'other'), image('b', 'web', 'other')], score)).toEqual([words])
  })

  it('is none where the input, the overrides or the extensions give one', () => {
    const score = scoreWith(['image: .'])
    expect(find([image('b')], score)).toEqual([])
    expect(find([], score, 'containers: {web: {image: b}}')).toEqual([])
    expect(find([], score, '{}', 'spec: {containers: {web: {image: b}}}')).toEqual([])
    expect(find([], score, 'containers: {web: ~}')).toEqual([])
  })

  it('is one where the overrides take the image away, or add a container without', () => {
    expect(find([], scoreWith(['image: a']), 'containers: {web: {image: .}}')).toHaveLength(1)
    expect(find([], scoreWith(['image: a']), 'containers: {api: {}}')).toEqual([
      'overrides.yaml:1:14: containers.api.image is missing or “.”; give it here, or with the input images',
    ])
  })
})

describe('the body of a conversion', () => {
  const build = (images: readonly ReturnType<typeof image>[], ...texts: Parameters<typeof filesOf>) =>
    buildConversions(filesOf(...texts), images, none)[0]?.body

  it('is the file, where nothing else was given', () => {
    const files = { scores: [openFile('small.yaml'), openFile('job.yaml')] }
    const [small, job] = buildConversions(files, [], none)
    expect(small?.body).toEqual({ spec: files.scores[0]?.data })
    expect(small?.document).toBe(files.scores[0])
    expect(Object.keys(job?.body ?? {})).toEqual(['spec'])
  })

  it('has the images by path and in their place, over the overrides', () => {
    const overrides = 'containers: {web: {image: S3CRET, args: [a]}}'
    expect(build([image('b'), image('c', 'web', 'other')], scoreWith(['image: .']), overrides)).toEqual({
      spec: { metadata: { name: 'shop' }, containers: { web: { image: 'b' } } },
      overrides: { containers: { web: { image: 'b', args: ['a'] } } },
      property_overrides: { 'containers.web.image': 'b' },
    })
  })

  it.each(['a.b', 'a\\b', 'a[0]', '*', ''])('has no path for a container that a path can’t name: %j', (key) => {
    const score = `metadata: {name: shop}\ncontainers: {${JSON.stringify(key)}: {image: .}}`
    expect(build([image('b', key)], score)).toEqual({
      spec: { metadata: { name: 'shop' }, containers: { [key]: { image: 'b' } } },
    })
  })

  it('has the image of a container that only the overrides have', () => {
    expect(build([image('b', 'api')], scoreWith(['image: a']), 'containers: {api: {}}')).toMatchObject({
      spec: { containers: { web: { image: 'a' } } },
      overrides: { containers: { api: { image: 'b' } } },
      property_overrides: { 'containers.api.image': 'b' },
    })
  })

  it('has extensions as they are', () => {
    const extensions = 'apiVersion: humanitec.org/v1b1\nprofile: acme/job\ndeploy: {when: before}'
    expect(build([], scoreWith(['image: a']), undefined, extensions)?.extensions).toEqual({
      apiVersion: 'humanitec.org/v1b1',
      profile: 'acme/job',
      deploy: { when: 'before' },
    })
  })

  it('has the contents of the overrides’ files, and not those that they replace', () => {
    const files = filesOf(
      scoreWith([
        'image: a',
        'files:',
        '  /a: {source: text, mode: "0600"}',
        '  /b: {content: kept}',
        '  /c: {content: gone}',
      ]),
      'containers: {web: {files: [{target: /a, source: bytes}, {target: /b, mode: "0400"}, {target: /c, source: text}]}}',
    )
    const answers = new Map([
      ['text', answerWith('text')],
      ['bytes', answerWith(Uint8Array.of(255))],
    ])
    const body = buildConversions(files, [], answers)[0]?.body
    expect(body?.spec['containers']).toEqual({
      web: { image: 'a', files: { '/a': { mode: '0600' }, '/b': { content: 'kept' }, '/c': {} } },
    })
    expect(body?.overrides?.['containers']).toEqual({
      web: { files: { '/a': { binaryContent: '/w==' }, '/b': { mode: '0400' }, '/c': { content: 'text' } } },
    })
  })

  it('keeps a file with everything in it', () => {
    const files = { scores: [openFile('shop.yaml')] }
    const answers = new Map(
      listSources(files).map(({ read }) => [read, answerWith(read.endsWith('png') ? Uint8Array.of(137, 80) : 'conf')]),
    )
    const { containers, ...rest } = buildConversions(files, [], answers)[0]?.body.spec ?? {}
    const { containers: given, ...others } = files.scores[0]?.data ?? {}
    expect(rest).toEqual(others)
    expect(containers).toEqual({
      ...(given as object),
      web: {
        ...(given as { readonly web: object }).web,
        files: {
          '/etc/shop/shop.conf': { mode: '0644', content: 'conf' },
          '/etc/shop/motd': { content: `Welcome to \${metadata.name}\n`, noExpand: true },
          '/etc/shop/key.bin': { binaryContent: 'AAEC' },
          '/etc/shop/logo.png': { binaryContent: 'iVA=' },
        },
        volumes: {
          '/var/uploads': { source: `\${resources.uploads}`, path: 'shop', readOnly: true },
          '/tmp': { source: `\${resources.tmp}` },
        },
      },
    })
  })

  if (hasDescription) {
    it.each(fileNames)('fits the official description: %s', (name) => {
      const files = {
        scores: [openFile(name)],
        overrides: openText('containers: {}'),
        extensions: openText('apiVersion: a'),
      }
      for (const { body } of buildConversions(files, [image('b')], none))
        expect(violations('POST', '/orgs/acme/artefact-versions/convert-score', body)).toEqual([])
    })
  }
})

describe('one Delta', () => {
  const module = (to: unknown) => ({
    profile: 'humanitec/default-module',
    spec: { containers: { web: { image: to } } },
  })
  const converted = (file: string, modules: object, shared: object = {}) => ({
    document: openText(scoreWith(['image: a']), file),
    answer: { modules: { ...modules }, shared: { ...shared } },
  })

  it('brings the workloads of all files whole, and what they share', () => {
    const parts = [
      converted('a.yaml', { shop: module('a') }, { 'db/~main': { type: 'postgres', params: { a: 1, b: 2 } } }),
      converted(
        'b.yaml',
        { worker: module('b') },
        { 'db/~main': { params: { b: 2, a: 1 }, type: 'postgres' }, dns: { type: 'dns' } },
      ),
    ]
    expect(checkConverted(parts)).toEqual([])
    const contents = buildScoreContents(parts)
    expect(contents).toEqual({
      modules: { add: { shop: module('a'), worker: module('b') } },
      shared: [
        { op: 'add', path: '/db~1~0main', value: { type: 'postgres', params: { a: 1, b: 2 } } },
        { op: 'add', path: '/dns', value: { type: 'dns' } },
      ],
    })
    const delta = { metadata: { env_id: 'production', name: 'a push' }, ...contents }
    if (hasDescription) expect(violations('POST', '/orgs/acme/apps/shop/deltas', delta)).toEqual([])
  })

  it('holds no resource in two ways', () => {
    const parts = [
      converted('a.yaml', {}, { db: { type: 'postgres', class: 'S3CRET' } }),
      converted('b.yaml', {}, { db: { type: 'postgres' }, constructor: {} }),
    ]
    expect(wordsOf(checkConverted(parts))).toEqual([
      'b.yaml: shares the resource db with a.yaml, but describes it differently',
    ])
  })

  it('holds no workload twice, not even the same', () => {
    const parts = [converted('a.yaml', { shop: module('a') }), converted('b.yaml', { shop: module('a') })]
    expect(wordsOf(checkConverted(parts))).toEqual(['b.yaml: converts to the workload shop, and so does a.yaml'])
  })

  it.each(['.', ''])('has no image %j', (to) => {
    expect(wordsOf(checkConverted([converted('a.yaml', { shop: module(to) })]))).toEqual([
      'a.yaml:4:5: containers.web.image is missing or “.”; give it here, or with the input images',
    ])
  })

  it('may hold modules without containers', () => {
    expect(checkConverted([converted('a.yaml', { shop: {}, other: null, third: { spec: [] } })])).toEqual([])
  })
})
