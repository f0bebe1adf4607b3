import { dirname, join, normalize } from 'node:path'

/** Contents by path. */
export type Sources = ReadonlyMap<string, string>

type Function = {
  readonly name: string
  readonly lines: number
  readonly parameters: number
}

export type Figures = {
  readonly files: number
  readonly lines: number
  readonly medianFileLines: number
  readonly smallFiles: number
  readonly arrows: number
  /** Files of the longest chain of imports. */
  readonly longestChain: readonly string[]
  readonly filesInCircles: readonly string[]
  readonly importedNames: number
  /** Names that only one file imports. */
  readonly namesOfOneUser: number
  readonly functions: number
  readonly medianFunctionLines: number
  readonly p90FunctionLines: number
  readonly longestFunction: Function
  readonly manyParameters: number
}

const mostLinesOfSmall = 20
const manyParameters = 4

/**
 * What can be counted of a folder of TypeScript, as Biome formats it: expressions over lines, not a syntax tree. Functions are
 * those with a name: constants, declarations, and properties of objects.
 */
export const measureSources = (sources: Sources): Figures => {
  const fileLines = [...sources.values()].map(countLines)
  const imports = new Map([...sources].map(([path, text]) => [path, listImports(path, text, sources)]))
  const users = countUsers([...imports.values()].flat())
  const functions = [...sources.values()].flatMap(listFunctions)
  const functionLines = functions.map(({ lines }) => lines)
  const targets = new Map([...imports].map(([path, found]) => [path, new Set(found.map(({ target }) => target))]))
  return {
    files: sources.size,
    lines: fileLines.reduce((sum, lines) => sum + lines, 0),
    medianFileLines: findMedian(fileLines),
    smallFiles: fileLines.filter((lines) => lines <= mostLinesOfSmall).length,
    arrows: [...targets.values()].reduce((sum, found) => sum + found.size, 0),
    longestChain: findLongestChain(targets),
    filesInCircles: [...targets.keys()].filter((path) => leadsTo(targets, path, path)),
    importedNames: users.size,
    namesOfOneUser: [...users.values()].filter((count) => count === 1).length,
    functions: functions.length,
    medianFunctionLines: findMedian(functionLines),
    p90FunctionLines: findQuantile(functionLines, 0.9),
    longestFunction: functions.reduce((longest, each) => (each.lines > longest.lines ? each : longest), noFunction),
    manyParameters: functions.filter(({ parameters }) => parameters >= manyParameters).length,
  }
}

const noFunction: Function = { name: '', lines: 0, parameters: 0 }

const countLines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

/** The smallest value that at least this share of all doesn't exceed; 0 of none. */
const findQuantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0

const findMedian = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}

type Import = { readonly target: string; readonly names: readonly string[] }

