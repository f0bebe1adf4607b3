export const id = 663;

export const ids = [ 663 ];

export const modules = {
 9663: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   checkPullRequest: () => checkPullRequest,
   determineEndLimitMs: () => determineEndLimitMs,
   isGone: () => isGone,
   openSession: () => openSession,
   toGitHubFailure: () => toGitHubFailure,
   warn: () => warn,
   withSession: () => withSession
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1331);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7812);
  var _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6458);
  const requestLimitMs = 1e4;
  const openSession = (context, ms) => {
   const {clock, cancel} = context;
   const over = new AbortController;
   const lastTry = new AbortController;
   const done = new AbortController;
   const cutAfter = limitMs => {
    clock.sleep(limitMs, done.signal).then(() => over.abort(formatOverdue(ms)), () => undefined);
   };
   cutAfter(ms);
   const limit = {
    endMs: clock.now() + ms,
    signal: AbortSignal.any([ cancel, over.signal ]),
    lastTry: lastTry.signal
   };
   return {
    ask: call => askGitHub(context, limit, call),
    shorten: limitMs => {
     lastTry.abort();
     cutAfter(limitMs);
    },
    close: () => done.abort()
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
  const withSession = async (context, ms, work) => {
   const session = openSession(context, ms);
   try {
    return await work(session);
   } finally {
    session.close();
   }
  };
  const askGitHub = async (context, limit, call) => {
   const github = await context.connectGitHub();
   let last;
   for (let attempt = 1; ;attempt++) {
    throwIfOver(limit, last);
    await waitForRateLimit(context, limit);
    try {
     return await call(github, {
      timeoutMs: requestLimitMs,
      signal: limit.signal
     }, attempt);
    } catch (error) {
     if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) noteRateLimit(context, error);
     throwIfOver(limit, last);
     if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) || (0, 
     _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.G7)(error.details) === "stop") throw error;
     last = error;
     await pauseBeforeTry(context, limit, {
      error,
      delayMs: (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.Jb)(attempt, context.random())
     });
    }
   }
  };
  const noteRateLimit = ({gitHubRateLimit, clock}, error) => {
   const untilMs = clock.now() + (error.details.retryAfterMs ?? 0);
   if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details) && untilMs > gitHubRateLimit.untilMs) Object.assign(gitHubRateLimit, {
    error,
    untilMs
   });
  };
  const waitForRateLimit = async ({gitHubRateLimit, clock}, limit) => {
   const {error, untilMs} = gitHubRateLimit;
   const delayMs = untilMs - clock.now();
   if (!error || delayMs <= 0) return;
   if (untilMs >= limit.endMs || limit.lastTry.aborted) throw error;
   await sleepUnlessHurried(clock, limit, {
    error,
    delayMs
   });
  };
  const throwIfOver = ({signal}, last) => {
   if (signal.aborted) throw signal.reason instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI ? last ?? signal.reason : signal.reason;
  };
  const pauseBeforeTry = async ({clock, runner}, limit, {error, delayMs}) => {
   const wholeMs = Math.max(delayMs, error.details.retryAfterMs ?? 0);
   if (limit.lastTry.aborted || clock.now() + wholeMs >= limit.endMs) throw error;
   runner.debug(`GitHub: ${error.message}; again in ${Math.round(wholeMs)} ms`);
   await sleepUnlessHurried(clock, limit, {
    error,
    delayMs: wholeMs
   });
  };
  const sleepUnlessHurried = async (clock, limit, {error, delayMs}) => {
   try {
    await clock.sleep(delayMs, AbortSignal.any([ limit.signal, limit.lastTry ]));
   } catch {
    throwIfOver(limit, error);
    throw error;
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
  const longestEndMs = 3e4;
  const shortestEndMs = 5e3;
  const deadlineToleranceMs = 15e3;
  const determineEndLimitMs = ({deadlineMs, clock}) => Math.max(shortestEndMs, Math.min(longestEndMs, deadlineMs + deadlineToleranceMs - clock.now()));
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
   const head = await withSession(context, determineEndLimitMs(context), session => session.ask((github, limits) => github.getPullRequestHead(number, limits))).catch(error => {
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
