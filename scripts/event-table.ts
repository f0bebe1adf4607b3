import { createRequire } from 'node:module'
import { formatDefaultComment, parseWorkflowContext } from '../src/core/run/workflow-context.ts'
import { type Fields, fieldsOf, textOf } from '../src/core/text/json.ts'

/** A payload that GitHub's users have published, and the variables that a runner would have beside it. */
export type EventSample = {
  readonly name: string
  readonly payload: Fields
  readonly variables: Readonly<Record<string, string>>
}

type Published = { readonly name: string; readonly examples: readonly Fields[] }

const require = createRequire(import.meta.url)

/** Every payload of the package, of events that start no workflow, too. */
export const listEventSamples = (): readonly EventSample[] =>
  (require('@octokit/webhooks-examples') as readonly Published[]).flatMap(({ name, examples }) =>
    examples.flatMap((payload) =>
      listNames(name, payload).map((event) => ({ name: event, payload, variables: createVariables(event, payload) })),
    ),
  )

/** Some payloads come with another event, too, of which the package has none. */
const listNames = (name: string, payload: Fields): readonly string[] => {
  if (name === 'pull_request') return [name, 'pull_request_target']
  return name === 'issues' && fieldsOf(payload['issue'])['pull_request'] ? [name, 'issue_comment'] : [name]
}

/** The latest commit of the default branch or of a tag, and a pull request's merge commit: no payload tells them. */
const latest = '1a7e570'.padEnd(40, '0')
const merge = '3e19e00'.padEnd(40, '0')

const createVariables = (name: string, payload: Fields): EventSample['variables'] => {
  const repository = fieldsOf(payload['repository'])
  const login = textOf(fieldsOf(payload['sender'])['login'])
  const [sha, ref] = determineRef(name, payload, `refs/heads/${textOf(repository['default_branch'])}`)
  return {
    GITHUB_EVENT_NAME: name,
    GITHUB_REPOSITORY: textOf(repository['full_name']),
    GITHUB_REPOSITORY_ID: String(repository['id'] ?? ''),
    GITHUB_RUN_ID: '7001',
    GITHUB_ACTOR: login,
    GITHUB_TRIGGERING_ACTOR: login,
    GITHUB_SHA: sha,
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
  }
}

/** `GITHUB_SHA` and `GITHUB_REF` (GitHub's documentation, "Events that trigger workflows"). */
const determineRef = (name: string, payload: Fields, main: string): readonly [sha: string, ref: string] => {
  const own = fieldsOf(payload[name])
  switch (name) {
    case 'push':
      if (payload['deleted'] === true) return [latest, main]
      return [textOf(payload['after']), textOf(payload['ref'])]
    case 'create':
      return [latest, `refs/${payload['ref_type'] === 'tag' ? 'tags' : 'heads'}/${textOf(payload['ref'])}`]
    case 'release':
      return [latest, `refs/tags/${textOf(own['tag_name'])}`]
    case 'merge_group':
      return [textOf(own['head_sha']), textOf(own['head_ref'])]
    case 'deployment':
    case 'deployment_status': {
      const deployment = fieldsOf(payload['deployment'])
      return [textOf(deployment['sha']), `refs/heads/${textOf(deployment['ref'])}`]
    }
    default:
      return /^pull_request(_review|_review_comment)?$/.test(name)
        ? [merge, `refs/pull/${fieldsOf(payload['pull_request'])['number']}/merge`]
        : [latest, main]
  }
}

/** Those of the package's events that start workflows (GitHub's documentation, "Events that trigger workflows"). */
const startsWorkflows: ReadonlySet<string> = new Set(
  (
    'branch_protection_rule check_run check_suite create delete deployment deployment_status discussion ' +
    'discussion_comment fork gollum issue_comment issues label merge_group milestone page_build public pull_request ' +
    'pull_request_review pull_request_review_comment pull_request_target push release repository_dispatch status watch ' +
    'workflow_dispatch workflow_run'
  ).split(' '),
)

/** The columns of docs/events.md: one row for each thing that samples of an event come to. */
export const listEventRows = (): readonly (readonly string[])[] => {
  const rows = new Map<string, readonly string[]>()
  for (const sample of listEventSamples().filter(({ name }) => startsWorkflows.has(name))) {
    const row = formatRow(sample)
    const key = [sample.name, ...row.slice(1, 4).map((cell) => cell.replaceAll(/`(?!GITHUB)[^`]+`|\d+/g, 'x'))].join()
    if (!rows.has(key)) rows.set(key, row)
  }
  return [...rows.values()]
}

const formatRow = ({ name, payload, variables }: EventSample): readonly string[] => {
  const workflow = parseWorkflowContext(variables, payload)
  const { sha, ref, pullRequest, actor } = workflow
  const isRunners = sha === variables['GITHUB_SHA']
  const comment = formatDefaultComment(workflow)
  return [
    `\`${name}\``,
    pullRequest ? `#${pullRequest.number}` : '',
    isRunners ? '`GITHUB_SHA`' : sha && `\`${sha.slice(0, 7)}\``,
    isRunners && ref === variables['GITHUB_REF_NAME'] ? '`GITHUB_REF_NAME`' : ref && `\`${ref}\``,
    actor,
    comment,
  ]
}