const listImports = (path: string, text: string, sources: Sources): readonly Import[] => {
  const statements = [...text.matchAll(/^(?:import|export)\s+(?:type\s+)?([^'"]*?)\s*from\s+'(\.[^']+)'/gm)]
  const lazy = [...text.matchAll(/(?:(?:const|let)\s+(\{[^}]*\})\s*=\s*await\s+)?\bimport\('(\.[^']+)'\)/g)]
  return [...statements, ...lazy].flatMap(([, clause = '', from = '']) => {
    const target = normalize(join(dirname(path), from))
    return sources.has(target) ? [{ target, names: listNames(clause) }] : []
  })
}

/** Of `{ a, type B, c as d }`: `a`, `B`, `c`. */
const listNames = (clause: string): readonly string[] =>
  clause
    .replaceAll(/[{}]/g, '')
    .split(',')
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(/ as |:/)[0] ?? '',
    )
    .filter(Boolean)

const countUsers = (imports: readonly Import[]): ReadonlyMap<string, number> => {
  const users = new Map<string, number>()
  for (const { target, names } of imports) {
    for (const name of names) users.set(`${target} ${name}`, (users.get(`${target} ${name}`) ?? 0) + 1)
  }
  return users
}

type Targets = ReadonlyMap<string, ReadonlySet<string>>

/** A file that a chain has been through isn't entered again, so circles end. */
const findLongestChain = (targets: Targets): readonly string[] => {
  const known = new Map<string, readonly string[]>()
  const follow = (path: string, above: ReadonlySet<string>): readonly string[] => {
    const found = known.get(path)
    if (found) return found
    const inside = new Set([...above, path])
    const chains = [...(targets.get(path) ?? [])]
      .filter((next) => !inside.has(next))
      .map((next) => follow(next, inside))
    const chain = [path, ...findLongest(chains)]
    known.set(path, chain)
    return chain
  }
  return findLongest([...targets.keys()].map((path) => follow(path, new Set())))
}

const findLongest = (chains: readonly (readonly string[])[]): readonly string[] =>
  chains.reduce((longest, chain) => (chain.length > longest.length ? chain : longest), [])

const leadsTo = (targets: Targets, from: string, wanted: string): boolean => {
  const seen = new Set<string>()
  const open = [...(targets.get(from) ?? [])]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === wanted) return true
    if (seen.has(path)) continue
    seen.add(path)
    open.push(...(targets.get(path) ?? []))
  }
  return false
}

/** `const name = (`, `const name = async (`, `function name(`, `name: (` and `name(` in an object. */
const beginning =
  /^( *)(?:export )?(?:default )?(?:(?:const|let) (\w+)(?:: [^=]+)? =\s*|(?:async )?function\*? ?(\w+)|(\w+): )(?:async )?(<[^(]*>)?(?:\(|(\w+) =>)/

const listFunctions = (text: string): readonly Function[] => {
  const lines = blankTypes(text).split('\n')
  const found: Function[] = []
  let headerEnd = 0
  for (const index of lines.keys()) {
    const header = index < headerEnd ? undefined : readHeader(lines, index)
    if (!header) continue
    // A parameter may be a function itself.
    headerEnd = index + header.headerLines
    found.push(header)
  }
  return found
}

const readHeader = (lines: readonly string[], index: number): (Function & { headerLines: number }) | undefined => {
  const line = lines[index] ?? ''
  // The arrow may stand on the line after the equals sign.
  const match = beginning.exec(/ =$/.test(line) ? `${line} ${lines[index + 1]?.trim() ?? ''}` : line)
  if (!match) return undefined
  const [, indent = '', constant, declared, property = '', , single] = match
  const length = measureStatement(lines, index, indent.length)
  const body = lines.slice(index, index + length).join('\n')
  const list = single ?? readParentheses(body)
  if (declared === undefined && single === undefined && !isArrow(body)) return undefined
  return {
    name: constant ?? declared ?? property,
    lines: length,
    parameters: countParameters(list),
    headerLines: list.split('\n').length,
  }
}

/** Whether what follows the first parentheses is an arrow, with or without a type before it. */
const isArrow = (body: string): boolean => {
  const start = body.indexOf('(')
  const rest = body.slice(start + readParentheses(body).length + 2)
  return /^\s*=>/.test(rest) || /^: [\s\S]*?=>/.test(rest.split(/\n {2,}(?:return|const|if)\b/)[0] ?? '')
}

/** Types have arrows, too. */
const blankTypes = (text: string): string => {
  const lines = text.split('\n')
  const kept = [...lines]
  for (const [index, line] of lines.entries()) {
    const [, indent] = /^( *)(?:export )?(?:type \w+|interface )/.exec(line) ?? []
    if (indent === undefined) continue
    const length = measureStatement(lines, index, indent.length)
    kept.fill('', index, index + length)
  }
  return kept.join('\n')
}

/** Lines until the next one that isn't further in, and doesn't only close something. */
const measureStatement = (lines: readonly string[], first: number, indent: number): number => {
  const rest = lines.slice(first + 1)
  const end = rest.findIndex((line) => line.trim() !== '' && indentOf(line) <= indent && !/^ *[)\]}|&]/.test(line))
  const inside = end === -1 ? rest : rest.slice(0, end)
  return 1 + inside.length - countEmptyAtEnd(inside)
}

const indentOf = (line: string): number => line.length - line.trimStart().length

const countEmptyAtEnd = (lines: readonly string[]): number =>
  lines.length - (lines.findLastIndex((line) => line.trim() !== '') + 1)

/** What stands between the first parenthesis and its end. */
const readParentheses = (body: string): string => {
  const start = body.indexOf('(') + 1
  let depth = 1
  let end = start
  while (depth > 0 && end < body.length) {
    if (body[end] === '(') depth++
    if (body[end] === ')') depth--
    end++
  }
  return body.slice(start, end - 1)
}

const countParameters = (list: string): number => {
  let depth = 0
  let flat = ''
  for (const character of list.replaceAll('=>', '')) {
    if ('([{<'.includes(character)) depth++
    if (')]}>'.includes(character)) depth--
    flat += character === ',' && depth > 0 ? ' ' : character
  }
  return flat.split(',').filter((part) => part.trim() !== '').length
}
