import { describe, expect, it } from '@jest/globals'
import { describeByDescription, violations } from '../../testing/openapi.ts'
import type { FaultAction } from '../../testing/simulator/faults.ts'
import type { Inputs } from '../../testing/virtual/virtual-step.ts'
import type { VirtualFiles } from '../../testing/virtual/virtual-workspace.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const app = 'acme/shop'
const empty = 'acme/shop/staging'
const kib = 1024

const scoreOf = (name: string, ...lines: readonly string[]): string =>
  ['apiVersion: score.dev/v1b1', `metadata: {name: ${name}}`, 'containers:', '  main:', ...lines].join('\n')

const shop = scoreOf('shop', '    image: ghcr.io/acme/shop:1')

const createScoreWorld = (files: VirtualFiles, inputs: Inputs = {}, options: WorldOptions = {}) =>
  createWorld({ ...options, files, inputs: { delta_id: '', score: Object.keys(files)[0] ?? 'score.yaml', ...inputs } })

type World = ReturnType<typeof createWorld>

const bodiesOf = (world: World, operation: string): readonly unknown[] =>
  world.orchestrator.record.filter((entry) => entry.operation === operation).map(({ request }) => request.body)

const modulesOf = (world: World, where = place) => {
  const [{ setId = '' } = {}] = world.orchestrator.inspectDeployments(where)
  return world.orchestrator.inspectSet(app, setId)?.modules ?? {}
}

/** Everything that anybody gets to see. */
const toldBy = (world: World): string =>
  JSON.stringify([world.log, world.annotations, world.outputs, world.state, world.summaries])

const errorOf = ({ annotations }: World): string => {
  const errors = annotations.filter(({ level }) => level === 'error')
  expect(errors).toHaveLength(1)
  return errors[0]?.message ?? ''
}

