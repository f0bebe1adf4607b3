import type { ApiRequest, RequestRecord } from '../simulator/exchange.ts'
import type { StepRun } from '../simulator/runner/run-action.ts'
import type { ScenarioRun, Servers } from './scenario-run.ts'
import { createSearch, readRun } from './secrets.ts'

/** Requests that came from another run: no fault of the action, but the harness's. */
export const listStrangers = ({ simulator: { orchestrator, github }, run }: Servers): readonly string[] =>
  [...orchestrator.record, ...github.record].flatMap(({ request: { method, path, token = '' } }) =>
    isOthers(token, run)
      ? [`another run’s request reached this server: ${method} ${path} of run ${readRun(token)}`]
      : [],
  )

/** Neither token is told anywhere, and each goes to its own host alone, as `Authorization`. */
export const checkSecrets = ({ main, post, ...servers }: ScenarioRun): readonly string[] => {
  const find = createSearch(servers.tokens)
  const told = { ...listWritten('main', main), ...listWritten('post', post) }
  return [
    ...Object.entries(told).flatMap(([where, text]) => find(text).map((found) => `${found} in ${where}`)),
    ...listStrayTokens(servers),
  ]
}

/** What this run's requests tell of its tokens where they don't belong. */
export const listStrayTokens = ({ simulator: { orchestrator, github }, run, tokens }: Servers): readonly string[] => {
  const find = createSearch(tokens)
  const findIn = (host: string, record: readonly RequestRecord[], own: string) =>
    record
      .filter(({ request: { token = '' } }) => !isOthers(token, run))
      .flatMap(({ request }) =>
        find(formatSent(request, own)).map((found) => `${found} was sent to ${host}, with ${request.method}`),
      )
  return [
    ...findIn('Humanitec', orchestrator.record, tokens.humanitec),
    ...findIn('GitHub', github.record, tokens.github),
  ]
}

const isOthers = (token: string, run: string): boolean => (readRun(token) ?? run) !== run

const listWritten = (step: string, { stdout, stderr, files }: StepRun): Readonly<Record<string, string>> => ({
  [`${step}, stdout`]: withoutMasks(stdout),
  [`${step}, stderr`]: stderr,
  [`${step}, outputs`]: files.output,
  [`${step}, state`]: files.state,
  [`${step}, summary`]: files.summary,
})

const withoutMasks = (stdout: string): string => stdout.replaceAll(/^::add-mask::.*$/gm, '')

/** All of a request but the header that its host's own token belongs into. */
const formatSent = ({ path, query, headers, body, token }: ApiRequest, own: string): string => {
  const { authorization = '', ...others } = { ...headers }
  return JSON.stringify({ path, query, headers: others, body, ...(token !== own && { authorization, token }) })
}
