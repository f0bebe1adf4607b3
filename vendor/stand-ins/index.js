/**
 * Stands in for `@actions/exec`, `@actions/http-client` and `undici` (`overrides` in package.json), which
 * `@actions/core` and `@actions/github` load on import for what this action never asks of them. Node's own
 * `fetch` serves as undici's; no proxy agent is made, since Octokit is given a `fetch`. See docs/decisions.md.
 */
export const { fetch } = globalThis

const notBundled = () => {
  throw new Error('Not part of this bundle: see vendor/stand-ins')
}

export class HttpClient {
  getAgent() {}
  getAgentDispatcher() {}
  getJson = notBundled
}

export class BearerCredentialHandler {}

export const getExecOutput = notBundled
