import {
  type BinaryExpression,
  type Node,
  type NumericLiteral,
  type PrefixUnaryExpression,
  type SourceFile,
  type StringLiteral,
  SyntaxKind,
} from 'typescript/unstable/ast'

/** One small change of a source file: the text from `start` up to `end` becomes `to`. */
export type Mutation = { readonly start: number; readonly end: number; readonly to: string }

/** Each becomes what a slip of the hand would write. */
const operators: Partial<Record<SyntaxKind, string>> = {
  [SyntaxKind.LessThanToken]: '<=',
  [SyntaxKind.LessThanEqualsToken]: '<',
  [SyntaxKind.GreaterThanToken]: '>=',
  [SyntaxKind.GreaterThanEqualsToken]: '>',
  [SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [SyntaxKind.AmpersandAmpersandToken]: '||',
  [SyntaxKind.BarBarToken]: '&&',
  [SyntaxKind.QuestionQuestionToken]: '&&',
  [SyntaxKind.PlusToken]: '-',
  [SyntaxKind.MinusToken]: '+',
  [SyntaxKind.AsteriskToken]: '/',
  [SyntaxKind.SlashToken]: '*',
}

/** All changes of a file, in its order: operators, numbers, conditions, calls left out, words of a union swapped. */
export const listMutations = (file: SourceFile): readonly Mutation[] => {
  const words = listWords(file)
  const found: Mutation[] = []
  const visit = (node: Node): void => {
    if (isLeftAlone(node)) return
    found.push(...mutate(node, file, words))
    node.forEachChild(visit)
  }
  file.forEachChild(visit)
  return found.toSorted((one, other) => one.start - other.start || one.end - other.end)
}

/** Imports and types: nothing in them runs. */
const isLeftAlone = ({ kind }: Node): boolean =>
  [SyntaxKind.ImportDeclaration, SyntaxKind.TypeAliasDeclaration, SyntaxKind.InterfaceDeclaration].includes(kind) ||
  (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode)

const mutate = (node: Node, file: SourceFile, words: readonly string[]): readonly Mutation[] => {
  const change = (on: Node, to: string): Mutation[] => [{ start: on.getStart(file), end: on.getEnd(), to }]
  switch (node.kind) {
    case SyntaxKind.BinaryExpression: {
      const { operatorToken } = node as BinaryExpression
      const to = operators[operatorToken.kind]
      return to === undefined ? [] : change(operatorToken, to)
    }
    case SyntaxKind.NumericLiteral:
      return change(node, String(Number((node as NumericLiteral).text.replaceAll('_', '')) + 1))
    case SyntaxKind.PrefixUnaryExpression: {
      const { operator, operand } = node as PrefixUnaryExpression
      return operator === SyntaxKind.ExclamationToken ? change(node, operand.getText(file)) : []
    }
    case SyntaxKind.TrueKeyword:
      return change(node, 'false')
    case SyntaxKind.FalseKeyword:
      return change(node, 'true')
    case SyntaxKind.ExpressionStatement:
      return change(node, ';')
    case SyntaxKind.StringLiteral: {
      const to = nextWord((node as StringLiteral).text, words)
      return to === undefined ? [] : change(node, `'${to}'`)
    }
    default:
      return listConditions(node).flatMap((condition) => change(condition, `!(${condition.getText(file)})`))
  }
}

/** What decides: of an `if`, a `while`, a `? :`. */
const listConditions = (node: Node): readonly Node[] => {
  const { expression, condition } = node as Node & { readonly expression?: Node; readonly condition?: Node }
  const decides = node.kind === SyntaxKind.IfStatement || node.kind === SyntaxKind.WhileStatement
  return [...(decides && expression ? [expression] : []), ...(condition ? [condition] : [])]
}

/** The short words that a file says more than once: kinds, outcomes, names of fields. */
const listWords = (file: SourceFile): readonly string[] => {
  const counts = new Map<string, number>()
  const visit = (node: Node): void => {
    const { text } = node as StringLiteral
    if (node.kind === SyntaxKind.StringLiteral && /^[a-z_]{3,24}$/.test(text))
      counts.set(text, (counts.get(text) ?? 0) + 1)
    node.forEachChild(visit)
  }
  file.forEachChild((node) => void (node.kind === SyntaxKind.ImportDeclaration || visit(node)))
  return [...counts.keys()]
}

const nextWord = (word: string, words: readonly string[]): string | undefined => {
  const index = words.indexOf(word)
  return index < 0 || words.length < 2 ? undefined : words[(index + 1) % words.length]
}
