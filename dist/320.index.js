export const id = 320;

export const ids = [ 320 ];

export const modules = {
 2961: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   CY: () => formatGivenComment,
   J7: () => formatRollbackHint,
   Tp: () => formatDeploymentLink,
   UV: () => noErrorRemedy,
   Vi: () => formatRollbackHintLine,
   XO: () => formatFailedAfter,
   _M: () => formatUrls,
   hZ: () => formatCommitLink,
   iP: () => formatFollowUp,
   j2: () => formatSource,
   jC: () => formatFactsLine
  });
  var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _environments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(641);
  var _run_links_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5828);
  var _run_workflow_context_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6458);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8602);
  var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(283);
  const formatFactsLine = report => {
   const {state, result, writer} = report;
   if (!state.request) return "";
   if (state.request.operation === "delete") return formatDeletionFacts(report, state.request);
   const link = result.outcome === "unknown" ? formatEnvironmentLink(state.request, writer) : formatDeploymentLink(report);
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" \xb7 ", link, formatChange(report), formatAuthor(report), formatNew(report));
  };
  const formatEnvironmentLink = (request, writer) => writer.link(`Deployments of ${request.env}`, (0, 
  _run_links_js__WEBPACK_IMPORTED_MODULE_4__.FC)(request));
  const formatNew = ({state: {request, environmentCreated}, writer}) => {
   const from = request?.operation === "deploy" && request.createFrom;
   return environmentCreated ? `a new environment${from ? ` from ${writer.markdown(from)}` : ""}` : "";
  };
  const formatDeploymentLink = ({state: {request, deployment}, writer}) => {
   if (!request || !deployment) return "";
   return writer.link(`Deployment ${writer.shortId(deployment.id)}`, (0, _run_links_js__WEBPACK_IMPORTED_MODULE_4__.Or)(request, deployment.id));
  };
  const formatChange = ({state: {request, deployment, deltaId, base}, writer}) => {
   if (request?.operation !== "deploy" && request?.operation !== "wait") return "";
   const wanted = request.operation === "deploy" ? request : undefined;
   const delta = deployment?.delta_id || deltaId || wanted?.deltaId;
   const baseId = deployment?.from_id || base?.id;
   const state = baseId ? `${writer.code(writer.shortId(baseId))}${formatSource(wanted, writer)}` : "";
   const images = wanted?.images && (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(wanted.images.length, "image");
   const change = delta ? `Delta ${writer.code(writer.shortHash(delta))}` : images;
   if (change) return `${change}${state && ` on ${state}`}`;
   if (wanted?.setId) return `Set ${writer.code(writer.shortHash(wanted.setId))}`;
   return state && `the state of ${state}`;
  };
  const formatSource = (request, writer) => request?.base?.kind === "environment" && request.base.env !== request.env ? ` from ${writer.markdown(request.base.env)}` : "";
  const formatAuthor = report => {
   const {state, workflow, writer} = report;
   if (state.request?.operation === "prune") return "";
   const commit = isStartedElsewhere(report) ? "" : formatCommitLink(report);
   const author = isStartedElsewhere(report) ? state.deployment?.created_by ?? "" : workflow.actor;
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", commit && `commit ${commit}`, author && `by ${writer.markdown((0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_3__.ts)(author), 100)}`);
  };
  const isStartedElsewhere = ({state: {request, followed, deployment}, workflow}) => followed && request?.operation === "wait" && !(0, 
  _run_workflow_context_js__WEBPACK_IMPORTED_MODULE_5__.HX)(deployment?.comment ?? "", workflow.runUrl);
  const formatGivenComment = report => {
   const {request, deployment} = report.state;
   const {writer} = report;
   const given = request?.operation === "deploy" ? request.comment : "";
   const comment = isStartedElsewhere(report) ? deployment?.comment ?? "" : given;
   return comment && `> ${writer.markdown(comment, 300)}`;
  };
  const formatCommitLink = ({workflow, writer}) => workflow.sha && writer.link(`\`${writer.shortHash(workflow.sha)}\``, (0, 
  _run_links_js__WEBPACK_IMPORTED_MODULE_4__.kT)(workflow));
  const formatFailedAfter = ({deployment}) => {
   const durationMs = deployment && (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.wq)(deployment);
   return durationMs === undefined ? "" : `Failed after ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.a3)(durationMs)}`;
  };
  const noErrorRemedy = "Open the deployment in Humanitec, and look at its resources and at the logs of its containers; then re-run the job.";
  const maxUrls = 20;
  const formatUrls = ({state, writer}) => state.environmentUrls.slice(0, maxUrls).map((url, index) => index === 0 ? `**${formatUrl(url, writer)}**` : formatUrl(url, writer)).join(" \xb7 ");
  const formatUrl = (url, writer) => writer.link(url.replace(/^https?:\/\//i, "").replace(/\/$/, ""), url);
  const formatFollowUp = report => {
   const {state, writer} = report;
   const {outcome, problem} = report.result;
   const {deployment} = state;
   if (outcome === "started" && deployment) {
    return `**Next:** a later job can follow it: ${writer.code("operation: wait")}, ${writer.code(`deployment_id: ${deployment.id}`)}`;
   }
   if (outcome !== "failed" || problem || (0, _errors_js__WEBPACK_IMPORTED_MODULE_2__.Gr)(report).length > 0) return "";
   return (0, _errors_js__WEBPACK_IMPORTED_MODULE_2__.Jt)(state) ? `${writer.markdown(`The deployment failed, and ${(0, 
   _errors_js__WEBPACK_IMPORTED_MODULE_2__.MW)(state)}.`, 1500)}\n\n**Next:** open the deployment in Humanitec: the errors are shown there.` : `Humanitec reports no error for it.\n\n**Next:** ${noErrorRemedy}`;
  };
  const formatRollbackHint = ({state, workflow, nowMs, writer}) => {
   const {request} = state;
   const good = (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.L_)(state);
   if (!good || !request) return "";
   const age = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nV)(good.created_at, nowMs);
   const link = writer.link(`\`${writer.shortId(good.id)}\``, (0, _run_links_js__WEBPACK_IMPORTED_MODULE_4__.Or)(request, good.id));
   const guide = writer.link("To go back", (0, _run_links_js__WEBPACK_IMPORTED_MODULE_4__.b8)(workflow));
   return `The latest successful deployment here is ${link}${age && `, ${age}`}. ${guide}, deploy with this${formatReplaced(request, writer.code)}:\n\n` + writer.codeBlock(`from_deploy_id: ${good.id}`, 300);
  };
  const formatRollbackHintLine = ({state, nowMs, writer}) => {
   const {request} = state;
   const good = (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.L_)(state);
   if (!good || !request) return "";
   const named = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(", ", writer.shortId(good.id), (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nV)(good.created_at, nowMs));
   return `To go back to the latest successful deployment here (${named}), ` + `deploy with from_deploy_id: ${good.id}${formatReplaced(request, input => input)}`;
  };
  const formatReplaced = (request, format) => {
   const inputs = listChanges(request).map(input => format(input));
   return inputs.length > 0 ? ` in place of ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.yZ)(inputs, "and")}` : "";
  };
  const listChanges = request => {
   if (request.operation !== "deploy") return [];
   const {deltaId, images, score, setId, base, redeploy} = request;
   return [ deltaId !== undefined && "delta_id", images !== undefined && "images", score !== undefined && "score", score?.overrides !== undefined && "score_overrides", score?.extensions !== undefined && "score_extensions", setId !== undefined && "set_id", base?.kind === "environment" && "from_env", redeploy && "redeploy" ].filter(input => input !== false);
  };
  const formatDeletionFacts = (report, request) => {
   const {result, state, workflow, writer} = report;
   const place = `${request.org} / ${request.app} / ${request.env}`;
   const {type = ""} = state.environment ?? {};
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" \xb7 ", result.outcome === "deleted" ? writer.markdown(place) : writer.link(place, (0, 
   _run_links_js__WEBPACK_IMPORTED_MODULE_4__.FC)(request)), type && `type ${writer.markdown(type, 100)}`, formatOwner(report), workflow.actor && `by ${writer.markdown(workflow.actor, 100)}`);
  };
  const formatOwner = ({state: {environment}, workflow, writer}) => {
   const {repository, pullRequest} = (0, _environments_js__WEBPACK_IMPORTED_MODULE_1__.D2)(environment?.name ?? "") ?? {};
   const isOwn = !environment || (0, _run_workflow_context_js__WEBPACK_IMPORTED_MODULE_5__.ve)(repository ?? "", workflow.repository);
   const number = pullRequest ?? (environment ? undefined : workflow.pullRequest?.number);
   if (isOwn && number !== undefined) return `preview of ${writer.link(`#${number}`, (0, 
   _run_links_js__WEBPACK_IMPORTED_MODULE_4__.xz)(workflow, number))}`;
   return environment && environment.name !== environment.id ? `named ${writer.markdown(environment.name, 200)}` : "";
  };
 },
 8316: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Q2: () => determineHeadline,
   QG: () => formatHeadline,
   Yx: () => findEmoji,
   Zg: () => emoji
  });
  var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _inputs_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2240);
  var _run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7812);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8602);
  var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(283);
  var _health_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9338);
  const emoji = {
   succeeded: "\u2705",
   failed: "\u274c",
   unhealthy: "\u26a0\ufe0f",
   timed_out: "\u231b",
   cancelled: "\u{1f6d1}",
   started: "\u{1f680}",
   planned: "\u{1f4dd}",
   deleted: "\u{1f9f9}",
   pruned: "\u{1f9f9}",
   skipped: "\u23ed\ufe0f",
   unknown: "\u2753",
   error: "\u274c"
  };
  const findEmoji = ({result: {outcome}, state}) => outcome === "succeeded" && (0, 
  _health_js__WEBPACK_IMPORTED_MODULE_4__.VH)(state).length > 0 ? emoji.unhealthy : emoji[outcome];
  const formatHeadline = report => {
   const {what, cause} = determineHeadline(report);
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.nn)(": ", what, cause);
  };
  const determineHeadline = report => {
   const {request} = report.state;
   const headline = request ? headlines[report.result.outcome](request, report) : determineHeadlineWithoutRequest(report);
   return typeof headline === "string" ? {
    what: headline
   } : headline;
  };
  const withCause = (what, {result: {problem}}) => ({
   what,
   ...problem?.cause !== undefined && {
    cause: problem.cause
   }
  });
  const determineHeadlineWithoutRequest = report => {
   const {outcome, problem} = report.result;
   if (problem?.inputErrors?.length) return {
    what: "Nothing was done",
    cause: formatWrongInputs(problem.inputErrors)
   };
   if (outcome === "skipped") return problem?.cause === undefined ? "Skipped: nothing was done" : withCause("Skipped", report);
   return outcome === "cancelled" ? "Cancelled before anything was done" : "Nothing was done";
  };
  const maxNamed = 3;
  const formatWrongInputs = inputErrors => {
   const [first, second] = inputErrors;
   if (first?.isAnyOf && !second) return "no change to deploy was given";
   const names = [ ...new Set(inputErrors.map(({input, isAnyOf}) => isAnyOf ? "the change to deploy" : input)) ];
   const state = inputErrors.every(({got, isSecret}) => !got && !isSecret) ? "empty" : "wrong";
   const others = names.length > maxNamed ? [ (0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.B4)(names.length - 1, "other input") ] : names.slice(1);
   return `${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.yZ)([ ...names.slice(0, 1), ...others ], "and")} ${names.length === 1 ? "is" : "are"} ${state}`;
  };
  const headlines = {
   succeeded: (request, report) => formatSuccess(request, report),
   failed: (request, report) => {
    if (report.result.problem) return formatFailedAround(request, report);
    const errors = (0, _errors_js__WEBPACK_IMPORTED_MODULE_3__.Gr)(report);
    const what = `${request.app} was not ${formatAction(request, report)}`;
    return errors.length === 0 ? what : {
     what,
     cause: (0, _errors_js__WEBPACK_IMPORTED_MODULE_3__.h3)(errors)
    };
   },
   unhealthy: (request, report) => `${request.app} was ${formatAction(request, report)}${formatTook(report.state)}${(0, 
   _health_js__WEBPACK_IMPORTED_MODULE_4__.bo)(report)}`,
   planned: ({app, env}, {state}) => `Deploying this would ${state.changes.length === 0 ? "not " : ""}change ${app} in ${env}`,
   timed_out: (request, {state}) => `Timed out after ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.a3)(request.timeoutMs)} ${formatProgressAt(request, state)}`,
   cancelled: (request, {state, result: {problem}}) => problem?.cause === undefined ? `Cancelled ${formatProgressAt(request, state)}` : `Cancelled: ${problem.cause}`,
   started: ({app, env}, {state}) => state.deployment ? `${app} is being deployed to ${env}` : `The deployment of ${app} to ${env} was requested, but has not started yet`,
   deleted: ({app, env}, {state}) => {
    if (state.deletedEnvironments.length > 0) return `${env} of ${app} was deleted`;
    return `${env} of ${app} ${state.environment ? "is gone; this step did not delete it" : "was already gone"}`;
   },
   pruned: ({app}, {state}) => `${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.B4)(state.deletedEnvironments.length, "preview")} of ${app} deleted, ${formatNotDeleted(state)}`,
   skipped: (request, {state}) => {
    if (!isDryRun(request)) return "Skipped: nothing was done";
    if (request.operation !== "prune") return "Dry run: nothing was deleted";
    const would = countDecisions(state, "would_be_deleted");
    return `Dry run: ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.B4)(would, "preview")} of ${request.app} would be deleted, ${formatNotDeleted(state)}`;
   },
   unknown: ({app, env}, report) => report.result.problem?.cause === undefined ? `It is not known whether ${app} is being deployed to ${env}` : withCause(`The request to deploy ${app} to ${env} was sent`, report),
   error: (request, report) => {
    const {state} = report;
    const failed = countDecisions(state, "failed");
    if (failed > 0) return `${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.B4)(failed, "preview")} of ${request.app} could not be deleted, ${countDecisions(state, "deleted")} deleted, ${formatNotDeleted(state)}`;
    if (report.result.problem?.isOtherBase) return formatOnOtherBase(request, report);
    const what = state.deployment && !(0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(state.deployment) ? `The deployment of ${request.app} to ${request.env} could not be followed` : (0, 
    _deployments_js__WEBPACK_IMPORTED_MODULE_0__.yO)(state.deployment) ? `${request.app} was deployed to ${request.env}` : formatNothingDoneSentence(request);
    return withCause(what, report);
   }
  };
  const formatOnOtherBase = (request, {state, result}) => {
   const {app, env} = request;
   const cause = result.problem?.cause ?? "";
   const what = `The deployment of ${app} to ${env}`;
   if ((0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.yO)(state.deployment)) return {
    what: `${app} was deployed to ${env}`,
    cause
   };
   return state.deployment && (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(state.deployment) ? `${what} failed, and was ${cause}` : `${what} is ${cause}`;
  };
  const formatFailedAround = (request, report) => {
   const {state, result} = report;
   const cause = result.problem?.cause ?? "its pipeline failed";
   const action = formatAction(request, report);
   return (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.yO)(state.deployment) ? `${request.app} was ${action}, but ${cause} after it` : `${request.app} was not ${action}: ${cause}`;
  };
  const formatSuccess = (request, report) => {
   const but = (0, _health_js__WEBPACK_IMPORTED_MODULE_4__.V5)(report);
   return `${request.app} ${but && "was "}${formatAction(request, report)}${formatTook(report.state)}${but}`;
  };
  const formatAction = (request, {state, writer}) => {
   const target = findTarget(request, state);
   if (isRedeployed(request, state) || target && target.id === state.history[0]?.id) return `deployed again to ${request.env}`;
   return target ? `rolled back to ${writer.shortId(target.id)} in ${request.env}` : `deployed to ${request.env}`;
  };
  const isRedeployed = (request, {environmentCreated}) => request.operation === "deploy" && request.redeploy && !environmentCreated;
  const findTarget = (request, {base, history}) => {
   if (request.operation !== "deploy") return undefined;
   if (request.deltaId !== undefined || request.images !== undefined || request.score !== undefined) return undefined;
   const wantedId = determineWantedId(request, base);
   return history.find(({id}) => id === wantedId);
  };
  const determineWantedId = ({env, base: wanted}, found) => {
   if (wanted?.kind === "environment") return wanted.env === env ? found?.id : undefined;
   return wanted?.id;
  };
  const countDecisions = ({pruned}, wanted) => pruned.filter(decision => (0, _run_result_js__WEBPACK_IMPORTED_MODULE_2__.v8)(decision) === wanted && decision.pullRequest !== undefined).length;
  const formatNotDeleted = state => {
   const [gone, going] = [ countDecisions(state, "gone"), countDecisions(state, "going") ];
   const kept = `${countDecisions(state, "kept")} kept`;
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.nn)(", ", gone > 0 && `${gone} already gone`, going > 0 && `${going} being deleted`, kept);
  };
  const formatTook = ({deployment}) => {
   const durationMs = deployment && (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.wq)(deployment);
   return durationMs === undefined ? "" : ` in ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_5__.a3)(durationMs)}`;
  };
  const formatProgressAt = (request, {deployment, isStartInDoubt}) => {
   if (!deployment && isStartInDoubt) return `while it was not known whether ${request.app} was being deployed to ${request.env}`;
   if (!deployment) return `before ${formatBeforeClause(request)}`;
   const {app, env} = request;
   return (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment) ? `after the deployment of ${app} to ${env} had ended: ${deployment.status}` : `while ${app} was being deployed to ${env}`;
  };
  const formatBeforeClause = request => {
   const {operation, app, env} = request;
   return {
    deploy: (0, _inputs_request_js__WEBPACK_IMPORTED_MODULE_1__.q5)(request) ? `it was known what would change in ${env} of ${app}` : `${app} was deployed to ${env}`,
    wait: `the deployment of ${app} to ${env} was found`,
    delete: `${env} of ${app} was deleted`,
    prune: `all stale previews of ${app} were deleted`
   }[operation];
  };
  const formatNothingDoneSentence = request => {
   const {operation, app, env} = request;
   return {
    deploy: (0, _inputs_request_js__WEBPACK_IMPORTED_MODULE_1__.q5)(request) ? `No plan for ${app} in ${env}` : `${app} was not deployed to ${env}`,
    wait: `The deployment of ${app} to ${env} was not found`,
    delete: `${env} of ${app} was not deleted`,
    prune: `No preview of ${app} was deleted`
   }[operation];
  };
  const isDryRun = request => "dryRun" in request && request.dryRun;
 },
 4624: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Gx: () => formatHealthBlocks,
   YH: () => assignFailing,
   a2: () => formatLogFolds,
   aT: () => formatHealthAnnotations,
   mV: () => listFailingLines,
   su: () => listHealthLines
  });
  var _text_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8602);
  var _text_writer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9620);
  var _health_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9338);
  const maxNameUnits = 60;
  const maxWarnings = 5;
  const maxBlocks = 20;
  const assignFailing = (report, errors) => {
   const byError = new Map;
   const others = (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.VH)(report.state).filter(workload => {
    const error = errors.find(each => !byError.has(each) && isAbout(each, workload.workload));
    if (error) byError.set(error, (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.Oc)(workload, report.writer));
    return error === undefined;
   });
   return {
    byError,
    others
   };
  };
  const isAbout = ({object_id}, workload) => {
   const name = object_id.replace(/^(?:modules|workloads)\./, "");
   return name === workload || name.startsWith(`${workload}.`);
  };
  const formatHealthAnnotations = (report, failing) => {
   const {writer, state, result} = report;
   const annotate = (level, title, message) => ({
    level,
    title: writer.annotationTitle(title),
    message: writer.annotation(message)
   });
   const warnings = failing.slice(0, maxWarnings).map(workload => {
    const title = `${writer.line(workload.workload, maxNameUnits)} is failing`;
    const deployed = result.outcome === "succeeded" ? "deployed, but " : "";
    return annotate("warning", title, `${deployed}${title}: ${(0, _health_js__WEBPACK_IMPORTED_MODULE_1__.Oc)(workload, report.writer)}`);
   });
   const note = (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.iz)(state);
   const level = state.health?.notJudged === "newer_deployment" ? "notice" : "warning";
   return note === "" ? warnings : [ ...warnings, annotate(level, "Health is not known", note) ];
  };
  const listFailingLines = report => (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.VH)(report.state).slice(0, maxWarnings).map(workload => `${report.writer.line(workload.workload, maxNameUnits)}: ${(0, 
  _health_js__WEBPACK_IMPORTED_MODULE_1__.Oc)(workload, report.writer)}`);
  const formatHealthBlocks = report => {
   const {state, result, writer} = report;
   const late = result.outcome === "unhealthy" && state.health ? (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.B_)(state.health) : [];
   const shown = late.length > 0 ? late : (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.VH)(state);
   const more = shown.length - maxBlocks;
   return [ ...shown.slice(0, maxBlocks).map(workload => formatBlock(workload, report)), more > 0 ? `\u2026 and ${(0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_2__.B4)(more, "more workload")}` : "", writer.markdown((0, 
   _health_js__WEBPACK_IMPORTED_MODULE_1__.iz)(state) || (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.JB)(report)) ].filter(Boolean);
  };
  const formatBlock = (workload, {writer}) => {
   const {ready, wanted, reason, state} = workload;
   const containers = (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.ts)(workload).map(each => (0, 
   _health_js__WEBPACK_IMPORTED_MODULE_1__.rc)(each, writer.code, writer.markdown));
   const word = state === "not_rolled_out" ? "not rolled out yet" : "starting";
   const why = containers.length > 0 ? containers : [ writer.code(reason, maxNameUnits) || word ];
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(": ", `**${writer.markdown(workload.workload, maxNameUnits)}**`, (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(" \xb7 ", wanted > 0 && `${ready} of ${wanted} ready`, ...why));
  };
  const formatLogFolds = report => {
   const {state, writer} = report;
   return (state.health?.logs ?? []).map(log => "lines" in log && log.lines.length > 0 ? (0, 
   _text_writer_js__WEBPACK_IMPORTED_MODULE_0__.nH)(writer.html(formatLogTitle(log, log.lines.length)), writer.codeBlock(log.lines.join("\n"))) : writer.markdown(formatNoLog(log)));
  };
  const listHealthLines = report => {
   const notWatched = (0, _health_js__WEBPACK_IMPORTED_MODULE_1__.JB)(report);
   return [ ...notWatched === "" ? [] : [ {
    lines: [ report.writer.logLine(notWatched) ]
   } ], ...(report.state.health?.logs ?? []).map(log => formatLogBlock(log, report.writer)) ];
  };
  const formatLogBlock = (log, writer) => "lines" in log && log.lines.length > 0 ? {
   title: writer.logLine(formatLogTitle(log, log.lines.length), 200),
   lines: log.lines.map(line => writer.logLine(`  ${line}`))
  } : {
   lines: [ writer.logLine(formatNoLog(log)) ]
  };
  const formatLogTitle = (log, count) => {
   const leftOut = "leftOut" in log && log.leftOut > 0 ? `, ${log.leftOut} earlier ones left out` : "";
   return `${log.workload} \xb7 ${log.container}: ${count === 1 ? "the last line" : `the last ${count} lines`} of its log${leftOut}`;
  };
  const formatNoLog = log => {
   const what = `${log.workload} \xb7 ${log.container}: its log`;
   if (!("refusal" in log)) return `${what} is empty.`;
   const {kind, status} = log.refusal;
   if (status === 429) return `${what} was not read: Humanitec is rate-limiting this token (429).`;
   return kind === "answered" ? `${what} was not read: the answer was ${status}.` : `${what} could not be read.`;
  };
 },
 2533: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   I5: () => formatReportedResult,
   Sk: () => formatProblemLines,
   rQ: () => formatProblemBlocks
  });
  var _run_links_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5828);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8602);
  var _text_writer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9620);
  var _headline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8316);
  const maxMistakes = 100;
  const maxSentence = 1500;
  const maxLine = 250;
  const maxDetails = 2e4;
  const formatProblemBlocks = report => {
   const {result: {problem}, state: {request}, writer} = report;
   if (!problem) return [];
   const {what, remedy, runUrl, conflict, details, inputErrors = [], lines = []} = problem;
   return [ inputErrors.length > 0 ? formatMistakeTable(inputErrors, writer) : isInHeadline(report, problem) ? "" : writer.markdown(what, maxSentence), lines.length > 0 ? writer.codeBlock(lines.join("\n")) : "", conflict && request ? formatConflict(conflict, request, writer) : "", remedy ? `**Next:** ${(0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(" ", writer.markdown(remedy, maxSentence), runUrl && writer.link("Pipeline run", runUrl))}` : "", details ? `What Humanitec says about it:\n\n${writer.codeBlock(details, maxDetails)}` : "" ];
  };
  const isInHeadline = (report, {isCauseComplete}) => isCauseComplete === true && (0, 
  _headline_js__WEBPACK_IMPORTED_MODULE_1__.Q2)(report).cause !== undefined;
  const formatConflict = (active, request, writer) => {
   const link = writer.link(`Deployment ${writer.shortId(active.id)}`, (0, _run_links_js__WEBPACK_IMPORTED_MODULE_3__.Or)(request, active.id));
   return `> ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(" \xb7 ", link, writer.markdown(active.status, 100), writer.markdown(active.comment, 300))}`;
  };
  const formatMistakeTable = (inputErrors, writer) => {
   const rows = inputErrors.slice(0, maxMistakes).map(inputError => {
    const got = formatGot(inputError, text => writer.code(text, 200));
    return [ writer.code(inputError.input), got, writer.markdown(inputError.takes, 500) ];
   });
   return (0, _text_writer_js__WEBPACK_IMPORTED_MODULE_0__.ku)([ "input", "got", "expected" ], rows);
  };
  const formatReportedResult = ({result: {outcome, problem}, writer}) => {
   if (!problem) return {
    outcome
   };
   const {cause, remedy, runUrl, conflict, lines} = problem;
   return {
    outcome,
    problem: {
     ...problem,
     what: writer.line(problem.what, maxSentence),
     ...cause !== undefined && {
      cause: writer.line(cause, 300)
     },
     ...remedy !== undefined && {
      remedy: writer.line(remedy, maxSentence)
     },
     ...runUrl !== undefined && {
      runUrl: writer.line(runUrl, maxSentence)
     },
     ...lines && {
      lines: lines.map(line => writer.line(line, maxLine))
     },
     ...conflict && {
      conflict: {
       ...conflict,
       comment: writer.line(conflict.comment, 300)
      }
     }
    }
   };
  };
  const formatProblemLines = ({result: {problem}, state: {request}, writer}) => {
   if (!problem) return [];
   const {what, remedy, runUrl, conflict, details, inputErrors = [], lines = []} = problem;
   return [ ...what ? [ writer.line(what, maxSentence) ] : [], ...inputErrors.slice(0, maxMistakes).map(inputError => formatMistakeLine(inputError, writer)), ...lines.map(line => `  ${writer.line(line, maxLine)}`), ...details ? [ `Details: ${writer.line(details, 300)}` ] : [], ...conflict?.comment ? [ `Its comment: ${writer.line(conflict.comment, 300)}` ] : [], ...conflict && request ? [ (0, 
   _run_links_js__WEBPACK_IMPORTED_MODULE_3__.Or)(request, conflict.id) ] : [], ...remedy ? [ (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(" ", remedy, runUrl) ] : [] ].map(withoutBackticks);
  };
  const withoutBackticks = line => line.replace(/`([^`]+)`/g, "$1");
  const formatMistakeLine = (inputError, writer) => `  ${inputError.input}: got ${formatGot(inputError, text => `\u201c${writer.line(text, 200)}\u201d`)}, expected ${inputError.takes}`;
  const formatGot = ({got, isSecret}, quote) => {
   if (isSecret) return "(not shown)";
   return got === undefined ? "nothing" : quote(got);
  };
 },
 3177: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   M: () => rerunAfterBlocking,
   Tp: () => describeRequestFailure,
   aN: () => describeUnreachable,
   qL: () => formatBlockingDeployment
  });
  var _inputs_request_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2240);
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6010);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8602);
  var _request_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5748);
  const formatBlockingDeployment = ({id, created_by}, {shortId}) => `deployment ${shortId(id)}, started by ${(0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_3__.ts)(created_by) || "someone"},`;
  const rerunAfterBlocking = "Re-run the job when that deployment has finished, or set a longer timeout.";
  const describeRequestFailure = (failure, context) => {
   const {request} = context.state;
   const refusal = request && isOwnAnswer(failure) ? describeOwnRefusal(failure, request, context) : undefined;
   return {
    ...refusal ?? (0, _request_problems_js__WEBPACK_IMPORTED_MODULE_2__.Ic)(failure, hasDefaultApi(context)),
    ...failure.more && {
     details: failure.more
    }
   };
  };
  const describeUnreachable = (failure, context) => {
   const isDefault = hasDefaultApi(context);
   const {what, remedy = "", namesSetting} = (0, _request_problems_js__WEBPACK_IMPORTED_MODULE_2__.Ic)(failure, isDefault);
   return {
    cause: "Humanitec never gave a valid answer",
    what: `${what} No request got a valid answer.`,
    remedy: namesSetting || isDefault ? remedy : `Check api_url. ${remedy}`.trim()
   };
  };
  const hasDefaultApi = ({state: {request}}) => request?.apiUrl === _inputs_request_js__WEBPACK_IMPORTED_MODULE_0__.V0.api_url;
  const isOwnAnswer = ({kind, intermediary}) => kind === "answered" && intermediary === undefined;
  const actions = {
   startDeployment: "deploy to",
   putBase: "set the base of",
   createEnvironment: "create",
   deleteEnvironment: "delete"
  };
  const readSets = "read Sets and Deltas of";
  const readPipelines = "read pipelines of";
  const actionsInApp = {
   createDelta: "create Deltas in",
   convertScore: "convert Score files for",
   getSet: readSets,
   getDelta: readSets,
   applyDelta: readSets,
   diffSets: readSets,
   listPipelineRuns: readPipelines,
   getPipelineRun: readPipelines
  };
  const describeOwnRefusal = (failure, request, context) => {
   const {operation, status = 0} = failure;
   const action = operation && actions[operation];
   if (status === 403 && action) return describeForbidden(failure, action, context);
   const actionInApp = operation && actionsInApp[operation];
   const hasRead = context.state.environment !== undefined || context.state.deployment !== undefined;
   if (status === 403 && actionInApp && hasRead) return describeForbiddenInApp(failure, actionInApp, request);
   const isBase = operation === "putBase" && (status === 400 || status === 404);
   if (isBase && request.operation === "deploy" && request.base?.kind === "environment") return describeRefusedBase(failure, request.base.env, context);
   const isStart = operation === "startDeployment" && (status === 400 || status === 404 || status === 422);
   return isStart && request.operation === "deploy" ? describeRefusedStart(failure, request, context) : undefined;
  };
  const describeForbidden = (failure, action, {state}) => {
   const {request, environment} = state;
   const type = environment?.type || (request?.operation === "deploy" ? request.envType : undefined);
   const target = `environments of ${type ? `type ${type}` : "this type"}`;
   return {
    cause: `the token may not ${action} ${target} (403)`,
    what: describe(`The token is valid, but may not ${action} ${target}`, failure),
    remedy: `Give the token\u2019s service user the role Deployer for ${type ? `the environment type ${type}` : "this environment\u2019s type"}, and Developer in the application ${request?.app}.`
   };
  };
  const describeForbiddenInApp = (failure, action, {app}) => {
   const target = `the application ${app}`;
   return {
    cause: `the token may not ${action} ${target} (403)`,
    what: describe(`The token is valid, but may not ${action} ${target}`, failure),
    remedy: `Give the token\u2019s service user the role ${action.startsWith("read") ? "Viewer at least" : "Developer"} in ${target}.`
   };
  };
  const describeRefusedBase = (failure, env, {state: {base}}) => ({
   cause: `Humanitec refused the base (${failure.status})`,
   what: describe(`Humanitec refused the base${base ? ` ${base.id}` : ""}, the latest successful deployment of ${env}`, failure),
   remedy: "Name another deployment with from_deploy_id, in place of from_env."
  });
  const describeRefusedStart = (failure, request, {state}) => {
   const changes = listChanges(request, state);
   const isOne = changes.length === (request.setId === undefined ? 0 : 1);
   return {
    cause: `Humanitec refused the deployment (${failure.status})`,
    what: describe(`Humanitec refused to deploy ${formatSent(changes, request, state)}`, failure),
    remedy: `Check ${isOne ? "that it exists" : "that they exist"} in the application ${request.app} and ${isOne ? "fits" : "fit"} the environment ${request.env}.`
   };
  };
  const formatSent = (changes, {setId}, {base}) => {
   if (changes.length === 0) return base ? `the state of ${base.id}` : "the environment\u2019s base";
   const on = base ? `the base ${base.id}` : "the environment\u2019s base";
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" on ", (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.yZ)(changes, "and"), setId === undefined && on);
  };
  const listChanges = (request, {deltaId = request.deltaId}) => [ ...deltaId !== undefined ? [ `Delta ${deltaId}` ] : [], ...request.setId !== undefined ? [ `Set ${request.setId}` ] : [], ...request.valueSetVersionId !== undefined ? [ `value set version ${request.valueSetVersionId}` ] : [] ];
  const describe = (what, {status, request, detail}) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.Re)((0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(": ", `${what} (${status}) at ${request}`, (0, 
  _text_clean_js__WEBPACK_IMPORTED_MODULE_1__.Tb)(detail)));
 },
 3819: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   B: () => formatRemarks,
   n: () => describeRemarks
  });
  var _text_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8602);
  var _pipeline_problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3975);
  var _refusals_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3177);
  var _request_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5748);
  const maxRemarks = 20;
  const formatRemarks = report => {
   const remarks = report.state.remarks.map(remark => describeRemark(remark, report.state, report.writer));
   const more = remarks.length - maxRemarks;
   const lines = remarks.slice(0, maxRemarks).map(({sentences, runUrl}) => `- ${(0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", report.writer.markdown(sentences), runUrl && report.writer.link("Pipeline run", runUrl))}`);
   return [ ...lines, ...more > 0 ? [ `- \u2026 and ${more} more` ] : [] ].join("\n");
  };
  const describeRemarks = ({state, writer}) => state.remarks.map(remark => {
   const {sentences, runUrl} = describeRemark(remark, state, writer);
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", sentences, runUrl);
  });
  const describeRemark = (remark, state, writer) => ({
   sentences: formatSentences(remark, state, writer),
   ...aboutRuns.has(remark.kind) && {
    runUrl: (0, _pipeline_problems_js__WEBPACK_IMPORTED_MODULE_0__.yg)(state)
   }
  });
  const aboutRuns = new Set([ "run_unreadable", "run_waits_for_approval", "run_deploys_elsewhere", "run_goes_on", "run_end_unclear", "no_deployment_yet" ]);
  const formatSentences = (remark, state, {shortId}) => {
   switch (remark.kind) {
   case "base_left":
    return formatBaseLeft(remark);

   case "base_of_others":
    return `The environment\u2019s base has been changed to ${remark.id} in the meantime: it was left as it is.`;

   case "built_on_other_base":
    return `The deployment builds on ${shortId(remark.actual)}, not on ${shortId(remark.named)}, which was the environment\u2019s base when the step read it.`;

   case "address_unknown":
    return `The environment\u2019s URL is not known. ${formatWhy(remark.why)}`;

   case "run_unreadable":
    return `The pipeline run could not be read after the deployment had succeeded, so it is not known whether a later check failed. ${(0, 
    _refusals_js__WEBPACK_IMPORTED_MODULE_1__.Tp)(remark.error, {
     state
    }).what}`;

   case "run_waits_for_approval":
    return `The pipeline run goes on after this deployment, and is waiting for an approval: ${(0, 
    _pipeline_problems_js__WEBPACK_IMPORTED_MODULE_0__.q7)(remark.approvals)}.`;

   case "run_deploys_elsewhere":
    return `The pipeline run goes on after this deployment, with a deployment to ${remark.env}.`;

   case "run_goes_on":
    {
     const place = (0, _pipeline_problems_js__WEBPACK_IMPORTED_MODULE_0__.dE)(remark);
     return `The pipeline run goes on after this deployment${place && `,${place}`}.`;
    }

   case "run_end_unclear":
    return `The pipeline run has ended (${remark.status || "without a status"}), but its jobs could not be read, so it is not known whether it succeeded.`;

   case "active_beside_plan":
    return `Deployment ${shortId(remark.id)} is active in ${state.request?.env}: what runs there may change soon.`;

   case "no_deployment_yet":
    return `A pipeline has the request, but has not started a deployment yet. A later job can follow it with operation: wait and pipeline_run.`;
   }
  };
  const formatBaseLeft = ({rebase, isUnsure, isInPipeline}) => {
   const {newBaseId, previousBaseId} = rebase;
   const left = isUnsure ? `The environment\u2019s base may have been left at ${newBaseId}: whether the deployment that was to build on it has been made could not be read.` : isInPipeline ? `The environment\u2019s base was left at ${newBaseId}, for the deployment that the pipeline run may still start.` : `The environment\u2019s base was left at ${newBaseId}, and the next deployment will build on it.`;
   if (previousBaseId === "" || previousBaseId === newBaseId) return left;
   return `${left} It was ${previousBaseId} before: to restore it${isInPipeline ? ", once the run has ended without a deployment" : ""}, deploy with from_deploy_id: ${previousBaseId}.`;
  };
  const formatWhy = why => {
   if (why === "timeout") return "The timeout passed before it could be read.";
   return why === "no_host" ? "Its DNS or route resource isn\u2019t ready yet." : (0, 
   _request_problems_js__WEBPACK_IMPORTED_MODULE_2__.Ic)(why).what;
  };
 }
};
