import type { Masks } from './masks.ts'
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.ts'

/** One line of the log as GitHub shows it, secrets hidden. An annotation's `text` may be several lines. */
export type LogLine = {
  readonly kind: 'text' | 'group' | 'endgroup' | 'error' | 'warning' | 'notice' | 'debug'
  readonly text: string
  /** Of an annotation: shown beside the log, not in it. */
  readonly title?: string
  /** Shown only when the group that was opened before is unfolded. */
  readonly isInGroup: boolean
}

export type Log = {
  readonly lines: readonly LogLine[]
  /** As they came, in order, secrets included. */
  readonly commands: readonly WorkflowCommand[]
  /** One line that the step printed, without its end. */
  take(line: string): void
}

const shownCommands: ReadonlySet<string> = new Set(['group', 'endgroup', 'error', 'warning', 'notice', 'debug'])

/** Makes the log of what a step prints: commands carried out, secrets hidden from the moment they are told. */
export const createLog = (masks: Masks, onLine: (line: LogLine) => void = () => undefined): Log => {
  const lines: LogLine[] = []
  const commands: WorkflowCommand[] = []
  let isInGroup = false
  const show = (kind: LogLine['kind'], text: string, title?: string): void => {
    const isInside = isInGroup && kind !== 'group' && kind !== 'endgroup'
    const line = { kind, text: masks.apply(text), ...(title && { title: masks.apply(title) }), isInGroup: isInside }
    lines.push(line)
    onLine(line)
  }
  return {
    lines,
    commands,
    take: (line) => {
      const command = parseWorkflowCommand(line)
      if (!command) return show('text', line)
      commands.push(command)
      if (command.name === 'add-mask') masks.add(command.data)
      if (!shownCommands.has(command.name)) return
      if (command.name === 'group') isInGroup = true
      if (command.name === 'endgroup') isInGroup = false
      show(command.name as LogLine['kind'], command.data, command.properties['title'])
    },
  }
}

/** The lines of a stream of text; what follows the last line break is a line when `end` is called. */
export const createLineSplitter = (onLine: (line: string) => void) => {
  const decoder = new TextDecoder()
  let rest = ''
  const cut = (): void => {
    const lines = rest.split(/\r?\n/)
    rest = lines.pop() ?? ''
    lines.forEach(onLine)
  }
  return {
    take: (chunk: Uint8Array): void => {
      rest += decoder.decode(chunk, { stream: true })
      cut()
    },
    end: (): void => {
      if (rest) onLine(rest)
      rest = ''
    },
  }
}
