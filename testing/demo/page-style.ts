import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** GitHub's own style for Markdown, light and dark by what the reader prefers, and a frame around it in its colours. */
export const getPageStyle = (): string =>
  `${readFileSync(fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown.css')), 'utf8')}\n${frame}`

const frame = `
:root {
  color-scheme: light dark;
  --canvas: #ffffff; --subtle: #f6f8fa; --border: #d1d9e0; --text: #1f2328; --muted: #59636e;
  --accent: #0969da; --danger: #d1242f; --warning: #9a6700; --log: #24292f; --good: #1f883d; --bad: #cf222e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0d1117; --subtle: #151b23; --border: #3d444d; --text: #f0f6fc; --muted: #9198a1;
    --accent: #4493f8; --danger: #f85149; --warning: #d29922; --log: #010409; --good: #238636; --bad: #da3633;
  }
}
* { box-sizing: border-box }
body {
  margin: 0 auto; max-width: 1012px; padding: 24px 16px 48px; background: var(--canvas); color: var(--text);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}
a { color: var(--accent); text-decoration: none }
a:hover { text-decoration: underline }
.path { color: var(--muted); font-size: 12px }
h1 { font-size: 20px; font-weight: 600; margin: 4px 0 20px }
.box { border: 1px solid var(--border); border-radius: 6px; margin: 16px 0; overflow: hidden }
.box > header, .box > summary {
  background: var(--subtle); border-bottom: 1px solid var(--border); padding: 8px 16px; color: var(--muted);
}
.box > summary { cursor: pointer; border-bottom: 0; font-weight: 600; color: var(--text) }
.box > header b { color: var(--text) }
.box > .markdown-body { padding: 16px; background: transparent }
.annotation { display: flex; gap: 12px; padding: 10px 16px }
.annotation + .annotation { border-top: 1px solid var(--border) }
.annotation p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
.annotation p + p { color: var(--muted); font-size: 12px }
.error { color: var(--danger) } .warning { color: var(--warning) } .notice { color: var(--accent) }
.mark { flex: none; font-weight: 700 }
.good, .bad {
  display: inline-block; width: 22px; height: 22px; border-radius: 50%; margin-right: 4px; color: #fff;
  background: var(--good); font-size: 13px; line-height: 22px; text-align: center; vertical-align: 2px;
}
.bad { background: var(--bad) }
.log {
  background: var(--log); color: #e6edf3; padding: 12px 16px; margin: 0; overflow-x: auto;
  font: 12px/20px ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
.log div { white-space: pre-wrap; overflow-wrap: anywhere; min-height: 20px }
.log .error { color: #ff7b72 } .log .warning { color: #e3b341 } .log .notice { color: #79c0ff }
.log details > div { padding-left: 24px }
.log summary { cursor: pointer }
.values { width: 100%; border-collapse: collapse; font-size: 12px }
.values td { padding: 4px 16px; vertical-align: top; overflow-wrap: anywhere }
.values td:first-child { color: var(--muted); white-space: nowrap; width: 1% }
.values code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }
.bot { border: 1px solid var(--border); border-radius: 2em; padding: 0 7px; font-size: 12px; margin-left: 4px }
.label { border-radius: 2em; padding: 2px 10px; font-size: 12px; font-weight: 500; color: #fff; background: var(--good) }
.label.closed { background: var(--bad) }
.scenes { list-style: none; padding: 0; margin: 0 }
.scenes li { padding: 10px 16px }
.scenes li + li { border-top: 1px solid var(--border) }
.scenes small { color: var(--muted); font-size: 12px }
`
