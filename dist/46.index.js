export const id = 46;
export const ids = [46];
export const modules = {

/***/ 4582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S0: () => (/* binding */ formatDeletedComment),
/* harmony export */   _U: () => (/* binding */ formatDeployingComment),
/* harmony export */   gJ: () => (/* binding */ formatMarker),
/* harmony export */   jw: () => (/* binding */ formatComment)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8415);
/* harmony import */ var _ending_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3171);
/* harmony import */ var _error_groups_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5266);
/* harmony import */ var _error_tables_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3887);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2991);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(631);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3474);
/* harmony import */ var _problem_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6598);
/* harmony import */ var _summary_facts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6601);










const mostUnits = 60_000;
const mostErrors = 5;
const formatMarker = ({ org, app, env }) => `<!-- humanitec-deploy:${org}/${app}/${env} -->`;
const formatDeployingComment = (request, origin) => joinComment(request, [
    joinLine(`**${formatProgress(request).going}**`, (0,_summary_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .formatCommitLink */ .hZ)(origin), formatLogLink(origin)),
]);
const formatDeletedComment = (place) => joinComment(place, ['The preview was deleted.']);
const formatComment = (report) => {
    const { request } = report.facts;
    if (!request)
        return undefined;
    switch (report.ending.outcome) {
        case 'deleted':
            return formatDeletedComment(request);
        case 'succeeded':
            return joinComment(request, formatReady(request, report));
        default:
            return joinComment(request, formatOtherEnd(report));
    }
};
const formatReady = (request, { facts, origin }) => {
    const durationMs = facts.deployment && (0,_history_js__WEBPACK_IMPORTED_MODULE_4__/* .determineDurationMs */ .w)(facts.deployment);
    const took = durationMs === undefined ? '' : ` in ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_7__/* .formatDuration */ .a3)(durationMs)}`;
    return [
        joinLine(`${_headline_js__WEBPACK_IMPORTED_MODULE_3__/* .emoji */ .Z.succeeded} **${formatProgress(request).done}**`, (0,_ending_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .formatUrls */ ._M)(facts)),
        joinLine(`Deployed ${(0,_summary_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .formatCommitLink */ .hZ)(origin)}${took}`, formatLogLink(origin), formatHumanitecLink(facts)),
        (0,_ending_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRemarks */ .Bb)(facts),
    ];
};
const formatOtherEnd = (report) => {
    const { ending, facts, origin } = report;
    const isFailed = ending.outcome === 'failed';
    const errors = isFailed ? (0,_error_groups_js__WEBPACK_IMPORTED_MODULE_8__/* .listErrors */ .Gr)(facts) : [];
    const more = errors.length - mostErrors;
    return [
        `${_headline_js__WEBPACK_IMPORTED_MODULE_3__/* .emoji */ .Z[ending.outcome]} **${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)((0,_headline_js__WEBPACK_IMPORTED_MODULE_3__/* .formatHeadline */ .Q)(report))}**`,
        joinLine(isFailed ? (0,_summary_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .formatFailedAfter */ .XO)(facts) : '', (0,_summary_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .formatFactsLine */ .jC)(report), formatLogLink(origin)),
        ...(0,_problem_text_js__WEBPACK_IMPORTED_MODULE_5__/* .formatProblemBlocks */ .r)(report),
        (0,_ending_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .formatWord */ .Cj)(report),
        (0,_error_tables_js__WEBPACK_IMPORTED_MODULE_1__/* .formatFirstErrors */ .n)(errors, mostErrors),
        more > 0 ? joinLine(`… and ${(0,_error_groups_js__WEBPACK_IMPORTED_MODULE_8__/* .formatCount */ .B4)(more, 'more error')}`, formatLogLink(origin)) : '',
        isFailed ? (0,_summary_facts_js__WEBPACK_IMPORTED_MODULE_6__/* .formatWayBack */ .Sj)(report) : '',
        (0,_ending_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRemarks */ .Bb)(facts),
    ];
};
const formatProgress = (request) => {
    const [app, env] = [(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)(request.app), (0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)(request.env)];
    const isPreview = request.operation === 'deploy' && request.createFrom !== undefined;
    return isPreview
        ? { going: `${app} preview is being deployed`, done: `${app} preview is ready` }
        : { going: `${app} is being deployed to ${env}`, done: `${app} is deployed to ${env}` };
};
const formatLogLink = ({ runUrl }) => (runUrl === '' ? '' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .formatLink */ .u3)('log', runUrl));
const formatHumanitecLink = ({ request, deployment }) => request && deployment ? (0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .formatLink */ .u3)('Humanitec', (0,_links_js__WEBPACK_IMPORTED_MODULE_9__/* .formatDeploymentUrl */ .Or)(request, deployment.id)) : '';
const joinLine = (...parts) => parts.filter(Boolean).join(' · ');
const joinComment = (place, blocks) => {
    let comment = `${formatMarker(place)}\n`;
    for (const block of blocks.filter(Boolean)) {
        if (comment.length + block.length > mostUnits - 10)
            return `${comment}\n…\n`;
        comment += `\n${block}\n`;
    }
    return comment;
};


/***/ }),

/***/ 2798:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oi: () => (/* binding */ formatPayload),
/* harmony export */   bp: () => (/* binding */ listSuperseded),
/* harmony export */   oc: () => (/* binding */ formatGitHubEnvironment),
/* harmony export */   pX: () => (/* binding */ listActiveIds),
/* harmony export */   rI: () => (/* binding */ findOwnUnfinished),
/* harmony export */   uc: () => (/* binding */ formatFinalStatus)
/* harmony export */ });
/* harmony import */ var _clean_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7840);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2991);


