export const id = 917;

export const ids = [ 917 ];

export const modules = {
 4917: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finishRemoval: () => finishRemoval,
   remove: () => remove
  });
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // EXTERNAL MODULE: ./lib/core/text/duration.js
    var duration = __webpack_require__(3327);
  // CONCATENATED MODULE: ./lib/core/report/fence-words.js
  const formatFence = fence => {
   switch (fence.kind) {
   case "others":
    return `it is named ${fence.name}, for ${fence.claim}`;

   case "type":
    return `it is of type ${fence.type}, not ${fence.wanted}`;

   case "production":
    return "it is a production environment";

   case "unnamed":
    return `its name, ${fence.name}, doesn\u2019t say that it was made for ${fence.repository}`;

   case "unnumbered":
    return `its name, ${fence.name}, doesn\u2019t say that it was made for this pull request`;

   case "misfit":
    return `its id doesn\u2019t fit ${fence.pattern}`;

   case "being_deleted":
    return "it is being deleted already";

   case "open_pull_request":
    return "its pull request is open";

   case "no_pull_request":
    return `there is no pull request ${fence.pullRequest} in ${fence.repository}`;
   }
  };
  // CONCATENATED MODULE: ./lib/core/report/deletion-problem.js
  const formatFenced = (env, fence) => ({
   cause: formatFence(fence),
   what: `The environment ${env} was not deleted: ${formatFence(fence)}.`,
   causeTellsAll: true,
   remedy: fence.kind === "others" ? "Check env. Only the repository and the pull request that it is named for may delete it." : "Check env. To delete it all the same, name its type in env_type."
  });
  const formatNoApplication = ({org, app}) => ({
   cause: "there is no such application",
   what: `There is no application ${app} in ${org}, or the token may not see it.`,
   remedy: "Check org and app, and the token\u2019s roles."
  });
  const formatLastEnvironment = (env, {status, detail}) => ({
   cause: `Humanitec refused it (${status})`,
   what: (0, words.Re)(`Humanitec refused to delete the environment ${env} (${status})${detail && `: ${detail}`}`),
   remedy: "If it is the application\u2019s last environment, delete the application instead."
  });
  const formatDeletionTimedOut = ({env, timeoutMs}, progress) => ({
   what: {
    none: `The environment ${env} was not deleted within ${(0, duration.a3)(timeoutMs)}.`,
    asked: `The environment ${env} was not seen to go within ${(0, duration.a3)(timeoutMs)}; it may still be deleted.`,
    going: `The environment ${env} is still being deleted after ${(0, duration.a3)(timeoutMs)}; it goes on in Humanitec.`
   }[progress],
   remedy: "Run the step again, or set a longer timeout."
  });
  const formatDeletionCancelled = (request, progress) => {
   const what = {
    none: `The workflow was cancelled before the environment ${request.env} was deleted.`,
    asked: `The workflow was cancelled; the environment ${request.env} may have been deleted.`,
    going: `The workflow was cancelled; the deletion of the environment ${request.env} goes on in Humanitec.`
   }[progress];
   return {
    ...progress === "asked" && {
     cause: formatPerhapsDeleted(request)
    },
    what
   };
  };
  const formatPerhapsDeleted = ({env, app}) => `${env} of ${app} may have been deleted`;
  const formatNotDeletable = env => ({
   cause: "the token may see it, but not delete it",
   what: `Humanitec finds no environment ${env} to delete (404), though it can be read: the token\u2019s role may be too low.`,
   remedy: "Check the token: its service user needs the role Developer in the application, and Deployer for the environment\u2019s type."
  });
  const formatDryDeletion = ({env, app}, state) => {
   const what = {
    there: `The environment ${env} of ${app} would be deleted.`,
    deleting: `The environment ${env} of ${app} is being deleted already.`,
    gone: `There is no environment ${env} in ${app}: nothing would be deleted.`
   }[state];
   return {
    outcome: "skipped",
    problem: {
     what: `${what} Nothing was done: dry_run.`
    }
   };
  };
  const formatEnvironments = count => (0, words.B4)(count, "environment");
  const countOf = (decisions, action) => decisions.filter(decision => decision.action === action).length;
  const formatPruneEnding = ({dryRun}, decisions) => {
   const failed = decisions.filter(({action}) => action === "failed");
   if (failed.length > 0) {
    const named = failed.slice(0, 3).map(({env, reason}) => `${env}: ${(0, words.HV)(reason)}`);
    const what = `${formatEnvironments(failed.length)} could not be deleted. ${named.join("; ")}${failed.length > 3 ? "; and so on." : "."}`;
    const cause = `${formatEnvironments(failed.length)} could not be deleted`;
    return {
     outcome: "error",
     problem: {
      cause,
      what,
      remedy: "Run the step again for them; the others are done."
     }
    };
   }
   if (!dryRun) return {
    outcome: "pruned"
   };
   const would = countOf(decisions, "would_be_deleted");
   return {
    outcome: "skipped",
    problem: {
     what: `${formatEnvironments(would)} would be deleted. Nothing was done: dry_run.`
    }
   };
  };
  const formatUnseenEnd = (why, progress) => why + {
   none: "",
   asked: "; it may have been deleted",
   going: "; its deletion goes on in Humanitec"
  }[progress];
  const formatPruneTimedOut = ({timeoutMs}, decisions) => ({
   what: `The timeout of ${(0, duration.a3)(timeoutMs)} came first: ${formatEnvironments(countOf(decisions, "deleted"))} deleted, ${countOf(decisions, "failed")} left.`,
   remedy: "Run the step again for the rest, or set a longer timeout."
  });
  const formatPruneCancelled = decisions => ({
   what: `The workflow was cancelled: ${formatEnvironments(countOf(decisions, "deleted"))} had been deleted.`
  });
  const formatPruneBlind = github => ({
   cause: "the pull requests could not be looked at",
   what: `The pull requests could not be looked at, so nothing was deleted. ${github.what}`,
   ...github.remedy !== undefined && {
    remedy: github.remedy
   }
  });
  const formatDeletionGivenUp = env => ({
   cause: "Humanitec gave the deletion up",
   what: `The environment ${env} was being deleted, and is there again: Humanitec has not deleted it.`,
   remedy: "Look at the environment in Humanitec, and run the step again."
  });
  // CONCATENATED MODULE: ./lib/core/report/killed-problem.js
  const formatKilledDelete = (request, remains) => {
   const {env} = request;
   switch (remains) {
   case "gone":
    return {
     what: `The step was ended from outside; the environment ${env} has been deleted.`
    };

   case "deleting":
    return {
     what: `The step was ended from outside; the deletion of the environment ${env} goes on in Humanitec.`
    };

   case "there":
    return {
     what: `The step was ended from outside; the environment ${env} is still there.`,
     remedy: "Run the step again."
    };

   case "unknown":
    return {
     cause: formatPerhapsDeleted(request),
     what: `The step was ended from outside; the environment ${env} may have been deleted: it could not be looked at.`,
     remedy: "Run the step again."
    };

   case undefined:
    return {
     what: `The step was ended from outside before the environment ${env} was deleted.`,
     remedy: "Run the step again."
    };
   }
  };
  const formatKilledPrune = remains => {
   const countOf = wanted => remains.filter(each => each === wanted).length;
   const [gone, unknown] = [ countOf("gone"), countOf("unknown") ];
   const unseen = unknown > 0 ? `, ${unknown} could not be looked at` : "";
   const seen = remains.length === 0 ? "no deletion was under way" : `of ${(0, words.B4)(remains.length, "deletion")} that were under way, ${gone} ${gone === 1 ? "is" : "are"} done${unseen}`;
   return {
    what: `The step was ended from outside; ${seen}.`,
    remedy: "Run the step again for the rest."
   };
  };
  // EXTERNAL MODULE: ./lib/core/environment/preview.js
    var preview = __webpack_require__(8721);
  // EXTERNAL MODULE: ./lib/core/network/failure.js
    var failure = __webpack_require__(5504);
  // EXTERNAL MODULE: ./lib/core/network/limits.js
    var limits = __webpack_require__(9180);
  // EXTERNAL MODULE: ./lib/core/report/request-problem.js + 1 modules
    var request_problem = __webpack_require__(1008);
  // EXTERNAL MODULE: ./lib/core/run/stop.js
    var run_stop = __webpack_require__(1137);
  // EXTERNAL MODULE: ./lib/core/deployment/deployments.js
    var deployments = __webpack_require__(8747);
  // EXTERNAL MODULE: ./lib/core/network/retry.js
    var retry = __webpack_require__(8568);
  // EXTERNAL MODULE: ./lib/flow/conflict.js
    var conflict = __webpack_require__(2716);
  // EXTERNAL MODULE: ./lib/core/deployment/polling.js
    var polling = __webpack_require__(6248);
  // EXTERNAL MODULE: ./lib/core/text/times.js
    var times = __webpack_require__(2801);
  // EXTERNAL MODULE: ./lib/flow/environment.js
    var flow_environment = __webpack_require__(1157);
  // EXTERNAL MODULE: ./lib/flow/read.js
    var read = __webpack_require__(1454);
  // EXTERNAL MODULE: ./lib/flow/step.js
    var flow_step = __webpack_require__(7076);
  // CONCATENATED MODULE: ./lib/flow/deletion-wait.js
  const waitUntilGone = async (step, {pollInterval, onProgress}, environment, byUs) => {
   onProgress("going");
   const nextPollMs = pollInterval === "auto" ? (0, polling.O)([]) : () => pollInterval.fixedMs;
   const {id} = environment;
   step.runner.info(`Waiting until the environment ${id} is deleted`);
   const sinceMs = step.clock.now();
   let nextLineMs = sinceMs + limits.fO;
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
    if (isDeleting && looksWithout > 1) throw new run_stop.VG("error", formatDeletionGivenUp(id));
    isDeleting ||= now.status === "deleting";
    if (step.clock.now() >= nextLineMs) {
     step.runner.info(`The environment ${id} is still being deleted after ${(0, duration.a3)(nextLineMs - sinceMs)}`);
     nextLineMs += limits.fO;
    }
    if ((0, flow_step.l6)(step)) throw new run_stop.Xp;
    await (0, flow_step.v7)(step, nextPollMs(step.clock.now() - sinceMs));
   }
  };
  const lookAgain = (step, env) => (0, flow_environment.jY)(step, env).catch(async error => {
   if (!(error instanceof run_stop.Xp)) throw error;
   const answer = await (0, read.CD)(step, limits => step.humanitec.getEnvironment(env, limits));
   if (!(answer instanceof failure.e)) return answer;
   if ((0, read.c4)(answer)) return undefined;
   throw error;
  });
  const isAnother = (environment, known) => {
   const [createdMs, knownMs] = [ (0, times.jR)(environment.created_at), (0, times.jR)(known.created_at) ];
   return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs;
  };
  // CONCATENATED MODULE: ./lib/flow/deletion.js
  const mostAbsences = 3;
  const deleteUntilGone = async (step, deletion) => {
   const {guard, onProgress} = deletion;
   const {env} = deletion.place;
   const failures = [];
   let target;
   for (let known = deletion.environment; ;known = undefined) {
    const environment = known ?? await (target ? lookAgain : flow_environment.jY)(step, env);
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
    if ((0, flow_step.l6)(step)) throw new run_stop.Xp;
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
    if ((0, flow_step.l6)(step)) throw new run_stop.Xp;
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
   const answer = await (0, read.CD)(step, limits => step.humanitec.deleteEnvironment(env, limits));
   return (0, read.c4)(answer) && !await lookAgain(step, env) ? "deleted" : answer;
  };
  const mayHaveWorked = failure => (0, read.c4)(failure) || (0, retry.M9)(failure.details);
  const recover = async (step, deletion, failures, last) => {
   const {status, retryAfterMs} = last.details;
   const {env} = deletion.place;
   const stop = problem => new run_stop.VG("error", problem, {
    cause: last
   });
   if (status === 400) throw stop(formatLastEnvironment(env, last.details));
   if (status === 404 && failures.filter(read.c4).length >= mostAbsences) throw stop(formatNotDeletable(env));
   const isWorthATry = status === 404 || status === 409 || (0, retry.ny)(last.details) === "again";
   if (!isWorthATry) throw stop((0, request_problem.M)(last.details));
   if (status === 409 && await waitForUnseen(step, deletion)) return;
   step.runner.debug(`${last.message}; it is looked at again`);
   await (0, flow_step.v7)(step, (0, retry.Jb)(failures.length, step.random(), retryAfterMs));
  };
  const waitForUnseen = async (step, deletion) => {
   const {env} = deletion.place;
   const list = await (0, read.Gx)(step, limits => step.humanitec.listDeployments(env, limits), limits.ad.list);
   if (!(list instanceof failure.e)) {
    await waitForActive(step, deletion, (0, deployments.Gh)(list, deletion.environment?.last_deploy));
    return true;
   }
   if ((0, read.c4)(list)) return false;
   throw (0, read.lQ)(list);
  };
  const waitForActive = async (step, deletion, active) => {
   const {place, pollInterval, isOneOfMany = false} = deletion;
   await (0, conflict.f)(step, {
    ...place,
    pollInterval,
    isOneOfMany
   }, active);
  };
  // CONCATENATED MODULE: ./lib/flow/delete.js
  const listedDelayMs = 2e3;
  const deleteEnvironment = async (step, request, farewell) => {
   const environment = await findListed(step, request);
   if (environment) {
    step.journal.note({
     environment
    });
    checkFence(step, request, environment);
   }
   if (request.dryRun) return formatDryDeletion(request, determineRemains(environment));
   const pullRequest = environment && (0, preview.D2)(environment.name)?.pullRequest;
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
    const remains = await (0, flow_environment.jY)(step, env).then(determineRemains, error => {
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
    const environment = await (0, flow_environment.jY)(step, request.env);
    if (environment) return environment;
    const all = await listEnvironments(step, request);
    if (!all.some(({id}) => id === request.env)) return undefined;
    await (0, flow_step.Gw)(step, listedDelayMs, undefined);
   }
  };
  const listEnvironments = async (step, request) => {
   const answer = await (0, read.Gx)(step, limits => step.humanitec.listEnvironments(limits), limits.ad.list);
   if (!(answer instanceof failure.e)) return answer;
   const problem = (0, read.c4)(answer) ? formatNoApplication(request) : (0, request_problem.M)(answer.details);
   throw new run_stop.VG("error", problem, {
    cause: answer
   });
  };
  const checkFence = ({origin}, {env, envType}, environment) => {
   const fence = (0, preview.Z0)(environment, origin, envType);
   if (fence !== undefined) throw new run_stop.VG("error", formatFenced(env, fence));
  };
  const deleteFenced = async (step, request, environment, onProgress) => {
   const {env, envType, pollInterval} = request;
   let progress = "none";
   const result = await deleteUntilGone(step, {
    place: request,
    pollInterval,
    environment,
    guard: async now => (0, preview.Z0)(now, step.origin, envType),
    onProgress: now => {
     progress = now;
     onProgress(now);
    }
   }).catch(error => {
    if (error instanceof run_stop.Xp) throw new run_stop.VG("timed_out", formatDeletionTimedOut(request, progress), {
     cause: error
    });
    if (error instanceof run_stop.cJ) throw new run_stop.VG("cancelled", formatDeletionCancelled(request, progress), {
     cause: error
    });
    throw error;
   });
   if (result.kind === "kept") throw new run_stop.VG("error", formatFenced(env, result.fence));
   if (result.byUs) step.journal.note({
    deletedEnvironments: [ ...step.journal.facts.deletedEnvironments, env ]
   });
   return result.isMadeAnew === true;
  };
  // EXTERNAL MODULE: ./lib/core/github/github-deployment.js
    var github_deployment = __webpack_require__(3638);
  // EXTERNAL MODULE: ./lib/core/report/comment.js
    var comment = __webpack_require__(1647);
  // EXTERNAL MODULE: ./lib/flow/github.js
    var github = __webpack_require__(341);
  // EXTERNAL MODULE: ./lib/flow/github-deployment.js
    var flow_github_deployment = __webpack_require__(2545);
  // EXTERNAL MODULE: ./lib/flow/github-task.js
    var github_task = __webpack_require__(9763);
  // EXTERNAL MODULE: ./lib/flow/pull-request-comment.js + 1 modules
    var pull_request_comment = __webpack_require__(6230);
  // CONCATENATED MODULE: ./lib/flow/farewell.js
  const createFarewell = (step, request) => {
   const parts = [ ...request.prComment ? [ createCommentPart(step, request) ] : [], ...request.githubDeployment ? [ createDeploymentPart(step, request) ] : [] ];
   const silent = new Set;
   const tell = async (part, env, pullRequest) => {
    if (silent.has(part) || step.cancel.aborted) return;
    try {
     await (0, github.oW)(step, (0, github_task.a)(step), patience => part.tell(patience, env, pullRequest));
    } catch (error) {
     if (step.cancel.aborted || silent.has(part)) return;
     silent.add(part);
     (0, github_task.R8)(step, {
      ...part,
      what: `${part.what} of ${env}`
     }, error);
    }
   };
   const expected = new Map;
   const save = () => {
    const deletions = [ ...expected ].map(([env, number]) => ({
     env,
     ...number !== undefined && {
      pullRequest: number
     }
    }));
    step.journal.saveOpenWork({
     deletions: deletions.length > 0 ? deletions : undefined
    });
   };
   return {
    expect: (env, pullRequest, progress) => {
     if (progress === "none") expected.delete(env); else expected.set(env, pullRequest);
     save();
    },
    tell: async (env, pullRequest) => {
     await Promise.all(parts.map(part => tell(part, env, pullRequest)));
     if (step.cancel.aborted || !expected.delete(env)) return;
     save();
    }
   };
  };
  const createCommentPart = (step, request) => ({
   ...pull_request_comment.Jz,
   tell: async (patience, env, named) => {
    const place = {
     ...request,
     env
    };
    const pullRequest = named ?? await (0, pull_request_comment._f)(step, patience);
    if (pullRequest === undefined) return;
    const marker = (0, comment.gJ)(place);
    await (0, pull_request_comment.xo)(step, patience, {
     pullRequest,
     marker,
     mayCreate: false
    }, (0, comment.S0)(place));
   }
  });
  const createDeploymentPart = (step, request) => ({
   ...flow_github_deployment.RD,
   tell: (patience, env) => (0, flow_github_deployment.jX)(step, patience, (0, github_deployment.oc)({
    ...request,
    env
   }))
  });
  // CONCATENATED MODULE: ./lib/core/environment/prune.js
  const largestNumber = 2 ** 31 - 1;
  const parsePullRequestNumber = (pattern, env) => {
   const [before = "", after = ""] = pattern.split("*");
   if (env.length <= before.length + after.length || !env.startsWith(before) || !env.endsWith(after)) return undefined;
   const digits = env.slice(before.length, env.length - after.length);
   const number = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0;
   return number > 0 && number <= largestNumber ? number : undefined;
  };
  const judgeEnvironment = (environment, request, origin) => {
   const {id: env, status} = environment;
   const pullRequest = parsePullRequestNumber(request.env, env);
   if (pullRequest === undefined) return {
    kind: "kept",
    env,
    fence: {
     kind: "misfit",
     pattern: request.env
    }
   };
   const fence = determinePruneFence(environment, pullRequest, request, origin);
   if (fence) return {
    kind: "kept",
    env,
    pullRequest,
    fence
   };
   if (status === "deleting") return {
    kind: "kept",
    env,
    pullRequest,
    fence: {
     kind: "being_deleted"
    }
   };
   return {
    kind: "undecided",
    env,
    pullRequest,
    isBusy: (0, deployments.gv)(environment) !== undefined
   };
  };
  const determinePruneFence = (environment, pullRequest, {envType}, origin) => {
   const ofPullRequest = {
    ...origin,
    pullRequest: {
     number: pullRequest,
     title: "",
     isFromElsewhere: false
    }
   };
   const fence = (0, preview.Z0)(environment, ofPullRequest, envType);
   if (fence) return fence;
   const {name} = environment;
   return (0, preview.D2)(name)?.pullRequest === pullRequest ? undefined : {
    kind: "unnumbered",
    name
   };
  };
  const determinePullRequestFence = (pullRequest, state, {repository}) => {
   if (state === undefined) return {
    kind: "no_pull_request",
    pullRequest,
    repository
   };
   return state === "OPEN" ? {
    kind: "open_pull_request"
   } : undefined;
  };
  // EXTERNAL MODULE: ./lib/flow/pace.js
    var pace = __webpack_require__(2717);
  // CONCATENATED MODULE: ./lib/flow/prune-board.js
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
    if (candidate.kind === "kept") put(candidate, "kept", formatFence(candidate.fence));
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
  // CONCATENATED MODULE: ./lib/flow/prune.js
  const deletionsAtATime = 4;
  const pullRequestsAtATime = 100;
  const gitHubPatienceMs = 12e4;
  const longestTurnMs = gitHubPatienceMs + 5e3;
  const neededPermission = "pull-requests: read";
  const prune = async (given, request, farewell) => {
   const step = {
    ...given,
    pace: pace.oL
   };
   const environments = await listEnvironments(step, request);
   const candidates = environments.map(environment => judgeEnvironment(environment, request, step.origin));
   const board = createPruneBoard(step.journal, candidates);
   const stale = await findStale(step, board);
   if (request.dryRun) for (const {env, reason} of stale) board.decide(env, "would_be_deleted", reason); else await deleteAll(step, request, board, stale, farewell);
   return formatPruneEnding(request, board.decisions());
  };
  const findStale = async (step, board) => {
   const open = board.listUndecided();
   const states = await listStates(step, open.map(({pullRequest}) => pullRequest)).catch(error => {
    if (error instanceof run_stop.cJ) throw error;
    throw new run_stop.VG("error", formatPruneBlind((0, github.dZ)(error, neededPermission)), {
     cause: error
    });
   });
   const stale = open.flatMap(candidate => {
    const state = states.get(candidate.pullRequest);
    const fence = determinePullRequestFence(candidate.pullRequest, state, step.origin);
    if (fence === undefined) return [ {
     ...candidate,
     reason: `its pull request is ${state === "MERGED" ? "merged" : "closed"}`
    } ];
    board.decide(candidate.env, "kept", formatFence(fence));
    return [];
   });
   return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy));
  };
  const listStates = async (step, numbers) => {
   const states = new Map;
   for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
    const some = numbers.slice(from, from + pullRequestsAtATime);
    const found = await (0, github.oW)(step, determinePatienceMs(step), patience => (0, 
    github.X3)(step, patience, (github, limits) => github.listPullRequestStates(some, limits)));
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
   if (end instanceof run_stop.Xp) throw new run_stop.VG("timed_out", formatPruneTimedOut(request, board.decisions()), {
    cause: end
   });
   if (end instanceof run_stop.cJ) throw new run_stop.VG("cancelled", formatPruneCancelled(board.decisions()), {
    cause: end
   });
   if (!(end instanceof failure.e)) throw end;
  };
  const waitAWhile = async ({clock}, deletion) => {
   const over = new AbortController;
   await Promise.race([ deletion, clock.sleep(longestTurnMs, over.signal) ]);
   over.abort();
  };
  const describeEnd = end => {
   if (end instanceof run_stop.Xp) return "the timeout came first";
   if (end instanceof run_stop.cJ) return "the workflow was cancelled";
   return `its pull request could not be looked at (${(0, words.HV)((0, github.dZ)(end, neededPermission).what)})`;
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
     const fence = determinePruneFence(environment, pullRequest, request, step.origin);
     if (fence !== undefined) return fence;
     const states = await listStates(step, [ pullRequest ]);
     return determinePullRequestFence(pullRequest, states.get(pullRequest), step.origin);
    }
   };
   const result = await deleteUntilGone(step, deletion).catch(error => {
    if (error instanceof run_stop.VG) return {
     kind: "failed",
     reason: (0, words.HV)(error.message)
    };
    board.decide(env, "failed", formatUnseenEnd(describeEnd(error), progress));
    throw error;
   });
   if (result.kind === "kept") return board.decide(env, "kept", formatFence(result.fence));
   if (result.kind === "failed") return board.decide(env, "failed", result.reason);
   if (result.byUs) board.decide(env, "deleted", reason); else board.decide(env, "kept", "someone else has deleted it meanwhile");
   if (!result.isMadeAnew) await farewell.tell(env, pullRequest);
  };
  // CONCATENATED MODULE: ./lib/flow/remove.js
  const remove = (step, request) => {
   const farewell = createFarewell(step, request);
   return request.operation === "delete" ? deleteEnvironment(step, request, farewell) : prune(step, request, farewell);
  };
  const finishRemoval = async (step, request, work) => {
   const remains = await finishDeletions(step, work, createFarewell(step, request));
   if (request.operation === "prune") return {
    outcome: "cancelled",
    problem: formatKilledPrune(remains)
   };
   const [remained] = remains;
   return remained === "gone" ? {
    outcome: "deleted"
   } : {
    outcome: "cancelled",
    problem: formatKilledDelete(request, remained)
   };
  };
 }
};
