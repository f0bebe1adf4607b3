import { describe, expect, it } from '@jest/globals'
import { formatChangeBlocks, formatTableWithin } from '../../../src/core/report/changes.ts'
import { formatComment } from '../../../src/core/report/comment.ts'
import type { Change } from '../../../src/core/set-diff.ts'
import { base, endWith, lines, request } from '../report-base.ts'

const image: Change = {
  workload: 'web',
  kind: 'image',
  name: 'main',
  change: 'changed',
  from: 'ghcr.io/acme/shop:1',
  to: 'ghcr.io/acme/shop:2',
}
const web = { workload: 'web', container: 'main', from: image.from, to: image.to }
const worker = { workload: 'worker', container: 'main', from: 'worker:1', to: 'worker:1' }
const planRequest = { ...request, dryRun: true }

describe('what changed, in the summary', () => {
  it('is a table, the images that stay the same, and what it is compared with', () => {
    const blocks = formatChangeBlocks(
      endWith('succeeded', { changes: [image], images: [web, worker], comparison: { base } }),
    )
    expect(blocks).toEqual([
      'worker: `worker:1`, unchanged',
      expect.stringContaining('| web · image | `shop:1` | `shop:2` |'),
      expect.stringMatching(
        /^Compared with \[`17609cfa`\]\(.*\/envs\/production\/deploys\/17609cf.*\), deployed 2 days ago\.$/,
      ),
    ])
  })

  it('is the images that were asked for, where nothing more is known', () => {
    expect(formatChangeBlocks(endWith('started', { images: [web, worker] }))).toEqual([
      'web: `shop:1` → `shop:2` · worker: `worker:1`, unchanged',
    ])
  })

  it('is compared with another environment by name and link', () => {
    const [, line] = formatChangeBlocks(
      endWith('succeeded', { changes: [image], comparison: { base, env: 'staging' } }),
    )
    expect(line).toMatch(/\/envs\/staging\/deploys\/.*, deployed to staging 2 days ago\.$/)
  })

  it('says that nothing was there before', () => {
    expect(formatChangeBlocks(endWith('succeeded', { comparison: {} }))).toEqual([
      'There was no successful deployment before: all of it is new.',
    ])
  })

  it('says why it is not known, harmlessly', () => {
    const comparison = { unread: 'GET /x: 404 <b>@octocat</b>' }
    const [line = ''] = formatChangeBlocks(endWith('succeeded', { comparison }))
    expect(line).toBe('What changed could not be read: GET /x: 404 `<b>@octocat</b>`.')
  })

  it('is nothing where nothing was compared', () => {
    expect(formatChangeBlocks(endWith('succeeded'))).toEqual([])
  })

  it('is one line in place of a table that a comment can’t hold', () => {
    const changes = Array.from({ length: 90 }, (_, index) => ({
      ...image,
      workload: `${index}`,
      from: 'x'.repeat(290),
      to: 'y'.repeat(290),
    }))
    expect(formatTableWithin(endWith('planned', { changes }), 'summary')).toContain('| --- |')
    expect(formatTableWithin(endWith('planned', { changes }), 'comment')).not.toContain('| --- |')
  })
})

describe('a plan', () => {
  const planned = (changes: readonly Change[]) =>
    endWith('planned', { request: planRequest, changes, comparison: { base } })

  it('has a comment of its own', () => {
    expect(formatComment(planned([image]))?.split('\n')).toEqual(
      expect.arrayContaining([
        '<!-- humanitec-deploy-plan:acme/shop/production -->',
        '📝 **Deploying this would change shop in production**',
        'web: `shop:1` → `shop:2`',
        '<details><summary>All changes</summary>',
        expect.stringMatching(/^Compared with .*, the latest successful deployment\. · \[log\]/),
      ]),
    )
  })

  it('may change nothing', () => {
    const comment = formatComment(planned([]))
    expect(comment).toContain('**Deploying this would not change shop in production**')
    expect(comment).not.toContain('<details>')
  })
})

describe('what changed, in the log', () => {
  it.each<[boolean, readonly Change[], string]>([
    [false, [image], 'Changed, compared with 17609cfa, deployed 2 days ago:'],
    [true, [image], 'Would change, compared with 17609cfa, the latest successful deployment:'],
    [true, [], 'Nothing would change, compared with 17609cfa, the latest successful deployment'],
  ])('is told against its base (a plan: %j)', (dryRun, changes, line) => {
    const event = { kind: 'changes', request: { ...request, dryRun }, changes, comparison: { base } } as const
    expect(lines(event)[0]).toBe(line)
    expect(lines(event)).toHaveLength(1 + changes.length)
  })

  it('is a line where it could not be read', () => {
    const comparison = { unread: 'the timeout passed first' }
    expect(lines({ kind: 'changes', request, changes: [], comparison })).toEqual([
      'What changed could not be read: the timeout passed first',
    ])
  })
})
