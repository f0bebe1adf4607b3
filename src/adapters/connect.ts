import type { Request, Variables } from '../core/inputs/request.ts'
import { determineProxy, determineReach, type Route } from '../core/network/proxy.ts'
import { StepEndError } from '../core/run/result.ts'
import type { WorkflowContext } from '../core/run/workflow-context.ts'
import type { Redact } from '../core/text/redact.ts'
import type { FileReader, GitHub, Humanitec } from '../ports.ts'
import { createTransport } from './http.ts'
import { createHumanitec } from './humanitec.ts'
import { clock } from './system.ts'

type Connections = {
  readonly connect: (request: Request) => Promise<Humanitec>
  readonly connectGitHub: (request: Request) => Promise<GitHub>
  readonly loadFileReader: () => Promise<FileReader>
}

/** The connections to both hosts, by the runner's variables, and the checkout. They reject with a `StepEndError` where there is none. */
export const createConnections = (
  variables: Variables,
  { repository, runUrl }: Pick<WorkflowContext, 'repository' | 'runUrl'>,
  redact: Redact,
): Connections => {
  const open = async (address: string, setting: string) => {
    const route = determineProxy(address, variables, process.versions.node)
    return { fetch: await chooseFetch(route), reach: determineReach({ address, setting }, route, variables) }
  }
  return {
    connect: async ({ apiUrl, token, org, app }) => {
      const transport = createTransport({ apiUrl, token, ...(await open(apiUrl, 'api_url')) })
      return createHumanitec(transport, { org, app, runUrl, now: clock.now })
    },
    connectGitHub: async ({ githubToken: token }) => {
      if (token === '') throw new StepEndError('error', { kind: 'no_connection', why: { kind: 'no_github_token' } })
      const apiUrl = variables['GITHUB_API_URL'] || 'https://api.github.com'
      const graphqlUrl = variables['GITHUB_GRAPHQL_URL'] || `${apiUrl}/graphql`
      // Octokit is as large as everything else, so it is loaded only when an input needs GitHub.
      const [github, opened] = await Promise.all([import('./github.ts'), open(apiUrl, 'GITHUB_API_URL')])
      return github.connectGitHub({ apiUrl, graphqlUrl, token, repository, redact, now: clock.now, ...opened })
    },
    loadFileReader: async () => {
      const { createFileReader } = await import('./workspace.ts')
      return createFileReader(variables['GITHUB_WORKSPACE'] ?? '')
    },
  }
}

/** That of ./proxy.ts is loaded only where a proxy needs it. Rejects with a `StepEndError` for an invalid route. */
const chooseFetch = async (route: Route): Promise<typeof fetch> => {
  if (route.kind === 'invalid') throw new StepEndError('error', { kind: 'no_connection', why: route })
  if (route.client === 'builtin') return fetch
  const { createProxyFetch } = await import('./proxy.ts')
  return createProxyFetch(route.kind === 'proxy' ? route.url : undefined)
}
