import { describe, expect, it } from '@jest/globals'
import { createPullRequestEvent } from '../../testing/simulator/runner/events.ts'
import { runPostStep } from '../../testing/simulator/runner/run-action.ts'
import { listDist, openShop, runInShop, usualInputs, withCopiedDist } from './shop.ts'

const isBundle = (file: string): boolean => file === 'index.js'
/** The parts that GitHub's client is in, whatever the bundler names them. */
const isForGitHub = (file: string, content: string): boolean =>
  /^\d+\.index\.js$/.test(file) && content.includes('octokit')

describe('the post step', () => {
  const runWithoutBundle = (state: Readonly<Record<string, string>>) =>
    withCopiedDist(isBundle, (dist) =>
      openShop(({ simulator }) => runPostStep({ simulator, inputs: usualInputs, dist }, state)),
    )

  it.concurrent.each([[{}], [{ open: '' }]])('does not load the bundle for a state of %j', async (state) => {
    expect(await runWithoutBundle(state)).toMatchObject({ exit: 0, stdout: '', stderr: '' })
  })

  it.concurrent('needs it for open work', async () => {
    const { exit, stderr } = await runWithoutBundle({ open: '{"deploymentId":"17609cfafa5d5cb8"}' })
    expect(exit).toBe(1)
    expect(stderr).toContain('index.js')
  })
})

describe('the part for GitHub', () => {
  const event = createPullRequestEvent({ action: 'opened' })
  const runWithoutGitHub = (inputs: Readonly<Record<string, string>>) =>
    withCopiedDist(isForGitHub, (dist) => runInShop({ dist, event, inputs: { wait: 'false', ...inputs } }))

  it('is there', () => {
    expect(listDist().filter(([file, content]) => isForGitHub(file, content))).not.toEqual([])
  })

  it.concurrent('is not opened without the inputs that need it', async () => {
    const { run, simulator } = await runWithoutGitHub({})
    expect(run).toMatchObject({ exit: 0, stderr: '', outputs: { outcome: 'started' } })
    expect(run.log.map(({ kind }) => kind)).not.toContain('warning')
    expect(simulator.github.record).toEqual([])
  })

  it.concurrent('is needed for a comment, and changes no result when it fails', async () => {
    const { run } = await runWithoutGitHub({ pr_comment: 'true' })
    expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'started' } })
    expect(run.log.map(({ kind }) => kind)).toContain('warning')
  })
})
