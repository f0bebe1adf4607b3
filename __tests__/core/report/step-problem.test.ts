import { describe, expect, it } from '@jest/globals'
import type { InputError } from '../../../src/core/inputs/request.ts'
import type { Problem } from '../../../src/core/run/outcome.ts'
import type { WorkflowContext } from '../../../src/core/run/workflow-context.ts'
import { word } from '../report-base.ts'

const dependabots: WorkflowContext = {
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

  it('of a push by Dependabot that has no token say what to do', () => {
    const token = { input: 'token', takes: 'the API token' }
    const push = { ...dependabots, eventName: 'push', isDependabotRun: true } as const
    const wordErrors = (inputErrors: readonly InputError[], workflow: WorkflowContext) =>
      word({ kind: 'input_errors', inputErrors }, { workflow })
    expect(wordErrors([inputError, token], push).remedy).toMatch(/Dependabot.*person merge.*re-run the job/)
    for (const eventName of ['create', 'deployment', 'deployment_status'])
      expect(wordErrors([token], { ...push, eventName }).remedy).toMatch(/Dependabot/)
    for (const other of [
      wordErrors([inputError], push),
      wordErrors([{ ...token, isSecret: true }], push),
      wordErrors([token], { ...push, eventName: 'pull_request_target' }),
      wordErrors([token], { ...dependabots, eventName: 'push' }),
    ])
      expect(other).not.toHaveProperty('remedy')
  })
})

it('wrong inputs of which one is wrong twice have it in one place', () => {
  const [one, other, again] = ['env', 'app', 'env'].map((input, index) => ({ input, takes: `${index}` }))
  if (!one || !other || !again) throw new Error('There are three.')
  expect(word({ kind: 'input_errors', inputErrors: [one, other, again] }).inputErrors).toEqual([one, again, other])
})

describe('no secrets', () => {
  it('for a fork says so', () => {
    const problem = word(
      { kind: 'no_secrets' },
      { workflow: { ...dependabots, pullRequest: { number: 1, title: '', isFromFork: true } } },
    )
    expect(tell(problem)).toMatch(/^Nothing was done:.*another repository.*no secrets.*push its branch/)
  })

  it('for Dependabot names it', () => {
    expect(tell(word({ kind: 'no_secrets' }, { workflow: dependabots }))).toMatch(
      /^Nothing was done: Dependabot started.*only Dependabot’s own secrets, which don’t hold the token\..*add the token/,
    )
  })
})

it('a fault of the action’s own asks for a report', () => {
  expect(tell(word({ kind: 'internal_error', message: 'x is undefined' }))).toMatch(
    /because of a bug in it: x is undefined\. Please report/,
  )
  expect(word({ kind: 'internal_error', message: 'why' }).what).toContain('because of a bug in it: why.')
})
