export const id = 643;

export const ids = [ 643 ];

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
 2643: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   plan: () => plan
  });
  var _core_delta_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2561);
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6659);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7812);
  var _core_set_diff_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2171);
  var _changes_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8419);
  var _delta_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1184);
  var _environment_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(243);
  var _read_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5844);
  var _rebase_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3564);
  var _request_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9259);
  const plan = async (context, request) => {
   context.log({
    kind: "opening",
    request,
    comment: ""
   });
   const basis = await findPlanBasis(context, request);
   const {running, runningEnv} = basis;
   const comparison = {
    ...running && {
     base: running
    },
    ...runningEnv !== request.env && {
     env: runningEnv
    }
   };
   const changes = await planChanges(context, request, basis);
   context.store.note({
    changes,
    comparison
   });
   context.log({
    kind: "changes",
    request,
    changes,
    comparison
   });
   return {
    outcome: "planned"
   };
  };
  const findPlanBasis = async (context, request) => {
   const environment = await (0, _environment_js__WEBPACK_IMPORTED_MODULE_6__.jY)(context, request.env);
   if (environment && environment.status !== "deleting") return findPlanBasisOf(context, request, (0, 
   _environment_js__WEBPACK_IMPORTED_MODULE_6__.Qz)(context, request, environment));
   const {createFrom} = request;
   if (createFrom === undefined) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.o("error", {
    kind: "no_environment",
    ...environment && {
     environment
    }
   });
   const {source, deployment} = await (0, _environment_js__WEBPACK_IMPORTED_MODULE_6__.Fd)(context, request, createFrom);
   const base = request.base ? await (0, _rebase_js__WEBPACK_IMPORTED_MODULE_8__.gU)(context, source, request.base) : deployment;
   notePlannedBase(context, request, {
    base,
    from: createFrom
   });
   return {
    base,
    running: deployment,
    runningEnv: createFrom
   };
  };
  const findPlanBasisOf = async (context, request, environment) => {
   const active = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.gv)(environment);
   if (active) context.store.remark({
    kind: "active_beside_plan",
    id: active.id
   });
   const running = await findRunning(context, environment);
   const base = request.base ? await (0, _rebase_js__WEBPACK_IMPORTED_MODULE_8__.gU)(context, environment, request.base) : chooseBase(environment.from_deploy, running);
   if (base) notePlannedBase(context, request, {
    base
   });
   return {
    ...base && {
     base
    },
    ...running && {
     running
    },
    runningEnv: request.env
   };
  };
  const notePlannedBase = (context, request, {base, from}) => {
   const env = request.base?.kind === "environment" ? request.base.env : from;
   if (request.base?.kind === "deployment") context.store.note({
    base
   }); else (0, _rebase_js__WEBPACK_IMPORTED_MODULE_8__.Ed)(context, base, env === request.env ? undefined : env);
  };
  const chooseBase = (base, running) => base && base.set_id === "" && !(0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.dR)(base) ? running : base;
  const findRunning = async (context, {id, last_deploy}) => {
   if (!last_deploy || (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.yO)(last_deploy)) return last_deploy;
   return (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_1__.HB)(await (0, _read_js__WEBPACK_IMPORTED_MODULE_7__.Jn)(context, id));
  };
  const planChanges = async (context, request, basis) => {
   const {base, running, runningEnv} = basis;
   const contents = await getContents(context, request, base);
   if (contents && !base) return listAdditions(contents);
   const setId = await getPlannedSetId(context, request, {
    base,
    contents
   });
   const oldId = running && await (0, _delta_js__WEBPACK_IMPORTED_MODULE_5__.Wp)(context, runningEnv, running);
   return await (0, _changes_js__WEBPACK_IMPORTED_MODULE_4__.h)(context, createRead(context), {
    newId: setId,
    oldId
   }) ?? [];
  };
  const createRead = context => call => (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.w$)(context, call);
  const getContents = (context, request, base) => {
   const {deltaId} = request;
   if (deltaId === undefined) return (0, _delta_js__WEBPACK_IMPORTED_MODULE_5__.xm)(context, request, base);
   return (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.w$)(context, limits => context.humanitec.getDelta(deltaId, limits));
  };
  const listAdditions = contents => {
   const delta = (0, _core_delta_js__WEBPACK_IMPORTED_MODULE_0__.rl)(contents);
   return delta ? (0, _core_set_diff_js__WEBPACK_IMPORTED_MODULE_3__.z)(undefined, (0, 
   _core_delta_js__WEBPACK_IMPORTED_MODULE_0__.TM)(_core_delta_js__WEBPACK_IMPORTED_MODULE_0__.mj, delta).set) : [];
  };
  const getPlannedSetId = async (context, request, {base, contents}) => {
   if (request.setId !== undefined) return request.setId;
   if (!base) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.o("error", {
    kind: "nothing_succeeded",
    env: request.env
   });
   const baseId = await (0, _delta_js__WEBPACK_IMPORTED_MODULE_5__.ro)(context, request, base);
   return contents ? (0, _request_js__WEBPACK_IMPORTED_MODULE_9__.w$)(context, limits => context.humanitec.applyDelta(baseId, contents, limits)) : baseId;
  };
 }
};
