import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from '@jest/globals'
import { usualToken } from '../../testing/simulator/orchestrator.ts'
import { type Simulator, startSimulator } from '../../testing/simulator/server.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const inputs = { org: 'acme', app: 'shop', env: 'production', token: usualToken, redeploy: 'true' }

let simulator: Simulator
afterEach(() => simulator.close())

/** The action's sources as a process, sent a signal whenever `onStart` says so. */
const runWithSignals = async (send: (kill: (signal: NodeJS.Signals) => void) => void) => {
  simulator = await startSimulator()
  const folder = mkdtempSync(join(tmpdir(), 'signals-'))
  const output = join(folder, 'output')
  writeFileSync(output, '')
  simulator.orchestrator.addEnvironment('acme/shop/production', {
    history: [{ agoSeconds: 3600, durationSeconds: 60, status: 'succeeded' }],
  })
  simulator.orchestrator.addFault({ on: 'POST deploys', do: { kind: 'stall', at: 'headers', ms: 700 } })
  const given = Object.entries({ ...inputs, api_url: simulator.url })
  const child = spawn(process.execPath, [main], {
    env: {
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      GITHUB_OUTPUT: output,
    },
    stdio: 'ignore',
  })
  const isSent = () => simulator.orchestrator.record.some(({ operation }) => operation === 'POST deploys')
  const watch = setInterval(() => {
    if (!isSent()) return
    clearInterval(watch)
    send((signal) => child.kill(signal))
  }, 5)
  const exit = await new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)))
  const outputs = readFileSync(output, 'utf8')
  rmSync(folder, { recursive: true })
  return { exit, outputs, startedId: simulator.orchestrator.record.find(({ acceptedId }) => acceptedId)?.acceptedId }
}

it('signals that come again and again do not kill it: the start in flight keeps its id', async () => {
  const {
    exit,
    outputs,
    startedId = 'none',
  } = await runWithSignals((kill) => {
    kill('SIGINT')
    setTimeout(() => kill('SIGINT'), 50)
    setTimeout(() => kill('SIGTERM'), 100)
    setTimeout(() => kill('SIGTERM'), 150)
  })
  expect(exit).toBe(130)
  expect(outputs).toContain(startedId)
  expect(outputs).toMatch(/outcome<<(\S+)\ncancelled\n\1/)
})
