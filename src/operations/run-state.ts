import { formatOutputs } from '../core/report/outputs.ts'
import type { OpenWork } from '../core/run/checkpoint.ts'
import { type Facts, noFacts } from '../core/run/outcome.ts'
import { redactFacts } from '../core/run/redact-report.ts'
import type { Redact } from '../core/text/redact.ts'
import type { Runner } from '../ports.ts'

/** What is known of the run, told to the runner the moment it is known: a killed step keeps it. */
export type Journal = {
  readonly facts: Facts
  /** What the post step would have to finish. */
  readonly openWork: OpenWork
  note(news: Partial<Facts>): void
  /** Adds a sentence that a person should read beside the ending. */
  remark(sentence: string): void
  /** Saves what the post step has to finish if this process dies now. A field set to `undefined` is no longer open. */
  saveOpenWork(news: { readonly [Field in keyof OpenWork]: OpenWork[Field] | undefined }): void
}

export const createJournal = (runner: Runner, redact: Redact, first: Partial<Facts> = {}): Journal => {
  let facts: Facts = { ...noFacts, ...first }
  // No output is made of the history, which can be long.
  const format = (): Readonly<Record<string, string>> => formatOutputs(redactFacts(redact, { ...facts, history: [] }))
  // The one text in the state that comes from outside. Nothing is found again by it.
  const redactComment = (name: string, value: unknown): unknown =>
    name === 'comment' && typeof value === 'string' ? redact(value) : value
  let told = format()
  let openWork: OpenWork = {}
  const note = (news: Partial<Facts>): void => {
    facts = { ...facts, ...news }
    const outputs = format()
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== told[name]) runner.setOutput(name, value)
    }
    told = outputs
  }
  return {
    get facts() {
      return facts
    },
    get openWork() {
      return openWork
    },
    note,
    remark: (sentence) => note({ remarks: [...facts.remarks, sentence] }),
    saveOpenWork: (news) => {
      openWork = { ...openWork, ...news } as OpenWork
      const isOpen = Object.values(openWork).some((part) => part !== undefined)
      runner.saveState('open', isOpen ? JSON.stringify(openWork, redactComment) : '')
    },
  }
}
