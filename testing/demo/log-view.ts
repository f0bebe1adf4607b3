import type { LogLine } from '../simulator/runner/log.ts'
import { paint, print, wrapLine } from './terminal.ts'

const bar = '  │ '
const mostShownOfGroup = 3

/** Prints the log of a step as GitHub shows it: annotations in colour, groups all but folded, nothing of what isn't for people. */
export const createLogView = () => {
  let groupSize = 0
  const show = (line: string): void => print(paint('dim', bar) + line)
  return (line: LogLine): void => {
    const { kind, text, isInGroup } = line
    if (kind === 'debug') return
    if (kind === 'group') {
      groupSize = 0
      show(`▾ ${paint('bold', text)}`)
    } else if (kind === 'endgroup') {
      const hidden = groupSize - mostShownOfGroup
      if (hidden > 0) show(paint('dim', `    … ${hidden} more ${hidden === 1 ? 'line' : 'lines'}`))
    } else if (isInGroup && ++groupSize > mostShownOfGroup) {
      return
    } else {
      for (const part of formatLine(line)) show(part)
    }
  }
}

const marks = {
  error: ['red', 'Error: '],
  warning: ['yellow', 'Warning: '],
  notice: ['blue', 'Notice: '],
} as const

const formatLine = ({ kind, text, isInGroup }: LogLine): readonly string[] => {
  const [color, mark = ''] = kind in marks ? marks[kind as keyof typeof marks] : []
  const indent = isInGroup ? '    ' : ''
  return `${mark}${text}`
    .split(/\r\n|[\r\n]/)
    .flatMap((part) => wrapLine(indent + part, bar.length))
    .map((part) => (color ? paint(color, part) : part))
}
