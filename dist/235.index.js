export const id = 235;

export const ids = [ 235 ];

export const modules = {
 6616: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finishRemoval: () => finishRemoval,
   remove: () => remove
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/environments.js
    var environments = __webpack_require__(641);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var run_result = __webpack_require__(7812);
  // EXTERNAL MODULE: ./lib/operations/context.js
    var operations_context = __webpack_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/environment.js
    var operations_environment = __webpack_require__(243);
  // EXTERNAL MODULE: ./lib/operations/read.js
    var read = __webpack_require__(5844);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var request = __webpack_require__(9259);
  // EXTERNAL MODULE: ./lib/operations/wait.js
    var wait = __webpack_require__(2413);
  // CONCATENATED MODULE: ./lib/operations/delete.js
  const listedDelayMs = 2e3;
  const deleteEnvironment = async (context, request, reporter) => {
   const environment = await findListed(context, request);
   if (environment) {
    context.store.note({
     environment
    });
    checkDeletable(context, request, environment);
   }
   if (request.dryRun) return {
    outcome: "skipped",
    reason: {
     kind: "dry_deletion",
     remains: determineRemains(environment)
    }
   };
   const pullRequest = environment && (0, environments.D2)(environment.name)?.pullRequest;
   const onProgress = progress => reporter.expect(request.env, pullRequest, progress);
   const isRecreated = environment ? await deleteGuarded(context, request, {
    environment,
    onProgress
   }) : false;
   if (!environment) context.log({
    kind: "nothing_to_delete",
    env: request.env,
    app: request.app
   });
   if (!isRecreated) await reporter.report(request.env, pullRequest);
   return {
    outcome: "deleted"
   };
  };
  const finishDeletions = async (context, work, reporter) => {
   const all = [];
   for (const {env, pullRequest} of work.deletions ?? []) {
    const remains = await (0, operations_environment.jY)(context, env).then(determineRemains, error => {
     context.log({
      kind: "environment_unreadable",
      env,
      message: error instanceof Error ? error.message : String(error)
     });
     return "unknown";
    });
    all.push(remains);
    if (remains === "gone") context.store.note({
     deletedEnvironments: [ ...context.store.state.deletedEnvironments, env ]
    });
    if (remains === "gone" || remains === "deleting") await reporter.report(env, pullRequest);
   }
   return [ ...all, ...Array.from({
    length: work.moreDeletions ?? 0
   }, () => "unknown") ];
  };
  const determineRemains = environment => {
   if (!environment) return "gone";
   return environment.status === "deleting" ? "deleting" : "there";
  };
  const findListed = async (context, request) => {
   for (;;) {
    const environment = await (0, operations_environment.jY)(context, request.env);
    if (environment) return environment;
    const all = await (0, operations_environment.DO)(context);
    if (!all.some(({id}) => id === request.env)) return undefined;
    await (0, operations_context.Gw)(context, listedDelayMs);
   }
  };
  const checkDeletable = ({workflow}, {envType}, environment) => {
   const keepReason = (0, environments.vI)(environment, workflow, envType);
   if (keepReason !== undefined) throw new run_result.o("error", {
    kind: "kept",
    keepReason
   });
  };
  const deleteGuarded = async (context, request, {environment, onProgress}) => {
   const {env, envType, pollInterval} = request;
   let progress = "none";
   const result = await deleteUntilGone(context, {
    place: request,
    pollInterval,
    environment,
    guard: async now => (0, environments.vI)(now, context.workflow, envType),
    onProgress: now => {
     progress = now;
     onProgress(now);
    }
   }).catch(error => {
    if (error instanceof run_result.j3) {
     const why = {
      ...(0, run_result._K)(error),
      ...error.other && {
       other: error.other
      }
     };
     throw new run_result.o("timed_out", {
      kind: "deletion_timed_out",
      progress,
      ...why
     }, {
      cause: error
     });
    }
    if (error instanceof run_result.cc) throw new run_result.o("cancelled", {
     kind: "deletion_cancelled",
     progress
    }, {
     cause: error
    });
    throw error;
   });
   if (result.kind === "kept") throw new run_result.o("error", {
    kind: "kept",
    keepReason: result.keepReason
   });
   if (result.byUs) context.store.note({
    deletedEnvironments: [ ...context.store.state.deletedEnvironments, env ]
   });
   return result.isRecreated === true;
  };
  const deleteUntilGone = async (context, deletion) => {
   const {onProgress, pollInterval} = deletion;
   try {
    const result = await requestDeletion(context, deletion);
    if (result.kind !== "going") return result;
    const {environment, byUs} = result;
    onProgress("going");
    const end = await (0, operations_environment.Ly)(context, environment, pollInterval);
    if (end === "given_up") throw new run_result.o("error", {
     kind: "deletion_given_up",
     env: environment.id
    });
    if (end === "recreated") onProgress("none");
    return {
     kind: "gone",
     byUs,
     ...end === "recreated" && {
      isRecreated: true
     }
    };
   } catch (error) {
    if (!(error instanceof request_error.GI)) throw error;
    throw new run_result.o("error", {
     kind: "request",
     error: error.details
    }, {
     cause: error
    });
   }
  };
  const maxAbsences = 3;
  const requestDeletion = (context, deletion) => {
   const {place, guard, onProgress} = deletion;
   const {env} = place;
   let known = deletion.environment;
   let target;
   const failures = [];
   let failedChecks = 0;
   const check = async () => {
    const environment = known ?? await (0, operations_environment.jY)(context, env, {
     patience: "once"
    });
    known = undefined;
    if (!environment) return {
     kind: "gone",
     byUs: target !== undefined
    };
    if (target && (0, operations_environment.wP)(environment, target)) {
     onProgress("none");
     return {
      kind: "gone",
      byUs: true,
      isRecreated: true
     };
    }
    throwIfPast(context, failures);
    const keepReason = await guard(environment);
    if (keepReason) return {
     kind: "kept",
     keepReason
    };
    if (environment.status === "deleting") return {
     kind: "going",
     environment,
     byUs: target !== undefined
    };
    const active = (0, deployments.gv)(environment);
    if (active) return waitForActive(context, deletion, active);
    throwIfPast(context, failures);
    if (failures.length === 0) context.log({
     kind: "deleting",
     env
    });
    onProgress("asked");
    const answer = await sendDelete(context, env);
    if (answer === "deleted") return {
     kind: "gone",
     byUs: true
    };
    if (answer === "deleting") return {
     kind: "going",
     environment,
     byUs: true
    };
    if (mayHaveWorked(answer)) target ??= environment; else if (!target) onProgress("none");
    failures.push(answer);
    throwIfRefused(env, failures, answer);
    if (!isConflict(answer.details)) throw answer;
    return waitForUnseen(context, deletion, {
     environment,
     refusal: answer
    });
   };
   return (0, request.wt)(context, {
    check: async () => {
     failedChecks++;
     const result = await check();
     failedChecks = 0;
     return result;
    },
    delayMs: () => failedChecks === 0 ? 0 : (0, retry_policy.Jb)(failedChecks, context.random()),
    mayRetry: mayPassWhileDeleting,
    log: (0, request.Hj)(context)
   });
  };
  const throwIfPast = (context, failures) => {
   if ((0, operations_context.l6)(context)) throw failures.at(-1) ?? new run_result.j3;
  };
  const sendDelete = (context, env) => (0, request.lu)((0, request.w$)(context, limits => context.humanitec.deleteEnvironment(env, limits), {
   patience: "once"
  }));
  const mayHaveWorked = failure => (0, request.c4)(failure) || (0, retry_policy.M9)(failure.details);
  const mayPassWhileDeleting = ({details}) => details.status === 404 || isConflict(details) || (0, 
  retry_policy.r3)(details);
  const isConflict = ({status, intermediary}) => status === 409 && !intermediary;
  const throwIfRefused = (env, failures, last) => {
   const stop = reason => new run_result.o("error", reason, {
    cause: last
   });
   if (last.details.status === 400 && !last.details.intermediary) throw stop({
    kind: "last_environment",
    env,
    error: last.details
   });
   if ((0, request.c4)(last) && failures.filter(request.c4).length >= maxAbsences) throw stop({
    kind: "not_deletable",
    env
   });
  };
  const waitForUnseen = async (context, deletion, {environment, refusal}) => {
   const {env} = deletion.place;
   const list = await (0, request.lu)((0, read.Jn)(context, env));
   if ((0, request.c4)(list)) throw refusal;
   if (list instanceof request_error.GI) throw list;
   try {
    return await waitForActive(context, deletion, (0, deployments.Gh)(list, environment.last_deploy));
   } catch (error) {
    if (!(error instanceof run_result.j3)) throw error;
    throw new run_result.j3({
     cause: error.cause ?? refusal,
     other: error.other
    });
   }
  };
  const waitForActive = async (context, {place, pollInterval, namesEnvironment = false}, active) => {
   await (0, wait.waitForOther)(context, {
    ...place,
    pollInterval,
    namesEnvironment
   }, active);
  };
  // EXTERNAL MODULE: ./lib/operations/github-reporter.js + 4 modules
    var github_reporter = __webpack_require__(1276);
  // EXTERNAL MODULE: ./lib/operations/github-request.js
    var github_request = __webpack_require__(9663);
  // EXTERNAL MODULE: ./lib/operations/rate-limiter.js
    var rate_limiter = __webpack_require__(9283);
  // CONCATENATED MODULE: ./lib/operations/prune.js
  const deletionsAtATime = 4;
  const pullRequestsAtATime = 100;
  const gitHubLimitMs = 12e4;
  const maxTurnMs = gitHubLimitMs + 5e3;
  const neededPermission = "pull-requests: read";
  const prune = async (given, request, reporter) => {
   const context = {
    ...given,
    rateLimiter: rate_limiter.VZ
   };
   const decisions = createPruneDecisions(context, await judgeAll(context, request));
   try {
    const stale = await findStale(context, decisions);
    if (request.dryRun) for (const {env, reason} of stale) decisions.decide(env, "would_be_deleted", reason); else await deletePreviews({
     context,
     request,
     decisions,
     reporter
    }, stale);
   } finally {
    decisions.note();
   }
   return determinePruneResult(request, context.store.state.pruned);
  };
  const judgedAtATime = 500;
  const judgeAll = async (context, request) => {
   const candidates = [];
   for (const environment of await (0, operations_environment.DO)(context)) {
    if (candidates.length % judgedAtATime === 0) await (0, operations_context.yy)(context, 0);
    candidates.push((0, environments.vF)(environment, request, context.workflow));
   }
   return candidates;
  };
  const determinePruneResult = ({dryRun}, decisions) => {
   if (decisions.some(({action}) => action === "failed")) return {
    outcome: "error",
    reason: {
     kind: "prune_failed"
    }
   };
   return dryRun ? {
    outcome: "skipped",
    reason: {
     kind: "dry_prune"
    }
   } : {
    outcome: "pruned"
   };
  };
  const findStale = async (context, decisions) => {
   const undecided = decisions.listUndecided();
   const states = await listStates(context, undecided.map(({pullRequest}) => pullRequest));
   const stale = undecided.flatMap(candidate => {
    const state = states.get(candidate.pullRequest);
    const keepReason = (0, environments.pf)(candidate.pullRequest, state, context.workflow);
    if (keepReason === undefined) return [ {
     ...candidate,
     reason: {
      kind: state === "MERGED" ? "merged" : "closed"
     }
    } ];
    decisions.decide(candidate.env, "kept", keepReason);
    return [];
   });
   return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy));
  };
  const listStates = async (context, numbers) => {
   const states = new Map;
   for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
    const some = numbers.slice(from, from + pullRequestsAtATime);
    for (const [number, state] of await listSomeStates(context, some)) states.set(number, state);
   }
   return states;
  };
  const listSomeStates = async (context, numbers) => {
   try {
    return await (0, github_request.fQ)(context, determineLimitMs(context), session => session.ask((github, limits) => github.listPullRequestStates(numbers, limits)));
   } catch (error) {
    if (error instanceof run_result.cc) throw error;
    const failure = (0, github_request.Fl)(error, neededPermission);
    throw new run_result.o("error", {
     kind: "pull_requests_unreadable",
     failure
    }, {
     cause: error
    });
   }
  };
  const findGitHubFailure = error => error instanceof run_result.o && error.result.reason.kind === "pull_requests_unreadable" ? error.result.reason.failure : undefined;
  const determineLimitMs = ({deadlineMs, clock}) => Math.max(1, Math.min(gitHubLimitMs, deadlineMs - clock.now()));
  const deletePreviews = async (prune, stale) => {
   const queue = stale.values();
   const begun = [];
   let end;
   const work = async () => {
    for (const next of queue) {
     if (end !== undefined) return;
     const deletion = deleteOne(prune, next).catch(error => {
      end ??= error;
     });
     begun.push(deletion);
     await waitAWhile(prune.context, deletion);
    }
   };
   await Promise.all(Array.from({
    length: deletionsAtATime
   }, work));
   await Promise.all(begun);
   if (end === undefined) return;
   prune.decisions.decideRest("failed", toReason(end, "none"));
   if (end instanceof run_result.j3) throw new run_result.o("timed_out", {
    kind: "prune_timed_out"
   }, {
    cause: end
   });
   if (end instanceof run_result.cc) throw new run_result.o("cancelled", {
    kind: "prune_cancelled"
   }, {
    cause: end
   });
   if (!findGitHubFailure(end)) throw end;
  };
  const waitAWhile = async ({clock}, deletion) => {
   const over = new AbortController;
   await Promise.race([ deletion, clock.sleep(maxTurnMs, over.signal) ]);
   over.abort(new Error("the turn is over"));
  };
  const toReason = (end, progress) => {
   if (end instanceof run_result.cc) return {
    kind: "stopped",
    by: "cancelled",
    progress
   };
   if (end instanceof run_result.j3) return {
    kind: "stopped",
    by: "timeout",
    progress,
    ...(0, run_result._K)(end)
   };
   const failure = findGitHubFailure(end);
   if (failure) return {
    kind: "pull_request_unreadable",
    failure,
    progress
   };
   return {
    kind: "internal_error",
    message: end instanceof Error ? end.message : String(end),
    progress
   };
  };
  const deleteOne = async ({context, request, decisions, reporter}, {env, pullRequest, reason}) => {
   let progress = "none";
   const deletion = {
    place: {
     ...request,
     env
    },
    pollInterval: request.pollInterval,
    namesEnvironment: true,
    onProgress: now => {
     progress = now;
     reporter.expect(env, pullRequest, now);
    },
    guard: async environment => {
     const keepReason = (0, environments.VT)({
      ...request,
      environment,
      pullRequest
     }, context.workflow);
     if (keepReason !== undefined) return keepReason;
     const states = await listStates(context, [ pullRequest ]);
     return (0, environments.pf)(pullRequest, states.get(pullRequest), context.workflow);
    }
   };
   const result = await deleteUntilGone(context, deletion).catch(error => {
    if (error instanceof run_result.o && !findGitHubFailure(error)) return {
     kind: "failed",
     reason: error.result.reason
    };
    decisions.decide(env, "failed", toReason(error, progress));
    throw error;
   });
   if (result.kind === "kept") return decisions.decide(env, "kept", result.keepReason);
   if (result.kind === "failed") return decisions.decide(env, "failed", result);
   if (result.byUs) decisions.decide(env, "deleted", reason); else decisions.decide(env, "kept", {
    kind: "deleted_elsewhere"
   });
   if (!result.isRecreated) await reporter.report(env, pullRequest);
  };
  const outputGapMs = 1e4;
  const createPruneDecisions = ({store, clock}, candidates) => {
   const byEnv = new Map(candidates.map(candidate => [ candidate.env, candidate ]));
   const made = new Map;
   const deleted = [];
   let notedMs = Number.NEGATIVE_INFINITY;
   const isUndecided = candidate => !made.has(candidate.env);
   const decide = (env, action, reason) => {
    const {pullRequest, named} = byEnv.get(env) ?? {};
    made.set(env, {
     env,
     ...pullRequest !== undefined && {
      pullRequest
     },
     ...named && {
      named
     },
     action,
     reason
    });
    if (action !== "deleted") return;
    deleted.push(env);
    if (clock.now() < notedMs + outputGapMs) return;
    notedMs = clock.now();
    store.note({
     deletedEnvironments: [ ...deleted ]
    });
   };
   for (const candidate of candidates) if (candidate.kind === "kept") decide(candidate.env, "kept", candidate.keepReason);
   return {
    listUndecided: () => candidates.filter(isUndecided),
    decide,
    decideRest: (action, reason) => {
     for (const {env} of candidates.filter(isUndecided)) decide(env, action, reason);
    },
    note: () => {
     const pruned = candidates.map(({env}) => made.get(env)).filter(decision => decision !== undefined);
     const deletedEnvironments = pruned.filter(({action}) => action === "deleted").map(({env}) => env);
     store.note({
      pruned,
      deletedEnvironments
     });
    }
   };
  };
  // CONCATENATED MODULE: ./lib/operations/removal.js
  const remove = (context, request) => {
   context.log({
    kind: "opening",
    request,
    comment: ""
   });
   const reporter = (0, github_reporter.y)(context, request);
   return request.operation === "delete" ? deleteEnvironment(context, request, reporter) : prune(context, request, reporter);
  };
  const finishRemoval = async (context, request, work) => {
   const remains = await finishDeletions(context, work, (0, github_reporter.y)(context, request));
   if (request.operation === "prune") return {
    outcome: "cancelled",
    reason: {
     kind: "killed_prune",
     remains
    }
   };
   const [remained] = remains;
   return remained === "gone" ? {
    outcome: "deleted"
   } : {
    outcome: "cancelled",
    reason: {
     kind: "killed_deletion",
     ...remained && {
      remains: remained
     }
    }
   };
  };
 }
};