const longestDescription = 140;
const formatGitHubEnvironment = ({ app, env }) => `${app}/${env}`;
const formatPayload = ({ runUrl, attempt }) => ({
    run: `${runUrl}/attempts/${attempt}`,
});
const unfinished = ['', 'queued', 'pending', 'in_progress'];
const findOwnUnfinished = (deployments, origin) => deployments.find(({ state, payload }) => unfinished.includes(state) && hasPayload(payload, formatPayload(origin).run));
const hasPayload = (payload, run) => payload.split(/[\\"]+/).some((part) => part === run);
const states = {
    succeeded: 'success',
    failed: 'failure',
};
const formatFinalStatus = (report) => {
    const { ending, facts, origin } = report;
    const state = states[ending.outcome] ?? 'error';
    const [environment_url] = state === 'success' ? facts.environmentUrls : [];
    return {
        state,
        description: (0,_clean_text_js__WEBPACK_IMPORTED_MODULE_1__/* .toLine */ .S5)((0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .formatHeadline */ .Q)(report), longestDescription),
        log_url: origin.runUrl,
        ...(environment_url !== undefined && { environment_url }),
    };
};
const listSuperseded = (deployments, ownId) => {
    const isOvertaken = deployments.some(({ id, state }) => id > ownId && (state === 'success' || state === 'failure'));
    return listActiveIds(deployments).filter((id) => id < ownId || (id === ownId && isOvertaken));
};
const listActiveIds = (deployments) => deployments.filter(({ state }) => state !== 'inactive').map(({ id }) => id);


/***/ }),

/***/ 1046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ determineGitHubVerdict),
/* harmony export */   T: () => (/* binding */ formatGitHubFailure)
/* harmony export */ });
/* harmony import */ var _network_advice_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9942);

const determineGitHubVerdict = (failure) => {
    const { kind, status = 0 } = failure;
    if (kind !== 'answered')
        return kind === 'untrusted' ? 'stop' : 'again';
    return status === 408 || status === 429 || status >= 500 || isRateLimit(failure) ? 'again' : 'stop';
};
const isRateLimit = ({ status, retryAfterMs, detail }) => status === 403 && (retryAfterMs !== undefined || /rate limit/i.test(detail));
const formatGitHubFailure = (failure, permission) => {
    const { kind, status = 0, request, detail } = failure;
    if (kind === 'unreadable')
        return { what: `GitHub’s answer to ${request} could not be used: ${detail}.` };
    if (kind !== 'answered')
        return (0,_network_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .describeNetworkFailure */ .K)(failure);
    const said = `(${status}) at ${request}${detail && `: ${detail.replace(/\.$/, '')}`}`;
    if (status === 401)
        return { what: `GitHub refused the token ${said}.`, remedy: 'Check github_token.' };
    if (determineGitHubVerdict(failure) === 'again')
        return { what: `GitHub did not answer as it should ${said}.` };
    const remedy = `Add to the job: permissions: ${permission}.`;
    return status === 403 || status === 404
        ? { what: `GitHub doesn’t allow it ${said}.`, remedy }
        : { what: `GitHub refused it ${said}.` };
};


/***/ }),

/***/ 2545:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HO: () => (/* binding */ createDeploymentTask),
/* harmony export */   RD: () => (/* binding */ deploymentTask),
/* harmony export */   jX: () => (/* binding */ retireAll)
/* harmony export */ });
/* harmony import */ var _core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2798);
/* harmony import */ var _github_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(341);


const deploymentTask = {
    what: 'GitHub’s own Deployment',
    permission: 'deployments: write',
};
const createDeploymentTask = (step, request, id) => {
    const environment = (0,_core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .formatGitHubEnvironment */ .oc)(request);
    let knownId = id;
    const getId = async (patience, mayBeThere) => {
        knownId ??= await createDeployment(step, patience, request, mayBeThere);
        step.journal.saveOpenWork({ githubDeployment: { id: knownId } });
        return knownId;
    };
    return {
        ...deploymentTask,
        field: 'githubDeployment',
        begin: async (patience) => {
            const { runUrl } = step.origin;
            const ownId = await getId(patience, false);
            await setStatus(step, patience, ownId, { state: 'in_progress', description: '', log_url: runUrl });
        },
        end: async (patience, report) => {
            const ownId = await getId(patience, true);
            await setStatus(step, patience, ownId, (0,_core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .formatFinalStatus */ .uc)(report));
            if (!report.facts.deployment)
                return;
            await retire(step, patience, environment, (deployments) => (0,_core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .listSuperseded */ .bp)(deployments, ownId));
        },
    };
};
const createDeployment = (step, patience, request, mayBeThere) => {
    const environment = (0,_core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .formatGitHubEnvironment */ .oc)(request);
    const body = {
        ref: step.origin.sha,
        environment,
        transient_environment: request.operation === 'deploy' && request.createFrom !== undefined,
        payload: (0,_core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPayload */ .Oi)(step.origin),
    };
    return (0,_github_js__WEBPACK_IMPORTED_MODULE_1__/* .askGitHub */ .X3)(step, patience, async (github, limits, attempt) => {
        const known = mayBeThere || attempt > 1 ? await github.listDeployments(environment, limits) : [];
        return (0,_core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .findOwnUnfinished */ .rI)(known, step.origin)?.id ?? github.createDeployment(body, limits);
    });
};
const setStatus = (step, patience, id, body) => (0,_github_js__WEBPACK_IMPORTED_MODULE_1__/* .askGitHub */ .X3)(step, patience, (github, limits) => github.createDeploymentStatus(id, body, limits));
const retire = async (step, patience, environment, choose) => {
    const deployments = await (0,_github_js__WEBPACK_IMPORTED_MODULE_1__/* .askGitHub */ .X3)(step, patience, (github, limits) => github.listDeployments(environment, limits));
    const status = { state: 'inactive', description: '', log_url: step.origin.runUrl };
    for (const id of choose(deployments)) {
        await setStatus(step, patience, id, status).catch((error) => {
            if (!(0,_github_js__WEBPACK_IMPORTED_MODULE_1__/* .isGone */ .ST)(error))
                throw error;
        });
    }
};
const retireAll = (step, patience, environment) => retire(step, patience, environment, _core_github_deployment_js__WEBPACK_IMPORTED_MODULE_0__/* .listActiveIds */ .pX);


