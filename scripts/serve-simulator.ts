/** For a workflow: starts the simulator in the background, and writes its address, a token and Deltas to the step's outputs. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { usualToken } from '../testing/simulator/orchestrator.ts'
import { startSimulator } from '../testing/simulator/server.ts'

const longestLifeMs = 600_000

const serve = async (): Promise<void> => {
  const simulator = await startSimulator({ speed: 50 })
  simulator.orchestrator.addEnvironment('acme/shop/production', {
    type: 'production',
    history: [{ agoSeconds: 86_400, durationSeconds: 150, status: 'succeeded' }],
  })
  process.send?.({
    url: simulator.url,
    token: usualToken,
    good_delta: simulator.orchestrator.addDelta('acme/shop'),
    bad_delta: simulator.orchestrator.addDelta('acme/shop', { refusal: 'The Delta does not fit.' }),
  })
  setTimeout(() => process.exit(), longestLifeMs)
}

const startInBackground = async (): Promise<void> => {
  const child = spawn(process.execPath, [import.meta.filename, 'serve'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [outputs] = (await once(child, 'message')) as [Record<string, string>]
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`)
  appendFileSync(process.env['GITHUB_OUTPUT'] ?? '/dev/stdout', lines.join(''))
  child.disconnect()
  child.unref()
}

await (process.argv[2] === 'serve' ? serve() : startInBackground())
