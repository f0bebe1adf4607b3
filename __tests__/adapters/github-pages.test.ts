import { describe, expect, it } from '@jest/globals'
import { createGitHub, type GitHubTransport } from '../../src/adapters/github.ts'

const limits = { timeoutMs: 5_000 }

/** GitHub that hands out these pages in turn, and records what it is asked for. */
type Paged = { readonly body: unknown; readonly link?: string }

const createPaged = (...pages: readonly Paged[]) => {
  const asked: (string | undefined)[] = []
  const transport: GitHubTransport = async ({ query }) => {
    asked.push(query?.['page'])
    const { body, link } = pages[asked.length - 1] ?? { body: [] }
    return { status: 200, body, headers: { link } }
  }
  return {
    asked,
    github: createGitHub(transport, { repository: 'acme/shop', now: () => 0, redact: (text) => text }),
  }
}

const comment = (id: number) => ({ id, user: { id: 1 }, body: `${id}` })
const list = (count: number, from: number) => Array.from({ length: count }, (_, index) => comment(from + index))
const next = '<https://api.example.com/x?page=2>; rel="next", <https://api.example.com/x?page=9>; rel="last"'
const previous = '<https://api.example.com/x?page=1>; rel="prev"'

describe('a list', () => {
  it.each<[string, number, readonly Paged[]]>([
    ['has another page where the header says so', 2, [{ body: list(3, 1), link: next }, { body: list(2, 4) }]],
    ['ends where the header names none', 1, [{ body: list(100, 1), link: previous }, { body: list(1, 101) }]],
    [
      'goes on after a full page without the header, which a proxy may have taken',
      2,
      [{ body: list(100, 1) }, { body: list(1, 101) }],
    ],
    ['ends after a page that is not full', 1, [{ body: list(99, 1) }, { body: list(1, 101) }]],
    ['ends after an empty page', 2, [{ body: list(100, 1) }, { body: [] }]],
  ])('%s', async (_, requests, pages) => {
    const { asked, github } = createPaged(...pages)
    await github.listComments(12, limits)
    expect(asked).toEqual(['1', '2'].slice(0, requests))
  })

  it('counts by what fits', async () => {
    const { github } = createPaged({ body: [null, comment(7), { body: 'no id' }, 'x'] })
    expect(await github.listComments(12, limits)).toEqual([comment(7)])
  })
})
