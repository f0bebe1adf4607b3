import { compareTexts, formatPointer, type SectionName, type Workload } from './delta.ts'
import type { ImageLine } from './inputs/request.ts'

/** A line as it was given, and what the input takes instead. */
type ImageInputError = { readonly got: string; readonly takes: string }

type ParsedImages =
  | { readonly kind: 'images'; readonly images: readonly ImageLine[] }
  | { readonly kind: 'errors'; readonly errors: readonly ImageInputError[] }

/** Reads the input `images`, one image per line; blank lines are ignored. An empty input has no images. */
export const parseImages = (text: string): ParsedImages => {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const images = lines.map(parseLine)
  const errors = lines.flatMap((got, index) => {
    const takes = refuseLine(images, index)
    return takes === undefined ? [] : [{ got, takes }]
  })
  return errors.length > 0 ? { kind: 'errors', errors } : { kind: 'images', images }
}

/** No image holds an equals sign. A container's key may hold a slash, a workload's name can't. */
const parseLine = (line: string): ImageLine => {
  const [, target, image = line] = /^([^=]*)=(.*)$/.exec(line) ?? []
  if (target === undefined) return { image }
  const [, workload = target, container] = /^([^/]*)\/(.*)$/.exec(target) ?? []
  return {
    workload: workload.trim(),
    ...(container !== undefined && { container: container.trim() }),
    image: image.trim(),
  }
}

const refuseLine = (images: readonly ImageLine[], index: number): string | undefined => {
  const line = images[index]
  if (!line) return undefined
  if (line.workload === '' || line.container === '')
    return 'a name before the =: workload=image or workload/container=image'
  const isRepeated = images
    .slice(0, index)
    .some(({ workload, container }) => workload === line.workload && container === line.container)
  if (isRepeated) return 'one image for a container'
  if (line.workload === undefined && images.length > 1)
    return 'an image without a workload only where it is the only line: workload=image or workload/container=image'
  return refuseImage(line.image)
}

/** What an expression that came out empty leaves behind: `registry/`, `shop:`, or the word that jq and JavaScript write for nothing. */
const refuseImage = (image: string): string | undefined => {
  if (image === '') return 'an image; if it comes from an expression, that was empty'
  if (/\s/.test(image)) return 'an image without white space, one per line'
  if (/^(?:.*[:@])?(?:null|undefined)$/.test(image) || /[:@/]$/.test(image) || /^[:@/]/.test(image))
    return 'a whole image, such as ghcr.io/acme/shop:1.2; an expression in it was empty'
  return image.includes('=') ? 'one = between the container and its image' : undefined
}

/** `from` is `''` where the container has no image. */
export type ImageChange = {
  readonly workload: string
  readonly container: string
  readonly section: SectionName
  readonly from: string
  readonly to: string
}

/** `known` is what there is, in alphabetical order; a workload without containers is among them. */
export type ImageProblem =
  | { readonly kind: 'no base' }
  | { readonly kind: 'unknown workload'; readonly workload: string; readonly known: readonly Workload[] }
  | { readonly kind: 'no containers'; readonly workload: string; readonly known: readonly Workload[] }
  | {
      readonly kind: 'unknown container' | 'several containers'
      readonly workload: string
      /** As it was given; `''` where it was left out. */
      readonly container: string
      readonly known: readonly string[]
    }
  | { readonly kind: 'no only container'; readonly image: string; readonly known: readonly Workload[] }
  | { readonly kind: 'same container twice'; readonly workload: string; readonly container: string }

type ResolvedImages =
  | { readonly kind: 'resolved'; readonly changes: readonly ImageChange[] }
  | { readonly kind: 'problems'; readonly problems: readonly ImageProblem[] }

/**
 * Which container each image is for, and which one it has now; or all that stands in the way.
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

/** `web` and `web/main` are one container, which only the Set can tell. */
const findRepeated = (changes: readonly ImageChange[]): readonly ImageProblem[] =>
  changes
    .filter((change, index) => changes.findIndex((other) => isSameContainer(change, other)) < index)
    .map(({ workload, container }) => ({ kind: 'same container twice', workload, container }))

const isSameContainer = (a: ImageChange, b: ImageChange): boolean =>
  a.workload === b.workload && a.container === b.container

type ImagePatch = { readonly op: 'add' | 'replace'; readonly path: string; readonly value: string }

type ImageUpdates = { readonly update: Readonly<Record<string, readonly ImagePatch[]>> }

/** The body of `POST deltas`; `POST sets/{id}` takes the same. The description's examples say `updates`, which has no effect. */
type ImagesDelta = {
  readonly metadata: { readonly env_id: string; readonly name: string }
} & { readonly [Section in SectionName]?: ImageUpdates }

/** A Delta that sets these images and nothing else; it patches `workloads` just as `modules`, each within its own entry. */
export const buildImagesDelta = (
  { envId, name }: { readonly envId: string; readonly name: string },
  changes: readonly ImageChange[],
): ImagesDelta => ({
  metadata: { env_id: envId, name },
  ...buildUpdates('modules', changes),
  ...buildUpdates('workloads', changes),
})

const buildUpdates = (section: SectionName, changes: readonly ImageChange[]): Partial<ImagesDelta> => {
  const ours = changes.filter((change) => change.section === section)
  if (ours.length === 0) return {}
  const workloads = [...new Set(ours.map(({ workload }) => workload))].toSorted(compareTexts)
  const update = workloads.map((name) => [name, ours.filter(({ workload }) => workload === name).map(buildPatch)])
  return { [section]: { update: Object.fromEntries(update) } }
}

/** `replace` is refused where there is nothing to replace. */
const buildPatch = ({ container, from, to }: ImageChange): ImagePatch => ({
  op: from === '' ? 'add' : 'replace',
  path: formatPointer(['spec', 'containers', container, 'image']),
  value: to,
})
