export const id = 337;

export const ids = [ 337 ];

export const modules = {
 3337: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finishDeployment: () => finishDeployment
  });
  var _core_deployment_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8747);
  var _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5504);
  var _core_network_limits_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9180);
  var _core_report_base_remarks_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4889);
  var _core_report_deployment_problem_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6633);
  var _core_run_stop_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1137);
  var _follow_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4142);
  var _put_back_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4273);
  var _read_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1454);
  var _start_sight_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4592);
  const finishDeployment = async (step, request, work) => {
   const deployment = await findDeployment(step, request.env, work);
   if (deployment) step.journal.note({
    deployment
   }); else if (work.rebase) await (0, _put_back_js__WEBPACK_IMPORTED_MODULE_6__.y)(step, request.env, work.rebase);
   if (deployment && (0, _core_deployment_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment)) return (0, 
   _follow_js__WEBPACK_IMPORTED_MODULE_5__.e)(step, request, deployment);
   return {
    outcome: "cancelled",
    problem: (0, _core_report_deployment_problem_js__WEBPACK_IMPORTED_MODULE_3__.tJ)(step.journal.facts)
   };
  };
  const findDeployment = async (step, env, work) => {
   const {deploymentId, start} = work;
   if (deploymentId !== undefined) {
    const call = limits => step.humanitec.getDeployment(env, deploymentId, limits);
    const answer = await (0, _read_js__WEBPACK_IMPORTED_MODULE_7__.nt)(step, _core_network_limits_js__WEBPACK_IMPORTED_MODULE_2__.ad.read, call);
    return answer instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e ? {
     ..._core_deployment_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
     id: deploymentId
    } : answer;
   }
   if (!start) return undefined;
   const {body, newestBeforeId: id, newestBeforeAt: created_at} = start;
   const before = id === "" ? {} : {
    last_deploy: {
     ..._core_deployment_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
     id,
     created_at
    }
   };
   const sight = await (0, _start_sight_js__WEBPACK_IMPORTED_MODULE_8__.dA)({
    step,
    env,
    body,
    before
   }).catch(ignoreEnd);
   const isKnown = sight !== undefined && !(sight instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e) && sight.kind !== "doubtful";
   if (isKnown) return sight.kind === "started" ? sight.deployment : undefined;
   if (work.rebase) step.journal.remark((0, _core_report_base_remarks_js__WEBPACK_IMPORTED_MODULE_9__.Q)(work.rebase));
   throw (0, _start_sight_js__WEBPACK_IMPORTED_MODULE_8__.VZ)({
    body,
    env
   });
  };
  const ignoreEnd = error => {
   if (!(error instanceof _core_run_stop_js__WEBPACK_IMPORTED_MODULE_4__.VG || error instanceof _core_run_stop_js__WEBPACK_IMPORTED_MODULE_4__.Xp)) throw error;
  };
 }
};
