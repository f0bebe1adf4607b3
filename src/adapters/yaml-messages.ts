/** What is wrong with a YAML file, in words that hold none of the file's. */
export const tooDeep = 'nested more than 64 deep'
export const twice = 'this key is already there above'
export const notAKey = 'a key must be plain text; a template in braces must be quoted'

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

export const describeReason = (reason: string, text: string, offset: number): string => {
  const [, message] = reasons.find(([pattern]) => pattern.test(reason)) ?? []
  if (message) return message
  return /^bad indentation/.test(reason) ? describeMisplaced(text, offset) : (reason.split(/"|: /)[0] ?? '').trim()
}

/** What the parser calls bad indentation is more often a value that needs quotes. */
const describeMisplaced = (text: string, offset: number): string => {
  const character = text.charAt(offset)
  if (isLineStart(text, offset)) return 'indented like no line above that it could belong to'
  if (/[@`%]/.test(character)) return `a text that begins with ${character} must be quoted`
  if (character === ':') return 'a colon within a value: indented too far, or to be quoted'
  return 'not expected here; is a quote missing, or one too many?'
}

/** Whether nothing but spaces stands before it. */
export const isLineStart = (text: string, offset: number): boolean =>
  /(?:^|[\r\n]) *$/.test(text.slice(Math.max(0, offset - 1000), offset))
