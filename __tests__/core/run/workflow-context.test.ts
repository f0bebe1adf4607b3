import { describe, expect, it } from '@jest/globals'
import {
  formatDefaultComment,
  hasNoSecrets,
  hasRunUrl,
  parseWorkflowContext,
  type WorkflowContext,
} from '../../../src/core/run/workflow-context.ts'

const runUrl = 'https://github.com/acme/shop/actions/runs/7001'
const mergeSha = '1111111111111111111111111111111111111111'
const headSha = 'f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a'

const variables = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '7001',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_ACTOR: 'octocat',
  GITHUB_SHA: mergeSha,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
}
const pullRequest = {
  number: 12,
  title: 'Add a basket',
  head: { sha: headSha, ref: 'basket', repo: { full_name: 'acme/shop' } },
  base: { ref: 'main', repo: { full_name: 'acme/shop' } },
}
/** As `workflow_run` and `check_suite` tell it. */
const run = { head_sha: headSha, head_branch: 'basket', head_commit: { message: 'Add a basket\n' }, pull_requests: [] }
const ofOurs = (number: number) => ({
  number,
  base: { ref: 'main', repo: { id: 1, name: 'shop', url: 'https://api.github.com/repos/acme/shop' } },
})
const ofOthers = (number: number) => ({
  number,
  base: { ref: 'main', repo: { id: 2, name: 'shop', url: 'https://api.github.com/repos/mallory/shop' } },
})
const ofEvent = (name: string, event: unknown, more: Readonly<Record<string, string>> = {}): WorkflowContext =>
  parseWorkflowContext({ ...variables, GITHUB_EVENT_NAME: name, ...more }, event)