/***/ }),

/***/ 9763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B0: () => (/* binding */ createAnnouncerOf),
/* harmony export */   R8: () => (/* binding */ warn),
/* harmony export */   a: () => (/* binding */ determineEndPatienceMs)
/* harmony export */ });
/* harmony import */ var _core_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8165);
/* harmony import */ var _core_github_problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1046);
/* harmony import */ var _core_stop_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4527);
/* harmony import */ var _github_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(341);




const beginPatienceMs = 30_000;
const longestEndMs = 30_000;
const shortestEndMs = 5_000;
const deadlineToleranceMs = 15_000;
const determineEndPatienceMs = ({ deadlineMs, clock }) => Math.max(shortestEndMs, Math.min(longestEndMs, deadlineMs + deadlineToleranceMs - clock.now()));
const createAnnouncerOf = (step, tasks) => {
    const running = tasks.map((task) => runTask(step, task));
    return {
        begin: () => {
            for (const { begin } of running)
                begin();
        },
        end: async (report) => {
            await Promise.all(running.map(({ end }) => end(report)));
        },
    };
};
const runTask = (step, task) => {
    let patience;
    let begun = Promise.resolve(undefined);
    const close = () => step.journal.saveOpenWork({ [task.field]: undefined });
    return {
        begin: () => {
            patience = (0,_github_js__WEBPACK_IMPORTED_MODULE_3__/* .createPatience */ .se)(step, beginPatienceMs);
            step.journal.saveOpenWork({ [task.field]: {} });
            begun = task
                .begin(patience)
                .catch((error) => error)
                .finally(patience.end);
        },
        end: async (report) => {
            const endMs = determineEndPatienceMs(step);
            patience?.hurry(endMs / 2);
            const failure = await begun;
            if (step.cancel.aborted)
                return;
            const outcome = isForGood(failure)
                ? failure
                : await (0,_github_js__WEBPACK_IMPORTED_MODULE_3__/* .withPatience */ .oW)(step, endMs, (last) => task.end(last, report)).catch((error) => error);
            if (step.cancel.aborted)
                return;
            if (outcome !== undefined)
                warn(step, task, outcome);
            close();
        },
    };
};
const isForGood = (failure) => failure !== undefined && !(failure instanceof _core_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestFailure */ .e && (0,_core_github_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .determineGitHubVerdict */ .G)(failure.details) === 'again');
const warn = (step, { what, permission }, error) => {
    const problem = describe(error, permission);
    const message = [`${what} was not brought up to date.`, problem.what, problem.remedy].filter(Boolean).join(' ');
    step.runner.annotate({ level: 'warning', message });
};
const describe = (error, permission) => {
    if (error instanceof _core_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestFailure */ .e)
        return (0,_core_github_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .formatGitHubFailure */ .T)(error.details, permission);
    if (error instanceof _core_stop_js__WEBPACK_IMPORTED_MODULE_2__/* .Stop */ .VG && error.ending.problem)
        return error.ending.problem;
    return { what: error instanceof Error ? error.message : String(error) };
};


/***/ }),

/***/ 341:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ST: () => (/* binding */ isGone),
/* harmony export */   X3: () => (/* binding */ askGitHub),
/* harmony export */   oW: () => (/* binding */ withPatience),
/* harmony export */   se: () => (/* binding */ createPatience)
/* harmony export */ });
/* harmony import */ var _core_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8165);
/* harmony import */ var _core_github_problem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1046);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7493);



const requestLimitMs = 10_000;
const createPatience = ({ clock, cancel }, ms) => {
    const over = new AbortController();
    const lastTry = new AbortController();
    const done = new AbortController();
    const cutAfter = (limitMs) => {
        clock.sleep(limitMs, done.signal).then(() => over.abort(formatOverdue(ms)), () => undefined);
    };
    cutAfter(ms);
    return {
        endMs: clock.now() + ms,
        signal: AbortSignal.any([cancel, over.signal]),
        lastTry: lastTry.signal,
        hurry: (limitMs) => {
            lastTry.abort();
            cutAfter(limitMs);
        },
        end: () => done.abort(),
    };
};
const formatOverdue = (ms) => new _core_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestFailure */ .e({
    kind: 'lost',
    request: 'GitHub',
    reach: { host: 'GitHub', setting: 'GITHUB_API_URL', extraCaFile: '' },
    code: 'TIMEOUT',
    detail: `it was not done within ${Math.round(ms / 1000)} s`,
});
const withPatience = async (step, ms, work) => {
    const patience = createPatience(step, ms);
    try {
        return await work(patience);
    }
    finally {
        patience.end();
    }
};
const askGitHub = async (step, patience, call) => {
    const github = await step.connectGitHub();
    for (let attempt = 1;; attempt++) {
        patience.signal.throwIfAborted();
        try {
            return await call(github, { timeoutMs: requestLimitMs, signal: patience.signal }, attempt);
        }
        catch (error) {
            patience.signal.throwIfAborted();
            if (!(error instanceof _core_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestFailure */ .e) || (0,_core_github_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .determineGitHubVerdict */ .G)(error.details) === 'stop')
                throw error;
            await pauseBeforeTry(step, patience, attempt, error);
        }
    }
};
const pauseBeforeTry = async ({ clock, random, runner }, patience, failures, failure) => {
    const delayMs = (0,_core_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .determineRetryDelayMs */ .Jb)(failures, random(), failure.details.retryAfterMs);
    if (patience.lastTry.aborted || clock.now() + delayMs >= patience.endMs)
        throw failure;
    runner.debug(`GitHub: ${failure.message}; again in ${Math.round(delayMs)} ms`);
    try {
        await clock.sleep(delayMs, AbortSignal.any([patience.signal, patience.lastTry]));
    }
    catch {
        patience.signal.throwIfAborted();
        throw failure;
    }
};
const isGone = (error) => error instanceof _core_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestFailure */ .e && (error.details.status === 404 || error.details.status === 410);


