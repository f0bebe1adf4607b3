import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
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
    title: 'Starting',
    text: 'Twenty pairs of the action with `wait: false` and of a script of ten lines that sends the same two requests with `fetch`, in turn; medians. Ratios say more than milliseconds: the machine is the same for both.',
    measure: async () => renderStartUp(await measureStartUp()),
  },
  { title: 'Weight', text: 'What a runner downloads and loads.', measure: renderWeight },
  {
    title: 'Scale',
    text: 'The bundle against a server on loopback. Each step polls once a second until its deployment, of half a second, is over.',
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
writeFileSync(join(import.meta.dirname, '../docs/performance.md'), [head, ...parts].join('\n'))
