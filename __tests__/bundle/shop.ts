import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { delta } from '../../testing/example.ts'
import type { RequestRecord } from '../../testing/simulator/exchange.ts'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import type { LogLine } from '../../testing/simulator/runner/log.ts'
import { type ActionRun, type ActionStep, runAction } from '../../testing/simulator/runner/run-action.ts'
import { type Simulator, startSimulator } from '../../testing/simulator/server.ts'

export const production = 'acme/shop/production'

export const usualInputs = {
  org: 'acme',
  app: 'shop',
  env: 'production',
  token: usualToken,
  delta_id: delta,
  poll_interval: '1s',
}

export type Visit = {
  readonly run: ActionRun
  /** `POST deploys`, in order. */
  readonly operations: readonly string[]
  readonly record: readonly RequestRecord[]
  readonly simulator: Simulator
}

type Shop = { readonly simulator: Simulator; readonly earlierIds: readonly string[] }

/**
 * An orchestrator with two environments and a past, where every deployment is over at the first poll unless `prepare` says
 * otherwise; closed when `visit` is done.
 */
export const openShop = async <Result>(visit: (shop: Shop) => Promise<Result>): Promise<Result> => {
  const simulator = await startSimulator({ speed: 1000, acceptsAnyDelta: true })
  simulator.orchestrator.addEnvironment('acme/shop/staging', { type: 'staging' })
  simulator.orchestrator.addEnvironment(production, { type: 'production' })
  const history = [3600, 7200].map((agoSeconds) => ({ agoSeconds, durationSeconds: 120, status: 'succeeded' as const }))
  simulator.orchestrator.seedHistory('acme/shop/staging', history)
  const earlierIds = simulator.orchestrator.seedHistory(production, history)
  try {
    return await visit({ simulator, earlierIds })
  } finally {
    await simulator.close()
  }
}

/** Runs one step there. `inputs` beside the usual ones; `''` takes one away. */
export const runInShop = (
  context: Partial<ActionStep> = {},
  prepare: (shop: Shop) => Partial<ActionStep> | undefined = () => undefined,
): Promise<Visit> =>
  openShop(async (shop) => {
    const { simulator } = shop
    const prepared = prepare(shop)
    const run = await runAction({
      simulator,
      ...context,
      ...prepared,
      inputs: { ...usualInputs, ...context.inputs, ...prepared?.inputs },
    })
    const { record } = simulator.orchestrator
    return { run, record, operations: record.map(({ operation }) => operation), simulator }
  })

const distFolder = join(import.meta.dirname, '../../dist')

export const listDist = (): readonly (readonly [file: string, content: string])[] =>
  readdirSync(distFolder).map((file) => [file, readFileSync(join(distFolder, file), 'utf8')])

/** The built files alone in a folder of their own, but for those that `isLeftOut` names. */
export const withCopiedDist = async <Result>(
  isLeftOut: (file: string, content: string) => boolean,
  use: (dist: string) => Promise<Result>,
): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    for (const [file, content] of listDist()) {
      if (!isLeftOut(file, content)) writeFileSync(join(folder, file), content)
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the log's lines are, but for those that only debug logging shows. */
export const listKinds = (log: readonly LogLine[]): readonly string[] =>
  log.map(({ kind }) => kind).filter((kind) => kind !== 'debug')

export const countOf = (operations: readonly string[], operation: string): number =>
  operations.filter((each) => each === operation).length