describe('a Score file', () => {
  it('is converted, becomes one Delta, is deployed and archived', async () => {
    const world = createScoreWorld({ 'deploy/score.yaml': shop })
    expect(await world.run()).toBe('succeeded')
    const [deltaId] = world.orchestrator.inspectDeltas(app).map(({ id }) => id)
    expect(world.outputs).toMatchObject({ outcome: 'succeeded', delta_id: deltaId })
    expect(bodiesOf(world, 'POST deploys')).toMatchObject([{ delta_id: deltaId }])
    expect(bodiesOf(world, 'PUT archived')).toEqual([true])
    expect(world.log[0]).toBe('Deploy deploy/score.yaml to acme / shop / production')
    expect(modulesOf(world)['shop']).toMatchObject({
      spec: { containers: { main: { image: 'ghcr.io/acme/shop:1' } } },
    })
  })

  it('is asked for in the contract’s order: environment, Set, conversion, Delta, start', async () => {
    const world = createScoreWorld({ 'score.yaml': shop })
    await world.run()
    expect(world.requests().slice(0, 5)).toEqual([
      'GET env',
      'GET set',
      'POST convert-score',
      'POST deltas',
      'POST deploys',
    ])
  })

  it('is told by path and size, after what is going to be done', async () => {
    const files = { 'deploy/score.yaml': `${shop}\n    files: {/a: {source: a.conf}}`, 'deploy/a.conf': 'x' }
    const world = createScoreWorld(files)
    await world.run()
    expect(world.log.slice(0, 5)).toEqual([
      'Deploy deploy/score.yaml to acme / shop / production',
      expect.stringMatching(/^ {2}comment /),
      expect.stringMatching(/^ {2}base /),
      `  file      deploy/score.yaml, ${files['deploy/score.yaml'].length} bytes`,
      '  file      deploy/a.conf, 1 byte',
    ])
  })

  it('is the first deployment of an environment, too', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { env: 'staging' })
    world.orchestrator.addEnvironment(empty)
    expect(await world.run()).toBe('succeeded')
    expect(Object.keys(modulesOf(world, empty))).toEqual(['shop'])
    expect(world.requests().slice(0, 3)).toEqual(['GET env', 'POST convert-score', 'POST deltas'])
  })

  it('goes with a rebase: the Delta is made for its Set, before the base is set', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { env: 'staging', from_env: 'production' })
    world.orchestrator.addEnvironment(empty)
    expect(await world.run()).toBe('succeeded')
    expect(Object.keys(modulesOf(world, empty))).toEqual(expect.arrayContaining(['shop', 'web', 'worker']))
    const order = world.requests()
    expect(order.indexOf('POST convert-score')).toBeLessThan(order.indexOf('PUT from_deploy_id'))
  })

  it('has files inlined, and its overrides’, and images win over both', async () => {
    const files = {
      'deploy/score.yaml': `${scoreOf('shop', '    image: .')}\n    files: {/a: {source: a.conf}}`,
      'deploy/a.conf': `\${metadata.name}`,
      'deploy/logo.png': Uint8Array.of(0, 255, 1),
      'overrides.yaml': 'containers: {main: {image: "b:2", files: {/b: {source: logo.png}}}}',
      'extensions.yaml': 'apiVersion: humanitec.org/v1b1\nprofile: acme/own',
    }
    const inputs = { score_overrides: 'overrides.yaml', score_extensions: 'extensions.yaml', images: 'shop=c:3' }
    const world = createScoreWorld(files, inputs)
    expect(await world.run()).toBe('succeeded')
    expect(modulesOf(world)['shop']).toMatchObject({
      profile: 'acme/own',
      spec: {
        containers: {
          main: { image: 'c:3', files: { '/a': { value: 'shop' }, '/b': { binary_value: 'AP8B' } } },
        },
      },
    })
    expect(world.log.join('\n')).toContain('  file      deploy/logo.png, 3 bytes')
  })

  it('may be one of several: one Delta and one deployment of all', async () => {
    const files = { 'a.yaml': shop, 'b.yaml': scoreOf('cart', '    image: cart:1') }
    const world = createScoreWorld(files, { score: 'a.yaml\nb.yaml' })
    expect(await world.run()).toBe('succeeded')
    expect([world.count('POST convert-score'), world.count('POST deltas'), world.count('POST deploys')]).toEqual([
      2, 1, 1,
    ])
    expect(Object.keys(modulesOf(world))).toEqual(expect.arrayContaining(['shop', 'cart']))
    expect(world.log[0]).toBe('Deploy 2 Score files to acme / shop / production')
  })

  it('is converted again when the answer was lost, as a read is', async () => {
    const world = createScoreWorld({ 'score.yaml': shop })
    world.orchestrator.addFault({ on: 'POST convert-score', do: { kind: 'cut' }, times: 2 })
    expect(await world.run()).toBe('succeeded')
    expect([world.count('POST convert-score'), world.count('POST deltas')]).toEqual([3, 1])
  })

  it.each([
    [{ modules: {}, shared: {} }],
    [{ shared: {} }],
    [{ modules: [] }],
    [{ modules: { shop: {} }, shared: 'x' }],
    ['shop'],
  ])('is converted again when the answer holds no workload, or something else: %j', async (body) => {
    const world = createScoreWorld({ 'score.yaml': shop })
    world.orchestrator.addFault({ on: 'POST convert-score', do: { kind: 'answer', status: 200, body }, times: 1 })
    expect(await world.run()).toBe('succeeded')
    expect([world.count('POST convert-score'), world.count('POST deltas')]).toEqual([2, 1])
  })

  it('is converted once, and its Delta made once, when a conflict is waited for', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { on_conflict: 'wait' })
    world.orchestrator.addFault({
      on: 'POST deploys',
      do: { kind: 'answer', status: 409, body: { error: 'API-409', message: 'active' } },
      times: 1,
    })
    expect(await world.run()).toBe('succeeded')
    expect([world.count('POST convert-score'), world.count('POST deltas')]).toEqual([1, 1])
  })

  describe('is known by its mark', () => {
    const sourced = `${shop}\n    files: {/a: {source: a.conf}}`
    const markOf = async (files: VirtualFiles, inputs: Inputs = {}): Promise<string> => {
      const world = createScoreWorld(files, inputs)
      await world.run()
      const [body] = bodiesOf(world, 'POST deploys') as readonly { readonly comment: string }[]
      return /#([0-9a-f]{10})$/.exec(body?.comment ?? '')?.[1] ?? ''
    }

    it('for what the files hold, not for their names', async () => {
      const mark = await markOf({ 'score.yaml': sourced, 'a.conf': 'x' })
      expect(mark).toHaveLength(10)
      expect(await markOf({ 'other/score.yaml': sourced, 'other/a.conf': 'x' })).toBe(mark)
    })

    it.each<[string, VirtualFiles, Inputs]>([
      ['the Score file', { 'score.yaml': `${sourced}\n`, 'a.conf': 'x' }, {}],
      ['a file that it names', { 'score.yaml': sourced, 'a.conf': 'y' }, {}],
      ['overrides', { 'score.yaml': sourced, 'a.conf': 'x', 'o.yaml': 'a: 1' }, { score_overrides: 'o.yaml' }],
      ['an image', { 'score.yaml': sourced, 'a.conf': 'x' }, { images: 'shop=b:1' }],
    ])('and another one with %s', async (_, files, inputs) => {
      expect(await markOf(files, inputs)).not.toBe(await markOf({ 'score.yaml': sourced, 'a.conf': 'x' }))
    })

    it('on a re-run, which follows it and makes no Delta', async () => {
      const world = createScoreWorld({ 'score.yaml': shop }, {}, { workflow: { attempt: 2 } })
      const mark = `https://github.com/acme/shop/actions/runs/7001#${await markOf({ 'score.yaml': shop })}`
      const id = world.orchestrator.startElsewhere(place, { comment: `a push · ${mark}` })
      expect(await world.run()).toBe('succeeded')
      expect(world.outputs['deployment_id']).toBe(id)
      expect([world.count('POST convert-score'), world.count('POST deltas'), world.count('POST deploys')]).toEqual([
        0, 0, 0,
      ])
    })
  })

  it('shows no variable’s value, file or parameter to anybody', async () => {
    const files = {
      'score.yaml': `${shop}\n    variables: {DB: S3CRET}\n    files: {/a: {source: a.conf}}\nresources: {db: {type: postgres, params: {password: S3CRET}}}`,
      'a.conf': 'S3CRET',
    }
    const world = createScoreWorld(files)
    expect(await world.run()).toBe('succeeded')
    expect(bodiesOf(world, 'POST convert-score')).toEqual([expect.anything()])
    expect(toldBy(world)).not.toContain('S3CRET')
  })
})

