import type { Declared, TableName } from './declared.ts'
import { judgeEnd, promise } from './end.ts'
import { type Journey, journeys } from './journeys.ts'
import { judgePatience } from './patience.ts'
import { checkPromises } from './promises.ts'
import { openRoute, type Route } from './route.ts'
import type { Setting } from './setting.ts'
import { type Site, sites } from './sites.ts'
import { openWorld, runJourney, type Trace } from './trace.ts'

export type Cell = Declared & { readonly table: TableName }

export type CellResult = {
  readonly cell: Cell
  /** What its tokens are known by. */
  readonly run: string
  readonly problems: readonly string[]
  readonly tookMs: number
}

const longestRunMs = 200_000

/** Runs one cell of the matrix: the action as a runner runs it, with one fault, and holds it against what was declared. */
export const runCell = async (cell: Cell, setting: Setting, isUnderWay = () => {}): Promise<CellResult> => {
  const site = getSite(cell.site)
  const journey: Journey = journeys[site.journey]
  const promised = promise(cell, journey)
  const world = await openWorld(journey)
  const { run, simulator } = world
  const began = performance.now()
  const stroke = {
    site,
    fault: cell.fault,
    isForGood: cell.table === 'forGood',
    elsewhere: `${setting.stranger.url}/${run}`,
  }
  const route = await openRoute(world, stroke, setting.trust)
  try {
    const trace = await runJourney(world, {
      journey,
      inputs: { api_url: route.apiUrl, ...(promised.timeoutSeconds && { timeout: `${promised.timeoutSeconds}s` }) },
      variables: route.variables,
      dist: setting.dist,
      killAfterMs: longestRunMs,
      onLine: ({ text }) => {
        isUnderWay()
        route.onLine(text)
      },
    })
    const problems = [
      ...checkHit(route),
      ...judgeEnd(trace, promised, journey),
      ...judgePatience(trace, cell),
      ...checkPromises(trace),
      ...checkSilence(trace),
      ...checkStranger(trace, setting),
    ]
    return { cell, run, problems, tookMs: performance.now() - began }
  } catch (error) {
    return { cell, run, problems: [String(error)], tookMs: performance.now() - began }
  } finally {
    await route.close()
    await simulator.close()
  }
}

const getSite = (name: string): Site => {
  const found = sites[name]
  if (found) return { ...found, name }
  throw new Error(`There is no request “${name}”.`)
}

const checkHit = (route: Route): readonly string[] => (route.isHit() ? [] : ['the fault did not come about'])

/** A run that has come to its own end leaves its post step nothing to do. */
const checkSilence = ({ post }: Trace): readonly string[] =>
  post.stdout === '' && post.files.summary === '' ? [] : [`the post step had something to say: ${post.stdout}`]

/** A redirect that is followed arrives there, with or without the run's tokens. */
const checkStranger = ({ run }: Trace, { stranger }: Setting): readonly string[] =>
  stranger.requests.filter((request) => request.includes(run)).map((request) => `a redirect was followed: ${request}`)
