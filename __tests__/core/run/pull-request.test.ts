import { describe, expect, it } from '@jest/globals'
import { choosePullRequest, isHeadOfRun, type WorkflowContext } from '../../../src/core/run/workflow-context.ts'

const sha = 'f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a'
const dispatch: WorkflowContext = {
  eventName: 'workflow_dispatch',
  repository: 'acme/shop',
  runUrl: '',
  attempt: 1,
  job: 'deploy',
  step: '__humanitec',
  actor: 'octocat',
  sha,
  ref: 'main',
  commitTitle: '',
}
const run: WorkflowContext = { ...dispatch, eventName: 'workflow_run', headRepository: 'Mallory/shop' }
const twelve = { number: 12, title: 'Add a basket', isFromFork: false }

describe('the pull request', () => {
  it.each<[string, ReturnType<typeof choosePullRequest>, WorkflowContext, number | undefined]>([
    ['of neither is none', { kind: 'none' }, dispatch, undefined],
    ['of the event', { kind: 'known', number: 12 }, { ...dispatch, pullRequest: twelve }, undefined],
    ['of the event, which the input repeats', { kind: 'known', number: 12 }, { ...run, pullRequest: twelve }, 12],
    ['of the input is taken', { kind: 'known', number: 7 }, dispatch, 7],
    ['of the input on another workflow’s run is to be checked', { kind: 'unchecked', number: 7 }, run, 7],
    [
      'of the input that is not the event’s contradicts it',
      { kind: 'contradiction', number: 7, ofEvent: 12 },
      { ...dispatch, pullRequest: twelve },
      7,
    ],
  ])('%s', (_, choice, workflow, given) => {
    expect(choosePullRequest(workflow, given)).toEqual(choice)
  })
})

describe('a pull request that the input names on another workflow’s run', () => {
  it.each<[string, boolean, Parameters<typeof isHeadOfRun>[1], WorkflowContext]>([
    ['has the run’s commit and repository', true, { sha, repository: 'mallory/shop' }, run],
    ['has another commit', false, { sha: '0'.repeat(40), repository: 'mallory/shop' }, run],
    ['comes from another repository', false, { sha, repository: 'acme/shop' }, run],
    ['comes from one that is gone', false, { sha, repository: '' }, run],
    ['is of a run that tells no repository', false, { sha, repository: '' }, { ...run, headRepository: '' }],
    ['is of a run that tells no commit', false, { sha: '', repository: 'mallory/shop' }, { ...run, sha: '' }],
  ])('%s: %s', (_, isHead, head, workflow) => {
    expect(isHeadOfRun(workflow, head)).toBe(isHead)
  })
})