/***/ }),

/***/ 3864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Jz: () => (/* binding */ commentTask),
  J1: () => (/* binding */ createCommentTask),
  _f: () => (/* binding */ findPullRequest),
  xo: () => (/* binding */ placeComment)
});

// EXTERNAL MODULE: ./lib/core/comment.js
var comment = __webpack_require__(4582);
;// CONCATENATED MODULE: ./lib/core/own-comments.js
const listOwnComments = (comments, ownUserId, marker) => comments
    .filter(({ user, body }) => user.id === ownUserId && getFirstLine(body).includes(marker))
    .toSorted((one, other) => one.id - other.id);
const getFirstLine = (text) => text.split(/\r?\n/, 1)[0] ?? '';

// EXTERNAL MODULE: ./lib/flow/github.js
var github = __webpack_require__(341);
;// CONCATENATED MODULE: ./lib/flow/pull-request-comment.js



const commentTask = {
    what: 'The comment on the pull request',
    permission: 'pull-requests: write',
};
const createCommentTask = (step, request, id) => {
    let knownId = id;
    const write = async (patience, body) => {
        if (knownId !== undefined && (await updateComment(step, patience, knownId, body)))
            return;
        const pullRequest = await findPullRequest(step, patience);
        if (pullRequest === undefined)
            return;
        const place = { pullRequest, marker: (0,comment/* formatMarker */.gJ)(request), mayCreate: true };
        knownId = await placeComment(step, patience, place, body);
        step.journal.saveOpenWork({ comment: knownId === undefined ? {} : { id: knownId } });
    };
    return {
        ...commentTask,
        field: 'comment',
        begin: (patience) => write(patience, (0,comment/* formatDeployingComment */._U)(request, step.origin)),
        end: async (patience, report) => {
            const body = (0,comment/* formatComment */.jw)(report);
            if (body !== undefined)
                await write(patience, body);
        },
    };
};
const findPullRequest = async (step, patience) => {
    const { pullRequest, sha } = step.origin;
    if (pullRequest)
        return pullRequest.number;
    const find = () => (0,github/* askGitHub */.X3)(step, patience, (github, limits) => github.findOpenPullRequest(sha, limits));
    const number = sha === '' ? undefined : await find();
    if (number === undefined)
        step.runner.info(`No open pull request holds ${sha.slice(0, 7)}: there is none to comment on`);
    return number;
};
const updateComment = (step, patience, id, body) => (0,github/* askGitHub */.X3)(step, patience, (github, limits) => updateIfThere(github, limits, id, body));
const placeComment = (step, patience, place, body) => {
    let ownUserId;
    return (0,github/* askGitHub */.X3)(step, patience, async (github, limits) => {
        ownUserId ??= await github.getOwnUserId(limits);
        const userId = ownUserId;
        const list = async () => listOwnComments(await github.listComments(place.pullRequest, limits), userId, place.marker);
        for (;;) {
            const ours = await list();
            if (ours.length === 0 && !place.mayCreate)
                return undefined;
            const written = ours.length === 0 ? await github.createComment(place.pullRequest, body, limits) : undefined;
            const kept = await keepOldest(github, limits, written ? addTo(await list(), written) : ours);
            if (kept === written?.id || (await updateIfThere(github, limits, kept, body)))
                return kept;
        }
    });
};
const addTo = (comments, written) => [...comments.filter(({ id }) => id !== written.id), written].toSorted((one, other) => one.id - other.id);
const keepOldest = async (github, limits, [oldest, ...others]) => {
    for (const { id } of others)
        await ignoreGone(github.deleteComment(id, limits));
    return oldest?.id;
};
const updateIfThere = async (github, limits, id, body) => id !== undefined && (await ignoreGone(github.updateComment(id, body, limits)));
const ignoreGone = async (work) => {
    try {
        await work;
        return true;
    }
    catch (error) {
        if ((0,github/* isGone */.ST)(error))
            return false;
        throw error;
    }
};


/***/ }),

/***/ 46:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  remove: () => (/* binding */ remove)
});

// EXTERNAL MODULE: ./lib/core/duration.js
var duration = __webpack_require__(8415);
// EXTERNAL MODULE: ./lib/core/error-groups.js
var error_groups = __webpack_require__(5266);
;// CONCATENATED MODULE: ./lib/core/deletion-problem.js


