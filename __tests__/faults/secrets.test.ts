import { describe, expect, it } from '@jest/globals'
import { findSecrets, githubToken, humanitecToken, listEncodings } from '../../faults/secrets.ts'

describe('the search for secrets', () => {
  it.each([...listEncodings(humanitecToken), ...listEncodings(githubToken)])('finds %j', (encoding) => {
    expect(findSecrets(`before ${encoding} after`)).toHaveLength(1)
  })

  it.each([0, 1, 2, 3, 4])('finds a token within base64, %d bytes from the front', (before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${humanitecToken}, and more`).toString('base64')
    expect(findSecrets(text)).toHaveLength(1)
  })

  it.each([0, 5, 12])('finds a piece of a token, from character %d', (from) => {
    expect(findSecrets(`…${githubToken.slice(from, from + 15)}…`)).toHaveLength(1)
  })

  it('tells whose it is', () => {
    expect(findSecrets(humanitecToken, ['GitHub'])).toEqual([])
    expect(findSecrets(humanitecToken, ['Humanitec'])).toEqual([`Humanitec’s token as ${humanitecToken.slice(0, 14)}`])
  })

  it('finds nothing in what was redacted', () => {
    expect(findSecrets('Bearer ***, hct-***, cAnary')).toEqual([])
  })
})
