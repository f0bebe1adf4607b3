import { toLine } from '../text/clean-text.ts'

/** What a table's cell and an annotation hold at most. */
const longest = 300
const lineBreak = /[\n\r\u2028\u2029]/

/** Whether only its first line is shown, and all of it under a fold. */
export const isLongMessage = (message: string): boolean => message.length > longest || lineBreak.test(message.trim())

/** The first line of a long message, with `…` for the rest. */
export const formatFirstLine = (message: string): string => {
  const firstLine =
    message
      .trim()
      .slice(0, 4 * longest)
      .split(lineBreak, 1)[0] ?? ''
  return `${toLine(firstLine, longest - 2)} …`.replace('… …', '…')
}
