export const id = 316;

export const ids = [ 316 ];

export const modules = {
 4316: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finish: () => finish
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/inputs/inputs.js + 3 modules
    var inputs = __webpack_require__(3803);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/report/problems.js
    var problems = __webpack_require__(8828);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __webpack_require__(7981);
  // CONCATENATED MODULE: ./lib/core/run/checkpoint.js
  const parseCheckpoint = saved => {
   const work = (0, json.qF)(saved);
   return typeof work === "object" && work !== null ? work : undefined;
  };
  // EXTERNAL MODULE: ./lib/core/run/outcome.js
    var outcome = __webpack_require__(3173);
  // EXTERNAL MODULE: ./lib/operations/follow.js
    var follow = __webpack_require__(4321);
  // EXTERNAL MODULE: ./lib/operations/rebase.js
    var rebase = __webpack_require__(3564);
  // EXTERNAL MODULE: ./lib/operations/report.js + 1 modules
    var operations_report = __webpack_require__(7510);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var request = __webpack_require__(9259);
  // EXTERNAL MODULE: ./lib/operations/run-state.js
    var run_state = __webpack_require__(7019);
  // EXTERNAL MODULE: ./lib/operations/start.js
    var operations_start = __webpack_require__(1906);
  // EXTERNAL MODULE: ./lib/run.js
    var run = __webpack_require__(3926);
  // CONCATENATED MODULE: ./lib/post-step.js
  const finish = async (world, saved) => {
   const work = parseCheckpoint(saved);
   const parsed = (0, inputs.T)(world.inputs);
   if (work && parsed.kind === "request") await finishWork(createPostWorld(world), parsed.request, work);
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
   const store = (0, run_state.D)(world.runner, world.writer, {
    request,
    followed: true
   });
   const github = (0, run.hK)(world, store, request, world.clock.now() + retry_policy.bZ);
   const result = await finishOperation(world, github, request, work).catch(error => (0, 
   operations_report.pn)(error, github.runner));
   const report = (0, run.LU)(world, store, chooseResult(work.told, result, store.state.deployment !== undefined));
   if (work.report) (0, operations_report.$E)(world.runner, report); else if (work.rebase) tellRemarks(github);
   await ((await (0, run.nO)(github, request, work))?.end(report));
  };
  const chooseResult = (told, now, isFound) => {
   const isNews = now.outcome === "succeeded" || now.outcome === "failed" || told?.outcome === "unknown" && isFound;
   return told === undefined || isNews ? now : told;
  };
  const tellRemarks = ({runner, store}) => {
   for (const message of store.state.remarks) runner.annotate({
    level: "warning",
    message
   });
  };
  const finishOperation = async (world, github, request, work) => {
   const context = await (0, run.q6)(world, github, request);
   if (request.operation === "delete" || request.operation === "prune") {
    const {finishRemoval} = await Promise.all([ __webpack_require__.e(274), __webpack_require__.e(74) ]).then(__webpack_require__.bind(__webpack_require__, 6074));
    return finishRemoval(context, request, work);
   }
   return finishDeployment(context, request, work);
  };
  const finishDeployment = async (context, request, work) => {
   const deployment = await findDeployment(context, request.env, work);
   if (deployment) context.store.note({
    deployment
   });
   const isBaseOpen = !deployment || work.deploymentId !== undefined;
   if (work.rebase && isBaseOpen) await (0, rebase.yY)(context, request.env, work.rebase);
   if (deployment && (0, deployments.dR)(deployment)) return (0, follow.e)(context, request, deployment);
   return {
    outcome: "cancelled",
    reason: {
     kind: "killed"
    }
   };
  };
  const findDeployment = async (context, env, work) => {
   const {deploymentId, start} = work;
   if (deploymentId !== undefined) {
    const call = limits => context.humanitec.getDeployment(env, deploymentId, limits);
    const answer = await (0, request.M)((0, request.w$)(context, call, {
     patience: retry_policy.ad.read
    }));
    return answer instanceof request_error.GI ? {
     ...deployments.co,
     id: deploymentId
    } : answer;
   }
   if (!start) return undefined;
   const {body, newestBeforeId: id, newestBeforeAt: created_at} = start;
   const before = id === "" ? {} : {
    last_deploy: {
     ...deployments.co,
     id,
     created_at
    }
   };
   const sight = await (0, operations_start.dA)({
    context,
    env,
    body,
    before
   }).catch(ignoreEnd);
   const isKnown = sight !== undefined && !(sight instanceof request_error.GI) && sight.kind !== "doubtful";
   if (isKnown) return sight.kind === "started" ? sight.deployment : undefined;
   if (work.rebase) context.store.remark((0, problems.QK)(work.rebase));
   throw (0, operations_start.VZ)({
    body
   });
  };
  const ignoreEnd = error => {
   if (!(error instanceof outcome.cV || error instanceof outcome.MU)) throw error;
  };
 }
};
