import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LagMeter, startLagMeter } from './lag.ts'
import { createTrust, type Trust } from './trust.ts'

/** What all runs have in common. */
export type Setting = {
  /** A copy of dist/: nobody rebuilds it while the runs go on. */
  readonly dist: string
  readonly trust: Trust
  /** A host that must never be asked anything. */
  readonly stranger: { readonly url: string; readonly requests: readonly string[] }
  readonly lag: LagMeter
  readonly close: () => void
}

/** @param source where index.js and post.js are */
export const openSetting = async (source = join(import.meta.dirname, '../../dist')): Promise<Setting> => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  const dist = join(folder, 'dist')
  cpSync(source, dist, { recursive: true })
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const lag = startLagMeter()
  return {
    dist,
    lag,
    trust: createTrust(folder),
    stranger: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests },
    close: () => {
      lag.stop()
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
