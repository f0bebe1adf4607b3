import { describe, expect, it } from '@jest/globals'
import {
  formatDeploymentComment,
  hasNoSecrets,
  hasOtherRunUrl,
  hasRunUrl,
  parseWorkflowContext,
  type WorkflowContext,
} from '../../../src/core/run/workflow-context.ts'

const keep = (text: string) => text
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
const ofEvent = (name: string, event: unknown, more: Readonly<Record<string, string>> = {}): WorkflowContext =>
  parseWorkflowContext({ ...variables, GITHUB_EVENT_NAME: name, ...more }, event)

describe('where a run comes from', () => {
  it('a push', () => {
    expect(ofEvent('push', { head_commit: { id: mergeSha, message: 'Raise memory\r\n\r\nBecause.' } })).toEqual({
      eventName: 'push',
      repository: 'acme/shop',
      runUrl,
      attempt: 1,
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
      pullRequest: { number: 12, title: 'Add a basket', isFromElsewhere: false },
    })
  })

  it.each([
    ['a fork', { repo: { full_name: 'mallory/shop' } }],
    ['a fork that is gone', { repo: null }],
    ['nobody knows where', {}],
  ])('a pull request from %s is from elsewhere', (_, head) => {
    const workflow = ofEvent('pull_request', { pull_request: { ...pullRequest, head: { sha: headSha, ...head } } })
    expect(workflow.pullRequest?.isFromElsewhere).toBe(true)
  })

  it('a comment on a pull request', () => {
    const event = { issue: { number: 12, title: 'Add a basket', pull_request: { url: 'x' } }, comment: { body: '/go' } }
    const workflow = ofEvent('issue_comment', event)
    expect(workflow.pullRequest).toEqual({ number: 12, title: 'Add a basket', isFromElsewhere: false })
    // The variable holds the default branch's commit.
    expect(workflow.sha).toBe('')
  })

  it('a comment on an issue is no pull request’s', () => {
    expect(ofEvent('issue_comment', { issue: { number: 12, title: 'Broken' } })).not.toHaveProperty('pullRequest')
  })

  it('the end of another workflow', () => {
    const event = { workflow_run: { head_sha: headSha, pull_requests: [{ number: 12 }, { number: 13 }] } }
    const workflow = ofEvent('workflow_run', event)
    expect(workflow).toMatchObject({ sha: headSha, pullRequest: { number: 12, title: '', isFromElsewhere: false } })
  })

  it('the end of another workflow, of a fork: GitHub names no pull request', () => {
    const workflow = ofEvent('workflow_run', { workflow_run: { head_sha: headSha, pull_requests: [] } })
    expect(workflow.sha).toBe(headSha)
    expect(workflow).not.toHaveProperty('pullRequest')
  })

  it.each([
    ['schedule', { schedule: '0 3 * * *' }],
    ['workflow_dispatch', { inputs: { env: 'production' }, ref: 'refs/heads/main' }],
    ['release', { release: { tag_name: 'v1' } }],
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
    ['a push of Dependabot', true, ofEvent('push', {}, dependabot)],
    ['pull_request_target of Dependabot', false, ofEvent('pull_request_target', { pull_request: fork }, dependabot)],
    ['one who calls himself alike', false, ofEvent('push', {}, { GITHUB_ACTOR: 'dependabot' })],
    ['a workflow after a fork’s', false, ofEvent('workflow_run', { workflow_run: { pull_requests: [] } })],
  ])('%s: %s', (_, expected, workflow) => {
    expect(hasNoSecrets(workflow)).toBe(expected)
  })
})

describe('a deployment’s comment', () => {
  const push = ofEvent('push', { head_commit: { message: 'Raise memory\n\nBecause.' } })
  const author = `f5a2c1d by octocat · ${runUrl}`

  it.each<[string, string, WorkflowContext, string]>([
    ['of a push: the commit’s first line', '', push, `Raise memory · 1111111 by octocat · ${runUrl}`],
    [
      'of a pull request: its number and title',
      '',
      ofEvent('pull_request', { pull_request: pullRequest }),
      `#12 Add a basket · ${author}`,
    ],
    [
      'of a pull request without a known title: its number',
      '',
      ofEvent('workflow_run', { workflow_run: { head_sha: headSha, pull_requests: [{ number: 12 }] } }),
      `#12 · ${author}`,
    ],
    [
      'of a pull request whose head the event does not tell: without a commit',
      '',
      ofEvent('issue_comment', { issue: { number: 12, title: 'Add a basket', pull_request: {} } }),
      `#12 Add a basket · by octocat · ${runUrl}`,
    ],
    ['of anything else: the ref', '', ofEvent('schedule', {}), `main · 1111111 by octocat · ${runUrl}`],
    ['given: with the run’s page', 'Hotfix', push, `Hotfix · ${runUrl}`],
    ['given with the run’s page: as it is', `See ${runUrl} for more`, push, `See ${runUrl} for more`],
    ['given with this run’s attempt: as it is', `${runUrl}/attempts/2`, push, `${runUrl}/attempts/2`],
    ['given with a run that begins alike', `${runUrl}9`, push, `${runUrl}9 · ${runUrl}`],
    ['outside of a workflow: as it is', 'Hotfix', parseWorkflowContext({}, undefined), 'Hotfix'],
    ['of nothing at all: empty', '', parseWorkflowContext({}, undefined), ''],
    [
      'of nobody: without a name',
      '',
      parseWorkflowContext({ GITHUB_SHA: mergeSha, GITHUB_REF: 'refs/tags/v1' }, undefined),
      'refs/tags/v1 · 1111111',
    ],
  ])('%s', (_, given, workflow, expected) => {
    expect(formatDeploymentComment(given, workflow, keep)).toBe(expected)
  })

  it('holds 100 characters of the commit’s first line, none of them halved', () => {
    const comment = formatDeploymentComment('', ofEvent('push', { head_commit: { message: '🚀'.repeat(200) } }), keep)
    expect(comment).toBe(`${'🚀'.repeat(100)} · 1111111 by octocat · ${runUrl}`)
  })
})

it('a comment holds no secret, but the run’s page whole', () => {
  const redact = (text: string) => text.replaceAll('acme', '***')
  const push = ofEvent('push', {})
  expect(formatDeploymentComment('by acme', push, redact)).toBe(`by *** · ${runUrl}`)
  expect(formatDeploymentComment(runUrl, push, redact)).toContain(` · ${runUrl}`)
})

describe('a run is known by its page', () => {
  it.each<[string, boolean, boolean]>([
    [`x · ${runUrl}`, true, false],
    [`${runUrl}/attempts/2`, true, false],
    [`(${runUrl})`, true, false],
    [`${runUrl}1`, false, true],
    [`${runUrl}1 and ${runUrl}`, true, false],
    ['https://github.com/acme/shop/actions/runs/9', false, true],
    ['https://github.example.com/a/b/actions/runs/7001', false, true],
    ['by hand', false, false],
    ['', false, false],
  ])('%j: ours %s, another’s %s', (comment, ours, others) => {
    expect(hasRunUrl(comment, runUrl)).toBe(ours)
    expect(hasOtherRunUrl(comment, runUrl)).toBe(others)
  })

  it('outside of a workflow nothing is ours', () => {
    expect(hasRunUrl('', '')).toBe(false)
    expect(hasRunUrl('anything', '')).toBe(false)
    expect(hasOtherRunUrl(runUrl, '')).toBe(true)
  })
})
