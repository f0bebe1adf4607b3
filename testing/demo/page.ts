import type { LogLine } from '../simulator/runner/log.ts'
import type { ActionRun } from '../simulator/runner/run-action.ts'
import { renderMarkdown } from './markdown.ts'
import { getPageStyle } from './page-style.ts'

export type RunPage = { readonly title: string; readonly run: ActionRun }

/** The page of a workflow run: annotations and the step's summary, as GitHub has them, then the log and the outputs. */
export const renderRunPage = ({ title, run }: RunPage): string => {
  const log = [...run.log, ...run.post.log]
  return renderPage(title, [
    '<div class="path">acme/shop › Actions › Deploy</div>',
    `<h1><span class="${run.exit === 0 ? 'good' : 'bad'}">${run.exit === 0 ? '✓' : '✕'}</span> ${escapeHtml(title)}</h1>`,
    renderAnnotations(log),
    renderBox('<b>deploy</b> summary', renderBody(run.summary + run.post.summary, 'summary')),
    `<details class="box"><summary>Log</summary><div class="log">${renderLog(log)}</div></details>`,
    `<details class="box"><summary>Outputs</summary>${renderValues(run.outputs)}</details>`,
  ])
}

export type CommentPage = {
  readonly pull: { readonly number: number; readonly title: string; readonly state: string }
  /** What the comment said, one after the other. */
  readonly bodies: readonly string[]
}

/** A pull request with the action's comment, as it was while the step ran and as it is after it. */
export const renderCommentPage = ({ pull, bodies }: CommentPage): string => {
  const { number, title, state } = pull
  const isOpen = state === 'open'
  return renderPage(`${title} · Pull request #${number}`, [
    '<div class="path">acme/shop › Pull requests</div>',
    `<h1>${escapeHtml(title)} <span style="color: var(--muted); font-weight: 400">#${number}</span></h1>`,
    `<span class="label${isOpen ? '' : ' closed'}">${isOpen ? 'Open' : 'Closed'}</span>`,
    ...bodies.map((body, index) => {
      const moment = index < bodies.length - 1 ? 'while the step runs' : 'at its end'
      const header = `<b>github-actions</b><span class="bot">bot</span> commented · <i>${moment}</i>`
      return renderBox(header, renderBody(body, 'comment'))
    }),
  ])
}

export type IndexEntry = {
  readonly title: string
  readonly steps: readonly { readonly name: string; readonly headline: string; readonly files: readonly string[] }[]
}

export const renderIndexPage = (scenes: readonly IndexEntry[]): string =>
  renderPage('What the steps of the demo left on GitHub', [
    '<h1>What the steps of the demo left on GitHub</h1>',
    ...scenes.map(({ title, steps }) => {
      const items = steps.map(({ name, headline, files }) => {
        const [page = '', ...comments] = files
        const links = comments.map((file) => ` · <a href="${file}">the comment</a>`).join('')
        return `<li><a href="${page}">${escapeHtml(headline)}</a>${links}<br><small>${escapeHtml(name)}</small></li>`
      })
      return renderBox(`<b>${escapeHtml(title)}</b>`, `<ul class="scenes">${items.join('')}</ul>`)
    }),
  ])

const renderPage = (title: string, parts: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src https: data:">
<title>${escapeHtml(title)}</title>
<style>
${getPageStyle()}
</style>
</head>
<body>
${parts.filter(Boolean).join('\n')}
</body>
</html>
`

const renderBox = (header: string, content: string): string =>
  `<section class="box"><header>${header}</header>${content}</section>`

const renderBody = (markdown: string, kind: 'summary' | 'comment'): string =>
  `<article class="markdown-body">${renderMarkdown(markdown, kind)}</article>`

const marks = { error: '✕', warning: '!', notice: 'i' } as const

const renderAnnotations = (log: readonly LogLine[]): string => {
  const annotations = log.filter(({ kind }) => kind in marks)
  if (annotations.length === 0) return ''
  const rows = annotations.map(({ kind, title = '', text }) => {
    const mark = `<span class="mark ${kind}">${marks[kind as keyof typeof marks]}</span>`
    const heading = title && `<p class="${kind}"><b>${escapeHtml(title)}</b></p>`
    return `<div class="annotation">${mark}<div>${heading}<p>${escapeHtml(text)}</p></div></div>`
  })
  return renderBox('<b>Annotations</b>', rows.join(''))
}

const renderLog = (log: readonly LogLine[]): string =>
  log
    .filter(({ kind }) => kind !== 'debug')
    .map(({ kind, text }) => {
      if (kind === 'group') return `<details><summary>${escapeHtml(text)}</summary>`
      if (kind === 'endgroup') return '</details>'
      const mark = kind in marks ? `${kind[0]?.toUpperCase()}${kind.slice(1)}: ` : ''
      return `<div class="${kind}">${mark}${escapeHtml(text)}</div>`
    })
    .join('')

const renderValues = (values: Readonly<Record<string, string>>): string => {
  const rows = Object.entries(values).map(
    ([name, value]) => `<tr><td>${escapeHtml(name)}</td><td><code>${escapeHtml(value)}</code></td></tr>`,
  )
  return `<table class="values">${rows.join('')}</table>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
