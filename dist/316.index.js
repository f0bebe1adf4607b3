export const id = 316;

export const ids = [ 316 ];

export const modules = {
 4316: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finish: () => finish
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/inputs/inputs.js
    var inputs = __webpack_require__(1680);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/report/problems.js
    var problems = __webpack_require__(8828);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __webpack_require__(7981);
  // CONCATENATED MODULE: ./lib/core/run/checkpoint.js
  const parseOpenWork = saved => {
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
   const work = parseOpenWork(saved);
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
   const {runner} = world;
   const journal = (0, run_state.s)(runner, world.redact, {
    request,
    followed: true
   });
   const github = (0, run.OG)(world, journal, request, world.clock.now() + retry_policy.bZ);
   const ending = await finishOperation(world, github, request, work).catch(error => (0, 
   operations_report.$F)(error, journal.facts, runner));
   const report = (0, run.LU)(world, journal, chooseEnding(work.told, ending, journal.facts.deployment !== undefined));
   if (work.report) (0, operations_report.$E)(runner, report); else if (work.rebase) tellRemarks(world, journal);
   await ((await (0, run.AB)(github, request, work))?.end(report));
  };
  const chooseEnding = (told, now, isFound) => {
   const isNews = now.outcome === "succeeded" || now.outcome === "failed" || told?.outcome === "unknown" && isFound;
   return told === undefined || isNews ? now : told;
  };
  const tellRemarks = ({runner}, {facts}) => {
   for (const message of facts.remarks) runner.annotate({
    level: "warning",
    message
   });
  };
  const finishOperation = async (world, github, request, work) => {
   const step = await (0, run.Bx)(world, github, request);
   if (request.operation === "delete" || request.operation === "prune") {
    const {finishRemoval} = await Promise.all([ __webpack_require__.e(274), __webpack_require__.e(74) ]).then(__webpack_require__.bind(__webpack_require__, 6074));
    return finishRemoval(step, request, work);
   }
   return finishDeployment(step, request, work);
  };
  const finishDeployment = async (step, request, work) => {
   const deployment = await findDeployment(step, request.env, work);
   if (deployment) step.journal.note({
    deployment
   }); else if (work.rebase) await (0, rebase.yY)(step, request.env, work.rebase);
   if (deployment && (0, deployments.dR)(deployment)) return (0, follow.e)(step, request, deployment);
   return {
    outcome: "cancelled",
    problem: (0, problems.tJ)(step.journal.facts)
   };
  };
  const findDeployment = async (step, env, work) => {
   const {deploymentId, start} = work;
   if (deploymentId !== undefined) {
    const call = limits => step.humanitec.getDeployment(env, deploymentId, limits);
    const answer = await (0, request.nt)(step, retry_policy.ad.read, call);
    return answer instanceof request_error.e6 ? {
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
    step,
    env,
    body,
    before
   }).catch(ignoreEnd);
   const isKnown = sight !== undefined && !(sight instanceof request_error.e6) && sight.kind !== "doubtful";
   if (isKnown) return sight.kind === "started" ? sight.deployment : undefined;
   if (work.rebase) step.journal.remark((0, problems.QK)(work.rebase));
   throw (0, operations_start.VZ)({
    body,
    env
   });
  };
  const ignoreEnd = error => {
   if (!(error instanceof outcome.VG || error instanceof outcome.Xp)) throw error;
  };
 }
};
