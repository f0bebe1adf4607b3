import { describe, expect, it } from '@jest/globals'
import type { Workload } from '../../../src/core/delta.ts'
import type { ImageProblem } from '../../../src/core/run/reason.ts'
import { createRedactor } from '../../../src/core/text/redact.ts'
import { createWriter } from '../../../src/core/text/writer.ts'
import { word } from '../report-base.ts'

const of = (workload: string, ...keys: readonly string[]): Workload => ({
  workload,
  section: 'modules',
  containers: keys.map((key) => ({ key, image: '' })),
})

const known = [of('cache'), of('web', 'main'), of('worker', 'main', 'proxy')]

const wordImages = (...problems: readonly ImageProblem[]) => word({ kind: 'images_unfit', problems, env: 'production' })

describe('images that no container is found for', () => {
  it.each<[ImageProblem, string]>([
    [
      { kind: 'unknown workload', workload: 'wbe', known },
      'Workload wbe doesn’t exist; there are cache (without containers), web and worker.',
    ],
    [{ kind: 'unknown workload', workload: 'wbe', known: [] }, 'Workload wbe doesn’t exist; there are none.'],
    [
      { kind: 'no containers', workload: 'cache', known },
      'Workload cache has no known containers, so it can’t take an image; there are cache (without containers), web and worker.',
    ],
    [
      { kind: 'unknown container', workload: 'worker', container: 'mian', known: ['main', 'proxy'] },
      'Workload worker has no container mian; it has main and proxy.',
    ],
    [
      { kind: 'several containers', workload: 'worker', container: '', known: ['main', 'proxy'] },
      'Workload worker has several containers: main and proxy. Name one of them.',
    ],
    [
      { kind: 'no only container', image: 'shop:2', known: [] },
      'The image shop:2 names no workload, and there are no workloads to choose from.',
    ],
    [
      { kind: 'no only container', image: 'shop:2', known: [of('cache')] },
      'The image shop:2 names no workload, and the only one, cache, has no known containers.',
    ],
    [
      { kind: 'no only container', image: 'shop:2', known: [of('worker', 'main', 'proxy')] },
      'The image shop:2 names no workload, and the only one, worker, has several containers: main and proxy.',
    ],
    [
      { kind: 'same container twice', workload: 'web', container: 'main' },
      'Container main of workload web is given two images.',
    ],
  ])('%#: %j', (problem, what) => {
    expect(wordImages(problem)).toMatchObject({ what, remedy: expect.stringContaining('workload=image') })
  })

  it('are told together', () => {
    const one = { kind: 'same container twice', workload: 'web', container: 'main' } as const
    const { what, cause } = wordImages(one, { ...one, container: 'proxy' })
    expect(what).toBe(
      'Container main of workload web is given two images. Container proxy of workload web is given two images.',
    )
    expect(cause).toBe('2 images can’t be assigned to a container')
  })

  it('without a base say what a first deployment needs', () => {
    const { what, remedy } = wordImages({ kind: 'no base' })
    expect(what).toContain('a first deployment needs whole workloads')
    expect(remedy).toContain('Score file')
  })

  it('name twenty workloads at most, and count the others', () => {
    const many = Array.from({ length: 50 }, (_, index) => of(`w${index}`, 'main'))
    const { what } = wordImages({ kind: 'unknown workload', workload: 'x', known: many })
    expect(what).toContain('w19 and 30 more.')
  })

  it('show no part of a secret that is cut', () => {
    const secret = `s3cret-${'x'.repeat(300)}`
    const writer = createWriter(createRedactor([secret]))
    const problem = { kind: 'unknown workload', workload: secret, known: [] } as const
    const { what } = word({ kind: 'images_unfit', problems: [problem], env: 'production' }, { writer })
    expect(what).not.toContain('s3cret')
  })
})

it('a base without a Set is named, with two ways out', () => {
  const { what, remedy } = word({ kind: 'no_base_set', id: '17609cfafa5d5cb8' })
  expect(what).toBe('Deployment 17609cfa has no Set, so its contents can’t be read.')
  expect(remedy).toMatch(/redeploy: true.*delta_id/)
})

it('a base of another environment leads to from_env', () => {
  const { what, remedy } = word({ kind: 'base_elsewhere', id: '17609cfafa5d5cb8' })
  expect(what).toBe('The environment production has no deployment 17609cfafa5d5cb8.')
  expect(remedy).toContain('use from_env')
})
