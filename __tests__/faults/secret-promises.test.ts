import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { journeys } from '../../testing/faults/journeys.ts'
import { listStrangers, listStrayTokens } from '../../testing/faults/secret-promises.ts'
import { createTokens } from '../../testing/faults/secrets.ts'
import { openWorld, type World } from '../../testing/faults/trace.ts'

type Server = 'orchestrator' | 'github'

describe('what two servers were sent', () => {
  let world: World

  beforeEach(async () => {
    world = await openWorld(journeys.deploy)
  })

  afterEach(() => world.simulator.close())

  const ask = async (server: Server, token: string, scheme = 'Bearer', query = '') => {
    const { url, githubUrl } = world.simulator
    await fetch(`${server === 'github' ? githubUrl : url}/orgs/acme${query}`, {
      headers: { authorization: `${scheme} ${token}` },
    })
  }

  const tell = () => [...listStrangers(world), ...listStrayTokens(world)]

  it('is fine with each token at its own host', async () => {
    await ask('orchestrator', world.tokens.humanitec)
    await ask('github', world.tokens.github)
    await ask('github', world.tokens.github, 'token')
    expect(tell()).toEqual([])
  })

  it.each([
    ['github', 'humanitec', 'Humanitec’s', 'GitHub'],
    ['orchestrator', 'github', 'GitHub’s', 'Humanitec'],
  ] as const)('is an alarm at %s with the token for %s', async (server, owner, whose, host) => {
    await ask(server, world.tokens[owner])
    expect(tell()).toEqual([expect.stringMatching(`^${whose} token as .* was sent to ${host}, with GET$`)])
  })

  it('is an alarm in another scheme, too', async () => {
    await ask('github', Buffer.from(`x:${world.tokens.humanitec}`).toString('base64'), 'Basic')
    expect(tell()).toEqual([expect.stringContaining('Humanitec’s token as')])
  })

  it('is an alarm with the own token in an address', async () => {
    await ask('github', world.tokens.github, 'Bearer', `?t=${encodeURIComponent(world.tokens.github)}`)
    expect(tell()).toEqual([expect.stringContaining('GitHub’s token as')])
  })

  it.each([
    ['github', 'humanitec'],
    ['github', 'github'],
    ['orchestrator', 'humanitec'],
    ['orchestrator', 'github'],
  ] as const)('is the harness’s own mistake at %s with another run’s token for %s', async (server, owner) => {
    await ask(server, createTokens('0ther1')[owner])
    expect(tell()).toEqual(['another run’s request reached this server: GET /orgs/acme of run 0ther1'])
  })
})
