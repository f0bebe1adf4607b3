import { expect, it } from '@jest/globals'
import { describeRemarks } from '../../../src/core/report/remarks.ts'
import type { Remark } from '../../../src/core/run/reason.ts'
import { emptyRunState } from '../../../src/core/run/result.ts'
import { writer } from '../report-base.ts'

const wordRemark = (remark: Remark) => describeRemarks({ state: { ...emptyRunState, remarks: [remark] }, writer })[0]

it.each([
  [
    { newBaseId: 'a1', previousBaseId: 'b2' },
    'The environment’s base was left at a1, and the next deployment will build on it. It was b2 before: to restore it, deploy with from_deploy_id: b2.',
  ],
  [
    { newBaseId: 'a1', previousBaseId: '' },
    'The environment’s base was left at a1, and the next deployment will build on it.',
  ],
  [
    { newBaseId: 'a1', previousBaseId: 'a1' },
    'The environment’s base was left at a1, and the next deployment will build on it.',
  ],
])('a base that was left is told, and how to put the earlier one back, if there is one: %j', (change, remark) => {
  expect(wordRemark({ kind: 'base_left', rebase: change })).toBe(remark)
})

it('a base that a run may still take is put back only after the run', () => {
  expect(wordRemark({ kind: 'base_left', rebase: { newBaseId: 'a1', previousBaseId: 'b2' }, isInPipeline: true })).toBe(
    'The environment’s base was left at a1, for the deployment that the pipeline run may still start. It was b2 before: to restore it, once the run has ended without a deployment, deploy with from_deploy_id: b2.',
  )
})

it('somebody else’s base is told', () => {
  expect(wordRemark({ kind: 'base_of_others', id: 'c3' })).toBe(
    'The environment’s base has been changed to c3 in the meantime: it was left as it is.',
  )
})
