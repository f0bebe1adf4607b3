const beginning = /^\s*<(?:!doctype|html|head|body|\?xml)/i
/** A page's title stands near its beginning. One that doesn't end there is none: half a secret would not be known for one. */
const longestHead = 10_000

/** What an answer's text comes to in a sentence: of a page its title, since the rest of it is for browsers; else the text. */
export const summarizePage = (text: string): string => {
  if (!beginning.test(text)) return text
  const [, title = ''] = /<title\b[^>]*>([^<]+)</i.exec(text.slice(0, longestHead)) ?? []
  return title.trim() ? `a page with the title “${title.trim()}”` : 'a page without a title'
}
