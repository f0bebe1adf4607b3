/** A line by which a step tells the runner something: `::error title=Not deployed::It failed`. */
export type WorkflowCommand = {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** The names that the runner knows (actions/runner, ActionCommandManager.cs); a line with any other is plain text. */
const knownNames: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/** The command in a line of the log, by the runner's rules (ActionCommand.cs): `::name::` at its start, `##[name]` anywhere. */
export const parseWorkflowCommand = (line: string): WorkflowCommand | undefined =>
  parseForm(/^\s*::([^\s:]+)(?: ((?:(?!::).)*))?::(.*)$/s.exec(line), ',', unescapeData, unescapeProperty) ??
  parseForm(/##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/s.exec(line), ';', unescapeOld, unescapeOld)

type Unescape = (text: string) => string

const parseForm = (
  match: RegExpExecArray | null,
  separator: string,
  unescapeText: Unescape,
  unescapeValue: Unescape,
): WorkflowCommand | undefined => {
  const [, name = '', properties = '', data = ''] = match ?? []
  if (!knownNames.has(name.toLowerCase())) return undefined
  const pairs = properties.split(separator).flatMap((property): [string, string][] => {
    const [, key = '', value = ''] = /^([^=]+)=(.+)$/s.exec(property.trim()) ?? []
    return key ? [[key.toLowerCase(), unescapeValue(value)]] : []
  })
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), data: unescapeText(data) }
}

/** `%25` comes last: what it stands for is no escape any more. */
const createUnescape =
  (escapes: readonly (readonly [string, string])[]): Unescape =>
  (text) =>
    [...escapes, ['%25', '%'] as const].reduce(
      (rest, [escaped, character]) => rest.replaceAll(escaped, character),
      text,
    )

const lineEnds = [
  ['%0D', '\r'],
  ['%0A', '\n'],
] as const

const unescapeData = createUnescape(lineEnds)
const unescapeProperty = createUnescape([...lineEnds, ['%3A', ':'], ['%2C', ',']])
const unescapeOld = createUnescape([['%3B', ';'], ...lineEnds, ['%5D', ']']])
