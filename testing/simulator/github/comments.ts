import type { ApiAnswer } from '../exchange.ts'
import { type GitHubAsked, getText } from './asked.ts'
import { answerPage } from './pages.ts'
import { refuseInvalid, refuseNotFound } from './refusals.ts'
import { type Comment, describeGitHubUser, formatGitHubTime, type Repository } from './state.ts'

const longestBody = 65_536

/** Oldest first, in pages. */
export const listComments = (asked: GitHubAsked): ApiAnswer => {
  const { repository, id } = asked
  const comments = repository.comments.filter(({ issue }) => issue === Number(id))
  return isIssue(asked)
    ? answerPage(
        asked,
        comments.map((comment) => describeComment(repository, comment)),
      )
    : refuseNotFound
}

const isIssue = ({ repository, id }: GitHubAsked): boolean => repository.pulls.has(Number(id))

export const createComment = (asked: GitHubAsked): ApiAnswer => {
  const { state, repository, grant, request, nowMs } = asked
  const refusal = isIssue(asked) ? refuseBody(getText(request, 'body')) : refuseNotFound
  if (refusal) return refusal
  const comment: Comment = {
    id: state.nextId++,
    issue: Number(asked.id),
    user: grant.user,
    body: getText(request, 'body'),
    createdMs: nowMs,
    updatedMs: nowMs,
  }
  repository.comments.push(comment)
  return { status: 201, body: describeComment(repository, comment), acceptedId: String(comment.id) }
}

const refuseBody = (body: string): ApiAnswer | undefined => {
  if (body === '') return refuseInvalid('IssueComment', 'body', "Body can't be blank")
  return body.length > longestBody
    ? refuseInvalid('IssueComment', 'body', `body is too long (maximum is ${longestBody} characters)`)
    : undefined
}

const findComment = ({ repository, id }: GitHubAsked): Comment | undefined =>
  repository.comments.find((comment) => comment.id === Number(id))

export const getComment = (asked: GitHubAsked): ApiAnswer => {
  const comment = findComment(asked)
  return comment ? { status: 200, body: describeComment(asked.repository, comment) } : refuseNotFound
}

/** Whoever may write may change everybody's comments. */
export const updateComment = (asked: GitHubAsked): ApiAnswer => {
  const comment = findComment(asked)
  if (!comment) return refuseNotFound
  const body = getText(asked.request, 'body')
  const refusal = refuseBody(body)
  if (refusal) return refusal
  comment.body = body
  comment.updatedMs = asked.nowMs
  return { status: 200, body: describeComment(asked.repository, comment) }
}

export const deleteComment = (asked: GitHubAsked): ApiAnswer => {
  const comment = findComment(asked)
  if (!comment) return refuseNotFound
  asked.repository.comments = asked.repository.comments.filter((other) => other !== comment)
  return { status: 204 }
}

const describeComment = ({ name }: Repository, comment: Comment): Record<string, unknown> => ({
  id: comment.id,
  html_url: `https://github.com/${name}/pull/${comment.issue}#issuecomment-${comment.id}`,
  issue_url: `https://api.github.com/repos/${name}/issues/${comment.issue}`,
  body: comment.body,
  user: describeGitHubUser(comment.user),
  author_association: 'NONE',
  created_at: formatGitHubTime(comment.createdMs),
  updated_at: formatGitHubTime(comment.updatedMs),
})
