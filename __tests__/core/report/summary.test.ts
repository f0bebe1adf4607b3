import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DeployRequest } from '../../../src/core/inputs/request.ts'
import { formatSummary } from '../../../src/core/report/summary.ts'
import type { Outcome } from '../../../src/core/run/outcome.ts'
import { emptyRunState, type Report, type RunState } from '../../../src/core/run/result.ts'
import { fuzzTimeoutMs } from '../hostile.ts'
import { hostileReport } from '../hostile-report.ts'
import { countPipes, listForeign, renderPage } from '../rendered-page.ts'
import {
  base,
  deployment,
  endWith,
  error,
  failed,
  failedDeployment,
  history,
  report,
  request,
  runningDeployment,
  state,
  word,
  workflow,
} from '../report-base.ts'

const firstLine = (markdown: string): string => markdown.split('\n', 1)[0] ?? ''

const withoutDetails = (markdown: string): string => markdown.replace(/\n\n<details><summary>Details<[\s\S]*$/, '')

describe('the summary of a success', () => {
  it('says where, what and how long, against the earlier ones, and all ids under a fold', () => {
    expect(formatSummary(report)).toMatchInlineSnapshot(`
"### ✅ shop deployed to production in 2 min 42 s

[Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat

\`▆▅▄▅▃▄▇▅\` → \`▅\` this one (\`▁\` 1 min 59 s, \`█\` 3 min 18 s) · the previous 8 took 2 min 20 s to 3 min 5 s, median 2 min 38 s

<details><summary>Details</summary>

| environment | [acme / shop / production](https://app.humanitec.io/orgs/acme/apps/shop/envs/production) |
| --- | --- |
| deployment | \`9f2c01ab5d7e3f88\` |
| status | succeeded |
| Delta | \`4a6330d06a8b5c92f1d27b4e81a3c5d7e9f01234\` |
| Set | \`-0pTzTUcDVhXSn2MnB4j7BBwVMVNUQVJj4TnPaVCpq8\` |
| base | \`17609cfafa5d5cb8\`, succeeded, 2 days ago |
| comment | Merge pull request \`#12\` · \`f5a2c1d\` by octocat · \`https://github.com/acme/shop/actions/runs/7001\` |
| started | 2026-11-23 20:07:12 UTC by service user s-73c2a1 |
| ended | 2026-11-23 20:09:53 UTC |
| workflow&nbsp;run | [acme/shop/actions/runs/7001](https://github.com/acme/shop/actions/runs/7001) |

</details>
"
`)
  })

  it('begins with the address, where the environment has one', () => {
    const environmentUrls = ['https://pr-12.shop.example.com', 'https://api.shop.example.com/v1']
    const preview = endWith('succeeded', { environmentUrls, environmentCreated: true, history: [] })
    expect(withoutDetails(formatSummary(preview))).toMatchInlineSnapshot(`
"### ✅ shop deployed to production in 2 min 42 s

**[pr-12.shop.example.com](https://pr-12.shop.example.com/)** · [api.shop.example.com/v1](https://api.shop.example.com/v1)

[Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat · a new environment"
`)
  })

  it('of a deployment that another run had started, tells its author and comment instead of the commit', () => {
    const { deltaId: _, ...wait } = { ...request, operation: 'wait' as const }
    const theirs = { ...deployment, comment: 'Fix the cart · 1234567 by hubot', created_by: 'jo@example.com' }
    const followed = endWith('succeeded', { request: wait, followed: true, deployment: theirs })
    expect(withoutDetails(formatSummary(followed))).toContain(
      'on `17609cfa` · by `jo@example.com`\n\n> Fix the cart · `1234567` by hubot\n\n',
    )
  })
})

const { deltaId: __, ...noDelta } = request
const [, earlier = base] = history

const rollback: DeployRequest = {
  ...noDelta,
  base: { kind: 'deployment', id: earlier.id },
  comment: 'Prices are *wrong*',
}

