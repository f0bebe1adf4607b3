export const id = 413;

export const ids = [ 413 ];

export const modules = {
 2413: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   k: () => waitForEnd,
   waitForOther: () => waitForOther
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3300);
  var _core_polling_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3168);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7812);
  var _core_text_words_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8602);
  var _context_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2877);
  var _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9283);
  var _read_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5844);
  var _request_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9259);
  const waitForEnd = async (context, watch) => {
   if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(watch.deployment)) return watch.deployment;
   const {env, deployment} = watch;
   const log = createWaitLog(context, watch.sinceMs, watch.namesEnvironment ? watch.env : undefined);
   log.reportStatus(watch.deployment.status);
   const schedule = await readHistoryDuringFirstWait(context, watch, log);
   const sideChecks = startSideChecks(context, watch.sideChecks ?? []);
   let isWarned = false;
   let isFound = false;
   const check = async () => {
    const answer = await (0, _read_js__WEBPACK_IMPORTED_MODULE_8__.iJ)(context, env, deployment.id, {
     patience: "once"
    }).catch(error => {
     if (!isFound && (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(error)) sideChecks.begin(deployment, false);
     throw error;
    });
    isFound = true;
    watch.onAnswer(answer);
    if (!isWarned && !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.ih)(answer.status)) context.log({
     kind: "unknown_status",
     deployment: answer
    });
    isWarned ||= !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.ih)(answer.status);
    log.reportStatus(answer.status);
    if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(answer)) return answer;
    sideChecks.begin(answer, true);
    return undefined;
   };
   const mayBeMadeYet = error => !isFound && (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(error) && (0, 
   _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(deployment.pipeline) !== undefined;
   const mayRetry = error => mayBeMadeYet(error) || mayPassWhileFollowing(context, watch, error);
   const delayMs = () => determineDelayMs(context, watch, schedule);
   try {
    return await (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_9__.wt)(context, {
     check,
     delayMs,
     mayRetry,
     isFollowing: true,
     log
    }));
   } finally {
    await sideChecks.end();
   }
  };
  const startSideChecks = (context, sideChecks) => {
   const {clock, sideLimiter} = context;
   const over = new AbortController;
   const sideContext = {
    ...context,
    rateLimiter: sideLimiter,
    cancel: AbortSignal.any([ context.cancel, over.signal ])
   };
   let ending;
   const begun = sideChecks.map(each => ({
    each,
    nextMs: clock.now() + each.firstMs,
    running: Promise.resolve()
   }));
   let running = 0;
   const keep = error => {
    if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o) ending ??= error; else context.runner.debug(`A side check failed: ${error}`);
   };
   return {
    begin: (deployment, isFound) => {
     if (ending) throw ending;
     for (const part of begun) {
      if (running > 0 || clock.now() < part.nextMs || !part.each.isWanted(deployment)) continue;
      if (!(0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.uP)(context)) continue;
      part.nextMs = clock.now() + Math.max(part.each.everyMs, (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.KU)(context));
      running++;
      part.running = part.each.check(sideContext, deployment, isFound).catch(keep).finally(() => running--);
     }
    },
    end: async () => {
     over.abort(new Error("the deployment is over"));
     await Promise.all(begun.map(part => part.running));
    }
   };
  };
  const mayPassWhileFollowing = (context, {sinceMs}, failure) => {
   const mayStillAppear = (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(failure) && context.clock.now() < sinceMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.nZ;
   return mayStillAppear || (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.r3)(failure.details);
  };
  const determineDelayMs = (context, {pollInterval, sinceMs}, schedule) => pollInterval === "auto" ? schedule(context.clock.now() - sinceMs) : pollInterval.fixedMs;
  const determineFirstDelayMs = (context, watch, schedule) => {
   const jitter = watch.pollInterval === "auto" ? .5 + context.random() : 1;
   return Math.max(determineDelayMs(context, watch, schedule) * jitter, (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.KU)(context));
  };
  const readHistoryDuringFirstWait = async (context, watch, log) => {
   let schedule = (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.O)([]);
   if ((0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context)) return schedule;
   const over = new AbortController;
   const reading = getHistory(context, watch.env, over.signal).then(newestFirst => {
    watch.onHistory(newestFirst);
    const past = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.r4)(newestFirst, watch.deployment.id);
    schedule = (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.O)(past);
    log.learn(past);
   }, error => context.runner.debug(`The history was not read: ${error.message}`));
   await log.pause(determineFirstDelayMs(context, watch, schedule));
   over.abort(new Error("the first wait is over"));
   await reading;
   return schedule;
  };
  const getHistory = async (context, env, over) => {
   if (!(0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.mn)(context)) throw new Error("Humanitec is rate-limiting this token");
   return (0, _read_js__WEBPACK_IMPORTED_MODULE_8__.Jn)(context, env, {
    patience: "once",
    signal: AbortSignal.any([ context.cancel, over ])
   });
  };
  const createWaitLog = (context, sinceMs, env) => {
   const {clock} = context;
   let history = [];
   let reported = "";
   let errorReportedMs = Number.NEGATIVE_INFINITY;
   let isErrorReported = false;
   const describe = (status, error) => {
    const elapsedMs = clock.now() - sinceMs;
    const expected = (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.r)(elapsedMs, history);
    return {
     kind: "status",
     elapsedMs,
     status,
     ...env !== undefined && {
      env
     },
     ...expected && {
      expected
     },
     ...status === "pending" && context.store.state.approvals.length > 0 && {
      awaitsApproval: true
     },
     ...error && {
      error
     }
    };
   };
   const heartbeat = (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.Vn)(context, () => describe(reported));
   const report = event => {
    context.log(event);
    heartbeat.reset();
   };
   return {
    learn: known => {
     history = known;
    },
    reportStatus: status => {
     if (status !== reported || isErrorReported) report(describe(status));
     reported = status;
     isErrorReported = false;
    },
    reportError: ({details}) => {
     if (isErrorReported || clock.now() < errorReportedMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.fO) return;
     report(describe(reported, details));
     errorReportedMs = clock.now();
     isErrorReported = true;
    },
    pause: heartbeat.pause
   };
  };
  const unseenConflictDelayMs = 15e3;
  const waitForOther = async (context, conflict, active) => {
   const nowMs = context.clock.now();
   if (!active) {
    const isLast = (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.oC)(context, unseenConflictDelayMs);
    context.log({
     kind: "unseen_conflict",
     env: conflict.env,
     elapsedMs: nowMs - context.startedMs,
     isLast
    });
    return (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.Gw)(context, unseenConflictDelayMs);
   }
   context.log({
    kind: "waiting_for_deployment",
    place: conflict,
    deployment: active
   });
   const end = await waitForEnd(context, {
    ...conflict,
    deployment: active,
    sinceMs: Math.min((0, _core_text_words_js__WEBPACK_IMPORTED_MODULE_10__.jR)(active.created_at) ?? nowMs, nowMs),
    onAnswer: () => undefined,
    onHistory: () => undefined
   }).catch(error => {
    throw error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3 ? new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3({
     cause: error.cause,
     other: active
    }) : error;
   });
   if (end instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI && !(0, 
   _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(end)) throw end;
  };
 }
};
