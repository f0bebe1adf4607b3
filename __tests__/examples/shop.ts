import { type Simulator, startSimulator } from '../../testing/simulator/server.ts'

/** Of all deployments: two minutes, in which a hundredth passes here. */
export const startShop = (): Promise<Simulator> => startSimulator({ speed: 100 })

export const history = [{ agoSeconds: 86_400, durationSeconds: 120, status: 'succeeded' }] as const

export const failure = {
  status: 'failed',
  errors: [
    {
      scope: 'workload',
      object_id: 'web',
      code: 'CLD-001',
      error_type: '',
      summary: 'Provider error',
      message: 'Incorrect cloud provider credentials',
    },
  ],
} as const

export const push = {
  event: 'push',
  payload: { ref: 'refs/heads/main', head_commit: { message: 'Merge pull request #12' } },
} as const

/** What Humanitec was asked to do: requests that change something, each with its place. */
export const listChanges = ({ orchestrator }: Simulator): readonly string[] =>
  orchestrator.record
    .filter(({ request }) => request.method !== 'GET')
    .map(({ request }) => `${request.method} ${request.path.replace('/orgs/acme/apps/', '')}`)

/** Bodies of the requests that end so, in order. */
export const listBodies = ({ orchestrator }: Simulator, method: string, end: string): readonly unknown[] =>
  orchestrator.record
    .filter(({ request }) => request.method === method && request.path.endsWith(end))
    .map(({ request }) => request.body)

/** In place of Docker, which isn't here: it says what it was asked to do. */
export const docker = `
  [ "$1" != login ] || cat > /dev/null
  echo "docker $*"`

type DeltaBody = {
  readonly modules: { readonly update: Readonly<Record<string, readonly { path: string; value: string }[]>> }
}

/** What each Delta that was made sets as images, by workload. */
export const imageChanges = (simulator: Simulator): readonly Readonly<Record<string, string>>[] =>
  (listBodies(simulator, 'POST', '/deltas') as readonly DeltaBody[]).map(({ modules }) =>
    Object.fromEntries(
      Object.entries(modules.update).map(([workload, patches]) => [
        workload,
        patches.map(({ path, value }) => (path.endsWith('/image') ? value : path)).join(),
      ]),
    ),
  )
