import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Simulator } from '../../testing/simulator/server.ts'
import { runExample } from './act.ts'
import { failure, history, listChanges, push, startShop } from './shop.ts'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startShop()
})

afterEach(() => simulator.close())

describe('examples/outputs.yml', () => {
  // Between the jobs a deployment of ten minutes goes on, for six seconds here.
  const plan = { durationMs: 600_000 }

  it('hands what the later job waited for to the next one', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/development', { history })
    simulator.orchestrator.addEnvironment('acme/shop/staging', { history, plan })
    const ran = await runExample('outputs.yml', simulator, push)
    expect(ran).toMatchObject({ exitCode: 0, jobs: { start: 'success', finish: 'success', report: 'success' } })
    expect(ran.outputs['deploy']).toMatchObject({ outcome: 'started' })
    expect(ran.outputs['wait']).toMatchObject({
      outcome: 'succeeded',
      deployment_id: ran.outputs['deploy']?.['deployment_id'],
    })
    expect(ran.printed).toMatch(/^succeeded after \d+ s: https:\/\/\S+\/deploys\/[0-9a-f]{16}$/m)
    expect(listChanges(simulator)).toEqual(['PUT shop/envs/staging/from_deploy_id', 'POST shop/envs/staging/deploys'])
  })

  it('hands over the errors of a failed one as well', async () => {
    simulator.orchestrator.addEnvironment('acme/shop/development', { history })
    simulator.orchestrator.addEnvironment('acme/shop/staging', { history, plan: { ...plan, ...failure } })
    const ran = await runExample('outputs.yml', simulator, push)
    expect(ran).toMatchObject({ exitCode: 1, jobs: { start: 'success', finish: 'failure', report: 'success' } })
    expect(ran.printed).toContain('CLD-001 web: Incorrect cloud provider credentials')
  })
})

describe('examples/notify.yml', () => {
  const startChat = async () => {
    const messages: unknown[] = []
    const server = createServer(async (request, response) => {
      messages.push(JSON.parse(await request.reduce<string>((text, chunk) => text + chunk, '')))
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    return { url, messages, close: () => new Promise((resolve) => server.close(resolve)) }
  }

  it.each([
    ['tells the chat how a deployment went wrong', failure, 1],
    ['tells the chat nothing when all went well', {}, 0],
  ])('%s', async (_, plan, count) => {
    const chat = await startChat()
    simulator.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging', history, plan })
    const ran = await runExample('notify.yml', simulator, {
      event: 'workflow_dispatch',
      secrets: { CHAT_WEBHOOK: chat.url },
    })
    await chat.close()
    expect(ran.exitCode).toBe(count)
    const url = ran.outputs['deploy']?.['deployment_url']
    expect(chat.messages).toEqual([{ text: `shop in staging: failed, errors: 1. ${url}` }].slice(0, count))
  })
})
