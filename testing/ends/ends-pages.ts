import { healthScenarios, listSaid, playHealth } from './health-scenarios.ts'
import { pipelineCases, playPipeline } from './pipeline-ends.ts'

type Row = readonly string[]

const renderTable = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n')

const escapeCell = (text: string): string => text.replaceAll('|', '\\|')

/** Without links and ids, which are each run's own. */
const formatSaid = (said: readonly string[]): string =>
  said
    .map((text) =>
      (text.split('\n')[0] ?? '')
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replaceAll(/\s*`?https?:\S+/g, '')
        .replaceAll(/\b[\da-f]{8}(-[\da-f-]{27})?\b/g, '…')
        .trim(),
    )
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join('<br>')

const written = 'Written by `npm run docs`, from runs of the action on a virtual clock against the simulator.'

/** How a deployment through a pipeline ends, by what its run, the deployment and the approval do. */
const renderPipelineEnds = async (): Promise<string> => {
  const rows: Row[] = []
  for (const one of pipelineCases) {
    const { outcome, exit, said } = await playPipeline(one)
    rows.push([one.run, one.deployment, one.approval || '–', `\`${outcome}\``, String(exit), formatSaid(said)])
  }
  return [
    '# Deployments through a pipeline: how they end',
    `${written} What is said: annotations, and the summary’s remarks, without links and ids.`,
    renderTable(['run', 'deployment', 'approval', 'outcome', 'exit', 'what is said'], rows),
    'A run that goes on to another environment, or waits for an approval after our success, doesn’t hold the step.\n',
  ].join('\n\n')
}

/** Of the demo's scenes `missing-image` and `crash-loop`; taken by `npm run pictures`. */
const pictures = [
  ['warning', 'A success with a warning: an image doesn’t exist, and web is not running'],
  ['unhealthy', 'With wait_for: healthy, a crash loop ends as unhealthy; the last lines of the log are in a fold'],
].map(
  ([name, text]) =>
    `<picture><source media="(prefers-color-scheme: dark)" srcset="images/${name}-dark.png"><img src="images/${name}-light.png" width="800" alt="${text}"></picture>`,
)

/** What is said of the workloads, and how it ends, without and with `wait_for: healthy`. */
const renderHealthEnds = async (): Promise<string> => {
  const rows: Row[] = []
  for (const [fact, scenario] of Object.entries(healthScenarios)) {
    const deployed = await playHealth(scenario)
    const waited = await playHealth(scenario, { wait_for: 'healthy' })
    const { annotations } = waited.world
    rows.push([
      fact,
      listSaid(deployed.world).join('<br>'),
      `\`${deployed.outcome}\`, ${deployed.health || 'not checked'}`,
      `\`${waited.outcome}\`, ${waited.health || 'not checked'}`,
      formatSaid(annotations.map(({ message }) => message)),
    ])
  }
  return [
    '# Health: what is said, and how it ends',
    `${written} A deployment of two minutes to an environment whose workload \`web\`, of two replicas, was well before; Humanitec says \`succeeded\` of each.`,
    ...pictures,
    renderTable(
      [
        '`web` …',
        'said while waiting',
        'without `wait_for`: outcome, `health`',
        '`wait_for: healthy`',
        'what that says',
      ],
      rows,
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

/** By the pages' paths. */
export const endPages: Readonly<Record<string, () => Promise<string>>> = {
  'docs/pipelines.md': renderPipelineEnds,
  'docs/health.md': renderHealthEnds,
}
