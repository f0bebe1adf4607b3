import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { faultScenarios } from '../../testing/faults/fault-scenarios.ts'
import { type Servers, startServers } from '../../testing/faults/scenario-run.ts'
import { listStrangers, listStrayTokens } from '../../testing/faults/secret-promises.ts'
import { createTokens } from '../../testing/faults/secrets.ts'

type Server = 'orchestrator' | 'github'

describe('what two servers were sent', () => {
  let servers: Servers

  beforeEach(async () => {
    servers = await startServers(faultScenarios.deploy)
  })

  afterEach(() => servers.simulator.close())

  const ask = async (server: Server, token: string, scheme = 'Bearer', query = '') => {
    const { url, githubUrl } = servers.simulator
    await fetch(`${server === 'github' ? githubUrl : url}/orgs/acme${query}`, {
      headers: { authorization: `${scheme} ${token}` },
    })
  }

  const tell = () => [...listStrangers(servers), ...listStrayTokens(servers)]

  it('is fine with each token at its own host', async () => {
    await ask('orchestrator', servers.tokens.humanitec)
    await ask('github', servers.tokens.github)
    await ask('github', servers.tokens.github, 'token')
    expect(tell()).toEqual([])
  })

  it.each([
    ['github', 'humanitec', 'Humanitec’s', 'GitHub'],
    ['orchestrator', 'github', 'GitHub’s', 'Humanitec'],
  ] as const)('is an alarm at %s with the token for %s', async (server, owner, whose, host) => {
    await ask(server, servers.tokens[owner])
    expect(tell()).toEqual([expect.stringMatching(`^${whose} token as .* was sent to ${host}, with GET$`)])
  })

  it('is an alarm in another scheme, too', async () => {
    await ask('github', Buffer.from(`x:${servers.tokens.humanitec}`).toString('base64'), 'Basic')
    expect(tell()).toEqual([expect.stringContaining('Humanitec’s token as')])
  })

  it('is an alarm with the own token in an address', async () => {
    await ask('github', servers.tokens.github, 'Bearer', `?t=${encodeURIComponent(servers.tokens.github)}`)
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