describe('the plan of a Score file', () => {
  it('starts and makes nothing, and names what would be added', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { dry_run: 'true' })
    expect(await world.run()).toBe('planned')
    expect([world.count('POST deltas'), world.count('POST deploys')]).toEqual([0, 0])
    expect(JSON.parse(world.outputs['changes'] ?? '[]')).toContainEqual(
      expect.objectContaining({ workload: 'shop', kind: 'workload', change: 'added' }),
    )
  })

  it('of a first deployment asks for nothing but the conversion', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { dry_run: 'true', env: 'staging' })
    world.orchestrator.addEnvironment(empty)
    expect(await world.run()).toBe('planned')
    expect(world.requests()).toEqual(['GET env', 'POST convert-score'])
    expect(JSON.parse(world.outputs['changes'] ?? '[]')).toContainEqual(
      expect.objectContaining({ workload: 'shop', kind: 'workload', change: 'added' }),
    )
  })

  it('of a file that is wrong is an error that names the line', async () => {
    const world = createScoreWorld({ 'score.yaml': 'metadata: {name: shop}\ncontainer: {}' }, { dry_run: 'true' })
    expect(await world.run()).toBe('error')
    expect(errorOf(world)).toContain('score.yaml:2:1: container is not known; did you mean containers?')
  })
})

const aliases = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[index]}`).join(', ')}]`),
]

