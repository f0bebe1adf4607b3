import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  formatComment,
  formatDeletedComment,
  formatDeployingComment,
  formatMarker,
} from '../../../src/core/report/comment.ts'
import type { Outcome } from '../../../src/core/run/outcome.ts'
import { emptyRunState } from '../../../src/core/run/result.ts'
import { fuzzTimeoutMs } from '../hostile.ts'
import { hostileReport } from '../hostile-report.ts'
import { countPipes, listForeign, renderPage } from '../rendered-page.ts'
import {
  endWith,
  error,
  failed,
  failedDeployment,
  report,
  request,
  runningDeployment,
  workflow,
  writer,
} from '../report-base.ts'

const preview = { ...request, env: 'pr-12', createFrom: 'staging' }

describe('the comment', () => {
  it('is found by its first line', () => {
    expect(formatMarker(preview)).toBe('<!-- humanitec-deploy:acme/shop/pr-12 -->')
    expect(formatComment(report)?.split('\n', 1)).toEqual(['<!-- humanitec-deploy:acme/shop/production -->'])
  })

  it('while the deployment goes on', () => {
    expect(formatDeployingComment(preview, { workflow, writer })).toMatchInlineSnapshot(`
"<!-- humanitec-deploy:acme/shop/pr-12 -->

**shop preview is being deployed** · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) · [log](https://github.com/acme/shop/actions/runs/7001)
"
`)
  })

  it('of a commit that nobody knows', () => {
    const ready = endWith('succeeded', { request: preview })
    expect(formatComment({ ...ready, workflow: { ...workflow, sha: '' } })).toContain('Deployed in 2 min 42 s · [log]')
  })

  it('when the preview is ready', () => {
    expect(
      formatComment(endWith('succeeded', { request: preview, environmentUrls: ['https://pr-12.shop.example.com'] })),
    ).toMatchInlineSnapshot(`
"<!-- humanitec-deploy:acme/shop/pr-12 -->

✅ **shop preview is ready** · **[pr-12.shop.example.com](https://pr-12.shop.example.com/)**

Deployed commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) in 2 min 42 s · [log](https://github.com/acme/shop/actions/runs/7001) · [Humanitec](https://app.humanitec.io/orgs/acme/apps/shop/envs/pr-12/deploys/9f2c01ab5d7e3f88)
"
`)
  })

  it('when it is no preview that was deployed', () => {
    expect(formatComment(report)).toContain('✅ **shop is deployed to production**\n\nDeployed commit [`f5a2c1d`]')
  })

  it('after a failure has the first five errors', () => {
    const errors = Array.from({ length: 7 }, (_, index) => ({
      ...error,
      object_id: index < 3 ? 'checkout' : 'cart',
      code: `RES-${index}`,
    }))
    expect(formatComment(endWith('failed', { deployment: failedDeployment, errors }))).toMatchInlineSnapshot(`
"<!-- humanitec-deploy:acme/shop/production -->

❌ **shop was not deployed to production: 7 errors in 2 workloads**

Failed after 48 s · [Deployment \`9f2c01ab\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88) · Delta \`4a6330d\` on \`17609cfa\` · commit [\`f5a2c1d\`](https://github.com/acme/shop/commit/f5a2c1d0b9e8f7a6c5d4e3b2a1908f7e6d5c4b3a) by octocat · [log](https://github.com/acme/shop/actions/runs/7001)

**checkout** (3)

| error&nbsp;code | description | message |
| --- | --- | --- |
| \`RES-0\` | Driver parameters invalid | 'ip_address', 'ipv6_address' or 'name' should be specified |
| \`RES-1\` | Driver parameters invalid | 'ip_address', 'ipv6_address' or 'name' should be specified |
| \`RES-2\` | Driver parameters invalid | 'ip_address', 'ipv6_address' or 'name' should be specified |

**cart** (2 of 4)

| error&nbsp;code | description | message |
| --- | --- | --- |
| \`RES-3\` | Driver parameters invalid | 'ip_address', 'ipv6_address' or 'name' should be specified |
| \`RES-4\` | Driver parameters invalid | 'ip_address', 'ipv6_address' or 'name' should be specified |

… and 2 more errors · [log](https://github.com/acme/shop/actions/runs/7001)

The latest successful deployment here is [\`17609cfa\`](https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/17609cfafa5d5cb8), 2 days ago. [To go back](https://github.com/acme/humanitec-deploy#rollback), deploy with this in place of \`delta_id\`:

\`\`\`text
from_deploy_id: 17609cfafa5d5cb8
\`\`\`
"
`)
  })

  it('after a failure of a preview says so', () => {
    const end = endWith('failed', { request: preview, deployment: failedDeployment, errors: [error, error] })
    expect(formatComment(end)).toContain('-->\n\n❌ **shop preview failed: 2 errors in checkout**\n\nFailed after')
  })

  it('after a failure of a preview says what runs there still and where, not how production is rolled back', () => {
    const facts = { request: preview, deployment: failedDeployment, errors: [error] }
    const comment = formatComment(endWith('failed', facts)) ?? ''
    expect(comment).toContain(
      'The latest successful deployment may still be running there: [`17609cfa`](https://app.humanitec.io/orgs/acme/apps/shop/envs/pr-12/deploys/17609cfafa5d5cb8), deployed 2 days ago',
    )
    expect(comment).not.toMatch(/go back|from_deploy_id|rollback/)
    const url = 'https://pr-12.shop.example.com'
    expect(formatComment(endWith('failed', { ...facts, environmentUrls: [url] }))).toContain(
      ', deployed 2 days ago · **[pr-12.shop.example.com](https://pr-12.shop.example.com/)**',
    )
  })

  it('after the first deployment of a new preview failed says that nothing runs there', () => {
    const facts = {
      request: preview,
      deployment: failedDeployment,
      errors: [error],
      history: [],
      environmentCreated: true,
    }
    expect(formatComment(endWith('failed', facts))).toContain('Nothing was deployed there before.')
    expect(formatComment(endWith('failed', { ...facts, environmentCreated: false }))).not.toMatch(
      /there before|run there/,
    )
  })

  it('after a failure of a preview in a workload of a hostile name has no links', () => {
    const errors = [{ ...error, object_id: '[x](https://evil.example) @octocat' }]
    const comment = formatComment(endWith('failed', { request: preview, deployment: failedDeployment, errors })) ?? ''
    expect(comment).toContain('1 error in `[x](https://evil.example`) `@octocat`')
    expect(renderPage(comment).links.join()).not.toContain('evil')
  })

  it('after a failure keeps long messages short', () => {
    const errors = [{ ...error, message: `first\n${'x'.repeat(100_000)}` }]
    expect(formatComment(endWith('failed', { deployment: failedDeployment, errors }))).toContain('| first … |')
  })

  it.each<[Outcome, string]>([
    ['timed_out', '⌛ **Timed out after 30 min while shop was being deployed to production**'],
    ['cancelled', '🛑 **Cancelled while shop was being deployed to production**'],
    ['unknown', '❓ **It is not known whether shop is being deployed to production**'],
    ['error', '❌ **The deployment of shop to production could not be followed**'],
    ['started', '🚀 **shop is being deployed to production**'],
  ])('after %s says what happened and what to do', (outcome, headline) => {
    const comment = formatComment(
      endWith(outcome, { deployment: runningDeployment }, { what: 'This happened.', remedy: 'Do that.' }),
    )
    expect(comment).toContain(`-->\n\n${headline}\n\n[Deployment`)
    expect(comment).toContain('This happened.\n\n**Next:** Do that.')
  })

  it('after the end of the environment', () => {
    expect(formatDeletedComment(preview, writer)).toBe(
      '<!-- humanitec-deploy:acme/shop/pr-12 -->\n\nThe shop preview was deleted.\n',
    )
    expect(formatComment(endWith('deleted'))).toBe(formatDeletedComment(request, writer))
  })

  it('is none while the inputs are wrong', () => {
    expect(formatComment({ ...failed, state: emptyRunState })).toBeUndefined()
  })
})

