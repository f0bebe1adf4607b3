import { describe, expect, it } from '@jest/globals'
import { emptyRunState } from '../../../src/core/run/result.ts'
import { request, word } from '../report-base.ts'

describe('an environment', () => {
  it('that is not there names organisation, application and environment, and what makes it', () => {
    const problem = word({ kind: 'no_environment' })
    for (const name of ['acme', 'shop', 'production']) expect(problem.what).toContain(name)
    expect(problem.remedy).toContain('create_from')
    expect(problem.remedy).toContain('roles')
  })

  it('that is not there to be waited in is not one to create', () => {
    const { deltaId: _, ...common } = request
    const problem = word(
      { kind: 'no_environment' },
      { state: { ...emptyRunState, request: { ...common, operation: 'wait' } } },
    )
    expect(problem.remedy).toBe('Check org, app and env, and the token’s roles.')
  })

  it('that is being deleted is named with its place', () => {
    const environment = { id: 'production', name: '', type: '', status: 'deleting', created_at: '' }
    const problem = word({ kind: 'no_environment', environment })
    expect(problem.what).toBe('The environment production of shop in acme is being deleted.')
    expect(problem.remedy).toMatch(/^Check env\. For a preview, set create_from/)
  })

  const environment = { id: 'pr-12', name: 'acme/cart#12', type: 'development', status: 'active', created_at: '' }

  it('of another type says which it is and which it should be', () => {
    const problem = word({ kind: 'wrong_type', environment, envType: 'staging' })
    expect(problem.cause).toBe('pr-12 is of type development, not staging')
    expect(problem.remedy).toContain('env_type')
    expect(word({ kind: 'wrong_type', environment: { ...environment, type: '' }, envType: 'staging' }).cause).toBe(
      'pr-12 is of type unknown, not staging',
    )
  })

  it.each([
    [
      'another repository',
      /made for another repository.*different ids for each repository, such as env: shop-pr-12.*had that name before.*env_type/,
    ],
    ['another pull request', /made for another pull request.*Check env/],
  ] as const)('of %s says so, and how to keep apart', (claim, words) => {
    const { cause, what, remedy } = word({ kind: 'others_environment', environment, claim })
    expect(cause).toBe(`pr-12 was made for ${claim}`)
    expect(`${what} ${remedy}`).toMatch(/named acme\/cart#12/)
    expect(`${what} ${remedy}`).toMatch(words)
  })

  it('to create one from that is not there, or production, or has nothing that succeeded, is named', () => {
    expect(word({ kind: 'no_source', input: 'create_from', env: 'staging' }).what).toMatch(
      /no environment staging .*to create production from/,
    )
    expect(word({ kind: 'production_copy', from: 'live' })).toMatchObject({
      what: 'The environment live is of type production, and its copy production would be, too.',
      remedy: 'Set the type of the copy, for example env_type: development.',
    })
    expect(word({ kind: 'nothing_succeeded', env: environment.id }).cause).toBe(
      'no deployment has succeeded in pr-12 yet',
    )
  })
})
