/**
 * What a step wrote into one of the runner's files for outputs, state or variables: `name=value`, or
 * `name<<delimiter`, the value's lines, and the delimiter (actions/runner, FileCommandManager.cs). A later entry of a name wins.
 *
 * @throws Error where the runner would fail the step: a line that is neither, or a value without its end
 */
export const parseCommandFile = (text: string): Readonly<Record<string, string>> => {
  const entries: Record<string, string> = {}
  const lines = splitLines(text)
  for (let index = 0; index < lines.length; index++) {
    const { content = '' } = lines[index] ?? {}
    if (content === '') continue
    const heredoc = /^([^=]*?)<<(.*)$/.exec(content)
    if (heredoc) {
      const [, name = '', delimiter = ''] = heredoc
      const endIndex = findEnd(lines, index + 1, delimiter)
      if (name === '' || delimiter === '' || endIndex < 0) throw new Error(`The runner can't read: ${content}`)
      entries[name] = joinLines(lines.slice(index + 1, endIndex))
      index = endIndex
    } else {
      const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(content) ?? []
      if (name === '') throw new Error(`The runner can't read: ${content}`)
      entries[name] = value
    }
  }
  return entries
}

type Line = { readonly content: string; readonly result: string }

/** On Windows the runner takes `\r\n` for an end of line, elsewhere `\n` alone. */
const splitLines = (text: string): readonly Line[] =>
  [...text.matchAll(process.platform === 'win32' ? /(.*?)(\r?\n|$)/gs : /(.*?)(\n|$)/gs)]
    .map(([, content = '', result = '']) => ({ content, result }))
    .filter(({ content, result }) => content !== '' || result !== '')

/** The line before the delimiter must have an end, which belongs to no value. */
const findEnd = (lines: readonly Line[], from: number, delimiter: string): number =>
  lines.findIndex(({ content }, index) => index >= from && content === delimiter)

const joinLines = (lines: readonly Line[]): string =>
  lines.map(({ content, result }, index) => content + (index < lines.length - 1 ? result : '')).join('')
