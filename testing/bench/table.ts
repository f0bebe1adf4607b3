/** A Markdown table: the first column to the left, figures to the right. */
export const renderTable = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