describe('the summary of a state of another deployment', () => {
  it('of the same environment says that it is a rollback, and why', () => {
    const [headline, , state, , comment] = formatSummary(endWith('succeeded', { request: rollback })).split('\n')
    expect(headline).toBe('### ✅ shop rolled back to `b3c0ffee` in production in 2 min 42 s')
    expect(state).toContain(' · commit [`f5a2c1d`](')
    expect(comment).toBe('> Prices are \\*wrong\\*')
    expect(firstLine(formatSummary(endWith('failed', { request: rollback, errors: [error] })))).toBe(
      '### ❌ shop was not rolled back to `b3c0ffee` in production: 1 error in checkout',
    )
  })

  const failedBefore = { ...failedDeployment, id: 'f0f0f0f012345678' }
  const lastGood: DeployRequest = { ...noDelta, base: { kind: 'environment', env: 'production' } }

  it.each<[string, DeployRequest, Partial<RunState>, string]>([
    ['with a Score file on top', { ...lastGood, score: { files: ['score.yaml'] } }, {}, 'deployed to production'],
    ['with a Delta on top', { ...rollback, deltaId: '4a6330d' }, {}, 'deployed to production'],
    [
      'that is not known here',
      { ...rollback, base: { kind: 'deployment', id: '0123456789abcdef' } },
      {},
      'deployed to production',
    ],
    [
      'of another environment',
      { ...rollback, base: { kind: 'environment', env: 'staging' } },
      {},
      'deployed to production',
    ],
    [
      'of this one’s last good state, after a failure',
      lastGood,
      { history: [failedBefore, ...history] },
      'rolled back to `17609cfa` in production',
    ],
    ['of this one’s last good state, which is its newest', lastGood, {}, 'deployed again to production'],
    [
      'of this one’s last good state, where the others are not known',
      lastGood,
      { history: [] },
      'deployed to production',
    ],
    [
      'of the newest one',
      { ...rollback, base: { kind: 'deployment', id: base.id } },
      {},
      'deployed again to production',
    ],
    ['that is the base anyway', { ...noDelta, redeploy: true }, {}, 'deployed again to production'],
    [
      'that is the base anyway, of a new environment',
      { ...noDelta, redeploy: true },
      { environmentCreated: true },
      'deployed to production',
    ],
  ])('%s is told as what it is', (_, request, news, deed) => {
    expect(firstLine(formatSummary(endWith('succeeded', { request, ...news })))).toBe(
      `### ✅ shop ${deed} in 2 min 42 s`,
    )
  })

  it('names the environment that it comes from', () => {
    const promotion = { ...request, base: { kind: 'environment' as const, env: 'staging' } }
    expect(formatSummary(endWith('succeeded', { request: promotion }))).toContain(
      'Delta `4a6330d` on `17609cfa` from staging · ',
    )
  })

  it('names the environment that a new one was made from', () => {
    const preview = { ...request, createFrom: 'staging' }
    expect(formatSummary(endWith('succeeded', { request: preview, environmentCreated: true }))).toContain(
      ' · a new environment from staging\n',
    )
  })
})

