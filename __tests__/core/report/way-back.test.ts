import { describe, expect, it } from '@jest/globals'
import type { Request } from '../../../src/core/inputs/request.ts'
import { formatRollbackHint, formatRollbackHintLine } from '../../../src/core/report/rollback-hint.ts'
import { failed, failedDeployment, request, workflow } from '../report-base.ts'

const { deltaId: _, ...nothing } = request
const { actionUrl: __, ...usedByPath } = workflow
const ask = (asked: Request) => ({ ...failed, state: { ...failed.state, request: asked } })

describe('the way back', () => {
  it('leads to the guide of the action that is used', () => {
    expect(formatRollbackHint(failed)).toContain(
      '[To go back](https://github.com/acme/humanitec-deploy#rollback), deploy',
    )
  })

  it('is told in words where the action is used by a path', () => {
    expect(formatRollbackHint({ ...failed, workflow: usedByPath })).toContain(
      ', 2 days ago. To go back, deploy with this',
    )
  })

  it.each<[string, Request, string]>([
    ['a Delta', request, ' in place of delta_id'],
    [
      'a Delta on another state',
      { ...request, base: { kind: 'environment', env: 'staging' } },
      ' in place of delta_id and from_env',
    ],
    ['a Set', { ...nothing, setId: 'x' }, ' in place of set_id'],
    ['the same again', { ...nothing, redeploy: true }, ' in place of redeploy'],
    ['another deployment', { ...nothing, base: { kind: 'deployment', id: 'b3c0ffee12345678' } }, ''],
    ['nothing that is known', { ...nothing, operation: 'wait' }, ''],
  ])('says what to leave out where %s was deployed', (_, asked, replaced) => {
    expect(formatRollbackHintLine(ask(asked))).toMatch(new RegExp(`from_deploy_id: [0-9a-f]{16}${replaced}$`))
    expect(formatRollbackHint(ask(asked)).replaceAll('`', '')).toContain(`deploy with this${replaced}:\n\n`)
  })

  it('is none where nothing has succeeded, and while the inputs are wrong', () => {
    const { request: ___, ...unasked } = failed.state
    for (const state of [{ ...failed.state, history: [failedDeployment] }, unasked]) {
      expect(formatRollbackHint({ ...failed, state })).toBe('')
      expect(formatRollbackHintLine({ ...failed, state })).toBe('')
    }
  })
})
