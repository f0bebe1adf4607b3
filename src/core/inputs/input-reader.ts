import { parseDurationMs } from '../text/duration.ts'
import { joinWords } from '../text/words.ts'
import { isAddress, isHeaderSafe, isId } from './grammar.ts'
import { type InputName, inputDefaults, type RawInputs } from './input-names.ts'
import type { Mistake } from './request.ts'

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
    : 'a token without white space, line breaks or other characters that no header can carry'

/** What stands before an `@` may be a password, whatever else is wrong with the address. */
const hideCredentials = (text: string): string => text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1***@')

const showText = (input: InputName, text: string): string => (input.endsWith('_url') ? hideCredentials(text) : text)

export type Reader = ReturnType<typeof createReader>

/** Reads one input at a time and collects the mistakes, so that a person sees all of them in one go. */
export const createReader = (raw: RawInputs) => {
  const mistakes: Mistake[] = []
  const text = (name: InputName): string => raw[name].trim() || inputDefaults[name]
  const isGiven = (name: InputName): boolean => raw[name].trim() !== ''
  const refuse = (input: InputName, takes: string): void => {
    if (!mistakes.some((mistake) => mistake.input === input && mistake.takes === takes))
      mistakes.push({ input, ...(isGiven(input) && { got: showText(input, text(input)) }), takes })
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
    mistakes: mistakes as readonly Mistake[],
    text,
    isGiven,
    refuse,
    optional,
    choice,
    /** Given, and not the word for "no". */
    states: (name: InputName): boolean => isGiven(name) && !falseWords.includes(text(name)),
    id: <Name extends InputName>(name: Name): Field<Name> => optional(name, isId, '1 to 128 letters, digits, _ and -'),
    required: (name: InputName, isGood: (text: string) => boolean, rule: string): string => {
      if (!isGood(text(name))) refuse(name, rule)
      return text(name)
    },
    flag: (name: InputName): boolean => {
      if (!trueWords.includes(text(name)) && !falseWords.includes(text(name))) refuse(name, 'true or false')
      return trueWords.includes(text(name))
    },
    duration: (name: InputName, leastMs: number, mostMs: number, range: string): number => {
      const durationMs = parseDurationMs(text(name))
      if (durationMs === undefined || durationMs < leastMs || durationMs > mostMs)
        refuse(name, `${range}, written as 90s, 30m, 1h, 1h30m or a number of seconds`)
      return durationMs ?? leastMs
    },
    address: (name: InputName): string => {
      if (!isAddress(text(name)))
        refuse(
          name,
          'an https:// address with an optional path: no user, query or fragment; http:// for loopback alone',
        )
      return text(name).replace(/\/+$/, '')
    },
    /** Never echoed. `remedy` says what to do when there is none, where one is needed. */
    secret: (name: InputName, remedy?: string): string => {
      const value = text(name)
      if (value === '' && remedy !== undefined) mistakes.push({ input: name, takes: remedy })
      if (value !== '' && !isHeaderSafe(value))
        mistakes.push({ input: name, isSecret: true, takes: adviseSecret(value) })
      return value
    },
  }
}
