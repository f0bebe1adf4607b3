import { findMedian } from '../bench/child.ts'
import type { KillResult } from './kill.ts'
import type { PostTime } from './post-time.ts'

/** What came of the kills. */
export const renderKills = (results: readonly KillResult[]): string => {
  const broken = results.filter(({ problems }) => problems.length > 0).length
  const kinds = Map.groupBy(results, ({ plan }) => plan.kind)
  const lines = [...kinds].map(([kind, some]) => `| ${kind} | ${some.length} | ${formatEnds(some)} |`)
  return [
    '## Kills',
    `${results.length} runs of the built action. Each gets a signal at a random moment that depends on its seed (anywhere, near a request, during the start), then its post step runs. A fifth of them delete an environment, or prune. ` +
      'Checked: no second start, no lost id, valid and complete output files, one report, one error, exit code 130, no secret, the base restored or reported, every deletion reported, nothing left in progress on GitHub, no request after the signal, and the times below. ' +
      `${broken === 0 ? 'All checks passed' : `${broken} runs failed a check`}.`,
    ['| signal | runs | ends |', '| --- | --: | --- |', ...lines].join('\n'),
    'A signal’s name under “ends” means that it killed the process: SIGKILL does unless the run has already ended, the others only before the action’s first line, when it has sent nothing yet. The other ends are outcomes.',
    `From the signal to the end of the process: ${formatLeave(results, false)} if no start was being sent; ${formatLeave(results, true)} if one was. ` +
      'The check fails above 6 s and 10 s, because the machine is busy; the limits themselves, 1 s and 5 s, are checked in the simulation.',
  ].join('\n\n')
}

const formatEnds = (results: readonly KillResult[]): string =>
  [...Map.groupBy(results, ({ end }) => end)]
    .map(([end, some]) => `${end} ${some.length}`)
    .sort()
    .join(', ')

const formatLeave = (results: readonly KillResult[], wasInStart: boolean): string => {
  const times = results
    .filter((result) => result.wasInStart === wasInStart && result.plan.kind !== 'SIGKILL')
    .flatMap(({ leaveMs }) => leaveMs ?? [])
  return times.length === 0
    ? 'no run'
    : `a median of ${Math.round(findMedian(times))} ms and at most ${Math.max(...times)} ms in ${times.length} runs`
}

export const renderPostStep = ({ pairs, postMs, nothingMs, ratio }: PostTime): string =>
  [
    '## The post step',
    `With nothing left to do: ${postMs.toFixed(0)} ms, against ${nothingMs.toFixed(0)} ms of \`node -e 0\` (medians of ${pairs} runs of each, in turn; the median ratio is ${ratio.toFixed(2)}).`,
  ].join('\n\n')
