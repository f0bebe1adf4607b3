import type { DeltaContents, ScoreConversionBody } from './api.ts'
import { formatPointer } from './delta.ts'
import {
  changeContainers,
  inlineSources,
  nameOf,
  problemAt,
  type ScoreDocument,
  type ScoreFiles,
  type ScoreProblem,
  type SourceAnswers,
} from './score.ts'
import { type Fields, fieldsOf, isObject, ownField, textOf } from './text/json.ts'
import { compareTexts } from './text/words.ts'

/** The containers that take an image, as in a Set; `image` is `''` where there is none yet. */
type ScoreWorkload = {
  readonly workload: string
  readonly section: 'modules'
  readonly containers: readonly { readonly key: string; readonly image: string }[]
}

/** The workloads of Score files, with overrides and extensions applied. */
export const listScoreWorkloads = (files: ScoreFiles): readonly ScoreWorkload[] =>
  files.scores.map((score) => ({ workload: nameOf(score), section: 'modules', containers: listImages(score, files) }))

const listImages = (score: ScoreDocument, { overrides, extensions }: ScoreFiles): ScoreWorkload['containers'] => {
  const [own, over] = [score.data['containers'], overrides?.data['containers']].map(fieldsOf)
  const extended = ownField(extensions?.data['spec'], 'containers')
  const keys = [...new Set([...Object.keys(own ?? {}), ...Object.keys(over ?? {})])]
  const imageOf = (key: string): string => {
    const images = [own, over, extended].map((layer) => ownField(ownField(layer, key), 'image'))
    return textOf(images.findLast((image) => image != null))
  }
  // `null` in overrides removes a container.
  return keys.filter((key) => ownField(over, key) !== null).map((key) => ({ key, image: imageOf(key) }))
}

/** An image for a container, which wins over the files'. */
type ScoreImage = { readonly workload: string; readonly container: string; readonly to: string }

export type ScoreConversion = {
  readonly document: ScoreDocument
  readonly body: ScoreConversionBody
}

/** Humanitec would deploy a container without an image as it is, with the image `.`. */
export const findContainersWithoutImage = (files: ScoreFiles, images: readonly ScoreImage[]): readonly ScoreProblem[] =>
  files.scores.flatMap((score) => {
    const mine = images.filter(({ workload }) => workload === nameOf(score))
    return listImages(score, files).flatMap(({ key, image }) => {
      if (hasImage(image) || mine.some(({ container }) => container === key)) return []
      const document = isObject(ownField(score.data['containers'], key)) ? score : (files.overrides ?? score)
      const path = ['containers', key, 'image']
      return [problemAt(document, path, { kind: 'no image', path })]
    })
  })

const hasImage = (image: unknown): boolean => image !== '' && image !== '.'

/** One per Score file. */
export const buildConversions = (
  files: ScoreFiles,
  images: readonly ScoreImage[],
  answers: SourceAnswers,
): readonly ScoreConversion[] =>
  files.scores.map((document) => {
    const workload = nameOf(document)
    const mine = new Map(images.flatMap((it) => (it.workload === workload ? [[it.container, it.to]] : [])))
    return { document, body: buildBody(document, { files, images: mine, answers }) }
  })

type Images = ReadonlyMap<string, string>

type BodyParts = { readonly files: ScoreFiles; readonly images: Images; readonly answers: SourceAnswers }

const buildBody = (score: ScoreDocument, { files, images, answers }: BodyParts): ScoreConversionBody => {
  const overrides = files.overrides && setImages(inlineSources(files.overrides, score.file, answers), images)
  const spec = setImages(inlineSources(score, score.file, answers), images)
  const properties = listImageProperties(images)
  return {
    spec: overrides ? dropOverriddenContents(spec, overrides) : spec,
    ...(overrides && { overrides }),
    ...(Object.keys(properties).length > 0 && { property_overrides: properties }),
    ...(files.extensions && { extensions: files.extensions.data }),
  }
}

/**
 * Only for keys without a dot: how to escape one in a path of `property_overrides` is not documented. Neither is whether these
 * win over `overrides`, so the image is written there as well (`setImages`).
 */
