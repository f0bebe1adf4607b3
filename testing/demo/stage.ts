import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runAction } from '../simulator/runner/run-action.ts'
import type { Simulator } from '../simulator/server.ts'
import { createLogView } from './log-view.ts'
import { type CommentPage, renderCommentPage, renderRunPage } from './page.ts'
import { formatAsked, formatGitHubDeployments, formatOutputs, formatVerdict, isAsDeclared } from './result-view.ts'
import type { Given, Scene, SceneStep, Stage } from './scene.ts'
import { actionRepository } from './shop.ts'
import { formatWorkflowStep } from './step-view.ts'
import { paint, print } from './terminal.ts'
import { type FastClock, getRealMs, listClockArguments, toShownMs } from './time.ts'

/** What a step left, for the index of the pages. */
export type Played = {
  readonly name: string
  /** The first line of its summary. */
  readonly headline: string
  readonly files: readonly string[]
  readonly endedAsDeclared: boolean
}

/** @param folder where the pages are written to */
export const createStage = (
  scene: Scene,
  simulator: Simulator,
  clock: FastClock,
  folder: string,
): Stage & { readonly played: readonly Played[] } => {
  const played: Played[] = []
  return {
    simulator,
    played,
    now: () => toShownMs(clock, getRealMs()),
    tell: (text) => print('', `  ${paint('italic', text)}`),
    run: async (step) => {
      print('', ...formatWorkflowStep(step), '')
      const marks = { humanitec: simulator.orchestrator.record.length, github: simulator.github.record.length }
      const run = await runAction({
        simulator,
        inputs: Object.fromEntries(Object.entries(step.inputs).map(([name, given]) => [name, getValue(given)])),
        ...(step.event && { event: step.event }),
        variables: { GITHUB_ACTION_REPOSITORY: actionRepository },
        nodeArguments: listClockArguments(clock),
        checkOut: (workspace) => writeFiles(workspace, step.files),
        onLine: createLogView(),
      })
      const name = [scene.name, ...(played.length > 0 ? [played.length + 1] : [])].join('-')
      const pages = [
        writePage(join(folder, `${name}.html`), renderRunPage({ title: step.name, run })),
        ...writeComments(simulator, step, marks.github, join(folder, `${name}-comment.html`)),
      ]
      const endedAsDeclared = isAsDeclared(step, run)
      print('', ...formatOutputs(run.outputs), '')
      print(...formatAsked(simulator, marks), ...formatGitHubDeployments(simulator), ...pages.map(formatPage))
      print(formatVerdict(step, run))
      const headline = /^#+ (.*)/.exec(run.summary)?.[1] ?? 'no summary'
      played.push({ name: step.name, headline, files: pages, endedAsDeclared })
    },
  }
}

const getValue = (given: Given): string => (typeof given === 'string' ? given : given.value)

const writeFiles = (workspace: string, files: SceneStep['files'] = {}): void => {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(workspace, path), content)
}

const writePage = (path: string, html: string): string => {
  writeFileSync(path, html)
  return path
}

const formatPage = (path: string): string => {
  const what = path.endsWith('-comment.html') ? 'Comment  ' : 'Summary  '
  return `  ${paint('bold', what)} ${paint('underline', pathToFileURL(path).href)}`
}

/** What the step has made of the comment on its pull request. */
const writeComments = (simulator: Simulator, { event }: SceneStep, from: number, path: string): readonly string[] => {
  const bodies = simulator.github.record.slice(from).flatMap(({ operation, request }) => {
    const { body } = (request.body ?? {}) as { readonly body?: string }
    return body !== undefined && ['POST comments', 'PATCH comment'].includes(operation) ? [body] : []
  })
  const { pull_request: pull } = (event?.payload ?? {}) as { readonly pull_request?: CommentPage['pull'] }
  return pull && bodies.length > 0 ? [writePage(path, renderCommentPage({ pull, bodies }))] : []
}
