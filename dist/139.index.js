export const id = 139;

export const ids = [ 139 ];

export const modules = {
 4139: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   createReport: () => createReport,
   formatTold: () => problem_text.lZ,
   $: () => tellAfterwards,
   tellLateSignal: () => tellLateSignal,
   tellReport: () => tellReport
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/run/links.js
    var links = __webpack_require__(5828);
  // EXTERNAL MODULE: ./lib/core/run/problem.js
    var problem = __webpack_require__(6926);
  // EXTERNAL MODULE: ./lib/core/text/time.js
    var time = __webpack_require__(2850);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // EXTERNAL MODULE: ./lib/core/report/deployment-facts.js + 1 modules
    var deployment_facts = __webpack_require__(3899);
  // EXTERNAL MODULE: ./lib/core/report/errors.js
    var report_errors = __webpack_require__(283);
  // EXTERNAL MODULE: ./lib/core/report/headline.js
    var report_headline = __webpack_require__(8316);
  // EXTERNAL MODULE: ./lib/core/report/health.js
    var health = __webpack_require__(9338);
  // EXTERNAL MODULE: ./lib/core/report/health-section.js
    var health_section = __webpack_require__(4624);
  // EXTERNAL MODULE: ./lib/core/report/problem-text.js
    var problem_text = __webpack_require__(2533);
  // EXTERNAL MODULE: ./lib/core/report/problems.js + 1 modules
    var problems = __webpack_require__(7629);
  // EXTERNAL MODULE: ./lib/core/report/remarks.js
    var report_remarks = __webpack_require__(3819);
  // CONCATENATED MODULE: ./lib/core/report/annotations.js
  const mostErrors = 9;
  const formatAnnotations = report => {
   const {outcome} = report.result;
   if (outcome === "skipped" && !report.isCancelled) return [ formatEnd(report, "notice") ];
   if (outcome === "failed" && !report.result.problem) return formatFailed(report);
   const warnings = (0, health_section.aT)(report, outcome === "unhealthy" ? [] : (0, 
   health.VH)(report.state));
   if (!(0, problem.$)(outcome)) return [ ...warnings, formatEnd(report, "error") ];
   return report.isCancelled ? [ ...warnings, formatCancelledEnd(report) ] : warnings;
  };
  const formatFailed = report => {
   const errors = (0, report_errors.Gr)(report).slice(0, mostErrors);
   const {besideErrors, others} = (0, health_section.YH)(report, errors);
   return [ ...errors.map(error => formatError(error, besideErrors.get(error) ?? "", report.writer)), ...(0, 
   health_section.aT)(report, others), formatClosing(report) ];
  };
  const formatAfterwards = report => {
   const messages = formatAnnotations(report).map(({message}) => message);
   const message = messages.join("\n") || "The step was terminated.";
   return annotate(report, {
    level: "warning",
    title: (0, report_headline.QG)(report),
    message
   });
  };
  const isShownInFull = (error, index) => index < mostErrors && !(0, report_errors.Ei)(error.message);
  const formatError = (error, failing, writer) => {
   const known = (0, words.nn)(": ", formatCodedTitle(error), formatSaid(error, writer)) || report_errors.R3;
   const message = (0, words.nn)("\n", (0, words.nn)(": ", (0, report_errors.BR)(error), known), failing);
   return annotate({
    writer
   }, {
    level: "error",
    title: (0, report_errors.at)(error),
    message
   });
  };
  const formatCodedTitle = error => {
   const title = (0, report_errors.U8)(error);
   return title && error.code ? `${title} (${error.code})` : title || error.code;
  };
  const formatSaid = ({message, summary}, writer) => {
   if (message.trim() === summary) return "";
   return (0, report_errors.Ei)(message) ? `${(0, report_errors.Yg)(message, writer)} (in full below, and in the summary)` : message;
  };
  const formatClosing = report => {
   const {writer} = report;
   const {deployment} = report.state;
   const durationMs = deployment && (0, deployments.wq)(deployment);
   const after = durationMs === undefined ? "" : ` after ${(0, time.a3)(durationMs)}`;
   const failed = `Deployment ${writer.shortId(deployment?.id ?? "")} failed${after}: ${formatCause(report)}`;
   return annotate(report, {
    level: "error",
    title: (0, report_headline.Q2)(report).what,
    message: (0, words.nn)("\n", failed, formatUnexplained(report), formatUrl(report))
   });
  };
  const formatUnexplained = report => {
   if ((0, report_errors.Gr)(report).length > 0) return "";
   return (0, report_errors.Jt)(report.state) ? "Open the deployment in Humanitec: they are shown there." : deployment_facts.UV;
  };
  const formatCause = report => {
   if ((0, report_errors.Jt)(report.state)) return (0, report_errors.MW)(report.state);
   const errors = (0, report_errors.Gr)(report);
   const hidden = errors.length - mostErrors;
   if (errors.length === 0) return "Humanitec reports no error for it";
   return `${(0, report_errors.h3)(errors)}${hidden > 0 ? `, ${(0, words.ZV)(hidden)} of them only below in the log and in the summary` : ""}`;
  };
  const formatEnd = (report, level) => {
   const headline = report.result.problem?.inputErrors ? (0, report_headline.QG)(report) : (0, 
   report_headline.Q2)(report).what;
   const url = report.result.outcome === "unknown" ? formatEnvironmentUrl(report) : formatUrl(report);
   const failing = report.result.outcome === "unhealthy" ? (0, health_section.mV)(report) : [];
   const lines = [ ...new Set([ ...(0, problem_text.Sk)(report), ...failing, ...(0, 
   report_remarks.e)(report), url ]) ].filter(Boolean);
   return annotate(report, {
    level,
    title: headline,
    message: lines.join("\n") || headline
   });
  };
  const formatCancelledEnd = report => {
   const {what, remedy = ""} = (0, problems.jX)(report);
   return annotate(report, {
    level: "error",
    title: `Cancelled: ${(0, report_headline.QG)(report)}`,
    message: (0, words.nn)("\n", what, remedy, formatUrl(report))
   });
  };
  const formatUrl = ({state: {request, deployment}}) => request && deployment ? (0, 
  links.Or)(request, deployment.id) : "";
  const formatEnvironmentUrl = ({state: {request}}) => request ? (0, links.FC)(request) : "";
  const annotate = ({writer}, {level, title, message}) => ({
   level,
   title: writer.annotationTitle(title),
   message: writer.annotation(message) || writer.annotationTitle(title)
  });
  // EXTERNAL MODULE: ./lib/core/report/deletion-reasons.js
    var deletion_reasons = __webpack_require__(3522);
  // EXTERNAL MODULE: ./lib/core/text/escape.js
    var text_escape = __webpack_require__(3648);
  // CONCATENATED MODULE: ./lib/core/report/prune-table.js
  const mostRows = 500;
  const mostKept = 10;
  const formatDecisions = report => {
   const {request, pruned} = report.state;
   const {previews, others} = groupDecisions(pruned);
   const kept = previews.filter(({action}) => action === "kept");
   const isFolded = kept.length > mostKept;
   return [ formatPreviews(isFolded ? previews.filter(({action}) => action !== "kept") : previews, report), isFolded ? (0, 
   text_escape.nH)(`${(0, words.B4)(kept.length, "preview")}, kept`, formatPreviews(kept, report)) : "", formatOthers(others, request?.env ?? "", report.writer) ];
  };
  const header = [ "environment", "pull&nbsp;request", "what", "why" ];
  const formatPreviews = (decisions, report) => {
   const {workflow, writer} = report;
   if (decisions.length === 0) return "";
   const rows = decisions.slice(0, mostRows).map(decision => [ writer.code(decision.env), formatPullRequest(decision, workflow, writer), actionWords[decision.action].replaceAll(" ", "&nbsp;"), writer.markdown((0, 
   deletion_reasons.AU)(decision.reason, report), 300) ]);
   const more = decisions.length - rows.length;
   return [ (0, text_escape.ku)(header, rows), ...more > 0 ? [ `\u2026 and ${more} more` ] : [] ].join("\n\n");
  };
  const formatPullRequest = ({pullRequest, named}, workflow, writer) => {
   const number = named?.pullRequest ?? pullRequest;
   if (number === undefined) return "";
   const repository = named?.repository ?? workflow.repository;
   const isOwn = repository.toLowerCase() === workflow.repository.toLowerCase();
   return writer.link(`${isOwn ? "" : repository}#${number}`, (0, links.xz)(workflow, number, repository));
  };
  const formatOthers = (decisions, pattern, writer) => {
   if (decisions.length === 0) return "";
   const named = decisions.slice(0, mostRows).map(({env}) => writer.code(env));
   const more = decisions.length - named.length;
   return (0, text_escape.nH)(`${(0, words.B4)(decisions.length, "other environment")}, kept: not named like ${writer.htmlCode(pattern)}`, `${named.join(", ")}${more > 0 ? ` \u2026 and ${more} more` : ""}`);
  };
  const groupDecisions = decisions => {
   const {previews = [], others = []} = Object.groupBy(decisions, ({pullRequest}) => pullRequest === undefined ? "others" : "previews");
   return {
    previews: previews.toSorted((one, other) => order[one.action] - order[other.action]),
    others
   };
  };
  const order = {
   failed: 0,
   deleted: 1,
   would_be_deleted: 1,
   kept: 2
  };
  const actionWords = {
   failed: "failed",
   deleted: "deleted",
   would_be_deleted: "would be deleted",
   kept: "kept"
  };
  // EXTERNAL MODULE: ./lib/core/report/rollback-hint.js
    var rollback_hint = __webpack_require__(4276);
  // CONCATENATED MODULE: ./lib/core/report/log-result.js
  const mostGroups = 200;
  const mostUrls = 20;
  const mostUnfolded = 50;
  const formatResult = report => [ ...(0, health_section.su)(report), ...listBlocks(report) ].filter(({lines}) => lines.length > 0);
  const listBlocks = report => {
   const {state, result, writer} = report;
   const remarks = formatLines((0, report_remarks.e)(report), writer);
   switch (result.outcome) {
   case "failed":
    return formatHiddenErrors(report);

   case "succeeded":
    return [ formatLines(state.environmentUrls.slice(0, mostUrls).map(url => `  url       ${url}`), writer), remarks ];

   case "started":
    return [ formatLines(formatHowToFollow(state), writer), remarks ];

   case "planned":
    return [ remarks ];

   case "deleted":
   case "pruned":
    return [ ...log_result_formatDecisions(report), formatLines([ (0, report_headline.QG)(report) ], writer), remarks ];

   default:
    return log_result_formatDecisions(report);
   }
  };
  const formatNextSteps = report => formatLines(listNextSteps(report).filter(Boolean), report.writer).lines;
  const listNextSteps = report => {
   const {outcome} = report.result;
   if (outcome === "failed") return [ ...(0, report_remarks.e)(report), (0, rollback_hint.V)(report) ];
   return outcome === "unhealthy" ? [ (0, rollback_hint.V)(report) ] : [];
  };
  const formatLines = (lines, writer) => ({
   lines: lines.map(line => writer.logLine(line))
  });
  const formatHiddenErrors = report => {
   const {writer} = report;
   const hidden = (0, report_errors.Gr)(report).filter((error, index) => !isShownInFull(error, index));
   const more = hidden.length - mostGroups;
   return [ ...hidden.slice(0, mostGroups).map(error => formatErrorGroup(error, writer)), formatLines(more > 0 ? [ `\u2026 and ${(0, 
   words.B4)(more, "more error")}: they are in the summary` ] : [], writer) ];
  };
  const formatErrorGroup = (error, writer) => {
   const title = (0, words.nn)(": ", (0, report_errors.at)(error), (0, report_errors.U8)(error));
   return {
    title: writer.logLine(title, 200),
    lines: writer.logLines(error.message || report_errors.R3)
   };
  };
  const formatHowToFollow = ({deployment}) => deployment ? [ `Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}` ] : [];
  const log_result_formatDecisions = report => {
   const {writer, state} = report;
   const {request, pruned} = state;
   const {previews, others} = groupDecisions(pruned);
   const {lines} = formatLines(others.map(({env}) => `  ${env}`), writer);
   const title = `${(0, words.B4)(others.length, "other environment")}, kept: not named like ${request?.env}`;
   return [ log_result_formatPreviews(previews, report), {
    title: writer.logLine(title),
    lines
   } ];
  };
  const log_result_formatPreviews = (decisions, report) => {
   const {writer} = report;
   const envWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({env}) => env.length));
   const actionWidth = Math.max(0, ...decisions.slice(0, mostUnfolded).map(({action}) => actionWords[action].length));
   const {lines} = formatLines(decisions.map(({env, action, reason}) => `  ${env.padEnd(envWidth)}  ${actionWords[action].padEnd(actionWidth)}  ${(0, 
   deletion_reasons.AU)(reason, report)}`), writer);
   return lines.length > mostUnfolded ? {
    title: writer.logLine(`${(0, words.B4)(lines.length, "environment")} checked`),
    lines
   } : {
    lines
   };
  };
  // EXTERNAL MODULE: ./lib/core/report/outputs.js
    var outputs = __webpack_require__(3064);
  // EXTERNAL MODULE: ./lib/core/report/change-section.js
    var change_section = __webpack_require__(3438);
  // CONCATENATED MODULE: ./lib/core/report/summary.js
  const mostBytes = 1e6;
  const reservedBytes = 2e3;
  const formatSummary = report => {
   const {outcome} = report.result;
   const isFailed = outcome === "failed";
   const top = formatTop(report);
   const bottom = [ ...(0, health_section.a2)(report), isFailed || outcome === "unhealthy" ? (0, 
   rollback_hint.J)(report) : "", ...(0, change_section._I)(report), (0, deployment_facts.Bb)(report), formatDetails(report) ];
   const bytesLeft = mostBytes - reservedBytes - (0, text_escape.Tu)([ ...top, ...bottom ].join("\n\n"));
   const errors = isFailed ? formatErrors(report, bytesLeft) : [];
   return `${[ ...top, ...errors, ...bottom ].filter(Boolean).join("\n\n")}\n`;
  };
  const formatTop = report => {
   const {result, writer} = report;
   const failedAfter = result.outcome === "failed" ? (0, deployment_facts.XO)(report.state) : "";
   return [ `### ${(0, report_headline.Yx)(report)} ${writer.markdown((0, report_headline.QG)(report))}`, (0, 
   deployment_facts._M)(report), (0, words.nn)(" \xb7 ", failedAfter, (0, deployment_facts.jC)(report)), (0, 
   deployment_facts.CY)(report), ...(0, problem_text.rQ)(report), ...(0, health_section.Gx)(report), (0, 
   deployment_facts.Cj)(report), (0, deployment_facts.YW)(report), ...formatDecisions(report) ];
  };
  const formatErrors = (report, maxBytes) => {
   const {markdown, leftOut} = (0, report_errors.dq)(report, maxBytes);
   if (leftOut === 0) return [ markdown ];
   return [ markdown, `${(0, words.B4)(leftOut, "error")} left out, since a summary holds at most 1 MiB. All of them: ${(0, 
   deployment_facts.Tp)(report)}` ];
  };
  const formatDetails = report => {
   const [first, ...rows] = listDetails(report).filter(([, value]) => value !== "");
   return first === undefined ? "" : (0, text_escape.nH)("Details", (0, text_escape.ku)(first, rows));
  };
  const listDetails = ({state: {request, deployment, deltaId, base}, workflow, nowMs, writer}) => {
   if (!request) return [];
   const {org, app, env, appUrl} = request;
   const wanted = request.operation === "deploy" ? request : undefined;
   const baseId = deployment?.from_id || base?.id || "";
   const baseAge = base?.id === baseId && base.created_at !== "" ? `${base.status}, ${(0, 
   time.nV)(base.created_at, nowMs)}` : "";
   return [ [ "environment", request.operation === "prune" ? writer.code(`${org}/${app}/${env}`) : writer.link(`${org} / ${app} / ${env}`, (0, 
   links.FC)({
    appUrl,
    org,
    app,
    env
   })) ], [ "deployment", writer.code(deployment?.id ?? "") ], [ "status", writer.markdown(deployment?.status ?? "", 100) ], [ "Delta", writer.code(deployment?.delta_id || deltaId || wanted?.deltaId || "") ], [ "Set", writer.code(deployment?.set_id || wanted?.setId || "") ], [ "base", baseId && (0, 
   words.nn)(", ", writer.code(baseId) + (0, deployment_facts.j2)(wanted, writer), writer.markdown(baseAge)) ], [ "values", writer.code(wanted?.valueSetVersionId ?? "") ], [ "mode", wanted?.mode ?? "" ], [ "comment", writer.markdown(deployment?.comment ?? "", 500) ], [ "started", (0, 
   words.nn)(" ", (0, time.ay)(deployment?.created_at ?? ""), deployment?.created_by && `by ${writer.markdown((0, 
   words.ts)(deployment.created_by), 100)}`) ], [ "ended", deployment && (0, deployments.dR)(deployment) ? (0, 
   time.ay)(deployment.status_changed_at) : "" ], [ "workflow&nbsp;run", workflow.runUrl && writer.link(workflow.runUrl.replace(/^https?:\/\/[^/]+\//, ""), workflow.runUrl) ] ];
  };
  // CONCATENATED MODULE: ./lib/operations/report.js
  const tellReport = (runner, report) => {
   for (const [name, value] of Object.entries((0, outputs.A)(report.state, report.writer, report.result))) runner.setOutput(name, value);
   const summaryIsWritten = runner.appendSummary(formatSummary(report));
   if (!summaryIsWritten) runner.info(report.writer.logLine("There is no file for a job summary (GITHUB_STEP_SUMMARY): it was left out."));
   const isFailed = report.result.outcome === "failed";
   if (!isFailed) tellBlocks(runner, report);
   for (const annotation of formatAnnotations(report)) runner.annotate(annotation);
   if (isFailed) tellBlocks(runner, report);
   for (const line of formatNextSteps(report)) runner.info(line);
  };
  const tellLateSignal = (runner, report) => {
   if (report.isCancelled || !(0, problem.$)(report.result.outcome)) return;
   for (const annotation of formatAnnotations({
    ...report,
    isCancelled: true
   })) runner.annotate(annotation);
  };
  const tellBlocks = (runner, report) => {
   for (const {title, lines} of formatResult(report)) {
    if (title === undefined) for (const line of lines) runner.info(line); else runner.group(title, lines);
   }
  };
  const tellAfterwards = (runner, report) => {
   runner.appendSummary(formatSummary(report));
   tellBlocks(runner, report);
   runner.annotate(formatAfterwards(report));
   for (const line of formatNextSteps(report)) runner.info(line);
  };
  const createReport = ({workflow, clock, writer, cancel, startedMs}, {state}, result) => {
   const nowMs = clock.now();
   const isCancelled = cancel.aborted;
   const {outcome, reason, problem = reason && (0, problems.pg)(reason, {
    state,
    workflow,
    nowMs,
    writer
   })} = result;
   const told = {
    outcome,
    ...problem && {
     problem
    }
   };
   return {
    result: told,
    state,
    workflow,
    elapsedMs: nowMs - startedMs,
    nowMs,
    isCancelled,
    writer
   };
  };
 }
};
