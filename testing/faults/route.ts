import { startProxy } from '../network/proxy-server.ts'
import type { RequestLog } from '../simulator/request-log.ts'
import type { Simulator } from '../simulator/server.ts'
import { faultList, type ListedFault } from './fault-list.ts'
import { startGate } from './gate.ts'
import type { Servers } from './scenario-run.ts'
import { formatEcho } from './secrets.ts'
import type { Site } from './sites.ts'
import { createTarget, type Injection } from './target.ts'
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

export const getFault = (name: string): ListedFault => {
  const fault = faultList[name]
  if (fault) return fault
  throw new Error(`There is no fault “${name}”.`)
}

/** Sets up the fault of a case. */
export const openRoute = async (servers: Servers, injection: Injection, trust: Trust): Promise<Route> => {
  const { simulator } = servers
  const { source } = getFault(injection.fault)
  switch (source.by) {
    case 'answer':
      return hitByAnswer(servers, injection)
    case 'gate':
      return source.does === 'refuse' ? refuse(simulator, injection) : mistrust(simulator, injection, trust)
    case 'proxy':
      return throughProxy(simulator, injection, trust, source.does)
    case 'name':
      return misname(simulator, injection)
    case 'nothing':
      throw new Error(`“${injection.fault}” can’t be done on loopback.`)
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
const lead = (simulator: Simulator, { site }: Injection, url: string): Pick<Route, 'apiUrl' | 'variables'> =>
  site.service === 'humanitec'
    ? { apiUrl: url, variables: {} }
    : { apiUrl: simulator.url, variables: { GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: `${url}/graphql` } }

const misname = (simulator: Simulator, injection: Injection): Route => {
  const { record } = getRequestLog(simulator, injection.site)
  const before = record.length
  return {
    ...direct(simulator),
    ...lead(simulator, injection, `https://${injection.site.service}.invalid`),
    isHit: () => record.length === before,
  }
}

const hitByAnswer = ({ simulator, tokens }: Servers, { site, fault, isForGood, elsewhere }: Injection): Route => {
  const { source } = getFault(fault)
  const requestLog = getRequestLog(simulator, site)
  if (source.by === 'answer') {
    requestLog.addFault({
      on: site.operation,
      after: site.after,
      times: isForGood ? Number.POSITIVE_INFINITY : 1,
      do: source.act({ site, elsewhere, echo: formatEcho(tokens) }),
    })
  }
  const isOn = (operation: string) => site.operation === '*' || operation === site.operation
  return { ...direct(simulator), isHit: () => requestLog.record.some((each) => each.fault && isOn(each.operation)) }
}

const getRequestLog = ({ orchestrator, github }: Simulator, { service }: Site): RequestLog =>
  service === 'humanitec' ? orchestrator : github

const getPort = (simulator: Simulator, { service }: Site): number =>
  Number(new URL(simulator.origins[service].url).port)

/** Where the log says nothing of a request that was never sent, the time must do. */
const longestRefusalMs = 2_500

const refuse = async (simulator: Simulator, injection: Injection): Promise<Route> => {
  const { site, isForGood } = injection
  const gate = await startGate({ targetPort: getPort(simulator, site), refusedFrom: site.position })
  let timer: NodeJS.Timeout | undefined
  const watch = setInterval(() => {
    if (isForGood || timer || gate.connections() + 1 < site.position) return
    timer = setTimeout(gate.open, longestRefusalMs)
  }, 20)
  return {
    ...direct(simulator),
    ...lead(simulator, injection, `http://127.0.0.1:${gate.port}`),
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

const mistrust = async (simulator: Simulator, injection: Injection, { good, bad, file }: Trust): Promise<Route> => {
  const target = createTarget(simulator, injection, true)
  const gate = await startGate({
    targetPort: getPort(simulator, injection.site),
    chooseCertificate: () => (target.isDue() ? bad : good),
  })
  const { apiUrl, variables } = lead(simulator, injection, `https://127.0.0.1:${gate.port}`)
  return {
    ...direct(simulator),
    apiUrl,
    variables: { ...variables, NODE_EXTRA_CA_CERTS: file },
    isHit: () => target.hits() > 0,
    close: gate.close,
  }
}

const throughProxy = async (
  simulator: Simulator,
  injection: Injection,
  { good, file }: Trust,
  does: 407 | 'close' | 'stall',
): Promise<Route> => {
  const { site } = injection
  const gate = await startGate({ targetPort: getPort(simulator, site), chooseCertificate: () => good })
  const target = createTarget(simulator, injection)
  const proxy = await startProxy({
    targetPort: gate.port,
    // Asked for each CONNECT.
    get onConnect() {
      return target.isDue() ? does : 'tunnel'
    },
  })
  const { apiUrl, variables } = lead(simulator, injection, `https://${proxiedNames[site.service]}`)
  const address = `http://127.0.0.1:${proxy.port}`
  return {
    ...direct(simulator),
    apiUrl,
    variables: { ...variables, NODE_EXTRA_CA_CERTS: file, https_proxy: address },
    isHit: () => target.hits() > 0,
    close: async () => {
      await proxy.close()
      await gate.close()
    },
  }
}
