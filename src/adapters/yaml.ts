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
/** Of all keys and values, with aliases expanded: four times the largest file. */
const maxUnits = 2 ** 20

/** YAML 1.2's core schema, and `<<`, which isn't part of it, but of Go's parser, which Score's own tools use. */
const schema = CORE_SCHEMA.withTags(mergeTag)

/** Reads one YAML document into plain data without cycles. Messages don't quote the file, which may hold secrets. */
export const parseYaml: ParseYaml = (text) => {
  const pads: number[] = []
  const locate = createLocator(text, pads)
  try {
    const { source, events } = readEvents(text, pads)
    const root = readDocument({ text: source, events, anchors: new Map(), next: 1 })
    const [data = null] = constructFromEvents(events, { source, schema, maxAliases })
    return { kind: 'parsed', data, positionOf: (path) => locate(findNode(root, path).offset) }
  } catch (error) {
    const { offset, message } = describeFailure(error)
    return { kind: 'invalid', ...locate(offset), message }
  }
}

const pad = ' '.repeat(128)
/** The most UTF-16 units parsed again for it: enough for some 100 brackets in a file of 28 kB, or 8 at the end of 256 KiB. */
const maxReadAgain = 2 ** 21

/**
 * Many files have a closing bracket indented no further than the key of its list. Go's parser accepts that, this one refuses it.
 * So such a bracket is indented, and the text is parsed again.
 *
 * @param pads where spaces were inserted, as offsets in the text with the earlier ones
 */
const readEvents = (text: string, pads: number[]): { readonly source: string; readonly events: Event[] } => {
  let source = text
  for (let again = 0; ; ) {
    try {
      // The parser counts scalars as a level.
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

/** `offset`: of the value's key, if it has one, else of the value. `units`: its size with aliases expanded. */
type YamlNode = {
  readonly offset: number
  readonly children: ReadonlyMap<string, YamlNode>
  readonly units: number
  readonly depth: number
}

/** The node at a path, or the deepest one on the way that the file has. */
const findNode = (root: YamlNode, path: readonly (string | number)[]): YamlNode => {
  let node = root
  for (const key of path) {
    const child = node.children.get(String(key))
    if (!child) return node
    node = child
  }
  return node
}

class Refused extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** An anchor is `undefined` until its value has been read. */
type Walk = {
  readonly text: string
  readonly events: readonly Event[]
  readonly anchors: Map<string, YamlNode | undefined>
  next: number
}

/** Checks the document before data is made of it: aliases can grow exponentially, and can refer to themselves. */
const readDocument = (walk: Walk): YamlNode => {
  const root = readNode(walk, 0, 0)
  const second = walk.events[walk.next + 2]
  if (second) {
    const offset = startOf(second) ?? walk.text.lastIndexOf('---')
    throw new Refused(Math.max(0, offset), 'a second document begins here, and one file holds one')
  }
  return root
}

/** `undefined` for an empty value, which has no offset. */
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

/** `level`: the number of collections around it. `parentOffset`: for values without an offset. */
const readNode = (walk: Walk, level: number, parentOffset: number): YamlNode => {
  const event = walk.events[walk.next++]
  const offset = startOf(event) ?? parentOffset
  const nothing: YamlNode = { offset, children: noChildren, units: 1, depth: 0 }
  if (event?.type === EVENT_ID.ALIAS) return readAlias(walk, event, { level, nothing })
  if (event?.type !== EVENT_ID.SCALAR && event?.type !== EVENT_ID.MAPPING && event?.type !== EVENT_ID.SEQUENCE)
    return nothing
  const anchor = event.anchorStart < 0 ? '' : walk.text.slice(event.anchorStart, event.anchorEnd)
  if (anchor) walk.anchors.set(anchor, undefined)
  const node =
    event.type === EVENT_ID.SCALAR ? readScalar(walk, event, nothing) : readCollection(walk, event, { level, nothing })
  if (anchor) walk.anchors.set(anchor, node)
  return node
}

type EventOf<Type> = Extract<Event, { type: Type }>

/** `level`: as for `readNode`. `nothing`: an empty node at this place. */
type Spot = { readonly level: number; readonly nothing: YamlNode }

const readAlias = (walk: Walk, event: EventOf<typeof EVENT_ID.ALIAS>, { level, nothing }: Spot): YamlNode => {
  const name = walk.text.slice(event.anchorStart, event.anchorEnd)
  // The parser itself refuses an alias without an anchor.
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

/** Numbers that JSON doesn't have, and integers that JavaScript would round. */
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
    // The parser itself would merge a second `<<` instead of refusing it.
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

/** The first of several mappings wins, as in the data. */
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

// Messages that quote nothing of the file.
const tooDeep = 'nested more than 64 deep'
const twice = 'this key is already there above'
const notAKey = 'a key must be plain text; a template in braces must be quoted'

/** Replacements for the parser's reasons that quote the file, or don't help to find the mistake. */
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

/** The parser's “bad indentation” is more often a value that needs quotes. */
const describeMisplaced = (text: string, offset: number): string => {
  const character = text.charAt(offset)
  if (isLineStart(text, offset)) return 'its indentation matches no line above'
  if (/[@`%]/.test(character)) return `a text that begins with ${character} must be quoted`
  if (character === ':') return 'a colon within a value: indented too far, or to be quoted'
  return 'not expected here; is a quote missing, or one too many?'
}

/** Whether only spaces are before it. */
const isLineStart = (text: string, offset: number): boolean =>
  /(?:^|[\r\n]) *$/.test(text.slice(Math.max(0, offset - 1000), offset))
