export const id = 74;

export const ids = [ 74 ];

export const modules = {
 6074: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finishRemoval: () => finishRemoval,
   remove: () => remove
  });
  // EXTERNAL MODULE: ./lib/core/environments.js
    var core_environments = __webpack_require__(641);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/report/deletion-problems.js
    var deletion_problems = __webpack_require__(9207);
  // EXTERNAL MODULE: ./lib/core/report/problems.js
    var problems = __webpack_require__(8828);
  // EXTERNAL MODULE: ./lib/core/run/outcome.js
    var outcome = __webpack_require__(3173);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/polling.js
    var polling = __webpack_require__(3168);
  // EXTERNAL MODULE: ./lib/core/text/time.js
    var time = __webpack_require__(2850);
  // EXTERNAL MODULE: ./lib/operations/context.js
    var operations_context = __webpack_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/deploy.js
    var deploy = __webpack_require__(215);
  // EXTERNAL MODULE: ./lib/operations/environment.js
    var operations_environment = __webpack_require__(243);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var request = __webpack_require__(9259);
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
   const pullRequest = environment && (0, core_environments.D2)(environment.name)?.pullRequest;
   const onProgress = progress => reporter.expect(request.env, pullRequest, progress);
   const isMadeAnew = environment ? await deleteGuarded(context, request, environment, onProgress) : false;
   if (!environment) context.log({
    kind: "nothing_to_delete",
    env: request.env,
    app: request.app
   });
   if (!isMadeAnew) await reporter.tell(request.env, pullRequest);
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
    if (remains === "gone" || remains === "deleting") await reporter.tell(env, pullRequest);
   }
   return all;
  };
  const determineRemains = environment => {
   if (!environment) return "gone";
   return environment.status === "deleting" ? "deleting" : "there";
  };
  const findListed = async (context, request) => {
   for (;;) {
    const environment = await (0, operations_environment.jY)(context, request.env);
    if (environment) return environment;
    const all = await listEnvironments(context);
    if (!all.some(({id}) => id === request.env)) return undefined;
    await (0, operations_context.Gw)(context, listedDelayMs, undefined);
   }
  };
  const listEnvironments = async context => {
   const answer = await (0, request.M)((0, request.w$)(context, limits => context.humanitec.listEnvironments(limits), {
    timeoutMs: retry_policy.ad.list
   }));
   if (!(answer instanceof request_error.GI)) return answer;
   if (!(0, request.c4)(answer)) throw toFailed(answer);
   throw new outcome.cV("error", {
    kind: "no_application"
   }, {
    cause: answer
   });
  };
  const checkDeletable = ({workflow}, {envType}, environment) => {
   const keepReason = (0, core_environments.vI)(environment, workflow, envType);
   if (keepReason !== undefined) throw new outcome.cV("error", {
    kind: "kept",
    keepReason
   });
  };
  const deleteGuarded = async (context, request, environment, onProgress) => {
   const {env, envType, pollInterval} = request;
   let progress = "none";
   const result = await deleteUntilGone(context, {
    place: request,
    pollInterval,
    environment,
    guard: async now => (0, core_environments.vI)(now, context.workflow, envType),
    onProgress: now => {
     progress = now;
     onProgress(now);
    }
   }).catch(error => {
    if (error instanceof outcome.MU) throw new outcome.cV("timed_out", {
     kind: "deletion_timed_out",
     progress
    }, {
     cause: error
    });
    if (error instanceof outcome.cJ) throw new outcome.cV("cancelled", {
     kind: "deletion_cancelled",
     progress
    }, {
     cause: error
    });
    throw error;
   });
   if (result.kind === "kept") throw new outcome.cV("error", {
    kind: "kept",
    keepReason: result.keepReason
   });
   if (result.byUs) context.store.note({
    deletedEnvironments: [ ...context.store.state.deletedEnvironments, env ]
   });
   return result.isMadeAnew === true;
  };
  const mostAbsences = 3;
  const deleteUntilGone = async (context, deletion) => {
   const {guard, onProgress} = deletion;
   const {env} = deletion.place;
   const failures = [];
   let target;
   for (let known = deletion.environment; ;known = undefined) {
    const environment = known ?? await (target ? lookAgain : operations_environment.jY)(context, env);
    if (!environment) return {
     kind: "gone",
     byUs: target !== undefined
    };
    if (target && isAnother(environment, target)) {
     onProgress("none");
     return {
      kind: "gone",
      byUs: true,
      isMadeAnew: true
     };
    }
    if ((0, operations_context.l6)(context)) throw new outcome.MU;
    const keepReason = await guard(environment);
    if (keepReason) return {
     kind: "kept",
     keepReason
    };
    if (environment.status === "deleting") return waitUntilGone(context, deletion, environment, target !== undefined);
    const active = (0, deployments.gv)(environment);
    if (active) {
     await waitForActive(context, deletion, active);
     continue;
    }
    if ((0, operations_context.l6)(context)) throw new outcome.MU;
    context.log({
     kind: "deleting",
     env
    });
    onProgress("asked");
    const answer = await sendDelete(context, env);
    if (answer === "deleted") return {
     kind: "gone",
     byUs: true
    };
    if (answer === "deleting") return waitUntilGone(context, deletion, environment, true);
    if (mayHaveWorked(answer)) target ??= environment; else if (!target) onProgress("none");
    failures.push(answer);
    await recover(context, {
     ...deletion,
     environment
    }, failures, answer);
   }
  };
  const sendDelete = async (context, env) => {
   const answer = await (0, request.M)((0, request.w$)(context, limits => context.humanitec.deleteEnvironment(env, limits), {
    patience: "once"
   }));
   return (0, request.c4)(answer) && !await lookAgain(context, env) ? "deleted" : answer;
  };
  const mayHaveWorked = failure => (0, request.c4)(failure) || (0, retry_policy.M9)(failure.details);
  const recover = async (context, deletion, failures, last) => {
   const {status, retryAfterMs} = last.details;
   const {env} = deletion.place;
   const stop = reason => new outcome.cV("error", reason, {
    cause: last
   });
   if (status === 400) throw stop({
    kind: "last_environment",
    env,
    error: last.details
   });
   if (status === 404 && failures.filter(request.c4).length >= mostAbsences) throw stop({
    kind: "not_deletable",
    env
   });
   const isWorthATry = status === 404 || status === 409 || (0, retry_policy.r3)(last.details);
   if (!isWorthATry) throw toFailed(last);
   if (status === 409 && await waitForUnseen(context, deletion)) return;
   context.runner.debug(`${last.message}; it is looked at again`);
   await (0, operations_context.v7)(context, (0, retry_policy.Jb)(failures.length, context.random(), retryAfterMs));
  };
  const waitForUnseen = async (context, deletion) => {
   const {env} = deletion.place;
   const list = await (0, request.M)((0, request.w$)(context, limits => context.humanitec.listDeployments(env, limits), {
    timeoutMs: retry_policy.ad.list
   }));
   if (!(list instanceof request_error.GI)) {
    await waitForActive(context, deletion, (0, deployments.Gh)(list, deletion.environment?.last_deploy));
    return true;
   }
   if ((0, request.c4)(list)) return false;
   throw toFailed(list);
  };
  const waitForActive = async (context, deletion, active) => {
   const {place, pollInterval, isOneOfMany = false} = deletion;
   await (0, deploy.f)(context, {
    ...place,
    pollInterval,
    isOneOfMany
   }, active);
  };
  const waitUntilGone = async (context, {pollInterval, onProgress}, environment, byUs) => {
   onProgress("going");
   const nextPollMs = pollInterval === "auto" ? (0, polling.O)([]) : () => pollInterval.fixedMs;
   const {id} = environment;
   context.log({
    kind: "waiting_for_deletion",
    env: id
   });
   const sinceMs = context.clock.now();
   let isDeleting = environment.status === "deleting";
   let looksWithout = 0;
   const look = async () => {
    const now = await (0, operations_environment.rJ)(context, id);
    if (!now) return {
     kind: "gone",
     byUs
    };
    if (isAnother(now, environment)) {
     onProgress("none");
     return {
      kind: "gone",
      byUs,
      isMadeAnew: true
     };
    }
    looksWithout = now.status === "deleting" ? 0 : looksWithout + 1;
    if (isDeleting && looksWithout > 1) throw new outcome.cV("error", {
     kind: "deletion_given_up",
     env: id
    });
    isDeleting ||= now.status === "deleting";
    return undefined;
   };
   const delayMs = () => nextPollMs(context.clock.now() - sinceMs);
   return (0, request.wt)(context, {
    look,
    delayMs,
    log: (0, operations_environment.ne)(context, id)
   }).catch(error => {
    throw error instanceof request_error.GI ? toFailed(error) : error;
   });
  };
  const lookAgain = (context, env) => (0, operations_environment.jY)(context, env).catch(async error => {
   if (!(error instanceof outcome.MU)) throw error;
   const answer = await (0, request.M)((0, request.w$)(context, limits => context.humanitec.getEnvironment(env, limits), {
    patience: "once"
   }));
   if (!(answer instanceof request_error.GI)) return answer;
   if ((0, request.c4)(answer)) return undefined;
   throw error;
  });
  const isAnother = (environment, known) => {
   const [createdMs, knownMs] = [ (0, time.jR)(environment.created_at), (0, time.jR)(known.created_at) ];
   return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs;
  };
  const toFailed = error => new outcome.cV("error", {
   kind: "request",
   error: error.details
  }, {
   cause: error
  });
  // EXTERNAL MODULE: ./lib/operations/github-reporter.js + 4 modules
    var github_reporter = __webpack_require__(8274);
  // EXTERNAL MODULE: ./lib/operations/github-request.js
    var github_request = __webpack_require__(9663);
  // EXTERNAL MODULE: ./lib/operations/rate-limiter.js
    var rate_limiter = __webpack_require__(9283);
  // CONCATENATED MODULE: ./lib/operations/prune.js
  const remove = (context, request) => {
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
  const deletionsAtATime = 4;
  const pullRequestsAtATime = 100;
  const gitHubPatienceMs = 12e4;
  const longestTurnMs = gitHubPatienceMs + 5e3;
  const neededPermission = "pull-requests: read";
  const prune = async (given, request, reporter) => {
   const context = {
    ...given,
    rateLimiter: rate_limiter.V
   };
   const environments = await listEnvironments(context);
   const candidates = environments.map(environment => (0, core_environments.vF)(environment, request, context.workflow));
   const board = createPruneDecisions(context.store, candidates);
   const stale = await findStale(context, board);
   if (request.dryRun) for (const {env, reason} of stale) board.decide(env, "would_be_deleted", reason); else await deleteAll(context, request, board, stale, reporter);
   return determinePruneResult(request, board.decisions());
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
  const toldOf = ({store, workflow, clock}) => ({
   state: store.state,
   workflow,
   nowMs: clock.now()
  });
  const findStale = async (context, board) => {
   const open = board.listUndecided();
   const states = await listStates(context, open.map(({pullRequest}) => pullRequest)).catch(error => {
    if (error instanceof outcome.cJ) throw error;
    const problem = (0, github_request.dZ)(error, neededPermission);
    throw new outcome.cV("error", {
     kind: "pull_requests_unreadable",
     problem
    }, {
     cause: error
    });
   });
   const stale = open.flatMap(candidate => {
    const state = states.get(candidate.pullRequest);
    const keepReason = (0, core_environments.pf)(candidate.pullRequest, state, context.workflow);
    if (keepReason === undefined) return [ {
     ...candidate,
     reason: `its pull request is ${state === "MERGED" ? "merged" : "closed"}`
    } ];
    board.decide(candidate.env, "kept", (0, deletion_problems.Bn)(keepReason));
    return [];
   });
   return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy));
  };
  const listStates = async (context, numbers) => {
   const states = new Map;
   for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
    const some = numbers.slice(from, from + pullRequestsAtATime);
    const found = await (0, github_request.oW)(context, determinePatienceMs(context), patience => (0, 
    github_request.X3)(context, patience, (github, limits) => github.listPullRequestStates(some, limits)));
    for (const [number, state] of found) states.set(number, state);
   }
   return states;
  };
  const determinePatienceMs = ({deadlineMs, clock}) => Math.max(1, Math.min(gitHubPatienceMs, deadlineMs - clock.now()));
  const deleteAll = async (context, request, board, stale, reporter) => {
   const queue = [ ...stale ];
   const begun = [];
   let end;
   const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
     const deletion = deleteOne(context, request, board, next, reporter).catch(error => {
      end ??= error;
      queue.length = 0;
     });
     begun.push(deletion);
     await waitAWhile(context, deletion);
    }
   };
   await Promise.all(Array.from({
    length: deletionsAtATime
   }, work));
   await Promise.all(begun);
   if (end === undefined) return;
   board.decideRest("failed", describeEnd(end));
   if (end instanceof outcome.MU) throw new outcome.cV("timed_out", {
    kind: "prune_timed_out"
   }, {
    cause: end
   });
   if (end instanceof outcome.cJ) throw new outcome.cV("cancelled", {
    kind: "prune_cancelled"
   }, {
    cause: end
   });
   if (!(end instanceof request_error.GI)) throw end;
  };
  const waitAWhile = async ({clock}, deletion) => {
   const over = new AbortController;
   await Promise.race([ deletion, clock.sleep(longestTurnMs, over.signal) ]);
   over.abort();
  };
  const describeEnd = end => {
   if (end instanceof outcome.MU) return "the timeout came first";
   if (end instanceof outcome.cJ) return "the workflow was cancelled";
   return `its pull request could not be looked at (${(0, words.HV)((0, github_request.dZ)(end, neededPermission).what)})`;
  };
  const deleteOne = async (context, request, board, {env, pullRequest, reason}, reporter) => {
   let progress = "none";
   const deletion = {
    place: {
     ...request,
     env
    },
    pollInterval: request.pollInterval,
    isOneOfMany: true,
    onProgress: now => {
     progress = now;
     reporter.expect(env, pullRequest, now);
    },
    guard: async environment => {
     const keepReason = (0, core_environments.VT)(environment, pullRequest, request, context.workflow);
     if (keepReason !== undefined) return keepReason;
     const states = await listStates(context, [ pullRequest ]);
     return (0, core_environments.pf)(pullRequest, states.get(pullRequest), context.workflow);
    }
   };
   const result = await deleteUntilGone(context, deletion).catch(error => {
    if (error instanceof outcome.cV) return {
     kind: "failed",
     reason: (0, words.HV)((0, problems.pg)(error.result.reason, toldOf(context)).what)
    };
    board.decide(env, "failed", (0, deletion_problems.$s)(describeEnd(error), progress));
    throw error;
   });
   if (result.kind === "kept") return board.decide(env, "kept", (0, deletion_problems.Bn)(result.keepReason));
   if (result.kind === "failed") return board.decide(env, "failed", result.reason);
   if (result.byUs) board.decide(env, "deleted", reason); else board.decide(env, "kept", "someone else has deleted it meanwhile");
   if (!result.isMadeAnew) await reporter.tell(env, pullRequest);
  };
  const createPruneDecisions = (store, candidates) => {
   const made = new Map;
   const decisions = () => candidates.map(({env}) => made.get(env)).filter(decision => decision !== undefined);
   const isUndecided = candidate => !made.has(candidate.env);
   const put = (candidate, action, reason) => {
    const {env, pullRequest, named} = candidate;
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
   };
   const tell = () => {
    const pruned = decisions();
    const deletedEnvironments = pruned.filter(({action}) => action === "deleted").map(({env}) => env);
    store.note({
     pruned,
     deletedEnvironments
    });
   };
   for (const candidate of candidates) {
    if (candidate.kind === "kept") put(candidate, "kept", (0, deletion_problems.Bn)(candidate.keepReason));
   }
   tell();
   return {
    listUndecided: () => candidates.filter(isUndecided),
    decide: (env, action, reason) => {
     const candidate = candidates.find(each => each.env === env);
     if (!candidate) return;
     put(candidate, action, reason);
     tell();
    },
    decideRest: (action, reason) => {
     for (const candidate of candidates.filter(isUndecided)) put(candidate, action, reason);
     tell();
    },
    decisions
   };
  };
 }
};
