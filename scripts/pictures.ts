/**
 * Makes the pictures of the README from the demo's pages: `npm run pictures`. Needs a Chromium: `chromium-headless-shell` on
 * PATH (Debian's package of that name, with fonts-noto-color-emoji for the emoji), or the path of one in CHROMIUM.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const widthPx = 800

const isSummary = (box: string): boolean => box.includes('</b> summary</header>')

/** Which of the demo's pages, and which of the boxes on it. */
const pictures = [
  { name: 'summary', page: 'failure.html', isBox: isSummary },
  { name: 'changes', page: 'success.html', isBox: isSummary },
  { name: 'warning', page: 'missing-image.html', isBox: isSummary },
  { name: 'unhealthy', page: 'crash-loop.html', isBox: isSummary },
  { name: 'plan', page: 'score-3-comment.html', isBox: (box: string) => box.includes('Deploying this would') },
  { name: 'comment', page: 'preview-comment.html', isBox: (box: string) => box.includes('at its end</i>') },
] as const

const colours = ['light', 'dark'] as const
type Colour = (typeof colours)[number]

const scenes = ['success', 'failure', 'missing-image', 'crash-loop', 'preview', 'score']

const playDemo = (): string => {
  const output = execFileSync(process.execPath, ['testing/demo/main.ts', ...scenes], {
    cwd: root,
    encoding: 'utf8',
  })
  const [url] = /file:\/\/\S+\/index\.html/.exec(output) ?? []
  if (!url) throw new Error('The demo named no page.')
  return dirname(fileURLToPath(url))
}

/** The page with one box alone, in one colour whatever the browser prefers. It tells its height by its title. */
const cutPage = (page: string, isBox: (box: string) => boolean, colour: Colour): string => {
  const boxes = page.match(/<section class="box">[\s\S]*?<\/section>/g) ?? []
  const box = boxes.find(isBox)?.replace(/ · <i>[^<]*<\/i>/, '')
  const style = /<style>[\s\S]*?<\/style>/.exec(page)?.[0]
  if (!box || !style) throw new Error('The demo’s page has no such box.')
  const other = colour === 'light' ? 'dark' : 'light'
  const fixed = style
    .replaceAll(`(prefers-color-scheme: ${colour})`, 'all')
    .replaceAll(`(prefers-color-scheme: ${other})`, 'not all')
    .replaceAll('color-scheme: light dark', `color-scheme: ${colour}`)
  return `<!doctype html><meta charset="utf-8">${fixed}<style>body { padding: 1px 16px }</style>${box}
<script>document.title = String(document.documentElement.getBoundingClientRect().height)</script>`
}

const browse = (folder: string, html: string, options: readonly string[]): string => {
  const path = join(folder, 'page.html')
  writeFileSync(path, html)
  return execFileSync(
    process.env['CHROMIUM'] ?? 'chromium-headless-shell',
    [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
      '--force-device-scale-factor=1.5',
      `--user-data-dir=${join(folder, 'profile')}`,
      ...options,
      pathToFileURL(path).href,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
}

const takePicture = (folder: string, html: string, path: string): void => {
  const dom = browse(folder, html, [`--window-size=${widthPx},600`, '--dump-dom'])
  const height = Math.ceil(Number(/<title>([\d.]+)<\/title>/.exec(dom)?.[1]))
  browse(folder, html, [`--window-size=${widthPx},${height}`, `--screenshot=${path}`])
  console.log(`${path} (${widthPx} × ${height})`)
}

const pages = playDemo()
const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
try {
  mkdirSync(join(root, 'docs/images'), { recursive: true })
  for (const { name, page, isBox } of pictures) {
    const html = readFileSync(join(pages, page), 'utf8')
    for (const colour of colours)
      takePicture(folder, cutPage(html, isBox, colour), join(root, `docs/images/${name}-${colour}.png`))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
  rmSync(pages, { recursive: true, force: true })
}