const formatFenced = (env, fence) => ({
    what: `The environment ${env} was not deleted: ${fence}.`,
    remedy: 'Check env. What was not made by a deployment with create_from is deleted only when env_type names its type.',
});
const formatNoApplication = ({ org, app }) => ({
    what: `There is no application ${app} in ${org}, or the token may not see it.`,
    remedy: 'Check org and app, and the token’s roles.',
});
const formatLastEnvironment = (env, { status, detail }) => ({
    what: `Humanitec refused to delete the environment ${env} (${status})${detail ? `: ${detail}` : '.'}`,
    remedy: 'The last environment of an application can’t be deleted: delete the application instead.',
});
const formatDeletionTimedOut = ({ env, timeoutMs }, isGoing) => ({
    what: isGoing
        ? `The environment ${env} is still being deleted after ${(0,duration/* formatDuration */.a3)(timeoutMs)}; it goes on in Humanitec.`
        : `The environment ${env} was not deleted within ${(0,duration/* formatDuration */.a3)(timeoutMs)}.`,
    remedy: 'Run the step again, or give it a longer timeout.',
});
const formatDeletionCancelled = ({ env }, isGoing) => ({
    what: isGoing
        ? `The workflow was cancelled; the deletion of the environment ${env} goes on in Humanitec.`
        : `The workflow was cancelled before the environment ${env} was deleted.`,
});
const formatDryDeletion = ({ env, app }, state) => {
    const what = {
        there: `The environment ${env} of ${app} would be deleted.`,
        deleting: `The environment ${env} of ${app} is being deleted already.`,
        absent: `There is no environment ${env} in ${app}: nothing would be deleted.`,
    }[state];
    return { outcome: 'skipped', problem: { what: `${what} Nothing was done: dry_run.` } };
};
const formatEnvironments = (count) => (0,error_groups/* formatCount */.B4)(count, 'environment');
const countOf = (decisions, action) => decisions.filter((decision) => decision.action === action).length;
const formatPruneEnding = ({ dryRun }, decisions) => {
    const failed = decisions.filter(({ action }) => action === 'failed');
    if (failed.length > 0) {
        const named = failed.slice(0, 3).map(({ env, reason }) => `${env}: ${reason}`);
        const what = `${formatEnvironments(failed.length)} could not be deleted. ${named.join('; ')}${failed.length > 3 ? '; …' : '.'}`;
        return { outcome: 'error', problem: { what, remedy: 'The others were looked after. Run the step again.' } };
    }
    if (!dryRun)
        return { outcome: 'pruned' };
    const would = countOf(decisions, 'would be deleted');
    return {
        outcome: 'skipped',
        problem: { what: `${formatEnvironments(would)} would be deleted. Nothing was done: dry_run.` },
    };
};
const formatPruneTimedOut = ({ timeoutMs }, decisions) => ({
    what: `The timeout of ${(0,duration/* formatDuration */.a3)(timeoutMs)} came first: ${formatEnvironments(countOf(decisions, 'deleted'))} deleted, ${countOf(decisions, 'failed')} left.`,
    remedy: 'The next run goes on with the rest, or give it a longer timeout.',
});
const formatPruneCancelled = (decisions) => ({
    what: `The workflow was cancelled: ${formatEnvironments(countOf(decisions, 'deleted'))} had been deleted.`,
});
const formatPruneBlind = (github) => ({
    what: `The pull requests could not be looked at, so nothing was deleted. ${github.what}`,
    ...(github.remedy !== undefined && { remedy: github.remedy }),
});

// EXTERNAL MODULE: ./lib/core/failure.js
var failure = __webpack_require__(8165);
// EXTERNAL MODULE: ./lib/core/limits.js
var limits = __webpack_require__(7535);
// EXTERNAL MODULE: ./lib/core/preview.js
var preview = __webpack_require__(6843);
// EXTERNAL MODULE: ./lib/core/problem.js
var core_problem = __webpack_require__(5524);
// EXTERNAL MODULE: ./lib/core/stop.js
var stop = __webpack_require__(4527);
// EXTERNAL MODULE: ./lib/core/deployments.js
var deployments = __webpack_require__(6659);
// EXTERNAL MODULE: ./lib/core/retry.js
var retry = __webpack_require__(7493);
// EXTERNAL MODULE: ./lib/core/times.js
var times = __webpack_require__(7841);
// EXTERNAL MODULE: ./lib/flow/environment.js
var flow_environment = __webpack_require__(1157);
// EXTERNAL MODULE: ./lib/flow/read.js
var read = __webpack_require__(1454);
// EXTERNAL MODULE: ./lib/flow/step.js
var flow_step = __webpack_require__(7076);
// EXTERNAL MODULE: ./lib/flow/wait.js + 2 modules
var wait = __webpack_require__(9546);
;// CONCATENATED MODULE: ./lib/flow/deletion.js













