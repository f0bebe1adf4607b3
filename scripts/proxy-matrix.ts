import { spawnSync } from 'node:child_process'
import { cells, listDifferences, runCell } from '../testing/network/proxy-matrix.ts'
import { squid } from '../testing/network/squid.ts'

// The bundle behind a proxy that others wrote: all cells of the tests' own proxy, but those that no good proxy shows.
// Needs `apt-get install squid-openssl`. Exits with 1 when a cell differs.

const version = spawnSync(squid.program, ['-v'], { encoding: 'utf8' })
if (version.error) throw new Error(`There is no ${squid.program}: run \`apt-get install squid-openssl\`.`)
console.log(`${version.stdout.split('\n', 1)[0]}, Node ${process.versions.node}`)

for (const cell of cells.filter(({ kind }) => squid.kinds.includes(kind))) {
  const shown = await runCell(cell, squid)
  const differences = listDifferences(cell, shown)
  if (differences.length > 0) process.exitCode = 1
  console.log(`${differences.length === 0 ? 'as expected' : 'DIFFERENT  '}  ${cell.name}`)
  console.log(
    `    ${shown.outputs['outcome']}; ${shown.connects} CONNECTs; requests: ${shown.requests.join(', ') || 'none'}`,
  )
  for (const sentence of shown.sentences) console.log(`    ${sentence}`)
  for (const difference of differences) console.log(`  ! ${difference}`)
}
