import type { Fault } from './faults.ts'
import { createGitHub, type GitHub, type GitHubOptions } from './github.ts'
import { createOrchestrator, type Orchestrator, type OrchestratorOptions } from './orchestrator.ts'
import { type Certificate, type Origin, startOrigin } from './origin.ts'

export type SimulatorOptions = Omit<OrchestratorOptions, 'now'> & {
  /** The computer's clock by default. */
  readonly now?: () => number
  readonly github?: Omit<GitHubOptions, 'now'>
  readonly faults?: readonly Fault[]
  readonly githubFaults?: readonly Fault[]
  /** Serves the orchestrator by TLS. */
  readonly certificate?: Certificate
}

export type Simulator = {
  /** For `api_url`: the orchestrator's origin and path prefix. */
  readonly url: string
  /** GitHub's REST API; GraphQL is at `/graphql` below it, and both as on GitHub Enterprise Server below `/api`. */
  readonly githubUrl: string
  readonly orchestrator: Orchestrator
  readonly github: GitHub
  /** The two hosts, to take them out of reach and back. */
  readonly origins: { readonly humanitec: Origin; readonly github: Origin }
  close(): Promise<void>
}

/** Serves the orchestrator and GitHub on two free ports of 127.0.0.1: a token that is sent to the wrong one is seen there. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { now = Date.now, faults = [], githubFaults = [], certificate } = options
  const orchestrator = createOrchestrator({ ...options, now })
  const github = createGitHub({ ...options.github, now })
  faults.forEach(orchestrator.addFault)
  githubFaults.forEach(github.addFault)
  const humanitecOrigin = await startOrigin(orchestrator, certificate)
  const githubOrigin = await startOrigin(github)
  return {
    url: `${humanitecOrigin.url}${options.pathPrefix ?? ''}`,
    githubUrl: githubOrigin.url,
    orchestrator,
    github,
    origins: { humanitec: humanitecOrigin, github: githubOrigin },
    close: async () => {
      await Promise.all([humanitecOrigin.close(), githubOrigin.close()])
    },
  }
}