describe('nothing is asked of Humanitec', () => {
  it.each<[string, VirtualFiles, string]>([
    ['without a checkout', {}, 'score.yaml: does not exist in the workspace; is there a step with actions/checkout'],
    [
      'for a link out of the workspace',
      { 'score.yaml': { refused: 'outside' } },
      'score.yaml: is outside the workspace',
    ],
    ['for .git/config', { 'score.yaml': { refused: 'git' } }, 'begins with .git'],
    ['for a pipe', { 'score.yaml': { refused: 'not a file' } }, 'score.yaml: is not a regular file'],
    ['for 10 MB', { 'score.yaml': 'a'.repeat(10_000_000) }, 'score.yaml: is larger than 256 KiB'],
    ['for bytes that are no text', { 'score.yaml': Uint8Array.of(0xff) }, 'score.yaml: is not UTF-8 text'],
    ['for aliases that explode', { 'score.yaml': aliases.join('\n') }, 'aliases stand for'],
    ['for a tag', { 'score.yaml': 'a: !!js/function x' }, 'score.yaml:1:4: a tag'],
    ['for deep nesting', { 'score.yaml': '['.repeat(1000) }, 'nested more than 64 deep'],
    [
      'for a key twice',
      { 'score.yaml': `${shop}\n    image: S3CRET` },
      'score.yaml:6:5: this key is already there above',
    ],
    ['for a tab', { 'score.yaml': 'a:\n\tb: 1' }, 'score.yaml:2:1: a tab'],
    [
      'for a typing error',
      { 'score.yaml': scoreOf('shop', '    imge: S3CRET') },
      'score.yaml:5:5: containers.main.imge is not known; did you mean image?',
    ],
    [
      'for an image that is still a dot',
      { 'score.yaml': scoreOf('shop', '    image: .') },
      'score.yaml:5:5: containers.main.image is missing or “.”',
    ],
    [
      'for a source out of the workspace',
      { 'score.yaml': `${shop}\n    files: {/a: {source: ../S3CRET}}`, '../S3CRET': { refused: 'outside' } },
      'score.yaml:6:18: containers.main.files["/a"].source: the file is outside the workspace',
    ],
    [
      'for a source in .git',
      { 'score.yaml': `${shop}\n    files: {/a: {source: .git/config}}`, '.git/config': { refused: 'git' } },
      'such files are never read',
    ],
    [
      'for a source that is too large',
      { 'score.yaml': `${shop}\n    files: {/a: {source: a}}`, a: 'a'.repeat(256 * kib + 1) },
      'the file is larger than 256 KiB',
    ],
  ])('%s', async (_, files, words) => {
    const world = createScoreWorld(files)
    const beganMs = performance.now()
    expect(await world.run()).toBe('error')
    expect(performance.now() - beganMs).toBeLessThan(1_000)
    expect(world.requests()).toEqual([])
    expect(errorOf(world)).toContain(words)
    expect(errorOf(world)).toContain('1 mistake in score.yaml')
    expect(world.summaries.join()).toContain('score.yaml')
    expect(toldBy(world)).not.toContain('S3CRET')
  })

  it('for files that are more than 1 MiB together', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const score = `${shop}\n    files: {${names.map((name) => `/${name}: {source: ${name}}`).join(', ')}}`
    const world = createScoreWorld({
      'score.yaml': score,
      ...Object.fromEntries(names.map((name) => [name, name.repeat(250 * kib)])),
    })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual([])
    expect(errorOf(world)).toContain('all files together are larger than 1 MiB')
  })

  it('and all mistakes of all files are told in one go', async () => {
    const files = { 'a.yaml': scoreOf('cart', '    imge: x'), 'b.yaml': 'a: [', 'c.yaml': shop, 'd.yaml': shop }
    const world = createScoreWorld(files, { score: Object.keys(files).join('\n') })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual([])
    expect(errorOf(world)).toContain('3 mistakes in 3 files. Nothing was sent to Humanitec.')
    expect(
      errorOf(world)
        .split('\n')
        .filter((line) => /^ {2}\w/.test(line)),
    ).toEqual([
      expect.stringMatching(/^ {2}b\.yaml:1:\d+: /),
      '  a.yaml:5:5: containers.main.imge is not known; did you mean image?',
      expect.stringMatching(/^ {2}d\.yaml:2:12: metadata\.name is the same as in c\.yaml:2:12$/),
    ])
    expect(world.outputs).toMatchObject({ outcome: 'error', delta_id: '' })
  })

  it('for an image of a workload that no file has, which is named with those that there are', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { images: 'shpo=a:1' })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual([])
    expect(errorOf(world)).toMatch(/shpo.*shop/)
  })

  it('after a signal', async () => {
    const world = createScoreWorld({ 'score.yaml': shop })
    world.cancel()
    expect(await world.run()).toBe('cancelled')
    expect(world.requests()).toEqual([])
  })
})

const answer = (status: number, message: string): FaultAction => ({
  kind: 'answer',
  status,
  body: { error: `API-${status}`, message },
})

