import { expect, it } from '@jest/globals'
import { formatBaseLeft, formatBaseOfOthers } from '../../../src/core/report/problems.ts'

it.each([
  [
    { setId: 'a1', previousId: 'b2' },
    'The environment’s base was left at a1, and the next deployment builds on it. It was b2 before: to put it back, deploy with from_deploy_id: b2.',
  ],
  [{ setId: 'a1', previousId: '' }, 'The environment’s base was left at a1, and the next deployment builds on it.'],
  [{ setId: 'a1', previousId: 'a1' }, 'The environment’s base was left at a1, and the next deployment builds on it.'],
])('a base that was left is told, and how to put the earlier one back, if there is one: %j', (change, remark) => {
  expect(formatBaseLeft(change)).toBe(remark)
})

it('somebody else’s base is told', () => {
  expect(formatBaseOfOthers('c3')).toBe(
    'Someone else has set the environment’s base to c3 in the meantime: it was left as it is.',
  )
})
