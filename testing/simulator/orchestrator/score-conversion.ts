import { isJsonObject, type JsonObject } from './delta-patches.ts'

export type Extensions = { readonly profile?: string; readonly spec?: JsonObject; readonly deploy?: JsonObject }

/** The module and the shared resources of a valid Score file, or the placeholder that leads nowhere. */
export const convertScore = (spec: JsonObject, aliases: Aliases, extensions: Extensions = {}): JsonObject | string => {
  const { name } = spec['metadata'] as { readonly name: string }
  const homes = determineHomes(spec)
  const lost: string[] = []
  const resolved = resolvePlaceholders(spec, (text) => resolveText(text, name, homes, lost)) as JsonObject
  if (lost.length > 0) return `resources.${lost[0]} is not defined.`
  const resources = placeResources(resolved, homes, aliases)
  const module = {
    profile: extensions.profile ?? 'humanitec/default-module',
    spec: { ...describeSpec(resolved), ...extensions.spec },
    externals: resources.externals,
    ...(extensions.deploy && { deploy: extensions.deploy }),
  }
  return { modules: { [name]: module }, shared: resources.shared }
}

type Aliases = Readonly<Record<string, string>>
type Resource = { readonly type: string; readonly id?: string; readonly class?: string; readonly params?: JsonObject }

/** Where a resource goes: into the module, beside it, or, the environment's values, nowhere. */
type Home = { readonly of: 'externals' | 'shared' | 'values'; readonly id: string }
type Homes = ReadonlyMap<string, Home>

const listResources = ({ resources = {} }: JsonObject): readonly (readonly [string, Resource])[] =>
  Object.entries(resources as Readonly<Record<string, Resource>>)

const determineHomes = (spec: JsonObject): Homes =>
  new Map(listResources(spec).map(([key, resource]) => [key, determineHome(key, resource)]))

/** One with an id is shared: `dns`, or `shared.dns`. `modules.web.externals.db` is the module's own under that name. */
const determineHome = (key: string, { type, id = '' }: Resource): Home => {
  if (type === 'environment') return { of: 'values', id: '' }
  const own = /^modules\.[^.]+\.externals\.(.+)$/.exec(id)?.[1]
  if (id === '' || own) return { of: 'externals', id: own ?? key }
  return { of: 'shared', id: id.replace(/^shared\./, '') }
}

const placeResources = (spec: JsonObject, homes: Homes, aliases: Aliases) => {
  const placed = { externals: {} as Record<string, JsonObject>, shared: {} as Record<string, JsonObject> }
  for (const [key, resource] of listResources(spec)) {
    const { of, id } = homes.get(key) ?? { of: 'values', id: '' }
    if (of !== 'values') placed[of][id] = describeResource(resource, aliases)
  }
  return placed
}

const describeResource = ({ type, class: resourceClass, params }: Resource, aliases: Aliases): JsonObject => ({
  type: aliases[type] ?? type,
  ...(resourceClass && { class: resourceClass }),
  ...(params && { params }),
})

/** In all texts but those of a file with `noExpand`. */
const resolvePlaceholders = (value: unknown, resolve: (text: string) => string): unknown => {
  if (typeof value === 'string') return resolve(value)
  if (Array.isArray(value)) return value.map((item) => resolvePlaceholders(item, resolve))
  if (!isJsonObject(value) || value['noExpand'] === true) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolvePlaceholders(item, resolve)]))
}

/** `${resources.db.host}`, `${metadata.name}`; `$${…}` is text. */
const placeholder = /(?<!\$)\$\{(?:resources\.([^.}]+)((?:\.[^}]+)?)|metadata\.name)\}/g

const resolveText = (text: string, name: string, homes: Homes, lost: string[]): string =>
  text.replace(placeholder, (_, key?: string, output = '') => {
    if (key === undefined) return name
    const home = homes.get(key)
    if (!home) lost.push(key)
    return `\${${home?.of}${home?.id && `.${home.id}`}${output}}`
  })

type Port = { readonly port: number; readonly targetPort?: number; readonly protocol?: string }

const describeSpec = ({ containers, service }: JsonObject): JsonObject => {
  const { ports = {} } = (service ?? {}) as { readonly ports?: Readonly<Record<string, Port>> }
  const described = Object.entries(ports).map(([key, { port, targetPort = port, protocol = 'TCP' }]) => [
    key,
    { service_port: port, container_port: targetPort, protocol },
  ])
  return {
    containers: Object.fromEntries(
      Object.entries(containers as Readonly<Record<string, Container>>).map(([id, it]) => [
        id,
        describeContainer(id, it),
      ]),
    ),
    ...(described.length > 0 && { service: { ports: Object.fromEntries(described) } }),
  }
}

type Container = JsonObject & { readonly files?: Readonly<Record<string, ScoreFile>>; readonly volumes?: JsonObject }
type ScoreFile = { readonly mode?: string; readonly content?: string; readonly binaryContent?: string }

const describeContainer = (id: string, container: Container): JsonObject => {
  const { image, command, args, variables, files = {}, volumes, resources, livenessProbe, readinessProbe } = container
  const optional = {
    command,
    args,
    resources,
    volume_mounts: volumes,
    liveness_probe: describeProbe(livenessProbe),
    readiness_probe: describeProbe(readinessProbe),
  }
  return {
    id,
    image,
    variables: variables ?? {},
    files: Object.fromEntries(Object.entries(files).map(([target, file]) => [target, describeFile(file)])),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }
}

const describeFile = ({ mode = '0644', content, binaryContent }: ScoreFile): JsonObject => ({
  mode,
  ...(content === undefined ? { binary_value: binaryContent } : { value: content }),
})

const describeProbe = (probe: unknown): JsonObject | undefined => {
  if (!isJsonObject(probe)) return undefined
  const { httpGet, exec } = probe
  return isJsonObject(httpGet) ? { type: 'http', ...httpGet } : { type: 'command', ...(isJsonObject(exec) ? exec : {}) }
}