const unseenConflictDelayMs = 5_000;
const deleteUntilGone = async (step, deletion) => {
    const { env, guard, onGoing } = deletion;
    for (let failures = 0, byUs = false, known = deletion.environment;; known = undefined) {
        const environment = known ?? (await (0,flow_environment/* findEnvironment */.jY)(step, env));
        if (!environment)
            return { kind: 'gone', byUs };
        const reason = await guard(environment);
        if (reason !== undefined)
            return { kind: 'kept', reason };
        if (environment.status === 'deleting')
            return waitUntilGone(step, environment, byUs);
        const active = (0,deployments/* findActive */.gv)(environment);
        if (active) {
            await waitForActive(step, deletion, active);
            continue;
        }
        step.runner.info(`Deleting the environment ${env}`);
        const answer = await attempt(step, (limits) => step.humanitec.deleteEnvironment(env, limits));
        byUs ||= !(answer instanceof failure/* RequestFailure */.e) || mayHaveWorked(answer);
        if (byUs)
            onGoing?.();
        if (answer === 'deleted')
            return { kind: 'gone', byUs };
        if (answer === 'deleting')
            return waitUntilGone(step, environment, byUs);
        await recover(step, deletion, answer, ++failures);
    }
};
const mayHaveWorked = ({ details: { kind, status = 0 } }) => kind === 'lost' || kind === 'unreadable' || status === 404 || status === 408 || status >= 500;
const attempt = (step, call) => (0,read/* ask */.kA)(step, call).catch((error) => {
    if (error instanceof failure/* RequestFailure */.e)
        return error;
    throw error;
});
const recover = async (step, deletion, failure, failures) => {
    const { status, retryAfterMs } = failure.details;
    if (status === 404)
        return;
    if (status === 409)
        return waitForUnseen(step, deletion);
    if (status === 400)
        throw new stop/* Stop */.VG('error', formatLastEnvironment(deletion.env, failure.details), { cause: failure });
    if ((0,retry/* determineReadVerdict */.ny)(failure.details) === 'stop') {
        throw new stop/* Stop */.VG('error', (0,core_problem/* formatFailure */.M3)(failure.details), { cause: failure });
    }
    step.runner.debug(`${failure.message}; it is looked at again`);
    await (0,flow_step/* pauseBeforeRetry */.Gw)(step, (0,retry/* determineRetryDelayMs */.Jb)(failures, step.random(), retryAfterMs), failure);
};
const waitForUnseen = async (step, deletion) => {
    const { env } = deletion;
    const list = await (0,read/* read */.LF)(step, (limits) => step.humanitec.listDeployments(env, limits), limits/* requestLimitsMs */.ad.list);
    const active = list.find((deployment) => !(0,deployments/* isFinal */.dR)(deployment));
    if (active)
        return waitForActive(step, deletion, active);
    step.runner.info(`Humanitec says that a deployment is active in ${env} (409), though none can be seen: asking again`);
    await (0,flow_step/* pauseBeforeRetry */.Gw)(step, unseenConflictDelayMs, undefined);
};
const waitForActive = async (step, { env, pollInterval }, active) => {
    step.runner.info(`Waiting for deployment ${active.id}, which is active in ${env}: ${active.comment}`);
    const nowMs = step.clock.now();
    await (0,wait/* waitForEnd */.k)(step, {
        env,
        deployment: active,
        pollInterval,
        sinceMs: Math.min((0,times/* parseTimeMs */.jR)(active.created_at) ?? nowMs, nowMs),
        onAnswer: () => undefined,
        onHistory: () => undefined,
    }).catch((error) => {
        if (!isNotFound(error))
            throw error;
    });
};
const isNotFound = (error) => error instanceof stop/* Stop */.VG && error.cause instanceof failure/* RequestFailure */.e && error.cause.details.status === 404;
const waitUntilGone = async (step, environment, byUs) => {
    const { id } = environment;
    step.runner.info(`Waiting until the environment ${id} is deleted`);
    const sinceMs = step.clock.now();
    let nextLineMs = sinceMs + limits/* heartbeatMs */.fO;
    for (let isDeleting = environment.status === 'deleting';;) {
        const now = await (0,flow_environment/* findEnvironment */.jY)(step, id);
        const isAnother = now?.status !== 'deleting' && (isDeleting || now?.last_deploy?.id !== environment.last_deploy?.id);
        if (!now || isAnother)
            return { kind: 'gone', byUs };
        isDeleting ||= now.status === 'deleting';
        if (step.clock.now() >= nextLineMs) {
            step.runner.info(`The environment ${id} is still being deleted after ${(0,duration/* formatDuration */.a3)(nextLineMs - sinceMs)}`);
            nextLineMs += limits/* heartbeatMs */.fO;
        }
        await (0,flow_step/* pauseBeforeRetry */.Gw)(step, flow_environment/* deletionPollMs */.y$, undefined);
    }
};

;// CONCATENATED MODULE: ./lib/flow/delete.js










const listedDelayMs = 2_000;
const deleteEnvironment = async (step, request, farewell) => {
    const environment = await findListed(step, request);
    if (environment)
        checkFence(step, request, environment);
    if (request.dryRun)
        return formatDryDeletion(request, determineState(environment));
    const pullRequest = environment && (0,preview/* parsePreviewName */.D2)(environment.name)?.pullRequest;
    const onGoing = () => farewell.expect(request.env, pullRequest);
    if (environment)
        await deleteFenced(step, request, environment, onGoing);
    else
        step.runner.info(`There is no environment ${request.env} in ${request.app}: nothing is left to delete`);
    await farewell.tell(request.env, pullRequest);
    return { outcome: 'deleted' };
};
const finishDeletions = async (step, work, farewell) => {
    for (const { env, pullRequest } of work.deletions ?? []) {
        const environment = await findEnvironment(step, env);
        if (!environment || environment.status === 'deleting')
            await farewell.tell(env, pullRequest);
    }
};
const determineState = (environment) => {
    if (!environment)
        return 'absent';
    return environment.status === 'deleting' ? 'deleting' : 'there';
};
const findListed = async (step, request) => {
    for (;;) {
        const environment = await (0,flow_environment/* findEnvironment */.jY)(step, request.env);
        if (environment)
            return environment;
        const all = await listEnvironments(step, request);
        if (!all.some(({ id }) => id === request.env))
            return undefined;
        await (0,flow_step/* pauseBeforeRetry */.Gw)(step, listedDelayMs, undefined);
    }
};
const listEnvironments = async (step, request) => {
    const answer = await (0,read/* repeat */.ux)(step, (limits) => step.humanitec.listEnvironments(limits), limits/* requestLimitsMs */.ad.list);
    if (!(answer instanceof failure/* RequestFailure */.e))
        return answer;
    const problem = answer.details.status === 404 ? formatNoApplication(request) : (0,core_problem/* formatFailure */.M3)(answer.details);
    throw new stop/* Stop */.VG('error', problem, { cause: answer });
};
const checkFence = ({ origin }, { env, envType }, environment) => {
    const fence = (0,preview/* determineDeletionFence */.Z0)(environment, origin, envType);
    if (fence !== undefined)
        throw new stop/* Stop */.VG('error', formatFenced(env, fence));
};
const deleteFenced = async (step, request, environment, onGoing) => {
    const { env, envType, pollInterval } = request;
    let isGoing = false;
    const result = await deleteUntilGone(step, {
        env,
        pollInterval,
        environment,
        guard: async (now) => (0,preview/* determineDeletionFence */.Z0)(now, step.origin, envType),
        onGoing: () => {
            isGoing = true;
            onGoing();
        },
    }).catch((error) => {
        if (error instanceof stop/* DeadlinePassed */.Xp)
            throw new stop/* Stop */.VG('timed_out', formatDeletionTimedOut(request, isGoing), { cause: error });
        if (error instanceof stop/* Cancelled */.cJ)
            throw new stop/* Stop */.VG('cancelled', formatDeletionCancelled(request, isGoing), { cause: error });
        throw error;
    });
    if (result.kind === 'kept')
        throw new stop/* Stop */.VG('error', formatFenced(env, result.reason));
    if (result.byUs)
        step.journal.note({ deletedEnvironments: [...step.journal.facts.deletedEnvironments, env] });
};

