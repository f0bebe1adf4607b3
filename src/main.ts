import { clock } from './adapters/clock.ts'
import { createTransport } from './adapters/http.ts'
import { createHumanitec } from './adapters/humanitec.ts'
import { createRunner, maskSecrets, readInputs, readOrigin } from './adapters/runner.ts'
import { isGoodEnd } from './core/outcome.ts'
import { createRedactor } from './core/redact.ts'
import type { Request } from './core/request.ts'
import { Cancelled } from './core/stop.ts'
import type { Humanitec } from './ports.ts'
import { finish, run, type World } from './run.ts'

const cancelledExit = 130

/** What the runner sends to cancel; SIGBREAK on Windows. `on`, not `once`: a second one would kill before the report. */
const cancel = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) process.on(signal, () => cancel.abort(new Cancelled()))

const inputs = readInputs(process.env)
const secrets = [inputs.token, inputs.github_token].filter(Boolean)
maskSecrets(secrets)

const connect = async ({ apiUrl, token, org, app }: Request): Promise<Humanitec> =>
  createHumanitec(createTransport(apiUrl, token, fetch), org, app, clock.now)

const world: World = {
  inputs,
  origin: readOrigin(process.env),
  runner: createRunner(createRedactor(secrets), process.env),
  clock,
  random: Math.random,
  startedMs: performance.timeOrigin,
  cancel: cancel.signal,
  connect,
}

const determineExit = async (): Promise<number> => {
  // Set by src/post.ts.
  if (process.argv[2] === 'finish') return finish(world, process.env['STATE_open'] ?? '').then(() => 0)
  const outcome = await run(world)
  return cancel.signal.aborted ? cancelledExit : isGoodEnd(outcome) ? 0 : 1
}

const exit = await determineExit()
// Sockets that are kept alive would hold the process for seconds.
process.stdout.write('', () => process.exit(exit))
