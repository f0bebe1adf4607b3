import { createConnections } from './adapters/connect.ts'
import { createRunner, maskSecrets, readInputs, readWorkflowContext } from './adapters/runner.ts'
import { clock, sha256hex } from './adapters/system.ts'
import { findTlsWarning, listProxySecrets } from './core/network/proxy.ts'
import { isGoodEnd } from './core/run/outcome.ts'
import { product } from './core/run/product.ts'
import { CancelledError } from './core/run/result.ts'
import { createRedactor } from './core/text/redact.ts'
import { createWriter } from './core/text/writer.ts'
import { createPlainRunner } from './operations/context.ts'
import { run } from './run.ts'
import type { World } from './world.ts'

const cancelledExit = 130

/** What the runner sends to cancel; SIGBREAK on Windows. `on`, not `once`: a second one would kill before the report. */
const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) process.on(signal, () => cancel.abort(new CancelledError()))

// Without this, an output that is closed would end the process with an error.
process.stdout.on('error', () => undefined)

const inputs = readInputs(process.env)

const secrets = [inputs.token, inputs.github_token, ...listProxySecrets(process.env)]
maskSecrets(secrets)

const redact = createRedactor(secrets)

const writer = createWriter(redact)

const runner = createRunner(writer, process.env)

const workflow = readWorkflowContext(process.env)

const plain = createPlainRunner(runner, writer)
plain.debug(`${product.name} ${product.version} on Node ${process.versions.node}`)

const tlsWarning = findTlsWarning(process.env)
if (tlsWarning) plain.annotate(tlsWarning)

const world: World = {
  inputs,
  workflow,
  runner,
  clock,
  random: Math.random,
  sha256hex,
  startedMs: performance.timeOrigin,
  cancel: cancel.signal,
  writer,
  ...createConnections(process.env, workflow, redact),
}

const zero = () => 0

const finishOpen = async (): Promise<void> => {
  const { finish } = await import('./post-step.ts')
  await finish(world, process.env['STATE_open'] ?? '')
}

const runToExitCode = async (): Promise<number> => {
  // Set by src/post.ts.
  if (process.argv[2] === 'finish') return finishOpen().then(zero, zero)
  const outcome = await run(world)
  return cancel.signal.aborted ? cancelledExit : isGoodEnd(outcome) ? 0 : 1
}

const exit = await runToExitCode()

// Sockets that are kept alive would hold the process for seconds.
process.stdout.write('', () => process.exit(exit))