// EXTERNAL MODULE: ./lib/core/comment.js
var comment = __webpack_require__(4582);
// EXTERNAL MODULE: ./lib/core/github-deployment.js
var github_deployment = __webpack_require__(2798);
// EXTERNAL MODULE: ./lib/flow/github.js
var github = __webpack_require__(341);
// EXTERNAL MODULE: ./lib/flow/github-deployment.js
var flow_github_deployment = __webpack_require__(2545);
// EXTERNAL MODULE: ./lib/flow/github-task.js
var github_task = __webpack_require__(9763);
// EXTERNAL MODULE: ./lib/flow/pull-request-comment.js + 1 modules
var pull_request_comment = __webpack_require__(3864);
;// CONCATENATED MODULE: ./lib/flow/farewell.js






const createFarewell = (step, request) => {
    const parts = [
        ...(request.prComment ? [createCommentPart(step, request)] : []),
        ...(request.githubDeployment ? [createDeploymentPart(step, request)] : []),
    ];
    const silent = new Set();
    const tell = async (part, env, pullRequest) => {
        if (silent.has(part) || step.cancel.aborted)
            return;
        try {
            await (0,github/* withPatience */.oW)(step, (0,github_task/* determineEndPatienceMs */.a)(step), (patience) => part.tell(patience, env, pullRequest));
        }
        catch (error) {
            if (step.cancel.aborted || silent.has(part))
                return;
            silent.add(part);
            (0,github_task/* warn */.R8)(step, { ...part, what: `${part.what} of ${env}` }, error);
        }
    };
    const expected = new Map();
    const save = () => {
        const deletions = [...expected].map(([env, number]) => ({
            env,
            ...(number !== undefined && { pullRequest: number }),
        }));
        step.journal.saveOpenWork({ deletions: deletions.length > 0 ? deletions : undefined });
    };
    return {
        expect: (env, pullRequest) => {
            if (parts.length === 0)
                return;
            expected.set(env, pullRequest);
            save();
        },
        tell: async (env, pullRequest) => {
            await Promise.all(parts.map((part) => tell(part, env, pullRequest)));
            if (step.cancel.aborted || !expected.delete(env))
                return;
            save();
        },
    };
};
const createCommentPart = (step, request) => ({
    ...pull_request_comment/* commentTask */.Jz,
    tell: async (patience, env, named) => {
        const place = { ...request, env };
        const pullRequest = named ?? (await (0,pull_request_comment/* findPullRequest */._f)(step, patience));
        if (pullRequest === undefined)
            return;
        const marker = (0,comment/* formatMarker */.gJ)(place);
        await (0,pull_request_comment/* placeComment */.xo)(step, patience, { pullRequest, marker, mayCreate: false }, (0,comment/* formatDeletedComment */.S0)(place));
    },
});
const createDeploymentPart = (step, request) => ({
    ...flow_github_deployment/* deploymentTask */.RD,
    tell: (patience, env) => (0,flow_github_deployment/* retireAll */.jX)(step, patience, (0,github_deployment/* formatGitHubEnvironment */.oc)({ ...request, env })),
});

// EXTERNAL MODULE: ./lib/core/github-problem.js
var github_problem = __webpack_require__(1046);
;// CONCATENATED MODULE: ./lib/core/prune.js


const largestNumber = 2 ** 31 - 1;
const parsePullRequestNumber = (pattern, env) => {
    const [before = '', after = ''] = pattern.split('*');
    if (env.length <= before.length + after.length || !env.startsWith(before) || !env.endsWith(after))
        return undefined;
    const digits = env.slice(before.length, env.length - after.length);
    const number = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0;
    return number > 0 && number <= largestNumber ? number : undefined;
};
const judgeEnvironment = (environment, request, origin) => {
    const { id: env, status } = environment;
    const pullRequest = parsePullRequestNumber(request.env, env);
    if (pullRequest === undefined)
        return { env, keptBecause: `its id doesn’t fit ${request.env}` };
    const keptBecause = determinePruneFence(environment, pullRequest, request, origin);
    if (keptBecause !== undefined)
        return { env, pullRequest, keptBecause };
    if (status === 'deleting')
        return { env, pullRequest, keptBecause: 'it is being deleted already' };
    return { env, pullRequest, isBusy: (0,deployments/* findActive */.gv)(environment) !== undefined };
};
const determinePruneFence = (environment, pullRequest, { envType }, origin) => {
    const ofPullRequest = { ...origin, pullRequest: { number: pullRequest, title: '', isFromElsewhere: false } };
    const fence = (0,preview/* determineDeletionFence */.Z0)(environment, ofPullRequest, envType);
    if (fence !== undefined)
        return fence;
    return (0,preview/* parsePreviewName */.D2)(environment.name)?.pullRequest === pullRequest
        ? undefined
        : `its name, ${environment.name}, doesn’t say that it was made for this pull request`;
};
const determinePullRequestFence = (pullRequest, state, { repository }) => {
    if (state === undefined)
        return `there is no pull request ${pullRequest} in ${repository}`;
    return state === 'OPEN' ? 'its pull request is open' : undefined;
};

