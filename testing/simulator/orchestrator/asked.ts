import type { ApiRequest } from '../exchange.ts'
import type { Visibility } from '../faults.ts'
import type { App, EnvironmentState, Grant, State } from './state.ts'

/** A request of someone who may, about an application that exists. */
export type AskedOfApp = {
  readonly world: State
  readonly grant: Grant
  readonly app: App
  /** Of a deployment, a Delta, a Set or a value set version; `''` where the path has none. */
  readonly id: string
  /** Of a pipeline, its run and its job, as far as the path names them. */
  readonly ids: readonly string[]
  readonly request: ApiRequest
  /** Each name once. */
  readonly query: Readonly<Record<string, string>>
  /** Of the Set that another one is compared with. */
  readonly sourceId: string
  readonly body: unknown
  readonly nowMs: number
  readonly visibility: Visibility | undefined
}

/** The same, about an environment that exists. */
export type Asked = AskedOfApp & { readonly environment: EnvironmentState }
