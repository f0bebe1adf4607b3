import type { PlantedBug } from './planted-bugs-list.ts'

const bug = (name: string, file: string, from: string, to: string): PlantedBug => ({
  name,
  edits: [{ file: `src/${file}`, from, to }],
  isOfPreviews: true,
})

/** At least two for each promise that previews are held to. */
export const plantedPreviewBugs: readonly PlantedBug[] = [
  // Nothing is deleted that isn't ours.
  bug(
    'an environment of type production is deleted',
    'core/environments.ts',
    "if (isProduction(environment)) return { kind: 'production' }",
    '',
  ),
  bug(
    'an environment is deleted whatever its name says',
    'core/environments.ts',
    "return isNamedForUs(environment, workflow) ? undefined : { kind: 'unnamed', name, repository: workflow.repository }",
    'return undefined',
  ),
  bug(
    'a prune deletes what belongs to an open pull request',
    'core/environments.ts',
    "return state === 'OPEN' ? { kind: 'open_pull_request' } : undefined",
    'return undefined',
  ),
  bug(
    'a further DELETE is sent without another look',
    'operations/delete.ts',
    '    known = undefined\n',
    '    known = environment\n',
  ),
  // At most one comment of ours.
  bug(
    'a second comment of ours is left',
    'operations/github-comment.ts',
    'for (const comment of comments) await remove(comment)',
    'for (const comment of comments.slice(1)) await remove(comment)',
  ),
  bug(
    'who has made a comment doesn’t look whether another run has, too',
    'operations/github-comment.ts',
    'written ? addTo(await list(), written) : ours',
    'written ? [written] : ours',
  ),
  bug('a delete makes a comment', 'operations/github-reporter.ts', 'mayCreate: false', 'mayCreate: true'),
  // No GitHub Deployment goes on when all is over.
  bug(
    'after an error the GitHub Deployment goes on',
    'core/report/github-deployment.ts',
    "states[result.outcome] ?? 'error'",
    "states[result.outcome] ?? 'in_progress'",
  ),
  bug(
    'after a cancellation the GitHub Deployment is nobody’s',
    'operations/github-reporter.ts',
    'open.report || open[field] !== undefined',
    'open.report === true',
  ),
  // Every kill is finished by the post step.
  bug(
    'the post step tells nothing of a killed run',
    'post-step.ts',
    'if (work.report) writePostStepReport',
    'if (!work) tellAfterwards',
  ),
  bug(
    'a run that may be killed saves nothing at its beginning',
    'run.ts',
    'store.saveCheckpoint({ report: true })',
    '',
  ),
  // What GitHub has refused isn't asked for again, and nothing is while it wishes to hear less.
  bug(
    'what GitHub refused at the beginning is asked for at the end',
    'operations/github-reporter.ts',
    "failure !== undefined && !(failure instanceof RequestError && determineGitHubVerdict(failure.details) === 'again')",
    'failure === null',
  ),
  bug(
    'a rate limit is kept only by what was told of it',
    'operations/github-request.ts',
    '    await waitForRateLimit(context, limit)\n',
    '',
  ),
  // Outcome and outputs say what has happened.
  bug(
    'a deletion is green as soon as it was asked for',
    'operations/delete.ts',
    'const end = await waitUntilGone(context, environment, pollInterval)',
    "const end = 'gone' as Awaited<ReturnType<typeof waitUntilGone>>",
  ),
  bug(
    'what a delete has deleted is not listed',
    'operations/delete.ts',
    'if (result.byUs) context.store.note(',
    'if (!result.byUs) context.store.note(',
  ),
]
