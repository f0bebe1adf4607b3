import { numbers } from './preview-scenario.ts'
import type { GitHubSending, PreviewAttempt, PreviewTrace } from './preview-trace.ts'
import { listOwnComments } from './repository.ts'

/** What happened in the lives of previews: the names under which the distribution is told. */
export const listPreviewFacts = (trace: PreviewTrace): readonly string[] => [
  ...trace.scenario.events.map(({ kind }) => `event: ${kind}`),
  ...trace.attempts.flatMap((attempt) => listFactsOf(attempt)),
  ...trace.acts.map(({ text }) => text.replace(/ \(#\d+\)|^#\d+ /, '')).map((text) => `meanwhile: ${text}`),
  ...numbers
    .filter((number) => listOwnComments(trace, number).length > 0)
    .map(() => 'a pull request with a comment of ours'),
]

const listFactsOf = (attempt: PreviewAttempt): readonly string[] => {
  const { kind, outcome, post, sendings, github, signalMs } = attempt
  const all = [...github, ...(post?.github ?? [])]
  return [
    `${kind}: ${outcome ?? 'killed'}`,
    ...(outcome === undefined ? [`${kind} killed ${describeKill(attempt)}`] : []),
    ...(outcome === undefined && post ? [`${kind} killed, finished by its post step`] : []),
    ...(outcome !== undefined && signalMs !== undefined && post
      ? [`${kind} cancelled, finished by its post step`]
      : []),
    ...sendings
      .filter(({ operation, record }) => operation === 'DELETE env' && record?.acceptedId)
      .map(() => `an environment deleted by ${kind}`),
    ...countOf(all, 'POST comments', 'a comment made'),
    ...countOf(all, 'DELETE comment', 'a second comment deleted'),
    ...countOf(all, 'POST deployments', 'a GitHub Deployment made'),
  ]
}

const countOf = (sent: readonly GitHubSending[], operation: string, name: string): readonly string[] =>
  sent.filter((sending) => sending.operation === operation && sending.record?.effectAtMs !== undefined).map(() => name)

const describeKill = ({ sendings, github }: PreviewAttempt): string => {
  const open = [...sendings, ...github].filter(({ seen }) => !seen)
  if (open.some(({ operation }) => operation === 'DELETE env')) return 'within a DELETE'
  return open.length > 0 ? 'within a request' : 'between requests'
}
