export const id = 909;

export const ids = [ 909 ];

export const modules = {
 5909: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   annotateLateSignal: () => annotateLateSignal,
   createReport: () => createReport,
   formatReportedResult: () => problem_text.I5,
   _: () => writePostStepReport,
   writeReport: () => writeReport
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/run/links.js
    var links = __webpack_require__(5828);
  // EXTERNAL MODULE: ./lib/core/run/outcome.js
    var run_outcome = __webpack_require__(3173);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // EXTERNAL MODULE: ./lib/core/report/deployment-facts.js
    var deployment_facts = __webpack_require__(2961);
  // EXTERNAL MODULE: ./lib/core/report/errors.js
    var report_errors = __webpack_require__(283);
  // EXTERNAL MODULE: ./lib/core/report/headline.js
    var report_headline = __webpack_require__(8316);
  // EXTERNAL MODULE: ./lib/core/report/health.js
    var health = __webpack_require__(9338);
  // EXTERNAL MODULE: ./lib/core/report/health-section.js
    var health_section = __webpack_require__(4624);
  // EXTERNAL MODULE: ./lib/core/polling.js
    var polling = __webpack_require__(3168);
  // EXTERNAL MODULE: ./lib/core/report/pipeline-problems.js
    var pipeline_problems = __webpack_require__(3975);
  // EXTERNAL MODULE: ./lib/core/report/refusals.js
    var refusals = __webpack_require__(3177);
  // EXTERNAL MODULE: ./lib/core/report/request-problems.js + 1 modules
    var request_problems = __webpack_require__(5748);
  // CONCATENATED MODULE: ./lib/core/report/interruption-problems.js
  const describeTimedOut = ({state, writer, nowMs}, {awaited, other, error}) => {
   const {deployment, history, request} = state;
   const trouble = (0, request_problems.Vk)(error);
   const timeout = `The timeout of ${(0, words.a3)(request?.timeoutMs ?? 0)}`;
   const passed = `${timeout} has passed`;
   if (!deployment && state.pipelineRun) return (0, pipeline_problems.v_)(passed, state);
   if (!deployment && state.isStartInDoubt) {
    return {
     what: `${passed}. ${inDoubt}${trouble}`,
     remedy: "Look at the environment\u2019s deployments before you re-run the job."
    };
   }
   if (!deployment) {
    const first = other && `: ${(0, refusals.qL)(other, writer)} had to end first`;
    const wait = awaited === "deletion" ? `: the environment ${request?.env} is still being deleted` : first ?? "";
    return {
     what: `${timeout} passed ${formatBefore(request)}${wait}.${trouble}`,
     remedy: other ? refusals.M : "Re-run the job, or set a longer timeout."
    };
   }
   if (!(0, deployments.ih)(deployment.status)) {
    return {
     what: `${passed}. Deployment ${formatUnknownStatus(deployment, writer)}.${trouble}`,
     remedy: "Open it in Humanitec."
    };
   }
   const age = (0, words.nV)(deployment.created_at, nowMs);
   return {
    what: `${passed}, and deployment ${writer.shortId(deployment.id)}${age && `, started ${age},`} is still ${deployment.status || "running"}; it goes on in Humanitec.${(0, 
    pipeline_problems.$$)(state) || formatUsual(history, deployment.id)}${trouble}`,
    remedy: "Follow it in Humanitec, or with `operation: wait`; for slower deployments, set a longer timeout."
   };
  };
  const inDoubt = "Whether this run\u2019s deployment was started could not be read.";
  const formatBefore = request => {
   if (request?.operation === "wait") return "before a deployment to follow was found";
   if (request?.operation === "deploy" || !request) return request?.dryRun ? "before the plan was made" : "before anything was started";
   return "before anything was deleted";
  };
  const formatUnknownStatus = ({id, status}, writer) => `${writer.shortId(id)} has the status \u201c${status}\u201d, which this action doesn\u2019t know, so it may still be running`;
  const formatUsual = (history, ownId) => {
   const usual = (0, polling.r)(0, (0, deployments.r4)(history, ownId));
   if (!usual) return "";
   const {count, shortestMs, longestMs} = usual;
   const last = count === 1 ? "last successful one" : `last ${count} successful ones`;
   return ` The ${last} took ${(0, words.NV)([ shortestMs, longestMs ])}.`;
  };
  const describeCancelled = ({state, writer}) => {
   const {deployment} = state;
   if (!deployment && state.pipelineRun) return (0, pipeline_problems.v_)("The workflow was cancelled", state);
   if (!deployment && state.isStartInDoubt) return {
    what: `The workflow was cancelled. ${inDoubt}`
   };
   if (!deployment) return {
    what: `The workflow was cancelled ${formatBefore(state.request)}.`
   };
   if (!(0, deployments.ih)(deployment.status)) {
    const what = `The workflow was cancelled; deployment ${formatUnknownStatus(deployment, writer)}.`;
    return {
     what,
     remedy: "Open it in Humanitec."
    };
   }
   return (0, deployments.dR)(deployment) ? {
    what: `The workflow was cancelled; deployment ${writer.shortId(deployment.id)} had already ended: ${deployment.status}.`
   } : {
    what: `The workflow was cancelled; deployment ${writer.shortId(deployment.id)} goes on in Humanitec, which can\u2019t cancel it.${(0, 
    pipeline_problems.$$)(state)}`,
    remedy: "Follow it in Humanitec, or with `operation: wait`."
   };
  };
  const describeKilled = ({state, writer}, isUnread = false) => {
   const {deployment, pipelineRun} = state;
   const terminated = "The step was terminated";
   if (!deployment && pipelineRun) {
    const pipelineEnd = (0, pipeline_problems.v_)(terminated, state);
    const unread = `${terminated}; whether the pipeline run has started a deployment could not be read.`;
    return isUnread ? {
     ...pipelineEnd,
     what: unread
    } : pipelineEnd;
   }
   if (!deployment) return {
    what: `${terminated} ${formatBefore(state.request)}.`
   };
   return {
    what: `${terminated}; deployment ${formatGoingOn(deployment, {
     writer,
     isUnread
    })}.`,
    remedy: "Follow it in Humanitec, or with `operation: wait`."
   };
  };
  const formatGoingOn = (deployment, {writer, isUnread}) => {
   const id = writer.shortId(deployment.id);
   if (isUnread) return `${id} may still be running: its status could not be read`;
   return (0, deployments.ih)(deployment.status) ? `${id} goes on in Humanitec` : formatUnknownStatus(deployment, writer);
  };
  // EXTERNAL MODULE: ./lib/core/report/problem-text.js
    var problem_text = __webpack_require__(2533);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var result = __webpack_require__(7812);
  // EXTERNAL MODULE: ./lib/core/run/workflow-context.js
    var workflow_context = __webpack_require__(6458);
  // EXTERNAL MODULE: ./lib/core/text/writer.js
    var text_writer = __webpack_require__(9620);
  // CONCATENATED MODULE: ./lib/core/report/deletion-problems.js
  const describeDeletionReason = (reason, request, context) => {
   switch (reason.kind) {
   case "no_application":
    return describeNoApplication(request);

   case "kept":
    return describeKept(request.env, reason.keepReason);

   case "last_environment":
   case "not_deletable":
   case "deletion_given_up":
    return describeRefusedDeletion(reason);

   case "deletion_timed_out":
    return describeDeletionTimedOut(request, reason, context);

   case "deletion_cancelled":
    return describeDeletionCancelled(request, reason.progress);

   case "dry_deletion":
    return describeDryDeletion(request, reason.remains);

   case "killed_deletion":
    return describeKilledDelete(request, reason.remains);
   }
  };
  const describeKept = (env, keepReason) => ({
   cause: formatKeepReason(keepReason),
   what: `The environment ${env} was not deleted: ${formatKeepReason(keepReason)}.`,
   isCauseComplete: true,
   remedy: keepReason.kind === "others" ? `Check env. ${formatOthersRemedy(keepReason)}` : "Check env. To delete it anyway, give its type as env_type."
  });
  const formatOthersRemedy = ({claim, mayBeRenamed}) => {
   if (mayBeRenamed) return "If this repository had that name before, give the environment\u2019s type as env_type.";
   const rule = "Only the repository and the pull request that it is named after may delete it";
   return claim === "another repository" ? `${rule}; after a move of the repository to another owner, delete it in Humanitec.` : `${rule}.`;
  };
  const describeNoApplication = ({org, app}) => ({
   cause: "there is no such application",
   what: `There is no application ${app} in ${org}, or the token isn\u2019t allowed to see it.`,
   remedy: "Check org and app, and the token\u2019s roles."
  });
  const describeDeletionTimedOut = ({env, timeoutMs}, {progress, other, error}, {writer}) => ({
   what: {
    none: `The environment ${env} was not deleted within ${(0, words.a3)(timeoutMs)}${other ? `: ${(0, 
    refusals.qL)(other, writer)} had to end first` : ""}.`,
    asked: `Humanitec did not confirm within ${(0, words.a3)(timeoutMs)} that the environment ${env} was deleted; it may be gone by now, or be deleted later.`,
    going: `The environment ${env} is still being deleted after ${(0, words.a3)(timeoutMs)}; it goes on in Humanitec.`
   }[progress] + (0, request_problems.Vk)(error),
   remedy: other ? refusals.M : "Re-run the job, or set a longer timeout."
  });
  const describeDeletionCancelled = (request, progress) => {
   const what = {
    none: `The workflow was cancelled before the environment ${request.env} was deleted.`,
    asked: `The workflow was cancelled; the environment ${request.env} may have been deleted.`,
    going: `The workflow was cancelled; the deletion of the environment ${request.env} goes on in Humanitec.`
   }[progress];
   return {
    ...progress === "asked" && {
     cause: formatPerhapsDeleted(request)
    },
    what
   };
  };
  const formatPerhapsDeleted = ({env, app}) => `${env} of ${app} may have been deleted`;
  const describeDryDeletion = ({env, app}, remains) => {
   const what = {
    there: `The environment ${env} of ${app} would be deleted.`,
    deleting: `The environment ${env} of ${app} is already being deleted.`,
    gone: `There is no environment ${env} in ${app}: nothing would be deleted.`,
    unknown: ""
   }[remains];
   return {
    what: `${what} Nothing was done: dry_run.`
   };
  };
  const describeKilledDelete = (request, remains) => {
   const {env} = request;
   switch (remains) {
   case "gone":
    return {
     what: `The step was terminated; the environment ${env} has been deleted.`
    };

   case "deleting":
    return {
     what: `The step was terminated; the deletion of the environment ${env} goes on in Humanitec.`
    };

   case "there":
    return {
     what: `The step was terminated; the environment ${env} is still there.`,
     remedy: "Re-run the job."
    };

   case "unknown":
    return {
     cause: formatPerhapsDeleted(request),
     what: `The step was terminated; the environment ${env} may have been deleted: it could not be checked.`,
     remedy: "Re-run the job."
    };

   case undefined:
    return {
     what: `The step was terminated before the environment ${env} was deleted.`,
     remedy: "Re-run the job."
    };
   }
  };
  const describeRefusedDeletion = reason => {
   switch (reason.kind) {
   case "last_environment":
    return describeLastEnvironment(reason.env, reason.error);

   case "not_deletable":
    return describeNotDeletable(reason.env);

   case "deletion_given_up":
    return describeDeletionGivenUp(reason.env);
   }
  };
  const describeLastEnvironment = (env, {status, detail}) => ({
   cause: `Humanitec refused it (${status})`,
   what: (0, words.Re)(`Humanitec refused to delete the environment ${env} (${status})${detail && `: ${detail}`}`),
   remedy: "If it is the application\u2019s last environment, delete the application instead."
  });
  const describeNotDeletable = env => ({
   cause: "the token may see it, but not delete it",
   what: `Humanitec finds no environment ${env} to delete (404), though it can be read: the token\u2019s role may be too low.`,
   remedy: "Check the token: its service user needs the role Developer in the application, and Deployer for the environment\u2019s type."
  });
  const describeDeletionGivenUp = env => ({
   cause: "Humanitec stopped the deletion",
   what: `Humanitec stopped deleting the environment ${env}: it is still there, and no longer being deleted.`,
   remedy: "Look at the environment in Humanitec, and re-run the job."
  });
  const formatKeepReason = keepReason => {
   switch (keepReason.kind) {
   case "others":
    return `its name, ${keepReason.name}, is that of a preview of ${keepReason.claim}`;

   case "type":
    return `it is of type ${keepReason.type}, not ${keepReason.wanted}`;

   case "production":
    return "it is a production environment";

   case "unnamed":
    return `its name, ${keepReason.name}, doesn\u2019t say that it was made for ${keepReason.repository}`;

   case "unnumbered":
    return `its name, ${keepReason.name}, doesn\u2019t say that it was made for this pull request`;

   case "pattern_mismatch":
    return `its id doesn\u2019t match ${keepReason.pattern}`;

   case "being_deleted":
    return "it is already being deleted";

   case "open_pull_request":
    return "its pull request is open";

   case "no_pull_request":
    return `there is no pull request ${keepReason.pullRequest} in ${keepReason.repository}`;
   }
  };
  // CONCATENATED MODULE: ./lib/core/report/prune-problems.js
  const describePruneEnd = (reason, request, context) => {
   const {pruned} = context.state;
   switch (reason.kind) {
   case "prune_failed":
    return describePruneFailed(pruned, context);

   case "dry_prune":
    return {
     what: `${formatEnvironments(countOf(pruned, "would_be_deleted"))} would be deleted. Nothing was done: dry_run.`
    };

   case "prune_timed_out":
    return describePruneTimedOut(request, pruned);

   case "prune_cancelled":
    return describePruneCancelled(pruned);

   case "killed_prune":
    return describeKilledPrune(reason.remains);
   }
  };
  const formatEnvironments = count => (0, words.B4)(count, "environment");
  const countOf = (decisions, action) => decisions.filter(decision => decision.action === action).length;
  const describePruneFailed = (decisions, context) => {
   const failed = decisions.filter(({action}) => action === "failed");
   const named = failed.slice(0, 3).map(({env, reason}) => `${env}: ${formatPruneReason(reason, context)}`);
   return {
    cause: `${formatEnvironments(failed.length)} could not be deleted`,
    what: `${formatEnvironments(failed.length)} could not be deleted. ${named.join("; ")}${failed.length > 3 ? `; and ${failed.length - 3} more.` : "."}`,
    remedy: adviseAfterPrune(failed, context)
   };
  };
  const rerun = "Re-run the job for them; the others are done.";
  const adviseAfterPrune = (failed, context) => {
   const remedies = failed.map(({reason}) => reason.kind === "failed" ? describeFailedDeletion(reason.reason, context).remedy ?? rerun : rerun);
   const [first = rerun, ...others] = new Set(remedies);
   return others.length === 0 ? first : "Correct what is listed, then re-run the job for them; the others are done.";
  };
  const describePruneTimedOut = ({timeoutMs}, decisions) => ({
   what: `The timeout of ${(0, words.a3)(timeoutMs)} passed: ${formatEnvironments(countOf(decisions, "deleted"))} deleted, ${countOf(decisions, "failed")} left.`,
   remedy: "Re-run the job for the rest, or set a longer timeout."
  });
  const describePruneCancelled = decisions => ({
   what: `The workflow was cancelled: ${formatEnvironments(countOf(decisions, "deleted"))} had been deleted.`
  });
  const describePullRequestsUnreadable = github => ({
   cause: "the pull requests could not be checked",
   what: `The pull requests could not be checked, so nothing was deleted. ${github.what}`,
   ...github.remedy !== undefined && {
    remedy: github.remedy
   }
  });
  const describeKilledPrune = remains => {
   const countOf = wanted => remains.filter(each => each === wanted).length;
   const [gone, unknown] = [ countOf("gone"), countOf("unknown") ];
   const unseen = unknown > 0 ? `, ${unknown} could not be checked` : "";
   const seen = remains.length === 0 ? "no deletion was under way" : `of ${(0, words.B4)(remains.length, "deletion")} under way, ${gone} ${gone === 1 ? "has" : "have"} finished${unseen}`;
   return {
    what: `The step was terminated; ${seen}.`,
    remedy: "Re-run the job for the rest."
   };
  };
  const formatPruneReason = (reason, context) => {
   switch (reason.kind) {
   case "closed":
   case "merged":
    return `its pull request is ${reason.kind}`;

   case "deleted_elsewhere":
    return "it was deleted in the meantime, not by this step";

   case "failed":
    return (0, words.HV)(describeFailedDeletion(reason.reason, context).what);

   case "stopped":
    return (0, words.nn)("; ", stops[reason.by] + formatLastHeard(reason.error), goesOn[reason.progress]);

   case "pull_request_unreadable":
    return (0, words.nn)("; ", `its pull request could not be checked (${(0, words.HV)((0, 
    request_problems.Po)(reason.failure).what)})`, goesOn[reason.progress]);

   case "internal_error":
    return (0, words.nn)("; ", `because of a bug in the action: ${(0, words.HV)(reason.message)}`, goesOn[reason.progress]);

   default:
    return formatKeepReason(reason);
   }
  };
  const stops = {
   timeout: "the timeout passed first",
   cancelled: "the workflow was cancelled"
  };
  const formatLastHeard = error => error ? ` (${(0, words.HV)((0, request_problems.Ic)(error).what)})` : "";
  const goesOn = {
   none: "",
   asked: "it may have been deleted",
   going: "its deletion goes on in Humanitec"
  };
  const describeFailedDeletion = (reason, context) => {
   switch (reason.kind) {
   case "request":
    return (0, refusals.Tp)(reason.error, context);

   case "unreachable":
    return (0, refusals.aN)(reason.error, context);

   case "last_environment":
   case "not_deletable":
   case "deletion_given_up":
    return describeRefusedDeletion(reason);

   default:
    return {
     what: reason.kind
    };
   }
  };
  // CONCATENATED MODULE: ./lib/core/report/prune-table.js
  const maxRows = 500;
  const maxKept = 10;
  const formatDecisionTables = report => {
   const {request, pruned} = report.state;
   const {previews, others} = groupDecisions(pruned);
   const kept = previews.filter(decision => (0, result.v8)(decision) === "kept");
   const isFolded = kept.length > maxKept;
   return [ formatPreviewTable(isFolded ? previews.filter(decision => !kept.includes(decision)) : previews, report), isFolded ? (0, 
   text_writer.nH)(`${(0, words.B4)(kept.length, "preview")}, kept`, formatPreviewTable(kept, report)) : "", formatOtherFold(others, request?.env ?? "", report.writer) ];
  };
  const header = [ "environment", "pull&nbsp;request", "result", "reason" ];
  const formatPreviewTable = (decisions, report) => {
   const {workflow, writer} = report;
   if (decisions.length === 0) return "";
   const rows = decisions.slice(0, maxRows).map(decision => [ writer.code(decision.env), formatPullRequest(decision, workflow, writer), endWords[(0, 
   result.v8)(decision)].replaceAll(" ", "&nbsp;"), writer.markdown(formatPruneReason(decision.reason, report), 300) ]);
   const more = decisions.length - rows.length;
   return [ (0, text_writer.ku)(header, rows), ...more > 0 ? [ `\u2026 and ${more} more` ] : [] ].join("\n\n");
  };
  const formatPullRequest = ({pullRequest, named}, workflow, writer) => {
   const number = named?.pullRequest ?? pullRequest;
   if (number === undefined) return "";
   const repository = named?.repository ?? workflow.repository;
   const isOwn = (0, workflow_context.ve)(repository, workflow.repository);
   return writer.link(`${isOwn ? "" : repository}#${number}`, (0, links.xz)(workflow, number, repository));
  };
  const formatOtherFold = (decisions, pattern, writer) => {
   if (decisions.length === 0) return "";
   const named = decisions.slice(0, maxRows).map(({env}) => writer.code(env));
   const more = decisions.length - named.length;
   return (0, text_writer.nH)(`${(0, words.B4)(decisions.length, "other environment")}, kept: not matching ${writer.htmlCode(pattern)}`, `${named.join(", ")}${more > 0 ? ` \u2026 and ${more} more` : ""}`);
  };
  const maxUnfolded = 50;
  const formatDecisionBlocks = report => {
   const {writer, state} = report;
   const {request, pruned} = state;
   const {previews, others} = groupDecisions(pruned);
   const lines = others.map(({env}) => writer.logLine(`  ${env}`));
   const title = `${(0, words.B4)(others.length, "other environment")}, kept: not matching ${request?.env}`;
   return [ formatPreviewBlock(previews, report), {
    title: writer.logLine(title),
    lines
   } ];
  };
  const formatPreviewBlock = (decisions, report) => {
   const {writer} = report;
   const envWidth = Math.max(0, ...decisions.slice(0, maxUnfolded).map(({env}) => env.length));
   const wordOf = decision => endWords[(0, result.v8)(decision)];
   const wordWidth = Math.max(0, ...decisions.slice(0, maxUnfolded).map(decision => wordOf(decision).length));
   const lines = decisions.map(decision => writer.logLine(`  ${decision.env.padEnd(envWidth)}  ${wordOf(decision).padEnd(wordWidth)}  ${formatPruneReason(decision.reason, report)}`));
   return lines.length > maxUnfolded ? {
    title: writer.logLine(`${(0, words.B4)(lines.length, "environment")} checked`),
    lines
   } : {
    lines
   };
  };
  const groupDecisions = decisions => {
   const {previews = [], others = []} = Object.groupBy(decisions, ({pullRequest}) => pullRequest === undefined ? "others" : "previews");
   return {
    previews: previews.toSorted((one, other) => orderOf(one) - orderOf(other)),
    others
   };
  };
  const orderOf = decision => order[(0, result.v8)(decision)];
  const order = {
   failed: 0,
   deleted: 1,
   would_be_deleted: 1,
   gone: 2,
   going: 3,
   kept: 4
  };
  const endWords = {
   failed: "failed",
   deleted: "deleted",
   would_be_deleted: "would be deleted",
   gone: "already gone",
   going: "being deleted",
   kept: "kept"
  };
  // EXTERNAL MODULE: ./lib/core/report/remarks.js
    var report_remarks = __webpack_require__(3819);
  // CONCATENATED MODULE: ./lib/core/report/log-result.js
  const maxGroups = 200;
  const maxUrls = 20;
  const formatResult = report => [ ...(0, health_section.su)(report), ...listBlocks(report) ].filter(({lines}) => lines.length > 0);
  const listBlocks = report => {
   const {state, result, writer} = report;
   const remarks = formatLines((0, report_remarks.n)(report), writer);
   switch (result.outcome) {
   case "failed":
    return formatHiddenErrors(report);

   case "succeeded":
    return [ formatLines(state.environmentUrls.slice(0, maxUrls).map(url => `  url       ${url}`), writer), remarks ];

   case "started":
    return [ formatLines(formatHowToFollow(state), writer), remarks ];

   case "planned":
    return [ remarks ];

   case "deleted":
   case "pruned":
    return [ ...formatDecisionBlocks(report), formatLines([ (0, report_headline.QG)(report) ], writer), remarks ];

   default:
    return formatDecisionBlocks(report);
   }
  };
  const formatNextSteps = report => formatLines(listNextSteps(report).filter(Boolean), report.writer).lines;
  const listNextSteps = report => {
   const {outcome} = report.result;
   if (outcome === "failed") return [ ...(0, report_remarks.n)(report), (0, deployment_facts.Vi)(report) ];
   return outcome === "unhealthy" ? [ (0, deployment_facts.Vi)(report) ] : [];
  };
  const formatLines = (lines, writer) => ({
   lines: lines.map(line => writer.logLine(line))
  });
  const formatHiddenErrors = report => {
   const {writer} = report;
   const hidden = (0, report_errors.Gr)(report).filter((error, index) => !isShownInFull(error, index));
   const more = hidden.length - maxGroups;
   return [ ...hidden.slice(0, maxGroups).map(error => formatErrorGroup(error, writer)), formatLines(more > 0 ? [ `\u2026 and ${(0, 
   words.B4)(more, "more error")}: they are in the summary` ] : [], writer) ];
  };
  const formatErrorGroup = (error, writer) => {
   const title = (0, words.nn)(": ", formatErrorHead(error), formatErrorTitle(error));
   return {
    title: writer.logLine(title, 200),
    lines: writer.logLines(error.message || report_errors.R3)
   };
  };
  const formatErrorPlace = ({object_id, scope}) => object_id || scope;
  const formatErrorHead = error => (0, words.nn)(" in ", error.code || "Error", formatErrorPlace(error));
  const formatErrorTitle = ({summary, error_type}) => summary || error_type;
  const formatHowToFollow = ({deployment}) => deployment ? [ `Not waited for. A later job can follow it with operation: wait, deployment_id: ${deployment.id}` ] : [];
  const maxErrors = 9;
  const formatAnnotations = report => {
   const {outcome} = report.result;
   if (outcome === "skipped" && !report.isCancelled) return [ formatEnd(report, "notice") ];
   if (outcome === "failed" && !report.result.problem) return formatFailed(report);
   const warnings = (0, health_section.aT)(report, outcome === "unhealthy" ? [] : (0, 
   health.VH)(report.state));
   if (!(0, run_outcome.$)(outcome)) return [ ...warnings, formatEnd(report, "error") ];
   return report.isCancelled ? [ ...warnings, formatCancelledEnd(report) ] : warnings;
  };
  const formatFailed = report => {
   const errors = (0, report_errors.Gr)(report).slice(0, maxErrors);
   const {byError, others} = (0, health_section.YH)(report, errors);
   return [ ...errors.map(error => formatError(error, byError.get(error) ?? "", report.writer)), ...(0, 
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
  const isShownInFull = (error, index) => index < maxErrors && !(0, report_errors.Ei)(error.message);
  const formatError = (error, failing, writer) => {
   const known = (0, words.nn)(": ", formatCodedTitle(error), formatSaid(error, writer)) || report_errors.R3;
   const message = (0, words.nn)("\n", (0, words.nn)(": ", formatErrorPlace(error), known), failing);
   return annotate({
    writer
   }, {
    level: "error",
    title: formatErrorHead(error),
    message
   });
  };
  const formatCodedTitle = error => {
   const title = formatErrorTitle(error);
   return title && error.code ? `${title} (${error.code})` : title || error.code;
  };
  const formatSaid = ({message, summary}, writer) => {
   if (message.trim() === summary) return "";
   return (0, report_errors.Ei)(message) ? `${(0, report_errors.Yg)(message, writer)} (in full in the log and in the summary)` : message;
  };
  const formatClosing = report => {
   const {writer} = report;
   const {deployment} = report.state;
   const durationMs = deployment && (0, deployments.wq)(deployment);
   const after = durationMs === undefined ? "" : ` after ${(0, words.a3)(durationMs)}`;
   const failed = `Deployment ${writer.shortId(deployment?.id ?? "")} failed${after}: ${formatCause(report)}`;
   return annotate(report, {
    level: "error",
    title: (0, report_headline.Q2)(report).what,
    message: (0, words.nn)("\n", failed, formatUnexplained(report), formatUrl(report))
   });
  };
  const formatUnexplained = report => {
   if ((0, report_errors.Gr)(report).length > 0) return "";
   return (0, report_errors.Jt)(report.state) ? "Open the deployment in Humanitec: the errors are shown there." : deployment_facts.UV;
  };
  const formatCause = report => {
   if ((0, report_errors.Jt)(report.state)) return (0, report_errors.MW)(report.state);
   const errors = (0, report_errors.Gr)(report);
   const hidden = errors.length - maxErrors;
   if (errors.length === 0) return "Humanitec reports no error for it";
   return `${(0, report_errors.h3)(errors)}${hidden > 0 ? `, ${(0, words.ZV)(hidden)} of them shown only below in the log and in the summary` : ""}`;
  };
  const formatEnd = (report, level) => {
   const headline = report.result.problem?.inputErrors ? (0, report_headline.QG)(report) : (0, 
   report_headline.Q2)(report).what;
   const url = report.result.outcome === "unknown" ? formatEnvironmentUrl(report) : formatUrl(report);
   const failing = report.result.outcome === "unhealthy" ? (0, health_section.mV)(report) : [];
   const lines = [ ...new Set([ ...(0, problem_text.Sk)(report), ...failing, ...(0, 
   report_remarks.n)(report), url ]) ].filter(Boolean);
   return annotate(report, {
    level,
    title: headline,
    message: lines.join("\n") || headline
   });
  };
  const cancelledAfterwards = {
   what: "The workflow was cancelled when the step had already come to this end."
  };
  const formatCancelledEnd = report => {
   const {deployment, pipelineRun} = report.state;
   const {what, remedy, runUrl} = deployment || pipelineRun ? describeCancelled(report) : cancelledAfterwards;
   return annotate(report, {
    level: "error",
    title: `Cancelled: ${(0, report_headline.QG)(report)}`,
    message: (0, words.nn)("\n", what, (0, words.nn)(" ", remedy, runUrl), formatUrl(report))
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
  // EXTERNAL MODULE: ./lib/core/report/outputs.js
    var outputs = __webpack_require__(3064);
  // CONCATENATED MODULE: ./lib/core/report/environment-problems.js
  const describeEnvironmentReason = (reason, request, writer) => {
   switch (reason.kind) {
   case "no_environment":
    return describeNoEnvironment(request, reason.environment);

   case "no_source":
    return describeNoSource(request, reason.input, reason.env);

   case "nothing_succeeded":
    return describeNothingSucceeded(reason.env);

   case "wrong_type":
    return describeWrongType(reason.environment, reason.envType);

   case "others_environment":
    return describeOthersEnvironment(reason.environment, reason.claim);

   case "production_copy":
    return describeProductionCopy(request, reason.from);

   case "images_unfit":
    return describeImageProblems(reason.problems, reason.env, writer);

   case "no_base_set":
    return describeNoBaseSet(reason.id, writer);

   case "base_elsewhere":
    return describeBaseElsewhere(reason.id, request.env, writer);
   }
  };
  const describeNoEnvironment = ({operation, org, app, env}, environment) => environment ? {
   cause: "the environment is being deleted",
   what: `The environment ${env} of ${app} in ${org} is being deleted.`,
   remedy: "Check env. For a preview, set create_from, which waits for the deletion and then creates the environment again."
  } : {
   cause: "there is no such environment",
   what: `There is no environment ${env} in the application ${app} of ${org}, or the token isn\u2019t allowed to see it.`,
   remedy: `Check org, app and env, and the token\u2019s roles${operation === "deploy" ? "; for a preview, set create_from, which creates it" : ""}.`
  };
  const describeNoSource = ({org, app, env}, input, from) => {
   const use = input === "create_from" ? `create ${env} from` : `take the state of ${env} from`;
   return {
    cause: `there is no environment ${from}`,
    what: `There is no environment ${from} in the application ${app} of ${org} to ${use}, or the token isn\u2019t allowed to see it.`,
    remedy: `Check ${input}, and the token\u2019s roles.`
   };
  };
  const describeWrongType = ({id, type}, envType) => ({
   cause: `${id} is of type ${type || "unknown"}, not ${envType}`,
   what: `The environment ${id} is of type ${type || "unknown"}, not ${envType}.`,
   isCauseComplete: true,
   remedy: "Check env and env_type."
  });
  const describeOthersEnvironment = ({id, name}, claim) => ({
   cause: `${id} was made for ${claim}`,
   what: `The environment ${id} is named ${name}: it was made for ${claim}.`,
   remedy: claim === "another repository" ? "Use different ids for each repository, such as env: shop-pr-12. If this repository had that name before, delete the environment with operation: delete and env_type, and re-run the job." : "Check env: every pull request needs one of its own, such as env: pr-12."
  });
  const describeProductionCopy = ({env}, from) => ({
   cause: "the copy would be a production environment",
   what: `The environment ${from} is of type production, and its copy ${env} would be, too.`,
   remedy: "Set the type of the copy, for example env_type: development."
  });
  const describeNothingSucceeded = id => ({
   cause: `no deployment has succeeded in ${id} yet`,
   what: `The environment ${id} has no successful deployment to start from.`,
   remedy: "Deploy to it first, or name another environment."
  });
  const describeNoBaseSet = (id, writer) => ({
   cause: "the base has no Set",
   what: `Deployment ${writer.shortId(id)} has no Set, so its contents can\u2019t be read.`,
   remedy: "Deploy the environment once with redeploy: true, which gives it a Set, or create the Delta yourself and set delta_id."
  });
  const describeBaseElsewhere = (id, env, writer) => ({
   cause: `${writer.shortId(id)} is not a deployment of ${env}`,
   what: `The environment ${env} has no deployment ${id}.`,
   remedy: "With images, score or dry_run, from_deploy_id takes a deployment of env itself; for another environment\u2019s state, use from_env."
  });
  const maxNames = 20;
  const maxProblems = 20;
  const maxNameUnits = 100;
  const maxCause = 150;
  const describeImageProblems = (problems, env, writer) => {
   const named = problems.filter(problem => problem.kind !== "no base");
   if (named.length < problems.length) return describeNoBase(env);
   const sentences = named.slice(0, maxProblems).map(problem => formatImageProblem(problem, writer));
   const more = named.length - sentences.length;
   const what = [ ...sentences, ...more > 0 ? [ `There are ${(0, words.B4)(more, "more problem")}.` ] : [] ].join(" ");
   const isShort = named.length === 1 && what.length <= maxCause;
   return {
    cause: isShort ? toCause(what) : `${(0, words.B4)(named.length, "image")} can\u2019t be assigned to a container`,
    what,
    ...isShort && {
     isCauseComplete: true
    },
    remedy: "Correct the input images: workload=image, or workload/container=image."
   };
  };
  const toCause = sentence => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, "");
  const describeNoBase = env => ({
   cause: "nothing was ever deployed there",
   what: `Nothing was ever deployed to ${env}, so there is no container to give an image to: a first deployment needs whole workloads.`,
   remedy: "Deploy a Score file with the input score, a Delta with delta_id, or another environment\u2019s state with from_env."
  });
  const formatImageProblem = (problem, writer) => {
   const quote = name => writer.line(name, maxNameUnits);
   switch (problem.kind) {
   case "unknown workload":
    return `Workload ${quote(problem.workload)} doesn\u2019t exist; ${listThose(problem.known, quote)}.`;

   case "no containers":
    return `Workload ${quote(problem.workload)} has no known containers, so it can\u2019t take an image; ${listThose(problem.known, quote)}.`;

   case "unknown container":
    return `Workload ${quote(problem.workload)} has no container ${quote(problem.container)}; it has ${joinNames(problem.known, quote)}.`;

   case "several containers":
    return `Workload ${quote(problem.workload)} has several containers: ${joinNames(problem.known, quote)}. Name one of them.`;

   case "no only container":
    return `The image ${writer.line(problem.image, 300)} names no workload, and ${describeChoice(problem.known, quote)}.`;

   case "same container twice":
    return `Container ${quote(problem.container)} of workload ${quote(problem.workload)} is given two images.`;
   }
  };
  const describeChoice = (known, quote) => {
   const [only, second] = known;
   if (only === undefined) return "there are no workloads to choose from";
   if (second !== undefined) return `there are several: ${joinWorkloads(known, quote)}`;
   const keys = only.containers.map(({key}) => key);
   const has = keys.length === 0 ? "no known containers" : `several containers: ${joinNames(keys, quote)}`;
   return `the only one, ${quote(only.workload)}, has ${has}`;
  };
  const listThose = (known, quote) => {
   if (known.length === 0) return "there are none";
   return `there ${known.length === 1 ? "is" : "are"} ${joinWorkloads(known, quote)}`;
  };
  const joinWorkloads = (known, quote) => joinNames(known.map(({workload}) => workload), name => {
   const containers = known.find(({workload}) => workload === name)?.containers ?? [];
   return `${quote(name)}${containers.length === 0 ? " (without containers)" : ""}`;
  });
  const joinNames = (names, quote) => {
   const more = names.length - maxNames;
   const shown = names.slice(0, maxNames).map(quote);
   return (0, words.yZ)([ ...shown, ...more > 0 ? [ `${more} more` ] : [] ], "and");
  };
  // CONCATENATED MODULE: ./lib/core/report/start-problems.js
  const describeConflict = (request, {active, isFromThisRun, unread}, {nowMs, writer}) => {
   if (unread) return describeUnreadConflict(request, unread);
   const age = (0, words.nV)(active?.created_at ?? "", nowMs);
   const what = active ? `Deployment ${writer.shortId(active.id)} is active in ${request.env}, started ${age && `${age} `}by ${(0, 
   words.ts)(active.created_by) || "someone"}.` : `Humanitec says that another deployment is active in ${request.env} (409).`;
   return {
    cause: "another deployment is active",
    what: `${what} ${isFromThisRun ? startedByThisRun : "Nothing was started."}`,
    remedy: "Re-run the job when that deployment has finished, or set `on_conflict: wait`.",
    ...active && {
     conflict: active
    }
   };
  };
  const startedByThisRun = "This workflow run started it, for another change: in another job or step, or in an earlier attempt with other inputs. This step started nothing.";
  const describeUnreadConflict = ({env}, unread) => ({
   cause: "a deployment is active that could not be identified",
   what: `Humanitec says that a deployment is active in ${env} (409). Whose it is could not be read: it may be this run\u2019s own, if something between the runner and Humanitec sent the request twice.${unread === "too_late" ? " The timeout passed before the list of deployments was read." : (0, 
   request_problems.Vk)(unread)}`,
   remedy: "Look at the environment\u2019s deployments: this run\u2019s own has the address of this run in its comment. If it is active, re-run the job, which then follows it; if another one is, re-run the job when that has ended, or set `on_conflict: wait`."
  });
  const describeOtherBase = ({asked, actual}, {state: {deployment}, writer}) => ({
   cause: "on a different base than requested",
   isOtherBase: true,
   what: `Deployment ${writer.shortId(deployment?.id ?? "")} is based on the state of ${writer.shortId(actual)}, not of ${writer.shortId(asked)} as requested: the environment\u2019s base changed between the rebase and the start. The deployment\u2019s status: ${deployment?.status || "unknown"}.`,
   remedy: "Re-run the job. Put all jobs that deploy to this environment, in all workflows, into one concurrency group, so that none comes in between."
  });
  const describeUnknownStart = ({sent, error, isSeveral}, {env}) => isSeveral ? {
   cause: "it has taken effect more than once",
   what: `Humanitec shows that the request to deploy ${formatBody(sent)} to ${env} has taken effect more than once.`,
   remedy: `Look at the environment\u2019s deployments: those of this run have the comment \u201c${sent.comment}\u201d.`
  } : {
   what: `A request to deploy ${formatBody(sent)} to ${env} was sent, but whether Humanitec started a deployment could not be determined. The deployment may be running.${(0, 
   request_problems.Vk)(error)}`,
   remedy: `Look at the environment\u2019s deployments before anything is started again: the one from this run has the comment \u201c${sent.comment}\u201d. A deployment pipeline that takes deployment requests may be holding it, for instance for an approval.`
  };
  const formatBody = ({delta_id, set_id}) => delta_id ? `Delta ${delta_id}` : set_id ? `Set ${set_id}` : "the environment\u2019s base";
  // CONCATENATED MODULE: ./lib/core/report/problems.js
  const describeReason = (reason, context) => {
   const {state, workflow} = context;
   switch (reason.kind) {
   case "input_errors":
    return describeInputErrors(reason.inputErrors, workflow);

   case "no_secrets":
    return describeNoSecrets(workflow);

   case "others_pull_request":
    return describeOthersPullRequest(reason.number);

   case "pull_request_unreadable":
    return describePullRequestUnread(reason.number, (0, request_problems.wb)(reason.failure));

   case "internal_error":
    return describeInternalError(reason.message);

   case "no_connection":
    return (0, request_problems.XY)(reason.why);

   case "pull_requests_unreadable":
    return describePullRequestsUnreadable((0, request_problems.wb)(reason.failure));

   case "request":
    return (0, refusals.Tp)(reason.error, context);

   case "unreachable":
    return (0, refusals.aN)(reason.error, context);

   case "timed_out":
    return describeTimedOut(context, reason);

   case "unhealthy":
    return (0, health.sR)(reason.why, context);

   case "cancelled":
    return describeCancelled(context);

   case "killed":
    return describeKilled(context, reason.isUnread);

   case "score":
    return {
     what: reason.kind
    };

   default:
    return state.request === undefined ? {
     what: reason.kind
    } : describeOperationReason(reason, state.request, context);
   }
  };
  const describeOperationReason = (reason, request, context) => {
   switch (reason.kind) {
   case "no_environment":
   case "no_source":
   case "nothing_succeeded":
   case "wrong_type":
   case "others_environment":
   case "production_copy":
   case "images_unfit":
   case "no_base_set":
   case "base_elsewhere":
    return describeEnvironmentReason(reason, request, context.writer);

   case "no_deployment":
    return describeNoDeployment(request);

   case "conflict":
    return describeConflict(request, reason, context);

   case "other_base":
    return describeOtherBase(reason, context);

   case "run_failed":
   case "run_without_deployment":
   case "run_elsewhere":
    return (0, pipeline_problems.F_)(reason, request);

   case "start_unknown":
    return describeUnknownStart(reason, request);

   case "prune_failed":
   case "dry_prune":
   case "prune_timed_out":
   case "prune_cancelled":
   case "killed_prune":
    return describePruneEnd(reason, request, context);

   default:
    return describeDeletionReason(reason, request, context);
   }
  };
  const describeNoDeployment = ({env}) => ({
   cause: "there is none",
   what: `The environment ${env} has no deployment to wait for.`,
   remedy: "Deploy to it first, or check env."
  });
  const describeInputErrors = (inputErrors, workflow) => {
   const byInput = Map.groupBy(inputErrors, ({input}) => input);
   const {size} = byInput;
   const what = `${size === 1 ? "One input is wrong" : `${size} inputs are wrong`}; nothing was done.`;
   const lacksToken = inputErrors.some(({input, isSecret}) => input === "token" && !isSecret);
   return {
    what,
    inputErrors: [ ...byInput.values() ].flat(),
    ...lacksToken && (0, workflow_context.SS)(workflow) && {
     remedy: dependabotsRemedy
    }
   };
  };
  const dependabotsRemedy = "GitHub gives runs that Dependabot starts only Dependabot\u2019s own secrets: let a person merge, or add the token to Dependabot\u2019s secrets and re-run the job.";
  const describeNoSecrets = ({pullRequest}) => ({
   cause: pullRequest?.isFromFork ? "GitHub gives this run no secrets" : "Dependabot\u2019s secrets don\u2019t hold the token",
   what: pullRequest?.isFromFork ? "Nothing was done: the pull request comes from another repository, and GitHub gives such runs no secrets." : "Nothing was done: Dependabot started the run, and GitHub gives such runs only Dependabot\u2019s own secrets, which don\u2019t hold the token.",
   remedy: pullRequest?.isFromFork ? "To run the step anyway, review the pull request, and push its branch to this repository." : "To run the step for Dependabot, too, add the token to Dependabot\u2019s own secrets."
  });
  const describeOthersPullRequest = number => ({
   cause: `pull request ${number} isn\u2019t the one that the triggering workflow ran for`,
   what: `Pull request ${number} isn\u2019t the one that the triggering workflow (workflow_run) ran for: its head is another commit, or in another repository. Nothing was done.`,
   remedy: "If the pull request has a newer commit by now, wait for the run of that commit. Otherwise check the input pull_request."
  });
  const describePullRequestUnread = (number, github) => ({
   cause: `pull request ${number} could not be checked`,
   what: `Whether the triggering workflow (workflow_run) ran for pull request ${number} could not be checked. Nothing was done. ${github.what}`,
   ...github.remedy !== undefined && {
    remedy: github.remedy
   }
  });
  const describeInternalError = message => ({
   cause: "a bug in the action",
   what: `The action failed because of a bug in it: ${message}.`,
   remedy: "Please report it with the log of a run that has debug logging on."
  });
  // EXTERNAL MODULE: ./lib/core/text/clean.js
    var clean = __webpack_require__(6010);
  // EXTERNAL MODULE: ./lib/core/report/changes.js
    var changes = __webpack_require__(615);
  // CONCATENATED MODULE: ./lib/core/report/summary.js
  const maxSummaryBytes = 1e6;
  const reservedBytes = 2e3;
  const formatSummary = report => {
   const {outcome} = report.result;
   const isFailed = outcome === "failed";
   const top = formatTop(report);
   const bottom = [ ...(0, health_section.a2)(report), isFailed || outcome === "unhealthy" ? (0, 
   deployment_facts.J7)(report) : "", ...(0, changes._I)(report), (0, report_remarks.B)(report), formatDetails(report) ];
   const bytesLeft = maxSummaryBytes - reservedBytes - (0, clean.Tu)([ ...top, ...bottom ].join("\n\n"));
   const errors = isFailed ? formatErrors(report, bytesLeft) : [];
   return `${[ ...top, ...errors, ...bottom ].filter(Boolean).join("\n\n")}\n`;
  };
  const formatTop = report => {
   const {result, writer} = report;
   const failedAfter = result.outcome === "failed" ? (0, deployment_facts.XO)(report.state) : "";
   return [ `### ${(0, report_headline.Yx)(report)} ${writer.markdown((0, report_headline.QG)(report))}`, (0, 
   deployment_facts._M)(report), (0, words.nn)(" \xb7 ", failedAfter, (0, deployment_facts.jC)(report)), (0, 
   deployment_facts.CY)(report), ...(0, problem_text.rQ)(report), ...(0, health_section.Gx)(report), (0, 
   deployment_facts.iP)(report), formatChart(report), ...formatDecisionTables(report) ];
  };
  const formatErrors = (report, maxBytes) => {
   const {markdown, leftOut} = (0, report_errors.dq)(report, maxBytes);
   if (leftOut === 0) return [ markdown ];
   return [ markdown, `${(0, words.B4)(leftOut, "error")} left out, since a summary holds at most 1 MiB. All of them: ${(0, 
   deployment_facts.Tp)(report)}` ];
  };
  const formatDetails = report => {
   const [first, ...rows] = listDetails(report).filter(([, value]) => value !== "");
   return first === undefined ? "" : (0, text_writer.nH)("Details", (0, text_writer.ku)(first, rows));
  };
  const listDetails = ({state: {request, deployment, deltaId, base}, workflow, nowMs, writer}) => {
   if (!request) return [];
   const {org, app, env, appUrl} = request;
   const wanted = request.operation === "deploy" ? request : undefined;
   const baseId = deployment?.from_id || base?.id || "";
   const baseAge = base?.id === baseId && base.created_at !== "" ? `${base.status}, ${(0, 
   words.nV)(base.created_at, nowMs)}` : "";
   return [ [ "environment", request.operation === "prune" ? writer.code(`${org}/${app}/${env}`) : writer.link(`${org} / ${app} / ${env}`, (0, 
   links.FC)({
    appUrl,
    org,
    app,
    env
   })) ], [ "deployment", writer.code(deployment?.id ?? "") ], [ "status", writer.markdown(deployment?.status ?? "", 100) ], [ "Delta", writer.code(deployment?.delta_id || deltaId || wanted?.deltaId || "") ], [ "Set", writer.code(deployment?.set_id || wanted?.setId || "") ], [ "base", baseId && (0, 
   words.nn)(", ", writer.code(baseId) + (0, deployment_facts.j2)(wanted, writer), writer.markdown(baseAge)) ], [ "values", writer.code(wanted?.valueSetVersionId ?? "") ], [ "mode", wanted?.mode ?? "" ], [ "comment", writer.markdown(deployment?.comment ?? "", 500) ], [ "started", (0, 
   words.nn)(" ", (0, words.ay)(deployment?.created_at ?? ""), deployment?.created_by && `by ${writer.markdown((0, 
   words.ts)(deployment.created_by), 100)}`) ], [ "ended", deployment && (0, deployments.dR)(deployment) ? (0, 
   words.ay)(deployment.status_changed_at) : "" ], [ "workflow&nbsp;run", workflow.runUrl && writer.link(workflow.runUrl.replace(/^https?:\/\/[^/]+\//, ""), workflow.runUrl) ] ];
  };
  const bars = [ "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588" ];
  const maxBars = 20;
  const minBars = 3;
  const formatChart = ({state: {deployment, history}, result: {outcome}}) => {
   if (outcome === "succeeded") return formatDurationChart(history, deployment && (0, 
   deployments.wq)(deployment));
   return deployment && (outcome === "cancelled" || outcome === "started") ? formatDurationChart(history, undefined) : "";
  };
  const formatDurationChart = (historyNewestFirst, ownMs) => {
   const earlier = historyNewestFirst.filter(deployments.yO).flatMap(deployment => (0, 
   deployments.wq)(deployment) ?? []).slice(0, maxBars).reverse();
   if (earlier.length === 0) return "";
   if (earlier.length < minBars) return formatLegend(earlier);
   const {draw, lowestMs, highestMs} = createBarScale(ownMs === undefined ? earlier : [ ...earlier, ownMs ]);
   const own = ownMs === undefined ? "" : ` \u2192 \`${draw(ownMs)}\` this one`;
   const scale = `\`${bars[0]}\` ${(0, words.a3)(lowestMs)}, \`${bars.at(-1)}\` ${(0, 
   words.a3)(highestMs)}`;
   return `\`${earlier.map(draw).join("")}\`${own} (${scale}) \xb7 ${formatLegend(earlier)}`;
  };
  const formatLegend = earlier => {
   if (earlier.length === 1) return `the previous one took ${(0, words.NV)(earlier)}`;
   const median = earlier.length > 2 ? `, median ${(0, words.a3)(findMedian(earlier))}` : "";
   return `the previous ${earlier.length} took ${(0, words.NV)(earlier)}${median}`;
  };
  const createBarScale = durationsMs => {
   const median = findMedian(durationsMs);
   const lowest = Math.min(.75 * median, ...durationsMs);
   const highest = Math.max(1.25 * median, ...durationsMs);
   const draw = durationMs => bars[Math.round((durationMs - lowest) / Math.max(1, highest - lowest) * (bars.length - 1))] ?? bars[0];
   return {
    draw,
    lowestMs: lowest,
    highestMs: highest
   };
  };
  const findMedian = durationsMs => {
   const sorted = durationsMs.toSorted((a, b) => a - b);
   const middle = sorted.length >> 1;
   const [upper = 0, lower = upper] = [ sorted[middle], sorted[middle - 1] ];
   return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
  };
  // CONCATENATED MODULE: ./lib/operations/report.js
  const writeReport = (runner, report) => {
   for (const [name, value] of Object.entries((0, outputs.AH)(report.state, report.writer, report.result))) runner.setOutput(name, value);
   const summaryIsWritten = runner.appendSummary(formatSummary(report));
   if (!summaryIsWritten) runner.info(report.writer.logLine("There is no file for a job summary (GITHUB_STEP_SUMMARY): it was left out."));
   const isFailed = report.result.outcome === "failed";
   if (!isFailed) writeBlocks(runner, report);
   for (const annotation of formatAnnotations(report)) runner.annotate(annotation);
   if (isFailed) writeBlocks(runner, report);
   for (const line of formatNextSteps(report)) runner.info(line);
  };
  const annotateLateSignal = (runner, report) => {
   if (report.isCancelled || !(0, run_outcome.$)(report.result.outcome)) return;
   for (const annotation of formatAnnotations({
    ...report,
    isCancelled: true
   })) runner.annotate(annotation);
  };
  const writeBlocks = (runner, report) => {
   for (const {title, lines} of formatResult(report)) {
    if (title === undefined) for (const line of lines) runner.info(line); else runner.group(title, lines);
   }
  };
  const writePostStepReport = (runner, report) => {
   runner.appendSummary(formatSummary(report));
   writeBlocks(runner, report);
   runner.annotate(formatAfterwards(report));
   for (const line of formatNextSteps(report)) runner.info(line);
  };
  const createReport = ({workflow, clock, writer, cancel, startedMs}, {state}, result) => {
   const nowMs = clock.now();
   const isCancelled = cancel.aborted;
   const {outcome, reason, problem = reason && describeReason(reason, {
    state,
    workflow,
    nowMs,
    writer
   })} = result;
   const reported = {
    outcome,
    ...problem && {
     problem
    }
   };
   return {
    result: reported,
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
