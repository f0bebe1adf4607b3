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
        .replaceAll(/ ?\[Pipeline run\]\([^)]*\)/g, '')
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
    '# How a step ends if the deployment goes through a pipeline',
    `${written} In the first two columns, “executing”, “none yet” and “pending” are what the step finds when it begins to wait; everything else says what becomes of the pipeline run and the deployment. The third column says what happens to the approval, if there is one. The last column has the messages: annotations, and remarks in the summary, without links and ids.`,
    renderTable(['pipeline run', 'deployment', 'approval', 'outcome', 'exit code', 'messages'], rows),
    'If the pipeline run goes on to another environment, or asks for an approval after the deployment has succeeded, the step doesn’t wait for that.\n',
  ].join('\n\n')
}

/** Of the demo's scenes `missing-image` and `crash-loop`; taken by `npm run pictures`. */
const pictures = [
  ['warning', 'A success with a warning: an image doesn’t exist, and web is failing'],
  ['unhealthy', 'With wait_for: healthy, a crash loop ends as unhealthy; the container’s last log lines are in a fold'],
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
    '# How a step ends if workloads aren’t healthy',
    `${written} Each row is a deployment that takes two minutes. Unless a row says otherwise, the environment’s workload \`web\` has two replicas, and was healthy before. In all rows, Humanitec reports \`succeeded\`.`,
    ...pictures,
    renderTable(
      [
        '`web` …',
        'without `wait_for`: in the log while waiting',
        'without `wait_for`: outcome, `health`',
        '`wait_for: healthy`: outcome, `health`',
        '`wait_for: healthy`: message',
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
