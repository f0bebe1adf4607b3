import { expect, it } from '@jest/globals'
import { parseCheckpoint } from '../../../src/core/run/checkpoint.ts'

it('open work is read back as it was saved', () => {
  const work = {
    start: { body: { comment: 'x', delta_id: 'd1' }, newestBeforeId: 'a1', newestBeforeAt: '2026-11-23T17:00:00Z' },
    deploymentId: '9f2c01ab5d7e3f88',
    rebase: { setId: 'f1', previousId: '', newestId: 'a1' },
  }
  expect(parseCheckpoint(JSON.stringify(work))).toEqual(work)
})

it.each(['', '{', 'null', '7', '"text"', 'undefined', '<html>'])('a state that is %j is no work', (saved) => {
  expect(parseCheckpoint(saved)).toBeUndefined()
})
