import {
  escapeAnnotation,
  escapeAnnotationTitle,
  escapeCode,
  escapeHtml,
  escapeHtmlCode,
  escapeLogLine,
  escapeMarkdown,
  formatCodeBlock,
  formatLink,
  listLogLines,
  toLine,
} from './escape.ts'
import type { Redact } from './redact.ts'

declare const place: unique symbol

/** A finished line of the log. Only a writer makes one. */
export type LogLine = string & { readonly [place]: 'log' }

/** Lines of the log; with a title, under a fold. */
export type LogBlock = { readonly title?: LogLine; readonly lines: readonly LogLine[] }

/** A finished message or title of an annotation. Only a writer makes one. */
export type AnnotationText = string & { readonly [place]: 'annotation' }

/**
 * The one way from data to text that people, the runner and later steps get to see. Each function takes the secrets out first,
 * while they are whole, then cleans, cuts and escapes for its place; `maxUnits` counts UTF-16 units. Data stays as it is: what a
 * run decides by (ids, statuses, a comment's mark) is never changed.
 */
export type Writer = {
  /** Without the secrets, and nothing else done to it: for data that goes elsewhere, and for texts that are yet to be cut. */
  text(text: string): string
  /** One clean line, for a sentence that is yet to be written to its place. */
  line(text: string, maxUnits?: number): string
  /** People know a deployment by so much of its id. */
  shortId(id: string): string
  /** So much of a Delta's, a Set's, a commit's. */
  shortHash(hash: string): string
  logLine(text: string, maxUnits?: number): LogLine
  /** A text of several lines. */
  logLines(text: string): readonly LogLine[]
  annotation(text: string): AnnotationText
  annotationTitle(text: string): AnnotationText
  /** Within a paragraph, a table's cell, a link, a heading. */
  markdown(text: string, maxUnits?: number): string
  code(text: string, maxUnits?: number): string
  codeBlock(text: string, maxUnits?: number): string
  /** In an HTML element, such as a fold's title. */
  html(text: string, maxUnits?: number): string
  htmlCode(text: string, maxUnits?: number): string
  /** Text alone, when the address isn't one that can be linked. */
  link(text: string, address: string): string
  /** The value of an output. */
  output(text: string): string
}

export const createWriter = (redact: Redact): Writer => ({
  text: redact,
  line: (text, maxUnits) => toLine(redact(text), maxUnits),
  shortId: (id) => toLine(redact(id)).slice(0, 8),
  shortHash: (hash) => toLine(redact(hash)).slice(0, 7),
  logLine: (text, maxUnits) => escapeLogLine(redact(text), maxUnits) as LogLine,
  logLines: (text) => listLogLines(redact(text)) as LogLine[],
  annotation: (text) => escapeAnnotation(redact(text)) as AnnotationText,
  annotationTitle: (text) => escapeAnnotationTitle(redact(text)) as AnnotationText,
  markdown: (text, maxUnits) => escapeMarkdown(redact(text), maxUnits),
  code: (text, maxUnits) => escapeCode(redact(text), maxUnits),
  codeBlock: (text, maxUnits) => formatCodeBlock(redact(text), maxUnits),
  html: (text, maxUnits) => escapeHtml(redact(text), maxUnits),
  htmlCode: (text, maxUnits) => escapeHtmlCode(redact(text), maxUnits),
  link: (text, address) => formatLink(redact(text), redact(address)),
  output: (text) => toLine(redact(text)),
})
