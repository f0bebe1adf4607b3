export const id = 276;

export const ids = [ 276, 263 ];

export const modules = {
 3033: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   AW: () => toPullRequestStates,
   Lr: () => toId,
   T5: () => toComment,
   Wg: () => listFitting,
   aC: () => formatGitHubDetail,
   h1: () => findComment,
   jy: () => toViewerId,
   lY: () => listOwnComments,
   pO: () => toOpenNumber,
   q7: () => toListedDeployment,
   rE: () => findGraphqlFailure,
   vR: () => toDeploymentStates,
   wc: () => toPullRequestHead
  });
  var _network_retry_policy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1331);
  var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7981);
  const expectNumber = (value, what) => {
   const number = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b9)(value);
   if (number === undefined) throw new _text_json_js__WEBPACK_IMPORTED_MODULE_1__.h5(`${what} was expected`);
   return number;
  };
  const toId = value => expectNumber((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value)["id"], "an id");
  const toViewerId = data => expectNumber((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data)["viewer"])["databaseId"], "a user\u2019s id");
  const findComment = value => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b9)((0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value)["id"]) === undefined ? undefined : toComment(value);
  const toComment = value => {
   const {user, body} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value);
   return {
    id: toId(value),
    user: {
     id: Number((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(user)["id"]) || 0
    },
    body: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(body)
   };
  };
  const toOpenNumber = value => {
   const {state, number} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value);
   return state === "open" ? expectNumber(number, "a number") : undefined;
  };
  const toPullRequestHead = value => {
   const {sha, repo} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value)["head"]);
   if ((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(sha) === "") throw new _text_json_js__WEBPACK_IMPORTED_MODULE_1__.h5("a pull request\u2019s head was expected");
   return {
    sha: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(sha),
    repository: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(repo)["full_name"])
   };
  };
  const listFitting = (value, toItem) => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.sn)(value).map(toItem).filter(item => item !== undefined);
  const toListedDeployment = value => {
   const {id, node_id, payload} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value);
   const known = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b9)(id);
   if (known === undefined || (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(node_id) === "") return undefined;
   return {
    id: known,
    nodeId: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(node_id),
    payload: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(payload) || JSON.stringify(payload ?? "")
   };
  };
  const toDeploymentStates = (data, count) => {
   const nodes = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.sn)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data)["nodes"], "a list of GitHub Deployments");
   if (nodes.length !== count) throw new _text_json_js__WEBPACK_IMPORTED_MODULE_1__.h5(`${count} GitHub Deployments were expected`);
   return nodes.map(node => node === null ? undefined : (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(node)["latestStatus"])["state"]).toLowerCase());
  };
  const toPullRequestStates = (data, numbers) => {
   const {repository} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data);
   if (typeof repository !== "object" || repository === null) throw new _text_json_js__WEBPACK_IMPORTED_MODULE_1__.h5("a repository was expected");
   const states = new Map;
   for (const number of numbers) {
    const found = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(repository)[`p${number}`];
    if (found === undefined) throw new _text_json_js__WEBPACK_IMPORTED_MODULE_1__.h5(`the state of #${number} is missing`);
    if (found !== null) states.set(number, toState((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(found)["state"]));
   }
   return states;
  };
  const toState = value => {
   if (value === "OPEN" || value === "CLOSED" || value === "MERGED") return value;
   throw new _text_json_js__WEBPACK_IMPORTED_MODULE_1__.h5("the state of a pull request was expected");
  };
  const formatGitHubDetail = body => {
   const {message, errors} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(body);
   const more = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.c3)(errors).map(error => (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(error)["message"]) || (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(error));
   const shown = more.filter(Boolean).join(", ");
   return `${(0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(message)}${shown && ` (${shown})`}`;
  };
  const listOwnComments = (comments, ownUserId, marker) => comments.filter(({user, body}) => user.id === ownUserId && getFirstLine(body).includes(marker)).toSorted((one, other) => one.id - other.id);
  const getFirstLine = text => text.split(/\r?\n/, 1)[0] ?? "";
  const statusesByType = {
   FORBIDDEN: 403,
   INSUFFICIENT_SCOPES: 403,
   INTERNAL: 500,
   NOT_FOUND: 404,
   RATE_LIMITED: 429,
   SERVICE_UNAVAILABLE: 503
  };
  const findGraphqlFailure = (body, headers, nowMs) => {
   const {data, errors, message} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(body);
   const isAnswered = Object.values((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data)).some(value => value !== null);
   const listed = Array.isArray(errors) ? errors.map(_text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf) : data === undefined && message ? [ {
    message
   } ] : [];
   const error = listed.find(({type}) => type !== "NOT_FOUND" || !isAnswered);
   if (!error) return undefined;
   const detail = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(error["message"]);
   const status = determineStatus((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(error["type"]), detail);
   const retryAfterMs = status === 429 ? (0, _network_retry_policy_js__WEBPACK_IMPORTED_MODULE_0__.LX)({
    status,
    detail,
    headers,
    nowMs
   }) : undefined;
   return {
    status,
    detail,
    ...retryAfterMs !== undefined && {
     retryAfterMs
    }
   };
  };
  const determineStatus = (type, detail) => {
   if ((0, _network_retry_policy_js__WEBPACK_IMPORTED_MODULE_0__.nQ)(detail)) return 429;
   if (/^Something went wrong/.test(detail)) return 502;
   return statusesByType[type] ?? 200;
  };
 },
 7263: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   _: () => findPullRequest,
   checkPullRequest: () => checkPullRequest
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3424);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7812);
  var _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6458);
  var _github_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9663);
  const findPullRequest = async (context, session) => {
   const {pullRequest, sha} = context.workflow;
   if (pullRequest) return pullRequest.number;
   const find = () => session.ask((github, limits) => github.findOpenPullRequest(sha, limits));
   const number = sha === "" ? undefined : await find();
   if (number === undefined) context.runner.info(sha === "" ? "The event names neither a commit nor a pull request: no comment was written" : `No open pull request contains the commit ${sha.slice(0, 7)}: no comment was written`);
   return number;
  };
  const checkPullRequest = async (context, number) => {
   context.log({
    kind: "checking_pull_request",
    number,
    repository: context.workflow.repository
   });
   const head = await (0, _github_request_js__WEBPACK_IMPORTED_MODULE_2__.fQ)(context, (0, 
   _github_request_js__WEBPACK_IMPORTED_MODULE_2__.mL)(context), session => session.ask((github, limits) => github.getPullRequestHead(number, limits))).catch(error => {
    if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI)) throw error;
    const failure = (0, _github_request_js__WEBPACK_IMPORTED_MODULE_2__.Fl)(error, "pull-requests: read");
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_1__.o("error", {
     kind: "pull_request_unreadable",
     number,
     failure
    }, {
     cause: error
    });
   });
   if (!(0, _core_run_workflow_context_js__WEBPACK_IMPORTED_MODULE_3__.ZN)(context.workflow, head)) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_1__.o("error", {
    kind: "others_pull_request",
    number
   });
  };
 },
 1276: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   y: () => createDeletionReporter,
   createDeploymentReporter: () => createDeploymentReporter
  });
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/inputs/request.js
    var inputs_request = __webpack_require__(2240);
  // EXTERNAL MODULE: ./lib/core/run/links.js
    var links = __webpack_require__(5828);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // EXTERNAL MODULE: ./lib/core/text/writer.js
    var text_writer = __webpack_require__(9620);
  // EXTERNAL MODULE: ./lib/core/report/changes.js
    var changes = __webpack_require__(615);
  // EXTERNAL MODULE: ./lib/core/report/deployment-facts.js
    var deployment_facts = __webpack_require__(2961);
  // EXTERNAL MODULE: ./lib/core/report/errors.js
    var report_errors = __webpack_require__(283);
  // EXTERNAL MODULE: ./lib/core/report/headline.js
    var headline = __webpack_require__(8316);
  // EXTERNAL MODULE: ./lib/core/report/health.js
    var health = __webpack_require__(9338);
  // EXTERNAL MODULE: ./lib/core/report/health-section.js
    var health_section = __webpack_require__(4624);
  // EXTERNAL MODULE: ./lib/core/report/image-changes.js
    var image_changes = __webpack_require__(7387);
  // EXTERNAL MODULE: ./lib/core/report/pipeline-problems.js
    var pipeline_problems = __webpack_require__(3975);
  // EXTERNAL MODULE: ./lib/core/report/problem-text.js
    var problem_text = __webpack_require__(2533);
  // EXTERNAL MODULE: ./lib/core/report/remarks.js
    var remarks = __webpack_require__(3819);
  // CONCATENATED MODULE: ./lib/core/report/comment.js
  const maxCommentUnits = 6e4;
  const maxErrors = 5;
  const markerNames = {
   deployment: "humanitec-deploy",
   plan: "humanitec-deploy-plan"
  };
  const formatMarker = ({org, app, env}, kind = "deployment") => `\x3c!-- ${markerNames[kind]}:${org}/${app}/${env} --\x3e`;
  const determineCommentKind = request => (0, inputs_request.q5)(request) ? "plan" : "deployment";
  const formatDeployingComment = (request, from, state = {
   approvals: []
  }) => joinComment(request, [ joinLine(`**${formatProgress(request, from.writer).going}**`, formatCommit(from), formatLogLink(from)), formatWaiting(request, from.writer, state) ]);
  const formatWaiting = (request, writer, {approvals, pipelineRun}) => approvals.length === 0 ? "" : joinLine(`\u23f8\ufe0f Waiting for an approval: ${writer.markdown((0, 
  pipeline_problems.q7)(approvals), 1e3)}`, pipelineRun ? writer.link("Pipeline run", (0, 
  links._x)(request, pipelineRun)) : "");
  const formatDeletedComment = (place, writer) => joinComment(place, [ `The ${writer.markdown(place.app)} preview was deleted.` ]);
  const formatComment = report => {
   const {request} = report.state;
   if (!request) return undefined;
   switch (report.result.outcome) {
   case "deleted":
    return formatDeletedComment(request, report.writer);

   case "succeeded":
    return joinComment(request, formatReady(request, report));

   case "planned":
    return joinComment(request, formatPlanned(request, report), "plan");

   default:
    return joinComment(request, formatOtherEnd(report), determineCommentKind(request));
   }
  };
  const formatReady = (request, report) => {
   const {state} = report;
   const durationMs = state.deployment && (0, deployments.wq)(state.deployment);
   const took = durationMs === undefined ? "" : `in ${(0, words.a3)(durationMs)}`;
   const deployed = (0, words.nn)(" ", "Deployed", formatCommit(report), took);
   return [ joinLine(`${(0, headline.Yx)(report)} **${formatProgress(request, report.writer).done}${report.writer.markdown((0, 
   health.V5)(report))}**`, (0, deployment_facts._M)(report)), ...(0, health_section.Gx)(report), joinLine(deployed, formatLogLink(report), formatHumanitecLink(report)), formatImages(report), (0, 
   remarks.B)(report) ];
  };
  const formatPlanned = (request, report) => {
   const {state, writer} = report;
   const [app, env] = [ writer.markdown(request.app), writer.markdown(request.env) ];
   const what = state.changes.length === 0 ? `would not change ${app} in ${env}` : `would change ${app} in ${env}`;
   const table = (0, changes.dg)(report, "comment");
   return [ `${headline.Zg.planned} **Deploying this ${what}**`, (0, changes.W5)(state.changes, writer), table && (0, 
   text_writer.nH)("All changes", table), joinLine(state.comparison ? (0, changes.Tc)(report, state.comparison) : "", formatLogLink(report)), (0, 
   remarks.B)(report) ];
  };
  const formatImages = ({state: {changes, images = []}, writer}) => (0, image_changes.Uh)(changes, writer) || (0, 
  image_changes.mL)(images, writer);
  const formatOtherEnd = report => {
   const {result, state, writer} = report;
   const isFailed = result.outcome === "failed";
   const errors = isFailed ? (0, report_errors.Gr)(report) : [];
   const more = errors.length - maxErrors;
   return [ `${(0, headline.Yx)(report)} **${isFailed && isPreview(state.request) ? formatPreviewFailed(report) : writer.markdown((0, 
   headline.QG)(report))}**`, joinLine(isFailed ? (0, deployment_facts.XO)(state) : "", (0, 
   deployment_facts.jC)(report), formatLogLink(report)), ...(0, problem_text.rQ)(report), ...(0, 
   health_section.Gx)(report), (0, deployment_facts.iP)(report), (0, report_errors.nK)(errors, maxErrors, writer), more > 0 ? joinLine(`\u2026 and ${(0, 
   words.B4)(more, "more error")}`, formatLogLink(report)) : "", state.deployment ? formatImages(report) : "", isFailed ? isPreview(state.request) ? formatEarlierState(report) : (0, 
   deployment_facts.J7)(report) : "", (0, remarks.B)(report) ];
  };
  const isPreview = request => request?.operation === "deploy" && request.createFrom !== undefined;
  const formatPreviewFailed = report => {
   const {state, writer} = report;
   const errors = (0, report_errors.Gr)(report);
   return `${writer.markdown(state.request?.app ?? "")} preview failed${errors.length > 0 ? `: ${writer.markdown((0, 
   report_errors.h3)(errors))}` : ""}`;
  };
  const formatEarlierState = report => {
   const {state, nowMs, writer} = report;
   const {request, environmentCreated} = state;
   const good = (0, deployments.L_)(state);
   if (!request || !good) return environmentCreated ? "Nothing was deployed there before." : "";
   const link = writer.link(`\`${writer.shortId(good.id)}\``, (0, links.Or)(request, good.id));
   const age = (0, words.nV)(good.created_at, nowMs);
   const urls = (0, deployment_facts._M)(report);
   return `The latest successful deployment may still be running there: ${link}${age && `, deployed ${age}`}${urls && ` \xb7 ${urls}`}`;
  };
  const formatProgress = (request, writer) => {
   const [app, env] = [ writer.markdown(request.app), writer.markdown(request.env) ];
   return isPreview(request) ? {
    going: `${app} preview is being deployed`,
    done: `${app} preview is ready`
   } : {
    going: `${app} is being deployed to ${env}`,
    done: `${app} is deployed to ${env}`
   };
  };
  const formatCommit = report => {
   const link = (0, deployment_facts.hZ)(report);
   return link && `commit ${link}`;
  };
  const formatLogLink = ({workflow: {runUrl}, writer}) => runUrl === "" ? "" : writer.link("log", runUrl);
  const formatHumanitecLink = ({state: {request, deployment}, writer}) => request && deployment ? writer.link("Humanitec", (0, 
  links.Or)(request, deployment.id)) : "";
  const joinLine = (...parts) => (0, words.nn)(" \xb7 ", ...parts);
  const joinComment = (place, blocks, kind) => {
   let comment = `${formatMarker(place, kind)}\n`;
   for (const block of blocks.filter(Boolean)) {
    if (comment.length + block.length > maxCommentUnits - 10) return `${comment}\n\u2026\n`;
    comment += `\n${block}\n`;
   }
   return comment;
  };
  // CONCATENATED MODULE: ./lib/core/report/github-deployment.js
  const maxDescription = 140;
  const formatGitHubEnvironment = ({app, env}) => `${app}/${env}`;
  const formatPayload = ({runUrl, attempt}) => ({
   run: `${runUrl}/attempts/${attempt}`
  });
  const unfinished = [ "", "queued", "pending", "in_progress" ];
  const findOwnUnfinished = (deployments, workflow) => deployments.find(({state, payload}) => unfinished.includes(state) && hasPayload(payload, formatPayload(workflow).run));
  const hasPayload = (payload, run) => payload.split(/[\\"]+/).some(part => part === run);
  const formatGoingStatus = ({approvals}, {workflow, writer}) => ({
   state: approvals.length > 0 ? "queued" : "in_progress",
   description: writer.line((0, pipeline_problems.$$)({
    approvals
   }).trim(), maxDescription),
   log_url: workflow.runUrl
  });
  const states = {
   succeeded: "success",
   failed: "failure",
   unhealthy: "failure"
  };
  const formatFinalStatus = report => {
   const {result, state: run, workflow} = report;
   const state = states[result.outcome] ?? "error";
   const [environment_url] = state === "success" ? run.environmentUrls : [];
   return {
    state,
    description: report.writer.line((0, headline.QG)(report), maxDescription),
    log_url: workflow.runUrl,
    ...environment_url !== undefined && {
     environment_url
    }
   };
  };
  const listSuperseded = (deployments, ownId) => {
   const hasNewerFinished = deployments.some(({id, state}) => id > ownId && (state === "success" || state === "failure"));
   return listActiveIds(deployments.filter(({id}) => id < ownId || id === ownId && hasNewerFinished));
  };
  const listActiveIds = deployments => {
   const ids = deployments.filter(({state}) => state !== "inactive").map(({id}) => id);
   const newest = Math.max(...ids);
   return ids.toSorted((one, other) => one === newest ? -1 : other === newest ? 1 : one - other);
  };
  // EXTERNAL MODULE: ./lib/core/responses/github.js
    var responses_github = __webpack_require__(3033);
  // EXTERNAL MODULE: ./lib/operations/github-pull-request.js
    var github_pull_request = __webpack_require__(7263);
  // EXTERNAL MODULE: ./lib/operations/github-request.js
    var github_request = __webpack_require__(9663);
  // CONCATENATED MODULE: ./lib/operations/github-comment.js
  const commentTarget = {
   what: "The comment on the pull request could not be written",
   permission: "pull-requests: write"
  };
  const createCommentTarget = (context, request, id) => {
   let knownId = id;
   const write = async (session, body) => {
    if (knownId !== undefined && await updateComment(session, knownId, body)) return;
    const pullRequest = await (0, github_pull_request._)(context, session);
    if (pullRequest === undefined) return;
    const marker = formatMarker(request, determineCommentKind(request));
    knownId = await placeComment(context, session, {
     pullRequest,
     marker,
     mayCreate: true,
     body
    });
    context.store.saveCheckpoint({
     comment: knownId === undefined ? {} : {
      id: knownId
     }
    });
   };
   return {
    ...commentTarget,
    field: "comment",
    begin: async session => {
     if (determineCommentKind(request) === "deployment") await write(session, formatDeployingComment(request, context));
    },
    update: (session, state) => write(session, formatDeployingComment(request, context, state)),
    end: async (session, report) => {
     const body = formatComment(report);
     if (body !== undefined) await write(session, body);
    }
   };
  };
  const updateComment = (session, id, body) => session.ask((github, limits) => ignoreGone(github.updateComment(id, body, limits)));
  const placeComment = (context, session, {body, ...place}) => {
   let ownUserId;
   return session.ask(async (github, limits) => {
    ownUserId ??= await github.getOwnUserId(limits);
    const userId = ownUserId;
    const list = async () => (0, responses_github.lY)(await github.listComments(place.pullRequest, limits), userId, place.marker);
    const write = async () => {
     const ours = await list();
     if (ours.length === 0 && !place.mayCreate) return undefined;
     const written = ours.length === 0 ? await github.createComment(place.pullRequest, body, limits) : undefined;
     const [oldest, ...others] = written ? addTo(await list(), written) : ours;
     if (oldest && oldest !== written) await github.updateComment(oldest.id, body, limits);
     await deleteDuplicates(context, others, ({id}) => ignoreGone(github.deleteComment(id, limits)));
     return oldest?.id;
    };
    return write().catch(error => {
     if ((0, github_request.ST)(error)) return write();
     throw error;
    });
   });
  };
  const addTo = (comments, written) => [ ...comments.filter(({id}) => id !== written.id), written ].toSorted((one, other) => one.id - other.id);
  const deleteDuplicates = async (context, comments, remove) => {
   try {
    for (const comment of comments) await remove(comment);
   } catch (error) {
    if (!(error instanceof request_error.GI) || (0, retry_policy.G7)(error.details) === "again") throw error;
    (0, github_request.R8)(context, {
     ...commentTarget,
     what: "A duplicate of the action\u2019s comment on the pull request could not be deleted"
    }, error);
   }
  };
  const ignoreGone = async work => {
   try {
    await work;
    return true;
   } catch (error) {
    if ((0, github_request.ST)(error)) return false;
    throw error;
   }
  };
  // CONCATENATED MODULE: ./lib/operations/github-deployment.js
  const deploymentTarget = {
   what: "The GitHub Deployment could not be created or updated",
   permission: "deployments: write"
  };
  const createDeploymentTarget = (context, request, id) => {
   const environment = formatGitHubEnvironment(request);
   const {runUrl} = context.workflow;
   let knownId = id;
   const getId = async (session, mayBeThere) => {
    knownId ??= await session.ask(createDeployment(context, request, mayBeThere));
    context.store.saveCheckpoint({
     githubDeployment: {
      id: knownId
     }
    });
    return knownId;
   };
   return {
    ...deploymentTarget,
    ...isHeadUnknown(context) && {
     permission: `${deploymentTarget.permission}, pull-requests: read`
    },
    field: "githubDeployment",
    begin: async session => {
     const ownId = await getId(session, false);
     await setStatus(session, ownId, formatGoingStatus({
      approvals: []
     }, context));
    },
    update: async (session, state) => {
     const ownId = await getId(session, true);
     await setStatus(session, ownId, formatGoingStatus(state, context));
    },
    end: async (session, report) => {
     const ownId = await getId(session, true);
     await setStatus(session, ownId, formatFinalStatus(report));
     if (!report.state.deployment) return;
     await deactivate(session, {
      environment,
      runUrl
     }, deployments => listSuperseded(deployments, ownId));
    }
   };
  };
  const isHeadUnknown = ({workflow}) => workflow.sha === "" && workflow.pullRequest !== undefined;
  const createDeployment = ({workflow}, request, mayBeThere) => {
   const environment = formatGitHubEnvironment(request);
   const body = {
    environment,
    transient_environment: request.operation === "deploy" && request.createFrom !== undefined,
    payload: formatPayload(workflow)
   };
   return async (github, limits, attempt) => {
    const known = mayBeThere || attempt > 1 ? await github.listDeployments(environment, limits) : [];
    const own = findOwnUnfinished(known, workflow);
    return own?.id ?? github.createDeployment({
     ...body,
     ref: await getRef(workflow, github, limits)
    }, limits);
   };
  };
  const getRef = async ({sha, pullRequest}, github, limits) => sha === "" && pullRequest ? (await github.getPullRequestHead(pullRequest.number, limits)).sha : sha;
  const setStatus = (session, id, body) => session.ask((github, limits) => github.createDeploymentStatus(id, body, limits));
  const deactivate = async (session, {environment, runUrl}, choose) => {
   const deployments = await session.ask((github, limits) => github.listDeployments(environment, limits));
   const status = {
    state: "inactive",
    description: "",
    log_url: runUrl
   };
   for (const id of choose(deployments)) {
    await setStatus(session, id, status).catch(error => {
     if (!(0, github_request.ST)(error)) throw error;
    });
   }
  };
  const deactivateAll = (session, retired) => deactivate(session, retired, listActiveIds);
  // CONCATENATED MODULE: ./lib/operations/github-reporter.js
  const createDeploymentReporter = (context, request, open = {
   report: true
  }) => {
   const isOpen = field => open.report || open[field] !== undefined;
   const waits = request.operation === "wait" || request.wait && !request.dryRun;
   const tasks = [ ...request.prComment && isOpen("comment") ? [ createCommentTarget(context, request, open.comment?.id) ] : [], ...request.githubDeployment && waits && isOpen("githubDeployment") ? [ createDeploymentTarget(context, request, open.githubDeployment?.id) ] : [] ];
   return tasks.length === 0 ? undefined : createReporterOf(context, tasks);
  };
  const maxSavedDeletions = 100;
  const createDeletionReporter = (context, request) => {
   const parts = [ ...request.prComment ? [ createCommentPart(context, request) ] : [], ...request.githubDeployment ? [ createDeploymentPart(context, request) ] : [] ];
   const silent = new Set;
   const report = async (part, env, pullRequest) => {
    if (silent.has(part) || context.cancel.aborted) return;
    try {
     await (0, github_request.fQ)(context, (0, github_request.mL)(context), session => part.report(session, env, pullRequest));
    } catch (error) {
     if (context.cancel.aborted || silent.has(part)) return;
     silent.add(part);
     (0, github_request.R8)(context, {
      ...part,
      what: `${part.what} of ${env}`
     }, error);
    }
   };
   const expected = new Map;
   const save = () => {
    const deletions = [ ...expected ].slice(-maxSavedDeletions).map(([env, number]) => ({
     env,
     ...number !== undefined && {
      pullRequest: number
     }
    }));
    const more = expected.size - deletions.length;
    context.store.saveCheckpoint({
     deletions: deletions.length > 0 ? deletions : undefined,
     moreDeletions: more > 0 ? more : undefined
    });
   };
   return {
    expect: (env, pullRequest, progress) => {
     if (progress === "none") expected.delete(env); else expected.set(env, pullRequest);
     save();
    },
    report: async (env, pullRequest) => {
     await Promise.all(parts.map(part => report(part, env, pullRequest)));
     if (context.cancel.aborted || !expected.delete(env)) return;
     save();
    }
   };
  };
  const createCommentPart = (context, request) => ({
   ...commentTarget,
   report: async (session, env, named) => {
    const place = {
     ...request,
     env
    };
    const pullRequest = named ?? await (0, github_pull_request._)(context, session);
    if (pullRequest === undefined) return;
    const marker = formatMarker(place);
    const body = formatDeletedComment(place, context.writer);
    await placeComment(context, session, {
     pullRequest,
     marker,
     mayCreate: false,
     body
    });
   }
  });
  const createDeploymentPart = ({workflow}, request) => ({
   ...deploymentTarget,
   report: (session, env) => deactivateAll(session, {
    environment: formatGitHubEnvironment({
     ...request,
     env
    }),
    runUrl: workflow.runUrl
   })
  });
  const beginLimitMs = 3e4;
  const createReporterOf = (context, tasks) => {
   const running = tasks.map(task => runTarget(context, task));
   return {
    begin: () => {
     for (const {begin} of running) begin();
    },
    follow: state => {
     for (const {follow} of running) follow(state);
    },
    end: async report => {
     await Promise.all(running.map(({end}) => end(report)));
    }
   };
  };
  const runTarget = (context, task) => {
   let session;
   let begun = Promise.resolve(undefined);
   let [shown, isEnding] = [ "", false ];
   const update = async (failure, state) => {
    if (failure !== undefined || isEnding || context.cancel.aborted) return failure;
    session = (0, github_request.fA)(context, beginLimitMs);
    await task.update(session, state).catch(error => context.runner.debug(`${task.what} does not show an approval: ${error}`)).finally(session.close);
    return undefined;
   };
   const close = () => context.store.saveCheckpoint({
    [task.field]: undefined
   });
   return {
    begin: () => {
     session = (0, github_request.fA)(context, beginLimitMs);
     context.store.saveCheckpoint({
      [task.field]: {}
     });
     begun = task.begin(session).catch(error => error).finally(session.close);
    },
    follow: state => {
     const waiting = state.approvals.map(({id}) => id).join();
     if (waiting === shown || isEnding) return;
     shown = waiting;
     begun = begun.then(failure => update(failure, state));
    },
    end: async report => {
     isEnding = true;
     const limitMs = (0, github_request.mL)(context);
     const endMs = context.clock.now() + limitMs;
     session?.shorten(limitMs / 2);
     const failure = await begun;
     if (context.cancel.aborted) return;
     const outcome = isRefused(failure) ? failure : await (0, github_request.fQ)(context, endMs - context.clock.now(), last => task.end(last, report)).catch(error => error);
     if (context.cancel.aborted) return;
     if (outcome !== undefined) (0, github_request.R8)(context, task, outcome);
     close();
    }
   };
  };
  const isRefused = failure => failure !== undefined && !(failure instanceof request_error.GI && (0, 
  retry_policy.G7)(failure.details) === "again");
 },
 9663: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Fl: () => toGitHubFailure,
   R8: () => warn,
   ST: () => isGone,
   fA: () => openSession,
   fQ: () => withSession,
   mL: () => determineEndLimitMs
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1331);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7812);
  const requestLimitMs = 1e4;
  const openSession = (context, ms) => {
   const {clock, cancel} = context;
   const over = new AbortController;
   const lastTry = new AbortController;
   const done = new AbortController;
   const cutAfter = limitMs => {
    clock.sleep(limitMs, done.signal).then(() => over.abort(createOverdueError(ms)), () => undefined);
   };
   cutAfter(ms);
   const limit = {
    endMs: clock.now() + ms,
    signal: AbortSignal.any([ cancel, over.signal ]),
    lastTry: lastTry.signal
   };
   return {
    ask: call => askGitHub(context, limit, call),
    shorten: limitMs => {
     lastTry.abort(new Error("nothing more is tried"));
     cutAfter(limitMs);
    },
    close: () => done.abort(new Error("the session is over"))
   };
  };
  const createOverdueError = ms => new _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI({
   kind: "lost",
   request: "GitHub",
   reach: {
    host: "GitHub",
    setting: "GITHUB_API_URL",
    extraCaFile: ""
   },
   code: "TIMEOUT",
   detail: `not all requests were answered within ${Math.round(ms / 1e3)} s`
  });
  const withSession = async (context, ms, work) => {
   const session = openSession(context, ms);
   try {
    return await work(session);
   } finally {
    session.close();
   }
  };
  const askGitHub = async (context, limit, call) => {
   const github = await context.connectGitHub();
   let last;
   for (let attempt = 1; ;attempt++) {
    throwIfSessionOver(limit, last);
    await waitForRateLimit(context, limit);
    try {
     return await call(github, {
      timeoutMs: requestLimitMs,
      signal: limit.signal
     }, attempt);
    } catch (error) {
     if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) noteGitHubRateLimit(context, error);
     throwIfSessionOver(limit, last);
     if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) || (0, 
     _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.G7)(error.details) === "stop") throw error;
     last = error;
     await pauseBeforeTry(context, limit, {
      error,
      delayMs: (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.Jb)(attempt, context.random())
     });
    }
   }
  };
  const noteGitHubRateLimit = ({gitHubRateLimit, clock}, error) => {
   const untilMs = clock.now() + (error.details.retryAfterMs ?? 0);
   if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details) && untilMs > gitHubRateLimit.untilMs) Object.assign(gitHubRateLimit, {
    error,
    untilMs
   });
  };
  const waitForRateLimit = async ({gitHubRateLimit, clock}, limit) => {
   for (;;) {
    const {error, untilMs} = gitHubRateLimit;
    const delayMs = untilMs - clock.now();
    if (!error || delayMs <= 0) return;
    if (untilMs >= limit.endMs || limit.lastTry.aborted) throw error;
    await sleepUnlessHurried(clock, limit, {
     error,
     delayMs
    });
   }
  };
  const throwIfSessionOver = ({signal}, last) => {
   if (signal.aborted) throw signal.reason instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI ? last ?? signal.reason : signal.reason;
  };
  const pauseBeforeTry = async ({clock, runner}, limit, {error, delayMs}) => {
   const wholeMs = Math.max(delayMs, error.details.retryAfterMs ?? 0);
   if (limit.lastTry.aborted || clock.now() + wholeMs >= limit.endMs) throw error;
   runner.debug(`GitHub: ${error.message}; again in ${Math.round(wholeMs)} ms`);
   await sleepUnlessHurried(clock, limit, {
    error,
    delayMs: wholeMs
   });
  };
  const sleepUnlessHurried = async (clock, limit, {error, delayMs}) => {
   try {
    await clock.sleep(delayMs, AbortSignal.any([ limit.signal, limit.lastTry ]));
   } catch {
    throwIfSessionOver(limit, error);
    throw error;
   }
  };
  const toGitHubFailure = (error, permission) => {
   if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) return {
    kind: "request",
    error: error.details,
    permission
   };
   if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.o && error.result.reason.kind === "no_connection") return error.result.reason;
   return {
    kind: "internal_error",
    message: error instanceof Error ? error.message : String(error)
   };
  };
  const isGone = error => error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (error.details.status === 404 || error.details.status === 410);
  const maxEndMs = 3e4;
  const minEndMs = 5e3;
  const deadlineToleranceMs = 15e3;
  const determineEndLimitMs = ({deadlineMs, clock}) => Math.max(minEndMs, Math.min(maxEndMs, deadlineMs + deadlineToleranceMs - clock.now()));
  const warn = (context, {what, permission}, error) => {
   const isLimited = error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && (0, 
   _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.a5)(error.details);
   if (isLimited && context.gitHubRateLimit.isReported) return;
   if (isLimited) context.gitHubRateLimit.isReported = true;
   const failure = toGitHubFailure(error, permission);
   context.log({
    kind: "github_not_updated",
    ...!isLimited && {
     what
    },
    failure
   });
  };
 }
};
