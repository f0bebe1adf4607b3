import { describe, expect, it } from '@jest/globals'
import { describeByDescription, violations } from '../../testing/openapi.ts'
import { workflowUser } from '../../testing/simulator/github.ts'
import {
  addFaults,
  createPreviewLife,
  fenced,
  formatMarker,
  home,
  longestLatencyMs,
  numbers,
  type PreviewLife,
  playEvents,
  repository,
} from '../preview-life.ts'

/** Of the first thousand, the half in which every bug was found that was planted to try them. */
const firstSeed = 500
const lives = 500
const atATime = 50
const fencedIds = fenced.map(({ env }) => env)

const listOwn = ({ github }: PreviewLife, number: number) =>
  github
    .inspectComments(repository, number)
    .filter(({ user, body }) => user.id === workflowUser.id && body.startsWith(formatMarker(number)))

/**
 * What a prune deletes is closed: when it sends the DELETE, its pull request is not open, or was reopened while GitHub's last
 * answer was on its way.
 */
const listWrongDeletions = ({ sentDeletions, changes }: PreviewLife): readonly string[] =>
  sentDeletions.flatMap(({ by, env, atMs }) => {
    const before = (changes.get(Number(env.replace('pr-', ''))) ?? []).filter((changeMs) => changeMs <= atMs)
    const isOpen = before.length % 2 === 1
    return by === 'prune' && isOpen && atMs - (before.at(-1) ?? 0) > longestLatencyMs ? [env] : []
  })

const playToTheEnd = async (life: PreviewLife): Promise<void> => {
  addFaults(life)
  await life.clock.run(playEvents(life))
}

/** The last closing, and everything that is still under way come to rest. */
const closeAll = async (life: PreviewLife): Promise<void> => {
  life.orchestrator.clearFaults()
  life.github.clearFaults()
  for (const number of numbers) life.setPullState(number, 'closed')
  await life.clock.run(life.clock.sleep(300_000))
}

/** Pull requests with more than one comment of ours. */
const listDoubles = (life: PreviewLife) => numbers.filter((number) => listOwn(life, number).length > 1)

const listUntouched = ({ github }: PreviewLife) =>
  numbers.flatMap((number) =>
    github
      .inspectComments(repository, number)
      .slice(0, 2)
      .map(({ body }) => body),
  )

const untouched = numbers.flatMap((number) => [`${formatMarker(number)}\nSomebody’s.`, 'Another of the workflow’s.'])

const listActiveDeployments = ({ github }: PreviewLife) =>
  github
    .inspectGitHubDeployments(repository)
    .map(({ environment, statuses }) => `${environment} ${statuses.at(-1)?.state}`)
    .filter((text) => !text.endsWith(' inactive'))

/** Compared with its seed, so that a failure names it. */
const check = (seed: number, found: unknown, expected: unknown): void => {
  expect({ seed, found }).toEqual({ seed, found: expected })
}

describe.each([...Array(lives / atATime).keys()])('lives of previews, part %d', (part) => {
  const seeds = [...Array(atATime).keys()].map((index) => firstSeed + part * atATime + index)

  it('keep what is fenced, have one environment and one comment each, and leave nothing behind', async () => {
    for (const seed of seeds) {
      const life = createPreviewLife(seed)
      await playToTheEnd(life)
      check(seed, listWrongDeletions(life), [])
      if (!life.processes.some(({ isLost }) => isLost)) check(seed, listDoubles(life), [])
      await closeAll(life)
      await life.clock.run(life.pruneAll())
      check(seed, life.orchestrator.inspectEnvironments(home), fencedIds)
      await life.clock.run(life.deleteAll())
      for (const number of numbers) {
        const bodies = listOwn(life, number).map(({ body }) => body)
        check(seed, bodies, bodies.length === 0 ? [] : [expect.stringContaining('was deleted')])
      }
      check(seed, listActiveDeployments(life), [])
      check(seed, listUntouched(life), untouched)
    }
  }, 60_000)
})

const playSome = async () => {
  const some = [1, 2, 3, 4, 5, 6].map(createPreviewLife)
  for (const life of some) await playToTheEnd(life)
  return some.flatMap(({ orchestrator }) => orchestrator.record)
}

describe('what the lives ask of Humanitec', () => {
  it('is of every kind that previews need', async () => {
    const asked = new Set((await playSome()).map(({ operation }) => operation))
    for (const operation of ['POST envs', 'DELETE env', 'GET resources', 'GET envs']) expect(asked).toContain(operation)
  })
})

describeByDescription('what the lives ask of Humanitec', () => {
  it('fits', async () => {
    const record = await playSome()
    expect(record.flatMap(({ request }) => violations(request.method, request.path, request.body))).toEqual([])
  })
})
