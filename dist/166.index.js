export const id = 166;

export const ids = [ 166 ];

export const modules = {
 5166: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   finish: () => finish
  });
  // EXTERNAL MODULE: ./lib/core/inputs/inputs.js + 1 modules
    var inputs = __webpack_require__(6185);
  // EXTERNAL MODULE: ./lib/core/network/limits.js
    var limits = __webpack_require__(9180);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __webpack_require__(7981);
  // CONCATENATED MODULE: ./lib/core/run/open-work.js
  const parseOpenWork = saved => {
   const work = (0, json.qF)(saved);
   return typeof work === "object" && work !== null ? work : undefined;
  };
  // EXTERNAL MODULE: ./lib/flow/ending.js
    var flow_ending = __webpack_require__(2481);
  // EXTERNAL MODULE: ./lib/flow/journal.js
    var flow_journal = __webpack_require__(1799);
  // EXTERNAL MODULE: ./lib/flow/report.js + 6 modules
    var flow_report = __webpack_require__(5082);
  // EXTERNAL MODULE: ./lib/session.js
    var session = __webpack_require__(539);
  // CONCATENATED MODULE: ./lib/finish.js
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
   const journal = (0, flow_journal.s)(runner, world.redact, {
    request,
    followed: true
   });
   const github = (0, session.OG)(world, journal, request, world.clock.now() + limits.bZ);
   const ending = await finishOperation(world, github, request, work).catch(error => (0, 
   flow_ending.$)(error, journal.facts, runner));
   const report = (0, session.LU)(world, journal, chooseEnding(work.told, ending, journal.facts.deployment !== undefined));
   if (work.report) (0, flow_report.$E)(runner, report); else if (work.rebase) tellRemarks(world, journal);
   await ((await (0, session.AB)(github, request, work))?.end(report));
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
   const step = await (0, session.Bx)(world, github, request);
   if (request.operation === "delete" || request.operation === "prune") {
    const {finishRemoval} = await Promise.all([ __webpack_require__.e(486), __webpack_require__.e(917) ]).then(__webpack_require__.bind(__webpack_require__, 4917));
    return finishRemoval(step, request, work);
   }
   const {finishDeployment} = await __webpack_require__.e(337).then(__webpack_require__.bind(__webpack_require__, 3337));
   return finishDeployment(step, request, work);
  };
 }
};
