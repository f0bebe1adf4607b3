export const id = 66;

export const ids = [ 66, 742, 413 ];

export const modules = {
 2171: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   V: () => listDiffChanges,
   z: () => compareSets
  });
  var _delta_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2561);
  var _text_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7981);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8602);
  const kinds = [ "workload", "image", "resource", "variable", "other" ];
  const listDiffChanges = (before, diff) => {
   const {set, unfit} = (0, _delta_js__WEBPACK_IMPORTED_MODULE_0__.TM)(before ?? _delta_js__WEBPACK_IMPORTED_MODULE_0__.mj, diff);
   return sortChanges([ ...compareSections(before ?? _delta_js__WEBPACK_IMPORTED_MODULE_0__.mj, set), ...unfit.map(describeUnfit) ]);
  };
  const compareSets = (before, after) => sortChanges(compareSections(before ?? _delta_js__WEBPACK_IMPORTED_MODULE_0__.mj, after));
  const sortChanges = changes => [ ...new Map(changes.map(change => [ JSON.stringify(Object.values(change)), change ])).values() ].toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a.workload, b.workload) || (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a.name, b.name) || (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a.change, b.change) || (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a.from + a.to, b.from + b.to));
  const compareSections = (before, after) => [ ...compareWorkloads("modules", before, after), ...compareWorkloads("workloads", before, after), ...compareFields({
   section: "shared",
   workload: "",
   keys: []
  }, before.shared, after.shared) ];
  const compareWorkloads = (section, before, after) => listKeys(before[section], after[section]).flatMap(workload => {
   const position = {
    section,
    workload,
    keys: []
   };
   const [old, young] = [ (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(before[section], workload), (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(after[section], workload) ];
   const changes = compare(position, old, young);
   return old === undefined || young === undefined ? [ describe(position, "workload", old, young), ...changes.filter(({kind}) => kind !== "other") ] : changes;
  });
  const toPattern = (path, kind) => ({
   parts: path.split("/").slice(1),
   kind
  });
  const containerPatterns = [ toPattern("", "branch"), toPattern("/spec", "branch"), toPattern("/spec/containers", "branch"), toPattern("/spec/containers/*", "container"), toPattern("/spec/containers/*/image", "image"), toPattern("/spec/containers/*/variables", "branch"), toPattern("/spec/containers/*/variables/*", "variable") ];
  const patterns = {
   modules: [ ...containerPatterns, toPattern("/externals", "branch"), toPattern("/externals/*", "resource"), toPattern("/externals/*/type", "resource type") ],
   workloads: [ ...containerPatterns, toPattern("/spec/resources", "branch"), toPattern("/spec/resources/*", "resource"), toPattern("/spec/resources/*/type", "resource type") ],
   shared: [ toPattern("/*", "resource"), toPattern("/*/type", "resource type") ]
  };
  const kindOf = ({section, keys}) => {
   const fits = ({parts}) => parts.length === keys.length && parts.every((part, index) => part === "*" || part === keys[index]);
   return patterns[section].find(fits)?.kind ?? "rest";
  };
  const compare = (position, before, after) => {
   if (before === after) return [];
   switch (kindOf(position)) {
   case "branch":
    return compareBranch(position, before, after);

   case "container":
    return compareContainer(position, before, after);

   case "resource":
    return before === undefined || after === undefined ? [ describe(position, "resource", before, after, typeOf) ] : compareBranch(position, before, after);

   case "image":
    return isEqual(before, after) ? [] : [ describe(position, "image", before, after, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6) ];

   case "variable":
    return isEqual(before, after) ? [] : [ describe(position, "variable", before, after) ];

   case "resource type":
    return isEqual(before, after) ? [] : [ {
     ...describe(position, "resource", before, after, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6),
     change: "changed"
    } ];

   case "rest":
    return (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(before) && (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(after) && !holdsContents(position.keys) ? compareFields(position, before, after) : compareRest(position, before, after);
   }
  };
  const typeOf = resource => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)((0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(resource, "type"));
  const compareFields = (position, before, after) => listKeys(before, after).flatMap(key => compare({
   ...position,
   keys: [ ...position.keys, key ]
  }, (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(before, key), (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(after, key)));
  const listKeys = (before, after) => [ ...new Set([ ...Object.keys((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(before) ?? {}), ...Object.keys((0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(after) ?? {}) ]) ];
  const compareBranch = (position, before, after) => {
   const isOdd = [ before, after ].some(value => value != null && !(0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(value));
   return [ ...isOdd ? compareRest(position, before, after) : [], ...compareFields(position, before, after) ];
  };
  const compareContainer = (position, before, after) => {
   if ((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(before) && (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(after)) return compareFields(position, before, after);
   const parts = compareFields(position, before, after).filter(({kind}) => kind !== "other");
   return parts.some(({kind}) => kind === "image") ? parts : [ ...compareRest(position, before, after), ...parts ];
  };
  const compareRest = (position, before, after) => isEqual(before, after) ? [] : [ describe(position, "other", before, after) ];
  const maxKeys = 8;
  const holdsContents = keys => keys.length >= maxKeys || [ "params", "files", "variables" ].includes(keys.at(-2) ?? "") || [ "args", "command" ].includes(keys.at(-1) ?? "");
  const describe = (position, kind, before, after, show = () => "") => ({
   workload: position.workload,
   kind,
   name: nameOf(position, kind),
   change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
   from: show(before),
   to: show(after)
  });
  const nameOf = ({section, keys}, kind) => {
   switch (kind) {
   case "workload":
    return "";

   case "image":
    return keys[2] ?? "";

   case "variable":
    return keys[4] ?? "";

   case "resource":
    return keys[{
     shared: 0,
     modules: 1,
     workloads: 2
    }[section]] ?? "";

   case "other":
    return (0, _delta_js__WEBPACK_IMPORTED_MODULE_0__.$2)(keys);
   }
  };
  const describeUnfit = ({section, workload, patch}) => {
   const keys = (0, _delta_js__WEBPACK_IMPORTED_MODULE_0__.vp)(patch.path) ?? [];
   const end = keys.findIndex((_, index) => holdsContents(keys.slice(0, index + 1)));
   const position = {
    section,
    workload,
    keys: end === -1 ? keys : keys.slice(0, end + 1)
   };
   const change = patch.op === "add" ? "added" : patch.op === "remove" ? "removed" : "changed";
   return {
    ...describe(position, "other", patch, patch),
    change
   };
  };
  const maxLevels = 200;
  const isEqual = (a, b, level = 0) => {
   if (a === b) return true;
   if (level > maxLevels) return false;
   if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isEqual(item, b[index], level + 1));
   const [one, other] = [ (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(a), (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Xy)(b) ];
   if (!one || !other) return false;
   return listKeys(one, other).every(key => isEqual((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(one, key), (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_2__.hQ)(other, key), level + 1));
  };
 },
 8419: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   K: () => noteChanges,
   h: () => compareSetsById
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_set_diff_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2171);
  var _context_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2877);
  var _rate_limiter_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9283);
  var _request_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9259);
  const noteChanges = async (context, request, deployment) => {
   if (deployment.set_id === "") return;
   const found = await (0, _request_js__WEBPACK_IMPORTED_MODULE_6__.MS)(findChanges(context, request, deployment), undefined);
   if (!found) return;
   context.store.note(found);
   context.log({
    kind: "changes",
    request,
    ...found
   });
  };
  const findChanges = async (context, request, deployment) => {
   if ((0, _context_js__WEBPACK_IMPORTED_MODULE_4__.l6)(context)) return tooLate;
   return (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_5__.mn)(context) ? readChanges(context, request, deployment) : rateLimited;
  };
  const rateLimited = {
   changes: [],
   comparison: {
    unread: "Humanitec is rate-limiting this token"
   }
  };
  const tooLate = {
   changes: [],
   comparison: {
    unread: "the timeout passed first"
   }
  };
  const readChanges = async (context, request, deployment) => {
   const read = createTimedRead(context);
   const before = await (0, _request_js__WEBPACK_IMPORTED_MODULE_6__.lu)(findBefore(context, read, {
    request,
    deployment
   }));
   if (before instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) return {
    changes: [],
    comparison: {
     unread: before.message
    }
   };
   if ((0, _context_js__WEBPACK_IMPORTED_MODULE_4__.l6)(context)) return tooLate;
   if (before.unread !== undefined) return {
    changes: [],
    comparison: before
   };
   if (before.base?.set_id === "") {
    const unread = `deployment ${context.writer.shortId(before.base.id)}, the one to compare with, has no Set`;
    return {
     changes: [],
     comparison: {
      ...before,
      unread
     }
    };
   }
   const changes = await (0, _request_js__WEBPACK_IMPORTED_MODULE_6__.lu)(compareSetsById(context, read, {
    newId: deployment.set_id,
    oldId: before.base?.set_id
   }));
   if (changes instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) return {
    changes: [],
    comparison: {
     ...before,
     unread: changes.message
    }
   };
   return changes && {
    changes,
    comparison: before
   };
  };
  const createTimedRead = context => {
   const endMs = context.clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.T5;
   const leftMs = () => Math.max(1, endMs - context.clock.now());
   return call => (0, _request_js__WEBPACK_IMPORTED_MODULE_6__.w$)(context, limits => call({
    ...limits,
    timeoutMs: Math.min(limits.timeoutMs, leftMs())
   }), {
    patience: leftMs(),
    timeoutMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.ad.list
   });
  };
  const findBefore = async (context, read, {request, deployment}) => {
   const {history, previous, base} = context.store.state;
   const isKnown = history.length > 0 || previous !== undefined;
   const list = isKnown ? history : await read(limits => context.humanitec.listDeployments(request.env, limits));
   const earlier = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.UN)(list, deployment).filter(({id}) => id !== deployment.id);
   const found = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.HB)(earlier) ?? (list.length === 0 ? previous : undefined);
   if (found) return {
    base: found
   };
   if (base) return {
    base,
    ...findBaseEnvironment(request)
   };
   if (deployment.from_id === "") return {};
   const basis = context.writer.shortId(deployment.from_id);
   return {
    unread: `there is no successful deployment here to compare with, and ${basis}, which this one builds on, was not read`
   };
  };
  const findBaseEnvironment = request => {
   if (request.operation === "wait") return {};
   const env = request.base?.kind === "environment" ? request.base.env : request.createFrom;
   return env === undefined || env === request.env ? {} : {
    env
   };
  };
  const compareSetsById = async ({humanitec}, read, {newId, oldId}) => {
   if (oldId === undefined) return (0, _core_set_diff_js__WEBPACK_IMPORTED_MODULE_3__.z)(undefined, await read(limits => humanitec.getSet(newId, limits)));
   if (oldId === newId) return undefined;
   const [diff, set] = await Promise.all([ read(limits => humanitec.diffSets(newId, oldId, limits)), read(limits => humanitec.getSet(oldId, limits)) ]);
   return (0, _core_set_diff_js__WEBPACK_IMPORTED_MODULE_3__.V)(set, diff);
  };
 },
 3066: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   finishUnwatched: () => finishUnwatched,
   follow: () => follow,
   followExisting: () => followExisting
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __webpack_require__(6659);
  // EXTERNAL MODULE: ./lib/core/environments.js
    var environments = __webpack_require__(641);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/run/checkpoint.js
    var checkpoint = __webpack_require__(7679);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var result = __webpack_require__(7812);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // EXTERNAL MODULE: ./lib/operations/changes.js
    var operations_changes = __webpack_require__(8419);
  // EXTERNAL MODULE: ./lib/operations/context.js
    var operations_context = __webpack_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/delta.js
    var delta = __webpack_require__(1184);
  // EXTERNAL MODULE: ./lib/operations/environment.js
    var environment = __webpack_require__(243);
  // EXTERNAL MODULE: ./lib/core/runtime.js
    var runtime = __webpack_require__(6371);
  // CONCATENATED MODULE: ./lib/core/health.js
  const readRevisions = ({modules}) => new Map(modules.map(({id, controllers}) => [ id, new Map(controllers.map(each => [ each.name, newestOf(each) ])) ]));
  const judgeHealth = (runtime, rollout, nowMs) => {
   const modules = new Map(runtime.modules.map(module => [ module.id, module ]));
   const names = rollout.workloads ?? [ ...modules.keys() ];
   const workloads = [ ...new Set(names) ].map(name => {
    const module = modules.get(name);
    return module && module.controllers.length > 0 ? judgeModule(module, {
     rollout,
     nowMs,
     createdMs: floorToSecond((0, words.jR)(rollout.createdAt) ?? 0)
    }) : {
     workload: name,
     state: "not_watched",
     ready: 0,
     wanted: 0,
     reason: "",
     containers: []
    };
   });
   return {
    overall: determineOverall(workloads),
    workloads
   };
  };
  const floorToSecond = timeMs => timeMs - timeMs % 1e3;
  const determineOverall = workloads => {
   const watched = workloads.filter(isWatched);
   if (watched.some(({state}) => state === "failing")) return "unhealthy";
   return watched.length > 0 && watched.every(isGood) ? "healthy" : "unknown";
  };
  const isWatched = ({state}) => state !== "not_watched";
  const isGood = ({state}) => state === "running" || state === "stopped";
  const judgeModule = (module, context) => {
   const views = module.controllers.map(controller => viewController(module, controller, context));
   const counting = views.filter(({isRolledOut}) => isRolledOut);
   const containers = counting.flatMap(({pods}) => pods.flatMap(pod => pod.containers));
   const state = containers.length > 0 ? "failing" : determineState(module, views);
   const ready = counting.flatMap(({pods}) => pods.filter(runtime.ie)).length;
   const wanted = views.reduce((sum, view) => sum + countWanted(view), 0);
   const reason = state === "failing" ? containers[0]?.reason ?? findReason(module) : "";
   return {
    workload: module.id,
    state,
    ready,
    wanted: Math.max(ready, wanted),
    reason,
    containers
   };
  };
  const countWanted = ({controller: {replicas}, pods, older}) => Math.max(pods.length, (replicas ?? 0) - older.length);
  const findReason = ({controllers, status}) => controllers.find(({message}) => message !== "")?.message || status || "Failed";
  const determineState = (module, views) => {
   const statusClass = classOf(module);
   const isOlderFailing = views.some(({older}) => older.some(({state}) => state === "failing"));
   if (views.some(({isRolledOut}) => !isRolledOut)) return "not_rolled_out";
   if (statusClass === "Failure" && !isOlderFailing) return "failing";
   if (statusClass === "Success" && views.every(canBeSuccess)) return "running";
   if (views.every(({pods}) => pods.length > 0 && pods.every(({state}) => state === "complete"))) return "running";
   return views.every(view => isStopped(view, statusClass)) ? "stopped" : "starting";
  };
  const canBeSuccess = ({pods, older}) => pods.length === 0 ? older.length === 0 : pods.some(runtime.ie);
  const isStopped = ({controller, pods, older}, statusClass) => pods.length + older.length === 0 && (statusClass === "Stopped" || statusClass !== "Warning" && controller.replicas === 0);
  const classes = new Map([ [ "Running", "Success" ], [ "Succeeded", "Success" ], [ "Failed", "Failure" ], [ "Stopped", "Stopped" ] ]);
  const classOf = ({status, status_class}) => status_class || (classes.get(status) ?? "");
  const viewController = (module, controller, context) => {
   const newest = newestOf(controller);
   const isNewest = ({revision}) => revision === undefined || revision === newest;
   const isUnchanged = context.rollout.changed?.has(module.id) === false;
   const toView = pod => (0, runtime.XK)(pod, {
    ...context,
    workload: module.id,
    controller,
    isUnchanged
   });
   const own = controller.pods.filter(isNewest);
   const isNew = isUnchanged || isRevisionNew(module.id, controller, context.rollout);
   const {isSettled} = context.rollout;
   const later = isUnchanged || isNew === false ? own : own.filter(pod => !isFromBefore(pod, context));
   const pods = isSettled && later.length === 0 ? own : later;
   const older = controller.pods.filter(pod => !pods.includes(pod)).map(toView);
   const isRolledOut = isSettled ?? (isNew !== false && (own.length === 0 || pods.length > 0));
   return {
    controller,
    older,
    isRolledOut,
    pods: leaveOutReplaced(classOf(module), pods, toView)
   };
  };
  const newestOf = ({revision, pods}) => {
   const revisions = [ revision, ...pods.map(pod => pod.revision) ].filter(each => each !== undefined);
   return revisions.length === 0 ? undefined : Math.max(...revisions);
  };
  const isRevisionNew = (workload, controller, {revisionsBefore}) => {
   if (!revisionsBefore || revisionsBefore.size === 0) return undefined;
   const noted = revisionsBefore.get(workload);
   if (!noted?.has(controller.name)) return true;
   const [before, now] = [ noted.get(controller.name), newestOf(controller) ];
   return before === undefined || now === undefined ? undefined : before !== now;
  };
  const isFromBefore = ({containers}, {createdMs}) => {
   const times = containers.map(({state}) => (0, runtime.nR)(state)).filter(each => each !== undefined);
   return times.length > 0 && Math.max(...times) < createdMs;
  };
  const leaveOutReplaced = (statusClass, pods, toView) => {
   const others = pods.filter(({phase}) => phase !== "Failed").map(toView);
   return statusClass === "Success" && others.some(runtime.ie) ? others : pods.map(toView);
  };
  const runningForMs = 3e4;
  const failingForMs = 9e4;
  const unwatchedForMs = 6e4;
  const emptyHealthHistory = {
   failingMs: new Map,
   unwatchedSinceMs: new Map
  };
  const addHealthCheck = (history, check) => {
   const {health, atMs} = check;
   if (!health) return {
    ...history,
    lastCheck: check
   };
   if (!health.workloads.some(isWatched)) {
    return {
     ...history,
     lastCheck: check,
     emptySinceMs: history.emptySinceMs ?? atMs
    };
   }
   return {
    lastCheck: check,
    failingMs: addFailing(history, health, atMs),
    unwatchedSinceMs: addUnwatched(history, health, atMs),
    ...health.overall === "healthy" && {
     runningSinceMs: history.runningSinceMs ?? atMs
    }
   };
  };
  const addFailing = ({lastCheck, failingMs}, {workloads}, atMs) => {
   const gapMs = lastCheck?.health?.workloads.some(isWatched) ? atMs - lastCheck.atMs : 0;
   const failing = workloads.filter(({state}) => state === "failing");
   return new Map(failing.map(({workload}) => {
    const beforeMs = failingMs.get(workload);
    return [ workload, beforeMs === undefined ? 0 : beforeMs + gapMs ];
   }));
  };
  const addUnwatched = ({unwatchedSinceMs}, {workloads}, atMs) => {
   const unwatched = workloads.filter(each => !isWatched(each));
   return new Map(unwatched.map(({workload}) => [ workload, unwatchedSinceMs.get(workload) ?? atMs ]));
  };
  const decideHealth = history => {
   const {lastCheck, failingMs, emptySinceMs} = history;
   if (!lastCheck?.health) return {
    kind: "undecided"
   };
   const {health, atMs} = lastCheck;
   const workloads = health.workloads.filter(({workload}) => (failingMs.get(workload) ?? 0) >= failingForMs);
   if (emptySinceMs !== undefined) {
    return {
     kind: atMs - emptySinceMs >= unwatchedForMs ? "nothing_watched" : "undecided"
    };
   }
   if (workloads.length > 0) return {
    kind: "unhealthy",
    workloads
   };
   return {
    kind: isHealthy(history, atMs) ? "healthy" : "undecided"
   };
  };
  const isHealthy = ({runningSinceMs, unwatchedSinceMs}, atMs) => runningSinceMs !== undefined && atMs - runningSinceMs >= runningForMs && [ ...unwatchedSinceMs.values() ].every(sinceMs => atMs - sinceMs >= unwatchedForMs);
  const listHealthNews = (reported, {workloads}) => {
   const next = new Map(reported);
   const news = workloads.filter(health => {
    const before = next.get(health.workload);
    if (isGood(health)) return next.delete(health.workload);
    const words = `${health.ready} of ${health.wanted} ${health.reason}`;
    if (health.state !== "failing" || before?.has(words)) return false;
    next.set(health.workload, new Set(before).add(words));
    return true;
   });
   return {
    reported: next,
    news: news.map(({workload, ready, wanted, reason}) => ({
     workload,
     ready,
     wanted,
     reason
    }))
   };
  };
  // EXTERNAL MODULE: ./lib/core/container-logs.js
    var container_logs = __webpack_require__(4342);
  // EXTERNAL MODULE: ./lib/core/delta.js
    var core_delta = __webpack_require__(2561);
  // EXTERNAL MODULE: ./lib/core/set-diff.js
    var set_diff = __webpack_require__(2171);
  // EXTERNAL MODULE: ./lib/operations/rate-limiter.js
    var rate_limiter = __webpack_require__(9283);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var operations_request = __webpack_require__(9259);
  // CONCATENATED MODULE: ./lib/operations/health-check.js
  const revisionGraceMs = 6e4;
  const createHealthChecker = ({clock, store}, request, sinceMs) => {
   const sets = createSetReader(request);
   let revisionsBefore;
   let endedMs = Number.POSITIVE_INFINITY;
   const firstCreatedAt = store.state.deployment?.created_at ?? "";
   const readRuntime = context => sendOnce(context, limits => context.humanitec.getRuntime(request.env, limits));
   return {
    noteRevisions: async context => {
     revisionsBefore = readRevisions(await readRuntime(context));
    },
    check: async context => {
     const isLate = (0, operations_context.l6)(context);
     const parts = await sets.read(context);
     if (!isLate && (0, operations_context.l6)(context)) throw new result.j3;
     const runtime = await readRuntime(context);
     const rollout = {
      ...parts,
      ...revisionsBefore && {
       revisionsBefore
      },
      createdAt: store.state.deployment?.created_at ?? "",
      ...clock.now() >= endedMs + revisionGraceMs && {
       isSettled: true
      }
     };
     const beganMs = (0, words.jR)(firstCreatedAt) ?? (0, words.jR)(rollout.createdAt) ?? sinceMs;
     const health = judgeHealth(runtime, rollout, beganMs + clock.now() - sinceMs);
     store.note({
      health
     });
     return health;
    },
    get changed() {
     return sets.known.changed;
    },
    end: () => {
     endedMs = Math.min(endedMs, clock.now());
    }
   };
  };
  const sendOnce = (context, call) => (0, operations_request.w$)(context, call, {
   timeoutMs: retry_policy.aP,
   patience: "once"
  });
  const createSetReader = request => {
   let known = {};
   let isOver = false;
   return {
    get known() {
     return known;
    },
    read: async context => {
     const {deployment} = context.store.state;
     if (isOver || !deployment?.set_id || (0, operations_context.l6)(context)) return known;
     const note = parts => {
      known = parts;
     };
     const refusal = (0, rate_limiter.yS)(await (0, operations_request.lu)(readParts(context, request, deployment, note)));
     const isRefused = refusal instanceof request_error.GI;
     if (isRefused) context.runner.debug(`Which workloads were deployed could not be read: ${refusal.message}`);
     isOver = !isRefused || !(0, retry_policy.r3)(refusal.details);
     return known;
    }
   };
  };
  const readParts = async (context, request, {set_id}, note) => {
   const isLate = (0, operations_context.l6)(context);
   const readSet = id => sendOnce(context, limits => context.humanitec.getSet(id, limits));
   const set = await readSet(set_id);
   const workloads = [ ...new Set((0, core_delta.DD)(set).map(({workload}) => workload)) ];
   note({
    workloads
   });
   const previous = findPrevious(context);
   if (request.operation === "wait" || previous?.set_id === set_id) return note({
    workloads,
    changed: new Set
   });
   if (previous === undefined || previous?.set_id === "") return;
   if (previous !== null && !isLate && (0, operations_context.l6)(context)) throw new result.j3;
   const before = previous === null ? undefined : (0, rate_limiter.yS)(await (0, operations_request.lu)(readSet(previous.set_id)));
   if (before instanceof request_error.GI) return;
   note({
    workloads,
    changed: new Set((0, set_diff.z)(before, set).map(({workload}) => workload))
   });
  };
  const findPrevious = ({store: {state}}) => state.history.find(deployment => (0, 
  deployments.yO)(deployment) && deployment.id !== state.deployment?.id) ?? state.previous;
  const hasNewerDeployment = async ({context, request: {env}}) => {
   const environment = await (0, operations_request.lu)(sendOnce(context, limits => context.humanitec.getEnvironment(env, limits)));
   const {deployment} = context.store.state;
   if (environment instanceof request_error.GI) await (0, operations_request.HP)(context);
   if (environment instanceof request_error.GI || !environment.last_deploy || !deployment) return false;
   const {id, created_at} = environment.last_deploy;
   return id !== deployment.id && !(timeOf(created_at) < timeOf(deployment.created_at));
  };
  const timeOf = time => (0, words.jR)(time) ?? Number.NaN;
  const noteNotJudged = ({store}, notJudged) => store.note({
   health: {
    overall: "unknown",
    workloads: notJudged === "nothing_watched" ? store.state.health?.workloads ?? [] : [],
    notJudged
   }
  });
  const noteContainerLogs = async shared => {
   const {context, request} = shared;
   const {health} = context.store.state;
   if (request.logLines === 0 || !health || (0, operations_context.l6)(context)) return;
   const names = (0, container_logs.jS)(health.workloads.flatMap(({containers}) => containers));
   const reading = Promise.all(names.map(name => readLog(shared, determineWanted(shared, name))));
   const logs = await (0, operations_request.MS)(reading, []);
   if (logs.length > 0) context.store.note({
    health: {
     ...health,
     logs
    }
   });
  };
  const determineWanted = ({context, request, checker}, name) => {
   const {deployment} = context.store.state;
   const isOfDeployment = deployment !== undefined && checker.changed?.has(name.workload) === true;
   return {
    ...name,
    lineCount: request.logLines,
    ...isOfDeployment && {
     deploymentId: deployment.id
    }
   };
  };
  const readLog = async ({context, request}, wanted) => {
   const {workload, container, lineCount} = wanted;
   const entries = await (0, operations_request.lu)((0, operations_request.w$)(context, limits => context.humanitec.listContainerLogs(request.env, wanted, limits), {
    timeoutMs: retry_policy.aP,
    patience: "once"
   }));
   if (!(entries instanceof request_error.GI)) return (0, container_logs.b7)({
    workload,
    container
   }, entries, {
    lineCount,
    redact: context.writer.text
   });
   const {kind, status} = entries.details;
   return {
    workload,
    container,
    refusal: {
     kind,
     ...status !== undefined && {
      status
     }
    }
   };
  };
  // CONCATENATED MODULE: ./lib/operations/health.js
  const firstCheckMs = 45e3;
  const checkEveryMs = 6e4;
  const watchHealth = (context, request, sinceMs) => {
   const shared = {
    context,
    request,
    sinceMs,
    checker: createHealthChecker(context, request, sinceMs)
   };
   const over = new AbortController;
   const cancel = AbortSignal.any([ context.cancel, over.signal ]);
   let isReadable = true;
   const checking = checkDuringWait({
    ...shared,
    context: {
     ...context,
     rateLimiter: context.sideLimiter,
     cancel
    }
   }).catch(error => {
    if (cancel.aborted) return;
    isReadable = !(error instanceof request_error.GI) || (0, retry_policy.r3)(error.details);
    context.runner.debug(`The workloads are not checked any more: ${error}`);
   });
   return {
    stop: () => {
     over.abort(new Error("the wait is over"));
     return checking;
    },
    noteFailing: async () => {
     if (!isReadable) return;
     await (0, operations_request.HP)(context);
     await checkOnce(shared);
    },
    conclude: async () => {
     shared.checker.end();
     if (request.waitFor === "healthy") return waitUntilHealthy(shared);
     resetHealth(context);
     if (isReadable && (0, rate_limiter.mn)(context)) await checkOnce(shared);
     return {
      outcome: "succeeded"
     };
    }
   };
  };
  const isLeftOut = (context, {waitFor}) => waitFor !== "healthy" && !(0, rate_limiter.mn)(context);
  const checkDuringWait = async ({context, request, checker, sinceMs}) => {
   const {clock, store, cancel} = context;
   const isOurs = request.operation === "deploy" && !store.state.followed;
   if (isOurs && !(0, operations_context.l6)(context) && !isLeftOut(context, request)) await checker.noteRevisions(context);
   let reported = new Map;
   for (let nextMs = sinceMs + firstCheckMs; ;nextMs = Math.max(nextMs, clock.now()) + checkEveryMs) {
    await clock.sleep(Math.max(0, nextMs - clock.now()), cancel);
    if ((0, operations_context.l6)(context)) return;
    if ((0, rate_limiter.uP)(context) && (0, rate_limiter.mn)(context)) reported = logNews({
     context,
     sinceMs
    }, reported, await checker.check(context));
   }
  };
  const logNews = ({context, sinceMs}, before, health) => {
   const {reported, news} = listHealthNews(before, health);
   const status = context.store.state.deployment?.status ?? "";
   if (news.length > 0) {
    context.log({
     kind: "status",
     elapsedMs: context.clock.now() - sinceMs,
     status,
     health: news
    });
   }
   return reported;
  };
  const checkOnce = async shared => {
   const {context, request, checker} = shared;
   if ((0, operations_context.l6)(context)) return;
   try {
    if (request.operation === "wait" && await hasNewerDeployment(shared)) return noteNotJudged(context, "newer_deployment");
    if ((0, operations_context.l6)(context)) return;
    const health = await (0, operations_request.lu)(checker.check(context));
    if (health instanceof request_error.GI) context.runner.debug(`The workloads could not be checked: ${health.message}`); else await noteContainerLogs(shared);
   } catch (error) {
    if (!(error instanceof result.cc || error instanceof result.j3)) throw error;
   }
  };
  const resetHealth = ({store}) => {
   if (store.state.health) store.note({
    health: {
     overall: "unknown",
     workloads: []
    }
   });
  };
  const healthyCheckEveryMs = 12e3;
  const waitUntilHealthy = async shared => {
   const {context, request} = shared;
   await (0, operations_request.HP)(context);
   if (request.operation === "wait" && await hasNewerDeployment(shared)) return endUnjudged(context, "newer_deployment");
   const decision = await checkUntilDecided(shared);
   if (decision.kind === "nothing_watched") return endUnjudged(context, "nothing_watched");
   if (!(0, operations_context.l6)(context) && await hasNewerDeployment(shared)) return endUnjudged(context, "newer_deployment");
   if (decision.kind === "healthy") return {
    outcome: "succeeded"
   };
   await noteContainerLogs(shared);
   return {
    outcome: "unhealthy",
    reason: {
     kind: "unhealthy",
     why: decision
    }
   };
  };
  const endUnjudged = (context, why) => {
   noteNotJudged(context, why);
   return {
    outcome: "succeeded"
   };
  };
  const checkUntilDecided = async shared => {
   const {request, context} = shared;
   if ((0, operations_context.l6)(context)) return {
    kind: "too_late",
    limit: "timeout"
   };
   const healthEndMs = context.clock.now() + request.healthTimeoutMs;
   const limited = {
    ...context,
    deadlineMs: Math.min(healthEndMs, context.deadlineMs)
   };
   const watcher = createWatcher({
    ...shared,
    context: limited
   });
   const {pollInterval} = request;
   try {
    const decision = await (0, operations_request.wt)(limited, {
     check: watcher.check,
     delayMs: () => pollInterval === "auto" ? healthyCheckEveryMs : pollInterval.fixedMs,
     isFollowing: true,
     log: watcher
    });
    return decision.kind === "unhealthy" ? {
     kind: "failing",
     workloads: decision.workloads.map(({workload}) => workload)
    } : decision;
   } catch (error) {
    const failure = error instanceof result.j3 ? error.cause : error;
    if (failure instanceof request_error.GI) return endUnread(context, failure);
    if (!(error instanceof result.j3)) throw error;
    return {
     kind: "too_late",
     limit: healthEndMs <= context.deadlineMs ? "health_timeout" : "timeout"
    };
   }
  };
  const endUnread = ({store}, {details}) => {
   store.note({
    health: {
     workloads: [],
     ...store.state.health,
     overall: "unknown"
    }
   });
   return {
    kind: "unreadable",
    error: details
   };
  };
  const createWatcher = ({context, checker, sinceMs}) => {
   const {clock, store, log} = context;
   let history = emptyHealthHistory;
   let reported;
   let last;
   const describe = () => ({
    kind: "health",
    elapsedMs: clock.now() - sinceMs,
    workloads: store.state.health?.workloads ?? [],
    ...last && {
     error: last.details
    }
   });
   const heartbeat = (0, operations_request.Vn)(context, describe);
   const logChange = (health, isFirst) => {
    const next = listHealthNews(reported ?? new Map, health);
    reported = next.reported;
    const beganToRun = health.overall === "healthy" && history.runningSinceMs === clock.now();
    if (!isFirst && !beganToRun && next.news.length === 0) return;
    log(describe());
    heartbeat.reset();
   };
   return {
    check: async () => {
     const health = await checker.check(context);
     last = undefined;
     history = addHealthCheck(history, {
      atMs: clock.now(),
      health
     });
     logChange(health, reported === undefined);
     const decision = decideHealth(history);
     return decision.kind === "undecided" ? undefined : decision;
    },
    reportError: error => {
     last = error;
     history = addHealthCheck(history, {
      atMs: clock.now()
     });
    },
    pause: heartbeat.pause
   };
  };
  // EXTERNAL MODULE: ./lib/operations/pipeline.js
    var pipeline = __webpack_require__(9742);
  // EXTERNAL MODULE: ./lib/operations/pipeline-run.js
    var pipeline_run = __webpack_require__(862);
  // EXTERNAL MODULE: ./lib/operations/read.js
    var read = __webpack_require__(5844);
  // EXTERNAL MODULE: ./lib/operations/wait.js
    var wait = __webpack_require__(2413);
  // CONCATENATED MODULE: ./lib/operations/follow.js
  const followExisting = async (context, request) => {
   context.log({
    kind: "opening",
    request,
    comment: ""
   });
   const found = await findExisting(context, request);
   const {deployment, reader} = "runId" in found ? await (0, pipeline.waitForRunDeployment)(context, request, found) : {
    deployment: found,
    reader: undefined
   };
   context.store.note({
    deployment,
    followed: true
   });
   context.store.advance(phase => (0, checkpoint.vb)(phase, deployment.id));
   context.log({
    kind: "following",
    place: request,
    deployment
   });
   return follow(context, request, deployment, {
    reader
   });
  };
  const findExisting = async (context, request) => {
   if (request.pipelineRun) return request.pipelineRun;
   if (request.deploymentId) return (0, read.iJ)(context, request.env, request.deploymentId);
   const newest = await getLastDeployment(context, request);
   return await (0, pipeline_run.QJ)(context, request.env, newest) ?? newest;
  };
  const getLastDeployment = async (context, request) => {
   const {last_deploy} = await (0, environment.uc)(context, request);
   if (last_deploy) return last_deploy;
   throw new result.o("error", {
    kind: "no_deployment"
   });
  };
  const follow = async (context, request, deployment, {sentMs, reader, onAnswer} = {}) => {
   const sinceMs = determineBeginMs(context, deployment, sentMs);
   const archiver = (0, delta.HF)(context);
   (0, operations_context.Sb)(context.store, deployment);
   const health = watchHealth(context, request, sinceMs);
   let hasBegun = false;
   const end = await (0, wait.k)(context, {
    env: request.env,
    deployment,
    pollInterval: request.pollInterval,
    sinceMs,
    onAnswer: latest => {
     (0, operations_context.Sb)(context.store, latest);
     hasBegun ||= latest.status !== "pending" && !(0, deployments.dR)(latest);
     if (latest.status !== "pending" && context.store.state.approvals.length > 0) context.store.note({
      approvals: []
     });
     archiver.note(latest);
     onAnswer?.(latest);
    },
    onHistory: newestFirst => context.store.note({
     history: newestFirst.filter(({id}) => id !== deployment.id)
    }),
    sideChecks: [ (0, pipeline.createRunSideCheck)(context, request) ]
   }).finally(health.stop);
   if (end instanceof request_error.GI) throw end;
   context.store.note({
    approvals: []
   });
   const hasFailed = !(0, deployments.yO)(end);
   if (hasFailed) context.store.note(await listErrors(context, request.env, end));
   archiver.note(end);
   await (0, operations_request.HP)(context);
   const failed = hasFailed ? await determineFailure(context, request, {
    end,
    hasBegun
   }) : await (0, pipeline.followRunOn)(context, request, {
    deployment: end,
    beganMs: sinceMs,
    reader
   });
   const changes = (0, operations_changes.K)(context, request, end);
   const [result] = await Promise.all([ failed ? changes.then(health.noteFailing) : changes.then(health.conclude), ...failed ? [] : [ noteEnvironmentUrls(context, request) ], archiver.end() ]);
   return failed ?? result ?? {
    outcome: "succeeded"
   };
  };
  const listErrors = async (context, env, {id}) => {
   const reading = (0, operations_request.w$)(context, limits => context.humanitec.listDeploymentErrors(env, id, limits), {
    patience: retry_policy.Rg
   });
   const errors = await (0, operations_request.MS)((0, operations_request.lu)(reading), "unreadable");
   return errors instanceof request_error.GI ? {
    errors: "unreadable",
    errorsFailure: errors.details
   } : {
    errors
   };
  };
  const determineFailure = async (context, request, {end, hasBegun}) => {
   const {errors = []} = context.store.state;
   const failed = {
    outcome: "failed"
   };
   if (hasBegun || errors === "unreadable" || errors.length > 0) return failed;
   return await (0, operations_request.MS)((0, pipeline.findRunFailure)(context, request, end), undefined) ?? failed;
  };
  const determineBeginMs = ({clock, store}, {created_at}, sentMs) => {
   const nowMs = clock.now();
   const earliestMs = store.state.followed ? Number.NEGATIVE_INFINITY : sentMs ?? nowMs;
   return Math.min(Math.max((0, words.jR)(created_at) ?? nowMs, earliestMs), nowMs);
  };
  const hostPatienceMs = 6e4;
  const hostPollMs = 5e3;
  const noteEnvironmentUrls = async (context, request) => {
   if (request.environmentUrl !== undefined) return context.store.note({
    environmentUrls: [ request.environmentUrl ]
   });
   const environmentUrls = await (0, operations_request.MS)(readEnvironmentUrls(context, request.env), undefined);
   if (environmentUrls) context.store.note({
    environmentUrls
   });
  };
  const readEnvironmentUrls = async (context, env) => {
   if ((0, operations_context.l6)(context)) return giveUp(context, "timeout");
   const sinceMs = context.clock.now();
   const endMs = sinceMs + hostPatienceMs;
   for (let isLogged = false; ;isLogged = true) {
    const patienceMs = Math.max(0, endMs - context.clock.now());
    const resources = await (0, operations_request.lu)((0, operations_request.w$)(context, limits => context.humanitec.listActiveResources(env, limits), {
     patience: patienceMs
    }));
    if (resources instanceof request_error.GI) return giveUp(context, resources.details);
    if (!(0, environments.lR)(resources)) {
     if (isLogged) context.log({
      kind: "host_found",
      afterMs: context.clock.now() - sinceMs
     });
     return (0, environments.fp)(resources);
    }
    if (context.clock.now() + hostPollMs > endMs || (0, operations_context.l6)(context)) return giveUp(context, "no_host");
    if (!isLogged) context.log({
     kind: "waiting_for_host",
     env
    });
    await (0, operations_context.v7)(context, hostPollMs);
   }
  };
  const giveUp = (context, why) => {
   context.store.remark({
    kind: "address_unknown",
    why
   });
   return [];
  };
  const finishUnwatched = async (context, request, deployment) => {
   const archiver = (0, delta.HF)(context);
   if (!deployment.pipeline) archiver.note(deployment);
   await Promise.all([ (0, operations_changes.K)(context, request, deployment), archiver.end() ]);
  };
 },
 9742: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   createRunSideCheck: () => createRunSideCheck,
   findRunFailure: () => findRunFailure,
   followRunOn: () => followRunOn,
   waitForRunDeployment: () => waitForRunDeployment
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3300);
  var _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7679);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7812);
  var _context_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2877);
  var _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(862);
  var _request_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9259);
  const waitForRunDeployment = async (context, request, run) => {
   context.store.note({
    pipelineRun: run
   });
   context.store.advance(phase => (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_4__.Yq)(phase, run));
   context.log({
    kind: "following_run",
    place: request,
    run,
    isAfter: false
   });
   const reader = (0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(context, run);
   const log = createRunLog(context, context.clock.now());
   const findDeployment = createDeploymentSearch(context, request.env, run);
   const patience = createPatience(context);
   const check = async () => {
    const details = await reader.read();
    if ((0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.Gm)(details.run, request.env) === "other") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
     kind: "run_elsewhere",
     run
    });
    const deployment = await findDeployment(details);
    if (deployment) {
     context.store.note({
      approvals: []
     });
     return deployment;
    }
    const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)(details, request.env);
    logApprovals(context, {
     place: request,
     run
    }, judged);
    log.note(details, judged);
    if (judged.kind === "failed") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
     kind: "run_failed",
     run,
     failure: judged.failure
    });
    patience.reset();
    return undefined;
   };
   const {mayRetry} = patience;
   const deployment = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.wt)(context, {
    check,
    delayMs: createDelay(request),
    log,
    mayRetry
   });
   return {
    deployment,
    reader
   };
  };
  const checksAfterEnd = 3;
  const createDeploymentSearch = (context, env, run) => {
   let checksLeft = checksAfterEnd;
   return async ({run: now}) => {
    const [newest] = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.listRunDeployments(env, run, limits), {
     patience: "once"
    });
    if (newest || !(0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.Yw)(now)) return newest;
    checksLeft--;
    if (checksLeft > 0 || (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)({
     run: now,
     approvals: []
    }, env).kind === "failed") return undefined;
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
     kind: "run_without_deployment",
     run,
     status: now.status
    });
   };
  };
  const maxRunPollMs = 6e4;
  const firstRunPollMs = 1e4;
  const createDelay = ({pollInterval}) => {
   let polls = 0;
   return () => {
    polls++;
    return pollInterval === "auto" ? Math.min(firstRunPollMs * polls, maxRunPollMs) : pollInterval.fixedMs;
   };
  };
  const createPatience = ({clock}) => {
   let refusedMs;
   return {
    mayRetry: ({details}) => {
     if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.r3)(details) || details.intermediary) return true;
     const isSecond = refusedMs !== undefined && clock.now() >= refusedMs + firstRunPollMs;
     refusedMs ??= clock.now();
     return !isSecond;
    },
    reset: () => {
     refusedMs = undefined;
    }
   };
  };
  const logApprovals = (context, runOf, judged) => {
   const {approvals: logged} = context.store.state;
   const waiting = judged.kind === "waiting_for_approval" ? judged.approvals : [];
   for (const approval of waiting) if (!logged.some(({id}) => id === approval.id)) context.log({
    kind: "approval",
    ...runOf,
    approval
   });
   context.store.note({
    approvals: waiting
   });
  };
  const createRunLog = (context, sinceMs) => {
   let error;
   let known;
   const heartbeat = (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.Vn)(context, () => ({
    kind: "run_status",
    elapsedMs: context.clock.now() - sinceMs,
    status: known?.status ?? "",
    ...known?.judged.kind === "going_on" && known.judged.place,
    approvals: known?.judged.kind === "waiting_for_approval" ? known.judged.approvals : [],
    ...error && {
     error: error.details
    }
   }));
   return {
    pause: heartbeat.pause,
    note: ({run}, judged) => {
     error = undefined;
     known = {
      status: run.status,
      judged
     };
    },
    reportError: failure => {
     error = failure;
    }
   };
  };
  const sideCheckMs = 6e4;
  const checksOfMissing = 2;
  const createRunSideCheck = (context, request) => {
   let reader;
   let checksOver = 0;
   return {
    firstMs: sideCheckMs,
    everyMs: sideCheckMs,
    isWanted: ({status, pipeline}) => status === "pending" && (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(pipeline) !== undefined,
    check: async (sideContext, {pipeline}, isFound) => {
     const run = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(pipeline);
     if (!run) return;
     reader ??= (0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(sideContext, run);
     const details = await reader.read();
     const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)(details, request.env);
     logApprovals(context, {
      place: request,
      run
     }, judged);
     if (judged.kind === "failed") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
      kind: "run_failed",
      run,
      failure: judged.failure
     });
     if (judged.kind === "completed" && !isFound) checksOver++;
     if (checksOver < checksOfMissing) return;
     throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("failed", {
      kind: "run_without_deployment",
      run,
      status: details.run.status
     });
    }
   };
  };
  const findRunFailure = async (context, request, {pipeline}) => {
   const run = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(pipeline);
   if (!run || (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context)) return undefined;
   const details = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(context, run).read());
   if (details instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) return undefined;
   const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.yb)(details, request.env);
   return judged.kind === "failed" ? {
    outcome: "failed",
    reason: {
     kind: "run_failed",
     run,
     failure: judged.failure
    }
   } : undefined;
  };
  const afterDelayMs = 15e3;
  const followRunOn = async (context, request, {deployment, beganMs, reader: known}) => {
   const run = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(deployment.pipeline);
   if (!run || !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment)) return undefined;
   const sinceMs = context.clock.now();
   const reader = known ?? (0, _pipeline_run_js__WEBPACK_IMPORTED_MODULE_7__.PL)(context, run);
   const log = createRunLog(context, beganMs);
   let isLogged = false;
   const patience = createPatience(context);
   const check = async () => {
    const details = await reader.read();
    patience.reset();
    const afterMs = context.clock.now() - sinceMs;
    const judged = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.dc)(details, deployment, {
     env: request.env,
     afterMs
    });
    if (judged.kind === "failed") return {
     outcome: "failed",
     reason: {
      kind: "run_failed",
      run,
      failure: judged.failure
     }
    };
    if (judged.kind === "good") {
     if (judged.notice) addRunRemark(context, judged.notice);
     return "good";
    }
    if (!isLogged) context.log({
     kind: "following_run",
     place: request,
     run,
     isAfter: true
    });
    isLogged = true;
    log.note(details, judged);
    return undefined;
   };
   try {
    const end = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.wt)(context, {
     check,
     delayMs: () => afterDelayMs,
     log,
     mayRetry: patience.mayRetry
    });
    return end === "good" ? undefined : end;
   } catch (error) {
    const failure = error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3 ? error.cause : error;
    if (failure instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) context.store.remark({
     kind: "run_unreadable",
     error: failure.details
    }); else if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3) context.store.remark({
     kind: "run_goes_on",
     job: "",
     step: ""
    }); else throw error;
    return undefined;
   }
  };
  const addRunRemark = ({store}, notice) => {
   switch (notice.kind) {
   case "approval":
    store.remark({
     kind: "run_waits_for_approval",
     approvals: notice.approvals
    });
    break;

   case "other_environment":
    store.remark({
     kind: "run_deploys_elsewhere",
     env: notice.env,
     ...notice.place
    });
    break;

   case "still_running":
    store.remark({
     kind: "run_goes_on",
     ...notice.place
    });
    break;

   case "unreadable":
    store.remark({
     kind: "run_end_unclear",
     status: notice.status
    });
   }
  };
 },
 2413: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   k: () => waitForEnd,
   waitForOther: () => waitForOther
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6659);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3300);
  var _core_polling_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3168);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7812);
  var _core_text_words_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8602);
  var _context_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2877);
  var _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9283);
  var _read_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5844);
  var _request_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9259);
  const waitForEnd = async (context, watch) => {
   if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(watch.deployment)) return watch.deployment;
   const {env, deployment} = watch;
   const log = createWaitLog(context, watch.sinceMs, watch.namesEnvironment ? watch.env : undefined);
   log.reportStatus(watch.deployment.status);
   const schedule = await readHistoryDuringFirstWait(context, watch, log);
   const sideChecks = startSideChecks(context, watch.sideChecks ?? []);
   let isWarned = false;
   let isFound = false;
   const check = async () => {
    const answer = await (0, _read_js__WEBPACK_IMPORTED_MODULE_8__.iJ)(context, env, deployment.id, {
     patience: "once"
    }).catch(error => {
     if (!isFound && (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(error)) sideChecks.begin(deployment, false);
     throw error;
    });
    isFound = true;
    watch.onAnswer(answer);
    if (!isWarned && !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.ih)(answer.status)) context.log({
     kind: "unknown_status",
     deployment: answer
    });
    isWarned ||= !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.ih)(answer.status);
    log.reportStatus(answer.status);
    if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(answer)) return answer;
    sideChecks.begin(answer, true);
    return undefined;
   };
   const mayBeMadeYet = error => !isFound && (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(error) && (0, 
   _core_pipelines_js__WEBPACK_IMPORTED_MODULE_3__.wX)(deployment.pipeline) !== undefined;
   const mayRetry = error => mayBeMadeYet(error) || mayPassWhileFollowing(context, watch, error);
   const delayMs = () => determineDelayMs(context, watch, schedule);
   try {
    return await (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_9__.wt)(context, {
     check,
     delayMs,
     mayRetry,
     isFollowing: true,
     log
    }));
   } finally {
    await sideChecks.end();
   }
  };
  const startSideChecks = (context, sideChecks) => {
   const {clock, sideLimiter} = context;
   const over = new AbortController;
   const sideContext = {
    ...context,
    rateLimiter: sideLimiter,
    cancel: AbortSignal.any([ context.cancel, over.signal ])
   };
   let ending;
   const begun = sideChecks.map(each => ({
    each,
    nextMs: clock.now() + each.firstMs,
    running: Promise.resolve()
   }));
   let running = 0;
   const keep = error => {
    if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o) ending ??= error; else context.runner.debug(`A side check failed: ${error}`);
   };
   return {
    begin: (deployment, isFound) => {
     if (ending) throw ending;
     for (const part of begun) {
      if (running > 0 || clock.now() < part.nextMs || !part.each.isWanted(deployment)) continue;
      if (!(0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.uP)(context)) continue;
      part.nextMs = clock.now() + Math.max(part.each.everyMs, (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.KU)(context));
      running++;
      part.running = part.each.check(sideContext, deployment, isFound).catch(keep).finally(() => running--);
     }
    },
    end: async () => {
     over.abort(new Error("the deployment is over"));
     await Promise.all(begun.map(part => part.running));
    }
   };
  };
  const mayPassWhileFollowing = (context, {sinceMs}, failure) => {
   const mayStillAppear = (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(failure) && context.clock.now() < sinceMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.nZ;
   return mayStillAppear || (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.r3)(failure.details);
  };
  const determineDelayMs = (context, {pollInterval, sinceMs}, schedule) => pollInterval === "auto" ? schedule(context.clock.now() - sinceMs) : pollInterval.fixedMs;
  const determineFirstDelayMs = (context, watch, schedule) => {
   const jitter = watch.pollInterval === "auto" ? .5 + context.random() : 1;
   return Math.max(determineDelayMs(context, watch, schedule) * jitter, (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.KU)(context));
  };
  const readHistoryDuringFirstWait = async (context, watch, log) => {
   let schedule = (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.O)([]);
   if ((0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context)) return schedule;
   const over = new AbortController;
   const reading = getHistory(context, watch.env, over.signal).then(newestFirst => {
    watch.onHistory(newestFirst);
    const past = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.r4)(newestFirst, watch.deployment.id);
    schedule = (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.O)(past);
    log.learn(past);
   }, error => context.runner.debug(`The history was not read: ${error.message}`));
   await log.pause(determineFirstDelayMs(context, watch, schedule));
   over.abort(new Error("the first wait is over"));
   await reading;
   return schedule;
  };
  const getHistory = async (context, env, over) => {
   if (!(0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_7__.mn)(context)) throw new Error("Humanitec is rate-limiting this token");
   return (0, _read_js__WEBPACK_IMPORTED_MODULE_8__.Jn)(context, env, {
    patience: "once",
    signal: AbortSignal.any([ context.cancel, over ])
   });
  };
  const createWaitLog = (context, sinceMs, env) => {
   const {clock} = context;
   let history = [];
   let reported = "";
   let errorReportedMs = Number.NEGATIVE_INFINITY;
   let isErrorReported = false;
   const describe = (status, error) => {
    const elapsedMs = clock.now() - sinceMs;
    const expected = (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.r)(elapsedMs, history);
    return {
     kind: "status",
     elapsedMs,
     status,
     ...env !== undefined && {
      env
     },
     ...expected && {
      expected
     },
     ...status === "pending" && context.store.state.approvals.length > 0 && {
      awaitsApproval: true
     },
     ...error && {
      error
     }
    };
   };
   const heartbeat = (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.Vn)(context, () => describe(reported));
   const report = event => {
    context.log(event);
    heartbeat.reset();
   };
   return {
    learn: known => {
     history = known;
    },
    reportStatus: status => {
     if (status !== reported || isErrorReported) report(describe(status));
     reported = status;
     isErrorReported = false;
    },
    reportError: ({details}) => {
     if (isErrorReported || clock.now() < errorReportedMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.fO) return;
     report(describe(reported, details));
     errorReportedMs = clock.now();
     isErrorReported = true;
    },
    pause: heartbeat.pause
   };
  };
  const unseenConflictDelayMs = 15e3;
  const waitForOther = async (context, conflict, active) => {
   const nowMs = context.clock.now();
   if (!active) {
    const isLast = (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.oC)(context, unseenConflictDelayMs);
    context.log({
     kind: "unseen_conflict",
     env: conflict.env,
     elapsedMs: nowMs - context.startedMs,
     isLast
    });
    return (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.Gw)(context, unseenConflictDelayMs);
   }
   context.log({
    kind: "waiting_for_deployment",
    place: conflict,
    deployment: active
   });
   const end = await waitForEnd(context, {
    ...conflict,
    deployment: active,
    sinceMs: Math.min((0, _core_text_words_js__WEBPACK_IMPORTED_MODULE_10__.jR)(active.created_at) ?? nowMs, nowMs),
    onAnswer: () => undefined,
    onHistory: () => undefined
   }).catch(error => {
    throw error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3 ? new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3({
     cause: error.cause,
     other: active
    }) : error;
   });
   if (end instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI && !(0, 
   _request_js__WEBPACK_IMPORTED_MODULE_9__.c4)(end)) throw end;
  };
 }
};
