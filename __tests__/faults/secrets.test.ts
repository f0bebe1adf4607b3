import { describe, expect, it } from '@jest/globals'
import { createSearch, createTokens, listEncodings, readRun } from '../../testing/faults/secrets.ts'

const tokens = createTokens('5eed01')
const findSecrets = createSearch(tokens)

describe('the search for secrets', () => {
  it.each([...listEncodings(tokens.humanitec), ...listEncodings(tokens.github)])('finds %j', (encoding) => {
    expect(findSecrets(`before ${encoding} after`)).toHaveLength(1)
  })

  it.each([0, 1, 2, 3, 4])('finds a token within base64, %d bytes from the front', (before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${tokens.humanitec}, and more`).toString('base64')
    expect(findSecrets(text)).toHaveLength(1)
  })

  it.each([0, 5, 12, 20])('finds a piece of a token, from character %d', (from) => {
    expect(findSecrets(`…${tokens.github.slice(from, from + 15)}…`)).toHaveLength(1)
  })

  it('tells whose it is', () => {
    expect(findSecrets(tokens.github)).toEqual([`GitHub’s token as ${tokens.github.slice(0, 14)}`])
    expect(findSecrets(tokens.humanitec)).toEqual([`Humanitec’s token as ${tokens.humanitec.slice(0, 14)}`])
  })

  it('finds nothing in what was redacted', () => {
    expect(findSecrets('Bearer ***, hct-***, cAnary')).toEqual([])
  })
})

describe('the tokens of a run', () => {
  it.each(Object.values(tokens))('tell its name: %j', (token) => {
    expect(readRun(token)).toBe('5eed01')
  })

  it.each(['', 'ghs_simulatedWorkflowToken', tokens.github.slice(0, 12)])('are no other text: %j', (text) => {
    expect(readRun(text)).toBeUndefined()
  })
})
