import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  mergeTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml'
import type { ParseYaml, TextPosition } from '../core/api.ts'

const maxDepth = 64
const maxAliases = 100
/** Of all keys and values, with each alias counted as what it stands for: four times what a file may have. */
const maxUnits = 2 ** 20

/** YAML 1.2's core schema, and `<<`, which that doesn't know, but Go's parser does, by which Score's own tools read. */
const schema = CORE_SCHEMA.withTags(mergeTag)

/** Reads one YAML document into plain data without circles. A mistake never quotes the file: it may hold secrets. */
export const parseYaml: ParseYaml = (text) => {
  const pads: number[] = []
  const locate = createLocator(text, pads)
  try {
    const { source, events } = readEvents(text, pads)
    const root = readDocument({ text: source, events, anchors: new Map(), next: 1 })
    const [data = null] = constructFromEvents(events, { source, schema, maxAliases })
    return { kind: 'parsed', data, positionOf: (path) => locate(findPlace(root, path).offset) }
  } catch (error) {
    const { offset, message } = describeFailure(error)
    return { kind: 'invalid', ...locate(offset), message }
  }
}

const pad = ' '.repeat(128)
/** How much is read again for it, in UTF-16 units: for some 100 brackets in a file of 28 kB, for 8 at the end of a file of 256 KiB. */
const maxReadAgain = 2 ** 21

/**
 * Go's parser takes a closing bracket at the beginning of a line, as far to the left as the key of the list, and so do many
 * files; this one is strict and refuses it. Such a bracket is moved to the right, and the text is read again.
 *
 * @param pads where that was done, each counted after those before it
 */
const readEvents = (text: string, pads: number[]): { readonly source: string; readonly events: Event[] } => {
  let source = text
  for (let again = 0; ; ) {
    try {
      // The parser counts texts as a level, too.
      return { source, events: parseEvents(source, { maxDepth: maxDepth + 1 }) }
    } catch (error) {
      const offset = findLowBracket(source, error)
      again += offset ?? 0
      if (offset === undefined || again > maxReadAgain) throw error
      source = source.slice(0, offset) + pad + source.slice(offset)
      pads.push(offset)
    }
  }
}

const findLowBracket = (source: string, error: unknown): number | undefined => {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation') return undefined
  const offset = error.mark?.position ?? 0
  return /[\]}]/.test(source.charAt(offset)) && isLineStart(source, offset) ? offset : undefined
}

/** Columns in UTF-16 units, as editors count. */
const createLocator = (text: string, pads: readonly number[]): ((offset: number) => TextPosition) => {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)]
  return (padded) => {
    const offset = pads.reduceRight((it, at) => (it > at ? Math.max(at, it - pad.length) : it), padded)
    let line = 0
    for (let step = 2 ** 20; step >= 1; step /= 2) if ((starts[line + step] ?? Infinity) <= offset) line += step
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}

/** Where a value is pointed at (at its key, if it has one), what it holds, and how much that is. */
type YamlNode = {
  readonly offset: number
  readonly children: ReadonlyMap<string, YamlNode>
  readonly units: number
  readonly depth: number
}

/** The deepest one of a path that the file has. */
const findPlace = (root: YamlNode, path: readonly (string | number)[]): YamlNode => {
  let place = root
  for (const key of path) {
    const child = place.children.get(String(key))
    if (!child) return place
    place = child
  }
  return place
}

class Refused extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** An anchor is `undefined` until all that it names has been read. */
type Walk = {
  readonly text: string
  readonly events: readonly Event[]
  readonly anchors: Map<string, YamlNode | undefined>
  next: number
}

/** Before a value is made of it: aliases multiply, and may stand in themselves. */
const readDocument = (walk: Walk): YamlNode => {
  const root = readNode(walk, 0, 0)
  const second = walk.events[walk.next + 2]
  if (second) {
    const offset = startOf(second) ?? walk.text.lastIndexOf('---')
    throw new Refused(Math.max(0, offset), 'a second document begins here, and one file holds one')
  }
  return root
}

