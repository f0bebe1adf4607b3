import { expect, it } from '@jest/globals'
import { canary } from '../../testing/simulator/orchestrator/usual-contents.ts'
import { createWorld } from '../../testing/virtual/world.ts'

it('a Set that is cut off on its way is not quoted: it holds contents', async () => {
  const world = createWorld({ inputs: { delta_id: '', images: 'web=ghcr.io/acme/web:2.0.0', timeout: '3m' } })
  world.orchestrator.addFault({ on: 'GET set', times: Number.POSITIVE_INFINITY, do: { kind: 'truncate' } })
  expect(await world.run()).toBe('timed_out')
  const told = [...world.log, ...world.annotations.map(({ message }) => message), ...world.summaries].join('\n')
  expect(told).toContain('a Set was expected')
  expect(told).not.toContain(canary)
})
