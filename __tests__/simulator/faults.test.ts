import { describe, expect, it } from '@jest/globals'
import { badGateway, type FaultAction, redirectTo, tooManyRequests } from '../../testing/simulator/faults.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { createShop, path, production } from './shop.ts'

const createStruck = () => {
  const shop = createShop()
  const start = (action?: FaultAction) =>
    shop.orchestrator.exchange(
      { method: 'POST', path: `${path}/deploys`, token: usualToken, body: { delta_id: shop.delta } },
      action,
    )
  const count = () => shop.orchestrator.inspectDeployments(production).length - 2
  return { ...shop, start, count }
}

describe('which request is hit', () => {
  const listHit = (fault: { on: string; after?: number; times?: number }) => {
    const { ask: _, orchestrator } = createShop()
    orchestrator.addFault({ ...fault, do: { kind: 'answer', status: 503 } })
    const get = (below: string) =>
      orchestrator.exchange({ method: 'GET', path: `${path}${below}`, token: usualToken }).answer?.status
    return [get(''), get('/deploys'), get('/deploys'), get('/deploys'), get('')].map((status) => status === 503)
  }

  it.each([
    ['the first of an operation', { on: 'GET deploys' }, [false, true, false, false, false]],
    ['so many of it', { on: 'GET deploys', times: 2 }, [false, true, true, false, false]],
    [
      'those after some',
      { on: 'GET deploys', after: 1, times: Number.POSITIVE_INFINITY },
      [false, false, true, true, false],
    ],
    ['any of a method', { on: 'GET *', after: 3, times: 2 }, [false, false, false, true, true]],
    ['any at all', { on: '*' }, [true, false, false, false, false]],
    ['none of another method', { on: 'POST deploys' }, [false, false, false, false, false]],
  ])('%s', (_, fault, hit) => {
    expect(listHit(fault)).toEqual(hit)
  })

  it('is decided by the first fault that fits; the next waits for the next request', () => {
    const { orchestrator } = createShop()
    orchestrator.addFault({ on: 'GET env', do: badGateway() })
    orchestrator.addFault({ on: '*', do: tooManyRequests('7') })
    const get = () => orchestrator.exchange({ method: 'GET', path, token: usualToken }).answer?.status
    expect([get(), get(), get()]).toEqual([502, 429, 200])
    orchestrator.addFault({ on: '*', do: badGateway() })
    orchestrator.clearFaults()
    expect(get()).toBe(200)
  })
})

describe('a request that a fault hits', () => {
  it.each<[string, FaultAction, number[]]>([
    ['cut, and never carried out', { kind: 'cut' }, [0, 0]],
    ['cut, and carried out before', { kind: 'cut', effectAfterMs: 0 }, [1, 1]],
    ['cut, and carried out later', { kind: 'cut', effectAfterMs: 8000 }, [0, 1]],
    ['cut within its answer', { kind: 'cut', at: 'body' }, [1, 1]],
    ['answered by a gateway', badGateway(502), [0, 0]],
    ['answered by a gateway, and carried out before', badGateway(504, 0), [1, 1]],
    ['answered by a gateway, and carried out later', badGateway(504, 3000), [0, 1]],
    ['redirected', redirectTo(307, 'http://127.0.0.1:9/'), [0, 0]],
    ['stalled after it was carried out', { kind: 'stall', at: 'headers' }, [1, 1]],
    ['stalled for ever, never carried out', { kind: 'stall', at: 'headers', effectAfterMs: 'never' }, [0, 0]],
    ['answered slowly', { kind: 'trickle', bytesPerSecond: 1 }, [1, 1]],
  ])('is %s', (_, action, [now, later]) => {
    const { start, count, pass } = createStruck()
    start(action)
    expect(count()).toBe(now)
    pass(8000)
    expect(count()).toBe(later)
  })

  it('takes effect at its own time, as what it was, when it is carried out later', () => {
    const { start, pass, orchestrator, ask, delta } = createStruck()
    const sentMs = orchestrator.record.length
    start({ kind: 'cut', effectAfterMs: 4000 })
    pass(60_000)
    expect(ask(`POST ${path}/deploys`, { delta_id: delta }).status).toBe(409)
    const [lost] = orchestrator.record.slice(sentMs)
    const [made] = orchestrator.inspectDeployments(production)
    expect(made).toMatchObject({ id: lost?.acceptedId, createdMs: (lost?.atMs ?? 0) + 4000, status: 'in progress' })
    expect(lost).toMatchObject({ operation: 'POST deploys', fault: 'cut', effectAtMs: made?.createdMs })
    expect(lost).not.toHaveProperty('status')
  })

  it('is refused late when something else came first', () => {
    const { start, count, pass, ask, delta } = createStruck()
    start({ kind: 'cut', effectAfterMs: 4000 })
    pass(2000)
    ask(`POST ${path}/deploys`, { delta_id: delta })
    pass(6000)
    expect(count()).toBe(1)
  })

  it.each<[string, FaultAction, object]>([
    [
      'another id',
      { kind: 'merge', fields: { id: '0'.repeat(16) } },
      { body: { id: '0'.repeat(16), status: 'pending' } },
    ],
    [
      'half of its body',
      { kind: 'truncate' },
      { status: 201, text: expect.stringMatching(/^\{"id":"[0-9a-f]{16}".*[^}]$/) },
    ],
    ['a page for people', { kind: 'text', text: '<html></html>' }, { status: 201, text: '<html></html>' }],
    ['a throttle', tooManyRequests('soon'), { status: 429, headers: { 'retry-after': 'soon' } }],
  ])('is answered with %s', (_, action, answer) => {
    expect(createStruck().start(action)).toMatchObject({ answer, delivery: { kind: 'whole' } })
  })

  it('has the fields replaced in every element of a list', () => {
    const { orchestrator } = createShop()
    const merge = { kind: 'merge', fields: { status: 'paused' } } as const
    const { answer } = orchestrator.exchange({ method: 'GET', path: `${path}/deploys`, token: usualToken }, merge)
    expect(answer?.body).toMatchObject([{ status: 'paused' }, { status: 'paused' }])
  })

  it('starts what is hidden at first', () => {
    const { start, ask, pass } = createStruck()
    const id = start({ kind: 'hide', foundAfterMs: 5000 }).answer?.acceptedId
    expect(ask(`GET ${path}/deploys/${id}`).status).toBe(404)
    pass(5000)
    expect(ask(`GET ${path}/deploys/${id}`).status).toBe(200)
  })
})

it('the record has every request, what was answered and what was made', () => {
  const { ask, orchestrator, delta } = createShop()
  ask(`GET ${path}`)
  const id = ask(`POST ${path}/deploys`, { delta_id: delta }).acceptedId
  orchestrator.exchange({ method: 'GET', path, token: usualToken }, { kind: 'cut' })
  expect(orchestrator.record.map(({ operation, status, acceptedId }) => [operation, status, acceptedId])).toEqual([
    ['GET env', 200, undefined],
    ['POST deploys', 201, id],
    ['GET env', undefined, undefined],
  ])
  expect(orchestrator.record[1]?.request).toMatchObject({ token: usualToken, body: { delta_id: delta } })
})
