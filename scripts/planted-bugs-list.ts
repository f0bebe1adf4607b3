import { plantedPreviewBugs } from './planted-preview-bugs-list.ts'

/** A change to one file, by which a bug that has bitten others comes back. `from` must be there exactly once. */
export type Edit = { readonly file: string; readonly from: string; readonly to: string }

export type PlantedBug = {
  readonly name: string
  readonly edits: readonly Edit[]
  /** A test that must fail; without one, the simulation must. */
  readonly test?: string
  /** It is of previews: the simulation's other seeds can't find it. */
  readonly isOfPreviews?: boolean
}

const edit = (file: string, from: string, to: string): Edit => ({ file: `src/${file}`, from, to })

/** What has started deployments twice, turned jobs green or red wrongly, or lost ids, in other clients. */
export const plantedBugs: readonly PlantedBug[] = [
  ...plantedPreviewBugs,
  {
    name: 'a start whose answer was lost is simply repeated',
    edits: [
      edit(
        'core/network/retry-policy.ts',
        "if (status === undefined) return 'lost'",
        "if (status === undefined) return 'again'",
      ),
    ],
  },
  {
    name: 'a start that was answered 5xx is simply repeated',
    edits: [
      edit(
        'core/network/retry-policy.ts',
        "if (isTransientStatus(status)) return 'lost'",
        "if (isTransientStatus(status)) return 'again'",
      ),
    ],
  },
  {
    name: 'a start that was answered 5xx is taken for refused',
    edits: [
      edit(
        'core/network/retry-policy.ts',
        "if (isTransientStatus(status)) return 'lost'",
        "if (isTransientStatus(status)) return 'refused'",
      ),
    ],
  },
  {
    name: 'a lost start is looked for once, at once',
    edits: [edit('core/network/retry-policy.ts', '[1_500, 3_500, 5_500]', '[1_500]')],
  },
  {
    name: 'a lost start is sent again though the list can’t be read',
    edits: [
      edit(
        'operations/start.ts',
        'if (found instanceof RequestError) throw createUnknownStart(start.body, found)',
        "if (found instanceof RequestError) return { kind: 'absent' }",
      ),
    ],
  },
  {
    name: 'a lost start is sent again though one in the list could be ours',
    edits: [edit('core/start-identity.ts', 'if (candidates.length > 0) return', 'if (candidates.length > 99) return')],
  },
  {
    name: 'another’s deployment of the same Delta is adopted',
    edits: [
      edit(
        'core/start-identity.ts',
        "if (deployment) return { kind: 'found', deployment }",
        "if (deployment ?? newer[0]) return { kind: 'found', deployment: (deployment ?? newer[0]) as Deployment }",
      ),
    ],
  },
  {
    name: 'run 7001 is taken for run 700',
    edits: [
      edit(
        'core/run/workflow-context.ts',
        'comment.split(runUrl).some((rest, index) => index > 0 && !/^\\d/.test(rest))',
        'comment.includes(runUrl)',
      ),
    ],
    test: '__tests__/core/run/workflow-context.test.ts',
  },
  {
    name: 'a deployment of run 7001 could be one of run 700',
    edits: [edit('core/mark.ts', 'findLastEnd(text, runUrl, /^\\d/) > 0', 'text.includes(runUrl)')],
    test: '__tests__/core/mark.test.ts',
  },
  {
    name: 'a redirect is followed',
    edits: [edit('adapters/http.ts', "redirect: 'manual'", "redirect: 'follow'")],
    test: '__tests__/adapters/http.test.ts',
  },
  {
    name: 'a start that was redirected is sent again',
    edits: [edit('core/network/retry-policy.ts', "? 'redirected' : 'refused'", "? 'lost' : 'refused'")],
  },
  {
    name: 'a start that was answered 2xx without a deployment is sent again',
    edits: [
      edit(
        'core/network/retry-policy.ts',
        "if (status >= 200 && status < 300) return 'accepted'",
        "if (status < 300) return 'lost'",
      ),
    ],
  },
  {
    name: 'a 429 is believed without a look at the list',
    edits: [
      edit(
        'operations/start.ts',
        '  await pauseBeforeRetry(context, 0, cause)\n',
        "  await pauseBeforeRetry(context, 0, cause)\n  if (start) return { kind: 'absent' }\n",
      ),
    ],
  },
  {
    name: 'a 409 after a lost answer is taken for somebody else’s',
    edits: [edit('operations/start.ts', 'if (!mayExist(sent)) {', 'if (sent) {')],
  },
  {
    name: 'a 409 to the first send is taken for somebody else’s without a look at the list',
    edits: [
      edit(
        'operations/start.ts',
        'for (const gapMs of [0, ...searchGapsMs]) {',
        'for (const gapMs of [0, ...searchGapsMs].slice(9)) {',
      ),
    ],
    test: '__tests__/operations/start-doubts.test.ts',
  },
  {
    name: 'an earlier deployment is taken for the one that was started',
    edits: [edit('operations/start.ts', 'return refuseKnown(start, ', 'return ((_, answer) => answer)(start, ')],
    test: '__tests__/operations/start-doubts.test.ts',
  },
  {
    name: 'a start is sent although the first request for its rebase may still take effect',
    edits: [
      edit(
        'operations/rebase.ts',
        'if (!mayStillCome) return environment',
        'if (!mayStillCome || context) return environment',
      ),
    ],
    test: '__tests__/operations/start-doubts.test.ts',
  },
  {
    name: 'a re-run does not attach to what it had started',
    edits: [
      edit(
        'operations/deploy.ts',
        'workflow.attempt > 1 && classifyComment(',
        'workflow.attempt > 99 && classifyComment(',
      ),
    ],
  },
  {
    name: 'a Retry-After is obeyed without a limit, while waiting',
    edits: [
      edit(
        'operations/request.ts',
        'Math.min(error?.details.retryAfterMs ?? 0, maxRetryAfterMs)',
        'Math.min(error?.details.retryAfterMs ?? 0, maxRetryAfterMs * 1e6)',
      ),
    ],
  },
  {
    name: 'a Retry-After is obeyed without a limit, in other reads',
    edits: [
      edit(
        'core/network/retry-policy.ts',
        'Math.min(retryAfterMs, maxDelayMs)',
        'Math.min(retryAfterMs, maxDelayMs * 1e6)',
      ),
    ],
  },
  {
    name: 'retries are nested in polls',
    edits: [
      edit(
        'operations/wait.ts',
        "readDeployment(context, env, deployment.id, { patience: 'once' })",
        'readDeployment(context, env, deployment.id)',
      ),
    ],
    test: '__tests__/operations/wait.test.ts',
  },
  {
    name: 'the HTTP client repeats by itself',
    edits: [edit('adapters/http.ts', 'retry: { limit: 0 }', 'retry: { limit: 2, delay: () => 1 }')],
    test: '__tests__/simulation/one-request.test.ts',
  },
  {
    name: 'every status except `pending` and `in progress` counts as the end',
    edits: [
      edit(
        'core/deployments.ts',
        "  deployment.status === 'succeeded' || deployment.status === 'failed'\n",
        "  deployment.status !== 'pending' && deployment.status !== 'in progress'\n",
      ),
    ],
  },
  {
    name: 'success is taken from another deployment’s answer',
    edits: [
      edit('core/responses/humanitec.ts', 'if (thing.id !== id) throw', "if (thing.id !== id && id === '') throw"),
    ],
  },
  {
    name: 'the id is written at the end',
    edits: [
      edit(
        'operations/deploy.ts',
        "  noteDeployment(context.store, deployment)\n  context.log({ kind: 'started'",
        "  context.log({ kind: 'started'",
      ),
      edit('operations/follow.ts', '  noteDeployment(context.store, deployment)\n  const health', '  const health'),
    ],
  },
  {
    name: 'a start is not saved before it is sent',
    edits: [
      edit(
        'operations/start.ts',
        'context.store.advance((phase) => withStart(phase, toPending(start)))',
        'void withStart(undefined, toPending(start))',
      ),
    ],
  },
  {
    name: 'a second signal kills the process',
    edits: [edit('main.ts', 'process.on(signal,', 'process.once(signal,')],
    test: '__tests__/simulation/signals.test.ts',
  },
  {
    name: 'a signal cuts the start at once',
    edits: [edit('core/network/retry-policy.ts', 'startGraceMs = 4_000', 'startGraceMs = 0')],
  },
  {
    name: 'a signal while a start is looked for says that nothing was started',
    edits: [
      edit(
        'operations/start.ts',
        'if (error instanceof CancelledError || error instanceof DeadlineError) throw createUnknownStart(body, error)',
        'if (error instanceof DeadlineError) throw createUnknownStart(body, error)',
      ),
    ],
  },
  {
    name: 'the timeout counts from the start only',
    edits: [
      edit(
        'operations/follow.ts',
        '  const end = await waitForEnd(context, {',
        '  const end = await waitForEnd({ ...context, deadlineMs: context.clock.now() + request.timeoutMs }, {',
      ),
    ],
  },
  {
    name: 'a start is sent past the deadline',
    edits: [
      edit(
        'operations/start.ts',
        '  if (isPastDeadline(context)) throw new DeadlineError()\n',
        '  if (isPastDeadline(context) && start === undefined) throw new DeadlineError()\n',
      ),
    ],
  },
  {
    name: 'the base is not put back when no start came',
    edits: [edit('operations/deploy.ts', 'else await rebase.restore()', 'else rebase.release()')],
  },
  {
    name: 'the base is not set again before a further send',
    edits: [
      edit(
        'operations/start.ts',
        'rebase && !isFirst ? await rebase.renew',
        'rebase && !isFirst && failures > 99 ? await rebase.renew',
      ),
    ],
  },
  {
    name: 'the deployment is asked for every five seconds',
    edits: [
      edit(
        'operations/wait.ts',
        '? schedule(context.clock.now() - sinceMs)',
        '? Math.min(5_000, schedule(context.clock.now() - sinceMs))',
      ),
      edit('world.ts', "request.pollInterval === 'auto'", 'request.timeoutMs < 0'),
    ],
  },
  {
    name: 'each wait has a limit of its own for the requests of an hour',
    edits: [edit('world.ts', "request.pollInterval === 'auto'", 'request.timeoutMs < 0')],
  },
  {
    name: 'the history is read at the same time as the polls',
    edits: [
      edit(
        'operations/wait.ts',
        "  over.abort(new Error('the first wait is over'))\n  await reading\n",
        '  void reading\n',
      ),
    ],
  },
  {
    name: 'a 404 right after the start ends the wait',
    edits: [edit('operations/wait.ts', 'isNotFound(failure) &&', '!failure &&')],
  },
  {
    name: 'a base is set again under somebody’s deployment that was just seen',
    edits: [
      edit(
        'operations/rebase.ts',
        'if (!rebase || isOurs || findNewActive(environment)) return',
        'if (!rebase || isOurs) return',
      ),
    ],
  },
  {
    name: 'a base is put back under somebody’s deployment that was just seen',
    edits: [
      edit(
        'operations/rebase.ts',
        "if (findActive(environment) || id === '') return 'left'",
        "if (id === '') return 'left'",
      ),
    ],
  },
  {
    name: 'a start is sent again that an earlier look has shown, and the last one has not',
    edits: [edit('operations/start-search.ts', 'return doubt ?? (list.length === 0 ?', 'return (list.length === 0 ?')],
    test: '__tests__/operations/start-doubts.test.ts',
  },
  {
    name: 'a redeployment is sent again though one on another base could be ours',
    edits: [edit('core/start-identity.ts', 'from_id !== sent.baseId) return true', "from_id === '') return true")],
    test: '__tests__/simulation/found.test.ts',
  },
  {
    name: 'pipelines: a run behind a success is not followed',
    edits: [edit('operations/follow.ts', ': await followRunOn(', ': end ? undefined : await followRunOn(')],
  },
  {
    name: 'pipelines: an approval behind a success holds the step',
    edits: [
      edit(
        'core/pipelines.ts',
        "if (approvals.length > 0) return { kind: 'good', notice",
        "if (approvals.length > 99) return { kind: 'good', notice",
      ),
    ],
  },
  {
    name: 'pipelines: a deployment to another environment holds the step',
    edits: [edit('core/pipelines.ts', 'if (elsewhere) return', 'if (elsewhere && afterMs >= maxAfterMs) return')],
  },
  {
    name: 'pipelines: a re-run does not look for the run that it has begun',
    edits: [
      edit(
        'operations/pipeline-run.ts',
        'context.workflow.attempt <= 1) return',
        'context.workflow.attempt <= 99) return',
      ),
    ],
  },
  {
    name: 'pipelines: a lost start is not looked for among the runs',
    edits: [
      edit(
        'operations/start-search.ts',
        'judgeList(start, list, await listRuns(context, pipelineIds))',
        'judgeList(start, list, [])',
      ),
    ],
  },
  {
    name: 'pipelines: a run’s id is taken for a deployment’s',
    edits: [edit('core/responses/humanitec.ts', "textOf(pipeline_id) !== '')", "textOf(pipeline_id) === '-')")],
    test: '__tests__/adapters/humanitec.test.ts',
  },
  {
    name: 'pipelines: a deployment that its run has yet to make is given up after a minute',
    edits: [
      edit('operations/wait.ts', 'toRunId(deployment.pipeline) !== undefined\n', 'toRunId(undefined) !== undefined\n'),
    ],
    test: '__tests__/operations/pipeline-starts.test.ts',
  },
  {
    name: 'pipelines: a base that a failed run has not taken is left without a message',
    edits: [
      edit('operations/deploy.ts', '(isOfFailedRun(error) ? rebase.restore() : rebase.leave(true))', 'undefined'),
    ],
    test: '__tests__/operations/pipeline-starts.test.ts',
  },
  {
    name: 'gateway: the repetition of a start is taken for somebody else’s deployment',
    edits: [
      edit(
        'operations/start.ts',
        "    const state = judgeList(start, list, [])\n    if (state.kind === 'ambiguous' && state.reason === 'several')",
        "    const state = judgeList({ ...start, mark: '' }, list, [])\n    if (state.kind === 'ambiguous' && state.reason === 'several')",
      ),
    ],
  },
  {
    name: 'gateway: a repetition that could not be looked up is forgotten',
    edits: [edit('operations/start.ts', "if (state.kind === 'conflict') doubtful = start", '')],
  },
  {
    name: 'lag: runs that are listed late are not waited for',
    edits: [edit('operations/start-search.ts', 'gapsMs = [...searchGapsMs, ...pipelineSearchGapsMs]', 'gapsMs = [0]')],
  },
  {
    name: 'lag: a start’s 404 right after the environment was made is believed',
    edits: [
      edit(
        'operations/start.ts',
        'context.clock.now() < environmentCreatedMs + newEnvironmentMs',
        'context.clock.now() < madeMs',
      ),
    ],
  },
  {
    name: 'base: a deployment on another base than the one that was set is green',
    edits: [edit('operations/rebase.ts', "if (!isRebased || other === '' ||", "if (isRebased || other === '' ||")],
  },
  {
    name: 'base: every other base is taken for one of the same Set',
    edits: [
      edit(
        'operations/rebase.ts',
        "return setId !== '' && setId === (await findSetId(",
        "return setId !== '' || setId === (await findSetId(",
      ),
    ],
  },
  {
    name: 'cluster: what is not rolled out yet is judged',
    edits: [
      edit('core/health.ts', "if (views.some(({ isRolledOut }) => !isRolledOut)) return 'not_rolled_out'", ''),
      edit(
        'core/health.ts',
        'const counting = views.filter(({ isRolledOut }) => isRolledOut)',
        'const counting = views',
      ),
    ],
  },
  {
    name: 'cluster: a crash loop that is up again is taken for running',
    edits: [edit('core/runtime.ts', 'context.nowMs - startedMs < restartProbationMs', 'context.nowMs < startedMs')],
    test: '__tests__/core/health.test.ts',
  },
  {
    name: 'cluster: workloads that are not part of the Set are judged',
    edits: [
      edit(
        'core/health.ts',
        'rollout.workloads ?? [...modules.keys()]',
        '[...(rollout.workloads ?? []), ...modules.keys()]',
      ),
    ],
  },
  {
    name: 'cluster: the first look at a failing workload ends the wait',
    edits: [edit('core/health.ts', 'const failingForMs = 90_000', 'const failingForMs = 0')],
  },
  {
    name: 'cluster: the first good look ends the wait',
    edits: [edit('core/health.ts', 'const runningForMs = 30_000', 'const runningForMs = 0')],
  },
  {
    name: 'cluster: a runtime out of reach ends the step',
    edits: [
      edit(
        'operations/health.ts',
        'const health = await catchRequestError(checker.check(context))',
        'const health: Health | RequestError = await looks.check(context)',
      ),
    ],
  },
  {
    name: 'cluster: the runner’s clock is taken for the cluster’s',
    edits: [edit('operations/health-check.ts', 'beganMs + clock.now() - sinceMs', 'clock.now()')],
    test: '__tests__/simulation/found.test.ts',
  },
  {
    name: 'contents: a variable’s values are told with its change',
    edits: [
      edit(
        'core/set-diff.ts',
        "[describe(position, 'variable', before, after)]",
        "[describe(position, 'variable', before, after, textOf)]",
      ),
    ],
  },
  {
    name: 'contents: a Set that was cut off is quoted',
    edits: [edit('adapters/http.ts', 'return !isCutJson && (', 'return (')],
  },
  {
    name: 'contents: the Delta of a good end is left among the drafts',
    edits: [
      edit('operations/delta.ts', 'archiving ??= archiveDelta(context, deltaId)', 'archiving ??= Promise.resolve()'),
    ],
  },
]