describe('where a run comes from', () => {
  it('a pull request: the branch at its head, not the merge’s', () => {
    const workflow = ofEvent('pull_request', { pull_request: pullRequest }, { GITHUB_REF_NAME: '12/merge' })
    expect(workflow).toMatchObject({ ref: 'basket', headRepository: 'acme/shop' })
  })

  it('a comment on a pull request is not about the default branch', () => {
    expect(ofEvent('issue_comment', { issue: { number: 12, pull_request: {} } }).ref).toBe('')
  })

  it('a push', () => {
    expect(ofEvent('push', { head_commit: { id: mergeSha, message: 'Raise memory\r\n\r\nBecause.' } })).toEqual({
      eventName: 'push',
      repository: 'acme/shop',
      runUrl,
      attempt: 1,
      job: '',
      step: '',
      actor: 'octocat',
      sha: mergeSha,
      ref: 'main',
      commitTitle: 'Raise memory',
    })
  })

  it.each(['pull_request', 'pull_request_target'])('a %s: the commit is the head’s, not the merge commit', (name) => {
    expect(ofEvent(name, { pull_request: pullRequest })).toMatchObject({
      eventName: name,
      sha: headSha,
      pullRequest: { number: 12, title: 'Add a basket', isFromFork: false },
    })
  })

  it.each([
    ['a fork', { repo: { full_name: 'mallory/shop' } }],
    ['a fork that is gone', { repo: null }],
    ['nobody knows where', {}],
  ])('a pull request from %s is from elsewhere', (_, head) => {
    const workflow = ofEvent('pull_request', { pull_request: { ...pullRequest, head: { sha: headSha, ...head } } })
    expect(workflow.pullRequest?.isFromFork).toBe(true)
  })

  it('a comment on a pull request', () => {
    const event = { issue: { number: 12, title: 'Add a basket', pull_request: { url: 'x' } }, comment: { body: '/go' } }
    const workflow = ofEvent('issue_comment', event)
    expect(workflow.pullRequest).toEqual({ number: 12, title: 'Add a basket', isFromFork: false })
    // The variable holds the default branch's commit.
    expect(workflow.sha).toBe('')
  })

  it('a comment on an issue is no pull request’s', () => {
    expect(ofEvent('issue_comment', { issue: { number: 12, title: 'Broken' } })).not.toHaveProperty('pullRequest')
  })

  it.each(['workflow_run', 'check_suite'])('%s: its own commit and branch, not the default branch’s', (name) => {
    const workflow = ofEvent(name, { [name]: run })
    expect(workflow).toMatchObject({ sha: headSha, ref: 'basket', commitTitle: 'Add a basket' })
    expect(workflow).not.toHaveProperty('pullRequest')
  })

  it('a check_run: its suite’s branch', () => {
    const workflow = ofEvent('check_run', {
      check_run: { head_sha: headSha, pull_requests: [ofOurs(12)], check_suite: { head_branch: 'basket' } },
    })
    expect(workflow).toMatchObject({ sha: headSha, ref: 'basket', pullRequest: { number: 12 } })
  })

  it('the end of another workflow, of a fork: GitHub names no pull request, but the repository', () => {
    const head_repository = { full_name: 'mallory/shop' }
    const workflow = ofEvent('workflow_run', { workflow_run: { ...run, head_repository } })
    expect(workflow).toMatchObject({ sha: headSha, headRepository: 'mallory/shop' })
    expect(workflow).not.toHaveProperty('pullRequest')
  })

  it('a workflow that another event tells of is not what the event is about', () => {
    const workflow = ofEvent('deployment', { deployment: { sha: mergeSha }, workflow_run: run })
    expect(workflow).toMatchObject({ sha: mergeSha, ref: 'main', commitTitle: '' })
  })

  it('a commit’s status: the commit, and its branch if it is on one alone', () => {
    const event = { sha: headSha, commit: { commit: { message: 'Add a basket\n\nAt last.' } } }
    const on = (...names: readonly string[]) => ({ ...event, branches: names.map((name) => ({ name })) })
    expect(ofEvent('status', on('basket'))).toMatchObject({ sha: headSha, ref: 'basket', commitTitle: 'Add a basket' })
    expect(ofEvent('status', on('basket', 'main')).ref).toBe('')
  })

  it('a merge group: the branch that it is to be merged into, not the queue’s', () => {
    const queue = `gh-readonly-queue/main/pr-12-${headSha}`
    const merge_group = {
      head_sha: mergeSha,
      head_ref: `refs/heads/${queue}`,
      base_ref: 'refs/heads/main',
      head_commit: { message: 'Add a basket (#12)\n\nAt last.' },
    }
    const workflow = ofEvent(
      'merge_group',
      { merge_group },
      { GITHUB_REF: `refs/heads/${queue}`, GITHUB_REF_NAME: queue },
    )
    expect(workflow).toMatchObject({ sha: mergeSha, ref: 'main', commitTitle: 'Add a basket (#12)' })
    expect(workflow).not.toHaveProperty('pullRequest')
  })

  it('a re-run: whoever re-ran it', () => {
    expect(ofEvent('push', {}, { GITHUB_TRIGGERING_ACTOR: 'hubot' }).actor).toBe('hubot')
    expect(ofEvent('push', {}, { GITHUB_TRIGGERING_ACTOR: '' }).actor).toBe('octocat')
  })

  it.each([
    ['schedule', { schedule: '0 3 * * *' }],
    ['workflow_dispatch', { inputs: { env: 'production' }, ref: 'refs/heads/main' }],
    ['repository_dispatch', { action: 'deploy', branch: 'main', client_payload: { pull_request: { number: 7 } } }],
    ['release', { release: { tag_name: 'v1' } }],
    ['issues', { issue: { number: 12, title: 'Broken' } }],
  ])('%s: the ref, and no pull request', (name, event) => {
    const workflow = ofEvent(name, event)
    expect(workflow).toMatchObject({ eventName: name, ref: 'main', sha: mergeSha, commitTitle: '' })
    expect(workflow).not.toHaveProperty('pullRequest')
  })

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    { pull_request: null, issue: 7, workflow_run: [] },
    { pull_request: { number: '12' }, head_commit: null },
    { pull_request: { number: 0 }, issue: { pull_request: {}, number: 1.5 } },
    { workflow_run: { pull_requests: [{ number: -1 }], head_sha: 7 } },
  ])('an event that is %j has no pull request, and is no reason to fail', (event) => {
    expect(ofEvent('push', event)).not.toHaveProperty('pullRequest')
    expect(ofEvent('push', event)).toMatchObject({ sha: mergeSha, commitTitle: '' })
  })

  it('GitHub Enterprise Server: the run’s page is there', () => {
    const workflow = ofEvent('push', {}, { GITHUB_SERVER_URL: 'https://github.example.com' })
    expect(workflow.runUrl).toBe('https://github.example.com/acme/shop/actions/runs/7001')
  })

  it.each([
    ['by its repository', 'acme/humanitec-deploy', {}, 'https://github.com/acme/humanitec-deploy'],
    [
      'on GitHub Enterprise Server',
      'acme/humanitec-deploy',
      { GITHUB_SERVER_URL: 'https://github.example.com' },
      'https://github.example.com/acme/humanitec-deploy',
    ],
    ['by a path', '', {}, undefined],
  ])('an action used %s: its own page', (_, repository, more, actionUrl) => {
    expect(ofEvent('push', {}, { GITHUB_ACTION_REPOSITORY: repository, ...more }).actionUrl).toBe(actionUrl)
  })

  it('an empty variable counts as none', () => {
    expect(ofEvent('push', {}, { GITHUB_SERVER_URL: '' }).runUrl).toBe(runUrl)
  })

  it('the attempt is no part of the run’s page', () => {
    expect(ofEvent('push', {}, { GITHUB_RUN_ATTEMPT: '12' }).attempt).toBe(12)
    const workflow = ofEvent('push', {}, { GITHUB_RUN_ATTEMPT: '3' })
    expect(workflow).toMatchObject({ runUrl, attempt: 3 })
  })

  it.each(['', '0', '-1', 'x'])('attempt %j counts as the first', (attempt) => {
    expect(ofEvent('push', {}, { GITHUB_RUN_ATTEMPT: attempt }).attempt).toBe(1)
  })

  it('a ref without a short name is told in full', () => {
    expect(ofEvent('push', {}, { GITHUB_REF_NAME: '' }).ref).toBe('refs/heads/main')
  })

  it('nowhere: everything is empty, and there is no run’s page', () => {
    expect(parseWorkflowContext({}, undefined)).toEqual({
      eventName: '',
      repository: '',
      runUrl: '',
      attempt: 1,
      job: '',
      step: '',
      actor: '',
      sha: '',
      ref: '',
      commitTitle: '',
    })
    expect(parseWorkflowContext({ GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: '7001' }, undefined).runUrl).toBe(
      runUrl,
    )
    expect(parseWorkflowContext({ GITHUB_REPOSITORY: 'acme/shop' }, undefined).runUrl).toBe('')
  })
})

