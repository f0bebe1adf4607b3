import { describe, expect, it } from '@jest/globals'
import { StepEndError } from '../../src/core/run/result.ts'
import { createWorld } from '../../testing/virtual/world.ts'

describe('without a way to GitHub', () => {
  const both = { pr_comment: 'true', github_deployment: 'true' }

  it.each<[string, unknown, RegExp]>([
    [
      'since there is no token',
      new StepEndError('error', { kind: 'no_connection', why: { kind: 'no_github_token' } }),
      /Leave the input out/,
    ],
    ['for whatever reason', new Error('the chunk could not be loaded'), /the chunk could not be loaded/],
  ])('%s, a deployment is what it is: warnings, no error', async (_, reason, words) => {
    const world = createWorld({ inputs: both, connectGitHub: () => Promise.reject(reason) })
    expect(await world.run()).toBe('succeeded')
    expect(world.annotations.map(({ level }) => level)).toEqual(['warning', 'warning'])
    for (const { message } of world.annotations) expect(message).toMatch(words)
  })

  it.each<[string, unknown, RegExp]>([
    [
      'since there is no token',
      new StepEndError('error', { kind: 'no_connection', why: { kind: 'no_github_token' } }),
      /Leave the input out/,
    ],
    ['for whatever reason', new Error('the chunk could not be loaded'), /the chunk could not be loaded/],
  ])('%s, a prune deletes nothing: error', async (_, reason, words) => {
    const world = createWorld({
      inputs: { operation: 'prune', env: 'pr-*', delta_id: '' },
      connectGitHub: () => Promise.reject(reason),
    })
    world.orchestrator.addEnvironment('acme/shop/pr-12', { name: 'acme/shop#12' })
    expect(await world.run()).toBe('error')
    expect(world.count('DELETE env')).toBe(0)
    expect(world.annotations.map(({ message }) => message).join()).toMatch(words)
  })
})