/** The offset of an event; empty values have none. */
const startOf = (event: Event | undefined): number | undefined => {
  if (!event || !('anchorStart' in event)) return undefined
  if ('tagStart' in event && event.tagStart >= 0) return event.tagStart
  if (event.anchorStart >= 0) return event.anchorStart
  if ('start' in event) return event.start
  if (!('valueStart' in event) || event.valueStart < 0) return undefined
  const isQuoted = event.style === SCALAR_STYLE.DOUBLE_QUOTED || event.style === SCALAR_STYLE.SINGLE_QUOTED
  return event.valueStart - (isQuoted ? 1 : 0)
}

const noChildren: ReadonlyMap<string, YamlNode> = new Map()

/** `level` is the number of collections around it, `parentOffset` stands in for values that are nowhere. */
const readNode = (walk: Walk, level: number, parentOffset: number): YamlNode => {
  const event = walk.events[walk.next++]
  const offset = startOf(event) ?? parentOffset
  const nothing: YamlNode = { offset, children: noChildren, units: 1, depth: 0 }
  if (event?.type === EVENT_ID.ALIAS) return readAlias(walk, event, { level, nothing })
  if (event?.type !== EVENT_ID.SCALAR && event?.type !== EVENT_ID.MAPPING && event?.type !== EVENT_ID.SEQUENCE)
    return nothing
  const anchor = event.anchorStart < 0 ? '' : walk.text.slice(event.anchorStart, event.anchorEnd)
  if (anchor) walk.anchors.set(anchor, undefined)
  const place =
    event.type === EVENT_ID.SCALAR ? readScalar(walk, event, nothing) : readCollection(walk, event, { level, nothing })
  if (anchor) walk.anchors.set(anchor, place)
  return place
}

type EventOf<Type> = Extract<Event, { type: Type }>

/** `level`: how deep it stands. `nothing`: what an empty node there would be. */
type Spot = { readonly level: number; readonly nothing: YamlNode }

const readAlias = (walk: Walk, event: EventOf<typeof EVENT_ID.ALIAS>, { level, nothing }: Spot): YamlNode => {
  const name = walk.text.slice(event.anchorStart, event.anchorEnd)
  // One without an anchor is refused by the parser itself.
  if (!walk.anchors.has(name)) return nothing
  const target = walk.anchors.get(name)
  if (!target) throw new Refused(nothing.offset, 'this alias refers to a value that contains it')
  if (level + target.depth > maxDepth) throw new Refused(nothing.offset, tooDeep)
  return { ...target, offset: nothing.offset }
}

const readScalar = (walk: Walk, event: EventOf<typeof EVENT_ID.SCALAR>, nothing: YamlNode): YamlNode => {
  const source = getScalarValue(walk.text, event)
  if (event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 && isInexact(source)) {
    throw new Refused(nothing.offset, 'this number can’t be passed on exactly; quote it')
  }
  return { ...nothing, units: source.length + 1 }
}

/** What JSON has no number for, and whole numbers that JavaScript would round. */
const isInexact = (source: string): boolean => {
  if (!/^[-+.\d]/.test(source)) return false
  const whole = intCoreTag.resolve(source, false, intCoreTag.tagName)
  if (typeof whole === 'number') return !Number.isSafeInteger(whole)
  const number = floatCoreTag.resolve(source, false, floatCoreTag.tagName)
  return typeof number === 'number' && !Number.isFinite(number)
}

const readCollection = (walk: Walk, { type }: Event, { level, nothing }: Spot): YamlNode => {
  const isMapping = type === EVENT_ID.MAPPING
  const own = new Map<string, YamlNode>()
  const merged = new Map<string, YamlNode>()
  let units = 1
  let depth = 0
  for (let index = 0; walk.events[walk.next]?.type !== EVENT_ID.POP; index += 1) {
    const key = isMapping ? readKey(walk, level, nothing.offset) : { name: String(index) }
    // The parser itself would merge a second `<<`.
    if (key.name && own.has(key.name)) throw new Refused(key.offset ?? nothing.offset, twice)
    const value = readNode(walk, level + 1, key.offset ?? nothing.offset)
    units += key.name.length + value.units
    if (units > maxUnits) throw new Refused(value.offset, 'what the aliases stand for is more than 1 MiB')
    depth = Math.max(depth, value.depth)
    if (isMapping && key.name === '<<') addMerged(merged, value)
    own.set(key.name, { ...value, offset: key.offset ?? value.offset })
  }
  walk.next += 1
  return { ...nothing, children: new Map([...merged, ...own]), units, depth: depth + 1 }
}