const ownLinks =
  /^https:\/\/(?:app\.humanitec\.io\/orgs\/acme\/|github\.com\/acme\/(?:shop|humanitec-deploy)[/#]|shop\.example\.com\/)/

const ownTags = /^(?:p|a|code|pre|strong|table|thead|tbody|tr|th|td|ul|li|blockquote|details|summary)$/

describe('text from outside in a comment', () => {
  it(
    'adds no element, no link, no mention and no cell, and stays within the limit',
    () => {
      fc.assert(
        fc.property(hostileReport, (hostile) => {
          const environmentUrls = hostile.state.environmentUrls.slice(0, 1)
          const comment = formatComment({ ...hostile, state: { ...hostile.state, environmentUrls } }) ?? ''
          const page = renderPage(comment)
          const uneven = countPipes(comment).filter(({ length }) => length !== 1)
          expect([listForeign(page, ownTags, ownLinks), uneven]).toEqual([[], []])
          expect(comment.length).toBeLessThanOrEqual(60_000)
        }),
      )
    },
    fuzzTimeoutMs,
  )

  it('of any length stays within the limit', () => {
    const long = '<|@_'.repeat(50_000)
    const errors = Array(9).fill({
      ...error,
      code: long,
      summary: long,
      message: long,
      object_id: long,
      error_type: long,
    })
    const remarks = Array(100).fill({ kind: 'base_of_others', id: long })
    const worst = endWith(
      'failed',
      { deployment: { ...failedDeployment, id: long, delta_id: long }, errors, remarks },
      { what: long, remedy: long },
    )
    const comment = formatComment(worst) ?? ''
    expect(comment.length).toBeLessThanOrEqual(60_000)
    expect(comment.length).toBeGreaterThan(10_000)
  })
})
