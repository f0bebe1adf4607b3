import { isLoopback } from '../network/proxy.ts'
import { isEmptyWord, isId, joinWords, parseDurationMs } from '../text/words.ts'
import { type ImageLine, type InputError, type InputName, inputDefaults, type RawInputs } from './request.ts'

const trueWords = ['true', 'True', 'TRUE']

const falseWords = ['false', 'False', 'FALSE']

type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name

type Field<Name extends InputName> = { readonly [Key in Camel<Name>]?: string }

const toCamel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** People copy the whole header. */
const adviseSecret = (value: string): string =>
  /^bearer\s/i.test(value)
    ? 'the token alone, without the word Bearer before it'
    : isEmptyWord(value)
      ? 'a token; the expression that gives it was empty'
      : 'a token without white space, line breaks or other characters that a header can’t contain'

/** What stands before an `@` may be a password, even in an invalid address. */
const hideCredentials = (text: string): string => text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1***@')

const showText = (input: InputName, text: string): string => (input.endsWith('_url') ? hideCredentials(text) : text)

export type Reader = ReturnType<typeof createReader>

/** Reads one input at a time and collects the mistakes, so that a person sees all of them in one go. */
export const createReader = (raw: RawInputs) => {
  const inputErrors: InputError[] = []
  const text = (name: InputName): string => raw[name].trim() || inputDefaults[name]
  const isGiven = (name: InputName): boolean => raw[name].trim() !== ''
  const refuse = (input: InputName, takes: string, more?: Pick<InputError, 'isAnyOf'>): void => {
    if (!inputErrors.some((inputError) => inputError.input === input && inputError.takes === takes))
      inputErrors.push({ input, ...(isGiven(input) && { got: showText(input, text(input)) }), ...more, takes })
  }
  const optional = <Name extends InputName>(
    name: Name,
    isGood: (text: string) => boolean,
    rule: string,
  ): Field<Name> => {
    if (!isGiven(name)) return {}
    if (!isGood(text(name))) refuse(name, rule)
    return { [toCamel(name)]: text(name) } as Field<Name>
  }
  const choice = <Word extends string>(name: InputName, words: readonly Word[]): Word | undefined => {
    const word = words.find((candidate) => candidate === text(name))
    if (word === undefined && isGiven(name)) refuse(name, joinWords(words, 'or'))
    return word
  }
  return {
    inputErrors: inputErrors as readonly InputError[],
    text,
    isGiven,
    refuse,
    optional,
    choice,
    /** Given, and not `false`. */
    states: (name: InputName): boolean => isGiven(name) && !falseWords.includes(text(name)),
    id: <Name extends InputName>(name: Name): Field<Name> =>
      optional(name, isId, isEmptyWord(text(name)) ? emptyIdRule : idRule),
    /** One value per line; blank lines are ignored. */
    lines: (name: InputName): readonly string[] => splitLines(text(name)),
    /** Refuses one line of an input that has several. */
    refuseLine: (input: InputName, got: string, takes: string): void => void inputErrors.push({ input, got, takes }),
    count: (name: InputName, max: number): number => {
      const isGood = /^\d{1,9}$/.test(text(name)) && Number(text(name)) <= max
      if (!isGood) refuse(name, `a number from 0 to ${max}`)
      return isGood ? Number(text(name)) : 0
    },
    required: (name: InputName, isGood: (text: string) => boolean, rule: string): string => {
      if (!isGood(text(name))) refuse(name, rule)
      return text(name)
    },
    flag: (name: InputName): boolean => {
      if (!trueWords.includes(text(name)) && !falseWords.includes(text(name))) refuse(name, 'true or false')
      return trueWords.includes(text(name))
    },
    duration: (name: InputName, minMs: number, maxMs: number, range: string): number => {
      const durationMs = parseDurationMs(text(name))
      if (durationMs === undefined || durationMs < minMs || durationMs > maxMs)
        refuse(name, `${range}, written as 90s, 30m, 1h, 1h30m or a number of seconds`)
      return durationMs ?? minMs
    },
    address: (name: InputName): string => {
      if (!isAddress(text(name)))
        refuse(name, 'an https:// address with an optional path: no user, query or fragment; http:// only for loopback')
      return text(name).replace(/\/+$/, '')
    },
    /** Never shown. Required if there is a `remedy`, which says what to do without one. */
    secret: (name: InputName, remedy?: string): string => {
      const value = text(name)
      if (value === '' && remedy !== undefined) inputErrors.push({ input: name, takes: remedy })
      if (value !== '' && (!isHeaderSafe(value) || isEmptyWord(value)))
        inputErrors.push({ input: name, isSecret: true, takes: adviseSecret(value) })
      return value
    },
  }
}

