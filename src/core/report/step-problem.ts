import type { Mistake } from '../inputs/request.ts'
import type { Origin } from '../run/origin.ts'
import type { Problem } from '../run/outcome.ts'

/** Those of one input stand together. */
export const formatMistakes = (mistakes: readonly Mistake[]): Problem => {
  const byInput = Map.groupBy(mistakes, ({ input }) => input)
  const { size } = byInput
  const what = `${size === 1 ? 'One input is' : `${size} inputs are`} wrong; nothing was done.`
  return { what, mistakes: [...byInput.values()].flat() }
}

/** Where GitHub hands out no secrets, there is nothing to deploy with, and nothing to be red about. */
export const formatNoSecrets = ({ actor, pullRequest }: Origin): Problem => ({
  cause: 'GitHub gives this run no secrets',
  what: `Nothing was deployed: ${
    pullRequest?.isFromElsewhere ? 'the pull request comes from another repository' : `the run was started by ${actor}`
  }, and GitHub gives such runs no secrets.`,
  remedy: pullRequest?.isFromElsewhere
    ? 'To deploy it all the same, look it through, and push its branch to this repository.'
    : 'To deploy its runs, too, add the token to Dependabot’s own secrets.',
})

/** What nobody foresaw: `error` is whatever was thrown. */
export const formatOwnFault = (error: unknown): Problem => ({
  cause: 'a fault of the action itself',
  what: `The action failed by a fault of its own: ${error instanceof Error ? error.message : error}.`,
  remedy: 'Please report it with the log of a run that has debug logging on.',
})
