export const id = 628;

export const ids = [ 628 ];

export const modules = {
 6628: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finish: () => finish
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6185);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1331);
  var _core_report_remarks_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3819);
  var _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7679);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7812);
  var _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(6458);
  var _operations_context_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2877);
  var _operations_follow_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3066);
  var _operations_read_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5844);
  var _operations_rebase_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3564);
  var _operations_report_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(5909);
  var _operations_request_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9259);
  var _operations_start_search_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(443);
  var _world_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(9404);
  const finish = async (world, saved) => {
   const work = (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_5__.S7)(saved);
   const parsed = (0, _core_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_1__.T)(world.inputs);
   if (!work || parsed.kind !== "request") return;
   const workflow = await findWorkflow(world, parsed.request);
   await finishWork(createPostWorld({
    ...world,
    workflow
   }), parsed.request, work);
  };
  const findWorkflow = async (world, request) => {
   const choice = (0, _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_15__.qq)(world.workflow, request.pullRequest);
   if (choice.kind === "none" || choice.kind === "contradiction") return world.workflow;
   if (choice.kind === "unchecked") {
    const store = (0, _world_js__WEBPACK_IMPORTED_MODULE_14__.y$)(world, {
     request,
     followed: true
    });
    const github = (0, _world_js__WEBPACK_IMPORTED_MODULE_14__.hK)(createPostWorld(world), store, {
     request,
     deadlineMs: world.clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.bZ
    });
    const {checkPullRequest} = await __webpack_require__.e(263).then(__webpack_require__.bind(__webpack_require__, 7263));
    const isOwn = await checkPullRequest(github, choice.number).then(() => true, () => false);
    if (!isOwn) return world.workflow;
   }
   return (0, _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_15__.s$)(world.workflow, choice.number);
  };
  const createPostWorld = world => ({
   ...world,
   runner: {
    ...world.runner,
    setOutput: () => undefined,
    saveState: () => undefined
   }
  });
  const finishWork = async (world, request, work) => {
   const store = (0, _world_js__WEBPACK_IMPORTED_MODULE_14__.y$)(world, {
    request,
    followed: true
   });
   const github = (0, _world_js__WEBPACK_IMPORTED_MODULE_14__.hK)(world, store, {
    request,
    deadlineMs: world.clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.bZ
   });
   const result = await (0, _world_js__WEBPACK_IMPORTED_MODULE_14__.q6)(world, github, request).then(context => finishOperation(context, request, work)).catch(error => (0, 
   _world_js__WEBPACK_IMPORTED_MODULE_14__.Qi)(error, github));
   const report = (0, _operations_report_js__WEBPACK_IMPORTED_MODULE_11__.createReport)(world, store, chooseResult(work.reportedResult, result, store.state.deployment !== undefined));
   if (work.report) (0, _operations_report_js__WEBPACK_IMPORTED_MODULE_11__._)(world.runner, report); else if ((0, 
   _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_5__.gm)(work.phase)) annotateRemarks(github);
   await ((await (0, _world_js__WEBPACK_IMPORTED_MODULE_14__.nO)(github, request, work))?.end(report));
  };
  const chooseResult = (reported, now, isFound) => {
   const isNews = now.outcome === "succeeded" || now.outcome === "failed" || reported?.outcome === "unknown" && isFound;
   return reported === undefined || isNews ? now : reported;
  };
  const annotateRemarks = ({runner, store, writer}) => {
   for (const message of (0, _core_report_remarks_js__WEBPACK_IMPORTED_MODULE_4__.n)({
    state: store.state,
    writer
   })) runner.annotate({
    level: "warning",
    message
   });
  };
  const finishOperation = async (context, request, work) => {
   if (request.operation === "delete" || request.operation === "prune") {
    const {finishRemoval} = await Promise.all([ __webpack_require__.e(276), __webpack_require__.e(235) ]).then(__webpack_require__.bind(__webpack_require__, 6616));
    return finishRemoval(context, request, work);
   }
   return finishDeployment(context, request, work);
  };
  const finishDeployment = async (context, request, {phase}) => {
   const killed = {
    outcome: "cancelled",
    reason: {
     kind: "killed"
    }
   };
   const unread = {
    outcome: "cancelled",
    reason: {
     kind: "killed",
     isUnread: true
    }
   };
   switch (phase?.kind) {
   case "rebasing":
    await (0, _operations_rebase_js__WEBPACK_IMPORTED_MODULE_10__.K)(context, request.env, phase.rebase);
    return killed;

   case "starting":
    return await finishStart(context, request, phase) ?? killed;

   case "following_run":
    {
     context.store.note({
      pipelineRun: phase.run
     });
     const call = limits => context.humanitec.listRunDeployments(request.env, phase.run, limits);
     const found = await (0, _operations_request_js__WEBPACK_IMPORTED_MODULE_12__.lu)((0, 
     _operations_request_js__WEBPACK_IMPORTED_MODULE_12__.w$)(context, call, {
      patience: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.ad.read
     }));
     const [deployment] = found instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI ? [] : found;
     if (!deployment && phase.rebase) context.store.remark({
      kind: "base_left",
      rebase: phase.rebase,
      isInPipeline: true
     });
     if (found instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI) return unread;
     return (deployment && await reportDeployment(context, request, {
      deployment
     })) ?? killed;
    }

   case "following":
    {
     const {deploymentId, askedBaseId, rebase} = phase;
     if (rebase) await (0, _operations_rebase_js__WEBPACK_IMPORTED_MODULE_10__.K)(context, request.env, rebase);
     const answer = await (0, _operations_read_js__WEBPACK_IMPORTED_MODULE_9__.Ld)(context, request.env, deploymentId);
     if (answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI) {
      (0, _operations_context_js__WEBPACK_IMPORTED_MODULE_7__.Sb)(context.store, {
       ..._core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
       id: deploymentId
      });
      return unread;
     }
     return await reportDeployment(context, request, {
      deployment: answer,
      askedBaseId
     }) ?? killed;
    }

   default:
    return killed;
   }
  };
  const reportDeployment = async (context, request, {deployment, askedBaseId}) => {
   (0, _operations_context_js__WEBPACK_IMPORTED_MODULE_7__.Sb)(context.store, deployment);
   if (!(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment)) return undefined;
   const base = {
    ..._core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
    id: askedBaseId ?? ""
   };
   const check = askedBaseId ? (0, _operations_rebase_js__WEBPACK_IMPORTED_MODULE_10__.Wu)(context, request.env, {
    base,
    isRebased: true
   }) : _operations_rebase_js__WEBPACK_IMPORTED_MODULE_10__.jJ;
   check.note(deployment);
   const end = await (0, _operations_follow_js__WEBPACK_IMPORTED_MODULE_8__.follow)(context, request, deployment);
   return await check.judge() ?? end;
  };
  const finishStart = async (context, request, {start, rebase}) => {
   const {body, newestBefore} = start;
   const before = newestBefore.id === "" ? {} : {
    last_deploy: {
     ..._core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
     ...newestBefore
    }
   };
   const state = await (0, _operations_start_search_js__WEBPACK_IMPORTED_MODULE_13__.hx)({
    ...start,
    context,
    env: request.env,
    before
   }).catch(ignoreEnd);
   if (!state || state instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI || state.kind === "ambiguous") {
    if (rebase) context.store.remark({
     kind: "base_left",
     rebase
    });
    throw (0, _operations_start_search_js__WEBPACK_IMPORTED_MODULE_13__.dP)(body, undefined, state && "reason" in state ? state.reason : undefined);
   }
   if (state.kind === "started") return reportDeployment(context, request, {
    deployment: state.deployment,
    askedBaseId: rebase?.newBaseId
   });
   if (state.kind === "in_pipeline") {
    context.store.note({
     pipelineRun: {
      pipelineId: state.run.pipeline_id,
      runId: state.run.id
     }
    });
    if (rebase) context.store.remark({
     kind: "base_left",
     rebase,
     isInPipeline: true
    });
   } else if (rebase) await (0, _operations_rebase_js__WEBPACK_IMPORTED_MODULE_10__.K)(context, request.env, rebase);
   return undefined;
  };
  const ignoreEnd = error => {
   if (!(error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_6__.o || error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_6__.j3)) throw error;
  };
 }
};