const listImageProperties = (images: Images): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...images].filter(([key]) => /^[\w-]+$/.test(key)).map(([key, image]) => [`containers.${key}.image`, image]),
  )

const setImages = (data: Fields, images: Images): Fields =>
  changeContainers(data, (container, name) => ({
    ...container,
    ...(images.has(name) && { image: images.get(name) }),
  }))

const contentKeys = ['source', 'content', 'binaryContent']

/** The API merges field by field: a file that is text in one and binary in the other would have both. */
const dropOverriddenContents = (spec: Fields, overrides: Fields): Fields =>
  changeContainers(spec, (container, name) => {
    const { files } = container
    const others = ownField(ownField(overrides['containers'], name), 'files')
    if (!isObject(files)) return container
    const kept = Object.entries(files).map(([target, entry]) => {
      const isReplaced = contentKeys.some((key) => ownField(ownField(others, target), key) != null)
      return [target, isReplaced ? dropContents(fieldsOf(entry)) : entry]
    })
    return { ...container, files: Object.fromEntries(kept) }
  })

const dropContents = (entry: Fields): Fields =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => !contentKeys.includes(key)))

/** Workloads and shared resources by name. */
export type ConvertedScore = { readonly modules: Fields; readonly shared: Fields }

/** `undefined` for an answer without workloads. It may leave out shared resources. */
export const readConversion = ({ modules, shared }: DeltaContents): ConvertedScore | undefined => {
  const isFit = isObject(modules) && Object.keys(modules).length > 0 && (shared == null || isObject(shared))
  return isFit ? { modules, shared: shared ?? {} } : undefined
}

/** The contents of a Delta that adds converted Score files. */
type ScoreContents = {
  readonly modules: { readonly add: Fields }
  readonly shared: readonly { readonly op: 'add'; readonly path: string; readonly value: unknown }[]
}

type Converted = { readonly document: ScoreDocument; readonly answer: ConvertedScore }

/** What can't go into one Delta, or wouldn't run. A clash of two files is reported at the later one. */
export const checkConverted = (converted: readonly Converted[]): readonly ScoreProblem[] => [
  ...findClashes(converted, 'modules', 'same workload'),
  ...findClashes(converted, 'shared', 'same resource'),
  ...converted.flatMap(({ document, answer }) =>
    Object.values(answer.modules).flatMap((it) => findMissingImages(document, it)),
  ),
]

const findClashes = (
  converted: readonly Converted[],
  section: keyof ConvertedScore,
  kind: 'same workload' | 'same resource',
): readonly ScoreProblem[] =>
  converted.flatMap(({ document: { file }, answer }, index) =>
    Object.entries(answer[section]).flatMap(([id, value]) => {
      const other = converted.slice(0, index).find((earlier) => Object.hasOwn(earlier.answer[section], id))
      if (!other) return []
      const isSame = section === 'shared' && sortKeys(other.answer.shared[id]) === sortKeys(value)
      return isSame ? [] : [{ kind, file, id, other: { file: other.document.file } }]
    }),
  )

/** JSON that is the same for equal values, whatever the order of their keys. */
const sortKeys = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => compareTexts(a, b))) : part,
  )

const findMissingImages = (document: ScoreDocument, module: unknown): readonly ScoreProblem[] =>
  Object.entries(fieldsOf(ownField(ownField(module, 'spec'), 'containers'))).flatMap(([key, container]) => {
    const path = ['containers', key, 'image']
    return hasImage(ownField(container, 'image')) ? [] : [problemAt(document, path, { kind: 'no image', path })]
  })

/** All workloads, and each shared resource once. */
export const buildScoreContents = (converted: readonly Converted[]): ScoreContents => {
  const [modules, shared] = (['modules', 'shared'] as const).map((section) =>
    Object.fromEntries(converted.flatMap(({ answer }) => Object.entries(answer[section]))),
  )
  return {
    modules: { add: modules ?? {} },
    shared: Object.entries(shared ?? {}).map(([id, value]) => ({ op: 'add', path: formatPointer([id]), value })),
  }
}
