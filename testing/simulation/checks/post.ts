import type { Oracle } from '../oracle.ts'
import { determineStartResult, isStart } from '../start-result.ts'
import type { Attempt, Trace } from '../trace.ts'

/** What a killed process has left open, the post step tells; it starts nothing. */
export const checkPostSteps = ({ attempts, scenario, orchestrator }: Trace, { starts }: Oracle): string[] =>
  attempts.flatMap((attempt) => {
    const { post } = attempt
    if (!post) return []
    const own = starts.filter((start) => start.attempt === attempt)
    return [
      ...(post.sendings.some(isStart) ? [`the post step of attempt ${attempt.number} has sent a start`] : []),
      ...(post.sendings.some(({ besides }) => besides > 0)
        ? ['the post step had two requests on their way at once']
        : []),
      ...((post.endedMs ?? 0) > post.deadlineMs + 15_000
        ? [`the post step of attempt ${attempt.number} took too long`]
        : []),
      ...(attempt.crashedMs === undefined || scenario.plan.pipeline
        ? []
        : own
            .filter(({ createdMs }) => !scenario.worlds.pipeline || createdMs < post.startedMs)
            .flatMap(({ id }) => checkNamed(attempt, post, [id, ...listRunIds(orchestrator, id)]))),
    ]
  })

/** Of the run that made it, if one did. */
const listRunIds = (orchestrator: Trace['orchestrator'], deploymentId: string): readonly string[] =>
  orchestrator
    .inspectRuns('acme/shop')
    .filter(({ askedId }) => askedId === deploymentId)
    .map(({ id }) => id)

const checkNamed = (attempt: Attempt, post: Attempt, ids: readonly string[]): string[] => {
  const texts = [...post.annotations.map(({ message, title }) => `${title} ${message}`), ...post.summaries]
  const isSaid = texts.some(
    (text) => ids.some((id) => text.includes(id)) || /could not be determined|more than once/.test(text),
  )
  const isThrottled = attempt.sendings.some(
    (sending) => isStart(sending) && determineStartResult(sending) === 'throttled',
  )
  return isSaid || isThrottled ? [] : [`the post step of attempt ${attempt.number} denies ${ids[0]}`]
}
