import { type Code, type DeclaredTable, declaredTables, isRun } from './declared.ts'
import type { FaultCaseResult } from './fault-case.ts'
import { sites } from './sites.ts'

const words: Readonly<Record<Code, string>> = {
  ok: 'ok',
  ok2: 'ok, 2 sends',
  E: 'error',
  E1: 'error, 1 send',
  E3: 'error, 3 sends',
  Ei: 'error, id',
  '?': 'unknown',
  '?3': 'unknown, 3 sends',
  T: 'timed out',
  T1: 'timed out, 1 send',
  Ti: 'timed out, id',
  U: 'unhealthy, id',
  '~': 'said',
  sim: '·',
  '-': '',
}

const headings: Readonly<Record<DeclaredTable['name'], string>> = {
  once: '### One request to Humanitec is hit, the next one isn’t',
  onceBeside: '### The same, of requests for images, Score, health, changes and pipelines',
  onceAtGitHub: '### One request to GitHub is hit, the next one isn’t',
  forGood: '### The fault stays',
  forGoodBeside: '### It stays, at requests for images, Score, health, changes, pipelines and the input `pull_request`',
}

const legend = [
  '- `ok`: the run ends as it does without the fault, after exactly one start; `2 sends`: the first was looked for, absent, and sent again.',
  '- `error`: one `::error` that names what to check. Nothing was sent where no send is named; `id`: the deployment’s id and link are in the outputs.',
  '- `said`: the run ends as it does without the fault, and says what is missing for it: a warning, or a sentence in the report.',
  '- `timed out`, `unknown`, `unhealthy`: the outcomes of these names. `·`: has no address on loopback, and is left to the simulation. Empty: there is no such thing.',
].join('\n')

const introduction = (count: number, problems: number, seconds: number): string =>
  `The built action as a process of its own, as a runner starts it, against servers on loopback: one fault each, at one of the requests that it makes. ` +
  `Each case was declared before, in \`testing/faults/declared.ts\`: outcome, exit, starts sent, whether the id is in the outputs, and the words it is told with. ` +
  `Beside that, each is held against what Humanitec and GitHub are left with, the pauses before requests are repeated, one report with all outputs, a silent post step, and both tokens: each run has its own, echoed in every form, and they may come to their own host alone. ` +
  `${count} cases in ${seconds} s; ${problems === 0 ? 'all came out as declared' : `${problems} did not come out as declared`}.`

/** The tables, each case as it was declared; ✗ where it came out otherwise. */
export const renderMatrix = (results: readonly FaultCaseResult[], seconds: number): string => {
  const broken = results.filter(({ problems }) => problems.length > 0)
  const isBroken = (table: string, site: string, fault: string) =>
    broken.some(({ faultCase }) => faultCase.table === table && faultCase.site === site && faultCase.fault === fault)
  const tables = declaredTables.map((table) => {
    const lines = table.faults.map((fault) => {
      const cases = table.cases.filter((faultCase) => faultCase.fault === fault)
      return `| ${[fault, ...cases.map(({ code, site }) => `${isBroken(table.name, site, fault) ? '✗ ' : ''}${words[code]}`)].join(' | ')} |`
    })
    const head = `| fault | ${table.sites.join(' | ')} |\n| --- |${table.sites.map(() => ' --- |').join('')}`
    const meaning = table.sites.map((site) => `\`${site}\` ${sites[site]?.request ?? ''}`).join(' · ')
    return [headings[table.name], meaning, `${head}\n${lines.join('\n')}`].join('\n\n')
  })
  return ['## Faults', introduction(results.length, broken.length, seconds), legend, ...tables].join('\n\n')
}

export const listFaultCases = () =>
  declaredTables.flatMap(({ name, cases }) => cases.filter(isRun).map((faultCase) => ({ ...faultCase, table: name })))
