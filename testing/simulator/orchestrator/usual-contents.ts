import type { DeltaContents } from './delta-contents.ts'
import type { JsonObject } from './delta-patches.ts'
import type { SetContents } from './set-contents.ts'

/** Begins every value that only a Set's own readers may see: where it turns up in a log or a page, something has leaked. */
export const canary = 'CANARY-'

/** Many Sets share these: what is frozen is hashed once. */
const freeze = <Value extends object>(value: Value): Value => {
  for (const below of Object.values(value)) if (typeof below === 'object') freeze(below)
  return Object.freeze(value)
}

const describeContainer = (name: string) =>
  freeze({
    id: 'main',
    image: `ghcr.io/acme/${name}:1.0.0`,
    command: [`${canary}${name}-command`],
    args: [`--key=${canary}${name}-argument`],
    variables: {
      DATABASE_URL: `postgres://\${externals.db.host}/${canary}${name}-database`,
      LOG_LEVEL: `${canary}${name}-log-level`,
    },
    files: { [`/etc/${name}/config.yaml`]: { mode: '0644', value: `secret: ${canary}${name}-file` } },
    resources: { limits: { cpu: '0.5', memory: '256Mi' }, requests: { cpu: '0.1', memory: '64Mi' } },
  })

const describeModule = (name: string, own: JsonObject) =>
  freeze({
    profile: 'humanitec/default-module',
    spec: { containers: { main: describeContainer(name) }, ...own },
    externals: {
      db: { type: 'postgres', class: 'default', params: { name: `${canary}${name}-parameter` } },
      files: { type: 's3', params: { bucket: `${canary}${name}-bucket` } },
    },
  })

const web = describeModule('web', {
  service: { ports: { http: { container_port: 8080, protocol: 'TCP', service_port: 80 } } },
})
const worker = describeModule('worker', { replicas: 2 })

/** What an application has that nothing else is said of: two workloads of one container each, and a shared resource. */
export const usualContents: SetContents = freeze({
  modules: { web, worker },
  shared: { dns: { type: 'dns', params: { subdomain: `${canary}shared-parameter` } } },
  workloads: {},
})

const nothing: DeltaContents['workloads'] = freeze({ add: {}, remove: [], update: {} })
const shared = Object.entries(usualContents.shared).map(([id, value]) => ({
  op: 'add' as const,
  path: `/${id}`,
  value,
}))

/**
 * A Delta of which nothing but its id is said: the usual contents whole, as a conversion of Score files gives them, with an
 * image of its own for `web`. It fits every Set, and an environment without one.
 */
export const describeUsualDelta = (deltaId: string): DeltaContents => {
  const main = { ...web.spec.containers.main, image: `ghcr.io/acme/web:${deltaId}` }
  const changed = { ...web, spec: { ...web.spec, containers: { main } } }
  return { modules: { ...nothing, add: { web: changed, worker } }, shared, workloads: nothing }
}
