import { formatPointer, type ImageChange, type SectionName, type Workload } from './delta.ts'
import type { ImageLine } from './inputs/request.ts'
import type { ImageProblem } from './run/reason.ts'
import { compareTexts } from './text/words.ts'

type ResolvedImages =
  | { readonly kind: 'resolved'; readonly changes: readonly ImageChange[] }
  | { readonly kind: 'problems'; readonly problems: readonly ImageProblem[] }

/**
 * The container of each image, and the image that it has now; or all problems.
 *
 * @param known the base's workloads, or those of Score files; `undefined` where the environment has no base
 */
export const resolveImages = (images: readonly ImageLine[], known: readonly Workload[] | undefined): ResolvedImages => {
  if (!known) return { kind: 'problems', problems: [{ kind: 'no base' }] }
  const found = images.map((image) => resolveLine(image, known))
  const changes = found.filter((result): result is ImageChange => !isProblem(result))
  const problems = [...found.filter(isProblem), ...findRepeated(changes)]
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'resolved', changes }
}

const isProblem = (result: ImageChange | ImageProblem): result is ImageProblem => 'kind' in result

const resolveLine = (line: ImageLine, known: readonly Workload[]): ImageChange | ImageProblem => {
  if (line.workload === undefined) return resolveOnly(line.image, known)
  const found = known.find(({ workload }) => workload === line.workload)
  if (!found) return { kind: 'unknown workload', workload: line.workload, known }
  const { workload, section, containers } = found
  if (containers.length === 0) return { kind: 'no containers', workload, known }
  const candidates = line.container === undefined ? containers : containers.filter(({ key }) => key === line.container)
  const [only, second] = candidates
  if (only && !second) return { workload, container: only.key, section, from: only.image, to: line.image }
  const kind = second ? 'several containers' : 'unknown container'
  return { kind, workload, container: line.container ?? '', known: containers.map(({ key }) => key) }
}

const resolveOnly = (image: string, known: readonly Workload[]): ImageChange | ImageProblem => {
  const [workload, secondWorkload] = known
  const [container, secondContainer] = workload?.containers ?? []
  return workload && container && !secondWorkload && !secondContainer
    ? {
        workload: workload.workload,
        container: container.key,
        section: workload.section,
        from: container.image,
        to: image,
      }
    : { kind: 'no only container', image, known }
}

/** `web` and `web/main` may be the same container, which only the Set shows. */
const findRepeated = (changes: readonly ImageChange[]): readonly ImageProblem[] =>
  changes
    .filter((change, index) => changes.findIndex((other) => isSameContainer(change, other)) < index)
    .map(({ workload, container }) => ({ kind: 'same container twice', workload, container }))

const isSameContainer = (a: ImageChange, b: ImageChange): boolean =>
  a.workload === b.workload && a.container === b.container

type ImagePatch = { readonly op: 'add' | 'replace'; readonly path: string; readonly value: string }

type ImageUpdates = { readonly update: Readonly<Record<string, readonly ImagePatch[]>> }

/** Of a Delta, for `POST deltas` and `POST sets/{id}`. The description's examples say `updates`, which has no effect. */
type ImageContents = { readonly [Section in SectionName]?: ImageUpdates }

/** The contents of a Delta that sets these images and nothing else. It patches `workloads` as it does `modules`. */
export const buildImageContents = (changes: readonly ImageChange[]): ImageContents => ({
  ...buildUpdates('modules', changes),
  ...buildUpdates('workloads', changes),
})

const buildUpdates = (section: SectionName, changes: readonly ImageChange[]): ImageContents => {
  const own = changes.filter((change) => change.section === section)
  if (own.length === 0) return {}
  const workloads = [...new Set(own.map(({ workload }) => workload))].toSorted(compareTexts)
  const update = workloads.map((name) => [name, own.filter(({ workload }) => workload === name).map(buildPatch)])
  return { [section]: { update: Object.fromEntries(update) } }
}

/** The API refuses `replace` where there is no image. */
const buildPatch = ({ container, from, to }: ImageChange): ImagePatch => ({
  op: from === '' ? 'add' : 'replace',
  path: formatPointer(['spec', 'containers', container, 'image']),
  value: to,
})
