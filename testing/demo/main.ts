import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startSimulator } from '../simulator/server.ts'
import { renderIndexPage } from './page.ts'
import type { Scene } from './scene.ts'
import { scenes } from './scenes.ts'
import { createStage, type Played } from './stage.ts'
import { formatRows, formatRule, paint, print } from './terminal.ts'
import { type FastClock, getRealMs, toShownMs } from './time.ts'

const speed = 40

/** @returns whether every step ended as it should */
const playAll = async (chosen: readonly Scene[]): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'humanitec-deploy-demo-'))
  const startedMs = getRealMs()
  introduce(chosen)
  const entries: { scene: Scene; played: readonly Played[] }[] = []
  for (const [index, scene] of chosen.entries()) {
    print('', formatRule(`${index + 1}/${chosen.length} ${scene.name}: ${scene.title}`))
    entries.push({ scene, played: await play(scene, folder) })
  }
  const index = join(folder, 'index.html')
  const pages = entries.map(({ scene, played }) => ({ title: scene.title, steps: played.map(nameFiles) }))
  writeFileSync(index, renderIndexPage(pages))
  const played = entries.flatMap((entry) => entry.played)
  const wrong = played.filter(({ endedAsDeclared }) => !endedAsDeclared)
  print('', formatRule('all pages'), '', `  ${paint('underline', pathToFileURL(index).href)}`, '')
  print(`  ${played.length} steps in ${Math.round((getRealMs() - startedMs) / 1000)} s: ${formatResult(wrong)}`)
  return wrong.length === 0
}

const introduce = (chosen: readonly Scene[]): void => {
  print(
    'The committed action, run as on a runner, with a simulated Humanitec and GitHub.',
    `Their clocks run ${speed} times faster, so that two minutes pass in three seconds; nothing else is changed.`,
    '',
    ...formatRows(
      chosen.map(({ name, title }) => [name, title]),
      '  ',
    ),
    '',
    paint('dim', '  One alone: npm run demo -- failure'),
  )
}

const play = async (scene: Scene, folder: string): Promise<readonly Played[]> => {
  const realStartMs = getRealMs()
  // As much in the past as the scene takes at most: no time that it shows lies in the future.
  const clock: FastClock = { speed, realStartMs, shownStartMs: realStartMs - 3_600_000 }
  const simulator = await startSimulator({ now: () => toShownMs(clock, getRealMs()) })
  const stage = createStage(scene, simulator, clock, folder)
  try {
    await scene.play(stage)
  } finally {
    await simulator.close()
  }
  return stage.played
}

const nameFiles = (played: Played): Played => ({ ...played, files: played.files.map((path) => basename(path)) })

const formatResult = (wrong: readonly Played[]): string =>
  wrong.length === 0
    ? paint('green', 'all ended as they should')
    : paint('red', `${wrong.length} did not end as they should`)

const names = process.argv.slice(2)
const unknown = names.filter((name) => scenes.every((scene) => scene.name !== name))
if (unknown.length > 0) {
  print(`There is no scene ${unknown.join(', ')}. There are: ${scenes.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
} else {
  const chosen = scenes.filter(({ name }) => names.length === 0 || names.includes(name))
  process.exitCode = (await playAll(chosen)) ? 0 : 1
}
