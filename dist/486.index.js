export const id = 486;

export const ids = [ 486 ];

export const modules = {
 3638: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Oi: () => formatPayload,
   bp: () => listSuperseded,
   oc: () => formatGitHubEnvironment,
   pX: () => listActiveIds,
   rI: () => findOwnUnfinished,
   uc: () => formatFinalStatus
  });
  var _report_headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8316);
  var _text_clean_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9168);
  const longestDescription = 140;
  const formatGitHubEnvironment = ({app, env}) => `${app}/${env}`;
  const formatPayload = ({runUrl, attempt}) => ({
   run: `${runUrl}/attempts/${attempt}`
  });
  const unfinished = [ "", "queued", "pending", "in_progress" ];
  const findOwnUnfinished = (deployments, origin) => deployments.find(({state, payload}) => unfinished.includes(state) && hasPayload(payload, formatPayload(origin).run));
  const hasPayload = (payload, run) => payload.split(/[\\"]+/).some(part => part === run);
  const states = {
   succeeded: "success",
   failed: "failure"
  };
  const formatFinalStatus = report => {
   const {ending, facts, origin} = report;
   const state = states[ending.outcome] ?? "error";
   const [environment_url] = state === "success" ? facts.environmentUrls : [];
   return {
    state,
    description: (0, _text_clean_text_js__WEBPACK_IMPORTED_MODULE_1__.S5)((0, _report_headline_js__WEBPACK_IMPORTED_MODULE_0__.Q)(report), longestDescription),
    log_url: origin.runUrl,
    ...environment_url !== undefined && {
     environment_url
    }
   };
  };
  const listSuperseded = (deployments, ownId) => {
   const isOvertaken = deployments.some(({id, state}) => id > ownId && (state === "success" || state === "failure"));
   return listActiveIds(deployments).filter(id => id < ownId || id === ownId && isOvertaken);
  };
  const listActiveIds = deployments => deployments.filter(({state}) => state !== "inactive").map(({id}) => id);
 },
 1647: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   S0: () => formatDeletedComment,
   _U: () => formatDeployingComment,
   gJ: () => formatMarker,
   jw: () => formatComment
  });
  var _deployment_history_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7999);
  var _run_links_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5828);
  var _text_duration_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3327);
  var _text_escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3648);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8602);
  var _ending_blocks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6160);
  var _error_fields_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8976);
  var _error_groups_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(665);
  var _error_tables_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6928);
  var _headline_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8316);
  var _problem_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2533);
  var _summary_facts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3730);
  var _way_back_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4345);
  const mostUnits = 6e4;
  const mostErrors = 5;
  const formatMarker = ({org, app, env}) => `\x3c!-- humanitec-deploy:${org}/${app}/${env} --\x3e`;
  const formatDeployingComment = (request, origin) => joinComment(request, [ joinLine(`**${formatProgress(request).going}**`, (0, 
  _summary_facts_js__WEBPACK_IMPORTED_MODULE_6__.hZ)(origin), formatLogLink(origin)) ]);
  const formatDeletedComment = place => joinComment(place, [ "The preview was deleted." ]);
  const formatComment = report => {
   const {request} = report.facts;
   if (!request) return undefined;
   switch (report.ending.outcome) {
   case "deleted":
    return formatDeletedComment(request);

   case "succeeded":
    return joinComment(request, formatReady(request, report));

   default:
    return joinComment(request, formatOtherEnd(report));
   }
  };
  const formatReady = (request, {facts, origin}) => {
   const durationMs = facts.deployment && (0, _deployment_history_js__WEBPACK_IMPORTED_MODULE_0__.wq)(facts.deployment);
   const took = durationMs === undefined ? "" : `in ${(0, _text_duration_js__WEBPACK_IMPORTED_MODULE_8__.a3)(durationMs)}`;
   const deployed = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_9__.nn)(" ", "Deployed", (0, 
   _summary_facts_js__WEBPACK_IMPORTED_MODULE_6__.hZ)(origin), took);
   return [ joinLine(`${_headline_js__WEBPACK_IMPORTED_MODULE_4__.Z.succeeded} **${formatProgress(request).done}**`, (0, 
   _ending_blocks_js__WEBPACK_IMPORTED_MODULE_2__._M)(facts)), joinLine(deployed, formatLogLink(origin), formatHumanitecLink(facts)), (0, 
   _ending_blocks_js__WEBPACK_IMPORTED_MODULE_2__.Bb)(facts) ];
  };
  const formatOtherEnd = report => {
   const {ending, facts, origin} = report;
   const isFailed = ending.outcome === "failed";
   const errors = isFailed ? (0, _error_fields_js__WEBPACK_IMPORTED_MODULE_10__.Gr)(facts) : [];
   const more = errors.length - mostErrors;
   return [ `${_headline_js__WEBPACK_IMPORTED_MODULE_4__.Z[ending.outcome]} **${isFailed && isPreview(facts.request) ? formatPreviewFailed(facts) : (0, 
   _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.FV)((0, _headline_js__WEBPACK_IMPORTED_MODULE_4__.Q)(report))}**`, joinLine(isFailed ? (0, 
   _summary_facts_js__WEBPACK_IMPORTED_MODULE_6__.XO)(facts) : "", (0, _summary_facts_js__WEBPACK_IMPORTED_MODULE_6__.jC)(report), formatLogLink(origin)), ...(0, 
   _problem_text_js__WEBPACK_IMPORTED_MODULE_5__.r)(report), (0, _ending_blocks_js__WEBPACK_IMPORTED_MODULE_2__.Cj)(report), (0, 
   _error_tables_js__WEBPACK_IMPORTED_MODULE_3__.n)(errors, mostErrors), more > 0 ? joinLine(`\u2026 and ${(0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_9__.B4)(more, "more error")}`, formatLogLink(origin)) : "", isFailed ? (0, 
   _way_back_js__WEBPACK_IMPORTED_MODULE_7__.S)(report) : "", (0, _ending_blocks_js__WEBPACK_IMPORTED_MODULE_2__.Bb)(facts) ];
  };
  const isPreview = request => request?.operation === "deploy" && request.createFrom !== undefined;
  const formatPreviewFailed = facts => {
   const errors = (0, _error_fields_js__WEBPACK_IMPORTED_MODULE_10__.Gr)(facts);
   return `${(0, _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.FV)(facts.request?.app ?? "")} preview failed${errors.length > 0 ? `: ${(0, 
   _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.FV)((0, _error_groups_js__WEBPACK_IMPORTED_MODULE_11__.h)(errors))}` : ""}`;
  };
  const formatProgress = request => {
   const [app, env] = [ (0, _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.FV)(request.app), (0, 
   _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.FV)(request.env) ];
   return isPreview(request) ? {
    going: `${app} preview is being deployed`,
    done: `${app} preview is ready`
   } : {
    going: `${app} is being deployed to ${env}`,
    done: `${app} is deployed to ${env}`
   };
  };
  const formatLogLink = ({runUrl}) => runUrl === "" ? "" : (0, _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.u3)("log", runUrl);
  const formatHumanitecLink = ({request, deployment}) => request && deployment ? (0, 
  _text_escape_js__WEBPACK_IMPORTED_MODULE_1__.u3)("Humanitec", (0, _run_links_js__WEBPACK_IMPORTED_MODULE_12__.Or)(request, deployment.id)) : "";
  const joinLine = (...parts) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_9__.nn)(" \xb7 ", ...parts);
  const joinComment = (place, blocks) => {
   let comment = `${formatMarker(place)}\n`;
   for (const block of blocks.filter(Boolean)) {
    if (comment.length + block.length > mostUnits - 10) return `${comment}\n\u2026\n`;
    comment += `\n${block}\n`;
   }
   return comment;
  };
 },
 2545: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   HO: () => createDeploymentTask,
   RD: () => deploymentTask,
   jX: () => retireAll
  });
  var _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3638);
  var _github_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(341);
  const deploymentTask = {
   what: "GitHub\u2019s own Deployment",
   permission: "deployments: write"
  };
  const createDeploymentTask = (step, request, id) => {
   const environment = (0, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.oc)(request);
   let knownId = id;
   const getId = async (patience, mayBeThere) => {
    knownId ??= await createDeployment(step, patience, request, mayBeThere);
    step.journal.saveOpenWork({
     githubDeployment: {
      id: knownId
     }
    });
    return knownId;
   };
   return {
    ...deploymentTask,
    ...isHeadUnknown(step) && {
     permission: `${deploymentTask.permission}, pull-requests: read`
    },
    field: "githubDeployment",
    begin: async patience => {
     const {runUrl} = step.origin;
     const ownId = await getId(patience, false);
     await setStatus(step, patience, ownId, {
      state: "in_progress",
      description: "",
      log_url: runUrl
     });
    },
    end: async (patience, report) => {
     const ownId = await getId(patience, true);
     await setStatus(step, patience, ownId, (0, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.uc)(report));
     if (!report.facts.deployment) return;
     await retire(step, patience, environment, deployments => (0, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.bp)(deployments, ownId));
    }
   };
  };
  const isHeadUnknown = ({origin}) => origin.sha === "" && origin.pullRequest !== undefined;
  const createDeployment = (step, patience, request, mayBeThere) => {
   const environment = (0, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.oc)(request);
   const body = {
    environment,
    transient_environment: request.operation === "deploy" && request.createFrom !== undefined,
    payload: (0, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.Oi)(step.origin)
   };
   return (0, _github_js__WEBPACK_IMPORTED_MODULE_1__.X3)(step, patience, async (github, limits, attempt) => {
    const known = mayBeThere || attempt > 1 ? await github.listDeployments(environment, limits) : [];
    const own = (0, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.rI)(known, step.origin);
    return own?.id ?? github.createDeployment({
     ...body,
     ref: await getRef(step.origin, github, limits)
    }, limits);
   });
  };
  const getRef = async ({sha, pullRequest}, github, limits) => sha === "" && pullRequest ? github.getHeadSha(pullRequest.number, limits) : sha;
  const setStatus = (step, patience, id, body) => (0, _github_js__WEBPACK_IMPORTED_MODULE_1__.X3)(step, patience, (github, limits) => github.createDeploymentStatus(id, body, limits));
  const retire = async (step, patience, environment, choose) => {
   const deployments = await (0, _github_js__WEBPACK_IMPORTED_MODULE_1__.X3)(step, patience, (github, limits) => github.listDeployments(environment, limits));
   const status = {
    state: "inactive",
    description: "",
    log_url: step.origin.runUrl
   };
   for (const id of choose(deployments)) {
    await setStatus(step, patience, id, status).catch(error => {
     if (!(0, _github_js__WEBPACK_IMPORTED_MODULE_1__.ST)(error)) throw error;
    });
   }
  };
  const retireAll = (step, patience, environment) => retire(step, patience, environment, _core_github_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__.pX);
 },
 9763: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   B0: () => createAnnouncerOf,
   R8: () => warn,
   a: () => determineEndPatienceMs
  });
  var _core_github_github_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6958);
  var _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5504);
  var _github_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(341);
  const beginPatienceMs = 3e4;
  const longestEndMs = 3e4;
  const shortestEndMs = 5e3;
  const deadlineToleranceMs = 15e3;
  const determineEndPatienceMs = ({deadlineMs, clock}) => Math.max(shortestEndMs, Math.min(longestEndMs, deadlineMs + deadlineToleranceMs - clock.now()));
  const createAnnouncerOf = (step, tasks) => {
   const running = tasks.map(task => runTask(step, task));
   return {
    begin: () => {
     for (const {begin} of running) begin();
    },
    end: async report => {
     await Promise.all(running.map(({end}) => end(report)));
    }
   };
  };
  const runTask = (step, task) => {
   let patience;
   let begun = Promise.resolve(undefined);
   const close = () => step.journal.saveOpenWork({
    [task.field]: undefined
   });
   return {
    begin: () => {
     patience = (0, _github_js__WEBPACK_IMPORTED_MODULE_2__.se)(step, beginPatienceMs);
     step.journal.saveOpenWork({
      [task.field]: {}
     });
     begun = task.begin(patience).catch(error => error).finally(patience.end);
    },
    end: async report => {
     const patienceMs = determineEndPatienceMs(step);
     const endMs = step.clock.now() + patienceMs;
     patience?.hurry(patienceMs / 2);
     const failure = await begun;
     if (step.cancel.aborted) return;
     const outcome = isForGood(failure) ? failure : await (0, _github_js__WEBPACK_IMPORTED_MODULE_2__.oW)(step, endMs - step.clock.now(), last => task.end(last, report)).catch(error => error);
     if (step.cancel.aborted) return;
     if (outcome !== undefined) warn(step, task, outcome);
     close();
    }
   };
  };
  const isForGood = failure => failure !== undefined && !(failure instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e && (0, 
  _core_github_github_problem_js__WEBPACK_IMPORTED_MODULE_0__.G7)(failure.details) === "again");
  const warn = (step, {what, permission}, error) => {
   const problem = (0, _github_js__WEBPACK_IMPORTED_MODULE_2__.dZ)(error, permission);
   const message = [ `${what} was not brought up to date.`, problem.what, problem.remedy ].filter(Boolean).join(" ");
   step.runner.annotate({
    level: "warning",
    message
   });
  };
 },
 341: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   ST: () => isGone,
   X3: () => askGitHub,
   dZ: () => describeGitHubError,
   oW: () => withPatience,
   se: () => createPatience
  });
  var _core_github_github_problem_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6958);
  var _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5504);
  var _core_network_retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8568);
  var _core_run_stop_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1137);
  const requestLimitMs = 1e4;
  const createPatience = ({clock, cancel}, ms) => {
   const over = new AbortController;
   const lastTry = new AbortController;
   const done = new AbortController;
   const cutAfter = limitMs => {
    clock.sleep(limitMs, done.signal).then(() => over.abort(formatOverdue(ms)), () => undefined);
   };
   cutAfter(ms);
   return {
    endMs: clock.now() + ms,
    signal: AbortSignal.any([ cancel, over.signal ]),
    lastTry: lastTry.signal,
    hurry: limitMs => {
     lastTry.abort();
     cutAfter(limitMs);
    },
    end: () => done.abort()
   };
  };
  const formatOverdue = ms => new _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e({
   kind: "lost",
   request: "GitHub",
   reach: {
    host: "GitHub",
    setting: "GITHUB_API_URL",
    extraCaFile: ""
   },
   code: "TIMEOUT",
   detail: `it was not done within ${Math.round(ms / 1e3)} s`
  });
  const withPatience = async (step, ms, work) => {
   const patience = createPatience(step, ms);
   try {
    return await work(patience);
   } finally {
    patience.end();
   }
  };
  const askGitHub = async (step, patience, call) => {
   const github = await step.connectGitHub();
   let last;
   for (let attempt = 1; ;attempt++) {
    throwIfOver(patience, last);
    try {
     return await call(github, {
      timeoutMs: requestLimitMs,
      signal: patience.signal
     }, attempt);
    } catch (error) {
     throwIfOver(patience, last);
     if (!(error instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e) || (0, 
     _core_github_github_problem_js__WEBPACK_IMPORTED_MODULE_0__.G7)(error.details) === "stop") throw error;
     last = error;
     await pauseBeforeTry(step, patience, attempt, error);
    }
   }
  };
  const throwIfOver = ({signal}, last) => {
   if (signal.aborted) throw signal.reason instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e ? last ?? signal.reason : signal.reason;
  };
  const pauseBeforeTry = async ({clock, random, runner}, patience, failures, failure) => {
   const delayMs = (0, _core_network_retry_js__WEBPACK_IMPORTED_MODULE_2__.Jb)(failures, random(), failure.details.retryAfterMs);
   if (patience.lastTry.aborted || clock.now() + delayMs >= patience.endMs) throw failure;
   runner.debug(`GitHub: ${failure.message}; again in ${Math.round(delayMs)} ms`);
   try {
    await clock.sleep(delayMs, AbortSignal.any([ patience.signal, patience.lastTry ]));
   } catch {
    throwIfOver(patience, failure);
    throw failure;
   }
  };
  const describeGitHubError = (error, permission) => {
   if (error instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e) return (0, 
   _core_github_github_problem_js__WEBPACK_IMPORTED_MODULE_0__.TF)(error.details, permission);
   if (error instanceof _core_run_stop_js__WEBPACK_IMPORTED_MODULE_3__.VG && error.ending.problem) return error.ending.problem;
   return {
    what: error instanceof Error ? error.message : String(error)
   };
  };
  const isGone = error => error instanceof _core_network_failure_js__WEBPACK_IMPORTED_MODULE_1__.e && (error.details.status === 404 || error.details.status === 410);
 },
 6230: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Jz: () => commentTask,
   J1: () => createCommentTask,
   _f: () => findPullRequest,
   xo: () => placeComment
  });
  // EXTERNAL MODULE: ./lib/core/github/github-problem.js
    var github_problem = __webpack_require__(6958);
  // CONCATENATED MODULE: ./lib/core/github/own-comments.js
  const listOwnComments = (comments, ownUserId, marker) => comments.filter(({user, body}) => user.id === ownUserId && getFirstLine(body).includes(marker)).toSorted((one, other) => one.id - other.id);
  const getFirstLine = text => text.split(/\r?\n/, 1)[0] ?? "";
  // EXTERNAL MODULE: ./lib/core/network/failure.js
    var failure = __webpack_require__(5504);
  // EXTERNAL MODULE: ./lib/core/report/comment.js
    var comment = __webpack_require__(1647);
  // EXTERNAL MODULE: ./lib/flow/github.js
    var flow_github = __webpack_require__(341);
  // EXTERNAL MODULE: ./lib/flow/github-task.js
    var github_task = __webpack_require__(9763);
  // CONCATENATED MODULE: ./lib/flow/pull-request-comment.js
  const commentTask = {
   what: "The comment on the pull request",
   permission: "pull-requests: write"
  };
  const createCommentTask = (step, request, id) => {
   let knownId = id;
   const write = async (patience, body) => {
    if (knownId !== undefined && await updateComment(step, patience, knownId, body)) return;
    const pullRequest = await findPullRequest(step, patience);
    if (pullRequest === undefined) return;
    const place = {
     pullRequest,
     marker: (0, comment.gJ)(request),
     mayCreate: true
    };
    knownId = await placeComment(step, patience, place, body);
    step.journal.saveOpenWork({
     comment: knownId === undefined ? {} : {
      id: knownId
     }
    });
   };
   return {
    ...commentTask,
    field: "comment",
    begin: patience => write(patience, (0, comment._U)(request, step.origin)),
    end: async (patience, report) => {
     const body = (0, comment.jw)(report);
     if (body !== undefined) await write(patience, body);
    }
   };
  };
  const findPullRequest = async (step, patience) => {
   const {pullRequest, sha} = step.origin;
   if (pullRequest) return pullRequest.number;
   const find = () => (0, flow_github.X3)(step, patience, (github, limits) => github.findOpenPullRequest(sha, limits));
   const number = sha === "" ? undefined : await find();
   if (number === undefined) step.runner.info(`No open pull request holds ${sha.slice(0, 7)}: there is none to comment on`);
   return number;
  };
  const updateComment = (step, patience, id, body) => (0, flow_github.X3)(step, patience, (github, limits) => ignoreGone(github.updateComment(id, body, limits)));
  const placeComment = (step, patience, place, body) => {
   let ownUserId;
   return (0, flow_github.X3)(step, patience, async (github, limits) => {
    ownUserId ??= await github.getOwnUserId(limits);
    const userId = ownUserId;
    const list = async () => listOwnComments(await github.listComments(place.pullRequest, limits), userId, place.marker);
    const write = async () => {
     const ours = await list();
     if (ours.length === 0 && !place.mayCreate) return undefined;
     const written = ours.length === 0 ? await github.createComment(place.pullRequest, body, limits) : undefined;
     const [oldest, ...others] = written ? addTo(await list(), written) : ours;
     if (oldest && oldest !== written) await github.updateComment(oldest.id, body, limits);
     await deleteAll(step, github, limits, others);
     return oldest?.id;
    };
    return write().catch(error => {
     if ((0, flow_github.ST)(error)) return write();
     throw error;
    });
   });
  };
  const addTo = (comments, written) => [ ...comments.filter(({id}) => id !== written.id), written ].toSorted((one, other) => one.id - other.id);
  const deleteAll = async (step, github, limits, comments) => {
   try {
    for (const {id} of comments) await ignoreGone(github.deleteComment(id, limits));
   } catch (error) {
    if (!(error instanceof failure.e) || (0, github_problem.G7)(error.details) === "again") throw error;
    (0, github_task.R8)(step, {
     ...commentTask,
     what: "A second comment of ours on the pull request"
    }, error);
   }
  };
  const ignoreGone = async work => {
   try {
    await work;
    return true;
   } catch (error) {
    if ((0, flow_github.ST)(error)) return false;
    throw error;
   }
  };
 }
};
