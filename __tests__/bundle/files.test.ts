import { expect, it } from '@jest/globals'
import { usualGitHubToken } from '../../testing/simulator/github.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { StepRun } from '../../testing/simulator/runner/run-action.ts'
import { production, runInShop } from './shop.ts'

it.concurrent('deploys without the runner’s files', async () => {
  const { run } = await runInShop({
    variables: { GITHUB_STEP_SUMMARY: undefined, GITHUB_OUTPUT: undefined, GITHUB_STATE: undefined },
  })
  expect(run).toMatchObject({ exit: 0, stderr: '', files: { output: '', state: '', summary: '' } })
  expect(run.stdout).toContain('no file for a job summary')
})

it.concurrent('deploys without an event', async () => {
  const { run } = await runInShop({ variables: { GITHUB_EVENT_PATH: undefined, GITHUB_EVENT_NAME: undefined } })
  expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'succeeded' } })
})

const tokens = [usualToken, usualGitHubToken]

/** As others may write a token, with something before and behind it. */
const forms = tokens.flatMap((token) => [
  token,
  ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}${token}xyz`).toString('base64')),
  Buffer.from(token).toString('hex'),
])

/** Enough of each to make something of it. */
const parts = forms.map((form) => form.slice(4, 16))

/** All that a step leaves, but for the lines by which the runner learns what to hide. */
const readArtefacts = ({ stdout, stderr, files }: StepRun): string =>
  [stdout.replace(/^::add-mask::.*$/gm, ''), stderr, files.output, files.state, files.summary].join('\n')

it.concurrent('leaves no token anywhere, whatever Humanitec answers', async () => {
  const errors = forms.map((form) => ({ scope: 'workload', object_id: form, code: 'X', summary: form, message: form }))
  const { run } = await runInShop(
    { inputs: { comment: `by ${usualToken}`, pr_comment: 'true', github_deployment: 'true' } },
    ({ simulator }) => {
      simulator.orchestrator.planNext(production, { status: 'failed', errors })
    },
  )
  expect(run.outputs).toMatchObject({ outcome: 'failed', error_count: String(forms.length) })
  const artefacts = readArtefacts(run) + readArtefacts(run.post)
  for (const part of parts) expect(artefacts).not.toContain(part)
})

it.concurrent.each([0, 8, 16, 24])(
  'leaves no part of a token where a long text is cut, %d characters into it',
  async (into) => {
    const errors = [200, 300, 1000, 2000, 4096].map((limit) => {
      const text = `${'x'.repeat(limit - into)}${usualToken} and so on`
      return { scope: 'workload', object_id: text, code: text, summary: text, message: text }
    })
    const { run } = await runInShop({}, ({ simulator }) => {
      simulator.orchestrator.planNext(production, { status: 'failed', errors })
    })
    expect(run.outputs).toMatchObject({ outcome: 'failed', error_count: String(errors.length) })
    expect(readArtefacts(run)).not.toContain(usualToken.slice(0, 7))
  },
)
