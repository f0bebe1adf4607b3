import type { OpenWork } from '../run/open-work.ts'

/** The base that we set for a start that never came, and nothing put the earlier one back. */
export const formatBaseLeft = ({
  setId,
  previousId,
}: Pick<NonNullable<OpenWork['rebase']>, 'setId' | 'previousId'>): string => {
  const left = `The environment’s base was left at ${setId}, and the next deployment builds on it.`
  if (previousId === '' || previousId === setId) return left
  return `${left} It was ${previousId} before: to put it back, deploy with from_deploy_id: ${previousId}.`
}

/** `id`: of the base that somebody else has set over ours. */
export const formatBaseOfOthers = (id: string): string =>
  `Someone else has set the environment’s base to ${id} meanwhile: it was left.`
