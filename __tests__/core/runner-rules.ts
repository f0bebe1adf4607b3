/**
 * What the runner takes for a command (actions/runner, src/Runner.Common/ActionCommand.cs): `::` and a second `::` behind it, at a
 * line's start after white space as .NET knows it; or `##[` and a `]` behind it, anywhere. Its comparisons skip what has no
 * width, and any name will do here: which ones it knows may change.
 */
export const isCommand = (line: string): boolean => {
  const visible = line.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return [line, visible].some((text) => text.replace(/^[\s\u0085]+/, '').startsWith('::') || text.includes('##['))
}

/** The runner reads lines as .NET does. */
export const splitLines = (text: string): string[] => text.split(/\r\n|[\r\n]/)

/** Controls, other ends of lines, changes of direction: what a terminal or a reader would be led astray by. */
export const misleading = /(?!\n)\p{Cc}|[\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