describe('the pull request of another workflow’s run', () => {
  const find = (pull_requests: unknown, more: object = {}, variables: Readonly<Record<string, string>> = {}) =>
    ofEvent('workflow_run', { workflow_run: { ...run, pull_requests }, ...more }, variables).pullRequest?.number

  it.each<[string, number | undefined, unknown]>([
    ['ours', 12, [ofOurs(12), ofOurs(13)]],
    ['behind those of other repositories, which list our branches, too', 12, [ofOthers(7), ofOurs(12)]],
    ['another repository’s alone', undefined, [ofOthers(7)]],
    ['one that doesn’t say whose it is', undefined, [{ number: 7 }]],
    ['behind what is no pull request', 12, [null, { base: ofOurs(1).base }, ofOurs(12)]],
    ['no list', undefined, { 0: ofOurs(12) }],
  ])('%s: %s', (_, number, pullRequests) => {
    expect(find(pullRequests)).toBe(number)
  })

  it('is known by the repository’s number, whatever that is called by now', () => {
    expect(find([ofOurs(12)], { repository: { id: 1 } }, { GITHUB_REPOSITORY: 'acme/store' })).toBe(12)
    expect(find([ofOurs(12)], {}, { GITHUB_REPOSITORY: 'acme/store', GITHUB_REPOSITORY_ID: '1' })).toBe(12)
    expect(find([ofOurs(12)], { repository: { id: 2 } })).toBeUndefined()
  })

  it('is known by its name where no number is told, whatever its case', () => {
    const named = { number: 12, base: { repo: { full_name: 'Acme/Shop' } } }
    expect(find([named])).toBe(12)
    expect(find([ofOurs(12)], {}, { GITHUB_REPOSITORY: 'me/acme/shop' })).toBeUndefined()
  })
})

