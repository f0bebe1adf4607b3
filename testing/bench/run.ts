import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
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
    text: 'On virtual time: how soon the end of a deployment is seen, and for how many requests. Requests are all reads between the start’s answer and the end, the history’s included.',
    measure: () => renderPolling(measurePolling()),
  },
  {
    title: 'Beside a deployment',
    text: 'The action on virtual time, against the simulator.',
    measure: renderBeside,
  },
  {
    title: 'Starting',
    text: 'A script of ten lines that sends two requests with `fetch`; the action with `wait: false`, which sends the same two; the action that makes the Delta of `images`; and the action that comments on a pull request as well. In turn, twenty rounds, medians. Ratios say more than milliseconds: the machine is the same for all.',
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
const head = `# Performance\n\nWritten by \`npm run bench\`. ${machine}\n`
writeFileSync(join(import.meta.dirname, '../../docs/performance.md'), [head, ...parts].join('\n'))
