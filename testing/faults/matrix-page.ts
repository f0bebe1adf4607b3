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
  'T+': 'timed out, refused again and again',
  Ti: 'timed out, id',
  U: 'unhealthy, id',
  '~': 'said',
  sim: '·',
  '-': '',
}

const headings: Readonly<Record<DeclaredTable['name'], string>> = {
  once: '### One request to Humanitec fails, the next one doesn’t',
  onceBeside: '### The same, of requests for images, Score, health, changes and pipelines',
  onceAtGitHub: '### One request to GitHub fails, the next one doesn’t',
  forGood: '### The fault persists',
  forGoodBeside:
    '### The fault persists, at requests for images, Score, health, changes, pipelines and the input `pull_request`',
}

const legend = [
  '- `ok`: the run ends as it does without the fault, after exactly one start; `2 sends`: the first start was not found in the list, and was sent again.',
  '- `error`: one `::error` that says what to check. No start was sent, unless the cell says `1 send`, `3 sends` or `id`; `id`: the deployment was started, and its id and link are in the outputs.',
  '- `said`: the run ends as it does without the fault, and says what is missing because of it, in a warning or in the report.',
  '- `timed out`, `unknown`, `unhealthy`: the outcomes with these names. `·`: not possible on loopback, tested in the simulation only. Empty: this combination doesn’t exist.',
].join('\n')

const introduction = (count: number, problems: number, took: string): string =>
  `The built action runs as a separate process, as on a runner, against servers on loopback, with one fault at one of its requests. ` +
  `The expected result of each case is declared in \`testing/faults/declared.ts\`: outcome, exit code, number of starts sent, whether the id is in the outputs, and the words of the message. ` +
  `Also checked for each case: the final state in Humanitec and GitHub, the pauses before retries, one report with all outputs, a silent post step, and that both tokens, which the servers echo in every form, appear nowhere and are sent only to their own host. ` +
  `${count} cases ${took}; ${problems === 0 ? 'all gave the expected result' : `${problems} did not give the expected result`}.`

/**
 * The tables, each case as it was declared; ✗ where the result is another one.
 *
 * @param took `in 700 s`
 */
export const renderMatrix = (results: readonly FaultCaseResult[], took: string): string => {
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
  return ['## Faults', introduction(results.length, broken.length, took), legend, ...tables].join('\n\n')
}

export const listFaultCases = () =>
  declaredTables.flatMap(({ name, cases }) => cases.filter(isRun).map((faultCase) => ({ ...faultCase, table: name })))
