export const id = 742;

export const ids = [ 742 ];

export const modules = {
 9742: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   createRunSideCheck: () => createRunSideCheck,
   findRunFailure: () => findRunFailure,
   followRunOn: () => followRunOn,
   waitForRunDeployment: () => waitForRunDeployment
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3300);
  var _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7679);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7812);
  var _context_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2877);
  var _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(862);
  var _request_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9259);
  const waitForRunDeployment = async (context, request, run) => {
   context.store.note({
    pipelineRun: run
   });
   context.store.advance(phase => (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_4__.Yq)(phase, run));
   context.log({
    kind: "following_run",
    place: request,
    run,
    isAfter: false
   });
   const reader = (0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(context, run);
   const log = createRunLog(context, context.clock.now());
   const findDeployment = createDeploymentSearch(context, request.env, run);
   const patience = createPatience(context);
   const check = async () => {
    const details = await reader.read();
    if ((0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.Gm)(details.run, request.env) === "other") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
     kind: "run_elsewhere",
     run
    });
    const deployment = await findDeployment(details);
    if (deployment) {
     context.store.note({
      approvals: []
     });
     return deployment;
    }
    const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)(details, request.env);
    logApprovals(context, {
     place: request,
     run
    }, judged);
    log.note(details, judged);
    if (judged.kind === "failed") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
     kind: "run_failed",
     run,
     failure: judged.failure
    });
    patience.reset();
    return undefined;
   };
   const {mayRetry} = patience;
   const deployment = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.wt)(context, {
    check,
    delayMs: createDelay(request),
    log,
    mayRetry
   });
   return {
    deployment,
    reader
   };
  };
  const checksAfterEnd = 3;
  const createDeploymentSearch = (context, env, run) => {
   let checksLeft = checksAfterEnd;
   return async ({run: now}) => {
    const [newest] = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.listRunDeployments(env, run, limits), {
     patience: "once"
    });
    if (newest || !(0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.Yw)(now)) return newest;
    checksLeft--;
    if (checksLeft > 0 || (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)({
     run: now,
     approvals: []
    }, env).kind === "failed") return undefined;
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
     kind: "run_without_deployment",
     run,
     status: now.status
    });
   };
  };
  const maxRunPollMs = 6e4;
  const firstRunPollMs = 1e4;
  const createDelay = ({pollInterval}) => {
   let polls = 0;
   return () => {
    polls++;
    return pollInterval === "auto" ? Math.min(firstRunPollMs * polls, maxRunPollMs) : pollInterval.fixedMs;
   };
  };
  const createPatience = ({clock}) => {
   let refusedMs;
   return {
    mayRetry: ({details}) => {
     if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.r3)(details) || details.intermediary) return true;
     const isSecond = refusedMs !== undefined && clock.now() >= refusedMs + firstRunPollMs;
     refusedMs ??= clock.now();
     return !isSecond;
    },
    reset: () => {
     refusedMs = undefined;
    }
   };
  };
  const logApprovals = (context, runOf, judged) => {
   const {approvals: logged} = context.store.state;
   const waiting = judged.kind === "waiting_for_approval" ? judged.approvals : [];
   for (const approval of waiting) if (!logged.some(({id}) => id === approval.id)) context.log({
    kind: "approval",
    ...runOf,
    approval
   });
   context.store.note({
    approvals: waiting
   });
  };
  const createRunLog = (context, sinceMs) => {
   let error;
   let known;
   const heartbeat = (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.Vn)(context, () => ({
    kind: "run_status",
    elapsedMs: context.clock.now() - sinceMs,
    status: known?.status ?? "",
    ...known?.judged.kind === "going_on" && known.judged.place,
    approvals: known?.judged.kind === "waiting_for_approval" ? known.judged.approvals : [],
    ...error && {
     error: error.details
    }
   }));
   return {
    pause: heartbeat.pause,
    note: ({run}, judged) => {
     error = undefined;
     known = {
      status: run.status,
      judged
     };
    },
    reportError: failure => {
     error = failure;
    }
   };
  };
  const sideCheckMs = 6e4;
  const checksOfMissing = 2;
  const createRunSideCheck = (context, request) => {
   let reader;
   let checksOver = 0;
   return {
    firstMs: sideCheckMs,
    everyMs: sideCheckMs,
    isWanted: ({status, pipeline}) => status === "pending" && (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(pipeline) !== undefined,
    check: async (sideContext, {pipeline}, isFound) => {
     const run = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(pipeline);
     if (!run) return;
     reader ??= (0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(sideContext, run);
     const details = await reader.read();
     const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)(details, request.env);
     logApprovals(context, {
      place: request,
      run
     }, judged);
     if (judged.kind === "failed") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
      kind: "run_failed",
      run,
      failure: judged.failure
     });
     if (judged.kind === "completed" && !isFound) checksOver++;
     if (checksOver < checksOfMissing) return;
     throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
      kind: "run_without_deployment",
      run,
      status: details.run.status
     });
    }
   };
  };
  const findRunFailure = async (context, request, {pipeline}) => {
   const run = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(pipeline);
   if (!run || (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context)) return undefined;
   const details = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(context, run).read());
   if (details instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) return undefined;
   const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)(details, request.env);
   return judged.kind === "failed" ? {
    outcome: "failed",
    reason: {
     kind: "run_failed",
     run,
     failure: judged.failure
    }
   } : undefined;
  };
  const afterDelayMs = 15e3;
  const followRunOn = async (context, request, {deployment, beganMs, reader: known}) => {
   const run = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(deployment.pipeline);
   if (!run || !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment)) return undefined;
   const sinceMs = context.clock.now();
   const reader = known ?? (0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(context, run);
   const log = createRunLog(context, beganMs);
   let isLogged = false;
   const patience = createPatience(context);
   const check = async () => {
    const details = await reader.read();
    patience.reset();
    const afterMs = context.clock.now() - sinceMs;
    const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.dc)(details, deployment, {
     env: request.env,
     afterMs
    });
    if (judged.kind === "failed") return {
     outcome: "failed",
     reason: {
      kind: "run_failed",
      run,
      failure: judged.failure
     }
    };
    if (judged.kind === "good") {
     if (judged.notice) addRunRemark(context, judged.notice);
     return "good";
    }
    if (!isLogged) context.log({
     kind: "following_run",
     place: request,
     run,
     isAfter: true
    });
    isLogged = true;
    log.note(details, judged);
    return undefined;
   };
   try {
    const end = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.wt)(context, {
     check,
     delayMs: () => afterDelayMs,
     log,
     mayRetry: patience.mayRetry
    });
    return end === "good" ? undefined : end;
   } catch (error) {
    const failure = error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3 ? error.cause : error;
    if (failure instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) context.store.remark({
     kind: "run_unreadable",
     error: failure.details
    }); else if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3) context.store.remark({
     kind: "run_goes_on",
     job: "",
     step: ""
    }); else throw error;
    return undefined;
   }
  };
  const addRunRemark = ({store}, notice) => {
   switch (notice.kind) {
   case "approval":
    store.remark({
     kind: "run_waits_for_approval",
     approvals: notice.approvals
    });
    break;

   case "other_environment":
    store.remark({
     kind: "run_deploys_elsewhere",
     env: notice.env,
     ...notice.place
    });
    break;

   case "still_running":
    store.remark({
     kind: "run_goes_on",
     ...notice.place
    });
    break;

   case "unreadable":
    store.remark({
     kind: "run_end_unclear",
     status: notice.status
    });
   }
  };
 }
};