describe('what Humanitec refuses', () => {
  it('is shown with its reason and the file’s name, and nothing is made', async () => {
    const world = createScoreWorld({ 'deploy/score.yaml': shop.replace('v1b1', 'v1b9') })
    expect(await world.run()).toBe('error')
    expect(errorOf(world)).toMatch(/deploy\/score\.yaml: .*\(400\).*apiVersion must be score\.dev\/v1b1/)
    expect([world.count('POST deltas'), world.count('POST deploys')]).toEqual([0, 0])
    expect(world.summaries.join()).toContain('apiVersion must be score.dev/v1b1')
  })

  it('is shown of each file', async () => {
    const files = {
      'a.yaml': shop.replace('v1b1', 'v2'),
      'b.yaml': shop.replace('shop', 'Cart'),
      'c.yaml': scoreOf('c', '    image: c:1'),
    }
    const world = createScoreWorld(files, { score: Object.keys(files).join('\n') })
    expect(await world.run()).toBe('error')
    expect(errorOf(world)).toMatch(/ {2}a\.yaml: .*apiVersion.*\n {2}b\.yaml: .*metadata\.name/)
    expect(world.count('POST deltas')).toBe(0)
  })

  it.each([
    [403, 'AUTH-403', /score\.yaml.*\(403\).*isn’t documented which role.*try Member in the organization/s],
    [404, 'no such organization', /score\.yaml.*\(404\)/],
    [413, 'too large', /score\.yaml.*\(413\)/],
  ])('for all of them by %d ends it at once', async (status, message, words) => {
    const files = { 'score.yaml': shop, 'b.yaml': scoreOf('b', '    image: b:1') }
    const world = createScoreWorld(files, { score: 'score.yaml\nb.yaml' })
    world.orchestrator.addFault({ on: 'POST convert-score', do: answer(status, message) })
    expect(await world.run()).toBe('error')
    expect([world.count('POST convert-score'), world.count('POST deltas')]).toEqual([1, 0])
    expect(errorOf(world)).toMatch(words)
  })

  it('of the Delta is a refusal of the start, and the Delta is archived', async () => {
    const world = createScoreWorld({ 'score.yaml': shop })
    world.orchestrator.addFault({ on: 'POST deploys', do: answer(400, 'does not fit') })
    expect(await world.run()).toBe('error')
    expect(world.count('PUT archived')).toBe(1)
  })
})

describe('what can’t go into one Delta', () => {
  it('is two files that share a resource, and describe it in two ways', async () => {
    const shared = (name: string, type: string) =>
      `${scoreOf(name, '    image: a:1')}\nresources: {db: {type: ${type}, id: db}}`
    const files = { 'a.yaml': shared('a', 'postgres'), 'b.yaml': shared('b', 'mysql') }
    const world = createScoreWorld(files, { score: 'a.yaml\nb.yaml' })
    expect(await world.run()).toBe('error')
    expect(errorOf(world)).toContain('b.yaml: shares the resource db with a.yaml, but describes it differently')
    expect(errorOf(world)).toContain('found after the conversion by Humanitec. Nothing was deployed.')
    expect(toldBy(world)).not.toContain('Nothing was sent')
    expect(world.count('POST deltas')).toBe(0)
  })

  it('is anything, where the base’s workloads are kept as Score files', async () => {
    const world = createScoreWorld({ 'score.yaml': shop }, { env: 'staging' })
    world.orchestrator.addEnvironment(empty, {
      history: [{ agoSeconds: 86_400, durationSeconds: 60, status: 'succeeded' }],
      set: { workloads: { web: { spec: { metadata: { name: 'web' }, containers: { main: { image: 'web:1' } } } } } },
    })
    expect(await world.run()).toBe('error')
    expect(world.requests()).toEqual(['GET env', 'GET set'])
    expect(errorOf(world)).toContain('Generic Mode')
  })
})

describeByDescription('by the official description', () => {
  it('every request fits, and so does every answer to a conversion', async () => {
    const answers: unknown[] = []
    const files = {
      'score.yaml': `${shop}\n    files: [{target: /a, source: a.conf}, {target: /b, content: b}]`,
      'a.conf': Uint8Array.of(0xff),
      'o.yaml': 'containers: {main: {variables: {A: "1"}}}',
      'e.yaml': 'apiVersion: humanitec.org/v1b1\ndeploy: {when: before}',
    }
    const inputs = { images: 'shop=a:2', score_overrides: 'o.yaml', score_extensions: 'e.yaml' }
    const world = createScoreWorld(files, inputs, {
      onAnswer: ({ operation }, { body }) => operation === 'POST convert-score' && answers.push(body),
    })
    expect(await world.run()).toBe('succeeded')
    const asked = world.orchestrator.record.map(({ request }) => request)
    expect(asked.flatMap(({ method, path, body }) => violations(method, path, body))).toEqual([])
    const path = '/orgs/acme/artefact-versions/convert-score'
    expect(answers).toHaveLength(1)
    expect(violations('POST', path, answers[0], 200)).toEqual([])
  })
})
