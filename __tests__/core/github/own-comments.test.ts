import { expect, it } from '@jest/globals'
import type { GitHubComment } from '../../../src/core/api.ts'
import { listOwnComments } from '../../../src/core/responses/github.ts'

const marker = '<!-- humanitec-deploy:acme/shop/pr-1 -->'
const ours: GitHubComment = { id: 7, user: { id: 41 }, body: `${marker}\n\nready` }

it.each<[string, boolean, Partial<GitHubComment>]>([
  ['ours', true, {}],
  ['ours, edited on a page with other line ends', true, { body: `${marker}\r\nready` }],
  ['ours, with nothing below the marker', true, { body: marker }],
  ['another user’s with the marker', false, { user: { id: 42 } }],
  ['one of a user who is gone', false, { user: { id: 0 } }],
  ['one with the marker in its second line', false, { body: `Look:\n${marker}` }],
  ['of an environment whose id begins alike', false, { body: '<!-- humanitec-deploy:acme/shop/pr-12 -->\nready' }],
  ['one without a marker', false, { body: 'ready' }],
  ['an empty one', false, { body: '' }],
])('a comment that is %s: %s', (_, isOwn, difference) => {
  expect(listOwnComments([{ ...ours, ...difference }], 41, marker)).toHaveLength(isOwn ? 1 : 0)
})

it('the oldest comes first', () => {
  const comments = [9, 7, 8].map((id) => ({ ...ours, id }))
  expect(listOwnComments(comments, 41, marker).map(({ id }) => id)).toEqual([7, 8, 9])
})
