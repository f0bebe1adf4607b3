import { type PipelineNoun, parsePipelineRoute } from './pipeline-routes.ts'

/** A path taken apart: which kind of thing, and whose. */
export type Route = {
  readonly noun: Noun
  readonly org: string
  readonly app: string
  readonly env: string
  /** Of a deployment, a Delta, a Set or a value set version. */
  readonly id: string
  /** Of a pipeline, its run and its job, as far as the path names them. */
  readonly ids?: readonly string[]
  /** Of the Set that another one is compared with. */
  readonly sourceId: string
}

type Noun =
  | PipelineNoun
  | 'current-user'
  | 'envs'
  | 'env'
  | 'from_deploy_id'
  | 'resources'
  | 'runtime'
  | 'logs'
  | 'deploys'
  | 'deploy'
  | 'errors'
  | 'deltas'
  | 'delta'
  | 'archived'
  | 'set'
  | 'diff'
  | 'value-set-versions'
  | 'value-set-version'
  | 'convert-score'

/** `undefined` when no route leads there, or a segment can't be decoded. */
export const parseRoute = (path: string, prefix: string): Route | undefined => {
  if (!path.startsWith(`${prefix}/`)) return undefined
  const segments = decodeSegments(path.slice(prefix.length + 1).split('/'))
  if (!segments || segments.includes('')) return undefined
  const [orgs, org = '', apps, app = '', collection, env = '', ...rest] = segments
  if (segments.length === 1 && orgs === 'current-user')
    return { noun: 'current-user', org: '', app: '', env: '', id: '', sourceId: '' }
  if (segments.length === 4 && orgs === 'orgs' && apps === 'artefact-versions' && app === 'convert-score')
    return { noun: 'convert-score', org, app: '', env: '', id: '', sourceId: '' }
  if (orgs !== 'orgs' || apps !== 'apps' || segments.length < 5) return undefined
  if (collection === 'envs') {
    const noun = env === '' ? 'envs' : parseBelowEnvironment(rest)
    return noun && { noun, org, app, env, id: rest[1] ?? '', sourceId: '' }
  }
  const ofPipelines = parsePipelineRoute(segments.slice(4))
  if (ofPipelines) return { ...ofPipelines, org, app, env: '', id: '', sourceId: '' }
  const noun = parseStored(collection, env, rest)
  return noun && { noun, org, app, env: '', id: env, sourceId: noun === 'diff' ? (rest[1] ?? '') : '' }
}

const decodeSegments = (segments: readonly string[]): readonly string[] | undefined => {
  try {
    return segments.map((segment) => (segment.includes('%') ? decodeURIComponent(segment) : segment))
  } catch {
    return undefined
  }
}

const belowEnvironment = ['deploys', 'resources', 'from_deploy_id', 'runtime', 'logs', 'value-set-versions'] as const

const parseBelowEnvironment = ([collection, id, errors, ...more]: readonly string[]): Noun | undefined => {
  if (collection === undefined) return 'env'
  if (id === undefined) return belowEnvironment.find((noun) => noun === collection)
  if (collection === 'value-set-versions') return errors === undefined ? 'value-set-version' : undefined
  if (collection !== 'deploys' || more.length > 0) return undefined
  if (errors === undefined) return 'deploy'
  return errors === 'errors' ? 'errors' : undefined
}

/** A Delta or a Set, and what is below one. */
const parseStored = (collection: string | undefined, id: string, below: readonly string[]): Noun | undefined => {
  const [first, second] = below
  if (collection === 'deltas' && below.length === 0) return id === '' ? 'deltas' : 'delta'
  if (collection === 'deltas') return below.join('/') === 'metadata/archived' ? 'archived' : undefined
  if (collection !== 'sets' || id === '') return undefined
  if (below.length === 0) return 'set'
  return below.length === 2 && first === 'diff' && second !== undefined ? 'diff' : undefined
}
