import type { ApiAnswer } from '../exchange.ts'
import type { GitHubAsked } from './asked.ts'
import { answerPage } from './pages.ts'
import { refuseInvalid, refuseNotFound } from './refusals.ts'
import type { Pull, Repository } from './state.ts'

export const getPull = ({ repository, id }: GitHubAsked): ApiAnswer => {
  const pull = repository.pulls.get(Number(id))
  return pull ? { status: 200, body: describePull(repository, pull) } : refuseNotFound
}

/** Open and closed ones that hold the commit, newest first. */
export const listPullsOfCommit = (asked: GitHubAsked): ApiAnswer => {
  const { repository, id } = asked
  if (!/^[0-9a-f]{40}$/.test(id)) return refuseInvalid('Commit', 'sha', `No commit found for SHA: ${id}`)
  const pulls = [...repository.pulls.values()].filter(({ commits }) => commits.includes(id))
  return answerPage(asked, pulls.map((pull) => describePull(repository, pull)).reverse())
}

const describePull = ({ name }: Repository, pull: Pull): Record<string, unknown> => ({
  number: pull.number,
  state: pull.state === 'open' ? 'open' : 'closed',
  merged: pull.state === 'merged',
  merged_at: pull.state === 'merged' ? '2026-11-20T09:30:00Z' : null,
  title: pull.title,
  html_url: `https://github.com/${name}/pull/${pull.number}`,
  head: { ref: pull.headRef, sha: pull.commits.at(-1) ?? '', repo: { full_name: pull.headRepository } },
  base: { ref: 'main', repo: { full_name: name } },
})
