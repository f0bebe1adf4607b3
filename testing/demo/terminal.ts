import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Plain where the output is no terminal, or colours aren't wanted (`NO_COLOR`). */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout })

export const print = (...lines: readonly string[]): void => {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

const widest = 110

const getWidth = (): number => Math.min(process.stdout.columns ?? widest, widest)

/** Lines of at most the terminal's width less `margin`, broken between words; further ones are indented by two more blanks. */
export const wrapLine = (text: string, margin: number): readonly string[] => {
  const width = (process.stdout.columns ?? Number.POSITIVE_INFINITY) - margin
  if (text.length <= width) return [text]
  const cut = text.lastIndexOf(' ', width)
  const indent = /^ */.exec(text)?.[0] ?? ''
  if (cut <= indent.length) return [text]
  return [text.slice(0, cut), ...wrapLine(`${indent}  ${text.slice(cut + 1)}`, margin)]
}

/** `── words ─────────`, over the whole width. */
export const formatRule = (words: string): string => {
  const start = `── ${words} `
  return paint(['bold', 'cyan'], start + '─'.repeat(Math.max(3, getWidth() - start.length)))
}

/** Two columns, the first one's words dim. Values too long for the width are cut. */
export const formatRows = (rows: readonly (readonly [string, string])[], indent = '    '): readonly string[] => {
  const nameWidth = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => {
    const room = getWidth() - indent.length - nameWidth - 2
    const shown = value.length > room ? `${value.slice(0, room - 1)}…` : value
    return `${indent}${paint('dim', name.padEnd(nameWidth))}  ${shown}`
  })
}
