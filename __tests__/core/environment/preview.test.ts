import { describe, expect, it } from '@jest/globals'
import type { Environment } from '../../../src/core/api.ts'
import {
  escapesPrune,
  findKeepReason,
  findOthersClaim,
  formatPreviewName,
  isNamedForUs,
  parsePreviewName,
} from '../../../src/core/environments.ts'
import type { KeepReason } from '../../../src/core/run/reason.ts'
import type { WorkflowContext } from '../../../src/core/run/workflow-context.ts'

const outside: WorkflowContext = {
  eventName: 'push',
  repository: 'acme/shop',
  runUrl: '',
  attempt: 1,
  job: 'deploy',
  step: '__humanitec',
  actor: 'octocat',
  sha: '',
  ref: 'main',
  commitTitle: '',
}

const twelve: WorkflowContext = {
  ...outside,
  pullRequest: { number: 12, title: 'Add a basket', isFromFork: false },
}

const preview: Environment = {
  id: 'pr-12',
  name: 'acme/shop#12',
  type: 'development',
  status: 'active',
  created_at: '2026-11-01T09:00:00Z',
}

describe('a preview’s name', () => {
  it('says whose it is', () => {
    expect(formatPreviewName(twelve)).toBe('acme/shop#12')
    expect(formatPreviewName(outside)).toBe('acme/shop')
  })

  it.each([
    ['acme/shop#12', { repository: 'acme/shop', pullRequest: 12 }],
    ['acme/shop', { repository: 'acme/shop' }],
    ['A-b.c_d/e.f-g#7', { repository: 'A-b.c_d/e.f-g', pullRequest: 7 }],
  ])('is read back: %s', (name, expected) => {
    expect(parsePreviewName(name)).toEqual(expected)
  })

  it.each([
    '',
    'Production',
    'acme/shop/x',
    'acme/shop#',
    'acme/shop#0',
    'acme/shop#012',
    'acme/shop#1x',
    '#12',
    'a b/c',
  ])('is not %j', (name) => {
    expect(parsePreviewName(name)).toBeUndefined()
  })
})

it.each([
  ['acme/cart#12', 'another repository'],
  ['acme/shop#13', 'another pull request'],
  ['acme/shop#12', undefined],
  ['acme/shop', undefined],
  ['Payments', undefined],
])('an environment named %s is of %s', (name, claim) => {
  expect(findOthersClaim({ ...preview, name }, twelve)).toBe(claim)
})

describe('an environment is ours', () => {
  it.each<[string, WorkflowContext, boolean, boolean]>([
    ['acme/shop#12', twelve, true, false],
    ['Acme/Shop#12', twelve, true, false],
    ['acme/shop#12', outside, true, false],
    ['acme/shop', twelve, true, false],
    ['acme/shop', outside, true, false],
    ['acme/shop#13', twelve, false, true],
    ['acme/shop#1', twelve, false, true],
    ['acme/shop2#12', twelve, false, true],
    ['mallory/shop#12', twelve, false, true],
    ['mallory/shop', outside, false, true],
    ['Production', twelve, false, false],
    ['', outside, false, false],
  ])('named %j: %#', (name, workflow, ours, others) => {
    const environment = { ...preview, name }
    expect(isNamedForUs(environment, workflow)).toBe(ours)
    expect(findOthersClaim(environment, workflow) !== undefined).toBe(others)
  })
})

describe('an environment may be deleted', () => {
  it.each<[string, Partial<Environment>, WorkflowContext, string | undefined]>([
    ['when it is named for us', {}, twelve, undefined],
    ['when it is named for our repository', { name: 'acme/shop' }, twelve, undefined],
    ['outside of a pull request', {}, outside, undefined],
    [
      'named for what our repository was called before, when its type is given',
      { name: 'Acme/old-shop#12' },
      twelve,
      'development',
    ],
    ['whatever its name, when its type is given', { name: 'Anything' }, twelve, 'development'],
    [
      'even production, when its type is given',
      { id: 'production', type: 'production', name: 'P' },
      twelve,
      'production',
    ],
  ])('%s', (_, more, workflow, envType) => {
    expect(findKeepReason({ ...preview, ...more }, workflow, envType)).toBeUndefined()
  })
})

describe('an environment may not be deleted', () => {
  const mallorys: KeepReason = { kind: 'others', claim: 'another repository', name: 'mallory/shop#12' }
  const deceptive = 'it is named x, for another repository'

  it.each<[string, Partial<Environment>, WorkflowContext, string | undefined, KeepReason]>([
    ['of another repository', { name: 'mallory/shop#12' }, twelve, undefined, mallorys],
    ['of another repository, type given', { name: 'mallory/shop#12' }, twelve, 'development', mallorys],
    [
      'of another pull request',
      { name: 'acme/shop#13' },
      twelve,
      undefined,
      { kind: 'others', claim: 'another pull request', name: 'acme/shop#13' },
    ],
    [
      'of another repository of our owner',
      { name: 'acme/old-shop#12' },
      twelve,
      undefined,
      { kind: 'others', claim: 'another repository', name: 'acme/old-shop#12', mayBeRenamed: true },
    ],
    [
      'of another repository of our owner, of another type than given',
      { name: 'acme/old-shop#12' },
      twelve,
      'staging',
      { kind: 'type', type: 'development', wanted: 'staging' },
    ],
    [
      'of another pull request of another repository of our owner, type given',
      { name: 'acme/old-shop#13' },
      twelve,
      'development',
      { kind: 'others', claim: 'another repository', name: 'acme/old-shop#13' },
    ],
    [
      'of an owner whose name begins like ours, type given',
      { name: 'acme-corp/shop#12' },
      twelve,
      'development',
      { kind: 'others', claim: 'another repository', name: 'acme-corp/shop#12' },
    ],
    ['of production by type', { type: 'production' }, twelve, undefined, { kind: 'production' }],
    ['of production by id', { id: 'production' }, twelve, undefined, { kind: 'production' }],
    [
      'that says nobody’s name',
      { name: deceptive },
      twelve,
      undefined,
      { kind: 'unnamed', name: deceptive, repository: 'acme/shop' },
    ],
    [
      'of another type than given',
      { name: 'Test' },
      twelve,
      'staging',
      { kind: 'type', type: 'development', wanted: 'staging' },
    ],
    [
      'of ours, of another type than given',
      {},
      twelve,
      'staging',
      { kind: 'type', type: 'development', wanted: 'staging' },
    ],
  ])('%s', (_, more, workflow, envType, keepReason) => {
    expect(findKeepReason({ ...preview, ...more }, workflow, envType)).toEqual(keepReason)
  })
})

describe('an environment that is made', () => {
  it.each<[string, WorkflowContext, boolean]>([
    ['pr-12', outside, true],
    ['shop-12', outside, true],
    ['pr-12', twelve, false],
    ['pr-12-shop', outside, false],
    ['demo', outside, false],
  ])('as %s (%#) is not found by prune: %s', (env, workflow, isLost) => {
    expect(escapesPrune(env, workflow)).toBe(isLost)
  })
})