describe('the summary of a failure', () => {
  it('groups the errors by workload, keeps long messages under a fold, and tells the way back', () => {
    expect(withoutDetails(formatSummary(failed))).toMatchInlineSnapshot(`
"### ❌ shop was not deployed to production: 3 errors in checkout and the environment

Failed after 48 s · [Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat

**checkout** (2)

| error&nbsp;code | description | message |
| --- | --- | --- |
| \`RES-101\` | Driver parameters invalid | 'ip_address', 'ipv6_address' or 'name' should be specified |
| \`CLD-001\` | Provider error | Incorrect cloud provider credentials |

**environment** (1)

| error&nbsp;code | description | message |
| --- | --- | --- |
| \`RES-204\` | Provisioning failed · \`externals.db\` | Error: creating RDS DB Instance (shop-production): InvalidParameterCombination … (in full below) |

<details><summary><code>RES-204</code> Provisioning failed · the message in full</summary>

\`\`\`text
Error: creating RDS DB Instance (shop-production): InvalidParameterCombination
  with aws_db_instance.main,
  on main.tf line 12, in resource "aws_db_instance" "main":
  12: resource "aws_db_instance" "main" {
RequestID: 5f1c6d7e-0000-4000-8000-7f3a2b1c0d9e, @see https://docs.example.com/rds#limits
\`\`\`

</details>

The latest successful deployment here is [\`17609cfa\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/17609cfafa5d5cb8), 2 days ago. [To go back](https://github.com/acme/humanitec-deploy#rollback), deploy with this in place of \`delta_id\`:

\`\`\`text
from_deploy_id: 17609cfafa5d5cb8
\`\`\`"
`)
  })

  it('says when the errors could not be read', () => {
    const unread = endWith('failed', { deployment: failedDeployment, errors: 'unreadable', history: [] })
    expect(withoutDetails(formatSummary(unread))).toMatchInlineSnapshot(`
"### ❌ shop was not deployed to production

Failed after 48 s · [Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat

The deployment failed, and its errors could not be read.

**Next:** open the deployment in Humanitec: the errors are shown there."
`)
  })

  it('tells no way back where nothing has succeeded', () => {
    expect(formatSummary({ ...failed, state: { ...failed.state, history: [failedDeployment] } })).not.toContain(
      'from_deploy_id',
    )
  })

  it('shows the first five of many errors, and all of them under folds', () => {
    const errors = Array.from({ length: 30 }, (_, index) => ({ ...error, object_id: `workload-${index % 2}` }))
    const summary = formatSummary(endWith('failed', { deployment: failedDeployment, errors }))
    expect(summary).toContain('30 errors in 2 workloads')
    expect(summary).toContain('<details><summary><b>workload-1</b> (15)</summary>')
    expect(summary.match(/^\| `RES-101`/gm)).toHaveLength(35)
    expect(summary.indexOf('`RES-101`')).toBeLessThan(summary.indexOf('All of them'))
  })

  it('shows one error of each workload first, when there are many', () => {
    const errors = Array.from({ length: 40 }, (_, index) => ({ ...error, object_id: `w${Math.floor(index / 10)}` }))
    const summary = formatSummary(endWith('failed', { deployment: failedDeployment, errors }))
    const [first = ''] = summary.split('**All of them')
    expect(first.match(/^\*\*w\d\*\* \(\d of 10\)$/gm)).toEqual([
      '**w0** (2 of 10)',
      '**w1** (1 of 10)',
      '**w2** (1 of 10)',
      '**w3** (1 of 10)',
    ])
  })

  it('holds at most 1 MiB, and says how many errors are left out', () => {
    const errors = Array.from({ length: 100 }, (_, index) => ({
      ...error,
      code: `RES-${index}`,
      message: '漢\n'.repeat(5000),
    }))
    const summary = formatSummary(endWith('failed', { deployment: failedDeployment, errors }))
    const bytes = Buffer.byteLength(summary)
    expect(bytes).toBeLessThanOrEqual(1_048_576)
    expect(bytes).toBeGreaterThan(900_000)
    const told = Number(/(\d+) errors left out, since a summary holds at most 1 MiB/.exec(summary)?.[1])
    expect(told + (summary.match(/^```text\n漢$/gm) ?? []).length).toBe(100)
    expect(summary).toContain('from_deploy_id')
  })

  it('cuts a message that is absurdly long, so that the others are seen', () => {
    const errors = [
      { ...error, message: 'x'.repeat(5_000_000) },
      { ...error, code: 'CLD-001' },
    ]
    const summary = formatSummary(endWith('failed', { deployment: failedDeployment, errors }))
    expect(summary.length).toBeLessThan(110_000)
    expect(summary).toContain('`CLD-001`')
  })
})

const problem = { what: 'This happened.', remedy: 'Do `that`.' }
const { deployment: _, ...notStarted } = state

const before: Report = { ...report, state: notStarted, result: { outcome: 'error', problem } }

describe('the summary of any other end', () => {
  it.each<[Outcome, string]>([
    ['timed_out', '### ⌛ Timed out after 30 min while shop was being deployed to production'],
    ['cancelled', '### 🛑 Cancelled while shop was being deployed to production'],
    ['started', '### 🚀 shop is being deployed to production'],
    ['unknown', '### ❓ It is not known whether shop is being deployed to production'],
    ['error', '### ❌ The deployment of shop to production could not be followed'],
    ['skipped', '### ⏭️ Skipped: nothing was done'],
  ])('%s begins with what it means', (outcome, headline) => {
    const summary = formatSummary(endWith(outcome, { deployment: runningDeployment }, problem))
    expect(firstLine(summary)).toBe(headline)
    expect(summary).toContain('This happened.\n\n**Next:** Do `that`.')
  })

  it('of a start that took effect more than once says that', () => {
    const twice = word({ kind: 'start_unknown', sent: { comment: 'Hotfix' }, isSeveral: true })
    expect(firstLine(formatSummary({ ...before, result: { outcome: 'unknown', problem: twice } }))).toBe(
      '### ❓ The request to deploy shop to production was sent: it has taken effect more than once',
    )
  })

  it('of a start that a pipeline holds says that it has not started', () => {
    const held = formatSummary({ ...before, result: { outcome: 'started' } })
    expect(firstLine(held)).toBe('### 🚀 The deployment of shop to production was requested, but has not started yet')
  })

  it.each<[Outcome, string]>([
    ['timed_out', '### ⌛ Timed out after 30 min before shop was deployed to production'],
    ['cancelled', '### 🛑 Cancelled before shop was deployed to production'],
    ['error', '### ❌ shop was not deployed to production'],
  ])('%s before anything was started says so', (outcome, headline) => {
    expect(firstLine(formatSummary({ ...before, result: { outcome, problem } }))).toBe(headline)
  })

  it.each<[string, Partial<RunState>, string]>([
    [
      'goes on',
      { deployment: runningDeployment },
      '### ❌ The deployment of shop to production is on a different base than requested',
    ],
    [
      'failed',
      { deployment: failedDeployment },
      '### ❌ The deployment of shop to production failed, and was on a different base than requested',
    ],
    ['succeeded', {}, '### ❌ shop was deployed to production: on a different base than requested'],
  ])('another base is not told as the cause of how the deployment went, which %s', (_, news, headline) => {
    const other = word({ kind: 'other_base', asked: 'b1', actual: 'c2' })
    expect(firstLine(formatSummary(endWith('error', news, other)))).toBe(headline)
  })

  it('a deployment that goes on shows how long the earlier ones took', () => {
    expect(
      withoutDetails(formatSummary(endWith('cancelled', { deployment: runningDeployment }, problem))),
    ).toMatchInlineSnapshot(`
"### 🛑 Cancelled while shop was being deployed to production

[Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat

This happened.

**Next:** Do \`that\`.

\`▆▅▄▅▃▄▇▅\` (\`▁\` 1 min 59 s, \`█\` 3 min 18 s) · the previous 8 took 2 min 20 s to 3 min 5 s, median 2 min 38 s"
`)
  })

  it.each([
    [[60, 100, 200], 'the previous 3 took 1 min to 3 min 20 s, median 1 min 40 s'],
    [[60, 100, 200, 300], 'the previous 4 took 1 min to 5 min, median 2 min 30 s'],
  ])('of earlier ones that took %j s the median is the middle one, or the mean of the two there', (seconds, words) => {
    const began = Date.parse(deployment.created_at)
    const earlier = seconds.map((duration, index) => ({
      ...deployment,
      id: `e${index}`,
      status_changed_at: new Date(began + duration * 1000).toISOString(),
    }))
    expect(formatSummary(endWith('cancelled', { deployment: runningDeployment, history: earlier }, problem))).toContain(
      words,
    )
  })

  it('a start that is not waited for tells how to follow it', () => {
    expect(withoutDetails(formatSummary(endWith('started', { deployment: runningDeployment })))).toMatchInlineSnapshot(`
"### 🚀 shop is being deployed to production

[Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat

**Next:** a later job can follow it: \`operation: wait\`, \`deployment_id: 9f2c01ab5d7e3f88\`

\`▆▅▄▅▃▄▇▅\` (\`▁\` 1 min 59 s, \`█\` 3 min 18 s) · the previous 8 took 2 min 20 s to 3 min 5 s, median 2 min 38 s"
`)
  })

  it('wrong inputs are a table', () => {
    const inputErrors = [
      { input: 'env', got: 'Prod|<b>', takes: '2 to 50 lower-case letters' },
      { input: 'token', takes: 'the API token of a service user' },
    ]
    const wrong: Report = {
      ...report,
      state: emptyRunState,
      result: { outcome: 'error', problem: { what: '2 inputs are wrong.', inputErrors } },
    }
    expect(formatSummary(wrong)).toMatchInlineSnapshot(`
"### ❌ Nothing was done: env and token are wrong

| input | got | expected |
| --- | --- | --- |
| \`env\` | \`Prod\`&#124;\`<b>\` | 2 to 50 lower-case letters |
| \`token\` | nothing | the API token of a service user |
"
`)
  })

  it('details of a refusal are shown in full, as code', () => {
    const details = '{\n  "workload": "web",\n  "@octocat": "</details>"\n}'
    const summary = formatSummary({ ...before, result: { outcome: 'error', problem: { ...problem, details } } })
    expect(summary).toContain(`\`\`\`text\n${details}\n\`\`\``)
  })

  it('a conflict shows whose deployment is active, and remarks come after', () => {
    const conflict = { ...runningDeployment, id: 'aa11bb22cc33dd44', comment: 'Fix the cart by @hubot' }
    const summary = formatSummary({
      ...before,
      state: {
        ...notStarted,
        remarks: [{ kind: 'base_left', rebase: { newBaseId: '17609cfafa5d5cb8', previousBaseId: '' } }],
      },
      result: { outcome: 'error', problem: { ...problem, conflict } },
    })
    expect(withoutDetails(summary)).toMatchInlineSnapshot(`
"### ❌ shop was not deployed to production

Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat

This happened.

> [Deployment \`aa11bb22\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/aa11bb22cc33dd44) · in progress · Fix the cart by \`@hubot\`

**Next:** Do \`that\`.

- The environment’s base was left at \`17609cfafa5d5cb8\`, and the next deployment will build on it."
`)
  })

  it('deleted, or gone already', () => {
    const gone = {
      ...before,
      result: { outcome: 'deleted' },
      state: { ...notStarted, request: { ...request, operation: 'delete', env: 'pr-12', dryRun: false } },
    } as Report
    expect(firstLine(formatSummary(gone))).toBe('### 🧹 pr-12 of shop was already gone')
    const deleted = { ...gone, state: { ...gone.state, deletedEnvironments: ['pr-12'] } }
    expect(firstLine(formatSummary(deleted))).toBe('### 🧹 pr-12 of shop was deleted')
  })

  it('pruned lists every environment that was looked at, the deleted ones first, others under a fold', () => {
    const pruned: Report = {
      ...before,
      result: { outcome: 'pruned' },
      state: {
        ...emptyRunState,
        request: { ...request, operation: 'prune', env: 'pr-*', dryRun: false },
        deletedEnvironments: ['pr-7'],
        pruned: [
          { env: 'staging', action: 'kept', reason: { kind: 'pattern_mismatch' as const, pattern: 'pr-*' } },
          { env: 'pr-12', pullRequest: 12, action: 'kept', reason: { kind: 'open_pull_request' as const } },
          { env: 'pr-7', pullRequest: 7, action: 'deleted', reason: { kind: 'closed' as const } },
          {
            env: 'pr-8',
            pullRequest: 8,
            named: { repository: 'acme/shop-api', pullRequest: 8 },
            action: 'kept',
            reason: { kind: 'others' as const, claim: 'another repository', name: 'acme/shop-api#8' },
          },
          {
            env: 'pr-9',
            pullRequest: 9,
            named: { repository: 'Acme/shop', pullRequest: 13 },
            action: 'kept',
            reason: { kind: 'others' as const, claim: 'another pull request', name: 'Acme/shop#13' },
          },
        ],
      },
    }
    expect(withoutDetails(formatSummary(pruned))).toMatchInlineSnapshot(`
"### 🧹 1 preview of shop deleted, 3 kept

| environment | pull&nbsp;request | result | reason |
| --- | --- | --- | --- |
| \`pr-7\` | [\`#7\`](https://github.com/acme/shop/pull/7) | deleted | its pull request is closed |
| \`pr-12\` | [\`#12\`](https://github.com/acme/shop/pull/12) | kept | its pull request is open |
| \`pr-8\` | [\`acme/shop-api#8\`](https://github.com/acme/shop-api/pull/8) | kept | its name, \`acme/shop-api#8\`, is that of a preview of another repository |
| \`pr-9\` | [\`#13\`](https://github.com/acme/shop/pull/13) | kept | its name, \`Acme/shop#13\`, is that of a preview of another pull request |

<details><summary>1 other environment, kept: not matching <code>pr-*</code></summary>

\`staging\`

</details>"
`)
  })
})

it('a clean-up that keeps many folds them', () => {
  const pruned = Array.from({ length: 12 }, (_, index) => ({
    env: `pr-${index + 1}`,
    pullRequest: index + 1,
    action: index === 0 ? ('deleted' as const) : ('kept' as const),
    reason: { kind: 'closed' as const },
  }))
  const summary = formatSummary({
    ...before,
    result: { outcome: 'pruned' },
    state: { ...emptyRunState, request: { ...request, operation: 'prune', env: 'pr-*', dryRun: false }, pruned },
  })
  expect(summary).toContain(
    '| deleted | its pull request is closed |\n\n<details><summary>11 previews, kept</summary>\n\n| environment |',
  )
})

it('what the headline ends with is not said again below it', () => {
  const cause = 'production is of type staging, not production'
  const environment = { id: 'production', name: '', type: 'staging', status: 'active', created_at: '' }
  const wrong = word({ kind: 'wrong_type', environment, envType: 'production' })
  const summary = formatSummary({ ...before, result: { outcome: 'error', problem: wrong } })
  expect(summary.split(cause)).toHaveLength(2)
  expect(summary).toContain(`: ${cause}\n`)
  const late = formatSummary({ ...before, result: { outcome: 'timed_out', problem: wrong } })
  expect(late).toContain(`The environment ${cause}.`)
})

const ownLinks =
  /^https:\/\/(?:app\.humanitec\.io\/orgs\/acme\/|github\.com\/acme\/(?:shop|humanitec-deploy)[/#]|shop\.example\.com\/)/

const ownTags = /^(?:h3|p|a|code|pre|strong|b|table|thead|tbody|tr|th|td|ul|li|blockquote|details|summary)$/

describe('text from outside in a summary', () => {
  it(
    'adds no element, no link, no mention and no cell, and stays within the limit',
    () => {
      fc.assert(
        fc.property(hostileReport, (hostile) => {
          const summary = formatSummary({
            ...hostile,
            state: { ...hostile.state, environmentUrls: hostile.state.environmentUrls.slice(0, 1) },
          })
          const page = renderPage(summary)
          const uneven = countPipes(summary).filter(({ length }) => length !== 1)
          const headlines = page.html.match(/<h3>/g)?.length
          const found = [listForeign(page, ownTags, ownLinks), uneven, headlines, summary.isWellFormed()]
          expect(found).toEqual([[], [], 1, true])
          expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576)
        }),
      )
    },
    fuzzTimeoutMs,
  )

  it('holds no secret of the request', () => {
    expect(formatSummary(failed)).not.toContain(request.token)
    expect(workflow.actor).toBe('octocat')
  })
})