const splitLines = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** 2 to 50 of a–z, 0–9 and single hyphens between them: the API's grammar, in a form that takes linear time. */
export const isName = (text: string): boolean =>
  text.length >= 2 && text.length <= 50 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)

export const nameRule = '2 to 50 lower-case letters, digits and single hyphens between them'

/** A name with one `*` that stands for a number. */
export const isNamePattern = (text: string): boolean => text.split('*').length === 2 && isName(text.replace('*', '1'))

const idRule = '1 to 128 letters, digits, _ or -'

/** `null` or `undefined`: what jq and JavaScript write for nothing. */
const emptyIdRule = 'an id; the script or jq that gives it found none'

export const isOneLine = (text: string): boolean => !/[\r\n]/.test(text)

/** `pipelineId/runId`, as the output of that name gives it. */
export const isPipelineRun = (text: string): boolean => {
  const ids = text.split('/')
  return ids.length === 2 && ids.every(isId)
}

export const pipelineRunRule = 'pipelineId/runId, as the output pipeline_run gives it'

export const isPlainWord = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text)

/** What an HTTP header can carry. */
export const isHeaderSafe = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

/** White space within is refused: the URL parser would drop it without a word. */
const parseUrl = (text: string): URL | undefined =>
  /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text) ? new URL(text) : undefined

export const isWebUrl = (text: string): boolean => {
  const url = parseUrl(text)
  return url !== undefined && url.username === '' && url.password === ''
}

/** An API's or an app's base address: https, or http on loopback. */
export const isAddress = (text: string): boolean => {
  const url = parseUrl(text)
  if (!url || !isWebUrl(text) || /[?#@\\]/.test(text)) return false
  return url.protocol === 'https:' || isLoopback(url.hostname)
}

/** A line as it was given, and what the input takes instead. */
type ImageInputError = { readonly got: string; readonly takes: string }

type ParsedImages =
  | { readonly kind: 'images'; readonly images: readonly ImageLine[] }
  | { readonly kind: 'errors'; readonly errors: readonly ImageInputError[] }

/** Reads the input `images`, one image per line; blank lines are ignored. An empty input has no images. */
export const parseImages = (text: string): ParsedImages => {
  const lines = splitLines(text)
  const images = lines.map(parseLine)
  const errors = lines.flatMap((got, index) => {
    const takes = findLineMistake(images, index)
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

/** What the line should be instead; `undefined` if it is right. */
const findLineMistake = (images: readonly ImageLine[], index: number): string | undefined => {
  const line = images[index]
  if (!line) return undefined
  if (line.workload === '' || line.container === '')
    return 'a name before the =: workload=image or workload/container=image'
  const isRepeated = images
    .slice(0, index)
    .some(({ workload, container }) => workload === line.workload && container === line.container)
  if (isRepeated) return 'each container once; an earlier line gives this one an image'
  if (line.workload === undefined && images.length > 1)
    return 'workload=image or workload/container=image; an image alone only as the only line'
  return findImageMistake(line.image)
}

/** An empty expression leaves `registry/` or `shop:`; jq and JavaScript write `null` or `undefined`. */
const findImageMistake = (image: string): string | undefined => {
  if (image === '') return 'an image; if it comes from an expression, that was empty'
  if (/\s/.test(image)) return 'an image without white space, one per line'
  if (/^(?:.*[:@])?(?:null|undefined)$/.test(image) || /[:@/]$/.test(image) || /^[:@/]/.test(image))
    return 'a whole image, such as ghcr.io/acme/shop:1.2; if it holds an expression, that may have been empty'
  return image.includes('=') ? 'one = between the container and its image' : undefined
}
