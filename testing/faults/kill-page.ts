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
    `${results.length} runs of the built action, each sent a signal at a moment drawn from its seed (anywhere, near a request, within the start), then its post step. A fifth of them delete an environment, or prune. ` +
      'Held against: no second start, no lost id, whole files by the runner’s grammar, one report, one error, exit 130, no secret, a base put back or named, no deletion denied, nothing on GitHub that goes on saying that it goes on, no request after the signal, and the times below. ' +
      `${broken === 0 ? 'Nothing was broken' : `${broken} broke a promise`}.`,
    ['| signal | runs | ends |', '| --- | --: | --- |', ...lines].join('\n'),
    `From a signal to the end of the process: ${formatLeave(results, false)} with no start in flight (at most 1 s is promised), ${formatLeave(results, true)} with one (at most 5 s).`,
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
    ? 'no case'
    : `${Math.round(findMedian(times))} ms, at most ${Math.max(...times)} ms, of ${times.length}`
}

export const renderPostStep = ({ pairs, postMs, nothingMs, ratio }: PostTime): string =>
  [
    '## The post step',
    `With nothing left to do: ${postMs.toFixed(0)} ms, against ${nothingMs.toFixed(0)} ms of \`node -e 0\` (medians of ${pairs} pairs, in turn; of each pair, ${ratio.toFixed(2)} times as long).`,
  ].join('\n\n')
