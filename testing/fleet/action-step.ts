import { sha256hex } from '../../src/adapters/hash.ts'
import { createHumanitec } from '../../src/adapters/humanitec.ts'
import { inputNames, type RawInputs } from '../../src/core/inputs/request.ts'
import { createWriter } from '../../src/core/text/writer.ts'
import type { Runner } from '../../src/ports.ts'
import { run } from '../../src/run.ts'
import { workflow } from '../simulation/place.ts'
import { createRandom } from '../simulator/chance.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import { connectStep, type FleetApi, nameEnvironment } from './api.ts'

const emptyInputs = Object.fromEntries(inputNames.map((name) => [name, ''])) as RawInputs
const delta = '4a6330d5e1f20b7c9d8e4a6330d5e1f20b7c9d8e'

/** Nobody reads what ten thousand steps say; all of it is made all the same. */
const silentRunner: Runner = {
  info: () => undefined,
  debug: () => undefined,
  group: () => undefined,
  annotate: () => undefined,
  setOutput: () => undefined,
  saveState: () => undefined,
  appendSummary: () => true,
}

/** One step of a workflow: the whole action, from its inputs to its report. True when it ends green. */
export const runActionStep = async (api: FleetApi, index: number, timeoutMs: number): Promise<boolean> => {
  const transport = connectStep(api)
  const { clock } = api
  const outcome = await run({
    inputs: {
      ...emptyInputs,
      org: 'acme',
      app: 'shop',
      env: nameEnvironment(index),
      token: usualToken,
      delta_id: delta,
      timeout: `${timeoutMs / 1000}`,
    },
    workflow: { ...workflow, runUrl: `https://github.com/acme/shop/actions/runs/${7001 + index}` },
    runner: silentRunner,
    clock,
    random: createRandom(index ^ 0xf1ee7),
    sha256hex,
    startedMs: clock.now(),
    cancel: new AbortController().signal,
    writer: createWriter((text) => text),
    connect: async ({ org, app }) => createHumanitec(transport, { org, app, now: clock.now }),
    connectGitHub: () => Promise.reject(new Error('Nothing here asks for GitHub.')),
    loadFileReader: () => Promise.reject(new Error('Nothing here names a file.')),
  })
  return outcome === 'succeeded'
}
