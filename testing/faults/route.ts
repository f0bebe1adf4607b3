import { startProxy } from '../network/proxy-server.ts'
import type { Desk } from '../simulator/desk.ts'
import type { Simulator } from '../simulator/server.ts'
import { createAim, type Stroke } from './aim.ts'
import { type FaultOfList, faultList } from './fault-list.ts'
import { startGate } from './gate.ts'
import { formatEcho } from './secrets.ts'
import type { Site } from './sites.ts'
import type { World } from './trace.ts'
import { proxiedNames, type Trust } from './trust.ts'

/** How the action gets to the host that is hit, and what happens there. */
export type Route = {
  readonly apiUrl: string
  readonly variables: Readonly<Record<string, string>>
  /** Told each line of the log. */
  readonly onLine: (line: string) => void
  /** Whether the fault has come about, as far as that can be seen from here. */
  readonly isHit: () => boolean
  readonly close: () => Promise<void>
}

export const getFault = (name: string): FaultOfList => {
  const fault = faultList[name]
  if (fault) return fault
  throw new Error(`There is no fault “${name}”.`)
}

/** Sets up the fault of a cell. */
export const openRoute = async (world: World, stroke: Stroke, trust: Trust): Promise<Route> => {
  const { simulator } = world
  const { blow } = getFault(stroke.fault)
  switch (blow.by) {
    case 'answer':
      return hitByAnswer(world, stroke)
    case 'gate':
      return blow.does === 'refuse' ? refuse(simulator, stroke) : mistrust(simulator, stroke, trust)
    case 'proxy':
      return throughProxy(simulator, stroke, trust, blow.does)
    case 'name':
      return misname(simulator, stroke)
    case 'nothing':
      throw new Error(`“${stroke.fault}” can’t be done on loopback.`)
  }
}

const done = async (): Promise<void> => undefined

const direct = (simulator: Simulator): Route => ({
  apiUrl: simulator.url,
  variables: {},
  onLine: () => undefined,
  isHit: () => true,
  close: done,
})

/** Sends one of the two hosts' requests elsewhere. */
const lead = (simulator: Simulator, { site }: Stroke, url: string): Pick<Route, 'apiUrl' | 'variables'> =>
  site.service === 'humanitec'
    ? { apiUrl: url, variables: {} }
    : { apiUrl: simulator.url, variables: { GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: `${url}/graphql` } }

const misname = (simulator: Simulator, stroke: Stroke): Route => {
  const { record } = getDesk(simulator, stroke.site)
  const before = record.length
  return {
    ...direct(simulator),
    ...lead(simulator, stroke, `https://${stroke.site.service}.invalid`),
    isHit: () => record.length === before,
  }
}

const hitByAnswer = ({ simulator, tokens }: World, { site, fault, isForGood, elsewhere }: Stroke): Route => {
  const { blow } = getFault(fault)
  const desk = getDesk(simulator, site)
  if (blow.by === 'answer') {
    desk.addFault({
      on: site.operation,
      after: site.after,
      times: isForGood ? Number.POSITIVE_INFINITY : 1,
      do: blow.act({ site, elsewhere, echo: formatEcho(tokens) }),
    })
  }
  const isOn = (operation: string) => site.operation === '*' || operation === site.operation
  return { ...direct(simulator), isHit: () => desk.record.some((each) => each.fault && isOn(each.operation)) }
}

const getDesk = ({ orchestrator, github }: Simulator, { service }: Site): Desk =>
  service === 'humanitec' ? orchestrator : github

const getPort = (simulator: Simulator, { service }: Site): number =>
  Number(new URL(simulator.origins[service].url).port)

/** Where the log says nothing of a request that was never sent, the time must do. */
const longestRefusalMs = 2_500

const refuse = async (simulator: Simulator, stroke: Stroke): Promise<Route> => {
  const { site, isForGood } = stroke
  const gate = await startGate({ targetPort: getPort(simulator, site), refusedFrom: site.position })
  let timer: NodeJS.Timeout | undefined
  const watch = setInterval(() => {
    if (isForGood || timer || gate.connections() + 1 < site.position) return
    timer = setTimeout(gate.open, longestRefusalMs)
  }, 20)
  return {
    ...direct(simulator),
    ...lead(simulator, stroke, `http://127.0.0.1:${gate.port}`),
    onLine: (line) => {
      if (!isForGood && line.includes('ECONNREFUSED')) gate.open()
    },
    // Without a refusal, the next one would have come while nobody listened.
    isHit: () => (isForGood ? gate.connections() === site.position - 1 : gate.connections() >= site.position),
    close: async () => {
      clearInterval(watch)
      clearTimeout(timer)
      await gate.close()
    },
  }
}

const mistrust = async (simulator: Simulator, stroke: Stroke, { good, bad, file }: Trust): Promise<Route> => {
  const aim = createAim(simulator, stroke, true)
  const gate = await startGate({
    targetPort: getPort(simulator, stroke.site),
    chooseCertificate: () => (aim.isDue() ? bad : good),
  })
  const { apiUrl, variables } = lead(simulator, stroke, `https://127.0.0.1:${gate.port}`)
  return {
    ...direct(simulator),
    apiUrl,
    variables: { ...variables, NODE_EXTRA_CA_CERTS: file },
    isHit: () => aim.hits() > 0,
    close: gate.close,
  }
}

const throughProxy = async (
  simulator: Simulator,
  stroke: Stroke,
  { good, file }: Trust,
  does: 407 | 'close' | 'stall',
): Promise<Route> => {
  const { site } = stroke
  const gate = await startGate({ targetPort: getPort(simulator, site), chooseCertificate: () => good })
  const aim = createAim(simulator, stroke)
  const proxy = await startProxy({
    targetPort: gate.port,
    // Asked for each CONNECT.
    get onConnect() {
      return aim.isDue() ? does : 'tunnel'
    },
  })
  const { apiUrl, variables } = lead(simulator, stroke, `https://${proxiedNames[site.service]}`)
  const address = `http://127.0.0.1:${proxy.port}`
  return {
    ...direct(simulator),
    apiUrl,
    variables: { ...variables, NODE_EXTRA_CA_CERTS: file, https_proxy: address },
    isHit: () => aim.hits() > 0,
    close: async () => {
      await proxy.close()
      await gate.close()
    },
  }
}
