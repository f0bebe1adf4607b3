import { describe, expect, it } from '@jest/globals'
import type { Problem } from '../../../src/core/run/outcome.ts'
import { word } from '../report-base.ts'

/** What a person reads of it. */
const tell = ({ what, remedy = '' }: Problem): string => `${what} ${remedy}`

describe('wrong inputs', () => {
  const inputError = { input: 'env', got: 'Prod', takes: 'a name' }

  it('are counted, and handed on', () => {
    expect(word({ kind: 'input_errors', inputErrors: [inputError] })).toEqual({
      what: 'One input is wrong; nothing was done.',
      inputErrors: [inputError],
    })
    expect(word({ kind: 'input_errors', inputErrors: [inputError, { input: 'app', takes: 'a name' }] }).what).toBe(
      '2 inputs are wrong; nothing was done.',
    )
  })
})

it('wrong inputs of which one is wrong twice have it in one place', () => {
  const [one, other, again] = ['env', 'app', 'env'].map((input, index) => ({ input, takes: `${index}` }))
  if (!one || !other || !again) throw new Error('There are three.')
  expect(word({ kind: 'input_errors', inputErrors: [one, other, again] }).inputErrors).toEqual([one, again, other])
})

describe('no secrets', () => {
  const workflow = {
    eventName: 'pull_request',
    repository: 'acme/shop',
    runUrl: '',
    attempt: 1,
    job: 'deploy',
    step: '__humanitec',
    actor: 'dependabot[bot]',
    sha: '',
    ref: '',
    commitTitle: '',
  }

  it('for a fork says so', () => {
    const problem = word(
      { kind: 'no_secrets' },
      { workflow: { ...workflow, pullRequest: { number: 1, title: '', isFromElsewhere: true } } },
    )
    expect(tell(problem)).toMatch(/another repository.*no secrets.*push its branch/)
  })

  it('for Dependabot names it', () => {
    expect(tell(word({ kind: 'no_secrets' }, { workflow }))).toMatch(
      /dependabot\[bot\].*no secrets.*Dependabot’s own secrets/,
    )
  })
})

it('a fault of the action’s own asks for a report', () => {
  expect(tell(word({ kind: 'own_fault', message: 'x is undefined' }))).toMatch(
    /fault of its own: x is undefined\. Please report/,
  )
  expect(word({ kind: 'own_fault', message: 'why' }).what).toContain('fault of its own: why.')
})
