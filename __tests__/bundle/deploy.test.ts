import { expect, it } from '@jest/globals'
import { outputNames } from '../../src/core/report/outputs.ts'
import { countOf, production, runInShop, withCopiedDist } from './shop.ts'

const followed = ['GET deploys', 'GET deploy', 'GET resources']

/** What is read beside and behind a deployment: its order on real sockets says nothing. */
const beside = ['GET runtime', 'GET diff', 'GET set']
const listOwn = (operations: readonly string[]): readonly string[] =>
  operations.filter((each) => !beside.includes(each))
const listBeside = (operations: readonly string[]): readonly string[] =>
  operations.filter((each) => beside.includes(each)).toSorted()
/** Two looks at the workloads; the Sets, where they differ. */
const changed = ['GET diff', 'GET runtime', 'GET runtime', 'GET set', 'GET set']

/** A second and more for each in this file: two processes of Node, and a poll after a real second or several. */
it.concurrent('deploys from an empty folder, with nothing in the environment but a runner’s variables', async () => {
  const { run, operations } = await withCopiedDist(
    () => false,
    (dist) => runInShop({ dist }),
  )
  expect(run).toMatchObject({ exit: 0, stderr: '', strayFiles: [], outputs: { outcome: 'succeeded' } })
  expect(run.post).toMatchObject({ exit: 0, stdout: '', stderr: '', summary: '', strayFiles: [] })
  expect(listOwn(operations)).toEqual(['GET env', 'POST deploys', ...followed])
})

it.concurrent.each([
  ['a Delta', {}, ['GET env', 'POST deploys', ...followed]],
  ['the same again', { delta_id: '', redeploy: 'true' }, ['GET env', 'POST deploys', ...followed]],
  [
    'another environment’s state',
    { delta_id: '', from_env: 'staging' },
    ['GET env', 'GET env', 'PUT from_deploy_id', 'POST deploys', ...followed],
  ],
  [
    'a Delta on another environment’s state',
    { from_env: 'staging' },
    ['GET env', 'GET env', 'PUT from_deploy_id', 'POST deploys', ...followed],
  ],
  ['a Delta, not waited for', { wait: 'false' }, ['GET env', 'POST deploys']],
])('starts once: %s', async (_, inputs, expected) => {
  const { run, operations } = await runInShop({ inputs })
  expect(run.exit).toBe(0)
  expect(listOwn(operations)).toEqual(expected)
})

it.concurrent('starts once: an earlier deployment’s state', async () => {
  const { run, operations } = await runInShop({}, ({ earlierIds }) => ({
    inputs: { delta_id: '', from_deploy_id: earlierIds[1] ?? '' },
  }))
  expect(run.exit).toBe(0)
  expect(listOwn(operations)).toEqual(['GET env', 'PUT from_deploy_id', 'POST deploys', ...followed])
})

it.concurrent('starts once: a Set', async () => {
  const { run, operations } = await runInShop({}, ({ simulator }) => ({
    inputs: { delta_id: '', set_id: simulator.orchestrator.inspectDeployments(production)[0]?.setId ?? '' },
  }))
  expect(run.exit).toBe(0)
  expect(listOwn(operations)).toEqual(['GET env', 'POST deploys', ...followed])
})

it.concurrent('reads each Set once, and looks at the workloads twice', async () => {
  const { operations } = await runInShop()
  expect(listBeside(operations)).toEqual(changed)
})

it.concurrent('starts once where another deployment is waited for', async () => {
  const { run, operations } = await runInShop({ inputs: { on_conflict: 'wait' } }, ({ simulator }) => {
    simulator.orchestrator.startElsewhere(production, { plan: { durationMs: 600_000 } })
  })
  expect(run.exit).toBe(0)
  expect(countOf(operations, 'POST deploys')).toBe(1)
  expect(countOf(operations, 'PUT from_deploy_id')).toBe(0)
})

it.concurrent('starts nothing where another deployment is active', async () => {
  const { run, operations } = await runInShop({}, ({ simulator }) => {
    simulator.orchestrator.startElsewhere(production, { plan: { durationMs: 3_600_000 } })
  })
  expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'error' } })
  // By its id once more: the environment can be behind.
  expect(operations).toEqual(['GET env', 'GET deploy'])
})

it.concurrent('follows a deployment that was started elsewhere, and starts none', async () => {
  const { run, operations } = await runInShop({ inputs: { operation: 'wait', delta_id: '' } }, ({ simulator }) => {
    simulator.orchestrator.startElsewhere(production)
  })
  expect(run).toMatchObject({ exit: 0, outputs: { outcome: 'succeeded' } })
  expect(countOf(operations, 'POST deploys')).toBe(0)
})

it.concurrent('reads the deployment by the id that the start was answered with', async () => {
  const { run, record } = await runInShop()
  const started = record.find(({ operation }) => operation === 'POST deploys')?.acceptedId
  const polls = record.filter(({ operation }) => operation === 'GET deploy')
  expect(run.outputs).toMatchObject({ deployment_id: started })
  expect(polls.map(({ request }) => request.path.split('/').at(-1))).toEqual([started])
})

it.concurrent('sets every output at its end', async () => {
  const { run } = await runInShop()
  expect(Object.keys(run.outputs).sort()).toEqual([...outputNames].sort())
})

it.concurrent('tells the errors of a failed deployment', async () => {
  const error = {
    scope: 'workload',
    object_id: 'modules.web',
    code: 'CLD-001',
    summary: 'Provider error',
    message: 'No.',
  }
  const { run, operations } = await runInShop({}, ({ simulator }) => {
    simulator.orchestrator.planNext(production, { status: 'failed', errors: [error] })
  })
  expect(listOwn(operations)).toEqual(['GET env', 'POST deploys', 'GET deploys', 'GET deploy', 'GET errors'])
  expect(listBeside(operations)).toEqual(changed)
  expect(run).toMatchObject({ exit: 1, outputs: { outcome: 'failed', status: 'failed', error_count: '1' } })
  expect(JSON.parse(run.outputs['errors'] ?? '')).toEqual([{ ...error, error_type: '' }])
  expect(run.log.filter(({ kind }) => kind === 'error')).toHaveLength(2)
  expect(run.summary).toContain('CLD-001')
})
