import { describe, expect, it } from '@jest/globals'
import { approvalBefore, deployJobs } from '../../testing/simulator/orchestrator/pipeline-shapes.ts'
import { createWorld, place, type WorldOptions } from '../../testing/virtual/world.ts'

const repository = 'acme/shop'
const pullRequest = { number: 12, title: 'Add a feature', isFromFork: false }
const question = 'Deploy to production?'

/** A pipeline that asks for an approval, and an environment whose newest deployment came through it. */
const createHeld = async (
  plan: NonNullable<Parameters<ReturnType<typeof createWorld>['orchestrator']['planPipeline']>[1]>,
  options: WorldOptions = {},
) => {
  const world = createWorld({
    inputs: { github_deployment: 'true', pr_comment: 'true', ...options.inputs },
    workflow: { eventName: 'pull_request', pullRequest },
  })
  world.github.addPull(repository, { number: 12 })
  world.orchestrator.planPipeline(repository, plan)
  world.orchestrator.startRunElsewhere(place, { comment: 'before', jobs: deployJobs() })
  await world.clock.run(world.clock.sleep(300_000))
  const patches = () =>
    world.github.record.flatMap(({ operation, request }) =>
      operation === 'PATCH comment' ? [(request.body as { readonly body: string }).body] : [],
    )
  const states = () =>
    world.github.inspectGitHubDeployments(repository).flatMap(({ statuses }) => statuses.map(({ state }) => state))
  return { ...world, patches, states }
}

const jobs = approvalBefore({ message: question, approvedAfterMs: 600_000 })

describe('an approval that is waited for', () => {
  it.each([
    ['before there is a deployment', { jobs, answer: 'empty' }],
    ['with a deployment that stays pending', { jobs, isDeploymentMadeAtOnce: true }],
  ] as const)('%s: the GitHub Deployment is queued, and goes on when it is given', async (_, plan) => {
    const world = await createHeld(plan)
    expect(await world.run()).toBe('succeeded')
    expect(world.states()).toEqual(['in_progress', 'queued', 'in_progress', 'success'])
  })

  it('stands in the comment, with who may give it and the run, and no longer when it is given', async () => {
    const world = await createHeld({ jobs, answer: 'empty' })
    expect(await world.run()).toBe('succeeded')
    const [waiting, going, end] = world.patches()
    expect(waiting).toContain('is being deployed to production')
    expect(waiting).toContain(`Waiting for an approval: “${question}”; anyone who may deploy to production may approve`)
    expect(waiting).toContain(`](${world.outputs['pipeline_run_url']})`)
    expect(going).not.toContain('approval')
    expect(end).toContain('✅')
    expect(world.patches()).toHaveLength(3)
  })

  it('stands in each line of a deployment that is pending, and no end is expected of it', async () => {
    const world = await createHeld({ jobs, isDeploymentMadeAtOnce: true })
    expect(await world.run()).toBe('succeeded')
    const asked = world.log.findIndex((line) => line.includes(question))
    const pending = world.log.slice(asked).filter((line) => line.includes('pending'))
    expect(pending.length).toBeGreaterThan(10)
    expect(pending.filter((line) => !/ {2}pending · waiting for an approval$/.test(line))).toEqual([])
  })

  it.each([
    ['the timeout', '5m', 'timed_out'],
    ['a signal', '1h', 'cancelled'],
  ] as const)('is named at the end by %s, also with a deployment that is pending', async (_, timeout, outcome) => {
    const world = await createHeld({ jobs, isDeploymentMadeAtOnce: true }, { inputs: { timeout } })
    if (outcome === 'cancelled') void world.clock.sleep(240_000).then(world.cancel)
    expect(await world.run()).toBe(outcome)
    expect(world.annotations.at(-1)?.message).toContain(`It waits for an approval: “${question}”`)
    expect(world.summaries.join()).toContain(question)
  })

  it('changes nothing where GitHub refuses to show it', async () => {
    const world = await createHeld({ jobs, answer: 'empty' })
    world.github.addFault({ on: 'POST statuses', after: 1, do: { kind: 'answer', status: 422 } })
    world.github.addFault({ on: 'PATCH comment', do: { kind: 'cut' } })
    expect(await world.run()).toBe('succeeded')
    expect(world.states()).toEqual(['in_progress', 'in_progress', 'success'])
    expect(world.annotations.filter(({ level }) => level === 'warning')).toEqual([])
  })

  it('is left to the end where it is given before GitHub has been told', async () => {
    const short = approvalBefore({ message: question, approvedAfterMs: 90_000 })
    const world = await createHeld({ jobs: short, answer: 'empty' })
    world.github.addFault({ on: 'POST deployments', do: { kind: 'stall', at: 'headers', ms: 9_000 } })
    expect(await world.run()).toBe('succeeded')
    expect(world.states().at(-1)).toBe('success')
  })
})
