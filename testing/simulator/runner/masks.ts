export type Masks = {
  /** Its lines, too. */
  add(secret: string): void
  /** `***` for every secret, overlapping ones together. */
  apply(text: string): string
}

/** What a job hides in its logs and summaries. A secret is hidden as it was given, and in no other form. */
export const createMasks = (): Masks => {
  const secrets = new Set<string>()
  return {
    add: (secret) => {
      for (const part of [secret, ...secret.split(/[\r\n]+/)]) if (part.trim()) secrets.add(part)
    },
    apply: (text) => {
      const hidden = new Uint8Array(text.length)
      for (const secret of secrets) {
        for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
          hidden.fill(1, at, at + secret.length)
        }
      }
      return replaceHidden(text, hidden)
    },
  }
}

const replaceHidden = (text: string, hidden: Uint8Array): string => {
  let shown = ''
  for (let index = 0; index < text.length; index++) {
    if (!hidden[index]) shown += text[index]
    else if (!hidden[index - 1]) shown += '***'
  }
  return shown
}
