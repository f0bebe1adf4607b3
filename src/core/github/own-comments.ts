import type { GitHubComment } from '../../ports.ts'

/**
 * Ours, oldest first: our own user wrote it, and its first line holds the marker. A comment that a person wrote is never ours,
 * marker or not.
 */
export const listOwnComments = (
  comments: readonly GitHubComment[],
  ownUserId: number,
  marker: string,
): readonly GitHubComment[] =>
  comments
    .filter(({ user, body }) => user.id === ownUserId && getFirstLine(body).includes(marker))
    .toSorted((one, other) => one.id - other.id)

const getFirstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? ''
