import type { GivenImage } from '../run/result.ts'
import type { Change } from '../set-diff.ts'
import { formatCount, joinParts } from '../text/words.ts'
import type { Writer } from '../text/writer.ts'

// Images, and what changed of them, in a line. Names and images come from outside.

const maxNameUnits = 200

/** Before an image is shortened: a secret is only found whole. */
export const redactChanges = (changes: readonly Change[], writer: Writer): readonly Change[] =>
  changes.map((change) => ({
    ...change,
    workload: writer.text(change.workload),
    name: writer.text(change.name),
    from: writer.text(change.from),
    to: writer.text(change.to),
  }))

/** `ghcr.io/acme/shop:9c1e7d2 → f5a2c1d`: the common part only once. */
export const formatImageText = ({ from, to }: { readonly from: string; readonly to: string }): string => {
  if (from === '') return to
  const repository = repositoryOf(from)
  const isSame = repository === repositoryOf(to) && to.charAt(repository.length) === from.charAt(repository.length)
  return `${from} → ${isSame && to.length > repository.length + 1 ? to.slice(repository.length + 1) : to}`
}

/** Without tag and digest. A colon before a slash belongs to a port. */
const repositoryOf = (image: string): string => image.replace(/@.*$/s, '').replace(/:[^:/]*$/, '')

/**
 * `shop:9c1e7d2` for `ghcr.io/acme/shop:9c1e7d2d0b9e…`; in full if the repositories differ, or if both would look the same.
 */
export const shortenImages = ({
  from,
  to,
}: Pick<Change, 'from' | 'to'>): { readonly from: string; readonly to: string } => {
  const short = { from: shortenImage(from), to: shortenImage(to) }
  if (from === '' || to === '') return short
  return short.from === short.to || repositoryOf(from) !== repositoryOf(to) ? { from, to } : short
}

const shortenImage = (image: string): string =>
  image.slice(image.lastIndexOf('/') + 1).replace(/(?<![0-9a-f])([0-9a-f]{7})[0-9a-f]{25,}(?![0-9a-f])/g, '$1')

/** Images without a row in the table, on one line of Markdown: unchanged ones, and all if nothing was compared. */
export const formatImagesLine = (images: readonly GivenImage[], writer: Writer): string => {
  const changes = images.map(({ workload, container, from, to }) => {
    const change = from === '' ? ('added' as const) : ('changed' as const)
    return { workload, kind: 'image' as const, name: container, change, from, to }
  })
  return joinParts(' · ', ...listImages(redactChanges(changes, writer), writer))
}

const maxImages = 5

/** The images that changed, for the comment, on one line of Markdown; `''` where none did. */
export const formatChangedImages = (changes: readonly Change[], writer: Writer): string =>
  joinParts(
    ' · ',
    ...listImages(
      redactChanges(changes, writer).filter(({ kind }) => kind === 'image'),
      writer,
    ),
  )

const listImages = (images: readonly Change[], writer: Writer): readonly string[] => {
  const more = images.length - maxImages
  return [
    ...images.slice(0, maxImages).map((image) => formatImage(image, images, writer)),
    ...(more > 0 ? [formatCount(more, 'more image')] : []),
  ]
}

/** ``web: `shop:9c1e7d2` → `shop:f5a2c1d` ``; with the container where the workload has several of these. */
const formatImage = (image: Change, images: readonly Change[], writer: Writer): string => {
  const isOnly = images.filter(({ workload }) => workload === image.workload).length === 1
  // Escaped with its colon: `:name:` would become an emoji.
  const name = writer.markdown(`${isOnly ? image.workload : `${image.workload}/${image.name}`}:`, maxNameUnits)
  const { from, to } = shortenImages(image)
  if (image.from === image.to) return `${name} ${writer.code(shortenImage(image.to))}, unchanged`
  return image.change === 'changed'
    ? `${name} ${writer.code(from)} → ${writer.code(to)}`
    : `${name} ${writer.code(from || to)} ${image.change}`
}
