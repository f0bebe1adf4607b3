/** One field of a GraphQL query. */
export type Selection = {
  /** The alias, or else the name: under which the answer has it. */
  readonly key: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly fields: readonly Selection[]
  /** The type of `... on Deployment { … }`, which has fields and nothing else. */
  readonly on?: string
}

type Reader = { readonly tokens: readonly string[]; at: number; readonly variables: Readonly<Record<string, unknown>> }

/**
 * The fields that a query asks for. Knows aliases, arguments, variables and inline fragments; no named
 * fragments, directives or mutations.
 *
 * @throws SyntaxError for anything else
 */
export const parseQuery = (query: string, variables: Readonly<Record<string, unknown>>): readonly Selection[] => {
  const tokens = query.replace(/#.*/g, '').match(/"(?:[^"\\]|\\.)*"|\$?\w+|-\d+|\.\.\.|[^\s,\w]/g) ?? []
  const reader: Reader = { tokens, at: 0, variables }
  if (reader.tokens[0] !== '{') skipHead(reader)
  const selections = readSelections(reader)
  if (reader.at < tokens.length) throw new SyntaxError(`Expected end of document, got ${tokens[reader.at]}.`)
  return selections
}

/** `query Name($owner: String!)`. */
const skipHead = (reader: Reader): void => {
  if (reader.tokens[0] !== 'query') throw new SyntaxError(`Expected query, got ${reader.tokens[0]}.`)
  const start = reader.tokens.indexOf('{')
  if (start < 0) throw new SyntaxError('Expected a selection, got the end of the document.')
  reader.at = start
}

const next = (reader: Reader): string => {
  const token = reader.tokens[reader.at++]
  if (token === undefined) throw new SyntaxError('Unexpected end of document.')
  return token
}

const expect = (reader: Reader, token: string): void => {
  const found = next(reader)
  if (found !== token) throw new SyntaxError(`Expected ${token}, got ${found}.`)
}

const readSelections = (reader: Reader): readonly Selection[] => {
  expect(reader, '{')
  const selections: Selection[] = []
  while (reader.tokens[reader.at] !== '}') selections.push(readSelection(reader))
  expect(reader, '}')
  return selections
}

const readSelection = (reader: Reader): Selection => {
  if (reader.tokens[reader.at] === '...') return readFragment(reader)
  const key = readName(reader)
  const isAliased = reader.tokens[reader.at] === ':'
  if (isAliased) reader.at++
  const name = isAliased ? readName(reader) : key
  const args = reader.tokens[reader.at] === '(' ? readArgs(reader) : {}
  return { key, name, args, fields: reader.tokens[reader.at] === '{' ? readSelections(reader) : [] }
}

const readFragment = (reader: Reader): Selection => {
  expect(reader, '...')
  expect(reader, 'on')
  const on = readName(reader)
  return { key: '', name: '', args: {}, on, fields: readSelections(reader) }
}

const readName = (reader: Reader): string => {
  const name = next(reader)
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new SyntaxError(`Expected a name, got ${name}.`)
  return name
}

const readArgs = (reader: Reader): Readonly<Record<string, unknown>> => {
  expect(reader, '(')
  const args: Record<string, unknown> = {}
  while (reader.tokens[reader.at] !== ')') {
    const name = readName(reader)
    expect(reader, ':')
    args[name] = readValue(reader)
  }
  expect(reader, ')')
  return args
}

const readValue = (reader: Reader): unknown => {
  const token = next(reader)
  if (token.startsWith('$')) return reader.variables[token.slice(1)]
  if (token.startsWith('"') || /^-?\d+$/.test(token)) return JSON.parse(token)
  return token === 'true' || token === 'false' ? token === 'true' : token
}
