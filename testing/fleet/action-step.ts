import type { Runner } from '../../src/ports.ts'
import { run } from '../../src/run.ts'
import { delta } from '../example.ts'
import { workflow } from '../simulation/place.ts'
import { createRandom } from '../simulator/chance.ts'
import { usualToken } from '../simulator/orchestrator.ts'
import { createStepWorld } from '../virtual/virtual-step.ts'
import { connectStep, type FleetApi, nameEnvironment } from './api.ts'

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
  const { clock } = api
  const outcome = await run(
    createStepWorld({
      inputs: {
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
      cancel: new AbortController().signal,
      humanitec: connectStep(api),
    }),
  )
  return outcome === 'succeeded'
}
