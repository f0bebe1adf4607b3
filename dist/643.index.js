export const id = 643;

export const ids = [ 643 ];

export const modules = {
 2643: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   plan: () => plan
  });
  var _core_delta_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2561);
  var _core_deployment_set_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9249);
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6659);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3173);
  var _core_set_diff_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2171);
  var _changes_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8419);
  var _delta_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1184);
  var _environment_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(243);
  var _find_environment_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(103);
  var _rebase_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3564);
  var _request_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9259);
  const plan = async (context, request) => {
   context.log({
    kind: "plan",
    request,
    comment: ""
   });
   const ground = await findGround(context, request);
   const {running, runningEnv} = ground;
   const comparison = {
    ...running && {
     base: running
    },
    ...runningEnv !== request.env && {
     env: runningEnv
    }
   };
   const changes = await findChanges(context, request, ground);
   context.store.note({
    changes,
    comparison
   });
   context.log({
    kind: "changes",
    request,
    changes,
    comparison
   });
   return {
    outcome: "planned"
   };
  };
  const findGround = async (context, request) => {
   const environment = await (0, _find_environment_js__WEBPACK_IMPORTED_MODULE_8__.jY)(context, request.env);
   if (environment && environment.status !== "deleting") return findGroundOf(context, request, (0, 
   _environment_js__WEBPACK_IMPORTED_MODULE_7__.Qz)(context, request, environment));
   const {createFrom} = request;
   if (createFrom === undefined) throw new _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_3__.cV("error", {
    kind: "no_environment",
    ...environment && {
     environment
    }
   });
   const {source, deployment} = await (0, _environment_js__WEBPACK_IMPORTED_MODULE_7__.Fd)(context, request, createFrom);
   const base = request.base ? await (0, _rebase_js__WEBPACK_IMPORTED_MODULE_9__.gU)(context, source, request.base) : deployment;
   notePlannedBase(context, request, base, createFrom);
   return {
    base,
    running: deployment,
    runningEnv: createFrom
   };
  };
  const findGroundOf = async (context, request, environment) => {
   const active = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.gv)(environment);
   if (active) context.store.remark({
    kind: "active_beside_plan",
    id: active.id
   });
   const running = await findRunning(context, environment);
   const base = request.base ? await (0, _rebase_js__WEBPACK_IMPORTED_MODULE_9__.gU)(context, environment, request.base) : chooseBase(environment.from_deploy, running);
   if (base) notePlannedBase(context, request, base);
   return {
    ...base && {
     base
    },
    ...running && {
     running
    },
    runningEnv: request.env
   };
  };
  const notePlannedBase = (context, request, base, from) => {
   const env = request.base?.kind === "environment" ? request.base.env : from;
   if (request.base?.kind === "deployment") context.store.note({
    base
   }); else (0, _rebase_js__WEBPACK_IMPORTED_MODULE_9__.Ed)(context, base, env === request.env ? undefined : env);
  };
  const chooseBase = (base, running) => base && base.set_id === "" && !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.dR)(base) ? running : base;
  const findRunning = async (context, {id, last_deploy}) => {
   if (!last_deploy || (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.yO)(last_deploy)) return last_deploy;
   const list = limits => context.humanitec.listDeployments(id, limits);
   return (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.HB)(await (0, _request_js__WEBPACK_IMPORTED_MODULE_10__.w$)(context, list, {
    timeoutMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.ad.list
   }));
  };
  const findChanges = async (context, request, ground) => {
   const {base, running, runningEnv} = ground;
   const contents = await getContents(context, request, base);
   if (contents && !base) return listAdditions(contents);
   const setId = await getPlannedSetId(context, request, base, contents);
   const oldId = running && await (0, _delta_js__WEBPACK_IMPORTED_MODULE_6__.Wp)(context, runningEnv, running);
   return await (0, _changes_js__WEBPACK_IMPORTED_MODULE_5__.hc)(context, createAsk(context), setId, oldId) ?? [];
  };
  const createAsk = context => call => (0, _request_js__WEBPACK_IMPORTED_MODULE_10__.w$)(context, call);
  const getContents = (context, request, base) => {
   const {deltaId} = request;
   if (deltaId === undefined) return (0, _delta_js__WEBPACK_IMPORTED_MODULE_6__.xm)(context, request, base);
   return (0, _request_js__WEBPACK_IMPORTED_MODULE_10__.w$)(context, limits => context.humanitec.getDelta(deltaId, limits));
  };
  const listAdditions = contents => {
   const delta = (0, _core_delta_js__WEBPACK_IMPORTED_MODULE_11__.rl)(contents);
   return delta ? (0, _core_set_diff_js__WEBPACK_IMPORTED_MODULE_4__.z)(undefined, (0, 
   _core_delta_js__WEBPACK_IMPORTED_MODULE_11__.TM)(_core_deployment_set_js__WEBPACK_IMPORTED_MODULE_0__.mj, delta).set) : [];
  };
  const getPlannedSetId = async (context, request, base, contents) => {
   if (request.setId !== undefined) return request.setId;
   if (!base) throw new _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_3__.cV("error", {
    kind: "nothing_succeeded",
    env: request.env
   });
   const baseId = await (0, _delta_js__WEBPACK_IMPORTED_MODULE_6__.ro)(context, request, base);
   return contents ? (0, _request_js__WEBPACK_IMPORTED_MODULE_10__.w$)(context, limits => context.humanitec.applyDelta(baseId, contents, limits)) : baseId;
  };
 }
};
