export const id = 263;

export const ids = [ 263 ];

export const modules = {
 7263: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   _: () => findPullRequest,
   checkPullRequest: () => checkPullRequest
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3424);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7812);
  var _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6458);
  var _github_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9663);
  const findPullRequest = async (context, session) => {
   const {pullRequest, sha} = context.workflow;
   if (pullRequest) return pullRequest.number;
   const find = () => session.ask((github, limits) => github.findOpenPullRequest(sha, limits));
   const number = sha === "" ? undefined : await find();
   if (number === undefined) context.runner.info(sha === "" ? "The event names neither a commit nor a pull request: no comment was written" : `No open pull request contains the commit ${sha.slice(0, 7)}: no comment was written`);
   return number;
  };
  const checkPullRequest = async (context, number) => {
   context.log({
    kind: "checking_pull_request",
    number,
    repository: context.workflow.repository
   });
   const head = await (0, _github_request_js__WEBPACK_IMPORTED_MODULE_2__.fQ)(context, (0, 
   _github_request_js__WEBPACK_IMPORTED_MODULE_2__.mL)(context), session => session.ask((github, limits) => github.getPullRequestHead(number, limits))).catch(error => {
    if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI)) throw error;
    const failure = (0, _github_request_js__WEBPACK_IMPORTED_MODULE_2__.Fl)(error, "pull-requests: read");
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_1__.o("error", {
     kind: "pull_request_unreadable",
     number,
     failure
    }, {
     cause: error
    });
   });
   if (!(0, _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__.ZN)(context.workflow, head)) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_1__.o("error", {
    kind: "others_pull_request",
    number
   });
  };
 },
 9663: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Fl: () => toGitHubFailure,
   R8: () => warn,
   ST: () => isGone,
   fA: () => openSession,
   fQ: () => withSession,
   mL: () => determineEndLimitMs
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1331);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7812);
  const requestLimitMs = 1e4;
  const openSession = (context, ms) => {
   const {clock, cancel} = context;
   const over = new AbortController;
   const lastTry = new AbortController;
   const done = new AbortController;
   const cutAfter = limitMs => {
    clock.sleep(limitMs, done.signal).then(() => over.abort(createOverdueError(ms)), () => undefined);
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
     lastTry.abort(new Error("nothing more is tried"));
     cutAfter(limitMs);
    },
    close: () => done.abort(new Error("the session is over"))
   };
  };
  const createOverdueError = ms => new _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI({
   kind: "lost",
   request: "GitHub",
   reach: {
    host: "GitHub",
    setting: "GITHUB_API_URL",
    extraCaFile: ""
   },
   code: "TIMEOUT",
   detail: `not all requests were answered within ${Math.round(ms / 1e3)} s`
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
    throwIfSessionOver(limit, last);
    await waitForRateLimit(context, limit);
    try {
     return await call(github, {
      timeoutMs: requestLimitMs,
      signal: limit.signal
     }, attempt);
    } catch (error) {
     if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) noteGitHubRateLimit(context, error);
     throwIfSessionOver(limit, last);
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
  const noteGitHubRateLimit = ({gitHubRateLimit, clock}, error) => {
   const untilMs = clock.now() + (error.details.retryAfterMs ?? 0);
   if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details) && untilMs > gitHubRateLimit.untilMs) Object.assign(gitHubRateLimit, {
    error,
    untilMs
   });
  };
  const waitForRateLimit = async ({gitHubRateLimit, clock}, limit) => {
   for (;;) {
    const {error, untilMs} = gitHubRateLimit;
    const delayMs = untilMs - clock.now();
    if (!error || delayMs <= 0) return;
    if (untilMs >= limit.endMs || limit.lastTry.aborted) throw error;
    await sleepUnlessHurried(clock, limit, {
     error,
     delayMs
    });
   }
  };
  const throwIfSessionOver = ({signal}, last) => {
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
    throwIfSessionOver(limit, error);
    throw error;
   }
  };
  const toGitHubFailure = (error, permission) => {
   if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) return {
    kind: "request",
    error: error.details,
    permission
   };
   if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.o && error.result.reason.kind === "no_connection") return error.result.reason;
   return {
    kind: "internal_error",
    message: error instanceof Error ? error.message : String(error)
   };
  };
  const isGone = error => error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (error.details.status === 404 || error.details.status === 410);
  const maxEndMs = 3e4;
  const minEndMs = 5e3;
  const deadlineToleranceMs = 15e3;
  const determineEndLimitMs = ({deadlineMs, clock}) => Math.max(minEndMs, Math.min(maxEndMs, deadlineMs + deadlineToleranceMs - clock.now()));
  const warn = (context, {what, permission}, error) => {
   const isLimited = error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (0, 
   _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details);
   if (isLimited && context.gitHubRateLimit.isReported) return;
   if (isLimited) context.gitHubRateLimit.isReported = true;
   const failure = toGitHubFailure(error, permission);
   context.log({
    kind: "github_not_updated",
    ...!isLimited && {
     what
    },
    failure
   });
  };
 }
};
