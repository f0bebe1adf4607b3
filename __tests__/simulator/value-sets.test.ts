import { describe, expect, it } from '@jest/globals'
import { createShop, fieldsOf, listOf, path, production } from './shop.ts'

const versionsPath = `${path}/value-set-versions`

describe('value set versions', () => {
  it('are listed newest first, with what each changed and all values since', () => {
    const { ask, orchestrator } = createShop()
    const first = orchestrator.addValueSetVersion(production, { changed: { A: '1', B: '2' } })
    const second = orchestrator.addValueSetVersion(production, { comment: 'Rotate A', changed: { A: '3' } })
    expect(listOf(ask(`GET ${versionsPath}`)).map(({ id }) => id)).toEqual([second, first])
    expect(ask(`GET ${versionsPath}/${second}`)).toMatchObject({
      status: 200,
      body: {
        comment: 'Rotate A',
        created_by: 'jo@example.com',
        change: [{ op: 'add', path: '/A', value: '3' }],
        values: { A: { value: '3' }, B: { value: '2' } },
        source_value_set_version_id: first,
      },
    })
    const query = { key_changed: 'B' }
    const asked = { method: 'GET', path: versionsPath, query, token: 'simulated-service-user-token' }
    expect(listOf(orchestrator.handle(asked)).map(({ id }) => id)).toEqual([first])
  })

  it('have zeros as the newest one’s other id', () => {
    const { ask, orchestrator } = createShop()
    const zeros = `${versionsPath}/00000000-0000-0000-0000-000000000000`
    expect(ask(`GET ${zeros}`).status).toBe(404)
    const id = orchestrator.addValueSetVersion(production)
    expect(fieldsOf(ask(`GET ${zeros}`))['id']).toBe(id)
  })

  it('are told of deployments: the one asked for, or the newest', () => {
    const { ask, orchestrator, pass } = createShop()
    expect(ask(`POST ${path}/deploys`, {}).body).toMatchObject({ value_set_version_id: null })
    pass(120_000)
    const first = orchestrator.addValueSetVersion(production)
    const second = orchestrator.addValueSetVersion(production)
    const start = (more: object) => {
      const answer = ask(`POST ${path}/deploys`, more)
      pass(120_000)
      return fieldsOf(answer)['value_set_version_id'] ?? answer.status
    }
    expect(start({})).toBe(second)
    expect(start({ value_set_version_id: first })).toBe(first)
    expect(start({ value_set_version_id: 'another' })).toBe(400)
  })
})