// EXTERNAL MODULE: ./lib/flow/pace.js
var pace = __webpack_require__(2717);
;// CONCATENATED MODULE: ./lib/flow/prune-board.js
const createPruneBoard = (journal, candidates) => {
    const made = new Map();
    const decisions = () => candidates.map(({ env }) => made.get(env)).filter((decision) => decision !== undefined);
    const isUndecided = (candidate) => !made.has(candidate.env);
    const put = ({ env, pullRequest }, action, reason) => {
        made.set(env, { env, ...(pullRequest !== undefined && { pullRequest }), action, reason });
    };
    const tell = () => {
        const pruned = decisions();
        const deletedEnvironments = pruned.filter(({ action }) => action === 'deleted').map(({ env }) => env);
        journal.note({ pruned, deletedEnvironments });
    };
    for (const candidate of candidates) {
        if ('keptBecause' in candidate)
            put(candidate, 'kept', candidate.keptBecause);
    }
    tell();
    return {
        listUndecided: () => candidates.filter(isUndecided),
        decide: (env, action, reason) => {
            const candidate = candidates.find((each) => each.env === env);
            if (!candidate)
                return;
            put(candidate, action, reason);
            tell();
        },
        decideRest: (action, reason) => {
            for (const candidate of candidates.filter(isUndecided))
                put(candidate, action, reason);
            tell();
        },
        decisions,
    };
};

;// CONCATENATED MODULE: ./lib/flow/prune.js










const deletionsAtATime = 4;
const pullRequestsAtATime = 100;
const gitHubPatienceMs = 120_000;
const prune = async (given, request, farewell) => {
    const step = { ...given, pace: pace/* freePace */.oL };
    const environments = await listEnvironments(step, request);
    const candidates = environments.map((environment) => judgeEnvironment(environment, request, step.origin));
    const board = createPruneBoard(step.journal, candidates);
    const stale = await findStale(step, board);
    if (request.dryRun)
        for (const { env, reason } of stale)
            board.decide(env, 'would be deleted', reason);
    else
        await deleteAll(step, request, board, stale, farewell);
    return formatPruneEnding(request, board.decisions());
};
const findStale = async (step, board) => {
    const open = board.listUndecided();
    const states = await listStates(step, open.map(({ pullRequest }) => pullRequest)).catch((error) => {
        if (error instanceof stop/* Cancelled */.cJ)
            throw error;
        throw new stop/* Stop */.VG('error', formatPruneBlind(describe(error)), { cause: error });
    });
    const stale = open.flatMap((candidate) => {
        const state = states.get(candidate.pullRequest);
        const fence = determinePullRequestFence(candidate.pullRequest, state, step.origin);
        if (fence === undefined)
            return [{ ...candidate, reason: `its pull request is ${state === 'MERGED' ? 'merged' : 'closed'}` }];
        board.decide(candidate.env, 'kept', fence);
        return [];
    });
    return stale.toSorted((one, other) => Number(one.isBusy) - Number(other.isBusy));
};
const listStates = async (step, numbers) => {
    const states = new Map();
    for (let from = 0; from < numbers.length; from += pullRequestsAtATime) {
        const some = numbers.slice(from, from + pullRequestsAtATime);
        const found = await (0,github/* withPatience */.oW)(step, determinePatienceMs(step), (patience) => (0,github/* askGitHub */.X3)(step, patience, (github, limits) => github.listPullRequestStates(some, limits)));
        for (const [number, state] of found)
            states.set(number, state);
    }
    return states;
};
const determinePatienceMs = ({ deadlineMs, clock }) => Math.max(1, Math.min(gitHubPatienceMs, deadlineMs - clock.now()));
const describe = (error) => {
    if (error instanceof failure/* RequestFailure */.e)
        return (0,github_problem/* formatGitHubFailure */.T)(error.details, 'pull-requests: read');
    if (error instanceof stop/* Stop */.VG && error.ending.problem)
        return error.ending.problem;
    return { what: error instanceof Error ? error.message : String(error) };
};
const deleteAll = async (step, request, board, stale, farewell) => {
    const queue = [...stale];
    let end;
    const work = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
            await deleteOne(step, request, board, next, farewell).catch((error) => {
                end ??= error;
                queue.length = 0;
            });
        }
    };
    await Promise.all(Array.from({ length: deletionsAtATime }, work));
    if (end === undefined)
        return;
    board.decideRest('failed', describeEnd(end));
    if (end instanceof stop/* DeadlinePassed */.Xp)
        throw new stop/* Stop */.VG('timed_out', formatPruneTimedOut(request, board.decisions()), { cause: end });
    if (end instanceof stop/* Cancelled */.cJ)
        throw new stop/* Stop */.VG('cancelled', formatPruneCancelled(board.decisions()), { cause: end });
    if (!(end instanceof failure/* RequestFailure */.e))
        throw end;
};
const describeEnd = (end) => {
    if (end instanceof stop/* DeadlinePassed */.Xp)
        return 'the timeout came first';
    if (end instanceof stop/* Cancelled */.cJ)
        return 'the workflow was cancelled';
    return `its pull request could not be looked at (${describe(end).what})`;
};
const deleteOne = async (step, request, board, { env, pullRequest, reason }, farewell) => {
    const deletion = {
        env,
        pollInterval: request.pollInterval,
        onGoing: () => farewell.expect(env, pullRequest),
        guard: async (environment) => {
            const fence = determinePruneFence(environment, pullRequest, request, step.origin);
            if (fence !== undefined)
                return fence;
            const states = await listStates(step, [pullRequest]);
            return determinePullRequestFence(pullRequest, states.get(pullRequest), step.origin);
        },
    };
    const result = await deleteUntilGone(step, deletion).catch((error) => {
        if (error instanceof stop/* Stop */.VG)
            return { kind: 'failed', reason: error.message };
        throw error;
    });
    if (result.kind !== 'gone')
        return board.decide(env, result.kind, result.reason);
    if (result.byUs)
        board.decide(env, 'deleted', reason);
    else
        board.decide(env, 'kept', 'someone else has deleted it meanwhile');
    await farewell.tell(env, pullRequest);
};

;// CONCATENATED MODULE: ./lib/flow/remove.js



const remove = (step, request) => {
    const farewell = createFarewell(step, request);
    return request.operation === 'delete'
        ? deleteEnvironment(step, request, farewell)
        : prune(step, request, farewell);
};


/***/ })

};
