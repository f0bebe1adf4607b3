import { describe, expect, it } from '@jest/globals'
import type { Environment } from '../../../src/core/api.ts'
import { findPullRequestKeepReason, judgeEnvironment, parsePullRequestNumber } from '../../../src/core/environments.ts'
import type { PruneRequest } from '../../../src/core/inputs/request.ts'
import type { KeepReason } from '../../../src/core/run/reason.ts'
import { request as deploy, deployment, workflow } from '../report-base.ts'

const { org, app, token, apiUrl, appUrl, timeoutMs, pollInterval } = deploy
const request: PruneRequest = {
  ...{ org, app, token, apiUrl, appUrl, timeoutMs, pollInterval },
  operation: 'prune',
  env: 'pr-*',
  githubToken: 'ghs',
  prComment: false,
  githubDeployment: false,
  dryRun: false,
}

const environment: Environment = {
  id: 'pr-12',
  name: 'acme/shop#12',
  type: 'development',
  status: 'active',
  created_at: '2026-11-01T09:00:00Z',
}

describe('a pull request’s number', () => {
  it.each([
    ['pr-*', 'pr-12', 12],
    ['pr-*', 'pr-0', undefined],
    ['pr-*', 'pr-012', undefined],
    ['pr-*', 'pr-', undefined],
    ['pr-*', 'pr-1a', undefined],
    ['pr-*', 'xpr-1', undefined],
    ['pr-*', 'pr-12-old', undefined],
    ['pr-*', 'pr-12\n', undefined],
    ['shop-*-preview', 'shop-7-preview', 7],
    ['shop-*-preview', 'shop-preview', undefined],
    ['aa*aa', 'aa1aa', 1],
    ['aa*aa', 'aaa', undefined],
    ['pr.*', 'prx1', undefined],
    ['*-pr', '2147483647-pr', 2_147_483_647],
    ['*-pr', '2147483648-pr', undefined],
    ['*-pr', '99999999999999999999-pr', undefined],
  ])('by %s of %j is %s', (pattern, env, number) => {
    expect(parsePullRequestNumber(pattern, env)).toBe(number)
  })
})

describe('an environment', () => {
  it('that fits and is named for its pull request is a candidate', () => {
    expect(judgeEnvironment(environment, request, workflow)).toEqual({
      kind: 'undecided',
      env: 'pr-12',
      named: { repository: 'acme/shop', pullRequest: 12 },
      pullRequest: 12,
      isBusy: false,
    })
  })

  it('with an active deployment is a busy one', () => {
    const last_deploy = { ...deployment, status: 'in progress' }
    expect(judgeEnvironment({ ...environment, last_deploy }, request, workflow)).toMatchObject({ isBusy: true })
  })

  const unnumbered = { kind: 'unnumbered', name: 'pr-12' } as const
  const carts = { kind: 'others', claim: 'another repository', name: 'acme/cart#12' } as const

  it.each<[string, Partial<Environment>, Partial<PruneRequest>, KeepReason]>([
    ['that does not fit', { id: 'staging' }, {}, { kind: 'pattern_mismatch', pattern: 'pr-*' }],
    ['of another repository', { name: 'acme/cart#12' }, {}, carts],
    ['of another repository and the type given', { name: 'acme/cart#12' }, { envType: 'development' }, carts],
    [
      'of another pull request',
      { name: 'acme/shop#13' },
      {},
      { kind: 'others', claim: 'another pull request', name: 'acme/shop#13' },
    ],
    ['that names no pull request', { name: 'acme/shop' }, {}, { kind: 'unnumbered', name: 'acme/shop' }],
    ['that a person has named', { name: 'pr-12' }, {}, { kind: 'unnamed', name: 'pr-12', repository: 'acme/shop' }],
    ['that a person has named, of the type given', { name: 'pr-12' }, { envType: 'development' }, unnumbered],
    ['of type production', { type: 'production' }, {}, { kind: 'production' }],
    [
      'of another type than given',
      {},
      { envType: 'staging' },
      { kind: 'type', type: 'development', wanted: 'staging' },
    ],
    ['that is being deleted', { status: 'deleting' }, {}, { kind: 'being_deleted' }],
  ])('%s is kept', (_, difference, asked, keepReason) => {
    const candidate = judgeEnvironment({ ...environment, ...difference }, { ...request, ...asked }, workflow)
    expect(candidate).toMatchObject({ kind: 'kept', keepReason })
  })

  it.each([
    ['acme/shop-api#8', { repository: 'acme/shop-api', pullRequest: 8 }],
    ['acme/shop#13', { repository: 'acme/shop', pullRequest: 13 }],
    ['acme/shop', undefined],
    ['Payments', undefined],
  ])('named %s is known as that pull request’s', (name, named) => {
    expect(judgeEnvironment({ ...environment, name }, request, workflow).named).toEqual(named)
  })

  it('is judged by its own pull request, not by the event’s', () => {
    const event = { ...workflow, pullRequest: { number: 99, title: '', isFromFork: false } }
    expect(judgeEnvironment(environment, request, event)).toMatchObject({ pullRequest: 12, isBusy: false })
  })
})

describe('a pull request', () => {
  it.each([
    ['OPEN', { kind: 'open_pull_request' }],
    [undefined, { kind: 'no_pull_request', pullRequest: 12, repository: 'acme/shop' }],
    ['CLOSED', undefined],
    ['MERGED', undefined],
  ] as const)('that is %s keeps its environment: %j', (state, keepReason) => {
    expect(findPullRequestKeepReason(12, state, workflow)).toEqual(keepReason)
  })
})
