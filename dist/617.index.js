export const id = 617;

export const ids = [ 617 ];

export const modules = {
 1617: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   createRunAside: () => createRunAside,
   followRunOn: () => followRunOn,
   waitForRunDeployment: () => waitForRunDeployment
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/pipelines.js
    var pipelines = __webpack_require__(3300);
  // EXTERNAL MODULE: ./lib/core/text/time.js
    var time = __webpack_require__(2850);
  // CONCATENATED MODULE: ./lib/core/pipeline-judgement.js
  const judgeRunBefore = (details, env) => {
   const {run} = details;
   const denied = listApprovals(details, "denied").find(({env_id}) => env_id === env || env_id === "");
   if ((0, pipelines.gt)(run.status) || denied) return {
    kind: "failed",
    failure: findFailure(details)
   };
   if ((0, pipelines.Yw)(run)) return {
    kind: "completed",
    status: run.status
   };
   const approvals = listApprovals(details, "waiting");
   if (approvals.length > 0) return {
    kind: "waiting_for_approval",
    approvals
   };
   return {
    kind: "going_on",
    place: findPlace(details)
   };
  };
  const longestAfterMs = 6e5;
  const judgeRunAfter = (details, deployment, {env, afterMs}) => {
   const {run} = details;
   if ((0, pipelines.Yw)(run)) return judgeEnd(details, deployment);
   const approvals = listApprovals(details, "waiting");
   if (approvals.length > 0) return {
    kind: "good",
    notice: {
     kind: "approval",
     approvals
    }
   };
   const elsewhere = findElsewhere(details, deployment, env);
   if (elsewhere) return {
    kind: "good",
    notice: elsewhere
   };
   const place = findPlace(details);
   if (afterMs >= longestAfterMs) return {
    kind: "good",
    notice: {
     kind: "still_running",
     place
    }
   };
   return {
    kind: "going_on",
    place
   };
  };
  const judgeEnd = (details, deployment) => {
   const {status} = details.run;
   if ((0, pipelines.SQ)(status)) return {
    kind: "good"
   };
   if ((0, pipelines.gt)(status)) return {
    kind: "failed",
    failure: findFailure(details)
   };
   if (!details.jobs) return {
    kind: "good",
    notice: {
     kind: "unreadable",
     status
    }
   };
   const step = findOwnStep(details.jobs, deployment);
   const isGood = step !== undefined && status !== "" && (0, pipelines.Yw)(step) && step.status === status;
   return isGood ? {
    kind: "good"
   } : {
    kind: "failed",
    failure: findFailure(details)
   };
  };
  const findOwnStep = (jobs, {id, pipeline}) => jobs.flatMap(({steps}) => steps).find(({deployment_id}) => deployment_id === id) ?? jobs.find(job => job.id === pipeline?.job_id)?.steps.find(({index}) => index !== undefined && index === pipeline?.step_index);
  const findElsewhere = ({jobs = []}, deployment, env) => {
   const endedMs = (0, time.jR)(deployment.status_changed_at) ?? Number.POSITIVE_INFINITY;
   for (const job of jobs) {
    for (const step of job.steps) {
     const {deployment_id, env_id, created_at, name} = step;
     const isElsewhere = deployment_id !== "" && deployment_id !== deployment.id && env_id !== "" && env_id !== env;
     if (!isElsewhere || (0, pipelines.Yw)(step) && ((0, time.jR)(created_at) ?? 0) < endedMs) continue;
     return {
      kind: "other_environment",
      env: env_id,
      place: {
       job: job.id,
       step: name
      }
     };
    }
   }
   return undefined;
  };
  const listApprovals = ({run, approvals}, status) => approvals.filter(approval => approval.status === status && (approval.run_id === "" || approval.run_id === run.id));
  const findPlace = ({jobs = []}) => {
   const open = jobs.filter(job => !(0, pipelines.Yw)(job));
   const job = open.find(({steps}) => steps.length > 0) ?? open[0];
   return {
    job: job?.id ?? "",
    step: job?.steps.find(step => !(0, pipelines.Yw)(step))?.name ?? ""
   };
  };
  const findFailure = details => {
   const {run, jobs = []} = details;
   const denied = listApprovals(details, "denied")[0];
   if (denied) return {
    status: run.status,
    job: denied.job_id,
    step: "",
    message: denied.message,
    isDenied: true
   };
   const job = findBad(jobs, run.status);
   const step = job && findBad(job.steps, job.status);
   const message = step?.status_message || job?.status_message || run.status_message;
   return {
    status: run.status,
    job: job?.id ?? "",
    step: step?.name ?? "",
    message,
    isDenied: false
   };
  };
  const findBad = (parts, word) => parts.find(({status}) => status === word && word !== "" && !(0, 
  pipelines.SQ)(word)) ?? parts.find(({status}) => (0, pipelines.gt)(status));
  // EXTERNAL MODULE: ./lib/core/run/outcome.js
    var outcome = __webpack_require__(3173);
  // EXTERNAL MODULE: ./lib/operations/pipeline-run.js
    var pipeline_run = __webpack_require__(862);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var operations_request = __webpack_require__(9259);
  // CONCATENATED MODULE: ./lib/operations/pipeline.js
  const waitForRunDeployment = async (context, request, run) => {
   context.store.note({
    pipelineRun: run
   });
   context.store.advance(() => ({
    kind: "following_run",
    run
   }));
   context.log({
    kind: "following_run",
    place: request,
    run,
    isAfter: false
   });
   const reader = (0, pipeline_run.PL)(context, run);
   const log = createRunLog(context);
   const findDeployment = createDeploymentSearch(context, request.env, run);
   const look = async () => {
    const details = await reader.read();
    if ((0, pipelines.Gm)(details.run, request.env) === "other") throw new outcome.cV("error", {
     kind: "run_elsewhere",
     run
    });
    const deployment = await findDeployment(details);
    if (deployment) return deployment;
    const judged = judgeRunBefore(details, request.env);
    tellApprovals(context, request, run, judged);
    log.note(details, judged);
    if (judged.kind === "failed") throw new outcome.cV("failed", {
     kind: "run_failed",
     run,
     failure: judged.failure
    });
    return undefined;
   };
   return (0, operations_request.wt)(context, {
    look,
    delayMs: createDelay(request),
    log,
    mayPass: createPatience(context)
   });
  };
  const looksAfterEnd = 3;
  const createDeploymentSearch = (context, env, run) => {
   let looksLeft = looksAfterEnd;
   return async ({run: now}) => {
    const [newest] = await (0, operations_request.w$)(context, limits => context.humanitec.listRunDeployments(env, run, limits), {
     patience: "once"
    });
    if (newest || !(0, pipelines.Yw)(now)) return newest;
    looksLeft--;
    if (looksLeft > 0 || judgeRunBefore({
     run: now,
     approvals: []
    }, env).kind === "failed") return undefined;
    throw new outcome.cV("failed", {
     kind: "run_without_deployment",
     run,
     status: now.status
    });
   };
  };
  const longestDelayMs = 6e4;
  const firstDelayMs = 1e4;
  const createDelay = ({pollInterval}) => {
   let looks = 0;
   return () => {
    looks++;
    return pollInterval === "auto" ? Math.min(firstDelayMs * looks, longestDelayMs) : pollInterval.fixedMs;
   };
  };
  const createPatience = context => {
   let refusedMs;
   return ({details}) => {
    if ((0, retry_policy.r3)(details) || details.foreign) return true;
    const isSecond = refusedMs !== undefined && context.clock.now() >= refusedMs + firstDelayMs;
    refusedMs ??= context.clock.now();
    return !isSecond;
   };
  };
  const tellApprovals = (context, request, run, judged) => {
   const {approvals: told} = context.store.state;
   const waiting = judged.kind === "waiting_for_approval" ? judged.approvals : [];
   for (const approval of waiting) if (!told.some(({id}) => id === approval.id)) context.log({
    kind: "approval",
    place: request,
    run,
    approval
   });
   context.store.note({
    approvals: waiting
   });
  };
  const createRunLog = context => {
   let error;
   let known;
   const heartbeat = (0, operations_request.Vn)(context, elapsedMs => ({
    kind: "run_status",
    elapsedMs,
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
  const asideMs = 6e4;
  const createRunAside = (context, request) => {
   let reader;
   return {
    firstMs: asideMs,
    everyMs: asideMs,
    isWanted: ({status, pipeline}) => status === "pending" && (0, pipelines.wX)(pipeline) !== undefined,
    look: async (aside, {pipeline}) => {
     const run = (0, pipelines.wX)(pipeline);
     if (!run) return;
     reader ??= (0, pipeline_run.PL)(aside, run);
     const details = await reader.read();
     const judged = judgeRunBefore(details, request.env);
     tellApprovals(context, request, run, judged);
     if (judged.kind === "failed") throw new outcome.cV("failed", {
      kind: "run_failed",
      run,
      failure: judged.failure
     });
    }
   };
  };
  const afterDelayMs = 15e3;
  const followRunOn = async (context, request, deployment) => {
   const run = (0, pipelines.wX)(deployment.pipeline);
   if (!run || !(0, deployments.dR)(deployment)) return undefined;
   const sinceMs = context.clock.now();
   const reader = (0, pipeline_run.PL)(context, run);
   const log = createRunLog(context);
   const look = async () => {
    const details = await reader.read();
    const afterMs = context.clock.now() - sinceMs;
    const judged = judgeRunAfter(details, deployment, {
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
     if (judged.notice) noteRest(context, judged.notice);
     return "good";
    }
    if (afterMs === 0) context.log({
     kind: "following_run",
     place: request,
     run,
     isAfter: true
    });
    log.note(details, judged);
    return undefined;
   };
   try {
    const end = await (0, operations_request.wt)(context, {
     look,
     delayMs: () => afterDelayMs,
     log,
     mayPass: createPatience(context)
    });
    return end === "good" ? undefined : end;
   } catch (error) {
    if (error instanceof outcome.MU) context.store.remark({
     kind: "run_goes_on",
     job: "",
     step: ""
    }); else if (error instanceof request_error.GI) context.store.remark({
     kind: "run_unreadable",
     error: error.details
    }); else throw error;
    return undefined;
   }
  };
  const noteRest = ({store}, notice) => {
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
