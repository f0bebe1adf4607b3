import { expect, it } from '@jest/globals'
import { formatKeepReason } from '../../../src/core/report/deletion-problems.ts'
import type { KeepReason } from '../../../src/core/run/reason.ts'
import { emptyRunState } from '../../../src/core/run/result.ts'
import { request, word } from '../report-base.ts'

const withType = 'Check env. To delete it anyway, give its type as env_type.'

const withoutType =
  'Check env. Only the repository and the pull request that it is named after may delete it; after a move of the repository to another owner, delete it in Humanitec.'

it.each<[string, KeepReason, string]>([
  [
    'its name, acme/cart#12, is that of a preview of another repository',
    { kind: 'others', claim: 'another repository', name: 'acme/cart#12' },
    withoutType,
  ],
  [
    'its name, acme/old-shop#12, is that of a preview of another repository',
    { kind: 'others', claim: 'another repository', name: 'acme/old-shop#12', mayBeRenamed: true },
    'Check env. If this repository had that name before, give the environment’s type as env_type.',
  ],
  [
    'its name, acme/shop#13, is that of a preview of another pull request',
    { kind: 'others', claim: 'another pull request', name: 'acme/shop#13' },
    'Check env. Only the repository and the pull request that it is named after may delete it.',
  ],
  ['it is of type staging, not production', { kind: 'type', type: 'staging', wanted: 'production' }, withType],
  ['it is a production environment', { kind: 'production' }, withType],
  [
    'its name, x, for another repository, doesn’t say that it was made for acme/shop',
    { kind: 'unnamed', name: 'x, for another repository', repository: 'acme/shop' },
    withType,
  ],
])('%s: told as it is, with what would help', (clause, keepReason, remedy) => {
  expect(formatKeepReason(keepReason)).toBe(clause)
  expect(
    word({ kind: 'kept', keepReason }, { state: { ...emptyRunState, request: { ...request, env: 'pr-12' } } }),
  ).toMatchObject({
    what: `The environment pr-12 was not deleted: ${clause}.`,
    remedy,
  })
})

it.each<[string, KeepReason]>([
  [
    'its name, acme/shop, doesn’t say that it was made for this pull request',
    { kind: 'unnumbered', name: 'acme/shop' },
  ],
  ['its id doesn’t match pr-*', { kind: 'pattern_mismatch', pattern: 'pr-*' }],
  ['it is already being deleted', { kind: 'being_deleted' }],
  ['its pull request is open', { kind: 'open_pull_request' }],
  ['there is no pull request 12 in acme/shop', { kind: 'no_pull_request', pullRequest: 12, repository: 'acme/shop' }],
])('%s: told of an environment that prune keeps', (clause, keepReason) => {
  expect(formatKeepReason(keepReason)).toBe(clause)
})
