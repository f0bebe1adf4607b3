import { cpus } from 'node:os'
import { join } from 'node:path'
import { writeSection } from '../section.ts'
import { renderBeside } from './beside.ts'
import { measurePolling, renderPolling } from './polling.ts'
import { renderScale } from './scale.ts'
import { measureStartUp, renderStartUp } from './start-up.ts'
import { renderWeight } from './weight.ts'

const sections: readonly {
  readonly title: string
  readonly text: string
  readonly measure: () => string | Promise<string>
}[] = [
  {
    title: 'Waiting',
    text: 'In virtual time: how soon the end of a deployment is noticed (the lag), and with how many requests. The requests are all reads from the response to the start until the end, including those of the history. “Ours, history of 8” is `poll_interval: auto` in an environment with eight earlier deployments; “ten times shorter” and “ten times longer” mean that those took a tenth of the time, or ten times as long.',
    measure: () => renderPolling(measurePolling()),
  },
  {
    title: 'Requests of a whole step',
    text: 'How many requests a whole step sends, and whether the requests for other things than the deployment’s status delay its polls; in virtual time, with the simulator.',
    measure: renderBeside,
  },
  {
    title: 'Starting',
    text: 'A script of ten lines that sends two requests with `fetch`; the action with `wait: false`, which sends the same two; the action that creates the Delta of `images`; and the action that also comments on a pull request. They run in turn, for twenty rounds; the table shows medians. The ratios matter more than the milliseconds, which depend on the machine.',
    measure: async () => renderStartUp(await measureStartUp()),
  },
  { title: 'Weight', text: 'What a runner downloads and loads.', measure: renderWeight },
  {
    title: 'Scale',
    text: 'The bundle against a server on loopback. Deployments last half a second, and are polled once a second.',
    measure: renderScale,
  },
]

const parts: string[] = []
for (const { title, text, measure } of sections) {
  const part = `## ${title}\n\n${text}\n\n${await measure()}\n`
  process.stdout.write(`${part}\n`)
  parts.push(part)
}
const machine = `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} processors.`
writeSection({
  path: join(import.meta.dirname, '../../docs/performance.md'),
  title: 'Performance',
  command: 'npm run bench',
  text: [`Written by \`npm run bench\`. ${machine}\n`, ...parts].join('\n').trimEnd(),
})
