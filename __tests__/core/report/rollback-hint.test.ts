import { describe, expect, it } from '@jest/globals'
import type { Request } from '../../../src/core/inputs/request.ts'
import { formatRollbackHint, formatRollbackHintLine } from '../../../src/core/report/deployment-facts.ts'
import { base, failed, failedDeployment, request, workflow } from '../report-base.ts'

const { deltaId: _, ...nothing } = request
const { actionUrl: __, ...usedByPath } = workflow
const ask = (asked: Request) => ({ ...failed, state: { ...failed.state, request: asked } })

describe('the rollback hint', () => {
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

  /** The newest was just gone back to, and failed. */
  const before = { id: 'b3c0ffee12345678', named: '(b3c0ffee, 3 days ago)' }
  const newest = { id: base.id, named: '(17609cfa, 2 days ago)' }

  it.each<[string, Request, string, typeof newest]>([
    ['a Delta', request, ' in place of delta_id', newest],
    [
      'a Delta on another state',
      { ...request, base: { kind: 'environment', env: 'staging' } },
      ' in place of delta_id and from_env',
      before,
    ],
    ['a Score file', { ...nothing, score: { files: ['score.yaml'] } }, ' in place of score', newest],
    [
      'a Score file with all that belongs to it',
      { ...nothing, score: { files: ['score.yaml'], overrides: 'o.yaml', extensions: 'e.yaml' } },
      ' in place of score, score_overrides and score_extensions',
      newest,
    ],
    ['a Set', { ...nothing, setId: 'x' }, ' in place of set_id', newest],
    ['the same again', { ...nothing, redeploy: true }, ' in place of redeploy', newest],
    ['another deployment', { ...nothing, base: { kind: 'deployment', id: 'b3c0ffee12345678' } }, '', before],
    ['nothing that is known', { ...nothing, operation: 'wait' }, '', newest],
  ])('says what to leave out where %s was deployed', (_, asked, replaced, { id, named }) => {
    const line = formatRollbackHintLine(ask(asked))
    expect(line).toContain(named)
    expect(line.split('deploy with ')[1]).toBe(`from_deploy_id: ${id}${replaced}`)
    const markdown = formatRollbackHint(ask(asked)).replaceAll('`', '')
    expect(markdown.split('deploy with this')[1]?.split('\n\n')[0]).toBe(`${replaced}:`)
    expect(markdown).toContain(`from_deploy_id: ${id}\n`)
  })

  it('is none where nothing has succeeded, and while the inputs are wrong', () => {
    const { request: ___, ...unasked } = failed.state
    for (const state of [{ ...failed.state, history: [failedDeployment] }, unasked]) {
      expect(formatRollbackHint({ ...failed, state })).toBe('')
      expect(formatRollbackHintLine({ ...failed, state })).toBe('')
    }
  })
})
