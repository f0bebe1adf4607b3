import type { DeltaContents } from './delta-contents.ts'
import type { JsonObject } from './delta-patches.ts'
import type { SetContents } from './set-contents.ts'

/** Begins every value that only a Set's own readers may see: where it turns up in a log or a page, something has leaked. */
export const canary = 'CANARY-'

const describeContainer = (name: string, image: string): JsonObject => ({
  id: 'main',
  image,
  command: [`${canary}${name}-command`],
  args: [`--key=${canary}${name}-argument`],
  variables: {
    DATABASE_URL: `postgres://\${externals.db.host}/${canary}${name}-database`,
    LOG_LEVEL: `${canary}${name}-log-level`,
  },
  files: { [`/etc/${name}/config.yaml`]: { mode: '0644', value: `secret: ${canary}${name}-file` } },
  resources: { limits: { cpu: '0.5', memory: '256Mi' }, requests: { cpu: '0.1', memory: '64Mi' } },
})

const describeModule = (name: string, image: string, own: JsonObject = {}): JsonObject => ({
  profile: 'humanitec/default-module',
  spec: { containers: { main: describeContainer(name, image) }, ...own },
  externals: {
    db: { type: 'postgres', class: 'default', params: { name: `${canary}${name}-parameter` } },
    files: { type: 's3', params: { bucket: `${canary}${name}-bucket` } },
  },
})

const service = { ports: { http: { container_port: 8080, protocol: 'TCP', service_port: 80 } } }

/** What an application has that nothing else is said of: two workloads of one container each, and a shared resource. */
export const usualContents: SetContents = {
  modules: {
    web: describeModule('web', 'ghcr.io/acme/web:1.0.0', { service }),
    worker: describeModule('worker', 'ghcr.io/acme/worker:1.0.0', { replicas: 2 }),
  },
  shared: { dns: { type: 'dns', params: { subdomain: `${canary}shared-parameter` } } },
  workloads: {},
}

/**
 * A Delta of which nothing but its id is said: the usual contents whole, as a conversion of Score files gives them, with an
 * image of its own for `web`. It fits every Set, and an environment without one.
 */
export const describeUsualDelta = (deltaId: string): DeltaContents => {
  const web = describeModule('web', `ghcr.io/acme/web:${deltaId}`, { service })
  return {
    modules: { add: { ...usualContents.modules, web }, remove: [], update: {} },
    shared: Object.entries(usualContents.shared).map(([id, value]) => ({ op: 'add', path: `/${id}`, value })),
    workloads: { add: {}, remove: [], update: {} },
  }
}
