import { type Declared, isForGood, type TableName } from './declared.ts'
import { judgeEnd, promise } from './end.ts'
import type { FaultScenario } from './fault-scenario.ts'
import { faultScenarios } from './fault-scenarios.ts'
import { judgePatience } from './patience.ts'
import { checkPromises } from './promises.ts'
import { openRoute, type Route } from './route.ts'
import { runScenario, type ScenarioRun, startServers } from './scenario-run.ts'
import type { Setting } from './setting.ts'
import { type Site, sites } from './sites.ts'

export type FaultCase = Declared & { readonly table: TableName }

export type FaultCaseResult = {
  readonly faultCase: FaultCase
  /** What its tokens are known by. */
  readonly run: string
  readonly problems: readonly string[]
  readonly tookMs: number
  /** The machine was too busy to tell by it how the action keeps its times. */
  readonly isBusy: boolean
}

const longestRunMs = 200_000

/** A machine that is busy can be too slow for a fault to come about, or for the second of two tries: that says nothing of the action. */
const mostTries = 3
const longestLagMs = 500
/** Until the first line of the log; a tenth of it on a calm machine. */
const longestBeginMs = 3_000

/** Runs one case, again where its fault did not come about, or where it ended otherwise on a busy machine. */
export const runFaultCase = async (
  faultCase: FaultCase,
  setting: Setting,
  isUnderWay = () => {},
): Promise<FaultCaseResult> => {
  for (let tries = 1; ; tries++) {
    const result = await tryFaultCase(faultCase, setting, isUnderWay)
    const isTelling = result.problems.length === 0 || !(result.isBusy || result.problems.includes(notHit))
    if (tries === mostTries || isTelling) return result
  }
}

/** Runs one case of the matrix: the action as a runner runs it, with one fault, and holds it against what was declared. */
const tryFaultCase = async (
  faultCase: FaultCase,
  setting: Setting,
  isUnderWay: () => void,
): Promise<FaultCaseResult> => {
  const site = getSite(faultCase.site)
  const scenario: FaultScenario = faultScenarios[site.scenario]
  const promised = promise(faultCase, scenario)
  const servers = await startServers(scenario)
  const { run, simulator } = servers
  const began = performance.now()
  let lineMs = 0
  const finish = (problems: readonly string[]): FaultCaseResult => ({
    faultCase,
    run,
    problems,
    tookMs: performance.now() - began,
    isBusy: setting.lag.findLongest(began) > longestLagMs || lineMs > longestBeginMs,
  })
  const injection = {
    site,
    fault: faultCase.fault,
    isForGood: isForGood(faultCase),
    elsewhere: `${setting.stranger.url}/${run}`,
  }
  const route = await openRoute(servers, injection, setting.trust)
  try {
    const scenarioRun = await runScenario(servers, {
      scenario,
      inputs: { api_url: route.apiUrl, ...(promised.timeoutSeconds && { timeout: `${promised.timeoutSeconds}s` }) },
      variables: route.variables,
      dist: setting.dist,
      killAfterMs: longestRunMs,
      onLine: ({ text }) => {
        lineMs ||= performance.now() - began
        isUnderWay()
        route.onLine(text)
      },
    })
    const problems = [
      ...checkHit(route),
      ...judgeEnd(scenarioRun, promised, scenario),
      ...judgePatience(scenarioRun, faultCase),
      ...checkPromises(scenarioRun),
      ...checkSilence(scenarioRun),
      ...checkStranger(scenarioRun, setting),
    ]
    return finish(problems)
  } catch (error) {
    return finish([String(error)])
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

const notHit = 'the fault did not come about'

const checkHit = (route: Route): readonly string[] => (route.isHit() ? [] : [notHit])

/** A run that has come to its own end leaves its post step nothing to do. */
const checkSilence = ({ post }: ScenarioRun): readonly string[] =>
  post.stdout === '' && post.files.summary === '' ? [] : [`the post step had something to say: ${post.stdout}`]

/** A redirect that is followed arrives there, with or without the run's tokens. */
const checkStranger = ({ run }: ScenarioRun, { stranger }: Setting): readonly string[] =>
  stranger.requests.filter((request) => request.includes(run)).map((request) => `a redirect was followed: ${request}`)
