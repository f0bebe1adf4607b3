export const id = 628;

export const ids = [ 628 ];

export const modules = {
 6628: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finish: () => finish
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1680);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1331);
  var _core_report_remarks_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3819);
  var _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(7679);
  var _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3173);
  var _core_run_pull_request_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(9002);
  var _core_run_saved_checkpoint_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6409);
  var _operations_base_check_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2360);
  var _operations_follow_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6319);
  var _operations_report_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7510);
  var _operations_request_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9259);
  var _operations_restore_base_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(7012);
  var _operations_run_state_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(7019);
  var _operations_start_search_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(8140);
  var _run_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(3926);
  const finish = async (world, saved) => {
   const work = (0, _core_run_saved_checkpoint_js__WEBPACK_IMPORTED_MODULE_6__.S)(saved);
   const parsed = (0, _core_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_1__.T)(world.inputs);
   if (!work || parsed.kind !== "request") return;
   const workflow = await findWorkflow(world, parsed.request);
   await finishWork(createPostWorld({
    ...world,
    workflow
   }), parsed.request, work);
  };
  const findWorkflow = async (world, request) => {
   const choice = (0, _core_run_pull_request_js__WEBPACK_IMPORTED_MODULE_15__.qq)(world.workflow, request.pullRequest);
   if (choice.kind === "none" || choice.kind === "contradiction") return world.workflow;
   if (choice.kind === "unchecked") {
    const store = (0, _operations_run_state_js__WEBPACK_IMPORTED_MODULE_12__.DY)(world.runner, world.writer, {
     request,
     followed: true
    });
    const github = (0, _run_js__WEBPACK_IMPORTED_MODULE_14__.hK)(createPostWorld(world), store, request, world.clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.bZ);
    const {checkPullRequest} = await __webpack_require__.e(955).then(__webpack_require__.bind(__webpack_require__, 1955));
    const isOwn = await checkPullRequest(github, choice.number).then(() => true, () => false);
    if (!isOwn) return world.workflow;
   }
   return (0, _core_run_pull_request_js__WEBPACK_IMPORTED_MODULE_15__.s$)(world.workflow, choice.number);
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
   const store = (0, _operations_run_state_js__WEBPACK_IMPORTED_MODULE_12__.DY)(world.runner, world.writer, {
    request,
    followed: true
   });
   const github = (0, _run_js__WEBPACK_IMPORTED_MODULE_14__.hK)(world, store, request, world.clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.bZ);
   const result = await finishOperation(world, github, request, work).catch(error => (0, 
   _operations_report_js__WEBPACK_IMPORTED_MODULE_9__.pn)(error, github.runner));
   const report = (0, _run_js__WEBPACK_IMPORTED_MODULE_14__.LU)(world, store, chooseResult(work.told, result, store.state.deployment !== undefined));
   if (work.report) (0, _operations_report_js__WEBPACK_IMPORTED_MODULE_9__.$E)(world.runner, report); else if ((0, 
   _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_16__.gm)(work.phase)) tellRemarks(github);
   await ((await (0, _run_js__WEBPACK_IMPORTED_MODULE_14__.nO)(github, request, work))?.end(report));
  };
  const chooseResult = (told, now, isFound) => {
   const isNews = now.outcome === "succeeded" || now.outcome === "failed" || told?.outcome === "unknown" && isFound;
   return told === undefined || isNews ? now : told;
  };
  const tellRemarks = ({runner, store, writer}) => {
   for (const message of (0, _core_report_remarks_js__WEBPACK_IMPORTED_MODULE_4__.e)({
    state: store.state,
    writer
   })) runner.annotate({
    level: "warning",
    message
   });
  };
  const finishOperation = async (world, github, request, work) => {
   const context = await (0, _run_js__WEBPACK_IMPORTED_MODULE_14__.q6)(world, github, request);
   if (request.operation === "delete" || request.operation === "prune") {
    const {finishRemoval} = await Promise.all([ __webpack_require__.e(274), __webpack_require__.e(74) ]).then(__webpack_require__.bind(__webpack_require__, 6074));
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
   switch (phase?.kind) {
   case "rebasing":
    await (0, _operations_restore_base_js__WEBPACK_IMPORTED_MODULE_11__.K)(context, request.env, phase.rebase);
    return killed;

   case "starting":
    return await finishStart(context, request, phase) ?? killed;

   case "following_run":
    {
     context.store.note({
      pipelineRun: phase.run
     });
     const call = limits => context.humanitec.listRunDeployments(request.env, phase.run, limits);
     const found = await (0, _operations_request_js__WEBPACK_IMPORTED_MODULE_10__.M)((0, 
     _operations_request_js__WEBPACK_IMPORTED_MODULE_10__.w$)(context, call, {
      patience: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.ad.read
     }));
     const deployment = found instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI ? undefined : found[0];
     return (deployment && await tellDeployment(context, request, deployment)) ?? killed;
    }

   case "following":
    {
     const {deploymentId, askedBaseId, rebase} = phase;
     if (rebase) await (0, _operations_restore_base_js__WEBPACK_IMPORTED_MODULE_11__.K)(context, request.env, rebase);
     const deployment = await readDeployment(context, request.env, deploymentId);
     return await tellDeployment(context, request, deployment, askedBaseId) ?? killed;
    }

   default:
    return killed;
   }
  };
  const readDeployment = async (context, env, id) => {
   const call = limits => context.humanitec.getDeployment(env, id, limits);
   const answer = await (0, _operations_request_js__WEBPACK_IMPORTED_MODULE_10__.M)((0, 
   _operations_request_js__WEBPACK_IMPORTED_MODULE_10__.w$)(context, call, {
    patience: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.ad.read
   }));
   return answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI ? {
    ..._core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
    id
   } : answer;
  };
  const tellDeployment = async (context, request, deployment, askedBaseId) => {
   (0, _operations_run_state_js__WEBPACK_IMPORTED_MODULE_12__.Sb)(context.store, deployment);
   if (!(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment)) return undefined;
   const base = {
    ..._core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
    id: askedBaseId ?? ""
   };
   const check = askedBaseId ? (0, _operations_base_check_js__WEBPACK_IMPORTED_MODULE_7__.W)(context, request.env, {
    base,
    isRebased: true
   }) : _operations_base_check_js__WEBPACK_IMPORTED_MODULE_7__.j;
   const end = await (0, _operations_follow_js__WEBPACK_IMPORTED_MODULE_8__.follow)(context, request, deployment, check.look);
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
    throw (0, _operations_start_search_js__WEBPACK_IMPORTED_MODULE_13__.VZ)(body);
   }
   if (state.kind === "started") return tellDeployment(context, request, state.deployment, rebase?.setId);
   if (state.kind === "held") context.store.note({
    pipelineRun: {
     pipelineId: state.run.pipeline_id,
     runId: state.run.id
    }
   }); else if (rebase) await (0, _operations_restore_base_js__WEBPACK_IMPORTED_MODULE_11__.K)(context, request.env, rebase);
   return undefined;
  };
  const ignoreEnd = error => {
   if (!(error instanceof _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_5__.cV || error instanceof _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_5__.MU)) throw error;
  };
 }
};