type Key = { readonly name: string; readonly offset?: number }

const readKey = (walk: Walk, level: number, parentOffset: number): Key => {
  const event = walk.events[walk.next]
  const offset = startOf(event) ?? parentOffset
  if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) throw new Refused(offset, notAKey)
  readNode(walk, level, offset)
  return { name: event?.type === EVENT_ID.SCALAR ? getScalarValue(walk.text, event) : '', offset }
}

/** The first of several mappings wins, as in the values. */
const addMerged = (merged: Map<string, YamlNode>, value: YamlNode): void => {
  for (const [name, child] of value.children) {
    if (/^\d+$/.test(name)) addMerged(merged, child)
    else if (!merged.has(name)) merged.set(name, child)
  }
}

const describeFailure = (error: unknown): { readonly offset: number; readonly message: string } => {
  if (error instanceof Refused) return error
  if (!(error instanceof YAMLException)) return { offset: 0, message: 'can’t be read as YAML' }
  const offset = error.mark?.position ?? 0
  return { offset, message: describeReason(error.reason, error.mark?.buffer ?? '', offset) }
}

/** What is wrong with a YAML file, in words that hold none of the file's. */
const tooDeep = 'nested more than 64 deep'
const twice = 'this key is already there above'
const notAKey = 'a key must be plain text; a template in braces must be quoted'

/** The parser's own reasons: those that hold words of the file, and those that don't say what to look for. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^nesting exceeded/, tooDeep],
  [/^aliases exceeded/, 'more than 100 aliases'],
  [/^merge keys exceeded|^abnormal merge/, 'too much is merged by <<'],
  [/^cannot merge/, '<< takes a mapping or a list of mappings'],
  [/^duplicated mapping key/, twice],
  [/complex keys/, notAKey],
  [/^unidentified alias/, 'an alias without its anchor above; a text that begins with * must be quoted'],
  [/\btag\b/, 'a tag that is not YAML’s own; a text that begins with ! must be quoted'],
  [/^tab characters/, 'a tab; YAML is indented by spaces'],
  [/^deficient indentation/, 'indented too little; is a quote or a bracket above still open?'],
  [/multiline key|^expected ':'/, 'a colon is missing: this would be a key without a value'],
  [/^missed comma/, 'a comma or a closing bracket is missing before this'],
  [/^unexpected end/, 'the end of the file, and a quote or a bracket is still open'],
  [/^end of the stream/, 'more follows where the document is over; is it indented as what is above?'],
  [/^unknown escape/, 'not an escape that double quotes know; a single backslash needs single quotes'],
  [/non-printable/, 'a character that is not text'],
]

const describeReason = (reason: string, text: string, offset: number): string => {
  const [, message] = reasons.find(([pattern]) => pattern.test(reason)) ?? []
  if (message) return message
  return /^bad indentation/.test(reason) ? describeMisplaced(text, offset) : (reason.split(/"|: /)[0] ?? '').trim()
}

/** What the parser calls bad indentation is more often a value that needs quotes. */
const describeMisplaced = (text: string, offset: number): string => {
  const character = text.charAt(offset)
  if (isLineStart(text, offset)) return 'its indentation matches no line above'
  if (/[@`%]/.test(character)) return `a text that begins with ${character} must be quoted`
  if (character === ':') return 'a colon within a value: indented too far, or to be quoted'
  return 'not expected here; is a quote missing, or one too many?'
}

/** Whether nothing but spaces stands before it. */
const isLineStart = (text: string, offset: number): boolean =>
  /(?:^|[\r\n]) *$/.test(text.slice(Math.max(0, offset - 1000), offset))
