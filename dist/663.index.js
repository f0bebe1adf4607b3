export const id = 663;

export const ids = [ 663 ];

export const modules = {
 9663: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   askGitHub: () => askGitHub,
   checkPullRequest: () => checkPullRequest,
   createReporterOf: () => createReporterOf,
   determineEndPatienceMs: () => determineEndPatienceMs,
   isGone: () => isGone,
   toGitHubFailure: () => toGitHubFailure,
   warn: () => warn,
   withPatience: () => withPatience
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1331);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7812);
  var _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6458);
  const requestLimitMs = 1e4;
  const createPatience = ({clock, cancel}, ms) => {
   const over = new AbortController;
   const lastTry = new AbortController;
   const done = new AbortController;
   const cutAfter = limitMs => {
    clock.sleep(limitMs, done.signal).then(() => over.abort(formatOverdue(ms)), () => undefined);
   };
   cutAfter(ms);
   return {
    endMs: clock.now() + ms,
    signal: AbortSignal.any([ cancel, over.signal ]),
    lastTry: lastTry.signal,
    hurry: limitMs => {
     lastTry.abort();
     cutAfter(limitMs);
    },
    end: () => done.abort()
   };
  };
  const formatOverdue = ms => new _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI({
   kind: "lost",
   request: "GitHub",
   reach: {
    host: "GitHub",
    setting: "GITHUB_API_URL",
    extraCaFile: ""
   },
   code: "TIMEOUT",
   detail: `it was not done within ${Math.round(ms / 1e3)} s`
  });
  const withPatience = async (context, ms, work) => {
   const patience = createPatience(context, ms);
   try {
    return await work(patience);
   } finally {
    patience.end();
   }
  };
  const askGitHub = async (context, patience, call) => {
   const github = await context.connectGitHub();
   let last;
   for (let attempt = 1; ;attempt++) {
    throwIfOver(patience, last);
    const {error: limit, untilMs} = context.gitHubRateLimit;
    if (limit && untilMs >= patience.endMs) throw limit;
    try {
     return await call(github, {
      timeoutMs: requestLimitMs,
      signal: patience.signal
     }, attempt);
    } catch (error) {
     if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) noteRateLimit(context, error);
     throwIfOver(patience, last);
     if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) || (0, 
     _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.G7)(error.details) === "stop") throw error;
     last = error;
     await pauseBeforeTry(context, patience, attempt, error);
    }
   }
  };
  const noteRateLimit = ({gitHubRateLimit, clock}, error) => {
   if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details)) Object.assign(gitHubRateLimit, {
    error,
    untilMs: clock.now() + (error.details.retryAfterMs ?? 0)
   });
  };
  const throwIfOver = ({signal}, last) => {
   if (signal.aborted) throw signal.reason instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI ? last ?? signal.reason : signal.reason;
  };
  const pauseBeforeTry = async ({clock, random, runner}, patience, failures, failure) => {
   const {retryAfterMs = 0} = failure.details;
   const delayMs = Math.max((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.Jb)(failures, random()), retryAfterMs);
   if (patience.lastTry.aborted || clock.now() + delayMs >= patience.endMs) throw failure;
   runner.debug(`GitHub: ${failure.message}; again in ${Math.round(delayMs)} ms`);
   try {
    await clock.sleep(delayMs, AbortSignal.any([ patience.signal, patience.lastTry ]));
   } catch {
    throwIfOver(patience, failure);
    throw failure;
   }
  };
  const toGitHubFailure = (error, permission) => {
   if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) return {
    kind: "request",
    error: error.details,
    permission
   };
   if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.cV && error.result.reason.kind === "no_connection") return error.result.reason;
   return {
    kind: "own_fault",
    message: error instanceof Error ? error.message : String(error)
   };
  };
  const isGone = error => error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (error.details.status === 404 || error.details.status === 410);
  const beginPatienceMs = 3e4;
  const longestEndMs = 3e4;
  const shortestEndMs = 5e3;
  const deadlineToleranceMs = 15e3;
  const determineEndPatienceMs = ({deadlineMs, clock}) => Math.max(shortestEndMs, Math.min(longestEndMs, deadlineMs + deadlineToleranceMs - clock.now()));
  const createReporterOf = (context, tasks) => {
   const running = tasks.map(task => runTarget(context, task));
   return {
    begin: () => {
     for (const {begin} of running) begin();
    },
    end: async report => {
     await Promise.all(running.map(({end}) => end(report)));
    }
   };
  };
  const runTarget = (context, task) => {
   let patience;
   let begun = Promise.resolve(undefined);
   const close = () => context.store.saveCheckpoint({
    [task.field]: undefined
   });
   return {
    begin: () => {
     patience = createPatience(context, beginPatienceMs);
     context.store.saveCheckpoint({
      [task.field]: {}
     });
     begun = task.begin(patience).catch(error => error).finally(patience.end);
    },
    end: async report => {
     const patienceMs = determineEndPatienceMs(context);
     const endMs = context.clock.now() + patienceMs;
     patience?.hurry(patienceMs / 2);
     const failure = await begun;
     if (context.cancel.aborted) return;
     const outcome = isForGood(failure) ? failure : await withPatience(context, endMs - context.clock.now(), last => task.end(last, report)).catch(error => error);
     if (context.cancel.aborted) return;
     if (outcome !== undefined) warn(context, task, outcome);
     close();
    }
   };
  };
  const isForGood = failure => failure !== undefined && !(failure instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (0, 
  _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.G7)(failure.details) === "again");
  const warn = (context, {what, permission}, error) => {
   const isLimited = error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (0, 
   _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details);
   if (isLimited && context.gitHubRateLimit.isTold) return;
   if (isLimited) context.gitHubRateLimit.isTold = true;
   const failure = toGitHubFailure(error, permission);
   context.log({
    kind: "github_not_updated",
    ...!isLimited && {
     what
    },
    failure
   });
  };
  const checkPullRequest = async (context, number) => {
   context.log({
    kind: "checking_pull_request",
    number,
    repository: context.workflow.repository
   });
   const head = await withPatience(context, determineEndPatienceMs(context), patience => askGitHub(context, patience, (github, limits) => github.getPullRequestHead(number, limits))).catch(error => {
    if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI)) throw error;
    const failure = toGitHubFailure(error, "pull-requests: read");
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.cV("error", {
     kind: "pull_request_unreadable",
     number,
     failure
    }, {
     cause: error
    });
   });
   if (!(0, _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__.ZN)(context.workflow, head)) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.cV("error", {
    kind: "others_pull_request",
    number
   });
  };
 }
};
