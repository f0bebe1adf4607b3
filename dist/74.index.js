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
  // EXTERNAL MODULE: ./lib/core/report/request-problems.js
    var request_problems = __webpack_require__(588);
  // EXTERNAL MODULE: ./lib/core/text/time.js
    var time = __webpack_require__(2850);
  // EXTERNAL MODULE: ./lib/operations/context.js
    var context = __webpack_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/deploy.js
    var deploy = __webpack_require__(215);
  // EXTERNAL MODULE: ./lib/operations/environment.js
    var operations_environment = __webpack_require__(243);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var operations_request = __webpack_require__(9259);
  // CONCATENATED MODULE: ./lib/operations/delete.js
  const listedDelayMs = 2e3;
  const deleteEnvironment = async (step, request, farewell) => {
   const environment = await findListed(step, request);
   if (environment) {
    step.journal.note({
     environment
    });
    checkFence(step, request, environment);
   }
   if (request.dryRun) return (0, deletion_problems.rf)(request, determineRemains(environment));
   const pullRequest = environment && (0, core_environments.D2)(environment.name)?.pullRequest;
   const onProgress = progress => farewell.expect(request.env, pullRequest, progress);
   const isMadeAnew = environment ? await deleteFenced(step, request, environment, onProgress) : false;
   if (!environment) step.runner.info(`There is no environment ${request.env} in ${request.app}: nothing is left to delete`);
   if (!isMadeAnew) await farewell.tell(request.env, pullRequest);
   return {
    outcome: "deleted"
   };
  };
  const finishDeletions = async (step, work, farewell) => {
   const all = [];
   for (const {env, pullRequest} of work.deletions ?? []) {
    const remains = await (0, operations_environment.jY)(step, env).then(determineRemains, error => {
     step.runner.info(`The environment ${env} could not be looked at: ${error instanceof Error ? error.message : error}`);
     return "unknown";
    });
    all.push(remains);
    if (remains === "gone") step.journal.note({
     deletedEnvironments: [ ...step.journal.facts.deletedEnvironments, env ]
    });
    if (remains === "gone" || remains === "deleting") await farewell.tell(env, pullRequest);
   }
   return all;
  };
  const determineRemains = environment => {
   if (!environment) return "gone";
   return environment.status === "deleting" ? "deleting" : "there";
  };
  const findListed = async (step, request) => {
   for (;;) {
    const environment = await (0, operations_environment.jY)(step, request.env);
    if (environment) return environment;
    const all = await listEnvironments(step, request);
    if (!all.some(({id}) => id === request.env)) return undefined;
    await (0, context.Gw)(step, listedDelayMs, undefined);
   }
  };
  const listEnvironments = async (step, request) => {
   const answer = await (0, operations_request.Gx)(step, limits => step.humanitec.listEnvironments(limits), retry_policy.ad.list);
   if (!(answer instanceof request_error.e6)) return answer;
   const problem = (0, operations_request.c4)(answer) ? (0, deletion_problems.bN)(request) : (0, 
   request_problems.M3)(answer.details);
   throw new outcome.VG("error", problem, {
    cause: answer
   });
  };
  const checkFence = ({origin}, {env, envType}, environment) => {
   const fence = (0, core_environments.Z0)(environment, origin, envType);
   if (fence !== undefined) throw new outcome.VG("error", (0, deletion_problems.DJ)(env, fence));
  };
  const deleteFenced = async (step, request, environment, onProgress) => {
   const {env, envType, pollInterval} = request;
   let progress = "none";
   const result = await deleteUntilGone(step, {
    place: request,
    pollInterval,
    environment,
    guard: async now => (0, core_environments.Z0)(now, step.origin, envType),
    onProgress: now => {
     progress = now;
     onProgress(now);
    }
   }).catch(error => {
    if (error instanceof outcome.Xp) throw new outcome.VG("timed_out", (0, deletion_problems.dQ)(request, progress), {
     cause: error
    });
    if (error instanceof outcome.cJ) throw new outcome.VG("cancelled", (0, deletion_problems.nW)(request, progress), {
     cause: error
    });
    throw error;
   });
   if (result.kind === "kept") throw new outcome.VG("error", (0, deletion_problems.DJ)(env, result.fence));
   if (result.byUs) step.journal.note({
    deletedEnvironments: [ ...step.journal.facts.deletedEnvironments, env ]
   });
   return result.isMadeAnew === true;
  };
  const mostAbsences = 3;
  const deleteUntilGone = async (step, deletion) => {
   const {guard, onProgress} = deletion;
   const {env} = deletion.place;
   const failures = [];
   let target;
   for (let known = deletion.environment; ;known = undefined) {
    const environment = known ?? await (target ? lookAgain : operations_environment.jY)(step, env);
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
    if ((0, context.l6)(step)) throw new outcome.Xp;
    const fence = await guard(environment);
    if (fence) return {
     kind: "kept",
     fence
    };
    if (environment.status === "deleting") return waitUntilGone(step, deletion, environment, target !== undefined);
    const active = (0, deployments.gv)(environment);
    if (active) {
     await waitForActive(step, deletion, active);
     continue;
    }
    if ((0, context.l6)(step)) throw new outcome.Xp;
    step.runner.info(`Deleting the environment ${env}`);
    onProgress("asked");
    const answer = await sendDelete(step, env);
    if (answer === "deleted") return {
     kind: "gone",
     byUs: true
    };
    if (answer === "deleting") return waitUntilGone(step, deletion, environment, true);
    if (mayHaveWorked(answer)) target ??= environment; else if (!target) onProgress("none");
    failures.push(answer);
    await recover(step, {
     ...deletion,
     environment
    }, failures, answer);
   }
  };
  const sendDelete = async (step, env) => {
   const answer = await (0, operations_request.CD)(step, limits => step.humanitec.deleteEnvironment(env, limits));
   return (0, operations_request.c4)(answer) && !await lookAgain(step, env) ? "deleted" : answer;
  };
  const mayHaveWorked = failure => (0, operations_request.c4)(failure) || (0, retry_policy.M9)(failure.details);
  const recover = async (step, deletion, failures, last) => {
   const {status, retryAfterMs} = last.details;
   const {env} = deletion.place;
   const stop = problem => new outcome.VG("error", problem, {
    cause: last
   });
   if (status === 400) throw stop((0, deletion_problems.dz)(env, last.details));
   if (status === 404 && failures.filter(operations_request.c4).length >= mostAbsences) throw stop((0, 
   deletion_problems.hk)(env));
   const isWorthATry = status === 404 || status === 409 || (0, retry_policy.ny)(last.details) === "again";
   if (!isWorthATry) throw stop((0, request_problems.M3)(last.details));
   if (status === 409 && await waitForUnseen(step, deletion)) return;
   step.runner.debug(`${last.message}; it is looked at again`);
   await (0, context.v7)(step, (0, retry_policy.Jb)(failures.length, step.random(), retryAfterMs));
  };
  const waitForUnseen = async (step, deletion) => {
   const {env} = deletion.place;
   const list = await (0, operations_request.Gx)(step, limits => step.humanitec.listDeployments(env, limits), retry_policy.ad.list);
   if (!(list instanceof request_error.e6)) {
    await waitForActive(step, deletion, (0, deployments.Gh)(list, deletion.environment?.last_deploy));
    return true;
   }
   if ((0, operations_request.c4)(list)) return false;
   throw (0, operations_request.lQ)(list);
  };
  const waitForActive = async (step, deletion, active) => {
   const {place, pollInterval, isOneOfMany = false} = deletion;
   await (0, deploy.f)(step, {
    ...place,
    pollInterval,
    isOneOfMany
   }, active);
  };
  const waitUntilGone = async (step, {pollInterval, onProgress}, environment, byUs) => {
   onProgress("going");
   const nextPollMs = pollInterval === "auto" ? (0, polling.O)([]) : () => pollInterval.fixedMs;
   const {id} = environment;
   step.runner.info(`Waiting until the environment ${id} is deleted`);
   const sinceMs = step.clock.now();
   let nextLineMs = sinceMs + retry_policy.fO;
   let looksWithout = 0;
   for (let isDeleting = environment.status === "deleting"; ;) {
    const now = await lookAgain(step, id);
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
    if (isDeleting && looksWithout > 1) throw new outcome.VG("error", (0, deletion_problems.q6)(id));
    isDeleting ||= now.status === "deleting";
    if (step.clock.now() >= nextLineMs) {
     step.runner.info(`The environment ${id} is still being deleted after ${(0, time.a3)(nextLineMs - sinceMs)}`);
     nextLineMs += retry_policy.fO;
    }
    if ((0, context.l6)(step)) throw new outcome.Xp;
    await (0, context.v7)(step, nextPollMs(step.clock.now() - sinceMs));
   }
  };
  const lookAgain = (step, env) => (0, operations_environment.jY)(step, env).catch(async error => {
   if (!(error instanceof outcome.Xp)) throw error;
   const answer = await (0, operations_request.CD)(step, limits => step.humanitec.getEnvironment(env, limits));
   if (!(answer instanceof request_error.e6)) return answer;
   if ((0, operations_request.c4)(answer)) return undefined;
   throw error;
  });
  const isAnother = (environment, known) => {
   const [createdMs, knownMs] = [ (0, time.jR)(environment.created_at), (0, time.jR)(known.created_at) ];
   return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs;
  };
  // EXTERNAL MODULE: ./lib/operations/github-reporter.js + 4 modules
    var github_reporter = __webpack_require__(8274);
  // EXTERNAL MODULE: ./lib/operations/github-request.js
    var github_request = __webpack_require__(9663);
  // EXTERNAL MODULE: ./lib/operations/rate-limiter.js
    var rate_limiter = __webpack_require__(9283);
  // CONCATENATED MODULE: ./lib/operations/prune.js
  const remove = (step, request) => {
   const farewell = (0, github_reporter.P)(step, request);
   return request.operation === "delete" ? deleteEnvironment(step, request, farewell) : prune(step, request, farewell);
  };
  const finishRemoval = async (step, request, work) => {
   const remains = await finishDeletions(step, work, (0, github_reporter.P)(step, request));
   if (request.operation === "prune") return {
    outcome: "cancelled",
    problem: (0, problems.ft)(remains)
   };
   const [remained] = remains;
   return remained === "gone" ? {
    outcome: "deleted"
   } : {
    outcome: "cancelled",
    problem: (0, problems.Gc)(request, remained)
   };
  };
  const deletionsAtATime = 4;
  const pullRequestsAtATime = 100;
  const gitHubPatienceMs = 12e4;
  const longestTurnMs = gitHubPatienceMs + 5e3;
  const neededPermission = "pull-requests: read";
  const prune = async (given, request, farewell) => {
   const step = {
    ...given,
    pace: rate_limiter.oL
   };
   const environments = await listEnvironments(step, request);
   const candidates = environments.map(environment => (0, core_environments.vF)(environment, request, step.origin));
   const board = createPruneBoard(step.journal, candidates);
   const stale = await findStale(step, board);
   if (request.dryRun) for (const {env, reason} of stale) board.decide(env, "would_be_deleted", reason); else await deleteAll(step, request, board, stale, farewell);
   return (0, deletion_problems.Fm)(request, board.decisions());
  };
  const findStale = async (step, board) => {
   const open = board.listUndecided();
   const states = await listStates(step, open.map(({pullRequest}) => pullRequest)).catch(error => {
    if (error instanceof outcome.cJ) throw error;
    throw new outcome.VG("error", (0, deletion_problems.rF)((0, github_request.dZ)(error, neededPermission)), {
     cause: error
    });
   });
   const stale = open.flatMap(candidate => {
    const state = states.get(candidate.pullRequest);
    const fence = (0, core_environments.Zr)(candidate.pullRequest, state, step.origin);
    if (fence === undefined) return [ {
     ...candidate,
     reason: `its pull request is ${state === "MERGED" ? "merged" : "closed"}`
    } ];
    board.decide(candidate.env, "kept", (0, deletion_problems.vM)(fence));
    return [];
   });
   return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy));
  };
  const listStates = async (step, numbers) => {
   const states = new Map;
   for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
    const some = numbers.slice(from, from + pullRequestsAtATime);
    const found = await (0, github_request.oW)(step, determinePatienceMs(step), patience => (0, 
    github_request.X3)(step, patience, (github, limits) => github.listPullRequestStates(some, limits)));
    for (const [number, state] of found) states.set(number, state);
   }
   return states;
  };
  const determinePatienceMs = ({deadlineMs, clock}) => Math.max(1, Math.min(gitHubPatienceMs, deadlineMs - clock.now()));
  const deleteAll = async (step, request, board, stale, farewell) => {
   const queue = [ ...stale ];
   const begun = [];
   let end;
   const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
     const deletion = deleteOne(step, request, board, next, farewell).catch(error => {
      end ??= error;
      queue.length = 0;
     });
     begun.push(deletion);
     await waitAWhile(step, deletion);
    }
   };
   await Promise.all(Array.from({
    length: deletionsAtATime
   }, work));
   await Promise.all(begun);
   if (end === undefined) return;
   board.decideRest("failed", describeEnd(end));
   if (end instanceof outcome.Xp) throw new outcome.VG("timed_out", (0, deletion_problems.Xm)(request, board.decisions()), {
    cause: end
   });
   if (end instanceof outcome.cJ) throw new outcome.VG("cancelled", (0, deletion_problems.bF)(board.decisions()), {
    cause: end
   });
   if (!(end instanceof request_error.e6)) throw end;
  };
  const waitAWhile = async ({clock}, deletion) => {
   const over = new AbortController;
   await Promise.race([ deletion, clock.sleep(longestTurnMs, over.signal) ]);
   over.abort();
  };
  const describeEnd = end => {
   if (end instanceof outcome.Xp) return "the timeout came first";
   if (end instanceof outcome.cJ) return "the workflow was cancelled";
   return `its pull request could not be looked at (${(0, words.HV)((0, github_request.dZ)(end, neededPermission).what)})`;
  };
  const deleteOne = async (step, request, board, {env, pullRequest, reason}, farewell) => {
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
     farewell.expect(env, pullRequest, now);
    },
    guard: async environment => {
     const fence = (0, core_environments.$M)(environment, pullRequest, request, step.origin);
     if (fence !== undefined) return fence;
     const states = await listStates(step, [ pullRequest ]);
     return (0, core_environments.Zr)(pullRequest, states.get(pullRequest), step.origin);
    }
   };
   const result = await deleteUntilGone(step, deletion).catch(error => {
    if (error instanceof outcome.VG) return {
     kind: "failed",
     reason: (0, words.HV)(error.message)
    };
    board.decide(env, "failed", (0, deletion_problems.$s)(describeEnd(error), progress));
    throw error;
   });
   if (result.kind === "kept") return board.decide(env, "kept", (0, deletion_problems.vM)(result.fence));
   if (result.kind === "failed") return board.decide(env, "failed", result.reason);
   if (result.byUs) board.decide(env, "deleted", reason); else board.decide(env, "kept", "someone else has deleted it meanwhile");
   if (!result.isMadeAnew) await farewell.tell(env, pullRequest);
  };
  const createPruneBoard = (journal, candidates) => {
   const made = new Map;
   const decisions = () => candidates.map(({env}) => made.get(env)).filter(decision => decision !== undefined);
   const isUndecided = candidate => !made.has(candidate.env);
   const put = ({env, pullRequest}, action, reason) => {
    made.set(env, {
     env,
     ...pullRequest !== undefined && {
      pullRequest
     },
     action,
     reason
    });
   };
   const tell = () => {
    const pruned = decisions();
    const deletedEnvironments = pruned.filter(({action}) => action === "deleted").map(({env}) => env);
    journal.note({
     pruned,
     deletedEnvironments
    });
   };
   for (const candidate of candidates) {
    if (candidate.kind === "kept") put(candidate, "kept", (0, deletion_problems.vM)(candidate.fence));
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