describe('no secrets are there', () => {
  const fork = { ...pullRequest, head: { ...pullRequest.head, repo: { full_name: 'mallory/shop' } } }
  const dependabot = { GITHUB_ACTOR: 'dependabot[bot]' }

  it.each<[string, boolean, WorkflowContext]>([
    ['a push', false, ofEvent('push', {})],
    ['a pull request of this repository', false, ofEvent('pull_request', { pull_request: pullRequest })],
    ['a pull request of a fork', true, ofEvent('pull_request', { pull_request: fork })],
    ['a review of a fork’s pull request', true, ofEvent('pull_request_review', { pull_request: fork })],
    ['pull_request_target of a fork', false, ofEvent('pull_request_target', { pull_request: fork })],
    ['a pull request of Dependabot', true, ofEvent('pull_request', { pull_request: pullRequest }, dependabot)],
    ['a review by Dependabot', true, ofEvent('pull_request_review', { pull_request: pullRequest }, dependabot)],
    [
      'a pull request of Dependabot, re-run by a person',
      true,
      ofEvent('pull_request', { pull_request: pullRequest }, { ...dependabot, GITHUB_TRIGGERING_ACTOR: 'octocat' }),
    ],
    [
      'one that Dependabot runs again',
      false,
      ofEvent('pull_request', { pull_request: pullRequest }, { GITHUB_TRIGGERING_ACTOR: 'dependabot[bot]' }),
    ],
    [
      'a comment by Dependabot',
      false,
      ofEvent('issue_comment', { issue: { number: 1, pull_request: {} } }, dependabot),
    ],
    ['a push of Dependabot, who merged', false, ofEvent('push', {}, dependabot)],
    ['pull_request_target of Dependabot', false, ofEvent('pull_request_target', { pull_request: fork }, dependabot)],
    ['one who calls himself alike', false, ofEvent('push', {}, { GITHUB_ACTOR: 'dependabot' })],
    ['a workflow after a fork’s', false, ofEvent('workflow_run', { workflow_run: { pull_requests: [] } })],
  ])('%s: %s', (_, expected, workflow) => {
    expect(hasNoSecrets(workflow)).toBe(expected)
  })
})

describe('a deployment’s comment where none is given', () => {
  const push = ofEvent('push', { head_commit: { message: 'Raise memory\n\nBecause.' } })
  const author = 'f5a2c1d by octocat'

  it.each<[string, WorkflowContext, string]>([
    ['of a push: the commit’s first line', push, `Raise memory · 1111111 by octocat`],
    [
      'of a pull request: its number and title',
      ofEvent('pull_request', { pull_request: pullRequest }),
      `#12 Add a basket · ${author}`,
    ],
    [
      'of another workflow’s run for a pull request: its commit’s first line',
      ofEvent('workflow_run', { workflow_run: { ...run, pull_requests: [ofOurs(12)] } }),
      `Add a basket · ${author}`,
    ],
    [
      'of a pull request without any title: its number',
      ofEvent('workflow_run', { workflow_run: { head_sha: headSha, pull_requests: [ofOurs(12)] } }),
      `#12 · ${author}`,
    ],
    [
      'of a merge group without a message: the branch it goes to',
      ofEvent('merge_group', { merge_group: { head_sha: headSha, base_ref: 'refs/heads/main' } }),
      `main · ${author}`,
    ],
    [
      'of a re-run: by whoever re-ran it',
      ofEvent('push', { head_commit: { message: 'Raise memory' } }, { GITHUB_TRIGGERING_ACTOR: 'hubot' }),
      `Raise memory · 1111111 by hubot`,
    ],
    [
      'of a pull request whose head the event does not tell: without a commit',
      ofEvent('issue_comment', { issue: { number: 12, title: 'Add a basket', pull_request: {} } }),
      `#12 Add a basket · by octocat`,
    ],
    ['of anything else: the ref', ofEvent('schedule', {}), `main · 1111111 by octocat`],
    ['of nothing at all: empty', parseWorkflowContext({}, undefined), ''],
    [
      'of nobody: without a name',
      parseWorkflowContext({ GITHUB_SHA: mergeSha, GITHUB_REF: 'refs/tags/v1' }, undefined),
      'refs/tags/v1 · 1111111',
    ],
  ])('%s', (_, workflow, expected) => {
    expect(formatDefaultComment(workflow)).toBe(expected)
  })

  it('holds 100 characters of the commit’s first line, none of them halved', () => {
    const comment = formatDefaultComment(ofEvent('push', { head_commit: { message: '🚀'.repeat(200) } }))
    expect(comment).toBe(`${'🚀'.repeat(100)} · 1111111 by octocat`)
  })
})

describe('a run is known by its page', () => {
  it.each<[string, boolean]>([
    [`x · ${runUrl}`, true],
    [`${runUrl}/attempts/2`, true],
    [`(${runUrl})`, true],
    [`${runUrl}1`, false],
    [`${runUrl}1 and ${runUrl}`, true],
    ['https://github.com/acme/shop/actions/runs/9', false],
    ['https://github.example.com/a/b/actions/runs/7001', false],
    ['by hand', false],
    ['', false],
  ])('%j: ours %s', (comment, ours) => {
    expect(hasRunUrl(comment, runUrl)).toBe(ours)
  })

  it('outside of a workflow nothing is ours', () => {
    expect(hasRunUrl('', '')).toBe(false)
    expect(hasRunUrl('anything', '')).toBe(false)
  })
})
