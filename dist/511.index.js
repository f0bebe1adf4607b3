export const id = 511;

export const ids = [ 511 ];

export const modules = {
 3511: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   createAnnouncer: () => createAnnouncer
  });
  var _github_deployment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2545);
  var _github_task_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9763);
  var _pull_request_comment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6230);
  const createAnnouncer = (step, request, open = {
   report: true
  }) => {
   const isOpen = field => open.report || open[field] !== undefined;
   const waits = request.operation === "wait" || request.wait;
   const tasks = [ ...request.prComment && isOpen("comment") ? [ (0, _pull_request_comment_js__WEBPACK_IMPORTED_MODULE_2__.J1)(step, request, open.comment?.id) ] : [], ...request.githubDeployment && waits && isOpen("githubDeployment") ? [ (0, 
   _github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.HO)(step, request, open.githubDeployment?.id) ] : [] ];
   return tasks.length === 0 ? undefined : (0, _github_task_js__WEBPACK_IMPORTED_MODULE_1__.B0)(step, tasks);
  };
 }
};
