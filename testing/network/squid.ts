import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Driver, Network, ProxyKind } from './proxy-matrix.ts'

const program = '/usr/sbin/squid'
const certificateMaker = '/usr/lib/squid/security_file_certgen'

/** squid as Debian's package squid-openssl installs it, each time with a configuration of its own. */
export const squid: Driver & { readonly program: string } = {
  program,
  kinds: ['tunnels', 'down', 'password', 'forbids', 'inspects'],
  host: (port) => `api.humanitec.test:${port}`,
  start: async (kind, network) => {
    const folder = mkdtempSync(join(tmpdir(), 'squid-'))
    const port = await findFreePort()
    writeFileSync(join(folder, 'conf'), formatConfiguration({ folder, port, kind, network }).join('\n'))
    // Started as root, squid goes on as another user, who has to write here.
    spawnSync('chmod', ['-R', 'a+rwX', folder])
    const child = kind === 'down' ? undefined : spawn(program, ['-N', '-f', join(folder, 'conf')], { stdio: 'ignore' })
    if (child) await waitForPort(port)
    return {
      port,
      stop: async () => {
        if (child) await stop(child)
        const log = kind === 'down' ? '' : readFileSync(join(folder, 'access'), 'utf8')
        rmSync(folder, { recursive: true })
        return log.split('\n').filter((line) => line.startsWith('CONNECT ')).length
      },
    }
  },
}

type Setup = {
  readonly folder: string
  readonly port: number
  readonly kind: ProxyKind
  readonly network: Network
}

/** squid's documentation, "Squid configuration directives", version 5. */
const formatConfiguration = (setup: Setup): readonly string[] => {
  const { folder, port, kind } = setup
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 api.humanitec.test\n')
  return [
    `http_port 127.0.0.1:${port}${kind === 'inspects' ? ` ssl-bump generate-host-certificates=on tls-cert=${folder}/company.pem` : ''}`,
    ...(kind === 'inspects' ? formatInspection(setup) : []),
    ...(kind === 'password' ? formatPassword(folder) : []),
    `http_access ${kind === 'forbids' ? 'deny' : 'allow'} ${kind === 'password' ? 'known' : 'all'}`,
    `hosts_file ${folder}/hosts`,
    'dns_nameservers 127.0.0.1',
    'logformat method %rm %ru %>Hs',
    `access_log stdio:${folder}/access method`,
    `cache_log ${folder}/cache.log`,
    `coredump_dir ${folder}`,
    'pid_filename none',
    'pinger_enable off',
    'cache deny all',
    'shutdown_lifetime 0 seconds',
    '',
  ]
}

const formatInspection = ({ folder, network: { company, trusted } }: Setup): readonly string[] => {
  writeFileSync(join(folder, 'company.pem'), company.cert + company.key)
  writeFileSync(join(folder, 'trusted.pem'), trusted.cert)
  spawnSync(certificateMaker, ['-c', '-s', join(folder, 'made'), '-M', '4MB'])
  return [
    `sslcrtd_program ${certificateMaker} -s ${folder}/made -M 4MB`,
    'sslcrtd_children 1',
    `tls_outgoing_options cafile=${folder}/trusted.pem`,
    'acl start at_step SslBump1',
    'ssl_bump peek start',
    'ssl_bump bump all',
  ]
}

/** The helper reads a line with user and password for each question; whether they come percent-encoded depends on the version. */
const helper = `#!/bin/sh
while read -r line; do
  case $line in 'robot p@ss' | 'robot p%40ss') echo OK ;; *) echo ERR ;; esac
done
`

const formatPassword = (folder: string): readonly string[] => {
  const path = join(folder, 'helper')
  writeFileSync(path, helper)
  chmodSync(path, 0o755)
  return [`auth_param basic program ${path}`, 'auth_param basic children 1', 'acl known proxy_auth REQUIRED']
}

const findFreePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const waitForPort = async (port: number): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.unref().end()
    })
    if (isOpen) return
    await sleep(50)
  }
  throw new Error(`Nothing listens on port ${port}.`)
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill()
  })
