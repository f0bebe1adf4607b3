import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";

var __webpack_modules__ = {
 9896: module => {
  module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
 },
 3024: module => {
  module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
 },
 7067: module => {
  module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
 },
 4708: module => {
  module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
 },
 6760: module => {
  module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
 },
 857: module => {
  module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
 },
 3720: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   E: () => createConnections
  });
  // EXTERNAL MODULE: ./lib/core/network/proxy.js
    var proxy = __nccwpck_require__(4286);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var result = __nccwpck_require__(7812);
  // EXTERNAL MODULE: ./lib/adapters/http.js + 20 modules
    var http = __nccwpck_require__(1062);
  // EXTERNAL MODULE: ./lib/core/container-logs.js
    var container_logs = __nccwpck_require__(4342);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __nccwpck_require__(1331);
  // EXTERNAL MODULE: ./lib/core/delta.js
    var core_delta = __nccwpck_require__(2561);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __nccwpck_require__(7981);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __nccwpck_require__(8602);
  // CONCATENATED MODULE: ./lib/core/responses/humanitec.js
  const toDeployment = value => {
   const deployment = toStartedDeployment(value);
   if (deployment.status === "") throw new json.h5("the deployment has no status");
   return deployment;
  };
  const toStartedDeployment = value => {
   const fields = (0, json.$N)(value, "a deployment");
   const {id, pipeline_id} = fields;
   if ((0, json.b6)(pipeline_id) !== "") throw new json.h5("it is the run of a pipeline, not a deployment");
   const pipeline = toPipelineReference(fields["pipeline"]);
   if (typeof id !== "string" || !(0, words.eQ)(id)) throw new json.h5("the deployment has no usable id");
   return {
    id,
    status: (0, json.IB)(fields["status"]),
    comment: (0, json.IB)(fields["comment"]),
    delta_id: (0, json.b6)(fields["delta_id"]),
    set_id: (0, json.b6)(fields["set_id"]),
    from_id: (0, json.b6)(fields["from_id"]),
    created_at: (0, json.b6)(fields["created_at"]),
    created_by: (0, json.IB)(fields["created_by"]),
    status_changed_at: (0, json.b6)(fields["status_changed_at"]),
    ...pipeline && {
     pipeline
    }
   };
  };
  const toPipelineReference = value => {
   const {id, run_id, job_id, step_index} = (0, json.Pf)(value);
   if ((0, json.b6)(id) === "" && (0, json.b6)(run_id) === "") return undefined;
   return {
    id: (0, json.b6)(id),
    run_id: (0, json.b6)(run_id),
    job_id: (0, json.b6)(job_id),
    step_index: (0, json.yJ)(step_index)
   };
  };
  const toEnvironment = value => {
   const fields = (0, json.$N)(value, "an environment");
   const {id, from_deploy, last_deploy} = fields;
   if (typeof id !== "string" || id === "") throw new json.h5("the environment has no id");
   return {
    id,
    name: (0, json.IB)(fields["name"]),
    type: (0, json.IB)(fields["type"]),
    status: (0, json.b6)(fields["status"]),
    created_at: (0, json.b6)(fields["created_at"]),
    ...from_deploy != null && {
     from_deploy: toDeployment(from_deploy)
    },
    ...last_deploy != null && {
     last_deploy: toDeployment(last_deploy)
    }
   };
  };
  const toDeploymentError = value => {
   const fields = (0, json.$N)(value, "an error of a deployment");
   return {
    scope: (0, json.IB)(fields["scope"]),
    object_id: (0, json.IB)(fields["object_id"]),
    code: (0, json.IB)(fields["code"]),
    summary: (0, json.IB)(fields["summary"]),
    message: (0, json.IB)(fields["message"]),
    error_type: (0, json.IB)(fields["error_type"])
   };
  };
  const toActiveResource = value => {
   const fields = (0, json.$N)(value, "an active resource");
   const {resource} = fields;
   return {
    res_id: (0, json.b6)(fields["res_id"]),
    type: (0, json.b6)(fields["type"]),
    status: (0, json.b6)(fields["status"]),
    host: resource == null ? "" : (0, json.b6)((0, json.$N)(resource, "an active resource")["host"])
   };
  };
  const toDeltaId = value => expectId((0, json.Pf)(value)["id"] ?? value, "Delta");
  const toDeltaContents = value => {
   const {modules, workloads, shared} = (0, json.$N)(value, "a Delta");
   return {
    ...modules != null && {
     modules
    },
    ...workloads != null && {
     workloads
    },
    ...shared != null && {
     shared
    }
   };
  };
  const toDelta = value => {
   const delta = (0, core_delta.rl)(value);
   if (!delta) throw new json.h5("the difference of two Sets was expected");
   return delta;
  };
  const toSet = id => value => {
   const set = (0, core_delta.IW)(value);
   if (!set) throw new json.h5("a Set was expected");
   const named = (0, json.b6)((0, json.Pf)(value)["id"]) || id;
   if (named !== id) throw new json.h5(`it is about ${named}`);
   return set;
  };
  const toSetId = value => expectId(value, "Set");
  const expectId = (id, what) => {
   if (typeof id !== "string" || !(0, words.eQ)(id)) throw new json.h5(`the ${what} has no usable id`);
   return id;
  };
  const toListedEnvironment = value => {
   try {
    return toEnvironment(value);
   } catch {
    return toEnvironment({
     ...(0, json.$N)(value, "an environment"),
     from_deploy: null,
     last_deploy: null
    });
   }
  };
  const toList = (toItem, isNeeded = () => false) => value => {
   const all = value === null ? [] : (0, json.sn)(value);
   const fits = all.map(entry => ({
    entry,
    items: orNone(toItem, entry)
   }));
   const missing = fits.filter(({items}) => items.length === 0);
   if (all.length > 0 && missing.length === all.length) throw new json.h5("no entry of the list could be used");
   if (missing.some(({entry}) => isNeeded(entry))) throw new json.h5("an entry about this workflow run could not be used");
   return fits.flatMap(({items}) => items);
  };
  const orNone = (toItem, entry) => {
   try {
    return [ toItem(entry) ];
   } catch (error) {
    if (error instanceof json.h5) return [];
    throw error;
   }
  };
  const withId = (id, toThing) => value => {
   const thing = toThing(value);
   if (thing.id !== id) throw new json.h5(`it is about ${thing.id}`);
   return thing;
  };
  const expectType = (body, wanted, contentType) => {
   const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
   if (type !== wanted) throw new json.h5(type ? `its content type is ${type}, not ${wanted}` : `it has no content type; ${wanted} was expected`);
   return body;
  };
  const toPipelineRun = value => {
   const fields = (0, json.$N)(value, "a pipeline run");
   return {
    id: expectId(fields["id"], "pipeline run"),
    pipeline_id: (0, json.b6)(fields["pipeline_id"]),
    etag: (0, json.b6)(fields["etag"]),
    status: (0, json.b6)(fields["status"]),
    status_message: (0, json.b6)(fields["status_message"]),
    completed_at: (0, json.b6)(fields["completed_at"]),
    env_ids: (0, json.c3)(fields["env_ids"]).map(json.b6).filter(Boolean),
    inputs: (0, json.Pf)(fields["inputs"]),
    waiting_for: textsOf(fields["waiting_for"])
   };
  };
  const toPipelineJob = value => {
   const fields = (0, json.$N)(value, "a job of a pipeline run");
   return {
    id: expectId(fields["id"], "job"),
    status: (0, json.b6)(fields["status"]),
    status_message: (0, json.b6)(fields["status_message"]),
    completed_at: (0, json.b6)(fields["completed_at"]),
    steps: (0, json.c3)(fields["steps"]).map(json.Pf).map(toStep)
   };
  };
  const toStep = fields => {
   const related = (0, json.Pf)(fields["related_entities"]);
   return {
    index: (0, json.yJ)(fields["index"]),
    name: (0, json.b6)(fields["name"]),
    status: (0, json.b6)(fields["status"]),
    status_message: (0, json.b6)(fields["status_message"]),
    created_at: (0, json.b6)(fields["created_at"]),
    completed_at: (0, json.b6)(fields["completed_at"]),
    env_id: (0, json.b6)(related["env_id"]),
    deployment_id: (0, json.b6)(related["deployment_id"])
   };
  };
  const toPipelineApproval = value => {
   const fields = (0, json.$N)(value, "an approval");
   return {
    id: expectId(fields["id"], "approval"),
    run_id: (0, json.b6)(fields["run_id"]),
    job_id: (0, json.b6)(fields["job_id"]),
    env_id: (0, json.b6)(fields["env_id"]),
    message: (0, json.b6)(fields["message"]),
    status: (0, json.b6)(fields["status"])
   };
  };
  const textsOf = value => Array.isArray(value) ? {} : Object.fromEntries(Object.entries((0, 
  json.Pf)(value)).map(([name, text]) => [ name, (0, json.b6)(text) ]));
  // EXTERNAL MODULE: ./lib/core/responses/refusal.js
    var refusal = __nccwpck_require__(6e3);
  // EXTERNAL MODULE: ./lib/core/run/workflow-context.js
    var workflow_context = __nccwpck_require__(6458);
  // EXTERNAL MODULE: ./lib/core/runtime.js
    var runtime = __nccwpck_require__(6371);
  // CONCATENATED MODULE: ./lib/adapters/humanitec.js
  const createHumanitec = (transport, {org, app, runUrl, now}) => {
   const ask = (0, http.cY)(transport, (answer, call) => toRefusal(answer, call, now()));
   const get = (operation, path, limits, toResult) => ask({
    operation,
    method: "GET",
    path
   }, limits, toResult);
   const isOfThisRun = entry => (0, workflow_context.HX)(JSON.stringify(entry), runUrl);
   const segment = encodeURIComponent;
   const application = `orgs/${segment(org)}/apps/${segment(app)}`;
   const environments = `${application}/envs`;
   const environment = env => `${environments}/${segment(env)}`;
   const deployments = env => `${environment(env)}/deploys`;
   const deployment = (env, id) => `${deployments(env)}/${segment(id)}`;
   const runs = pipelineId => `${application}/pipelines/${segment(pipelineId)}/runs`;
   const run = ({pipelineId, runId}) => `${runs(pipelineId)}/${segment(runId)}`;
   const query = fields => `?${new URLSearchParams(fields)}`;
   const delta = id => `${application}/deltas/${segment(id)}`;
   const set = id => `${application}/sets/${segment(id)}`;
   return {
    getEnvironment: (env, limits) => get("getEnvironment", environment(env), limits, withId(env, toEnvironment)),
    listEnvironments: limits => get("listEnvironments", environments, limits, toList(toListedEnvironment)),
    createEnvironment: (json, limits) => ask({
     operation: "createEnvironment",
     method: "POST",
     path: environments,
     json
    }, limits, withId(json.id, toEnvironment)),
    deleteEnvironment: (env, limits) => ask({
     operation: "deleteEnvironment",
     method: "DELETE",
     path: environment(env)
    }, limits, (_, answer) => {
     expectNoWords(answer);
     return answer.status === 202 ? "deleting" : "deleted";
    }),
    putBase: (env, json, limits) => ask({
     operation: "putBase",
     method: "PUT",
     path: `${environment(env)}/from_deploy_id`,
     json
    }, limits, (_, answer) => expectNoWords(answer)),
    listDeployments: (env, limits) => get("listDeployments", deployments(env), limits, toList(toStartedDeployment, isOfThisRun)),
    getDeployment: (env, id, limits) => get("getDeployment", deployment(env, id), limits, withId(id, toDeployment)),
    listDeploymentErrors: (env, id, limits) => get("listDeploymentErrors", `${deployment(env, id)}/errors`, limits, toList(toDeploymentError)),
    startDeployment: (env, json, limits) => ask({
     operation: "startDeployment",
     method: "POST",
     path: deployments(env),
     json
    }, limits, toStartedDeployment),
    listActiveResources: (env, limits) => get("listActiveResources", `${environment(env)}/resources`, limits, toList(toActiveResource)),
    getRuntime: (env, limits) => ask({
     operation: "getRuntime",
     method: "GET",
     path: `${environment(env)}/runtime`,
     headers: {
      accept: runtimeType
     }
    }, limits, (body, {contentType}) => (0, runtime.Qf)(expectType(body, runtimeType, contentType))),
    listContainerLogs: (env, {workload, container, deploymentId, lineCount}, limits) => {
     const wanted = query({
      workload_id: workload,
      container_id: container,
      ...deploymentId !== undefined && {
       deployment_id: deploymentId
      },
      limit: String(lineCount),
      invert: "true"
     });
     return get("listContainerLogs", `${environment(env)}/logs${wanted}`, limits, container_logs.YW);
    },
    listPipelineRuns: (pipelineId, limits) => get("listPipelineRuns", runs(pipelineId), limits, toList(toPipelineRun, isOfThisRun)),
    getPipelineRun: (name, limits) => get("getPipelineRun", run(name), limits, withId(name.runId, toPipelineRun)),
    listPipelineJobs: (name, limits) => get("listPipelineJobs", `${run(name)}/jobs${query({
     per_page: "100"
    })}`, limits, toList(toPipelineJob)),
    getPipelineJob: (name, id, limits) => get("getPipelineJob", `${run(name)}/jobs/${segment(id)}`, limits, withId(id, toPipelineJob)),
    listApprovals: ({pipelineId, runId}, limits) => get("listApprovals", `${application}/approvals${query({
     pipeline: pipelineId,
     run: runId,
     per_page: "100"
    })}`, limits, toList(toPipelineApproval)),
    listRunDeployments: (env, {pipelineId, runId}, limits) => get("listRunDeployments", `${deployments(env)}${query({
     pipelineRunId: `${pipelineId},${runId}`
    })}`, limits, toList(toDeployment)),
    convertScore: (json, limits) => {
     const path = `orgs/${segment(org)}/artefact-versions/convert-score`;
     return ask({
      operation: "convertScore",
      method: "POST",
      path,
      json
     }, limits, toDeltaContents);
    },
    createDelta: (json, limits) => ask({
     operation: "createDelta",
     method: "POST",
     path: `${application}/deltas`,
     json
    }, limits, toDeltaId),
    getDelta: (id, limits) => get("getDelta", delta(id), limits, toDeltaContents),
    archiveDelta: (id, limits) => ask({
     operation: "archiveDelta",
     method: "PUT",
     path: `${delta(id)}/metadata/archived`,
     json: true
    }, limits, () => undefined),
    getSet: (id, limits) => get("getSet", set(id), limits, toSet(id)),
    applyDelta: (id, json, limits) => ask({
     operation: "applyDelta",
     method: "POST",
     path: set(id),
     json
    }, limits, toSetId),
    diffSets: (newId, oldId, limits) => get("diffSets", `${set(newId)}/diff/${segment(oldId)}`, limits, toDelta)
   };
  };
  const runtimeType = "application/v2+json";
  const expectNoWords = ({body, text}) => {
   if (text !== undefined || (0, refusal.HR)(body)) throw new json.h5("an empty answer was expected");
  };
  const toRefusal = ({status, retryAfter, location, ...answer}, {path}, nowMs) => {
   const retryAfterMs = (0, retry_policy.oR)(retryAfter, nowMs);
   return {
    ...(0, refusal.a2)(status, path, answer),
    ...retryAfterMs !== undefined && {
     retryAfterMs
    },
    ...location && URL.canParse(location) && {
     redirectHost: new URL(location).host
    }
   };
  };
  // EXTERNAL MODULE: ./lib/adapters/system.js + 1 modules
    var system = __nccwpck_require__(3931);
  // CONCATENATED MODULE: ./lib/adapters/connect.js
  const createConnections = (variables, {repository, runUrl}, redact) => {
   const open = async (address, setting) => {
    const route = (0, proxy.g4)(address, variables, process.versions.node);
    return {
     fetch: await chooseFetch(route),
     reach: (0, proxy.H5)({
      address,
      setting
     }, route, variables)
    };
   };
   return {
    connect: async ({apiUrl, token, org, app}) => {
     const transport = (0, http.oO)({
      apiUrl,
      token,
      ...await open(apiUrl, "api_url")
     });
     return createHumanitec(transport, {
      org,
      app,
      runUrl,
      now: system.p.now
     });
    },
    connectGitHub: async ({githubToken: token}) => {
     if (token === "") throw new result.o("error", {
      kind: "no_connection",
      why: {
       kind: "no_github_token"
      }
     });
     const apiUrl = variables["GITHUB_API_URL"] || "https://api.github.com";
     const graphqlUrl = variables["GITHUB_GRAPHQL_URL"] || `${apiUrl}/graphql`;
     const [github, opened] = await Promise.all([ Promise.all([ __nccwpck_require__.e(794), __nccwpck_require__.e(996) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 5521)), open(apiUrl, "GITHUB_API_URL") ]);
     return github.connectGitHub({
      apiUrl,
      graphqlUrl,
      token,
      repository,
      redact,
      now: system.p.now,
      ...opened
     });
    },
    loadFileReader: async () => {
     const {createFileReader} = await Promise.all([ __nccwpck_require__.e(243), __nccwpck_require__.e(464) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 8464));
     return createFileReader(variables["GITHUB_WORKSPACE"] ?? "");
    }
   };
  };
  const chooseFetch = async route => {
   if (route.kind === "invalid") throw new result.o("error", {
    kind: "no_connection",
    why: route
   });
   if (route.client === "builtin") return fetch;
   const {createProxyFetch} = await __nccwpck_require__.e(980).then(__nccwpck_require__.bind(__nccwpck_require__, 1980));
   return createProxyFetch(route.kind === "proxy" ? route.url : undefined);
  };
 },
 1062: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   cY: () => createAsk,
   oO: () => createTransport,
   Ms: () => formatCall,
   iU: () => sendWithinLimits
  });
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/KyError.js
  class KyError extends Error {
   name="KyError";
   get isKyError() {
    return true;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/HTTPError.js
  class HTTPError extends KyError {
   name="HTTPError";
   response;
   request;
   options;
   data;
   constructor(response, request, options) {
    const code = response.status || response.status === 0 ? response.status : "";
    const title = response.statusText ?? "";
    const status = `${code} ${title}`.trim();
    const reason = status ? `status code ${status}` : "an unknown error";
    super(`Request failed with ${reason}: ${request.method} ${request.url}`);
    this.response = response;
    this.request = request;
    this.options = options;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/NetworkError.js
  class NetworkError extends KyError {
   name="NetworkError";
   request;
   constructor(request, options) {
    super(`Request failed due to a network error: ${request.method} ${request.url}`, options);
    this.request = request;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/NonError.js
  class NonError extends Error {
   name="NonError";
   value;
   constructor(value) {
    let message = "Non-error value was thrown";
    try {
     if (typeof value === "string") {
      message = value;
     } else if (value && typeof value === "object" && "message" in value && typeof value.message === "string") {
      message = value.message;
     }
    } catch {}
    super(message);
    this.value = value;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/ForceRetryError.js
  class ForceRetryError_ForceRetryError extends KyError {
   name="ForceRetryError";
   customDelay;
   code;
   customRequest;
   constructor(options) {
    const cause = options?.cause ? options.cause instanceof Error ? options.cause : new NonError(options.cause) : undefined;
    super(options?.code ? `Forced retry: ${options.code}` : "Forced retry", cause ? {
     cause
    } : undefined);
    this.customDelay = options?.delay;
    this.code = options?.code;
    this.customRequest = options?.request;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/SchemaValidationError.js
  class SchemaValidationError extends Error {
   name="SchemaValidationError";
   issues;
   constructor(issues) {
    super("Response schema validation failed");
    this.issues = issues;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/errors/TimeoutError.js
  class TimeoutError extends KyError {
   name="TimeoutError";
   request;
   constructor(request) {
    super(`Request timed out: ${request.method} ${request.url}`);
    this.request = request;
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/core/constants.js
  const supportsRequestStreams = (() => {
   let duplexAccessed = false;
   let hasContentType = false;
   const supportsReadableStream = typeof globalThis.ReadableStream === "function";
   const supportsRequest = typeof globalThis.Request === "function";
   if (supportsReadableStream && supportsRequest) {
    try {
     hasContentType = new globalThis.Request("https://empty.invalid", {
      body: new globalThis.ReadableStream,
      method: "POST",
      get duplex() {
       duplexAccessed = true;
       return "half";
      }
     }).headers.has("Content-Type");
    } catch (error) {
     if (error instanceof Error && error.message === "unsupported BodyInit type") {
      return false;
     }
     throw error;
    }
   }
   return duplexAccessed && !hasContentType;
  })();
  const supportsAbortController = typeof globalThis.AbortController === "function";
  const supportsAbortSignal = typeof globalThis.AbortSignal === "function" && typeof globalThis.AbortSignal.any === "function";
  const supportsResponseStreams = typeof globalThis.ReadableStream === "function";
  const supportsFormData = typeof globalThis.FormData === "function";
  const requestMethods = [ "get", "post", "put", "patch", "head", "delete", "query" ];
  const validate = () => undefined;
  validate();
  const responseTypes = {
   json: "application/json",
   text: "text/*",
   formData: "multipart/form-data",
   arrayBuffer: "*/*",
   blob: "*/*",
   bytes: "*/*"
  };
  const maxSafeTimeout = 2147483647;
  const usualFormBoundarySize = 40;
  const stop = Symbol("stop");
  class RetryMarker {
   options;
   constructor(options) {
    this.options = options;
   }
  }
  const retry = options => new RetryMarker(options);
  const kyOptionKeys = {
   json: true,
   parseJson: true,
   stringifyJson: true,
   searchParams: true,
   baseUrl: true,
   prefix: true,
   retry: true,
   timeout: true,
   totalTimeout: true,
   hooks: true,
   throwHttpErrors: true,
   onDownloadProgress: true,
   onUploadProgress: true,
   fetch: true,
   context: true
  };
  const requestOptionsRegistry = {
   method: true,
   headers: true,
   body: true,
   mode: true,
   credentials: true,
   cache: true,
   redirect: true,
   referrer: true,
   referrerPolicy: true,
   integrity: true,
   keepalive: true,
   signal: true,
   window: true,
   duplex: true
  };
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/body.js
  const encoder = new TextEncoder;
  const getBodySize = body => {
   if (!body) {
    return 0;
   }
   if (body instanceof FormData) {
    let size = 0;
    for (const [key, value] of body) {
     size += usualFormBoundarySize;
     size += encoder.encode(`Content-Disposition: form-data; name="${key}"`).byteLength;
     size += typeof value === "string" ? encoder.encode(value).byteLength : value.size;
    }
    return size;
   }
   if (body instanceof Blob) {
    return body.size;
   }
   if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return body.byteLength;
   }
   if (typeof body === "string") {
    return encoder.encode(body).byteLength;
   }
   if (body instanceof URLSearchParams) {
    return encoder.encode(body.toString()).byteLength;
   }
   return 0;
  };
  const withProgress = (stream, totalBytes, onProgress) => {
   let previousChunk;
   let transferredBytes = 0;
   return stream.pipeThrough(new TransformStream({
    transform(currentChunk, controller) {
     controller.enqueue(currentChunk);
     if (previousChunk) {
      transferredBytes += previousChunk.byteLength;
      let percent = totalBytes === 0 ? 0 : transferredBytes / totalBytes;
      if (percent >= 1) {
       percent = 1 - Number.EPSILON;
      }
      onProgress?.({
       percent,
       totalBytes: Math.max(totalBytes, transferredBytes),
       transferredBytes
      }, previousChunk);
     }
     previousChunk = currentChunk;
    },
    flush() {
     const finalChunk = previousChunk ?? new Uint8Array;
     transferredBytes += finalChunk.byteLength;
     onProgress?.({
      percent: 1,
      totalBytes: Math.max(totalBytes, transferredBytes),
      transferredBytes
     }, finalChunk);
    }
   }));
  };
  const streamResponse = (response, onDownloadProgress) => {
   if (!response.body) {
    return response;
   }
   const responseInit = {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers
   };
   if (response.status === 204) {
    return new Response(null, responseInit);
   }
   const totalBytes = Math.max(0, Number(response.headers.get("content-length")) || 0);
   return new Response(withProgress(response.body, totalBytes, onDownloadProgress), responseInit);
  };
  const streamRequest = (request, onUploadProgress, originalBody) => {
   if (!request.body) {
    return request;
   }
   const totalBytes = getBodySize(originalBody ?? request.body);
   return new Request(request, {
    duplex: "half",
    body: withProgress(request.body, totalBytes, onUploadProgress)
   });
  };
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/is.js
  const isObject = value => value !== null && typeof value === "object";
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/merge.js
  const replaceSymbol = Symbol("replaceOption");
  const getReplaceState = value => isObject(value) && value[replaceSymbol] === true ? {
   isReplace: true,
   value: value.value
  } : {
   isReplace: false,
   value
  };
  const replaceOption = value => {
   const markedValue = {
    [replaceSymbol]: true,
    value
   };
   return markedValue;
  };
  const validateAndMerge = (...sources) => {
   for (const source of sources) {
    if ((!isObject(source) || Array.isArray(source)) && source !== undefined) {
     throw new TypeError("The `options` argument must be an object");
    }
   }
   return deepMerge({}, ...sources);
  };
  const mergeHeaders = (source1 = {}, source2 = {}) => {
   const result = new globalThis.Headers(source1);
   const isHeadersInstance = source2 instanceof globalThis.Headers;
   const source = new globalThis.Headers(source2);
   for (const [key, value] of source.entries()) {
    if (isHeadersInstance && value === "undefined" || value === undefined) {
     result.delete(key);
    } else {
     result.set(key, value);
    }
   }
   return result;
  };
  const isPlainObject = value => {
   if (!isObject(value) || Array.isArray(value)) {
    return false;
   }
   const prototype = Object.getPrototypeOf(value);
   return prototype === Object.prototype || prototype === null;
  };
  const cloneShallow = value => {
   if (value instanceof URLSearchParams) {
    const copy = new URLSearchParams(value);
    const deleted = value[deletedParametersSymbol];
    if (deleted) {
     copy[deletedParametersSymbol] = new Set(deleted);
    }
    return copy;
   }
   if (value instanceof globalThis.Headers) {
    return new globalThis.Headers(value);
   }
   if (Array.isArray(value)) {
    return [ ...value ];
   }
   if (isPlainObject(value)) {
    const copy = {
     ...value
    };
    return copy;
   }
   return value;
  };
  const normalizeHeaderObject = headers => Object.fromEntries(Object.entries(headers).filter(entry => entry[1] !== undefined));
  const mergeHeaderContainers = (source1, source2) => {
   if (isPlainObject(source1) && isPlainObject(source2)) {
    return normalizeHeaderObject({
     ...source1,
     ...source2
    });
   }
   return mergeHeaders(source1, source2);
  };
  function newHookValue(original, incoming, property) {
   return Object.hasOwn(incoming, property) && incoming[property] === undefined ? [] : deepMerge(original[property] ?? [], incoming[property] ?? []);
  }
  const mergeHooks = (original = {}, incoming = {}) => ({
   init: newHookValue(original, incoming, "init"),
   beforeRequest: newHookValue(original, incoming, "beforeRequest"),
   beforeRetry: newHookValue(original, incoming, "beforeRetry"),
   beforeError: newHookValue(original, incoming, "beforeError"),
   afterResponse: newHookValue(original, incoming, "afterResponse")
  });
  const deletedParametersSymbol = Symbol("deletedParameters");
  const appendSearchParameters = (target, source) => {
   const result = new URLSearchParams;
   const deleted = new Set;
   for (const input of [ target, source ]) {
    if (input === undefined) {
     continue;
    }
    if (input instanceof URLSearchParams) {
     for (const [key, value] of input.entries()) {
      result.append(key, value);
      deleted.delete(key);
     }
     const inputDeleted = input[deletedParametersSymbol];
     if (inputDeleted) {
      for (const key of inputDeleted) {
       result.delete(key);
       deleted.add(key);
      }
     }
    } else if (Array.isArray(input)) {
     for (const pair of input) {
      if (!Array.isArray(pair) || pair.length !== 2) {
       throw new TypeError("Array search parameters must be provided in [[key, value], ...] format");
      }
      result.append(String(pair[0]), String(pair[1]));
      deleted.delete(String(pair[0]));
     }
    } else if (isObject(input)) {
     for (const [key, value] of Object.entries(input)) {
      if (value === undefined) {
       result.delete(key);
       deleted.add(key);
      } else {
       result.append(key, String(value));
       deleted.delete(key);
      }
     }
    } else {
     const parameters = new URLSearchParams(input);
     for (const [key, value] of parameters.entries()) {
      result.append(key, value);
      deleted.delete(key);
     }
    }
   }
   if (deleted.size > 0) {
    result[deletedParametersSymbol] = deleted;
   }
   return result;
  };
  const deepMergeInternal = (isRoot, ...sources) => {
   let returnValue = {};
   let headers = {};
   let hooks = {};
   let searchParameters;
   const signals = [];
   for (const source of sources) {
    if (Array.isArray(source)) {
     if (!Array.isArray(returnValue)) {
      returnValue = [];
     }
     returnValue = [ ...returnValue, ...source ];
    } else if (isObject(source)) {
     for (let [key, value] of Object.entries(source)) {
      const replaceState = getReplaceState(value);
      const {isReplace} = replaceState;
      value = replaceState.value;
      const isRootSignal = isRoot && key === "signal";
      if (isRootSignal && (isReplace || value === undefined)) {
       signals.length = 0;
      }
      if (isRootSignal && value instanceof globalThis.AbortSignal) {
       signals.push(value);
       continue;
      }
      if (key === "context") {
       if (value !== undefined && value !== null && (!isObject(value) || Array.isArray(value))) {
        throw new TypeError("The `context` option must be an object");
       }
       returnValue = {
        ...returnValue,
        context: value === undefined || value === null ? {} : isReplace ? {
         ...value
        } : {
         ...returnValue.context,
         ...value
        }
       };
       continue;
      }
      if (key === "searchParams") {
       if (value === undefined || value === null) {
        searchParameters = undefined;
       } else if (isReplace) {
        searchParameters = value;
       } else {
        searchParameters = searchParameters === undefined ? value : appendSearchParameters(searchParameters, value);
       }
       continue;
      }
      if (isRoot && key === "retry" && isObject(value) && !isReplace && typeof returnValue[key] === "number") {
       returnValue = {
        ...returnValue,
        [key]: {
         limit: returnValue[key]
        }
       };
      }
      if (isObject(value) && !isReplace && key in returnValue) {
       value = deepMergeInternal(false, returnValue[key], value);
      }
      returnValue = {
       ...returnValue,
       [key]: value
      };
     }
     if (isObject(source.hooks)) {
      const {value: hookValue, isReplace} = getReplaceState(source.hooks);
      hooks = isReplace ? mergeHooks({}, hookValue) : mergeHooks(hooks, hookValue);
      returnValue.hooks = hooks;
     }
     if (isObject(source.headers)) {
      const {value: headerValue, isReplace} = getReplaceState(source.headers);
      headers = isReplace ? cloneShallow(headerValue) : mergeHeaderContainers(headers, headerValue);
      returnValue.headers = headers;
     }
    }
   }
   if (searchParameters !== undefined) {
    returnValue.searchParams = searchParameters;
   }
   if (signals.length > 0) {
    if (signals.length === 1) {
     returnValue.signal = signals[0];
    } else if (supportsAbortSignal) {
     returnValue.signal = AbortSignal.any(signals);
    } else {
     returnValue.signal = signals.at(-1);
    }
   }
   return returnValue;
  };
  const deepMerge = (...sources) => deepMergeInternal(true, ...sources);
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/normalize.js
  const normalizeRequestMethod = input => requestMethods.includes(input) ? input.toUpperCase() : input;
  const retryMethods = [ "get", "put", "head", "delete", "options", "trace", "query" ];
  const retryStatusCodes = [ 408, 413, 429, 500, 502, 503, 504 ];
  const retryAfterStatusCodes = [ 413, 429, 503 ];
  const invalidRetryLimitErrorMessage = "`retry.limit` must be a finite, non-negative integer";
  const defaultRetryOptions = {
   limit: 2,
   methods: retryMethods,
   statusCodes: retryStatusCodes,
   afterStatusCodes: retryAfterStatusCodes,
   maxRetryAfter: Number.POSITIVE_INFINITY,
   backoffLimit: Number.POSITIVE_INFINITY,
   delay: attemptCount => .3 * 2 ** (attemptCount - 1) * 1e3,
   jitter: undefined,
   retryOnTimeout: false
  };
  const getDefaultRetryOptions = () => ({
   ...defaultRetryOptions,
   methods: [ ...defaultRetryOptions.methods ],
   statusCodes: [ ...defaultRetryOptions.statusCodes ],
   afterStatusCodes: [ ...defaultRetryOptions.afterStatusCodes ]
  });
  const normalizeRetryLimit = retryLimit => {
   if (retryLimit === undefined) {
    return defaultRetryOptions.limit;
   }
   if (typeof retryLimit !== "number" || !Number.isInteger(retryLimit) || retryLimit < 0) {
    throw new TypeError(invalidRetryLimitErrorMessage);
   }
   return retryLimit;
  };
  const normalizeRetryOptions = (retry = {}) => {
   if (typeof retry === "number") {
    return {
     ...getDefaultRetryOptions(),
     limit: normalizeRetryLimit(retry)
    };
   }
   if (retry === null || typeof retry !== "object" || Array.isArray(retry)) {
    throw new TypeError("`retry` must be a number or an object");
   }
   const normalizedRetry = Object.fromEntries(Object.entries(retry).filter(([, value]) => value !== undefined));
   const retryLimit = normalizeRetryLimit(normalizedRetry.limit);
   if (normalizedRetry.methods !== undefined && !Array.isArray(normalizedRetry.methods)) {
    throw new Error("retry.methods must be an array");
   }
   if (normalizedRetry.statusCodes !== undefined && !Array.isArray(normalizedRetry.statusCodes)) {
    throw new Error("retry.statusCodes must be an array");
   }
   if (normalizedRetry.afterStatusCodes !== undefined && !Array.isArray(normalizedRetry.afterStatusCodes)) {
    throw new Error("retry.afterStatusCodes must be an array");
   }
   if (normalizedRetry.methods !== undefined) {
    normalizedRetry.methods = normalizedRetry.methods.map(method => method.toLowerCase());
   }
   if (normalizedRetry.statusCodes !== undefined) {
    normalizedRetry.statusCodes = [ ...normalizedRetry.statusCodes ];
   }
   if (normalizedRetry.afterStatusCodes !== undefined) {
    normalizedRetry.afterStatusCodes = [ ...normalizedRetry.afterStatusCodes ];
   }
   return {
    ...getDefaultRetryOptions(),
    ...normalizedRetry,
    limit: retryLimit
   };
  };
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/timeout.js
  async function timeout(request, init, abortController, options) {
   return new Promise((resolve, reject) => {
    const timeoutId = setTimeout(() => {
     if (abortController) {
      abortController.abort();
     }
     reject(new TimeoutError(request));
    }, options.timeout);
    void options.fetch(request, init).then(resolve).catch(reject).then(() => {
     clearTimeout(timeoutId);
    });
   });
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/delay.js
  async function delay(ms, {signal}) {
   return new Promise((resolve, reject) => {
    if (signal) {
     signal.throwIfAborted();
     signal.addEventListener("abort", abortHandler, {
      once: true
     });
    }
    function abortHandler() {
     clearTimeout(timeoutId);
     reject(signal.reason);
    }
    const timeoutId = setTimeout(() => {
     signal?.removeEventListener("abort", abortHandler);
     resolve();
    }, ms);
   });
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/options.js
  const findUnknownOptions = options => {
   const unknownOptions = {};
   for (const key in options) {
    if (!Object.hasOwn(options, key)) {
     continue;
    }
    if (!(key in requestOptionsRegistry) && !(key in kyOptionKeys)) {
     unknownOptions[key] = options[key];
    }
   }
   return unknownOptions;
  };
  const hasSearchParameters = search => {
   if (search === undefined) {
    return false;
   }
   if (Array.isArray(search)) {
    return search.length > 0;
   }
   if (search instanceof URLSearchParams) {
    return search.size > 0 || Boolean(search[deletedParametersSymbol]?.size);
   }
   if (typeof search === "object") {
    return Object.keys(search).length > 0;
   }
   if (typeof search === "string") {
    return search.trim().length > 0;
   }
   return Boolean(search);
  };
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/is-network-error.js
  const objectToString = Object.prototype.toString;
  const isError = value => objectToString.call(value) === "[object Error]";
  const errorMessages = new Set([ "network error", "NetworkError when attempting to fetch resource.", "The Internet connection appears to be offline.", "Network request failed", "fetch failed", "terminated", " A network error occurred.", "Network connection lost" ]);
  function isRawNetworkError(error) {
   const isValid = error && isError(error) && error.name === "TypeError" && typeof error.message === "string";
   if (!isValid) {
    return false;
   }
   const {message, stack} = error;
   if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) {
    return stack === undefined || "__sentry_captured__" in error;
   }
   if (message.startsWith("error sending request for url")) {
    return true;
   }
   if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) {
    return true;
   }
   return errorMessages.has(message);
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/utils/type-guards.js
  const isErrorType = (error, cls) => error instanceof cls || error?.name === cls.name;
  function isKyError(error) {
   return error?.isKyError === true || isHTTPError(error) || isNetworkError(error) || isTimeoutError(error) || isForceRetryError(error);
  }
  function isHTTPError(error) {
   return isErrorType(error, HTTPError);
  }
  function isNetworkError(error) {
   return isErrorType(error, NetworkError);
  }
  function isTimeoutError(error) {
   return isErrorType(error, TimeoutError);
  }
  function isForceRetryError(error) {
   return isErrorType(error, ForceRetryError);
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/core/retry-timing.js
  const timestampThreshold = Date.parse("2024-01-01");
  const delayPattern = /^\d+$/;
  const months = [ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" ];
  const imfDatePattern = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
  const rfc850DatePattern = /^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), (\d{2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
  const asctimeDatePattern = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{2}| \d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;
  const getRetryTimingHeader = headers => {
   const retryAfter = headers.get("Retry-After");
   if (retryAfter !== null) {
    return {
     value: retryAfter,
     allowTimestamp: false
    };
   }
   const rateLimitReset = headers.get("RateLimit-Reset");
   if (rateLimitReset !== null) {
    return {
     value: rateLimitReset,
     allowTimestamp: true
    };
   }
   const rateLimitRetryAfter = headers.get("X-RateLimit-Retry-After");
   if (rateLimitRetryAfter !== null) {
    return {
     value: rateLimitRetryAfter,
     allowTimestamp: false
    };
   }
   const rateLimitResetAlias = headers.get("X-RateLimit-Reset") ?? headers.get("X-Rate-Limit-Reset");
   if (rateLimitResetAlias !== null) {
    return {
     value: rateLimitResetAlias,
     allowTimestamp: true
    };
   }
   return undefined;
  };
  const createTimestamp = ({year, month, day, hours, minutes, seconds}) => {
   const monthIndex = months.indexOf(month);
   const dayNumber = Number(day);
   const hoursNumber = Number(hours);
   const minutesNumber = Number(minutes);
   const secondsNumber = Number(seconds);
   if (monthIndex === -1 || hoursNumber > 23 || minutesNumber > 59 || secondsNumber > 60) {
    return undefined;
   }
   const normalizedSeconds = Math.min(secondsNumber, 59);
   const date = new Date(Date.UTC(year, monthIndex, dayNumber, hoursNumber, minutesNumber, normalizedSeconds));
   date.setUTCFullYear(year);
   const timestamp = date.getTime();
   if (date.getUTCFullYear() !== year || date.getUTCMonth() !== monthIndex || date.getUTCDate() !== dayNumber || date.getUTCHours() !== hoursNumber || date.getUTCMinutes() !== minutesNumber || date.getUTCSeconds() !== normalizedSeconds) {
    return undefined;
   }
   return secondsNumber === 60 ? timestamp + 1e3 : timestamp;
  };
  const getCapture = (match, index) => match[index];
  const parseDate = value => {
   const imfDate = imfDatePattern.exec(value);
   if (imfDate) {
    return createTimestamp({
     year: Number(getCapture(imfDate, 3)),
     month: getCapture(imfDate, 2),
     day: getCapture(imfDate, 1),
     hours: getCapture(imfDate, 4),
     minutes: getCapture(imfDate, 5),
     seconds: getCapture(imfDate, 6)
    });
   }
   const rfc850Date = rfc850DatePattern.exec(value);
   if (rfc850Date) {
    const now = new Date;
    const twoDigitYear = Number(getCapture(rfc850Date, 3));
    const currentCenturyYear = Math.floor(now.getUTCFullYear() / 100) * 100 + twoDigitYear;
    const fiftyYearsFromNow = Date.UTC(now.getUTCFullYear() + 50, now.getUTCMonth(), now.getUTCDate(), now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds(), now.getUTCMilliseconds());
    let timestamp;
    for (const year of [ currentCenturyYear - 100, currentCenturyYear, currentCenturyYear + 100 ]) {
     const candidateTimestamp = createTimestamp({
      year,
      month: getCapture(rfc850Date, 2),
      day: getCapture(rfc850Date, 1),
      hours: getCapture(rfc850Date, 4),
      minutes: getCapture(rfc850Date, 5),
      seconds: getCapture(rfc850Date, 6)
     });
     if (candidateTimestamp !== undefined && candidateTimestamp <= fiftyYearsFromNow) {
      timestamp = candidateTimestamp;
     }
    }
    return timestamp;
   }
   const asctimeDate = asctimeDatePattern.exec(value);
   if (asctimeDate) {
    const time = getCapture(asctimeDate, 4);
    const [hours, minutes, seconds] = time.split(":");
    return createTimestamp({
     year: Number(getCapture(asctimeDate, 5)),
     month: getCapture(asctimeDate, 2),
     day: getCapture(asctimeDate, 3).trim(),
     hours,
     minutes,
     seconds
    });
   }
   return undefined;
  };
  const calculateRetryTimingDelay = ({value, allowTimestamp}) => {
   if (delayPattern.test(value)) {
    let delay = Number(value) * 1e3;
    if (allowTimestamp && delay >= timestampThreshold) {
     delay -= Date.now();
    }
    return Math.max(0, delay);
   }
   const timestamp = parseDate(value);
   if (timestamp === undefined) {
    return undefined;
   }
   const delay = timestamp - Date.now();
   return Number.isFinite(delay) ? Math.max(0, delay) : undefined;
  };
  // CONCATENATED MODULE: ./node_modules/ky/distribution/core/Ky.js
  const maxErrorResponseBodySize = 10 * 1024 * 1024;
  const prefixUrlRenamedErrorMessage = "The `prefixUrl` option has been renamed `prefix` in v2 and enhanced to allow slashes in input. See also the new `baseUrl` option for improved flexibility with standard URL resolution: https://github.com/sindresorhus/ky#baseurl";
  const timedOutResponseData = Symbol("timedOutResponseData");
  const timedOutOperation = Symbol("timedOutOperation");
  const createTextDecoder = contentType => {
   const match = /;\s*charset\s*=\s*(?:"([^"]+)"|([^;,\s]+))/i.exec(contentType);
   const charset = match?.[1] ?? match?.[2];
   if (charset) {
    try {
     return new TextDecoder(charset);
    } catch {}
   }
   return new TextDecoder;
  };
  const invalidSchemaMessage = "The `schema` argument must follow the Standard Schema specification";
  const cloneRetryOptions = retry => {
   if (retry === null || typeof retry !== "object" || Array.isArray(retry)) {
    return retry;
   }
   const clonedRetry = {
    ...retry
   };
   if (Array.isArray(clonedRetry.methods)) {
    clonedRetry.methods = [ ...clonedRetry.methods ];
   }
   if (Array.isArray(clonedRetry.statusCodes)) {
    clonedRetry.statusCodes = [ ...clonedRetry.statusCodes ];
   }
   if (Array.isArray(clonedRetry.afterStatusCodes)) {
    clonedRetry.afterStatusCodes = [ ...clonedRetry.afterStatusCodes ];
   }
   return clonedRetry;
  };
  const Ky_objectToString = Object.prototype.toString;
  const leadingC0ControlOrSpacePattern = /^[\0-\u0020]+/g;
  const asciiTabOrNewLinePattern = /[\t\n\r]/g;
  const schemePattern = /^[a-z][\d+.a-z-]*:/i;
  const malformedHttpProtocolPattern = /^https?:(?!\/\/)/i;
  const isRequestInstance = value => value instanceof globalThis.Request || Ky_objectToString.call(value) === "[object Request]";
  const isResponseInstance = value => value instanceof globalThis.Response || Ky_objectToString.call(value) === "[object Response]";
  const isAbsoluteInput = input => schemePattern.test(input);
  const normalizeInputForProtocolCheck = input => input.replaceAll(leadingC0ControlOrSpacePattern, "").replaceAll(asciiTabOrNewLinePattern, "");
  const cloneSearchParametersForInitHook = searchParameters => {
   if (Array.isArray(searchParameters)) {
    return searchParameters.map(parameter => [ ...parameter ]);
   }
   return cloneShallow(searchParameters);
  };
  function cloneInitHookOptions(options) {
   const clonedOptions = {
    ...options,
    json: cloneShallow(options.json),
    context: cloneShallow(options.context),
    headers: cloneShallow(options.headers),
    searchParams: cloneSearchParametersForInitHook(options.searchParams)
   };
   if (options.retry !== undefined) {
    clonedOptions.retry = cloneRetryOptions(options.retry);
   }
   return clonedOptions;
  }
  const validateJsonWithSchema = async (jsonValue, schema) => {
   if (typeof schema !== "object" && typeof schema !== "function" || schema === null) {
    throw new TypeError(invalidSchemaMessage);
   }
   const standardSchema = schema["~standard"];
   if (typeof standardSchema !== "object" || standardSchema === null || typeof standardSchema.validate !== "function") {
    throw new TypeError(invalidSchemaMessage);
   }
   const validationResult = await standardSchema.validate(jsonValue);
   if (validationResult.issues) {
    throw new SchemaValidationError(validationResult.issues);
   }
   return validationResult.value;
  };
  class Ky {
   static create(input, options) {
    const initHooks = options.hooks?.init ?? [];
    const initHookOptions = initHooks.length > 0 ? cloneInitHookOptions(options) : options;
    for (const hook of initHooks) {
     hook(initHookOptions);
    }
    const ky = new Ky(input, initHookOptions);
    const function_ = async () => {
     if (typeof ky.#options.timeout === "number" && ky.#options.timeout > maxSafeTimeout) {
      throw new RangeError(`The \`timeout\` option cannot be greater than ${maxSafeTimeout}`);
     }
     if (typeof ky.#options.totalTimeout === "number" && ky.#options.totalTimeout > maxSafeTimeout) {
      throw new RangeError(`The \`totalTimeout\` option cannot be greater than ${maxSafeTimeout}`);
     }
     await Promise.resolve();
     const beforeRequestResponse = await ky.#runBeforeRequestHooks();
     if (beforeRequestResponse !== undefined) {
      ky.#retryLimit = normalizeRetryOptions(ky.#options.retry).limit;
     }
     let response = beforeRequestResponse ?? await ky.#retry(async () => ky.#fetch());
     let responseFromHook = beforeRequestResponse !== undefined || ky.#consumeReturnedResponseFromBeforeRetryHook();
     for (;;) {
      if (response === undefined) {
       return response;
      }
      if (isResponseInstance(response)) {
       try {
        response = await ky.#runAfterResponseHooks(response);
       } catch (error) {
        if (!(error instanceof ForceRetryError_ForceRetryError)) {
         throw error;
        }
        const retriedResponse = await ky.#retryFromError(error, async () => ky.#fetch());
        if (retriedResponse === undefined) {
         return retriedResponse;
        }
        response = retriedResponse;
        responseFromHook = ky.#consumeReturnedResponseFromBeforeRetryHook();
        continue;
       }
      }
      const currentResponse = response;
      if (!currentResponse.ok && currentResponse.type !== "opaque" && (typeof ky.#options.throwHttpErrors === "function" ? ky.#options.throwHttpErrors(currentResponse.status) : ky.#options.throwHttpErrors)) {
       const httpError = new HTTPError(currentResponse, ky.#getResponseRequest(currentResponse), ky.#getNormalizedOptions());
       const errorToThrow = httpError;
       httpError.data = await ky.#getResponseData(currentResponse);
       if (responseFromHook) {
        throw errorToThrow;
       }
       const retriedResponse = await ky.#retryFromError(httpError, async () => ky.#fetch());
       if (retriedResponse === undefined) {
        return retriedResponse;
       }
       response = retriedResponse;
       responseFromHook = ky.#consumeReturnedResponseFromBeforeRetryHook();
       continue;
      }
      break;
     }
     if (!isResponseInstance(response)) {
      return response;
     }
     ky.#decorateResponse(response);
     if (ky.#options.onDownloadProgress) {
      if (typeof ky.#options.onDownloadProgress !== "function") {
       throw new TypeError("The `onDownloadProgress` option must be a function");
      }
      if (!supportsResponseStreams) {
       throw new Error("Streams are not supported in your environment. `ReadableStream` is missing.");
      }
      const progressResponse = response.clone();
      ky.#cancelResponseBody(response);
      return streamResponse(progressResponse, ky.#options.onDownloadProgress);
     }
     return response;
    };
    const result = (async () => {
     try {
      return await function_();
     } catch (error) {
      await ky.#throwProcessedError(error);
     } finally {
      const originalRequest = ky.#originalRequest;
      ky.#cancelBody(originalRequest?.body ?? undefined);
      if (ky.request !== originalRequest) {
       ky.#cancelBody(ky.request.body ?? undefined);
      }
     }
    })();
    for (const [type, mimeType] of Object.entries(responseTypes)) {
     if (type === "bytes" && typeof globalThis.Response?.prototype?.bytes !== "function") {
      continue;
     }
     result[type] = async schema => {
      ky.request.headers.set("accept", ky.request.headers.get("accept") || mimeType);
      const response = await result;
      if (type !== "json") {
       return ky.#raceBodyRead(async () => response[type](), response);
      }
      const text = await ky.#raceBodyRead(async () => response.text(), response);
      const request = ky.#getResponseRequest(response);
      const parsedResult = await ky.#raceWithTotalTimeout(async () => {
       const jsonValue = initHookOptions.parseJson ? await initHookOptions.parseJson(text, {
        request,
        response
       }) : text === "" && schema !== undefined ? undefined : JSON.parse(text);
       return schema === undefined ? jsonValue : validateJsonWithSchema(jsonValue, schema);
      });
      if (parsedResult === timedOutOperation) {
       await ky.#throwProcessedError(new TimeoutError(request));
      }
      return parsedResult;
     };
    }
    return result;
   }
   static #normalizeSearchParams(searchParams) {
    if (searchParams && typeof searchParams === "object" && !Array.isArray(searchParams) && !(searchParams instanceof URLSearchParams)) {
     return Object.fromEntries(Object.entries(searchParams).filter(([, value]) => value !== undefined));
    }
    return searchParams;
   }
   request;
   #abortController;
   #retryCount=0;
   #retryLimit;
   #input;
   #options;
   #originalRequest;
   #userProvidedAbortSignal;
   #beforeRetryHookErrors=new WeakSet;
   #cachedNormalizedOptions;
   #startTime;
   #returnedResponseFromBeforeRetryHook=false;
   #responseRequests=new WeakMap;
   constructor(input, options = {}) {
    this.#input = input;
    if (Object.hasOwn(options, "prefixUrl")) {
     throw new Error(prefixUrlRenamedErrorMessage);
    }
    this.#options = {
     ...options,
     headers: mergeHeaders(this.#input.headers, options.headers),
     hooks: mergeHooks({}, options.hooks),
     method: normalizeRequestMethod(options.method ?? this.#input.method ?? "GET"),
     prefix: String(options.prefix || ""),
     retry: normalizeRetryOptions(options.retry),
     throwHttpErrors: options.throwHttpErrors ?? true,
     timeout: options.timeout ?? 1e4,
     totalTimeout: options.totalTimeout ?? false,
     fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
     context: options.context ?? {}
    };
    this.#retryLimit = this.#options.retry.limit;
    if (typeof this.#input !== "string" && !(this.#input instanceof URL || this.#input instanceof globalThis.Request)) {
     throw new TypeError("`input` must be a string, URL, or Request");
    }
    if (typeof this.#input === "string") {
     if (this.#options.prefix) {
      const normalizedPrefix = this.#options.prefix.replace(/\/+$/, "");
      const normalizedInput = this.#input.replace(/^\/+/, "");
      this.#input = `${normalizedPrefix}/${normalizedInput}`;
     }
     if (this.#options.baseUrl) {
      const normalizedInput = normalizeInputForProtocolCheck(this.#input);
      if (malformedHttpProtocolPattern.test(normalizedInput)) {
       throw new TypeError("`input` url protocol must be followed by `//` when using `baseUrl`");
      }
      if (!isAbsoluteInput(normalizedInput)) {
       this.#input = new URL(this.#input, new Request(this.#options.baseUrl).url);
      }
     }
    }
    if (supportsAbortController && supportsAbortSignal) {
     this.#userProvidedAbortSignal = this.#options.signal ?? this.#input.signal;
     this.#abortController = new globalThis.AbortController;
     this.#options.signal = this.#createManagedSignal();
    }
    if (supportsRequestStreams) {
     this.#options.duplex = "half";
    }
    if (this.#options.json !== undefined) {
     this.#options.body = this.#options.stringifyJson?.(this.#options.json) ?? JSON.stringify(this.#options.json);
     this.#options.headers.set("content-type", this.#options.headers.get("content-type") ?? "application/json");
    }
    const userProvidedContentType = options.headers && new globalThis.Headers(options.headers).has("content-type");
    if (this.#input instanceof globalThis.Request && (supportsFormData && this.#options.body instanceof globalThis.FormData || this.#options.body instanceof URLSearchParams) && !userProvidedContentType) {
     this.#options.headers.delete("content-type");
    }
    this.request = new globalThis.Request(this.#input, this.#options);
    if (hasSearchParameters(this.#options.searchParams)) {
     const url = new URL(this.request.url);
     const deleted = this.#options.searchParams?.[deletedParametersSymbol];
     if (deleted) {
      for (const key of deleted) {
       url.searchParams.delete(key);
      }
     }
     if (typeof this.#options.searchParams === "string") {
      const stringSearchParameters = this.#options.searchParams.replace(/^\?/, "");
      if (stringSearchParameters !== "") {
       url.search = url.search ? `${url.search}&${stringSearchParameters}` : `?${stringSearchParameters}`;
      }
     } else {
      const optionsSearchParameters = new URLSearchParams(Ky.#normalizeSearchParams(this.#options.searchParams));
      for (const [key, value] of optionsSearchParameters.entries()) {
       url.searchParams.append(key, value);
      }
     }
     if (this.#options.searchParams && typeof this.#options.searchParams === "object" && !Array.isArray(this.#options.searchParams) && !(this.#options.searchParams instanceof URLSearchParams)) {
      for (const [key, value] of Object.entries(this.#options.searchParams)) {
       if (value === undefined) {
        url.searchParams.delete(key);
       }
      }
     }
     this.request = new globalThis.Request(url, this.#options);
    }
    if (this.#options.onUploadProgress && typeof this.#options.onUploadProgress !== "function") {
     throw new TypeError("The `onUploadProgress` option must be a function");
    }
    this.#startTime = typeof this.#options.totalTimeout === "number" ? this.#getCurrentTime() : undefined;
   }
   #calculateDelay(retry) {
    const retryDelay = retry.delay(this.#retryCount + 1);
    let jitteredDelay = retryDelay;
    if (retry.jitter === true) {
     jitteredDelay = Math.random() * retryDelay;
    } else if (typeof retry.jitter === "function") {
     jitteredDelay = retry.jitter(retryDelay);
     if (!Number.isFinite(jitteredDelay) || jitteredDelay < 0) {
      jitteredDelay = retryDelay;
     }
    }
    return Math.min(retry.backoffLimit, jitteredDelay);
   }
   async #calculateRetryDelay(error) {
    const retry = normalizeRetryOptions(this.#options.retry);
    if (this.#retryCount >= Math.min(retry.limit, this.#retryLimit)) {
     throw error;
    }
    const errorObject = error instanceof Error ? error : new NonError(error);
    if (errorObject instanceof ForceRetryError_ForceRetryError) {
     return errorObject.customDelay ?? this.#calculateDelay(retry);
    }
    if (!retry.methods.includes(this.request.method.toLowerCase())) {
     throw error;
    }
    const {shouldRetry} = retry;
    if (shouldRetry !== undefined) {
     const result = await this.#raceWithTotalTimeout(async () => shouldRetry({
      error: errorObject,
      retryCount: this.#retryCount + 1
     }));
     if (result === timedOutOperation) {
      throw new TimeoutError(this.request);
     }
     if (result === false) {
      throw error;
     }
     if (result === true) {
      return this.#calculateDelay(retry);
     }
    }
    if (isTimeoutError(error)) {
     if (!retry.retryOnTimeout) {
      throw error;
     }
     return this.#calculateDelay(retry);
    }
    if (isHTTPError(error)) {
     if (!retry.statusCodes.includes(error.response.status)) {
      throw error;
     }
     const retryTimingHeader = getRetryTimingHeader(error.response.headers);
     if (retryTimingHeader && retry.afterStatusCodes.includes(error.response.status)) {
      const after = calculateRetryTimingDelay(retryTimingHeader);
      if (after === undefined) {
       return this.#calculateDelay(retry);
      }
      return Math.min(retry.maxRetryAfter, after);
     }
     if (error.response.status === 413) {
      throw error;
     }
     return this.#calculateDelay(retry);
    }
    if (!isNetworkError(error)) {
     throw error;
    }
    return this.#calculateDelay(retry);
   }
   #decorateResponse(response) {
    const request = this.#getResponseRequest(response);
    if (this.#options.parseJson) {
     response.json = async () => {
      const text = await response.text();
      return this.#options.parseJson(text, {
       request,
       response
      });
     };
    }
    return response;
   }
   async #throwProcessedError(error) {
    if (!(error instanceof Error)) {
     throw error;
    }
    if (this.#beforeRetryHookErrors.has(error)) {
     throw error;
    }
    let processedError = error;
    for (const hook of this.#options.hooks.beforeError) {
     const hookResult = await hook({
      request: this.request,
      options: this.#getNormalizedOptions(),
      error: processedError,
      retryCount: this.#retryCount
     });
     if (hookResult instanceof Error) {
      processedError = hookResult;
     }
    }
    throw processedError;
   }
   async #getResponseData(response) {
    const readTimeout = this.#getErrorDataTimeout();
    const text = await this.#readResponseText(response, readTimeout.milliseconds);
    if (text === timedOutResponseData) {
     if (readTimeout.fromTotalTimeout) {
      throw new TimeoutError(this.request);
     }
     this.#throwIfTotalTimeoutExhausted();
     return undefined;
    }
    if (!text) {
     return undefined;
    }
    if (!this.#isJsonContentType(response.headers.get("content-type") ?? "")) {
     return text;
    }
    const parseTimeout = this.#getErrorDataTimeout();
    const data = await this.#parseJson(text, response, parseTimeout.milliseconds, this.#getResponseRequest(response));
    if (data === timedOutResponseData) {
     if (parseTimeout.fromTotalTimeout) {
      throw new TimeoutError(this.request);
     }
     this.#throwIfTotalTimeoutExhausted();
     return undefined;
    }
    return data;
   }
   #getErrorDataTimeout() {
    const errorDataTimeout = this.#options.timeout === false ? 1e4 : this.#options.timeout;
    const remainingTotal = this.#getRemainingTotalTimeout();
    if (remainingTotal === undefined) {
     return {
      milliseconds: errorDataTimeout,
      fromTotalTimeout: false
     };
    }
    if (remainingTotal <= 0) {
     throw new TimeoutError(this.request);
    }
    return {
     milliseconds: Math.min(errorDataTimeout, remainingTotal),
     fromTotalTimeout: remainingTotal <= errorDataTimeout
    };
   }
   #getBodyReadTimeout() {
    const remainingTotal = this.#getRemainingTotalTimeout();
    if (remainingTotal !== undefined) {
     if (remainingTotal <= 0) {
      throw new TimeoutError(this.request);
     }
     return this.#options.timeout === false ? remainingTotal : Math.min(this.#options.timeout, remainingTotal);
    }
    return this.#options.timeout === false ? undefined : this.#options.timeout;
   }
   async #raceBodyRead(createBodyPromise, response) {
    let timeoutMs;
    try {
     timeoutMs = this.#getBodyReadTimeout();
    } catch (error) {
     await this.#throwProcessedError(error);
    }
    const bodyPromise = createBodyPromise();
    if (timeoutMs === undefined) {
     return bodyPromise;
    }
    const result = await Promise.race([ bodyPromise, new Promise(resolve => {
     const timeoutId = setTimeout(() => {
      resolve(timedOutResponseData);
     }, timeoutMs);
     void bodyPromise.finally(() => {
      clearTimeout(timeoutId);
     }).catch(() => undefined);
    }) ]);
    if (result === timedOutResponseData) {
     this.#abortController?.abort();
     await this.#throwProcessedError(new TimeoutError(this.#getResponseRequest(response)));
    }
    return result;
   }
   async #raceWithTotalTimeout(operation) {
    const remainingTotal = this.#getRemainingTotalTimeout();
    if (remainingTotal === undefined) {
     return operation();
    }
    if (remainingTotal <= 0) {
     this.#abortController?.abort();
     return timedOutOperation;
    }
    let timeoutId;
    try {
     const timeoutPromise = new Promise(resolve => {
      timeoutId = setTimeout(() => {
       resolve(timedOutOperation);
      }, remainingTotal);
     });
     const operationResult = Promise.resolve().then(operation).then(value => ({
      status: "fulfilled",
      value
     })).catch(error => ({
      status: "rejected",
      error
     }));
     const result = await Promise.race([ operationResult, timeoutPromise ]);
     const remainingAfterOperation = this.#getRemainingTotalTimeout();
     const didTimeOut = result === timedOutOperation || remainingAfterOperation !== undefined && remainingAfterOperation <= 0;
     if (didTimeOut) {
      this.#abortController?.abort();
      if (result === timedOutOperation) {
       void operationResult.then(result => {
        if (result.status === "fulfilled") {
         this.#cancelReturnedBody(result.value);
        }
       });
      } else if (result.status === "fulfilled") {
       this.#cancelReturnedBody(result.value);
      }
      return timedOutOperation;
     }
     if (result.status === "rejected") {
      throw result.error;
     }
     return result.value;
    } finally {
     clearTimeout(timeoutId);
    }
   }
   #isJsonContentType(contentType) {
    const mimeType = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
    return /\/(?:.*[.+-])?json$/.test(mimeType);
   }
   async #readResponseText(response, timeoutMs) {
    const {body} = response;
    if (!body) {
     try {
      return await response.text();
     } catch {
      return undefined;
     }
    }
    let reader;
    try {
     reader = body.getReader();
    } catch {
     return undefined;
    }
    const decoder = createTextDecoder(response.headers.get("content-type") ?? "");
    const chunks = [];
    let totalBytes = 0;
    const readAll = (async () => {
     try {
      for (;;) {
       const {done, value} = await reader.read();
       if (done) {
        break;
       }
       totalBytes += value.byteLength;
       if (totalBytes > maxErrorResponseBodySize) {
        void reader.cancel().catch(() => undefined);
        return undefined;
       }
       chunks.push(decoder.decode(value, {
        stream: true
       }));
      }
     } catch {
      return undefined;
     }
     chunks.push(decoder.decode());
     return chunks.join("");
    })();
    const timeoutPromise = new Promise(resolve => {
     const timeoutId = setTimeout(() => {
      resolve(timedOutResponseData);
     }, timeoutMs);
     void readAll.finally(() => {
      clearTimeout(timeoutId);
     });
    });
    const result = await Promise.race([ readAll, timeoutPromise ]);
    if (result === timedOutResponseData) {
     void reader.cancel().catch(() => undefined);
    }
    return result;
   }
   async #parseJson(text, response, timeoutMs, request) {
    let timeoutId;
    try {
     return await Promise.race([ Promise.resolve().then(() => this.#options.parseJson ? this.#options.parseJson(text, {
      request,
      response
     }) : JSON.parse(text)), new Promise(resolve => {
      timeoutId = setTimeout(() => {
       resolve(timedOutResponseData);
      }, timeoutMs);
     }) ]);
    } catch {
     return undefined;
    } finally {
     clearTimeout(timeoutId);
    }
   }
   #cancelBody(body) {
    if (!body) {
     return;
    }
    void body.cancel().catch(() => undefined);
   }
   #cancelResponseBody(response) {
    this.#cancelBody(response.body ?? undefined);
   }
   #cancelReturnedBody(value) {
    if (isResponseInstance(value)) {
     this.#cancelResponseBody(value);
    } else if (isRequestInstance(value)) {
     this.#cancelBody(value.body ?? undefined);
    }
   }
   #createManagedSignal() {
    return this.#userProvidedAbortSignal ? AbortSignal.any([ this.#userProvidedAbortSignal, this.#abortController.signal ]) : this.#abortController.signal;
   }
   #throwIfTotalTimeoutExhausted() {
    const remaining = this.#getRemainingTotalTimeout();
    if (remaining !== undefined && remaining <= 0) {
     throw new TimeoutError(this.request);
    }
   }
   async #runBeforeRequestHooks() {
    for (const hook of this.#options.hooks.beforeRequest) {
     const result = await this.#raceWithTotalTimeout(async () => hook({
      request: this.request,
      options: this.#getNormalizedOptions(),
      retryCount: 0
     }));
     if (result === timedOutOperation) {
      throw new TimeoutError(this.request);
     }
     if (isRequestInstance(result)) {
      this.#assignRequest(result);
     } else if (isResponseInstance(result)) {
      return result;
     }
    }
    return undefined;
   }
   async #runAfterResponseHooks(response) {
    const responseRequest = this.#getResponseRequest(response);
    for (const hook of this.#options.hooks.afterResponse) {
     const hookResponse = this.#setResponseRequest(response.clone(), responseRequest);
     this.#decorateResponse(hookResponse);
     let modifiedResponse;
     try {
      modifiedResponse = await this.#raceWithTotalTimeout(async () => hook({
       request: this.request,
       options: this.#getNormalizedOptions(),
       response: hookResponse,
       retryCount: this.#retryCount
      }));
      if (modifiedResponse === timedOutOperation) {
       throw new TimeoutError(this.request);
      }
     } catch (error) {
      if (hookResponse !== response) {
       this.#cancelResponseBody(hookResponse);
      }
      this.#cancelResponseBody(response);
      throw error;
     }
     if (modifiedResponse instanceof RetryMarker) {
      if (hookResponse !== response) {
       this.#cancelResponseBody(hookResponse);
      }
      this.#cancelResponseBody(response);
      throw new ForceRetryError_ForceRetryError(modifiedResponse.options);
     }
     const nextResponse = isResponseInstance(modifiedResponse) ? this.#setResponseRequest(modifiedResponse, responseRequest) : response;
     if (hookResponse !== response && hookResponse !== nextResponse && hookResponse.body !== nextResponse.body) {
      this.#cancelResponseBody(hookResponse);
     }
     if (response !== nextResponse && response.body !== nextResponse.body) {
      this.#cancelResponseBody(response);
     }
     response = nextResponse;
    }
    return response;
   }
   async #retry(function_) {
    try {
     return await function_();
    } catch (error) {
     return this.#retryFromError(error, function_);
    }
   }
   async #retryFromError(error, function_) {
    this.#returnedResponseFromBeforeRetryHook = false;
    const retryDelay = Math.min(await this.#calculateRetryDelay(error), maxSafeTimeout);
    const delayOptions = {
     signal: this.#userProvidedAbortSignal
    };
    const remainingTimeout = this.#getRemainingTotalTimeout();
    if (remainingTimeout !== undefined) {
     if (remainingTimeout <= 0) {
      throw new TimeoutError(this.request);
     }
     if (retryDelay >= remainingTimeout) {
      await delay(remainingTimeout, delayOptions);
      throw new TimeoutError(this.request);
     }
    }
    await delay(retryDelay, delayOptions);
    this.#throwIfTotalTimeoutExhausted();
    if (error instanceof ForceRetryError_ForceRetryError && error.customRequest) {
     const customRequest = new globalThis.Request(error.customRequest, this.#options.signal ? {
      signal: this.#options.signal
     } : undefined);
     this.#assignRequest(customRequest);
    }
    for (const hook of this.#options.hooks.beforeRetry) {
     let hookResult;
     try {
      hookResult = await this.#raceWithTotalTimeout(async () => hook({
       request: this.request,
       options: this.#getNormalizedOptions(),
       error,
       retryCount: this.#retryCount + 1
      }));
     } catch (hookError) {
      if (hookError instanceof Error && hookError !== error) {
       this.#beforeRetryHookErrors.add(hookError);
      }
      throw hookError;
     }
     if (hookResult === timedOutOperation) {
      throw new TimeoutError(this.request);
     }
     if (isRequestInstance(hookResult)) {
      this.#assignRequest(hookResult);
      break;
     }
     if (isResponseInstance(hookResult)) {
      this.#returnedResponseFromBeforeRetryHook = true;
      this.#retryCount++;
      return hookResult;
     }
     if (hookResult === stop) {
      return;
     }
    }
    this.#throwIfTotalTimeoutExhausted();
    this.#retryCount++;
    return this.#retry(function_);
   }
   #consumeReturnedResponseFromBeforeRetryHook() {
    const value = this.#returnedResponseFromBeforeRetryHook;
    this.#returnedResponseFromBeforeRetryHook = false;
    return value;
   }
   async #fetch() {
    if (this.#abortController?.signal.aborted) {
     this.#abortController = new globalThis.AbortController;
     this.#options.signal = this.#createManagedSignal();
     this.request = new globalThis.Request(this.request, {
      signal: this.#options.signal
     });
    }
    const nonRequestOptions = findUnknownOptions(this.#options);
    this.#retryLimit = normalizeRetryOptions(this.#options.retry).limit;
    const retryRequest = this.#retryLimit > 0 ? this.request.clone() : undefined;
    const request = this.#wrapRequestWithUploadProgress(this.request, this.#options.body ?? undefined);
    this.#originalRequest = request;
    if (retryRequest) {
     this.request = retryRequest;
    }
    try {
     const remainingTotal = this.#getRemainingTotalTimeout();
     if (remainingTotal !== undefined && remainingTotal <= 0) {
      throw new TimeoutError(this.request);
     }
     const effectiveTimeout = this.#options.timeout === false ? remainingTotal : remainingTotal === undefined ? this.#options.timeout : Math.min(this.#options.timeout, remainingTotal);
     const response = effectiveTimeout === undefined ? await this.#options.fetch(request, nonRequestOptions) : await timeout(request, nonRequestOptions, this.#abortController, {
      timeout: effectiveTimeout,
      fetch: this.#options.fetch
     });
     return this.#setResponseRequest(response, request);
    } catch (error) {
     if (isRawNetworkError(error)) {
      throw new NetworkError(this.request, {
       cause: error
      });
     }
     throw error;
    }
   }
   #getRemainingTotalTimeout() {
    if (this.#startTime === undefined) {
     return undefined;
    }
    const elapsed = this.#getCurrentTime() - this.#startTime;
    return Math.max(0, this.#options.totalTimeout - elapsed);
   }
   #getCurrentTime() {
    return globalThis.performance?.now() ?? Date.now();
   }
   #getNormalizedOptions() {
    if (!this.#cachedNormalizedOptions) {
     const {hooks, json, parseJson, stringifyJson, searchParams, timeout, totalTimeout, throwHttpErrors, fetch, ...normalizedOptions} = this.#options;
     this.#cachedNormalizedOptions = Object.freeze(normalizedOptions);
    }
    return this.#cachedNormalizedOptions;
   }
   #assignRequest(request) {
    this.#cachedNormalizedOptions = undefined;
    this.request = request;
   }
   #getResponseRequest(response) {
    return this.#responseRequests.get(response) ?? this.request;
   }
   #setResponseRequest(response, request) {
    this.#responseRequests.set(response, request);
    return response;
   }
   #wrapRequestWithUploadProgress(request, originalBody) {
    if (!this.#options.onUploadProgress || !request.body || !supportsRequestStreams) {
     return request;
    }
    return streamRequest(request, this.#options.onUploadProgress, originalBody ?? this.#options.body ?? undefined);
   }
  }
  // CONCATENATED MODULE: ./node_modules/ky/distribution/index.js
  const createInstance = defaults => {
   const ky = (input, options) => Ky.create(input, validateAndMerge(defaults, options));
   for (const method of requestMethods) {
    ky[method] = (input, options) => Ky.create(input, validateAndMerge(defaults, options, {
     method
    }));
   }
   ky.create = newDefaults => createInstance(validateAndMerge(newDefaults));
   ky.extend = newDefaults => {
    if (typeof newDefaults === "function") {
     newDefaults = newDefaults(defaults ?? {});
    }
    return createInstance(validateAndMerge(defaults, newDefaults));
   };
   ky.stop = stop;
   ky.retry = retry;
   return ky;
  };
  const ky = createInstance();
  const distribution = ky;
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __nccwpck_require__(3424);
  // EXTERNAL MODULE: ./lib/core/responses/refusal.js
    var refusal = __nccwpck_require__(6e3);
  // EXTERNAL MODULE: ./lib/core/run/product.js
    var product = __nccwpck_require__(3470);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __nccwpck_require__(7981);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __nccwpck_require__(8602);
  // CONCATENATED MODULE: ./lib/adapters/http.js
  const maxAnswerBytes = 50 * 1024 * 1024;
  const createTransport = ({apiUrl, token, fetch, reach}) => {
   const client = distribution.create({
    prefix: apiUrl,
    headers: {
     authorization: `Bearer ${token}`,
     accept: "application/json",
     "humanitec-user-agent": `app ${product.q.name}/${product.q.version}`
    },
    retry: {
     limit: 0
    },
    redirect: "manual",
    throwHttpErrors: false,
    timeout: false,
    fetch
   });
   return (call, limits) => {
    const {method, path, headers, json} = call;
    let status;
    const send = async signal => {
     const response = await client(path, {
      method,
      signal,
      ...headers && {
       headers
      },
      ...json !== undefined && {
       json
      }
     });
     status = response.status;
     return readAnswer(response, signal);
    };
    const describe = () => ({
     reach,
     request: formatCall(call),
     ...status !== undefined && {
      status
     }
    });
    return sendWithinLimits(limits, send, describe);
   };
  };
  const readAnswer = async (response, signal) => {
   const text = readText(response, signal);
   const {status, headers} = response;
   return {
    status,
    ...parseBody(await (response.ok ? text : text.catch(() => ""))),
    retryAfter: headers.get("retry-after"),
    location: headers.get("location"),
    contentType: headers.get("content-type")
   };
  };
  const parseBody = text => (0, refusal.ER)(text, (0, json.qF)(text));
  const readText = async ({body}, signal) => {
   if (!body) return "";
   const reader = body.getReader();
   const giveUp = () => void reader.cancel(signal.reason).catch(() => undefined);
   signal.addEventListener("abort", giveUp);
   try {
    return await decodeAll(reader, signal);
   } finally {
    signal.removeEventListener("abort", giveUp);
    giveUp();
   }
  };
  const decodeAll = async (reader, signal) => {
   const decoder = new TextDecoder;
   let text = "";
   for (let bytes = 0; bytes <= maxAnswerBytes; ) {
    const {done, value} = await reader.read();
    signal.throwIfAborted();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    text += decoder.decode(value, {
     stream: true
    });
   }
   return "";
  };
  const createAsk = (transport, toRefusal) => async (call, limits, toResult) => {
   const answer = await transport(call, limits);
   const {status, body} = answer;
   const asked = {
    request: formatCall(call),
    ...call.operation && {
     operation: call.operation
    }
   };
   if (status < 200 || status >= 300) throw new request_error.GI({
    kind: "answered",
    ...asked,
    status,
    ...toRefusal(answer, call)
   });
   try {
    return toResult(body, answer);
   } catch (error) {
    if (!(error instanceof json.h5)) throw error;
    const detail = (0, words.nn)("; it says: ", error.message, describeUnfit(answer));
    throw new request_error.GI({
     kind: "unreadable",
     ...asked,
     status,
     detail
    }, {
     cause: error
    });
   }
  };
  const describeUnfit = answer => {
   const isCutJson = answer.text !== undefined && /^\s*[{["]/.test(answer.text);
   return !isCutJson && (answer.text !== undefined || (0, refusal.HR)(answer.body)) ? (0, 
   refusal.GV)(answer) : "";
  };
  const formatCall = ({method, path}) => `${method} /${path.split("?", 1)[0]}`;
  const sendWithinLimits = async ({timeoutMs, signal}, send, describe) => {
   const limit = AbortSignal.timeout(Math.ceil(timeoutMs));
   try {
    signal?.throwIfAborted();
    return await send(signal ? AbortSignal.any([ signal, limit ]) : limit);
   } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const failure = (0, request_error.Bg)(error, limit.aborted ? timeoutMs : undefined);
    throw new request_error.GI({
     ...failure,
     ...describe()
    }, {
     cause: error
    });
   }
  };
 },
 4843: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   ji: () => createRunner,
   QU: () => maskSecrets,
   Ko: () => readInputs,
   FB: () => readWorkflowContext
  });
  // EXTERNAL MODULE: external "node:fs"
    var external_node_fs_ = __nccwpck_require__(3024);
  // EXTERNAL MODULE: external "os"
    var external_os_ = __nccwpck_require__(857);
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
  function utils_toCommandValue(input) {
   if (input === null || input === undefined) {
    return "";
   } else if (typeof input === "string" || input instanceof String) {
    return input;
   }
   return JSON.stringify(input);
  }
  function toCommandProperties(annotationProperties) {
   if (!Object.keys(annotationProperties).length) {
    return {};
   }
   return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
   };
  }
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js
  function command_issueCommand(command, properties, message) {
   const cmd = new Command(command, properties, message);
   process.stdout.write(cmd.toString() + external_os_.EOL);
  }
  function command_issue(name, message = "") {
   command_issueCommand(name, {}, message);
  }
  const CMD_STRING = "::";
  class Command {
   constructor(command, properties, message) {
    if (!command) {
     command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
   }
   toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
     cmdStr += " ";
     let first = true;
     for (const key in this.properties) {
      if (this.properties.hasOwnProperty(key)) {
       const val = this.properties[key];
       if (val) {
        if (first) {
         first = false;
        } else {
         cmdStr += ",";
        }
        cmdStr += `${key}=${escapeProperty(val)}`;
       }
      }
     }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
   }
  }
  function escapeData(s) {
   return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  }
  function escapeProperty(s) {
   return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
  }
  // CONCATENATED MODULE: external "crypto"
  const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
  // EXTERNAL MODULE: external "fs"
    var external_fs_ = __nccwpck_require__(9896);
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
  function file_command_issueFileCommand(command, message) {
   const filePath = process.env[`GITHUB_${command}`];
   if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
   }
   if (!external_fs_.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
   }
   external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
    encoding: "utf8"
   });
  }
  function file_command_prepareKeyValueMessage(key, value) {
   const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
   const convertedValue = utils_toCommandValue(value);
   if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
   }
   if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
   }
   return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
  }
  // CONCATENATED MODULE: external "path"
  const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
  var __awaiter = undefined && undefined.__awaiter || function(thisArg, _arguments, P, generator) {
   function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
     resolve(value);
    });
   }
   return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
     try {
      step(generator.next(value));
     } catch (e) {
      reject(e);
     }
    }
    function rejected(value) {
     try {
      step(generator["throw"](value));
     } catch (e) {
      reject(e);
     }
    }
    function step(result) {
     result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
   });
  };
  class oidc_utils_OidcClient {
   static createHttpClient(allowRetry = true, maxRetry = 10) {
    const requestOptions = {
     allowRetries: allowRetry,
     maxRetries: maxRetry
    };
    return new HttpClient("actions/oidc-client", [ new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken()) ], requestOptions);
   }
   static getRequestToken() {
    const token = process.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
    if (!token) {
     throw new Error("Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable");
    }
    return token;
   }
   static getIDTokenUrl() {
    const runtimeUrl = process.env["ACTIONS_ID_TOKEN_REQUEST_URL"];
    if (!runtimeUrl) {
     throw new Error("Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable");
    }
    return runtimeUrl;
   }
   static getCall(id_token_url) {
    return __awaiter(this, void 0, void 0, function*() {
     var _a;
     const httpclient = oidc_utils_OidcClient.createHttpClient();
     const res = yield httpclient.getJson(id_token_url).catch(error => {
      throw new Error(`Failed to get ID Token. \n \n        Error Code : ${error.statusCode}\n \n        Error Message: ${error.message}`);
     });
     const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
     if (!id_token) {
      throw new Error("Response json body do not have ID Token field");
     }
     return id_token;
    });
   }
   static getIDToken(audience) {
    return __awaiter(this, void 0, void 0, function*() {
     try {
      let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
      if (audience) {
       const encodedAudience = encodeURIComponent(audience);
       id_token_url = `${id_token_url}&audience=${encodedAudience}`;
      }
      debug(`ID token url is ${id_token_url}`);
      const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
      setSecret(id_token);
      return id_token;
     } catch (error) {
      throw new Error(`Error message: ${error.message}`);
     }
    });
   }
  }
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
  var summary_awaiter = undefined && undefined.__awaiter || function(thisArg, _arguments, P, generator) {
   function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
     resolve(value);
    });
   }
   return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
     try {
      step(generator.next(value));
     } catch (e) {
      reject(e);
     }
    }
    function rejected(value) {
     try {
      step(generator["throw"](value));
     } catch (e) {
      reject(e);
     }
    }
    function step(result) {
     result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
   });
  };
  const {access, appendFile, writeFile} = external_fs_.promises;
  const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
  const SUMMARY_DOCS_URL = "https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary";
  class Summary {
   constructor() {
    this._buffer = "";
   }
   filePath() {
    return summary_awaiter(this, void 0, void 0, function*() {
     if (this._filePath) {
      return this._filePath;
     }
     const pathFromEnv = process.env[SUMMARY_ENV_VAR];
     if (!pathFromEnv) {
      throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
     }
     try {
      yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
     } catch (_a) {
      throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
     }
     this._filePath = pathFromEnv;
     return this._filePath;
    });
   }
   wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
     return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
   }
   write(options) {
    return summary_awaiter(this, void 0, void 0, function*() {
     const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
     const filePath = yield this.filePath();
     const writeFunc = overwrite ? writeFile : appendFile;
     yield writeFunc(filePath, this._buffer, {
      encoding: "utf8"
     });
     return this.emptyBuffer();
    });
   }
   clear() {
    return summary_awaiter(this, void 0, void 0, function*() {
     return this.emptyBuffer().write({
      overwrite: true
     });
    });
   }
   stringify() {
    return this._buffer;
   }
   isEmptyBuffer() {
    return this._buffer.length === 0;
   }
   emptyBuffer() {
    this._buffer = "";
    return this;
   }
   addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
   }
   addEOL() {
    return this.addRaw(external_os_.EOL);
   }
   addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && {
     lang
    });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
   }
   addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map(item => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
   }
   addTable(rows) {
    const tableBody = rows.map(row => {
     const cells = row.map(cell => {
      if (typeof cell === "string") {
       return this.wrap("td", cell);
      }
      const {header, data, colspan, rowspan} = cell;
      const tag = header ? "th" : "td";
      const attrs = Object.assign(Object.assign({}, colspan && {
       colspan
      }), rowspan && {
       rowspan
      });
      return this.wrap(tag, data, attrs);
     }).join("");
     return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
   }
   addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
   }
   addImage(src, alt, options) {
    const {width, height} = options || {};
    const attrs = Object.assign(Object.assign({}, width && {
     width
    }), height && {
     height
    });
    const element = this.wrap("img", null, Object.assign({
     src,
     alt
    }, attrs));
    return this.addRaw(element).addEOL();
   }
   addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = [ "h1", "h2", "h3", "h4", "h5", "h6" ].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
   }
   addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
   }
   addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
   }
   addQuote(text, cite) {
    const attrs = Object.assign({}, cite && {
     cite
    });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
   }
   addLink(text, href) {
    const element = this.wrap("a", text, {
     href
    });
    return this.addRaw(element).addEOL();
   }
  }
  const _summary = new Summary;
  const markdownSummary = null && _summary;
  const summary = null && _summary;
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js
  function toPosixPath(pth) {
   return pth.replace(/[\\]/g, "/");
  }
  function toWin32Path(pth) {
   return pth.replace(/[/]/g, "\\");
  }
  function toPlatformPath(pth) {
   return pth.replace(/[/\\]/g, path.sep);
  }
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
  var platform_awaiter = undefined && undefined.__awaiter || function(thisArg, _arguments, P, generator) {
   function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
     resolve(value);
    });
   }
   return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
     try {
      step(generator.next(value));
     } catch (e) {
      reject(e);
     }
    }
    function rejected(value) {
     try {
      step(generator["throw"](value));
     } catch (e) {
      reject(e);
     }
    }
    function step(result) {
     result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
   });
  };
  const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function*() {
   const {stdout: version} = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
    silent: true
   });
   const {stdout: name} = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
    silent: true
   });
   return {
    name: name.trim(),
    version: version.trim()
   };
  });
  const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function*() {
   var _a, _b, _c, _d;
   const {stdout} = yield exec.getExecOutput("sw_vers", undefined, {
    silent: true
   });
   const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : "";
   const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : "";
   return {
    name,
    version
   };
  });
  const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function*() {
   const {stdout} = yield exec.getExecOutput("lsb_release", [ "-i", "-r", "-s" ], {
    silent: true
   });
   const [name, version] = stdout.trim().split("\n");
   return {
    name,
    version
   };
  });
  const platform = external_os_.platform();
  const arch = external_os_.arch();
  const isWindows = platform === "win32";
  const isMacOS = platform === "darwin";
  const isLinux = platform === "linux";
  function getDetails() {
   return platform_awaiter(this, void 0, void 0, function*() {
    return Object.assign(Object.assign({}, yield isWindows ? getWindowsInfo() : isMacOS ? getMacOsInfo() : getLinuxInfo()), {
     platform,
     arch,
     isWindows,
     isMacOS,
     isLinux
    });
   });
  }
  // CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
  var core_awaiter = undefined && undefined.__awaiter || function(thisArg, _arguments, P, generator) {
   function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
     resolve(value);
    });
   }
   return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
     try {
      step(generator.next(value));
     } catch (e) {
      reject(e);
     }
    }
    function rejected(value) {
     try {
      step(generator["throw"](value));
     } catch (e) {
      reject(e);
     }
    }
    function step(result) {
     result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
   });
  };
  var ExitCode;
  (function(ExitCode) {
   ExitCode[ExitCode["Success"] = 0] = "Success";
   ExitCode[ExitCode["Failure"] = 1] = "Failure";
  })(ExitCode || (ExitCode = {}));
  function exportVariable(name, val) {
   const convertedVal = toCommandValue(val);
   process.env[name] = convertedVal;
   const filePath = process.env["GITHUB_ENV"] || "";
   if (filePath) {
    return issueFileCommand("ENV", prepareKeyValueMessage(name, val));
   }
   issueCommand("set-env", {
    name
   }, convertedVal);
  }
  function core_setSecret(secret) {
   command_issueCommand("add-mask", {}, secret);
  }
  function addPath(inputPath) {
   const filePath = process.env["GITHUB_PATH"] || "";
   if (filePath) {
    issueFileCommand("PATH", inputPath);
   } else {
    issueCommand("add-path", {}, inputPath);
   }
   process.env["PATH"] = `${inputPath}${path.delimiter}${process.env["PATH"]}`;
  }
  function getInput(name, options) {
   const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
   if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
   }
   if (options && options.trimWhitespace === false) {
    return val;
   }
   return val.trim();
  }
  function getMultilineInput(name, options) {
   const inputs = getInput(name, options).split("\n").filter(x => x !== "");
   if (options && options.trimWhitespace === false) {
    return inputs;
   }
   return inputs.map(input => input.trim());
  }
  function getBooleanInput(name, options) {
   const trueValue = [ "true", "True", "TRUE" ];
   const falseValue = [ "false", "False", "FALSE" ];
   const val = getInput(name, options);
   if (trueValue.includes(val)) return true;
   if (falseValue.includes(val)) return false;
   throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` + `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
  }
  function setOutput(name, value) {
   const filePath = process.env["GITHUB_OUTPUT"] || "";
   if (filePath) {
    return file_command_issueFileCommand("OUTPUT", file_command_prepareKeyValueMessage(name, value));
   }
   process.stdout.write(external_os_.EOL);
   command_issueCommand("set-output", {
    name
   }, utils_toCommandValue(value));
  }
  function setCommandEcho(enabled) {
   issue("echo", enabled ? "on" : "off");
  }
  function setFailed(message) {
   process.exitCode = ExitCode.Failure;
   error(message);
  }
  function isDebug() {
   return process.env["RUNNER_DEBUG"] === "1";
  }
  function core_debug(message) {
   command_issueCommand("debug", {}, message);
  }
  function error(message, properties = {}) {
   command_issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function warning(message, properties = {}) {
   command_issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function notice(message, properties = {}) {
   command_issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function info(message) {
   process.stdout.write(message + external_os_.EOL);
  }
  function startGroup(name) {
   command_issue("group", name);
  }
  function endGroup() {
   command_issue("endgroup");
  }
  function group(name, fn) {
   return core_awaiter(this, void 0, void 0, function*() {
    startGroup(name);
    let result;
    try {
     result = yield fn();
    } finally {
     endGroup();
    }
    return result;
   });
  }
  function saveState(name, value) {
   const filePath = process.env["GITHUB_STATE"] || "";
   if (filePath) {
    return file_command_issueFileCommand("STATE", file_command_prepareKeyValueMessage(name, value));
   }
   command_issueCommand("save-state", {
    name
   }, utils_toCommandValue(value));
  }
  function getState(name) {
   return process.env[`STATE_${name}`] || "";
  }
  function getIDToken(aud) {
   return core_awaiter(this, void 0, void 0, function*() {
    return yield OidcClient.getIDToken(aud);
   });
  }
  // EXTERNAL MODULE: ./lib/core/inputs/request.js
    var request = __nccwpck_require__(2240);
  // EXTERNAL MODULE: ./lib/core/run/workflow-context.js
    var workflow_context = __nccwpck_require__(6458);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __nccwpck_require__(7981);
  // EXTERNAL MODULE: ./lib/core/text/redact.js
    var redact = __nccwpck_require__(7974);
  // CONCATENATED MODULE: ./lib/adapters/runner.js
  const readInputs = variables => {
   const entries = request.vj.map(name => [ name, getInput(name) ]);
   const raw = Object.fromEntries(entries);
   return {
    ...raw,
    token: raw.token || (variables["HUMANITEC_TOKEN"] ?? "").trim()
   };
  };
  const readWorkflowContext = variables => (0, workflow_context.qG)(variables, readEvent(variables["GITHUB_EVENT_PATH"] ?? ""));
  const readEvent = path => {
   try {
    return (0, json.qF)((0, external_node_fs_.readFileSync)(path, "utf8"));
   } catch {
    return undefined;
   }
  };
  const maskSecrets = secrets => {
   for (const secret of [ ...secrets, ...(0, redact.E)(secrets) ]) {
    if (secret) core_setSecret(secret);
   }
  };
  const annotators = {
   error,
   warning,
   notice
  };
  const createRunner = (writer, variables) => {
   const annotate = ({level, title, message}) => annotators[level](message, title ? {
    title
   } : {});
   const warned = new Set;
   const write = (what, work) => {
    try {
     work();
    } catch (cause) {
     if (!warned.has(what)) {
      annotate({
       level: "warning",
       message: writer.annotation(`${what} could not be written: ${cause}`)
      });
     }
     warned.add(what);
    }
   };
   return {
    info,
    debug: core_debug,
    group: (title, lines) => {
     startGroup(title);
     for (const line of lines) info(line);
     endGroup();
    },
    annotate,
    setOutput: (name, value) => write("Outputs", () => setOutput(name, value)),
    saveState: (name, value) => write("What the post step needs (GITHUB_STATE)", () => saveState(name, value)),
    appendSummary: markdown => {
     const path = variables["GITHUB_STEP_SUMMARY"];
     if (path) write("The job summary", () => (0, external_node_fs_.appendFileSync)(path, `${markdown}\n`));
     return Boolean(path);
    }
   };
  };
 },
 3931: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   p: () => clock,
   L: () => sha256hex
  });
  // CONCATENATED MODULE: external "node:crypto"
  const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
  // CONCATENATED MODULE: ./lib/adapters/system.js
  const clock = {
   now: () => performance.timeOrigin + performance.now(),
   sleep: (ms, signal) => new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
     clearTimeout(timer);
     reject(signal?.reason);
    };
    const timer = setTimeout(() => {
     signal?.removeEventListener("abort", abort);
     resolve();
    }, Math.min(ms, 2 ** 31 - 1));
    signal?.addEventListener("abort", abort, {
     once: true
    });
   })
  };
  const sha256hex = data => (0, external_node_crypto_namespaceObject.createHash)("sha256").update(data).digest("hex");
 },
 4342: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   YW: () => toLogEntries,
   b7: () => shapeContainerLog,
   jS: () => listLoggedContainers
  });
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6010);
  var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7981);
  const maxContainers = 5;
  const maxUnitsOfLine = 2e3;
  const maxBytesOfContainer = 32e3;
  const listLoggedContainers = failing => {
   const names = new Map(failing.map(({workload, container}) => [ JSON.stringify([ workload, container ]), {
    workload,
    container
   } ]));
   return [ ...names.values() ].slice(0, maxContainers);
  };
  const toLogEntries = value => (value === null ? [] : (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.sn)(value, "a list of log entries")).flatMap(entry => {
   const {payload, workload_id, container_id, timestamp} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(entry);
   if (payload === undefined || payload === null) return [];
   return {
    workload_id: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(workload_id),
    container_id: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(container_id),
    timestamp: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(timestamp),
    payload: typeof payload === "string" ? payload : JSON.stringify(payload)
   };
  });
  const shapeContainerLog = (name, entries, {lineCount, redact}) => {
   const own = entries.filter(entry => isOf(entry.workload_id, name.workload) && isOf(entry.container_id, name.container));
   const newestLast = isNewestFirst(own) ? own.toReversed() : own;
   const payloads = newestLast.slice(-Math.max(1, lineCount)).map(({payload}) => payload.replace(/\r?\n$/, ""));
   const last = lineCount < 1 || own.length === 0 ? [] : splitLines(redact(payloads.join("\n"))).slice(-lineCount);
   const cut = last.map(line => (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)(line, maxUnitsOfLine));
   const lines = cut.slice(findFirstThatFits(cut));
   return {
    ...name,
    lines,
    leftOut: cut.length - lines.length
   };
  };
  const isOf = (actual, asked) => actual === "" || actual === asked;
  const isNewestFirst = entries => {
   const times = entries.map(({timestamp}) => timestamp.replace(/Z$/, "")).filter(Boolean);
   return (times[0] ?? "") > (times.at(-1) ?? "");
  };
  const splitLines = text => text.split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/);
  const utf8 = new TextEncoder;
  const findFirstThatFits = lines => {
   let first = lines.length;
   for (let bytes = 0; first > 0; first--) {
    bytes += utf8.encode(`${lines[first - 1]}\n`).length;
    if (bytes > maxBytesOfContainer) break;
   }
   return first;
  };
 },
 2561: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $2: () => formatPointer,
   DD: () => listWorkloads,
   IW: () => readDeploymentSet,
   TM: () => applyDelta,
   mj: () => emptySet,
   rl: () => readDelta,
   vp: () => parsePointer
  });
  var _text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7981);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8602);
  const emptySet = {
   modules: {},
   workloads: {},
   shared: {}
  };
  const readDeploymentSet = value => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)(value) && {
   modules: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "modules")) ?? {},
   workloads: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "workloads")) ?? {},
   shared: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "shared")) ?? {}
  };
  const listWorkloads = set => [ ...listSection("workloads", set), ...listSection("modules", set) ].toSorted((a, b) => (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a.workload, b.workload));
  const listSection = (section, set) => Object.entries(set[section]).map(([workload, entry]) => ({
   workload,
   section,
   containers: Object.entries((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(entry, "spec"), "containers")) ?? {}).map(([key, container]) => ({
    key,
    image: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(container, "image"))
   })).toSorted((a, b) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a.key, b.key))
  }));
  const readDelta = value => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)(value) && {
   modules: readSection((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "modules")),
   workloads: readSection((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "workloads")),
   shared: readPatches((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "shared"))
  };
  const readSection = value => ({
   add: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "add")) ?? {},
   remove: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.c3)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "remove")).filter(name => typeof name === "string"),
   update: Object.entries((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(value, "update")) ?? {}).map(([workload, patches]) => [ workload, readPatches(patches) ])
  });
  const readPatches = value => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.c3)(value).flatMap(patch => (0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)(patch) ? [ {
   op: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(patch, "op")),
   path: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(patch, "path")),
   value: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(patch, "value") ?? null
  } ] : []);
  const applyDelta = (set, delta) => {
   const unfit = [];
   const applyPatches = (section, workload, entry, patches) => patches.reduce((current, patch) => {
    const patched = applyPatch(current, patch);
    if (patched === undefined) unfit.push({
     section,
     workload,
     patch
    });
    return patched ?? current;
   }, entry);
   const applySection = section => {
    const entries = new Map(Object.entries(set[section]));
    for (const workload of delta[section].remove) entries.delete(workload);
    for (const [workload, entry] of Object.entries(delta[section].add)) entries.set(workload, entry);
    for (const [workload, patches] of delta[section].update) {
     const entry = entries.get(workload);
     if (entry === undefined) unfit.push(...patches.map(patch => ({
      section,
      workload,
      patch
     }))); else entries.set(workload, applyPatches(section, workload, entry, patches));
    }
    return Object.fromEntries(entries);
   };
   const shared = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)(applyPatches("shared", "", set.shared, delta.shared)) ?? {};
   return {
    set: {
     modules: applySection("modules"),
     workloads: applySection("workloads"),
     shared
    },
    unfit
   };
  };
  const applyPatch = (target, {op, path, value}) => {
   const keys = parsePointer(path);
   return keys && [ "add", "remove", "replace" ].includes(op) ? patchAt(target, keys, {
    op,
    path,
    value
   }) : undefined;
  };
  const patchAt = (target, [key, ...rest], patch) => {
   const isRemoval = patch.op === "remove";
   if (key === undefined) return isRemoval ? undefined : patch.value;
   if (Array.isArray(target)) return patchList(target, [ key, ...rest ], patch);
   const fields = target == null ? {} : (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)(target);
   if (!fields) return undefined;
   if (isRemoval && rest.length === 0) return Object.hasOwn(fields, key) ? omit(fields, key) : undefined;
   const patched = patchAt((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.hQ)(fields, key), rest, patch);
   return patched === undefined ? undefined : {
    ...fields,
    [key]: patched
   };
  };
  const omit = (fields, key) => Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
  const patchList = (list, [key, ...rest], patch) => {
   const isInsertion = patch.op === "add" && rest.length === 0;
   if (key === "-" && isInsertion) return [ ...list, patch.value ];
   const index = /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : Number.NaN;
   if (!(index < list.length + (isInsertion ? 1 : 0))) return undefined;
   if (isInsertion) return list.toSpliced(index, 0, patch.value);
   if (patch.op === "remove" && rest.length === 0) return list.toSpliced(index, 1);
   const patched = patchAt(list[index], rest, patch);
   return patched === undefined ? undefined : list.with(index, patched);
  };
  const maxKeys = 200;
  const parsePointer = pointer => {
   if (pointer !== "" && !pointer.startsWith("/")) return undefined;
   const keys = pointer.split("/", maxKeys + 2).slice(1);
   return keys.length > maxKeys ? undefined : keys.map(key => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  };
  const formatPointer = keys => keys.map(key => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
 },
 6659: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Gh: () => findActiveSince,
   HB: () => findNewestSucceeded,
   L_: () => findRollbackTarget,
   UN: () => listNotNewerThan,
   co: () => unknownDeployment,
   dR: () => isFinal,
   gv: () => findActive,
   ih: () => isKnownStatus,
   r4: () => listPastDeployments,
   wq: () => determineDurationMs,
   xC: () => listNewerThan,
   yO: () => hasSucceeded
  });
  var _text_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8602);
  const unknownDeployment = {
   id: "",
   status: "",
   comment: "",
   delta_id: "",
   set_id: "",
   from_id: "",
   created_at: "",
   created_by: "",
   status_changed_at: ""
  };
  const isFinal = deployment => deployment.status === "succeeded" || deployment.status === "failed";
  const isKnownStatus = status => [ "", "pending", "in progress", "succeeded", "failed" ].includes(status);
  const hasSucceeded = deployment => deployment?.status === "succeeded";
  const findActive = environment => environment.last_deploy && !isFinal(environment.last_deploy) ? environment.last_deploy : undefined;
  const findActiveSince = (newestFirst, reference) => listNewerThan(newestFirst, reference).find(deployment => !isFinal(deployment));
  const findNewestSucceeded = newestFirst => newestFirst.find(hasSucceeded);
  const listNewerThan = (newestFirst, reference) => {
   if (!reference) return newestFirst;
   const index = newestFirst.findIndex(deployment => deployment.id === reference.id);
   return newestFirst.filter((deployment, at) => at < index || (index < 0 ? !isOlder(deployment, reference) : isOlder(reference, deployment)));
  };
  const listNotNewerThan = (list, reference) => list.filter(deployment => !isOlder(reference, deployment));
  const isOlder = (deployment, reference) => ((0, _text_words_js__WEBPACK_IMPORTED_MODULE_0__.jR)(deployment.created_at) ?? Number.NaN) < ((0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_0__.jR)(reference.created_at) ?? Number.NaN);
  const determineDurationMs = deployment => {
   if (!isFinal(deployment)) return undefined;
   const beginMs = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_0__.jR)(deployment.created_at);
   const endMs = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_0__.jR)(deployment.status_changed_at);
   return beginMs === undefined || endMs === undefined || endMs < beginMs ? undefined : endMs - beginMs;
  };
  const listPastDeployments = (newestFirst, ownId) => newestFirst.flatMap(deployment => {
   const durationMs = deployment.id === ownId ? undefined : determineDurationMs(deployment);
   return durationMs === undefined ? [] : [ {
    durationMs,
    succeeded: deployment.status === "succeeded"
   } ];
  });
  const findRollbackTarget = ({request, base, history}) => {
   const triedId = request?.operation === "deploy" && request.base && base?.id;
   return findNewestSucceeded(history.filter(({id}) => id !== triedId));
  };
 },
 641: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   BM: () => escapesPrune,
   D2: () => parsePreviewName,
   Lo: () => findOthersClaim,
   VT: () => findPruneKeepReason,
   d2: () => formatPreviewName,
   fp: () => determineEnvironmentUrls,
   lR: () => isUrlToCome,
   pf: () => findPullRequestKeepReason,
   vF: () => judgeEnvironment,
   vI: () => findKeepReason
  });
  var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6659);
  var _run_workflow_context_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6458);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8602);
  const formatPreviewName = ({repository, pullRequest}) => pullRequest ? `${repository}#${pullRequest.number}` : repository;
  const parsePreviewName = name => {
   const found = /^([\w.-]+\/[\w.-]+?)(?:#([1-9]\d*))?$/.exec(name);
   if (!found?.[1]) return undefined;
   return {
    repository: found[1],
    ...found[2] && {
     pullRequest: Number(found[2])
    }
   };
  };
  const findOthersClaim = ({name}, {repository, pullRequest}) => {
   const owner = parsePreviewName(name);
   if (owner === undefined) return undefined;
   if (!(0, _run_workflow_context_js__WEBPACK_IMPORTED_MODULE_1__.ve)(owner.repository, repository)) return "another repository";
   const isOurs = owner.pullRequest === undefined || pullRequest === undefined || owner.pullRequest === pullRequest.number;
   return isOurs ? undefined : "another pull request";
  };
  const isNamedForUs = (environment, workflow) => parsePreviewName(environment.name) !== undefined && findOthersClaim(environment, workflow) === undefined;
  const isProduction = ({id, type}) => id === "production" || type === "production";
  const mayBeRenamed = ({name}, {repository, pullRequest}) => {
   const named = parsePreviewName(name);
   if (named === undefined || !isSameOwner(named.repository, repository)) return false;
   return named.pullRequest === undefined || pullRequest === undefined || named.pullRequest === pullRequest.number;
  };
  const isSameOwner = (one, other) => one.split("/", 1)[0]?.toLowerCase() === other.split("/", 1)[0]?.toLowerCase();
  const escapesPrune = (env, {pullRequest}) => pullRequest === undefined && /\d$/.test(env);
  const findKeepReason = (environment, workflow, envType) => {
   const {name, type} = environment;
   const claim = findOthersClaim(environment, workflow);
   const isRenamed = claim === "another repository" && mayBeRenamed(environment, workflow);
   if (claim !== undefined && !(isRenamed && envType !== undefined)) return {
    kind: "others",
    claim,
    name,
    ...isRenamed && {
     mayBeRenamed: true
    }
   };
   if (envType !== undefined) return type === envType ? undefined : {
    kind: "type",
    type,
    wanted: envType
   };
   if (isProduction(environment)) return {
    kind: "production"
   };
   return isNamedForUs(environment, workflow) ? undefined : {
    kind: "unnamed",
    name,
    repository: workflow.repository
   };
  };
  const largestNumber = 2 ** 31 - 1;
  const parsePullRequestNumber = (pattern, env) => {
   const [before = "", after = ""] = pattern.split("*");
   if (env.length <= before.length + after.length || !env.startsWith(before) || !env.endsWith(after)) return undefined;
   const digits = env.slice(before.length, env.length - after.length);
   const number = /^[1-9][0-9]{0,9}$/.test(digits) ? Number(digits) : 0;
   return number > 0 && number <= largestNumber ? number : undefined;
  };
  const judgeEnvironment = (environment, request, workflow) => {
   const {id: env, status} = environment;
   const pullRequest = parsePullRequestNumber(request.env, env);
   const known = {
    env,
    ...findNamed(environment)
   };
   if (pullRequest === undefined) return {
    kind: "kept",
    ...known,
    keepReason: {
     kind: "pattern_mismatch",
     pattern: request.env
    }
   };
   const keepReason = findPruneKeepReason({
    ...request,
    environment,
    pullRequest
   }, workflow);
   if (keepReason) return {
    kind: "kept",
    ...known,
    pullRequest,
    keepReason
   };
   if (status === "deleting") return {
    kind: "kept",
    ...known,
    pullRequest,
    keepReason: {
     kind: "being_deleted"
    }
   };
   return {
    kind: "undecided",
    ...known,
    pullRequest,
    isBusy: (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.gv)(environment) !== undefined
   };
  };
  const findNamed = ({name}) => {
   const {repository, pullRequest} = parsePreviewName(name) ?? {};
   return repository === undefined || pullRequest === undefined ? {} : {
    named: {
     repository,
     pullRequest
    }
   };
  };
  const findPruneKeepReason = ({environment, pullRequest, envType}, workflow) => {
   const ofPullRequest = {
    ...workflow,
    pullRequest: {
     number: pullRequest,
     title: "",
     isFromFork: false
    }
   };
   const {name} = environment;
   const claim = findOthersClaim(environment, ofPullRequest);
   if (claim !== undefined) return {
    kind: "others",
    claim,
    name
   };
   const keepReason = findKeepReason(environment, ofPullRequest, envType);
   if (keepReason) return keepReason;
   return parsePreviewName(name)?.pullRequest === pullRequest ? undefined : {
    kind: "unnumbered",
    name
   };
  };
  const findPullRequestKeepReason = (pullRequest, state, {repository}) => {
   if (state === undefined) return {
    kind: "no_pull_request",
    pullRequest,
    repository
   };
   return state === "OPEN" ? {
    kind: "open_pull_request"
   } : undefined;
  };
  const typesByRank = [ "dns", "route", "ingress" ];
  const determineEnvironmentUrls = resources => {
   const ranked = listWithRank(resources).toSorted((one, other) => one.rank - other.rank || (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_2__.qy)(one.resource.res_id, other.resource.res_id));
   const urls = ranked.map(({resource}) => formatHostUrl(resource.host)).filter(url => url !== undefined);
   return [ ...new Set(urls) ];
  };
  const isUrlToCome = resources => determineEnvironmentUrls(resources).length === 0 && listWithRank(resources).some(({resource: {type, status, host}}) => type !== "ingress" && (status === "pending" || host === ""));
  const listWithRank = resources => resources.map(resource => ({
   resource,
   rank: typesByRank.indexOf(resource.type)
  })).filter(({resource, rank}) => rank >= 0 && resource.status !== "deleting");
  const formatHostUrl = host => {
   const address = `https://${host}`;
   if (!/^[^\s/\\?#@*%]{1,260}$/.test(host) || !URL.canParse(address)) return undefined;
   return new URL(address).origin;
  };
 },
 653: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   B: () => resolveImages,
   c: () => buildImageContents
  });
  var _delta_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2561);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8602);
  const resolveImages = (images, known) => {
   if (!known) return {
    kind: "problems",
    problems: [ {
     kind: "no base"
    } ]
   };
   const found = images.map(image => resolveLine(image, known));
   const changes = found.filter(result => !isProblem(result));
   const problems = [ ...found.filter(isProblem), ...findRepeated(changes) ];
   return problems.length > 0 ? {
    kind: "problems",
    problems
   } : {
    kind: "resolved",
    changes
   };
  };
  const isProblem = result => "kind" in result;
  const resolveLine = (line, known) => {
   if (line.workload === undefined) return resolveOnly(line.image, known);
   const found = known.find(({workload}) => workload === line.workload);
   if (!found) return {
    kind: "unknown workload",
    workload: line.workload,
    known
   };
   const {workload, section, containers} = found;
   if (containers.length === 0) return {
    kind: "no containers",
    workload,
    known
   };
   const candidates = line.container === undefined ? containers : containers.filter(({key}) => key === line.container);
   const [only, second] = candidates;
   if (only && !second) return {
    workload,
    container: only.key,
    section,
    from: only.image,
    to: line.image
   };
   const kind = second ? "several containers" : "unknown container";
   return {
    kind,
    workload,
    container: line.container ?? "",
    known: containers.map(({key}) => key)
   };
  };
  const resolveOnly = (image, known) => {
   const [workload, secondWorkload] = known;
   const [container, secondContainer] = workload?.containers ?? [];
   return workload && container && !secondWorkload && !secondContainer ? {
    workload: workload.workload,
    container: container.key,
    section: workload.section,
    from: container.image,
    to: image
   } : {
    kind: "no only container",
    image,
    known
   };
  };
  const findRepeated = changes => changes.filter((change, index) => changes.findIndex(other => isSameContainer(change, other)) < index).map(({workload, container}) => ({
   kind: "same container twice",
   workload,
   container
  }));
  const isSameContainer = (a, b) => a.workload === b.workload && a.container === b.container;
  const buildImageContents = changes => ({
   ...buildUpdates("modules", changes),
   ...buildUpdates("workloads", changes)
  });
  const buildUpdates = (section, changes) => {
   const own = changes.filter(change => change.section === section);
   if (own.length === 0) return {};
   const workloads = [ ...new Set(own.map(({workload}) => workload)) ].toSorted(_text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy);
   const update = workloads.map(name => [ name, own.filter(({workload}) => workload === name).map(buildPatch) ]);
   return {
    [section]: {
     update: Object.fromEntries(update)
    }
   };
  };
  const buildPatch = ({container, from, to}) => ({
   op: from === "" ? "add" : "replace",
   path: (0, _delta_js__WEBPACK_IMPORTED_MODULE_0__.$2)([ "spec", "containers", container, "image" ]),
   value: to
  });
 },
 6185: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   T: () => parseInputs
  });
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var text_words = __nccwpck_require__(8602);
  // EXTERNAL MODULE: ./lib/core/network/proxy.js
    var proxy = __nccwpck_require__(4286);
  // EXTERNAL MODULE: ./lib/core/inputs/request.js
    var request = __nccwpck_require__(2240);
  // CONCATENATED MODULE: ./lib/core/inputs/input-reader.js
  const trueWords = [ "true", "True", "TRUE" ];
  const falseWords = [ "false", "False", "FALSE" ];
  const toCamel = name => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const adviseSecret = value => /^bearer\s/i.test(value) ? "the token alone, without the word Bearer before it" : (0, 
  text_words.wm)(value) ? "a token; the expression that gives it was empty" : "a token without white space, line breaks or other characters that a header can\u2019t contain";
  const hideCredentials = text => text.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, "$1***@");
  const showText = (input, text) => input.endsWith("_url") ? hideCredentials(text) : text;
  const createReader = raw => {
   const inputErrors = [];
   const text = name => raw[name].trim() || request.V0[name];
   const isGiven = name => raw[name].trim() !== "";
   const refuse = (input, takes, more) => {
    if (!inputErrors.some(inputError => inputError.input === input && inputError.takes === takes)) inputErrors.push({
     input,
     ...isGiven(input) && {
      got: showText(input, text(input))
     },
     ...more,
     takes
    });
   };
   const optional = (name, isGood, rule) => {
    if (!isGiven(name)) return {};
    if (!isGood(text(name))) refuse(name, rule);
    return {
     [toCamel(name)]: text(name)
    };
   };
   const choice = (name, words) => {
    const word = words.find(candidate => candidate === text(name));
    if (word === undefined && isGiven(name)) refuse(name, (0, text_words.yZ)(words, "or"));
    return word;
   };
   return {
    inputErrors,
    text,
    isGiven,
    refuse,
    optional,
    choice,
    states: name => isGiven(name) && !falseWords.includes(text(name)),
    id: name => optional(name, text_words.eQ, (0, text_words.wm)(text(name)) ? emptyIdRule : idRule),
    lines: name => splitLines(text(name)),
    refuseLine: (input, got, takes) => void inputErrors.push({
     input,
     got,
     takes
    }),
    count: (name, max) => {
     const isGood = /^\d{1,9}$/.test(text(name)) && Number(text(name)) <= max;
     if (!isGood) refuse(name, `a number from 0 to ${max}`);
     return isGood ? Number(text(name)) : 0;
    },
    required: (name, isGood, rule) => {
     if (!isGood(text(name))) refuse(name, rule);
     return text(name);
    },
    flag: name => {
     if (!trueWords.includes(text(name)) && !falseWords.includes(text(name))) refuse(name, "true or false");
     return trueWords.includes(text(name));
    },
    duration: (name, minMs, maxMs, range) => {
     const durationMs = (0, text_words.yi)(text(name));
     if (durationMs === undefined || durationMs < minMs || durationMs > maxMs) refuse(name, `${range}, written as 90s, 30m, 1h, 1h30m or a number of seconds`);
     return durationMs ?? minMs;
    },
    address: name => {
     if (!isAddress(text(name))) refuse(name, "an https:// address with an optional path: no user, query or fragment; http:// only for loopback");
     return text(name).replace(/\/+$/, "");
    },
    secret: (name, remedy) => {
     const value = text(name);
     if (value === "" && remedy !== undefined) inputErrors.push({
      input: name,
      takes: remedy
     });
     if (value !== "" && (!isHeaderSafe(value) || (0, text_words.wm)(value))) inputErrors.push({
      input: name,
      isSecret: true,
      takes: adviseSecret(value)
     });
     return value;
    }
   };
  };
  const splitLines = text => text.split(/[\r\n]+/).map(line => line.trim()).filter(line => line !== "");
  const isName = text => text.length >= 2 && text.length <= 50 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
  const nameRule = "2 to 50 lower-case letters, digits and single hyphens between them";
  const isNamePattern = text => text.split("*").length === 2 && isName(text.replace("*", "1"));
  const idRule = "1 to 128 letters, digits, _ or -";
  const emptyIdRule = "an id; the script or jq that gives it found none";
  const isOneLine = text => !/[\r\n]/.test(text);
  const isPipelineRun = text => {
   const ids = text.split("/");
   return ids.length === 2 && ids.every(text_words.eQ);
  };
  const pipelineRunRule = "pipelineId/runId, as the output pipeline_run gives it";
  const isPlainWord = text => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text);
  const isHeaderSafe = text => /^[\x21-\x7e]+$/.test(text);
  const parseUrl = text => /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const isWebUrl = text => {
   const url = parseUrl(text);
   return url !== undefined && url.username === "" && url.password === "";
  };
  const isAddress = text => {
   const url = parseUrl(text);
   if (!url || !isWebUrl(text) || /[?#@\\]/.test(text)) return false;
   return url.protocol === "https:" || (0, proxy.U9)(url.hostname);
  };
  const parseImages = text => {
   const lines = splitLines(text);
   const images = lines.map(parseLine);
   const errors = lines.flatMap((got, index) => {
    const takes = findLineMistake(images, index);
    return takes === undefined ? [] : [ {
     got,
     takes
    } ];
   });
   return errors.length > 0 ? {
    kind: "errors",
    errors
   } : {
    kind: "images",
    images
   };
  };
  const parseLine = line => {
   const [, target, image = line] = /^([^=]*)=(.*)$/.exec(line) ?? [];
   if (target === undefined) return {
    image
   };
   const [, workload = target, container] = /^([^/]*)\/(.*)$/.exec(target) ?? [];
   return {
    workload: workload.trim(),
    ...container !== undefined && {
     container: container.trim()
    },
    image: image.trim()
   };
  };
  const findLineMistake = (images, index) => {
   const line = images[index];
   if (!line) return undefined;
   if (line.workload === "" || line.container === "") return "a name before the =: workload=image or workload/container=image";
   const isRepeated = images.slice(0, index).some(({workload, container}) => workload === line.workload && container === line.container);
   if (isRepeated) return "each container once; an earlier line gives this one an image";
   if (line.workload === undefined && images.length > 1) return "workload=image or workload/container=image; an image alone only as the only line";
   return findImageMistake(line.image);
  };
  const findImageMistake = image => {
   if (image === "") return "an image; if it comes from an expression, that was empty";
   if (/\s/.test(image)) return "an image without white space, one per line";
   if (/^(?:.*[:@])?(?:null|undefined)$/.test(image) || /[:@/]$/.test(image) || /^[:@/]/.test(image)) return "a whole image, such as ghcr.io/acme/shop:1.2; if it holds an expression, that may have been empty";
   return image.includes("=") ? "one = between the container and its image" : undefined;
  };
  // CONCATENATED MODULE: ./lib/core/inputs/inputs.js
  const operations = [ "deploy", "wait", "delete", "prune" ];
  const changes = [ "delta_id", "images", "score", "set_id", "from_deploy_id", "from_env", "redeploy" ];
  const parseInputs = raw => {
   const reader = createReader(raw);
   const {inputErrors} = reader;
   const operation = reader.choice("operation", operations);
   if (operation === undefined) {
    checkGrammar(reader);
    return {
     kind: "mistakes",
     inputErrors
    };
   }
   const request = parseRequest(operation, reader);
   refuseInapplicableInputs(operation, reader);
   return inputErrors.length > 0 ? {
    kind: "mistakes",
    inputErrors
   } : {
    kind: "request",
    request
   };
  };
  const parseRequest = (operation, reader) => {
   const common = parseCommon(operation, reader);
   switch (operation) {
   case "deploy":
    {
     const more = {
      ...parseEnvironmentType(reader),
      ...parseEnvironmentUrl(reader)
     };
     refuseContradictions(reader);
     return {
      operation,
      ...common,
      ...parseChange(reader),
      ...parseStart(reader),
      ...parseHealth(reader),
      ...more
     };
    }

   case "wait":
    return {
     operation,
     ...common,
     ...parseFollowed(reader),
     ...parseHealth(reader),
     ...parseEnvironmentUrl(reader)
    };

   case "delete":
   case "prune":
    return {
     operation,
     ...common,
     ...parseEnvironmentType(reader),
     dryRun: reader.flag("dry_run")
    };
   }
  };
  const checkGrammar = reader => {
   parseCommon(reader.text("env").includes("*") ? "prune" : "deploy", reader);
   parseChange(reader);
   parseStart(reader);
   parseEnvironmentType(reader);
   parseEnvironmentUrl(reader);
   parseHealth(reader);
   parseFollowed(reader);
   reader.flag("dry_run");
  };
  const parseFollowed = reader => {
   const {pipelineRun} = reader.optional("pipeline_run", isPipelineRun, pipelineRunRule);
   const [pipelineId = "", runId = ""] = pipelineRun?.split("/") ?? [];
   if (reader.isGiven("pipeline_run") && reader.isGiven("deployment_id")) reader.refuse("pipeline_run", "no deployment_id with it: only one of them can say what to wait for");
   return {
    ...reader.id("deployment_id"),
    ...pipelineRun !== undefined && {
     pipelineRun: {
      pipelineId,
      runId
     }
    }
   };
  };
  const parseHealth = reader => {
   const waitFor = reader.choice("wait_for", [ "deployed", "healthy" ]) ?? "deployed";
   if (waitFor === "healthy" && reader.states("wait") === false && reader.isGiven("wait")) reader.refuse("wait_for", "wait: true with healthy: a step that doesn\u2019t wait can\u2019t check it");
   return {
    waitFor,
    healthTimeoutMs: reader.duration("health_timeout", 6e4, 36e5, "1 min to 1 h"),
    logLines: reader.count("log_lines", 200)
   };
  };
  const parseEnvironmentType = reader => reader.optional("env_type", isPlainWord, "the id of an environment type, such as development");
  const parseEnvironmentUrl = reader => reader.optional("environment_url", isWebUrl, "an address that begins with https:// or http://");
  const parseCommon = (operation, reader) => ({
   org: reader.required("org", isName, nameRule),
   app: reader.required("app", isName, nameRule),
   env: operation === "prune" ? reader.required("env", isNamePattern, "the id of an environment with one * for the pull request\u2019s number, such as pr-*") : parseEnvironment(reader),
   token: reader.secret("token", "the API token of a service user, in this input or in the step\u2019s environment variable HUMANITEC_TOKEN; a secret there may be misspelt, or not available to this run"),
   apiUrl: reader.address("api_url"),
   appUrl: reader.address("app_url"),
   timeoutMs: reader.duration("timeout", 1e3, 120 * 36e5, "1 s to 120 h"),
   pollInterval: parsePollInterval(reader),
   githubToken: operation === "prune" ? reader.secret("github_token", "a token that may read pull requests; leave the input out to use the workflow\u2019s own") : reader.states("pr_comment") || reader.states("github_deployment") || reader.isGiven("pull_request") ? reader.secret("github_token") : "",
   prComment: reader.flag("pr_comment"),
   githubDeployment: reader.flag("github_deployment"),
   ...parsePullRequest(reader)
  });
  const parseEnvironment = reader => {
   const env = reader.text("env");
   if (!(0, text_words.wm)(env) && !(env.length > 1 && env.endsWith("-"))) return reader.required("env", isName, nameRule);
   reader.refuse("env", `${nameRule}; if it holds an expression, that may have been empty`);
   return env;
  };
  const parsePullRequest = reader => {
   const {pullRequest} = reader.optional("pull_request", text => /^[1-9]\d{0,14}$/.test(text), "the number of a pull request, such as 12");
   return pullRequest === undefined ? {} : {
    pullRequest: Number(pullRequest)
   };
  };
  const parsePollInterval = reader => reader.text("poll_interval") === "auto" ? "auto" : {
   fixedMs: reader.duration("poll_interval", 1e3, 36e5, "auto, or 1 s to 1 h")
  };
  const parseChange = reader => {
   const base = parseBase(reader);
   const createFrom = reader.optional("create_from", isName, nameRule);
   if (createFrom.createFrom !== undefined && createFrom.createFrom === reader.text("env")) reader.refuse("create_from", "another environment than env itself");
   return {
    ...reader.id("delta_id"),
    ...parseImageLines(reader),
    ...parseScore(reader),
    ...reader.id("set_id"),
    ...reader.id("value_set_version_id"),
    ...base && {
     base
    },
    ...createFrom,
    redeploy: reader.flag("redeploy")
   };
  };
  const parseImageLines = reader => {
   if (!reader.isGiven("images")) return {};
   const parsed = parseImages(reader.text("images"));
   if (parsed.kind === "images") return {
    images: parsed.images
   };
   for (const {got, takes} of parsed.errors) reader.refuseLine("images", got, takes);
   return {};
  };
  const parseScore = reader => {
   const files = reader.lines("score");
   const {scoreOverrides} = reader.optional("score_overrides", isOneLine, "the path of one file");
   const {scoreExtensions} = reader.optional("score_extensions", isOneLine, "the path of one file");
   for (const name of [ "score_overrides", "score_extensions" ]) {
    if (reader.isGiven(name) && files.length !== 1) reader.refuse(name, "exactly one file in score with it");
   }
   if (new Set(files).size < files.length) reader.refuse("score", "each file once");
   if (files.length === 0) return {};
   return {
    score: {
     files,
     ...scoreOverrides !== undefined && {
      overrides: scoreOverrides
     },
     ...scoreExtensions !== undefined && {
      extensions: scoreExtensions
     }
    }
   };
  };
  const parseBase = reader => {
   const {fromDeployId} = reader.id("from_deploy_id");
   const {fromEnv} = reader.optional("from_env", isName, nameRule);
   if (fromDeployId !== undefined) return {
    kind: "deployment",
    id: fromDeployId
   };
   return fromEnv === undefined ? undefined : {
    kind: "environment",
    env: fromEnv
   };
  };
  const refuseContradictions = reader => {
   const given = changes.filter(name => reader.states(name));
   const has = name => given.includes(name);
   if (given.length === 0) {
    reader.refuse("delta_id", `a change to deploy: one of ${changes.slice(0, -1).join(", ")}, or redeploy: true. If it comes from an earlier step, that step\u2019s output was empty`, {
     isAnyOf: true
    });
   }
   if (has("set_id") && has("delta_id")) reader.refuse("set_id", "no delta_id with it: the API would ignore the Set");
   for (const name of [ "images", "score" ]) {
    if (has("delta_id") && has(name)) reader.refuse(name, "no delta_id with it: the action creates the Delta from it");
   }
   for (const name of [ "images", "score", "from_deploy_id", "from_env" ]) {
    if (has("set_id") && has(name)) reader.refuse("set_id", `no ${name} with it: a Set replaces the whole state`);
   }
   if (has("from_deploy_id") && has("from_env")) reader.refuse("from_env", "no from_deploy_id with it: there can only be one base");
   if (has("redeploy") && given.length > 1) {
    reader.refuse("redeploy", `none of ${changes.slice(0, -1).join(", ")} with it: it deploys the current base again, unchanged`);
   }
  };
  const parseStart = reader => {
   const mode = reader.choice("mode", [ "full", "incremental" ]);
   return {
    ...mode && {
     mode
    },
    comment: reader.text("comment"),
    wait: reader.flag("wait"),
    dryRun: reader.flag("dry_run"),
    onConflict: reader.choice("on_conflict", [ "fail", "wait" ]) ?? "fail"
   };
  };
  const refuseInapplicableInputs = (operation, reader) => {
   for (const name of [ "deployment_id", "pipeline_run" ]) {
    if (operation !== "wait" && reader.text(name)) reader.refuse(name, "nothing, except with operation: wait");
   }
   if (operation === "wait" && reader.states("dry_run")) reader.refuse("dry_run", "false with operation: wait, which changes nothing");
   if (operation === "deploy") return;
   for (const name of changes.filter(name => reader.states(name))) reader.refuse(name, `nothing with operation: ${operation}, which deploys nothing`);
   if (reader.isGiven("wait") && !reader.flag("wait")) reader.refuse("wait", `true with operation: ${operation}`);
  };
 },
 2240: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   V0: () => inputDefaults,
   q5: () => isPlan,
   vj: () => inputNames
  });
  const inputDefaults = {
   operation: "deploy",
   org: "",
   app: "",
   env: "",
   token: "",
   api_url: "https://api.humanitec.io",
   app_url: "https://app.humanitec.io",
   images: "",
   score: "",
   score_overrides: "",
   score_extensions: "",
   delta_id: "",
   from_env: "",
   from_deploy_id: "",
   redeploy: "false",
   create_from: "",
   env_type: "",
   set_id: "",
   value_set_version_id: "",
   mode: "",
   comment: "",
   dry_run: "false",
   wait: "true",
   timeout: "30m",
   wait_for: "deployed",
   health_timeout: "5m",
   log_lines: "0",
   on_conflict: "fail",
   poll_interval: "auto",
   deployment_id: "",
   pipeline_run: "",
   pr_comment: "false",
   github_deployment: "false",
   environment_url: "",
   pull_request: "",
   github_token: ""
  };
  const inputNames = Object.keys(inputDefaults);
  const isPlan = request => request.operation === "deploy" && request.dryRun;
 },
 9210: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   EL: () => appendMark,
   gB: () => classifyComment,
   ry: () => formatMark
  });
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6010);
  const markedInputs = [ "delta_id", "images", "set_id", "value_set_version_id", "mode", "from_deploy_id", "from_env", "redeploy" ];
  const digits = 10;
  const formatMark = (use, sha256hex) => {
   const {runUrl, job, step, org, app, env} = use;
   if (runUrl === "") return "";
   const runId = runUrl.slice(runUrl.lastIndexOf("/") + 1);
   const inputs = markedInputs.map(name => [ name, (use.inputs[name] ?? "").trim() ]).filter(([, value]) => value !== "");
   const files = (use.files ?? []).map(({input, bytes}) => [ input, sha256hex(bytes) ]);
   const digest = sha256hex(JSON.stringify([ runId, job, step, org, app, env, inputs, files ]));
   return `${runUrl}#${digest.slice(0, digits)}`;
  };
  const maxUnitsOfComment = 500;
  const appendMark = (comment, mark) => {
   const text = (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)(comment.trim(), maxUnitsOfComment);
   return text === "" || mark === "" ? text || mark : `${text} \xb7 ${mark}`;
  };
  const anyMark = /\/actions\/runs\/\d+#[0-9a-f]{10}(?![0-9A-Fa-f])/g;
  const classifyComment = (comment, mark) => {
   const runUrl = mark.slice(0, mark.lastIndexOf("#"));
   const lastMark = [ ...comment.matchAll(anyMark) ].at(-1);
   const lastEnd = lastMark ? lastMark.index + lastMark[0].length : 0;
   const ownEnd = mark === "" ? 0 : findLastEnd(comment, mark, /^[0-9A-Fa-f]/);
   if (ownEnd > 0) return ownEnd >= lastEnd ? "ours" : "this_run";
   if (mark !== "" && namesRun(comment.slice(lastEnd), runUrl)) return "this_run";
   if (!lastMark) return /\/actions\/runs\/\d/.test(comment) ? "other_run" : "no_run";
   const markedUrl = comment.slice(0, lastEnd - digits - 1);
   return mark !== "" && markedUrl.endsWith(runUrl) ? "this_run_other_mark" : "other_run";
  };
  const findLastEnd = (text, part, next) => {
   for (let at = text.lastIndexOf(part); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(part, at - 1)) {
    const end = at + part.length;
    if (!next.test(text.slice(end, end + 1))) return end;
   }
   return 0;
  };
  const namesRun = (text, runUrl) => {
   if (findLastEnd(text, runUrl, /^\d/) > 0) return true;
   const whole = text.replace(/(?:\u2026|\.{3})$/, "");
   const numberAt = runUrl.lastIndexOf("/") + 1;
   return [ ...runUrl.slice(numberAt) ].some((_, index) => whole.endsWith(runUrl.slice(0, numberAt + index + 1)));
  };
 },
 2347: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Rm: () => determinePacedStartMs,
   We: () => determinePaceDelayMs,
   g0: () => determineGapMs,
   kl: () => slowDown,
   nV: () => noPace
  });
  const noPace = {
   gapMs: 0,
   sinceMs: Number.NEGATIVE_INFINITY
  };
  const firstGapMs = 1e3;
  const usualGapMs = 6e4;
  const maxGapMs = 24e4;
  const halfLifeMs = 48e4;
  const determineGapMs = ({gapMs, sinceMs}, nowMs) => gapMs === 0 ? 0 : gapMs * 2 ** (-Math.max(0, nowMs - sinceMs) / halfLifeMs);
  const slowDown = (pace, sentMs, nowMs) => {
   if (sentMs < pace.sinceMs) return pace;
   const gapMs = determineGapMs(pace, nowMs);
   const limitMs = gapMs < usualGapMs / 2 ? usualGapMs : maxGapMs;
   const nextMs = Math.max(firstGapMs, 2.5 * (gapMs / 1e3) ** 1.5 * 1e3);
   return {
    gapMs: Math.min(limitMs, nextMs),
    sinceMs: nowMs
   };
  };
  const determinePacedStartMs = (gapMs, random) => gapMs > usualGapMs ? (.75 + random / 4) * usualGapMs : random * gapMs;
  const determinePaceDelayMs = (gapMs, random) => {
   const minMs = Math.max(0, (gapMs - usualGapMs) / 2);
   return minMs + random * (gapMs - minMs);
  };
 },
 4286: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   H5: () => determineReach,
   U9: () => isLoopback,
   WA: () => listProxySecrets,
   g4: () => determineProxy,
   rf: () => findTlsWarning
  });
  const determineProxy = (address, variables, nodeVersion) => {
   const target = new URL(address);
   const proxy = findVariable(variables, target.protocol === "https:" ? "https_proxy" : "http_proxy");
   const isByNode = isNodeProxying(variables);
   const client = isByNode ? "own" : "builtin";
   if (!proxy || isLoopback(target.hostname)) return {
    kind: "direct",
    client
   };
   const bypass = findBypass(variables, target);
   if (bypass) return {
    kind: "direct",
    client,
    bypass
   };
   const parsed = parseProxyAddress(proxy.value);
   if (!parsed) return {
    kind: "invalid",
    variableName: proxy.name
   };
   if (!hasProxyEnv(nodeVersion) && !isByNode) return {
    kind: "invalid",
    variableName: proxy.name,
    oldNode: nodeVersion
   };
   return {
    kind: "proxy",
    client: hasProxyEnv(nodeVersion) ? "own" : "builtin",
    variableName: proxy.name,
    ...parsed
   };
  };
  const determineReach = ({address, setting}, route, variables) => ({
   host: new URL(address).host,
   setting,
   extraCaFile: variables["NODE_EXTRA_CA_CERTS"] ?? "",
   ...route.kind === "proxy" && {
    proxy: {
     address: route.address,
     variableName: route.variableName,
     hasCredentials: route.hasCredentials
    }
   },
   ...route.kind === "direct" && route.bypass && {
    bypass: route.bypass
   }
  });
  const findVariable = (variables, name) => [ name, name.toUpperCase() ].map(spelling => ({
   name: spelling,
   value: variables[spelling]?.trim() ?? ""
  })).find(({value}) => value !== "");
  const isNodeProxying = variables => [ "https_proxy", "http_proxy" ].some(name => findVariable(variables, name) !== undefined) && (variables["NODE_USE_ENV_PROXY"] === "1" || /--use-env-proxy\b/.test(variables["NODE_OPTIONS"] ?? ""));
  const hasProxyEnv = nodeVersion => {
   const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
   return major > 24 || major === 24 && minor >= 5;
  };
  const findBypass = (variables, target) => {
   const list = findVariable(variables, "no_proxy");
   const entry = list?.value.split(/[\s,]+/).find(candidate => candidate !== "" && isExempt(candidate.toLowerCase(), target));
   return list && entry ? {
    variableName: list.name,
    entry
   } : undefined;
  };
  const isExempt = (entry, target) => {
   if (entry === "*") return true;
   const {name, port} = splitPort(entry);
   const host = trimDot(target.hostname);
   return (port === "" || port === portOf(target)) && (isIpAddress(host) ? host === canonize(name) : isWithin(host, name));
  };
  const splitPort = entry => {
   const match = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry);
   return match ? {
    name: match[1] ?? "",
    port: match[2] ?? ""
   } : {
    name: `[${entry}]`,
    port: ""
   };
  };
  const portOf = ({port, protocol}) => port || (protocol === "https:" ? "443" : "80");
  const isIpAddress = host => /^(?:\[.*\]|[\d.]+)$/.test(host);
  const canonize = name => URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : name;
  const isWithin = (host, name) => {
   const domain = trimDot(name.replace(/^\*?\./, ""));
   return domain !== "" && (host === domain && !name.startsWith("*") || host.endsWith(`.${domain}`));
  };
  const trimDot = host => host.endsWith(".") ? host.slice(0, -1) : host;
  const brokenCredentials = /:\/\/.*[#/?\\].*@/s;
  const parseProxyAddress = value => {
   const text = withScheme(value);
   const url = URL.canParse(text) && !brokenCredentials.test(text) ? new URL(text) : undefined;
   if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") return undefined;
   const user = decodeLoosely(url.username);
   const password = decodeLoosely(url.password);
   const hasCredentials = user !== "" || password !== "";
   const credentials = hasCredentials ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : "";
   return {
    url: `${url.protocol}//${credentials}${url.host}`,
    address: `${url.protocol}//${url.host}`,
    hasCredentials
   };
  };
  const listProxySecrets = variables => {
   const names = [ "https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY" ];
   return [ ...new Set(names.flatMap(name => listSecretForms(variables[name]?.trim() ?? ""))) ];
  };
  const minPart = 3;
  const listSecretForms = value => {
   const credentials = /\/\/(.*)@/s.exec(withScheme(value))?.[1];
   if (credentials === undefined) return [];
   const [user = "", ...rest] = credentials.split(":");
   const secret = rest.join(":") || user;
   const decoded = decodeLoosely(secret);
   const basic = `${decodeLoosely(user)}:${decodeLoosely(rest.join(":"))}`;
   const parts = secret.split(/[#/?\\]/).filter(part => part.length >= minPart);
   return [ secret, decoded, encodeURIComponent(decoded), encodeBase64(basic), ...parts ].filter(form => form !== "");
  };
  const withScheme = value => /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const encodeBase64 = text => Buffer.from(text).toString("base64");
  const decodeLoosely = text => {
   try {
    return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, "%25"));
   } catch {
    return text;
   }
  };
  const findTlsWarning = variables => variables["NODE_TLS_REJECT_UNAUTHORIZED"] === "0" ? {
   level: "warning",
   title: "TLS certificates are not verified",
   message: "NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever stands between the runner and the host can read the token. " + "Remove it, and name the authority\u2019s certificate in NODE_EXTRA_CA_CERTS instead."
  } : undefined;
  const isLoopback = hostname => hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
 },
 3424: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $e: () => formatRequestError,
   Bg: () => determineTimedFailure,
   GI: () => RequestError
  });
  var _text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7981);
  class RequestError extends Error {
   name="RequestError";
   details;
   constructor(details, options) {
    super(formatRequestError(details), options);
    this.details = details;
   }
  }
  const formatRequestError = ({request, status, code, kind, detail}) => `${request}: ${status ?? code ?? kind}${detail && ` ${detail}`}`;
  const determineTimedFailure = (error, timedOutAfterMs) => {
   const seen = determineFailure(error);
   if (timedOutAfterMs === undefined || seen.kind !== "lost") return seen;
   return {
    kind: "lost",
    code: "TIMEOUT",
    detail: `no answer within ${Math.round(timedOutAfterMs / 1e3)} s`
   };
  };
  const determineFailure = error => {
   const causes = listCauses(error);
   const cause = causes.find(({code}) => typeof code === "string") ?? causes.at(-1) ?? {};
   const proxyStatus = findProxyStatus(cause);
   const phase = isPhase(cause.phase) ? cause.phase : undefined;
   return {
    kind: determineKind(cause, proxyStatus),
    code: typeof cause.code === "string" ? cause.code : (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(cause.name),
    detail: tidy((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(cause.message)),
    ...phase && {
     phase
    },
    ...proxyStatus && {
     proxyStatus
    }
   };
  };
  const isPhase = value => value === "proxy" || value === "connect" || value === "request";
  const isObject = value => typeof value === "object" && value !== null;
  const listCauses = (error, limit = 8) => isObject(error) && limit > 0 ? [ error, ...listCauses(error.cause, limit - 1) ] : [];
  const determineKind = (cause, proxyStatus) => {
   const code = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(cause.code);
   if (certificateCodes.has(code) || proxyStatus === 407) return "untrusted";
   if (proxyStatus !== undefined || code === "ERR_PROXY_TUNNEL") return "not_sent";
   if (cause.phase === "proxy" || cause.phase === "connect") return "not_sent";
   if (Array.isArray(cause.errors) && cause.errors.length > 0) return cause.errors.every(each => determineFailure(each).kind === "not_sent") ? "not_sent" : "lost";
   return isBeforeRequest(cause, code) ? "not_sent" : "lost";
  };
  const isBeforeRequest = (cause, code) => {
   if (cause.syscall === "connect" || cause.syscall === "getaddrinfo") return true;
   if (isHandshakeFailure(code) || isHandshakeFailure((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(cause.message))) return true;
   return connectionCodes.has(code) && cause.syscall === undefined;
  };
  const isHandshakeFailure = codeOrText => {
   const words = codeOrText.toLowerCase().replaceAll("_", " ");
   return handshakeFailures.some(failure => words.includes(failure));
  };
  const findProxyStatus = ({code, statusCode, message}) => {
   if (code === "ERR_PROXY_TUNNEL") return typeof statusCode === "number" ? statusCode : undefined;
   const status = /^Proxy response \((\d{3})\)/.exec((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(message))?.[1];
   return status === undefined ? undefined : Number(status);
  };
  const tidy = message => /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1] ?? message;
  const connectionCodes = new Set([ "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_PRX_TLS" ]);
  const handshakeFailures = [ "alert protocol version", "before secure tls connection was established", "handshake failure", "legacy renegotiation", "unrecognized name", "unsupported protocol", "wrong version number" ];
  const certificateCodes = new Set([ "CERT_CHAIN_TOO_LONG", "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "CERT_REJECTED", "CERT_REVOKED", "CERT_SIGNATURE_FAILURE", "CERT_UNTRUSTED", "CRL_HAS_EXPIRED", "CRL_NOT_YET_VALID", "CRL_SIGNATURE_FAILURE", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_FORMAT", "ERR_TLS_CERT_ALTNAME_INVALID", "ERROR_IN_CERT_NOT_AFTER_FIELD", "ERROR_IN_CERT_NOT_BEFORE_FIELD", "HOSTNAME_MISMATCH", "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "UNABLE_TO_DECRYPT_CERT_SIGNATURE", "UNABLE_TO_GET_CRL", "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_VERIFY_LEAF_SIGNATURE" ]);
 },
 1331: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $: () => determineStartVerdict,
   Al: () => conflictPatienceMs,
   Er: () => searchGapsMs,
   F1: () => secondCheckMs,
   G7: () => determineGitHubVerdict,
   Jb: () => determineRetryDelayMs,
   LX: () => determineGitHubRetryAfterMs,
   M9: () => mayTakeEffect,
   Rg: () => errorsPatienceMs,
   T5: () => changesPatienceMs,
   Uo: () => archivePatienceMs,
   Up: () => missingPermission,
   W1: () => restorePatienceMs,
   a5: () => isRateLimit,
   aP: () => healthLimitMs,
   ad: () => requestLimitsMs,
   bZ: () => postStepMs,
   e1: () => newEnvironmentMs,
   ed: () => pipelineSearchGapsMs,
   fO: () => heartbeatMs,
   j7: () => startGraceMs,
   jZ: () => isOwnRefusal,
   jt: () => intermediaryPatienceMs,
   mq: () => lateEffectMs,
   nQ: () => mentionsRateLimit,
   nZ: () => notFoundPatienceMs,
   oR: () => parseRetryAfterMs,
   r3: () => isRetryable,
   s: () => determineLeastDelayMs,
   sB: () => believedAfterChecks,
   sD: () => firstAnswerPatienceMs,
   tX: () => deadlineGraceMs,
   tq: () => believedAfterMs,
   uM: () => maxSends,
   vB: () => maxRetryAfterMs
  });
  const requestLimitsMs = {
   read: 15e3,
   list: 6e4,
   start: 3e4
  };
  const maxRetryAfterMs = 6e4;
  const deadlineGraceMs = 1e4;
  const firstAnswerPatienceMs = 12e4;
  const notFoundPatienceMs = 6e4;
  const believedAfterChecks = 3;
  const believedAfterMs = 1e4;
  const startGraceMs = 4e3;
  const maxSends = 3;
  const searchGapsMs = [ 1500, 3500, 5500 ];
  const lateEffectMs = searchGapsMs.reduce((sum, gapMs) => sum + gapMs, 0);
  const pipelineSearchGapsMs = [ 7500, 1e4, 1e4, 12e3, 12e3 ];
  const newEnvironmentMs = 6e4;
  const conflictPatienceMs = 3e4;
  const errorsPatienceMs = 6e4;
  const healthLimitMs = 1e4;
  const changesPatienceMs = 1e4;
  const archivePatienceMs = 5e3;
  const intermediaryPatienceMs = 12e4;
  const secondCheckMs = 1e4;
  const restorePatienceMs = 3e4;
  const postStepMs = 6e4;
  const heartbeatMs = 3e4;
  const isRetryable = ({kind, status = 0, intermediary}) => kind === "answered" ? isTransientStatus(status) || intermediary !== undefined : kind !== "untrusted";
  const isOwnRefusal = ({kind, status = 0, intermediary}) => kind === "answered" && intermediary === undefined && (status === 401 || status === 403 || status === 404);
  const determineStartVerdict = ({kind, status, intermediary}) => {
   if (kind === "not_sent") return "again";
   if (kind === "untrusted") return "refused";
   if (status === undefined) return "lost";
   if (intermediary) return "intermediary";
   if (status === 429) return "throttled";
   if (status === 409) return "conflict";
   if (isTransientStatus(status)) return "lost";
   if (status >= 200 && status < 300) return "accepted";
   return status >= 300 && status < 400 ? "redirected" : "refused";
  };
  const mayTakeEffect = ({kind, status = 0, intermediary}) => kind === "lost" || kind === "unreadable" || intermediary !== undefined || kind === "answered" && (status < 400 || status === 408 || status >= 500);
  const isTransientStatus = status => status === 408 || status === 429 || status >= 500;
  const firstDelayMs = 1e3;
  const maxDelayMs = maxRetryAfterMs;
  const minDelayMs = 200;
  const determineRetryDelayMs = (failures, random, retryAfterMs = 0) => Math.max(determineLeastDelayMs(retryAfterMs), random * Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1)));
  const determineLeastDelayMs = (retryAfterMs = 0) => Math.max(minDelayMs, Math.min(retryAfterMs, maxDelayMs));
  const parseRetryAfterMs = (header, nowMs) => {
   const text = header?.trim() ?? "";
   if (/^\d+$/.test(text)) return Number(text) * 1e3;
   const dateMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
   return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
  };
  const missingPermission = "Resource not accessible by integration";
  const mentionsRateLimit = detail => /rate limit|abuse detection/i.test(detail);
  const determineGitHubVerdict = failure => {
   const {kind, status = 0} = failure;
   if (kind !== "answered") return kind === "untrusted" ? "stop" : "again";
   return status === 408 || status >= 500 || isRateLimit(failure) ? "again" : "stop";
  };
  const isRateLimit = ({status, retryAfterMs, detail}) => status === 429 || status === 403 && !detail.includes(missingPermission) && (retryAfterMs !== undefined || mentionsRateLimit(detail));
  const unsaidLimitMs = 6e4;
  const determineGitHubRetryAfterMs = ({status, detail, headers, nowMs}) => {
   const backoffMs = parseRetryAfterMs(headers["retry-after"] ?? null, nowMs);
   if (backoffMs !== undefined) return backoffMs;
   const resetSeconds = Number(headers["x-ratelimit-reset"]);
   const isUsedUp = headers["x-ratelimit-remaining"] === "0" && resetSeconds > 0;
   if (isUsedUp && status < 500 && !detail.includes(missingPermission)) return Math.max(0, resetSeconds * 1e3 - nowMs);
   return status === 429 || mentionsRateLimit(detail) ? unsaidLimitMs : undefined;
  };
 },
 3300: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Gm: () => determineRunEnvironment,
   Uv: () => hasMarkInInputs,
   Yw: () => isCompleted,
   Zj: () => listOpenRuns,
   dc: () => judgeRunAfter,
   rz: () => formatChangeKey,
   wX: () => toRunId,
   yb: () => judgeRunBefore
  });
  var _mark_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9210);
  var _text_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7981);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8602);
  const goodWords = new Set([ "succeeded", "successful" ]);
  const badWords = new Set([ "failed", "cancelled" ]);
  const isGoodWord = status => goodWords.has(status);
  const isBadWord = status => badWords.has(status);
  const isCompleted = ({status, completed_at}) => completed_at !== "" && !completed_at.startsWith("0001-") || isGoodWord(status) || isBadWord(status);
  const formatChangeKey = ({status, etag, waiting_for}) => JSON.stringify([ status, etag, Object.entries(waiting_for).toSorted(([a], [b]) => (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_1__.qy)(a, b)) ]);
  const determineRunEnvironment = ({env_ids, inputs}, env) => {
   const named = [ ...env_ids, (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(inputs["env_id"]), (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(inputs["environment"]) ].filter(Boolean);
   if (named.includes(env)) return "this";
   return named.length === 0 ? "unknown" : "other";
  };
  const listOpenRuns = (runs, env) => runs.filter(run => !isCompleted(run) && determineRunEnvironment(run, env) === "this");
  const hasMarkInInputs = ({inputs}, mark) => {
   const left = [ inputs ];
   while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string" && (0, _mark_js__WEBPACK_IMPORTED_MODULE_0__.gB)(value, mark) === "ours") return true;
    for (const each of Object.values((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(value))) left.push(each);
   }
   return false;
  };
  const toRunId = pipeline => pipeline && pipeline.id !== "" && pipeline.run_id !== "" ? {
   pipelineId: pipeline.id,
   runId: pipeline.run_id
  } : undefined;
  const judgeRunBefore = (details, env) => {
   const {run} = details;
   const denied = listApprovals(details, "denied").find(({env_id}) => env_id === env || env_id === "");
   if (isBadWord(run.status) || denied) return {
    kind: "failed",
    failure: findFailure(details)
   };
   if (isCompleted(run)) return {
    kind: "completed"
   };
   const approvals = listApprovals(details, "waiting");
   if (approvals.length > 0) return {
    kind: "waiting_for_approval",
    approvals
   };
   return {
    kind: "going_on",
    place: findPlace(details)
   };
  };
  const maxAfterMs = 6e5;
  const judgeRunAfter = (details, deployment, {env, afterMs}) => {
   const {run} = details;
   if (isCompleted(run)) return judgeEnd(details, deployment);
   const approvals = listApprovals(details, "waiting");
   if (approvals.length > 0) return {
    kind: "good",
    notice: {
     kind: "approval",
     approvals
    }
   };
   const elsewhere = findElsewhere(details, deployment, env);
   if (elsewhere) return {
    kind: "good",
    notice: elsewhere
   };
   const place = findPlace(details);
   if (afterMs >= maxAfterMs) return {
    kind: "good",
    notice: {
     kind: "still_running",
     place
    }
   };
   return {
    kind: "going_on",
    place
   };
  };
  const judgeEnd = (details, deployment) => {
   const {status} = details.run;
   if (isGoodWord(status)) return {
    kind: "good"
   };
   if (isBadWord(status)) return {
    kind: "failed",
    failure: findFailure(details)
   };
   if (!details.jobs) return {
    kind: "good",
    notice: {
     kind: "unreadable",
     status
    }
   };
   const step = findOwnStep(details.jobs, deployment);
   const isGood = step !== undefined && status !== "" && isCompleted(step) && step.status === status;
   return isGood ? {
    kind: "good"
   } : {
    kind: "failed",
    failure: findFailure(details)
   };
  };
  const findOwnStep = (jobs, {id, pipeline}) => jobs.flatMap(({steps}) => steps).find(({deployment_id}) => deployment_id === id) ?? jobs.find(job => job.id === pipeline?.job_id)?.steps.find(({index}) => index !== undefined && index === pipeline?.step_index);
  const findElsewhere = ({jobs = []}, deployment, env) => {
   const endedMs = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.jR)(deployment.status_changed_at) ?? Number.POSITIVE_INFINITY;
   for (const job of jobs) {
    for (const step of job.steps) {
     const {deployment_id, env_id, created_at, name} = step;
     const isElsewhere = deployment_id !== "" && deployment_id !== deployment.id && env_id !== "" && env_id !== env;
     if (!isElsewhere || isCompleted(step) && ((0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.jR)(created_at) ?? 0) < endedMs) continue;
     return {
      kind: "other_environment",
      env: env_id,
      place: {
       job: job.id,
       step: name
      }
     };
    }
   }
   return undefined;
  };
  const listApprovals = ({run, approvals}, status) => approvals.filter(approval => approval.status === status && (approval.run_id === "" || approval.run_id === run.id));
  const findPlace = ({jobs = []}) => {
   const open = jobs.filter(job => !isCompleted(job));
   const job = open.find(({steps}) => steps.length > 0) ?? open[0];
   return {
    job: job?.id ?? "",
    step: job?.steps.find(step => !isCompleted(step))?.name ?? ""
   };
  };
  const findFailure = details => {
   const {run, jobs = []} = details;
   const denied = listApprovals(details, "denied")[0];
   if (denied) return {
    status: run.status,
    job: denied.job_id,
    step: "",
    message: denied.message,
    isDenied: true
   };
   const job = findBad(jobs, run.status);
   const step = job && findBad(job.steps, job.status);
   const message = step?.status_message || job?.status_message || run.status_message;
   return {
    status: run.status,
    job: job?.id ?? "",
    step: step?.name ?? "",
    message,
    isDenied: false
   };
  };
  const findBad = (parts, word) => parts.find(({status}) => status === word && word !== "" && !isGoodWord(word)) ?? parts.find(({status}) => isBadWord(status));
 },
 3168: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   O: () => schedulePolls,
   r: () => determineExpectedEnd
  });
  const historyLimit = 30;
  const weightDecay = .9;
  const widestStep = Math.log(2);
  const priorSpread = .15;
  const minDoubt = .1;
  const minPriceS = .03;
  const denseRequests = 190;
  const hourS = 3600;
  const minGapS = 1;
  const blindGapS = elapsedS => Math.min(30, 5 * 2 ** (elapsedS / 1140));
  const patientGapS = elapsedS => Math.min(120, Math.max(12, .08 * elapsedS));
  const lateGapS = (elapsedS, doubt) => doubt * blindGapS(elapsedS) + (1 - doubt) * Math.max(blindGapS(elapsedS), Math.min(60, .02 * elapsedS));
  const schedulePolls = history => {
   const used = history.filter(({durationMs}) => durationMs > 0).slice(0, historyLimit);
   const nextGapS = used.length === 0 ? blindGapS : planGaps(used);
   return elapsedMs => Math.floor(nextGapS(Math.max(0, elapsedMs) / 1e3) * 1e3);
  };
  const planGaps = history => {
   const doubt = Math.max(minDoubt, 1 / (history.length + 1));
   const kinds = determineKinds(history, 1 - doubt);
   const priceS = determinePriceS(kinds, doubt);
   const chanceOfLater = timeS => kinds.reduce((sum, kind) => sum + kind.share * survival(kind, timeS), 0);
   return elapsedS => {
    const left = chanceOfLater(elapsedS);
    const misled = doubt / (doubt + left);
    const longestS = 1 / ((1 - misled) / patientGapS(elapsedS) + misled / lateGapS(elapsedS, doubt));
    const costS = gapS => gapS * (left - chanceOfLater(elapsedS + gapS)) / (doubt + left);
    return costS(longestS) <= priceS ? longestS : findGapS(costS, priceS, longestS);
   };
  };
  const findGapS = (costS, priceS, longestS) => {
   let [lowS, highS] = [ minGapS, longestS ];
   for (let step = 0; step < 7; step++) {
    const gapS = Math.sqrt(lowS * highS);
    if (costS(gapS) > priceS) highS = gapS; else lowS = gapS;
   }
   return lowS;
  };
  const survival = ({medianS, scale}, timeS) => 1 / (1 + (timeS / medianS) ** (1 / scale));
  const determinePriceS = (kinds, doubt) => {
   const widthS = kinds.reduce((sum, {medianS, scale}) => sum + 2 * medianS * Math.sinh(5 * scale), 0);
   return Math.max(minPriceS, Math.min(hourS, widthS) * Math.log(1 / doubt) / denseRequests ** 2);
  };
  const determineKinds = (history, share) => {
   const points = history.map(({durationMs, succeeded}, index) => ({
    log: Math.log(durationMs / 1e3),
    weight: weightDecay ** index,
    succeeded
   }));
   const total = sumWeights(points);
   return [ true, false ].flatMap(succeeded => splitKinds(points.filter(point => point.succeeded === succeeded))).map(kind => fitKind(kind, share / total));
  };
  const splitKinds = points => {
   const sorted = points.toSorted((a, b) => a.log - b.log);
   const starts = sorted.flatMap(({log}, i) => log - (sorted[i - 1]?.log ?? -Infinity) > widestStep ? [ i ] : []);
   return starts.map((start, i) => sorted.slice(start, starts[i + 1]));
  };
  const fitKind = (points, shareOfWeight) => {
   const weight = sumWeights(points);
   const mean = points.reduce((sum, point) => sum + point.weight * point.log, 0) / weight;
   const size = weight ** 2 / points.reduce((sum, point) => sum + point.weight ** 2, 0);
   const variance = points.reduce((sum, point) => sum + point.weight * (point.log - mean) ** 2, 0) / weight;
   const spread = Math.sqrt((variance + priorSpread ** 2 / size) * (1 + 1 / size));
   return {
    share: weight * shareOfWeight,
    medianS: Math.exp(mean),
    scale: spread * Math.sqrt(3) / Math.PI
   };
  };
  const sumWeights = points => points.reduce((sum, {weight}) => sum + weight, 0);
  const determineExpectedEnd = (elapsedMs, history) => {
   const newest = history.filter(({succeeded, durationMs}) => succeeded && durationMs > 0).slice(0, 8);
   const durations = newest.map(({durationMs}) => durationMs).toSorted((a, b) => a - b);
   const [shortestMs, longestMs] = [ durations[0], durations.at(-1) ];
   if (shortestMs === undefined || longestMs === undefined) return undefined;
   return {
    count: durations.length,
    shortestMs,
    longestMs,
    remainingMs: determineRemaining(elapsedMs, durations)
   };
  };
  const determineRemaining = (elapsedMs, sorted) => {
   const longer = sorted.filter(durationMs => durationMs > elapsedMs);
   const [shortest, median, longest] = [ longer[0], longer[longer.length >> 1], longer.at(-1) ];
   if (shortest === undefined || median === undefined || longest === undefined) return undefined;
   const agree = sorted.length > 1 && longer.length * 4 >= sorted.length && longest <= 3 * shortest;
   return agree ? median - elapsedMs : undefined;
  };
 },
 615: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Tc: () => formatComparison,
   W5: () => formatChangeSummary,
   _I: () => formatChangeBlocks,
   dg: () => formatTableWithin,
   rX: () => formatChangeLines,
   uJ: () => formatImageLines
  });
  var _run_links_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5828);
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6010);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8602);
  var _text_writer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9620);
  var _image_changes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7387);
  const maxLogLines = 10;
  const formatChangeLines = (changes, writer) => {
   const lines = (0, _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.Tf)(changes.slice(0, maxLogLines), writer).map(change => [ nameWorkload(change), formatChangeText(change) ]);
   const more = changes.length - lines.length;
   return [ ...formatColumns(lines), ...more > 0 ? [ `  \u2026 and ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(more, "more change")}` ] : [] ];
  };
  const formatImageLines = (changes, writer) => {
   const isOnly = ({workload}) => changes.filter(other => other.workload === workload).length === 1;
   return formatColumns(changes.map(change => [ isOnly(change) ? change.workload : `${change.workload}/${change.container}`, change.from === change.to ? `${change.to}, unchanged` : (0, 
   _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.UB)({
    from: writer.text(change.from),
    to: writer.text(change.to)
   }) ]));
  };
  const formatColumns = lines => {
   const width = Math.min(40, Math.max(10, ...lines.map(([name]) => name.length + 2)));
   return lines.map(([name, text]) => `  ${name.padEnd(width)}${text}`);
  };
  const nameWorkload = ({workload}) => workload || "shared";
  const formatChangeText = change => {
   const {kind, name, from, to} = change;
   switch (kind) {
   case "workload":
    return change.change;

   case "image":
    return change.change === "changed" ? `image ${(0, _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.UB)(change)}` : `image of ${name} ${change.change}: ${from || to}`;

   case "resource":
    {
     const types = change.change === "changed" ? `${from} \u2192 ${to}` : from || to;
     return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(": ", `resource ${name} ${change.change}`, types);
    }

   case "variable":
   case "other":
    return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", kind === "variable" && "variable", name, change.change);
   }
  };
  const header = [ "changed", "from", "to" ];
  const maxRows = 100;
  const maxNames = 20;
  const maxNameUnits = 200;
  const formatChangeTable = (changes, writer) => {
   if (changes.length === 0) return "";
   const rows = groupByWorkload((0, _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.Tf)(changes, writer)).flatMap(group => listRows(group, writer));
   const more = rows.length - maxRows;
   const table = (0, _text_writer_js__WEBPACK_IMPORTED_MODULE_1__.ku)(header, rows.slice(0, maxRows));
   return more > 0 ? `${table}\n\n\u2026 and ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(more, "more row")}` : table;
  };
  const groupByWorkload = changes => {
   const groups = Map.groupBy(changes, ({workload}) => workload);
   return [ ...groups ].toSorted(([a], [b]) => Number(a === "") - Number(b === "")).map(([, group]) => group);
  };
  const listRows = (group, writer) => {
   const [first] = group;
   const label = first?.workload ? writer.markdown(first.workload, maxNameUnits) : "shared";
   const ofKind = kind => group.filter(change => change.kind === kind);
   const isOnlyImage = ofKind("image").length === 1;
   return [ ...ofKind("workload").map(({change}) => [ label, "", change ]), ...ofKind("image").map(change => {
    const isKnown = isOnlyImage && change.change === "changed";
    const what = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", "image", !isKnown && writer.code(change.name, maxNameUnits));
    return [ `${label} \xb7 ${what}`, ...formatCells(change, (0, _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.o9)(change), writer.code) ];
   }), ...ofKind("resource").map(change => [ `${label} \xb7 ${writer.code(change.name, maxNameUnits)}`, ...formatCells(change, change, writer.markdown) ]), ...listNamesRow(`${label} \xb7 variables`, ofKind("variable"), writer), ...listNamesRow(`${label} \xb7 other`, ofKind("other"), writer) ];
  };
  const formatCells = ({change}, {from, to}, toCell) => change === "changed" ? [ toCell(from), toCell(to) ] : [ toCell(from), (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(", ", toCell(to), change) ];
  const listNamesRow = (label, changes, writer) => {
   if (changes.length === 0) return [];
   const shown = Map.groupBy(changes.slice(0, maxNames), ({change}) => change);
   const parts = [ ...shown ].map(([change, group]) => {
    const names = group.map(({name}) => writer.code(name, maxNameUnits));
    return `${names.join(", ")} ${change}`;
   });
   return [ [ label, "", (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(", ", ...parts, changes.length > maxNames && `${changes.length - maxNames} more`) ] ];
  };
  const formatChangeSummary = (changes, writer) => {
   const whole = changes.filter(({kind}) => kind === "workload");
   const isPart = ({kind, workload}) => (kind === "image" || kind === "variable") && whole.some(change => change.workload === workload);
   const apart = changes.filter(change => !isPart(change));
   const count = (noun, kind, word = "", change) => {
    const found = apart.filter(one => one.kind === kind && (change === undefined || one.change === change));
    return found.length === 0 ? "" : (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", (0, 
    _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(found.length, noun), word);
   };
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" \xb7 ", ...listWorkloadWords(whole, writer), (0, 
   _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.Uh)(apart, writer), count("variable", "variable"), count("resource", "resource", "added", "added"), count("resource", "resource", "removed", "removed"), count("resource", "resource", "of another type", "changed"), count("other change", "other"));
  };
  const maxWorkloads = 5;
  const listWorkloadWords = (workloads, writer) => workloads.length > maxWorkloads ? [ "added", "removed" ].flatMap(word => {
   const found = workloads.filter(({change}) => change === word).length;
   return found === 0 ? [] : [ `${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(found, "workload")} ${word}` ];
  }) : workloads.map(({workload, change}) => `${writer.markdown(workload, maxNameUnits)} ${change}`);
  const maxTable = {
   summary: 3e5,
   comment: 4e4
  };
  const formatChangeBlocks = report => {
   const {changes, images = [], comparison} = report.state;
   return [ (0, _image_changes_js__WEBPACK_IMPORTED_MODULE_2__.mL)(images.filter(image => !changes.some(change => isOf(change, image))), report.writer), formatTableWithin(report, "summary"), comparison ? formatComparison(report, comparison) : "" ].filter(Boolean);
  };
  const isOf = (change, image) => change.kind === "image" && change.workload === image.workload && change.name === image.container;
  const formatTableWithin = ({state, writer}, place) => {
   const table = formatChangeTable(state.changes, writer);
   return (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.Tu)(table) > maxTable[place] ? formatChangeSummary(state.changes, writer) : table;
  };
  const formatComparison = (report, comparison) => {
   const isPlan = report.result.outcome === "planned";
   const {base, unread} = comparison;
   if (unread !== undefined) return `What changed could not be read: ${report.writer.markdown(unread, 300)}.`;
   if (!base) return isPlan ? "There is no successful deployment yet: all of it would be new." : "There was no successful deployment before: all of it is new.";
   const when = isPlan ? formatLatest(report, comparison) : formatWhen(report, comparison, base);
   return `Compared with ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(", ", formatBaseLink(report, comparison, base), when)}.`;
  };
  const formatBaseLink = ({state, writer}, {env}, {id}) => {
   const {request} = state;
   if (!request) return "";
   return writer.link(`\`${writer.shortId(id)}\``, (0, _run_links_js__WEBPACK_IMPORTED_MODULE_4__.Or)({
    ...request,
    ...env && {
     env
    }
   }, id));
  };
  const formatLatest = ({writer}, {env}) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", "the latest successful deployment", env !== undefined && `of ${writer.markdown(env)}`);
  const formatWhen = ({writer, nowMs}, {env}, {created_at}) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", "deployed", env !== undefined && `to ${writer.markdown(env)}`, (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nV)(created_at, nowMs));
 },
 283: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Ed: () => listApiErrors,
   Ei: () => isLongMessage,
   Gr: () => listErrors,
   Jt: () => hasUnreadErrors,
   MW: () => formatUnreadErrors,
   R3: () => noWords,
   Yg: () => formatFirstLine,
   Yz: () => isKnownScope,
   dq: () => formatErrorTables,
   h3: () => formatErrorCount,
   nK: () => formatFirstErrors
  });
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6010);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8602);
  var _text_writer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9620);
  var _request_problems_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5748);
  const listApiErrors = ({errors}) => errors === undefined || errors === "unreadable" ? [] : errors;
  const hasUnreadErrors = ({errors, deployment}) => errors === "unreadable" || errors === undefined && deployment?.status === "failed";
  const formatUnreadErrors = ({errorsFailure}) => `its errors could not be read${errorsFailure ? `: ${(0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_3__.HV)((0, _request_problems_js__WEBPACK_IMPORTED_MODULE_2__.Ic)(errorsFailure).what)}` : ""}`;
  const listErrors = ({state, writer}) => listApiErrors(state).map(error => cleanError(error, writer));
  const cleanError = ({scope, object_id, code, summary, message, error_type}, writer) => ({
   scope: isKnownScope(scope) ? scope : writer.line(scope, 200),
   object_id: writer.line(object_id, 200),
   code: writer.line(code, 100),
   summary: writer.line(summary, 300),
   message: writer.line(message, 10) === "" ? "" : writer.text(message),
   error_type: writer.line(error_type, 100)
  });
  const isKnownScope = scope => scope === "workload" || scope === "environment";
  const noWords = "Humanitec gives no message";
  const groupErrors = errors => {
   const groups = Map.groupBy(errors, error => JSON.stringify(findPlace(error)));
   return [ ...groups ].map(([place, members]) => ({
    ...JSON.parse(place),
    errors: members
   }));
  };
  const findPlace = ({scope, object_id}) => scope === "workload" && object_id !== "" ? {
   kind: "workload",
   name: object_id
  } : {
   kind: "scope",
   name: scope
  };
  const formatErrorCount = errors => {
   const groups = groupErrors(errors);
   const workloads = groups.filter(({kind}) => kind === "workload");
   const isIn = scope => groups.some(({kind, name}) => kind === "scope" && name === scope);
   const places = [ workloads.length > 0 && nameWorkloads(workloads), isIn("environment") && "the environment", workloads.length > 0 && groups.some(({kind, name}) => kind === "scope" && name !== "environment") && "elsewhere" ].filter(place => place !== false);
   const count = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(errors.length, "error");
   return places.length === 0 ? count : `${count} in ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.yZ)(places, "and")}`;
  };
  const nameWorkloads = ([first, ...others]) => first && others.length === 0 ? (0, 
  _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)(first.name, 60) : (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.B4)(others.length + 1, "workload");
  const maxMessage = 300;
  const lineBreak = /[\n\r\u2028\u2029]/;
  const isLongMessage = message => message.length > maxMessage || lineBreak.test(message.trim());
  const formatFirstLine = (message, writer) => {
   const firstLine = message.trim().slice(0, 4 * maxMessage).split(lineBreak, 1)[0] ?? "";
   return `${writer.line(firstLine, maxMessage - 2)} \u2026`.replace("\u2026 \u2026", "\u2026");
  };
  const header = [ "error&nbsp;code", "description", "message" ];
  const maxCell = 300;
  const maxUnfolded = 25;
  const firstFew = 5;
  const formatErrorTables = (report, maxBytes) => {
   const {writer} = report;
   const errors = listErrors(report);
   const isFolded = errors.length > maxUnfolded;
   const sections = isFolded ? [ formatFirstErrors(errors, firstFew, writer), "**All of them, in full:**" ] : [];
   let bytesLeft = maxBytes - (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.Tu)(sections.join("\n\n"));
   let shown = 0;
   for (const group of groupErrors(errors)) {
    bytesLeft -= (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.Tu)(formatFoldedGroup(group, [], writer));
    const entries = takeFitting(group.errors, bytesLeft, writer);
    if (entries.length === 0) break;
    bytesLeft -= entries.reduce((sum, entry) => sum + entry.bytes, 0);
    shown += entries.length;
    sections.push((isFolded ? formatFoldedGroup : formatGroup)(group, entries, writer));
    if (entries.length < group.errors.length) break;
   }
   return {
    markdown: sections.join("\n\n"),
    leftOut: errors.length - shown
   };
  };
  const formatFirstErrors = (errors, count, writer) => {
   const groups = groupErrors(errors);
   const sections = takeFromEach(groups, count).flatMap((shown, index) => {
    const group = groups[index];
    if (!group || shown.length === 0) return [];
    const rows = shown.map(error => formatErrorRow(error, "", writer));
    return [ `${formatGroupTitle(group, rows.length, writer)}\n\n${(0, _text_writer_js__WEBPACK_IMPORTED_MODULE_1__.ku)(header, rows)}` ];
   });
   return sections.join("\n\n");
  };
  const takeFromEach = (groups, count) => {
   let others = Math.max(0, count - groups.length);
   return groups.slice(0, count).map(({errors}) => {
    const shown = errors.slice(0, 1 + others);
    others -= shown.length - 1;
    return shown;
   });
  };
  const takeFitting = (errors, maxBytes, writer) => {
   const entries = [];
   let bytesLeft = maxBytes;
   for (const error of errors) {
    const fold = isLongMessage(error.message) ? formatMessageFold(error, writer) : "";
    const row = formatErrorRow(error, " (in full below)", writer);
    const bytes = (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.Tu)(row.join(" | ") + fold) + "|  |\n\n\n".length;
    if (bytes > bytesLeft) break;
    bytesLeft -= bytes;
    entries.push({
     row,
     fold,
     bytes
    });
   }
   return entries;
  };
  const formatGroup = (group, entries, writer) => `${formatGroupTitle(group, group.errors.length, writer)}\n\n${formatEntries(entries)}`;
  const formatFoldedGroup = (group, entries, writer) => (0, _text_writer_js__WEBPACK_IMPORTED_MODULE_1__.nH)(`<b>${writer.html(nameGroup(group), 100)}</b>${formatSize(group)}`, formatEntries(entries));
  const formatEntries = entries => {
   const table = (0, _text_writer_js__WEBPACK_IMPORTED_MODULE_1__.ku)(header, entries.map(({row}) => row));
   return [ table, ...entries.map(({fold}) => fold) ].filter(Boolean).join("\n\n");
  };
  const formatGroupTitle = (group, shown, writer) => {
   const size = shown < group.errors.length ? ` (${shown} of ${group.errors.length})` : formatSize(group);
   return `**${writer.markdown(nameGroup(group), 100)}**${size}`;
  };
  const nameGroup = ({name}) => name || "other";
  const formatSize = ({errors}) => ` (${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.ZV)(errors.length)})`;
  const formatErrorRow = (error, pointer, writer) => {
   const message = isLongMessage(error.message) ? writer.markdown(formatFirstLine(error.message, writer)) + pointer : writer.markdown(error.message);
   return [ writer.code(error.code, 100), formatWhat(error, writer), message ];
  };
  const formatWhat = (error, writer) => {
   const {summary, scope, object_id, error_type, code, message} = error;
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" \xb7 ", writer.markdown(summary, maxCell), scope !== "workload" && writer.code(object_id, 100), writer.markdown(error_type, 100), !(code || summary || error_type || message) && noWords);
  };
  const formatMessageFold = ({code, summary, message}, writer) => {
   const title = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_3__.nn)(" ", writer.htmlCode(code, 100), writer.html(summary));
   return (0, _text_writer_js__WEBPACK_IMPORTED_MODULE_1__.nH)(`${title || "Error"} \xb7 the message in full`, writer.codeBlock(message));
  };
 },
 9338: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   B_: () => listLate,
   JB: () => formatNotWatched,
   Oc: () => describeFailing,
   V5: () => formatButFailing,
   VH: () => listFailing,
   Zp: () => formatHealthNews,
   bo: () => formatButNotHealthy,
   iz: () => formatNotJudged,
   od: () => formatHealthEvent,
   rc: () => describeContainer,
   sR: () => describeUnhealthy,
   ts: () => listContainers
  });
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8602);
  var _request_problems_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5748);
  const maxNamed = 5;
  const maxNameUnits = 60;
  const maxMessage = 300;
  const isGood = ({state}) => state === "running" || state === "stopped";
  const isWatched = ({state}) => state !== "not_watched";
  const listFailing = ({health}) => health?.workloads.filter(({state}) => state === "failing") ?? [];
  const listLate = ({workloads}) => workloads.filter(workload => isWatched(workload) && !isGood(workload));
  const formatHealthNews = (news, writer) => {
   const more = news.length - maxNamed;
   const shown = news.slice(0, maxNamed).map(each => `${writer.line(each.workload, maxNameUnits)}: ${formatReady(each, writer)}`);
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(" \xb7 ", ...shown, more > 0 && `${more} more`);
  };
  const formatReady = ({ready, wanted, reason}, writer) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(", ", wanted > 0 && `${ready} of ${wanted} ready`, writer.line(reason, maxNameUnits)) || "not ready";
  const formatHealthEvent = (event, writer) => {
   const what = event.error ? `${(0, _request_problems_js__WEBPACK_IMPORTED_MODULE_0__.Ic)(event.error).what} Trying again.` : (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(" \xb7 ", countRunning(event.workloads), formatHealthNews(listLate(event), writer), formatUnseen(event, writer));
   return `  ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.C7)(event.elapsedMs)}  health: ${what}`;
  };
  const formatUnseen = ({workloads}, writer) => {
   const unseen = workloads.filter(workload => !isWatched(workload));
   return unseen.length === 0 || unseen.length === workloads.length ? "" : `no controller seen for ${nameWorkloads(unseen, writer)}`;
  };
  const countRunning = workloads => {
   const watched = workloads.filter(isWatched);
   if (watched.length === 0) return "no workload can be seen yet";
   return `${watched.filter(isGood).length} of ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(watched.length, "workload")} running`;
  };
  const formatButFailing = ({state, writer}) => {
   const failing = listFailing(state);
   const verb = failing.length === 1 ? "is" : "are";
   return failing.length === 0 ? "" : `, but ${nameWorkloads(failing, writer)} ${verb} failing`;
  };
  const formatButNotHealthy = context => {
   const late = context.state.health ? listLate(context.state.health) : [];
   if (listFailing(context.state).length > 0) return formatButFailing(context);
   if (late.length === 0) return ", but is not known to be healthy";
   return `, but ${nameWorkloads(late, context.writer)} ${late.length === 1 ? "is" : "are"} not running yet`;
  };
  const nameWorkloads = (workloads, writer) => workloads.length > 3 ? (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(workloads.length, "workload") : (0, 
  _text_words_js__WEBPACK_IMPORTED_MODULE_1__.yZ)(workloads.map(({workload}) => writer.line(workload, maxNameUnits)), "and");
  const describeContainer = ({container, reason, exitCode, restarts, message}, write, writeMessage = write) => {
   const name = write(container, maxNameUnits);
   const often = `restarted ${restarts === 1 ? "once" : (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(restarts, "time")}`;
   if (reason === "restarted") return `${name} ${often}, running for less than a minute`;
   const facts = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(", ", `${write(reason, maxNameUnits)} in ${name}`, exitCode !== undefined && `exit code ${exitCode}`, restarts > 0 && often);
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(": ", facts, writeMessage(message, maxMessage));
  };
  const maxContainers = 3;
  const listContainers = ({containers}) => {
   const groups = Map.groupBy(containers, ({container, reason}) => JSON.stringify([ container, reason ]));
   const worst = [ ...groups.values() ].flatMap(group => group.toSorted((a, b) => b.restarts - a.restarts).slice(0, 1));
   return worst.slice(0, maxContainers);
  };
  const describeFailing = (workload, writer) => {
   const containers = listContainers(workload).map(each => describeContainer(each, writer.line));
   const {ready, wanted} = workload;
   return containers.length === 0 ? formatReady(workload, writer) : (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(", ", wanted > 0 && `${ready} of ${wanted} ready`, containers.join("; "));
  };
  const describeUnhealthy = (why, context) => {
   switch (why.kind) {
   case "failing":
    return {
     what: `It was deployed, but ${nameWorkloads(why.workloads.map(workload => ({
      workload
     })), context.writer)} failed at every check for 90 s.`,
     remedy: suggestLogs(context.state)
    };

   case "too_late":
    return describeTooLate(why.limit, context);

   case "unreadable":
    {
     const {what, remedy} = (0, _request_problems_js__WEBPACK_IMPORTED_MODULE_0__.Ic)(why.error);
     return {
      what: `It was deployed, but its health could not be read. ${what}`,
      remedy: why.error.status === 403 ? mayNotRead : remedy ?? "Look at its workloads in Humanitec."
     };
    }
   }
  };
  const mayNotRead = "Give the token\u2019s service user a role that may read the environment\u2019s runtime (Viewer at least), or leave out `wait_for: healthy`.";
  const describeTooLate = (limit, context) => {
   const {request, health} = context.state;
   const healthTimeoutMs = request && "healthTimeoutMs" in request ? request.healthTimeoutMs : 0;
   const limitMs = limit === "timeout" ? request?.timeoutMs ?? 0 : healthTimeoutMs;
   const late = health ? formatHealthNews(listLate(health), context.writer) : "";
   const why = late || (health?.workloads.some(isWatched) ? "all are running, but have not been for 30 s yet" : "no workload can be seen");
   return {
    what: `It was deployed, but did not become healthy within the ${limit} of ${(0, 
    _text_words_js__WEBPACK_IMPORTED_MODULE_1__.a3)(limitMs)}: ${why}.`,
    remedy: `${suggestLogs(context.state)} If it just starts slowly, set a longer ${limit}.`
   };
  };
  const suggestLogs = ({request}) => request && "logLines" in request && request.logLines === 0 ? "Look at the logs of its containers: `log_lines: 50` shows their last lines here." : "Look at the logs of its containers.";
  const formatNotJudged = state => {
   const {health} = state;
   if (!health || !isAsked(state)) return "";
   if (health.notJudged === "newer_deployment") return "Its health was not checked: a newer deployment has started, and what runs now belongs to that one.";
   if (health.notJudged === "nothing_watched") return "Its health is not known: Humanitec shows no controller for any of its workloads, as with GitOps.";
   return "";
  };
  const isAsked = ({request}) => request !== undefined && "waitFor" in request && request.waitFor === "healthy";
  const formatNotWatched = ({state, writer}) => {
   const {health} = state;
   if (!health || health.notJudged || !isAsked(state)) return "";
   const unwatched = health.workloads.filter(workload => !isWatched(workload));
   return unwatched.length === 0 ? "" : `Humanitec shows no controller for ${nameWorkloads(unwatched, writer)}: whether ${unwatched.length === 1 ? "it runs" : "they run"} is not known.`;
  };
 },
 7387: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Tf: () => redactChanges,
   UB: () => formatImageText,
   Uh: () => formatChangedImages,
   mL: () => formatImagesLine,
   o9: () => shortenImages
  });
  var _text_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8602);
  const maxNameUnits = 200;
  const redactChanges = (changes, writer) => changes.map(change => ({
   ...change,
   workload: writer.text(change.workload),
   name: writer.text(change.name),
   from: writer.text(change.from),
   to: writer.text(change.to)
  }));
  const formatImageText = ({from, to}) => {
   if (from === "") return to;
   const repository = repositoryOf(from);
   const isSame = repository === repositoryOf(to) && to.charAt(repository.length) === from.charAt(repository.length);
   return `${from} \u2192 ${isSame && to.length > repository.length + 1 ? to.slice(repository.length + 1) : to}`;
  };
  const repositoryOf = image => image.replace(/@.*$/s, "").replace(/:[^:/]*$/, "");
  const shortenImages = ({from, to}) => {
   const short = {
    from: shortenImage(from),
    to: shortenImage(to)
   };
   if (from === "" || to === "") return short;
   return short.from === short.to || repositoryOf(from) !== repositoryOf(to) ? {
    from,
    to
   } : short;
  };
  const shortenImage = image => image.slice(image.lastIndexOf("/") + 1).replace(/(?<![0-9a-f])([0-9a-f]{7})[0-9a-f]{25,}(?![0-9a-f])/g, "$1");
  const formatImagesLine = (images, writer) => {
   const changes = images.map(({workload, container, from, to}) => {
    const change = from === "" ? "added" : "changed";
    return {
     workload,
     kind: "image",
     name: container,
     change,
     from,
     to
    };
   });
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_0__.nn)(" \xb7 ", ...listImages(redactChanges(changes, writer), writer));
  };
  const maxImages = 5;
  const formatChangedImages = (changes, writer) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_0__.nn)(" \xb7 ", ...listImages(redactChanges(changes, writer).filter(({kind}) => kind === "image"), writer));
  const listImages = (images, writer) => {
   const more = images.length - maxImages;
   return [ ...images.slice(0, maxImages).map(image => formatImage(image, images, writer)), ...more > 0 ? [ (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_0__.B4)(more, "more image") ] : [] ];
  };
  const formatImage = (image, images, writer) => {
   const isOnly = images.filter(({workload}) => workload === image.workload).length === 1;
   const name = writer.markdown(`${isOnly ? image.workload : `${image.workload}/${image.name}`}:`, maxNameUnits);
   const {from, to} = shortenImages(image);
   if (image.from === image.to) return `${name} ${writer.code(shortenImage(image.to))}, unchanged`;
   return image.change === "changed" ? `${name} ${writer.code(from)} \u2192 ${writer.code(to)}` : `${name} ${writer.code(from || to)} ${image.change}`;
  };
 },
 3064: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   AH: () => formatOutputs
  });
  var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6659);
  var _run_links_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5828);
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6010);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8602);
  var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(283);
  const outputNames = null && [ "deployment_id", "deployment_url", "delta_id", "pipeline_run", "pipeline_run_url", "status", "outcome", "set_id", "from_id", "created_at", "finished_at", "duration_seconds", "errors", "error_count", "health", "changes", "environment_url", "environment_urls", "environment_created", "deleted_environments" ];
  const maxArrayUnits = 3e4;
  const formatOutputs = (state, writer, result) => ({
   ...formatDeploymentOutputs(state, writer),
   outcome: result?.outcome ?? "",
   ...formatErrorOutputs(state, writer),
   health: state.health?.overall ?? "",
   changes: formatChangesOutput(state.changes, writer),
   environment_url: writer.output(state.environmentUrls[0] ?? ""),
   environment_urls: JSON.stringify(state.environmentUrls.map(writer.output)),
   environment_created: String(state.environmentCreated),
   deleted_environments: JSON.stringify(state.deletedEnvironments)
  });
  const formatPipelineOutputs = (request, run) => ({
   pipeline_run: run ? `${run.pipelineId}/${run.runId}` : "",
   pipeline_run_url: run && request ? (0, _run_links_js__WEBPACK_IMPORTED_MODULE_3__._x)(request, run) : ""
  });
  const formatDeploymentOutputs = ({deployment, request, deltaId = "", pipelineRun}, writer) => ({
   deployment_id: writer.output(deployment?.id ?? ""),
   deployment_url: deployment && request ? (0, _run_links_js__WEBPACK_IMPORTED_MODULE_3__.Or)(request, writer.output(deployment.id)) : "",
   delta_id: writer.output(deltaId || (request?.operation === "deploy" ? request.deltaId ?? "" : "") || (deployment?.delta_id ?? "")),
   ...formatPipelineOutputs(request, pipelineRun),
   status: formatStatus(deployment?.status ?? "", writer),
   set_id: writer.output(deployment?.set_id ?? ""),
   from_id: writer.output(deployment?.from_id ?? ""),
   created_at: formatTime(deployment?.created_at ?? "", writer),
   finished_at: deployment && (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.dR)(deployment) ? formatTime(deployment.status_changed_at, writer) : "",
   duration_seconds: formatSeconds(deployment)
  });
  const formatStatus = (status, writer) => (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.ih)(status) ? status : writer.output(status);
  const formatTime = (time, writer) => (0, _text_words_js__WEBPACK_IMPORTED_MODULE_4__.jR)(time) === undefined ? writer.output(time) : time;
  const formatSeconds = deployment => {
   const durationMs = deployment && (0, _deployments_js__WEBPACK_IMPORTED_MODULE_0__.wq)(deployment);
   return durationMs === undefined ? "" : String(Math.round(durationMs / 1e3));
  };
  const formatErrorOutputs = (state, writer) => {
   const known = (0, _errors_js__WEBPACK_IMPORTED_MODULE_2__.Ed)(state);
   return {
    errors: formatErrors(known, writer),
    error_count: (0, _errors_js__WEBPACK_IMPORTED_MODULE_2__.Jt)(state) ? "" : String(known.length)
   };
  };
  const formatErrors = (errors, writer) => formatArray(errors, error => formatError(error, writer));
  const formatArray = (items, formatItem) => {
   const elements = [];
   let length = "[]".length - ",".length;
   for (const item of items) {
    const element = formatItem(item);
    length += element.length + ",".length;
    if (length > maxArrayUnits) break;
    elements.push(element);
   }
   return `[${elements.join(",")}]`;
  };
  const formatError = (error, writer) => {
   const fields = {
    scope: (0, _errors_js__WEBPACK_IMPORTED_MODULE_2__.Yz)(error.scope) ? error.scope : writer.text(error.scope),
    object_id: writer.text(error.object_id),
    code: writer.text(error.code),
    summary: writer.text(error.summary),
    message: writer.text(error.message),
    error_type: writer.text(error.error_type)
   };
   const element = JSON.stringify(fields);
   if (element.length <= maxArrayUnits - "[]".length) return element;
   const shortened = Object.entries(fields).map(([name, text]) => [ name, (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_1__.IN)(text, name === "message" ? 4e3 : 100) ]);
   return JSON.stringify(Object.fromEntries(shortened));
  };
  const formatChangesOutput = (changes, writer) => formatArray(changes, change => formatChange(change, writer));
  const formatChange = ({workload, kind, name, change, from, to}, {text}) => {
   const fields = {
    workload: text(workload),
    kind,
    name: text(name),
    change,
    from: text(from),
    to: text(to)
   };
   const element = JSON.stringify(fields);
   if (element.length < 4e3) return element;
   return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([field, value]) => [ field, (0, 
   _text_clean_js__WEBPACK_IMPORTED_MODULE_1__.IN)(value, 500) ])));
  };
 },
 3975: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $$: () => formatAwaited,
   F_: () => describeRunReason,
   dE: () => formatPlace,
   fl: () => formatApprovalNotice,
   jx: () => formatRunEvent,
   q7: () => formatApprovals,
   v_: () => describePipelineEnd,
   yg: () => formatRunUrl
  });
  var _run_links_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5828);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8602);
  var _request_problems_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5748);
  const describeRunReason = (reason, request) => {
   const runUrl = (0, _run_links_js__WEBPACK_IMPORTED_MODULE_1__._x)(request, reason.run);
   switch (reason.kind) {
   case "run_failed":
    return {
     ...describeRunFailed(reason.failure),
     runUrl
    };

   case "run_without_deployment":
    return {
     cause: "the pipeline started no deployment",
     what: `The pipeline run completed (${reason.status || "without a status"}) without a deployment to ${request.env}.`,
     remedy: "Look at the run.",
     runUrl
    };

   case "run_elsewhere":
    return {
     cause: `the run doesn\u2019t concern ${request.env}`,
     what: `The pipeline run ${formatRunId(reason.run)} doesn\u2019t concern the environment ${request.env}.`,
     remedy: "Check env and pipeline_run.",
     runUrl
    };
   }
  };
  const formatRunId = ({pipelineId, runId}) => `${pipelineId}/${runId}`;
  const describeRunFailed = failure => {
   const {status, message, isDenied} = failure;
   const said = message && `: ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.HV)(message)}`;
   return isDenied ? {
    cause: "the approval was denied",
    what: (0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.Re)(`The approval that the pipeline run waited for was denied${said}`),
    remedy: "Look at the run, which shows who denied it."
   } : {
    cause: status === "cancelled" ? "the pipeline run was cancelled" : "the pipeline run failed",
    what: `The pipeline run ended with \u201c${status}\u201d${formatPlace(failure)}${said}.`,
    remedy: "Look at the steps of the run."
   };
  };
  const formatPlace = ({job, step}) => {
   const place = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(", ", job && `job ${job}`, step && `step ${step}`);
   return place && ` in ${place}`;
  };
  const formatApprovals = approvals => approvals.map(formatApproval).join("; ");
  const formatApproval = ({message, env_id, job_id}) => {
   const what = (0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.HV)(message) || `job ${job_id}`;
   const who = env_id ? `anyone who may deploy to ${env_id} may approve (the role Deployer for its type)` : "anyone with the role Deployer for the environment\u2019s type may approve";
   return `\u201c${what}\u201d; ${who}`;
  };
  const formatAwaited = ({approvals}) => approvals.length > 0 ? ` It waits for an approval: ${formatApprovals(approvals)}.` : "";
  const formatRunUrl = ({request, pipelineRun}) => request && pipelineRun ? (0, _run_links_js__WEBPACK_IMPORTED_MODULE_1__._x)(request, pipelineRun) : "";
  const formatApprovalNotice = ({place, run, approval}) => ({
   title: `Waiting for an approval in ${place.env}`,
   message: `${formatApprovals([ approval ])}. ${(0, _run_links_js__WEBPACK_IMPORTED_MODULE_1__._x)(place, run)}`
  });
  const formatRunEvent = event => {
   switch (event.kind) {
   case "following_run":
    {
     const what = event.isAfter ? "The deployment succeeded; its pipeline run goes on" : "Following the pipeline run";
     return `${what}   ${(0, _run_links_js__WEBPACK_IMPORTED_MODULE_1__._x)(event.place, event.run)}`;
    }

   case "approval":
    return `The pipeline run is waiting for an approval: ${formatApprovals([ event.approval ])}   ${(0, 
    _run_links_js__WEBPACK_IMPORTED_MODULE_1__._x)(event.place, event.run)}`;

   case "run_status":
    return formatRunStatus(event);
   }
  };
  const formatRunStatus = ({elapsedMs, status, job = "", step = "", approvals, error}) => {
   const isWaiting = approvals.length > 0;
   const what = isWaiting ? `waiting for an approval: ${formatApprovals(approvals)}` : `pipeline run ${status}${formatPlace({
    job,
    step
   })}`;
   return `  ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.C7)(elapsedMs)}  ${error ? `${(0, 
   _request_problems_js__WEBPACK_IMPORTED_MODULE_0__.Ic)(error).what} Trying again.` : what}`;
  };
  const describePipelineEnd = (what, state) => ({
   what: `${what}; the pipeline run goes on in Humanitec, without a deployment so far.${formatAwaited(state)}`,
   remedy: "Follow it in Humanitec, where it can also be cancelled, or in a later job with `operation: wait` and pipeline_run.",
   runUrl: formatRunUrl(state)
  });
 },
 5748: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Ic: () => describeFailure,
   wb: () => describeGitHubEnd,
   Po: () => describeGitHubFailure,
   XY: () => describeNoConnection,
   Vk: () => formatTrouble
  });
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __nccwpck_require__(1331);
  // EXTERNAL MODULE: ./lib/core/text/clean.js
    var clean = __nccwpck_require__(6010);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __nccwpck_require__(8602);
  // CONCATENATED MODULE: ./lib/core/report/network-problems.js
  const lookBetween = "Look at what is between the runner and Humanitec, such as a proxy, a firewall or an ingress.";
  const unknownReach = {
   host: "The server",
   setting: "the address",
   extraCaFile: ""
  };
  const describeNetworkFailure = failure => {
   const {reach = unknownReach, kind, proxyStatus} = failure;
   if (proxyStatus === 407) return describeCredentials(reach);
   if (proxyStatus !== undefined) return describeTunnel(reach, `made no connection to ${reach.host}: it answered ${proxyStatus}`);
   if (kind === "untrusted") return describeCertificate(failure, reach);
   if (kind === "lost") return describeLoss(failure, reach);
   return describeUnsent(failure, reach);
  };
  const nameProxy = ({proxy}) => proxy ? `The proxy ${proxy.address} (${proxy.variableName})` : "The proxy";
  const nameVariable = ({proxy}) => proxy?.variableName ?? "https_proxy";
  const adviseBypass = ({host}) => `If the runner may reach ${host} without a proxy, add ${host.replace(/:\d+$/, "")} to no_proxy.`;
  const encodings = "(% as %25, # as %23, / as %2F, ? as %3F, \\ as %5C)";
  const describeCredentials = reach => ({
   what: `${nameProxy(reach)} ${reach.proxy?.hasCredentials ? "refused the user name or the password" : "requires a user name and a password"} (407).`,
   remedy: `Write them as user:password@ before the host in ${nameVariable(reach)}, special characters percent-encoded ${encodings}.`,
   namesSetting: true
  });
  const describeTunnel = (reach, what) => ({
   what: `${nameProxy(reach)} ${what}.`,
   remedy: `Allow ${reach.host} on the proxy. ${adviseBypass(reach)}`,
   namesSetting: true
  });
  const describeUnsent = (failure, reach) => {
   const {code = "", phase, detail} = failure;
   const reason = `${reasons[code] ?? "could not be reached"}${code && ` (${code})`}`;
   if (code === "ERR_PROXY_TUNNEL") return describeTunnel(reach, `closed the connection before it had connected to ${reach.host}`);
   if (reach.proxy && phase === "connect" && code === "ETIMEDOUT") return describeTunnel(reach, `made no connection to ${reach.host} in time`);
   if (reach.proxy && phase !== "connect") {
    return {
     what: `${nameProxy(reach)} ${reason}.`,
     remedy: `Check its address in ${nameVariable(reach)}, and that it runs. ${adviseBypass(reach)}`,
     namesSetting: true
    };
   }
   return isTlsFailure(code, detail) ? describeHandshake(code, reach) : describeHost(reason, reach);
  };
  const describeHost = (reason, {host, setting, proxy, bypass}) => {
   if (bypass) {
    return {
     what: `${host} ${reason}. The proxy was not used, because ${bypass.variableName} contains ${bypass.entry}.`,
     remedy: (0, words.nn)("", "Check that entry", setting && `, and ${setting}`, "."),
     namesSetting: true
    };
   }
   return {
    what: `${host} ${reason}.`,
    remedy: proxy ? `Check ${setting && `${setting}, and `}what the proxy of ${proxy.variableName} lets through.` : `Check ${setting && `${setting}, and `}that the runner may reach it. Behind a proxy, set https_proxy.`,
    namesSetting: true
   };
  };
  const isTlsFailure = (code, detail) => code === "EPROTO" || code.startsWith("ERR_SSL") || detail.includes("secure TLS connection");
  const describeHandshake = (code, {host, setting}) => ({
   what: `No TLS connection was possible to ${host} (${code}).`,
   remedy: `Check ${setting && `host and port in ${setting}, and `}what is between the runner and the host, such as a firewall. Behind a proxy, set https_proxy.`,
   namesSetting: true
  });
  const reasons = {
   EAI_AGAIN: "could not be resolved for now",
   ECONNREFUSED: "refused the connection",
   ECONNRESET: "cut the connection",
   ENOTFOUND: "could not be resolved",
   ETIMEDOUT: "didn\u2019t answer in time",
   UND_ERR_CONNECT_TIMEOUT: "didn\u2019t answer in time"
  };
  const describeLoss = ({code = "", detail}, {host, proxy}) => ({
   what: `${host}${proxy ? `, asked through the proxy ${proxy.address},` : ""} gave no complete answer: ${(0, 
   words.nn)(" ", detail, code && `(${code})`)}.`,
   remedy: "Re-run the job; if it happens again, look at what is between the runner and the host."
  });
  const describeCertificate = ({code = "", phase}, reach) => {
   const ofProxy = phase === "proxy";
   const what = `The certificate of ${ofProxy ? `the proxy ${reach.proxy?.address}` : reach.host}`;
   if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    const validity = code === "CERT_HAS_EXPIRED" ? "has expired" : "isn\u2019t valid yet";
    return {
     what: `${what} ${validity} (${code}).`,
     remedy: "Check the runner\u2019s clock, or have the certificate renewed."
    };
   }
   if (code.startsWith("ERR_TLS_CERT_ALTNAME") || code === "HOSTNAME_MISMATCH") {
    const setting = ofProxy ? nameVariable(reach) : reach.setting;
    const remedy = setting ? `Check ${setting}: the certificate must be for the host name there.` : lookBetween;
    return {
     what: `${what} is for another host name (${code}).`,
     remedy,
     namesSetting: true
    };
   }
   const signer = signers[code] ?? "isn\u2019t trusted";
   return {
    what: `${what} ${signer} (${code}).`,
    remedy: adviseAuthority(reach),
    namesSetting: true
   };
  };
  const unknownAuthority = "is signed by an authority that Node doesn\u2019t trust";
  const signers = {
   DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed",
   SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
   UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
   UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
   UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority
  };
  const adviseAuthority = ({extraCaFile}) => extraCaFile ? `NODE_EXTRA_CA_CERTS names ${extraCaFile}, but it doesn\u2019t hold that authority\u2019s certificate, or can\u2019t be read by the runner.` : "A proxy that inspects TLS uses such certificates. Under the step\u2019s env, name the file with its authority\u2019s certificate (PEM) " + "in NODE_EXTRA_CA_CERTS, or set NODE_USE_SYSTEM_CA to 1 when the runner\u2019s system trusts it.";
  const describeInvalidRoute = ({variableName, oldNode}) => oldNode === undefined ? describeNoProxy(variableName) : describeOldNode(variableName, oldNode);
  const describeNoProxy = variableName => ({
   cause: `${variableName} isn\u2019t the address of a proxy`,
   what: `${variableName} isn\u2019t the address of a proxy that can be used.`,
   remedy: "It takes http://host:port or https://host:port, with user:password@ before the host where needed, " + `special characters in them percent-encoded ${encodings}.`
  });
  const describeOldNode = (variableName, nodeVersion) => ({
   cause: "this runner\u2019s Node can\u2019t go through a proxy",
   what: `${variableName} is set, but Node ${nodeVersion}, which comes with this runner, can\u2019t go through a proxy by itself (24.5 can).`,
   remedy: "Update the runner, or add this line under the step\u2019s env: NODE_USE_ENV_PROXY: 1"
  });
  // CONCATENATED MODULE: ./lib/core/report/request-problems.js
  const whetherRemoved = "whether something between the runner and Humanitec removes the header Authorization";
  const advice = {
   401: {
    meaning: "Humanitec says that it received no token",
    remedy: `The step sent one: check api_url, and ${whetherRemoved}.`,
    namesSetting: true
   },
   403: {
    meaning: "Humanitec refused the token",
    remedy: "Check the token: it may be wrong, expired, or its role too low. Its service user needs the role Developer in the application, and Deployer for the environment\u2019s type."
   },
   404: {
    meaning: "Humanitec found nothing there",
    remedy: "Check org, app, env and the ids."
   },
   407: {
    meaning: "A proxy on the way to Humanitec asks for a user name and a password",
    remedy: "Write them into https_proxy: http://user:password@host:port."
   },
   408: {
    meaning: "Humanitec did not get the whole request in time",
    remedy: "Re-run the job."
   },
   409: {
    meaning: "Humanitec says that another deployment is active",
    remedy: "Wait for its end, or set `on_conflict: wait`."
   },
   422: {
    meaning: "Humanitec could not use the request",
    remedy: "Check the ids and the mode."
   },
   500: {
    meaning: "Humanitec reported an error of its own",
    remedy: "Re-run the job; if it happens again, report it to Humanitec\u2019s support."
   },
   429: {
    meaning: "Humanitec is rate-limiting this token",
    remedy: "Re-run the job later, and run fewer jobs at the same time."
   }
  };
  const refusedBase = {
   meaning: "Humanitec refused the base",
   remedy: "Check from_deploy_id: it must be the whole id of a deployment. The job summary of that deployment\u2019s run shows it under Details."
  };
  const refusedStart = {
   meaning: "Humanitec refused the request",
   remedy: "Check that the Delta exists in this application and fits the environment."
  };
  const refusal = {
   meaning: "Humanitec refused the request",
   remedy: "Check the inputs."
  };
  const outage = {
   meaning: "Humanitec is unavailable",
   remedy: "Re-run the job when Humanitec is available again."
  };
  const unknownSet = {
   meaning: "Humanitec has no such Set",
   remedy: "Check set_id, if it is set, and that the Set belongs to this application."
  };
  const operationAdvice = {
   startDeployment: {
    400: refusedStart
   },
   createDelta: {
    400: {
     meaning: "Humanitec refused to create the Delta",
     remedy: "Check the inputs that it is created from."
    }
   },
   getDelta: {
    404: {
     meaning: "Humanitec has no such Delta",
     remedy: "Check delta_id, and that it belongs to this application."
    }
   },
   getSet: {
    404: unknownSet
   },
   diffSets: {
    404: unknownSet
   },
   applyDelta: {
    400: {
     meaning: "Humanitec says that the Delta doesn\u2019t fit the base",
     remedy: "Create it again from the environment\u2019s current state."
    },
    404: unknownSet
   },
   putBase: {
    400: refusedBase,
    404: refusedBase
   }
  };
  const findAdvice = (status, operation) => (operation === undefined ? undefined : operationAdvice[operation]?.[status]) ?? advice[status] ?? (status >= 500 ? outage : refusal);
  const describeFailure = (failure, hasDefaultApi = false) => {
   const {reach = humanitec} = failure;
   const isCertain = hasDefaultApi && reach.setting === humanitec.setting;
   const problem = describeSingleTry(isCertain ? {
    ...failure,
    reach: {
     ...reach,
     setting: ""
    }
   } : failure);
   const what = (0, words.nn)(" ", problem.what, formatAttempts(failure));
   return {
    ...problem,
    what,
    ...hasDefaultApi && withoutApiUrl(failure)
   };
  };
  const formatAttempts = ({attempts}) => attempts && attempts.count > 1 ? `Tried ${attempts.count} times in ${(0, 
  words.a3)(attempts.overMs)}.` : "";
  const withoutApiUrl = ({kind, status = 0}) => {
   if (kind === "answered" && status === 401) return {
    remedy: `The step sent one: check ${whetherRemoved}.`
   };
   const cause = "the answer was not Humanitec\u2019s";
   if (kind === "answered" && isRedirect(status)) return {
    cause,
    remedy: `${lookBetween} If your API has another address, set api_url.`
   };
   return kind === "unreadable" ? {
    cause,
    remedy: lookBetween
   } : {};
  };
  const describeSingleTry = failure => {
   const {kind, status = 0, request, operation, redirectHost} = failure;
   const detail = (0, clean.Tb)(failure.detail);
   if (kind === "unreadable") {
    return {
     cause: "the answer was not Humanitec\u2019s",
     what: `The answer to ${request} could not be used: ${detail || "it is not what the API documents"}.`,
     remedy: "Check that api_url leads to Humanitec\u2019s API, and that nothing on the way changes its answers.",
     namesSetting: true
    };
   }
   if (kind !== "answered") return {
    cause: "Humanitec could not be reached",
    ...describeNetworkFailure({
     reach: humanitec,
     ...failure
    })
   };
   if (isRedirect(status)) {
    return {
     cause: "api_url leads elsewhere",
     what: `${request} was answered with a redirect (${status})${redirectHost ? ` to ${redirectHost}` : ""}, which is never followed.`,
     remedy: "Check api_url: it must be the API\u2019s own address.",
     namesSetting: true
    };
   }
   if (failure.intermediary) {
    return {
     cause: `the answer was not Humanitec\u2019s (${status})`,
     what: `The ${status} at ${request} is not Humanitec\u2019s answer: \u201c${failure.intermediary.title}\u201d.`,
     remedy: lookBetween
    };
   }
   const {meaning, ...others} = findAdvice(status, operation);
   return {
    cause: `${meaning} (${status})`,
    what: (0, words.Re)(`${meaning} (${status}) at ${request}${detail && `: ${detail}`}`),
    ...others
   };
  };
  const humanitec = {
   host: "Humanitec",
   setting: "api_url",
   extraCaFile: ""
  };
  const formatTrouble = lastFailure => {
   if (!lastFailure) return "";
   const {what, remedy} = describeFailure(lastFailure);
   return ` The last error: ${(0, words.nn)(" ", what, isRedirect(lastFailure.status) && remedy)}`;
  };
  const isRedirect = (status = 0) => status >= 300 && status < 400;
  const describeNoConnection = why => why.kind === "invalid" ? describeInvalidRoute(why) : describeNoGitHubToken();
  const describeNoGitHubToken = () => ({
   cause: "there is no github_token",
   what: "There is no github_token.",
   remedy: "Leave the input out to use the workflow\u2019s own."
  });
  const describeGitHubFailure = failure => {
   switch (failure.kind) {
   case "request":
    return describeGitHubRequestFailure(failure.error, failure.permission);

   case "no_connection":
    return describeNoConnection(failure.why);

   case "internal_error":
    return {
     what: failure.message
    };
   }
  };
  const describeGitHubEnd = failure => {
   const problem = describeGitHubFailure(failure);
   const remedy = problem.remedy ?? (failure.kind === "request" ? adviseRerun(failure.error) : undefined);
   return {
    ...problem,
    ...remedy !== undefined && {
     remedy
    }
   };
  };
  const adviseRerun = failure => {
   if (failure.kind === "lost") return describeNetworkFailure(failure).remedy;
   if ((0, retry_policy.G7)(failure) === "stop") return undefined;
   const {retryAfterMs} = failure;
   return `Re-run the job ${retryAfterMs === undefined ? "later" : `in ${(0, words.a3)(retryAfterMs)}`}.`;
  };
  const describeGitHubRequestFailure = (failure, permission) => {
   const {kind, status = 0, request, detail} = failure;
   if (kind === "unreadable") return {
    what: (0, words.Re)(`GitHub\u2019s answer to ${request} could not be used: ${detail}`)
   };
   if (kind === "lost") return {
    what: describeNetworkFailure(failure).what
   };
   if (kind !== "answered") return describeNetworkFailure(failure);
   const said = `${status === 200 ? "" : `(${status}) `}at ${request}${detail && `: ${detail}`}`;
   if (status === 401) return {
    what: (0, words.Re)(`GitHub refused the token ${said}`),
    remedy: "Check github_token."
   };
   if ((0, retry_policy.a5)(failure)) return {
    what: (0, words.Re)(`GitHub is rate-limiting the requests ${formatLimit(failure)}${said}`)
   };
   if ((0, retry_policy.G7)(failure) === "again") return {
    what: (0, words.Re)(`GitHub returned an error ${said}`)
   };
   const remedy = findRemedy(failure, permission);
   const what = (0, words.Re)(`GitHub ${verdicts[status] ?? "refused the request"} ${said}`);
   return {
    what,
    ...remedy !== undefined && {
     remedy
    }
   };
  };
  const verdicts = {
   403: "doesn\u2019t allow the request",
   404: "found nothing"
  };
  const formatLimit = ({retryAfterMs}) => retryAfterMs === undefined ? "" : `for ${(0, 
  words.a3)(retryAfterMs)} `;
  const useWorkflows = "leave github_token out to use the workflow\u2019s own";
  const adviseGrant = permission => `Add to the job\u2019s permissions: ${permission}. If the job has no permissions block yet, add what its other steps need, too, such as contents: read.`;
  const findRemedy = ({status, detail}, permission) => {
   if (detail.includes(retry_policy.Up)) return adviseGrant(permission);
   if (/not accessible by personal access token|required scopes/i.test(detail)) return `Give the personal access token the permission for it (${permission}), or ${useWorkflows}.`;
   if (/\bSAML\b/.test(detail)) return `Authorize the token for the organization\u2019s single sign-on, or ${useWorkflows}.`;
   if (/IP allow list/i.test(detail)) return "Add the runner\u2019s address to the organization\u2019s IP allow list, or use a runner whose address is on it.";
   if (/\barchived\b/i.test(detail)) return "Unarchive the repository.";
   if (/\blocked\b/i.test(detail)) return "Unlock the conversation of the pull request.";
   return status === 404 ? "Check github_token: it may lack permission to see or change this." : undefined;
  };
 },
 6e3: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   ER: () => toBody,
   GV: () => summarizeBody,
   HR: () => isErrorBody,
   a2: () => describeRefusal
  });
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6010);
  var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7981);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8602);
  const maxText = 65536;
  const maxTitle = 500;
  const maxMore = 2e4;
  const toBody = (text, parsed) => parsed === undefined && text.trim() !== "" ? {
   body: undefined,
   text: text.slice(0, maxText)
  } : {
   body: parsed
  };
  const describeRefusal = (status, path, answer) => {
   const detail = summarizeBody(answer);
   const {details} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(answer.body);
   const more = details == null ? "" : (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.IB)(details, 2);
   return {
    detail,
    ...isFromIntermediary(status, path, answer) && {
     intermediary: {
      title: detail || "an empty answer"
     }
    },
    ...more && {
     more: shortenAtBlank(more, maxMore)
    }
   };
  };
  const summarizeBody = ({body, text = ""}) => {
   if (text !== "") return shortenAtBlank(findTitle(text), maxTitle);
   if (typeof body === "string") return body;
   const {error, message} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(body);
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_2__.nn)(": ", (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.IB)(error), (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.IB)(message));
  };
  const isErrorBody = body => {
   const {error, message} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(body);
   return typeof error === "string" && typeof message === "string";
  };
  const isFromIntermediary = (status, path, {body, text}) => {
   if (status < 400 || status > 499 || sameFromAnybody.has(status) || isErrorBody(body)) return false;
   if (/^orgs\/[^/]+\/apps\/[^/]+\/(deltas|sets)(\/|\?|$)/.test(path)) return typeof body !== "string";
   if (/^orgs\/[^/]+\/apps\/[^/]+\/envs\/[^/]+\/(runtime|logs)(\?|$)/.test(path)) return (body ?? text) !== undefined;
   return true;
  };
  const sameFromAnybody = new Set([ 407, 408, 429 ]);
  const findTitle = text => {
   const title = (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_0__.DV)(text);
   return title === undefined ? findFirstLine(text) : title || "a page without a title";
  };
  const findFirstLine = text => text.trimStart().split(/[\n\r]/, 1)[0] ?? "";
  const shortenAtBlank = (text, maxUnits) => {
   if (text.length <= maxUnits) return text;
   const end = text.slice(0, maxUnits).search(/\s\S*$/);
   return end < 0 ? "\u2026" : `${text.slice(0, end)} \u2026`;
  };
 },
 7679: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   S7: () => parseCheckpoint,
   TD: () => withRebase,
   Yq: () => withRun,
   gm: () => findRebase,
   n_: () => withStart,
   pM: () => withoutStart,
   vb: () => withAttached,
   wP: () => formatCheckpoint,
   yb: () => withStarted
  });
  var _deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6659);
  var _text_clean_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6010);
  var _text_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7981);
  const withRebase = (phase, rebase) => {
   if (phase?.kind === "starting") return {
    kind: "starting",
    start: phase.start,
    ...rebase && {
     rebase
    }
   };
   if (phase?.kind === "following" || phase?.kind === "following_run") {
    const {rebase: _, ...following} = phase;
    return {
     ...following,
     ...rebase && {
      rebase
     }
    };
   }
   if (rebase) return {
    kind: "rebasing",
    rebase
   };
   return phase?.kind === "rebasing" ? undefined : phase;
  };
  const withStart = (phase, start) => {
   const rebase = findRebase(phase);
   return {
    kind: "starting",
    start,
    ...rebase && {
     rebase
    }
   };
  };
  const withRun = (phase, run) => {
   const rebase = findRebase(phase);
   return {
    kind: "following_run",
    run,
    ...rebase && {
     rebase
    }
   };
  };
  const withStarted = (phase, deploymentId) => {
   const rebase = findRebase(phase);
   return {
    kind: "following",
    deploymentId,
    ...rebase && {
     askedBaseId: rebase.newBaseId
    }
   };
  };
  const withAttached = (phase, deploymentId) => {
   const rebase = findRebase(phase);
   return {
    kind: "following",
    deploymentId,
    ...rebase && {
     rebase
    }
   };
  };
  const withoutStart = phase => withRebase(undefined, findRebase(phase));
  const findRebase = phase => phase?.rebase;
  const maxSaved = 16e3;
  const textLimits = [ 2e3, 400, 60 ];
  const formatCheckpoint = checkpoint => {
   if (Object.values(checkpoint).every(part => part === undefined)) return "";
   for (const limit of textLimits) {
    const saved = JSON.stringify(shorten(checkpoint, limit));
    if (saved.length < maxSaved) return saved;
   }
   const shortest = shorten(checkpoint, textLimits.at(-1) ?? 0);
   const {deletions = [], ...others} = shortest;
   let left = maxSaved - JSON.stringify({
    ...others,
    deletions: []
   }).length;
   const kept = deletions.filter(deletion => {
    left -= JSON.stringify(deletion).length + 1;
    return left > 0;
   });
   return JSON.stringify({
    ...others,
    deletions: kept
   });
  };
  const shorten = (checkpoint, limit) => {
   const {phase, reportedResult} = checkpoint;
   return {
    ...checkpoint,
    ...phase?.kind === "starting" && {
     phase: {
      ...phase,
      start: shortenStart(phase.start, limit)
     }
    },
    ...reportedResult && {
     reportedResult: shortenResult(reportedResult, limit)
    }
   };
  };
  const maxRunIds = 20;
  const shortenStart = (start, limit) => ({
   ...start,
   body: {
    ...start.body,
    comment: (0, _text_clean_js__WEBPACK_IMPORTED_MODULE_1__.IN)(start.body.comment, limit)
   },
   newestBefore: {
    ...start.newestBefore,
    created_at: start.newestBefore.created_at.slice(0, 40)
   },
   earlierRunIds: start.earlierRunIds.slice(0, maxRunIds)
  });
  const shortenResult = ({outcome, problem}, limit) => {
   if (!problem) return {
    outcome
   };
   const {inputErrors: _, conflict, ...others} = problem;
   const short = cutTexts(others, limit);
   return {
    outcome,
    problem: {
     ...short,
     ...conflict && {
      conflict: shortenDeployment(conflict, limit)
     }
    }
   };
  };
  const shortenDeployment = ({pipeline: _, ...deployment}, limit) => cutTexts(deployment, Math.min(limit, 300));
  const cutTexts = (data, limit) => Object.fromEntries(Object.entries(data).map(([name, value]) => [ name, typeof value === "string" ? (0, 
  _text_clean_js__WEBPACK_IMPORTED_MODULE_1__.IN)(value, limit) : value ]));
  const parseCheckpoint = saved => {
   const fields = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.qF)(saved);
   if (!(0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Gv)(fields)) return undefined;
   const phase = toPhase((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["phase"]));
   const reportedResult = toResult((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["reportedResult"]));
   const comment = toPage(fields["comment"]);
   const githubDeployment = toPage(fields["githubDeployment"]);
   const {deletions} = fields;
   const moreDeletions = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b9)(fields["moreDeletions"]);
   return {
    ...phase && {
     phase
    },
    ...fields["report"] === true && {
     report: true
    },
    ...reportedResult && {
     reportedResult
    },
    ...comment && {
     comment
    },
    ...githubDeployment && {
     githubDeployment
    },
    ...Array.isArray(deletions) && {
     deletions: deletions.flatMap(each => toDeletion((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(each)))
    },
    ...moreDeletions !== undefined && {
     moreDeletions
    }
   };
  };
  const toPhase = fields => {
   const rebase = toRebase((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["rebase"]));
   switch (fields["kind"]) {
   case "rebasing":
    return rebase && {
     kind: "rebasing",
     rebase
    };

   case "starting":
    return {
     kind: "starting",
     start: toStart((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["start"])),
     ...rebase && {
      rebase
     }
    };

   case "following_run":
    return toFollowedRun((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["run"]), rebase);

   case "following":
    {
     const deploymentId = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["deploymentId"]);
     const askedBaseId = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["askedBaseId"]);
     return deploymentId === "" ? undefined : {
      kind: "following",
      deploymentId,
      ...askedBaseId !== "" && {
       askedBaseId
      },
      ...rebase && {
       rebase
      }
     };
    }

   default:
    return undefined;
   }
  };
  const toFollowedRun = (fields, rebase) => {
   const run = {
    pipelineId: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["pipelineId"]),
    runId: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["runId"])
   };
   return run.pipelineId === "" || run.runId === "" ? undefined : {
    kind: "following_run",
    run,
    ...rebase && {
     rebase
    }
   };
  };
  const toRebase = fields => {
   const newBaseId = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["newBaseId"]);
   if (newBaseId === "") return undefined;
   const earlierBaseId = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["earlierBaseId"]);
   return {
    newBaseId,
    previousBaseId: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["previousBaseId"]),
    newestDeploymentId: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["newestDeploymentId"]),
    ...earlierBaseId !== "" && {
     earlierBaseId
    },
    ...fields["mayStillApply"] === true && {
     mayStillApply: true
    }
   };
  };
  const toStart = fields => {
   const body = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["body"]);
   const before = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(fields["newestBefore"]);
   const {earlierRunIds, baseSetId} = fields;
   const optional = name => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(body[name]) === "" ? {} : {
    [name]: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(body[name])
   };
   const mode = body["mode"] === "full" || body["mode"] === "incremental" ? {
    mode: body["mode"]
   } : {};
   return {
    body: {
     comment: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(body["comment"]),
     ...optional("delta_id"),
     ...optional("set_id"),
     ...optional("value_set_version_id"),
     ...mode
    },
    mark: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["mark"]),
    newestBefore: {
     id: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(before["id"]),
     created_at: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(before["created_at"])
    },
    ...typeof baseSetId === "string" && {
     baseSetId
    },
    ...(0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["baseId"]) !== "" && {
     baseId: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["baseId"])
    },
    earlierRunIds: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.c3)(earlierRunIds).map(_text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6).filter(Boolean)
   };
  };
  const toPage = value => {
   if (typeof value !== "object" || value === null) return undefined;
   const id = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b9)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(value)["id"]);
   return id === undefined ? {} : {
    id
   };
  };
  const toDeletion = fields => {
   const env = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["env"]);
   const pullRequest = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b9)(fields["pullRequest"]);
   return env === "" ? [] : [ {
    env,
    ...pullRequest !== undefined && {
     pullRequest
    }
   } ];
  };
  const outcomes = {
   succeeded: true,
   failed: true,
   unhealthy: true,
   timed_out: true,
   cancelled: true,
   started: true,
   planned: true,
   deleted: true,
   pruned: true,
   skipped: true,
   unknown: true,
   error: true
  };
  const isOutcome = word => typeof word === "string" && Object.hasOwn(outcomes, word);
  const toResult = fields => {
   const {outcome, problem} = fields;
   if (!isOutcome(outcome)) return undefined;
   return {
    outcome,
    ...typeof problem === "object" && problem !== null && {
     problem: toProblem((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(problem))
    }
   };
  };
  const toProblem = fields => {
   const {cause, remedy, runUrl, conflict, isCauseComplete, isOtherBase, namesSetting} = fields;
   return {
    what: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields["what"]),
    ...typeof cause === "string" && {
     cause
    },
    ...typeof remedy === "string" && {
     remedy
    },
    ...typeof runUrl === "string" && {
     runUrl
    },
    ...isCauseComplete === true && {
     isCauseComplete
    },
    ...isOtherBase === true && {
     isOtherBase
    },
    ...namesSetting === true && {
     namesSetting
    },
    ...typeof conflict === "object" && conflict !== null && {
     conflict: toKnownDeployment((0, _text_json_js__WEBPACK_IMPORTED_MODULE_2__.Pf)(conflict))
    }
   };
  };
  const toKnownDeployment = fields => ({
   ..._deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
   ...Object.fromEntries(Object.keys(_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co).map(name => [ name, (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_2__.b6)(fields[name]) ]))
  });
 },
 5828: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   FC: () => formatEnvironmentPageUrl,
   Or: () => formatDeploymentUrl,
   _x: () => formatPipelineRunUrl,
   b8: () => formatRollbackGuideUrl,
   kT: () => formatCommitUrl,
   xz: () => formatPullRequestUrl
  });
  var _workflow_context_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6458);
  const formatRollbackGuideUrl = ({actionUrl}) => actionUrl ? `${actionUrl}#rollback` : "";
  const formatEnvironmentPageUrl = ({appUrl, org, app, env}) => `${appUrl}/orgs/${encode(org)}/apps/${encode(app)}/envs/${encode(env)}`;
  const formatDeploymentUrl = (place, deploymentId) => deploymentId === "" ? "" : `${formatEnvironmentPageUrl(place)}/deploys/${encode(deploymentId)}`;
  const formatPipelineRunUrl = ({appUrl, org, app}, {pipelineId, runId}) => `${appUrl}/orgs/${encode(org)}/apps/${encode(app)}/pipelines/${encode(pipelineId)}/runs/${encode(runId)}`;
  const encode = text => encodeURIComponent(text.toWellFormed());
  const formatCommitUrl = ({runUrl, sha}) => runUrl === "" || sha === "" ? "" : `${formatRepositoryUrl(runUrl)}/commit/${encode(sha)}`;
  const formatPullRequestUrl = ({runUrl, repository: own}, number, repository = own) => {
   if (runUrl === "") return "";
   const url = formatRepositoryUrl(runUrl);
   const isOwn = (0, _workflow_context_js__WEBPACK_IMPORTED_MODULE_0__.ve)(repository, own);
   return `${isOwn ? url : `${url.slice(0, url.length - own.length)}${repository}`}/pull/${number}`;
  };
  const formatRepositoryUrl = runUrl => runUrl.split("/actions/runs/", 1)[0] ?? "";
 },
 3173: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $: () => isGoodEnd
  });
  const goodEnds = new Set([ "succeeded", "started", "planned", "deleted", "pruned", "skipped" ]);
  const isGoodEnd = outcome => goodEnds.has(outcome);
 },
 3470: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   q: () => product
  });
  const product = {
   name: "humanitec-deploy",
   version: "1.0.0"
  };
 },
 7812: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Ux: () => emptyRunState,
   _K: () => findLastFailure,
   cc: () => CancelledError,
   j3: () => DeadlineError,
   o: () => StepEndError,
   pn: () => determineResult,
   v8: () => determinePruneEnd
  });
  var _network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3424);
  const determinePruneEnd = ({action, reason}) => {
   if (action !== "kept") return action;
   if (reason.kind === "deleted_elsewhere") return "gone";
   return reason.kind === "being_deleted" ? "going" : action;
  };
  const emptyRunState = {
   approvals: [],
   followed: false,
   history: [],
   changes: [],
   environmentCreated: false,
   environmentUrls: [],
   deletedEnvironments: [],
   pruned: [],
   remarks: []
  };
  class StepEndError extends Error {
   name="StepEndError";
   result;
   constructor(outcome, reason, options) {
    super(reason.kind, options);
    this.result = {
     outcome,
     reason
    };
   }
  }
  class DeadlineError extends Error {
   name="DeadlineError";
   other;
   constructor({other, ...options} = {}) {
    super("The deadline has passed.", options);
    if (other) this.other = other;
   }
  }
  const findLastFailure = ({cause}) => cause instanceof _network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI ? {
   error: cause.details
  } : {};
  class CancelledError extends Error {
   name="CancelledError";
   constructor() {
    super("The workflow was cancelled.");
   }
  }
  const determineResult = error => {
   if (error instanceof StepEndError) return error.result;
   if (error instanceof _network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) return {
    outcome: "error",
    reason: {
     kind: "request",
     error: error.details
    }
   };
   if (error instanceof CancelledError) return {
    outcome: "cancelled",
    reason: {
     kind: "cancelled"
    }
   };
   if (error instanceof DeadlineError) {
    const {other} = error;
    return {
     outcome: "timed_out",
     reason: {
      kind: "timed_out",
      ...findLastFailure(error),
      ...other && {
       other
      }
     }
    };
   }
   return {
    outcome: "error",
    reason: {
     kind: "internal_error",
     message: error instanceof Error ? error.message : String(error)
    }
   };
  };
 },
 6458: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   A1: () => formatDefaultComment,
   HX: () => hasRunUrl,
   SS: () => hasOnlyDependabotSecrets,
   ZN: () => isHeadOfRun,
   lH: () => formatContradiction,
   nZ: () => hasNoSecrets,
   qG: () => parseWorkflowContext,
   qq: () => choosePullRequest,
   s$: () => addPullRequest,
   ve: () => isSameRepository
  });
  var _text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7981);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8602);
  const parseWorkflowContext = (variables, event) => {
   const repository = variables["GITHUB_REPOSITORY"] ?? "";
   const runId = variables["GITHUB_RUN_ID"] ?? "";
   const payload = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(event);
   const eventName = variables["GITHUB_EVENT_NAME"] ?? "";
   const subject = parseSubject(eventName, payload);
   const pullRequest = parsePullRequest(payload, repository) ?? findOwnPullRequest((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload[eventName]), variables, payload);
   const serverUrl = variables["GITHUB_SERVER_URL"] || "https://github.com";
   const actionRepository = variables["GITHUB_ACTION_REPOSITORY"] ?? "";
   const actor = variables["GITHUB_ACTOR"] ?? "";
   const ref = variables["GITHUB_REF_NAME"] || (variables["GITHUB_REF"] ?? "");
   return {
    eventName,
    repository,
    runUrl: repository && runId ? `${serverUrl}/${repository}/actions/runs/${runId}` : "",
    ...actionRepository && {
     actionUrl: `${serverUrl}/${actionRepository}`
    },
    attempt: Math.max(1, Number.parseInt(variables["GITHUB_RUN_ATTEMPT"] ?? "", 10) || 1),
    job: variables["GITHUB_JOB"] ?? "",
    step: variables["GITHUB_ACTION"] ?? "",
    actor: variables["GITHUB_TRIGGERING_ACTOR"] || actor,
    ...actor === "dependabot[bot]" && {
     isDependabotRun: true
    },
    sha: subject.sha || (pullRequest ? "" : variables["GITHUB_SHA"] ?? ""),
    ref: subject.ref ?? (pullRequest ? "" : ref),
    commitTitle: getFirstLine((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, 
    _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(subject.commit)["message"])),
    ...subject.headRepository && {
     headRepository: subject.headRepository
    },
    ...pullRequest && {
     pullRequest
    }
   };
  };
  const parseSubject = (eventName, payload) => {
   const own = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload[eventName]);
   switch (eventName) {
   case "push":
    return {
     commit: payload["head_commit"]
    };

   case "workflow_run":
   case "check_suite":
   case "check_run":
    return parseRun(own, eventName === "check_run" ? (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(own["check_suite"]) : own);

   case "merge_group":
    {
     const ref = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(own["base_ref"]).replace(/^refs\/heads\//, "");
     return {
      sha: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(own["head_sha"]),
      ref,
      commit: own["head_commit"]
     };
    }

   case "status":
    {
     const branches = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.c3)(payload["branches"]);
     const ref = branches.length === 1 ? (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, 
     _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(branches[0])["name"]) : "";
     return {
      sha: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(payload["sha"]),
      ref,
      commit: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload["commit"])["commit"]
     };
    }

   default:
    return parseHead((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload["pull_request"])["head"]);
   }
  };
  const parseRun = (run, suite) => ({
   sha: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(run["head_sha"]),
   ref: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(suite["head_branch"]),
   commit: suite["head_commit"],
   headRepository: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(run["head_repository"])["full_name"])
  });
  const parseHead = head => {
   const {sha, ref, repo} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(head);
   if (sha === undefined) return {};
   return {
    sha: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(sha),
    ref: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(ref),
    headRepository: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(repo)["full_name"])
   };
  };
  const getFirstLine = text => text.trimStart().split(/\r\n?|\n/, 1)[0]?.trim() ?? "";
  const parsePullRequest = (payload, repository) => {
   const own = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload["pull_request"]);
   const issue = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload["issue"]);
   const number = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b9)(own["number"]) ?? (issue["pull_request"] ? (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b9)(issue["number"]) : undefined);
   if (number === undefined) return undefined;
   const headRepository = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(own["head"])["repo"])["full_name"];
   return {
    number,
    title: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(own["title"]) || (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(issue["title"]),
    isFromFork: "head" in own && headRepository !== repository
   };
  };
  const findOwnPullRequest = (run, variables, payload) => {
   const listed = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.c3)(run["pull_requests"]).map(_text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf);
   const repositoryId = variables["GITHUB_REPOSITORY_ID"] || (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(payload["repository"])["id"];
   for (const {number, base} of listed) {
    const own = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b9)(number);
    if (own !== undefined && isRepository((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)((0, 
    _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(base)["repo"]), repositoryId, variables)) return {
     number: own,
     title: "",
     isFromFork: false
    };
   }
   return undefined;
  };
  const isRepository = (repo, id, variables) => {
   if (repo["id"] !== undefined && id !== undefined) return String(repo["id"]) === String(id);
   const name = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(repo["full_name"]) || (0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(repo["url"]).split("/").slice(-2).join("/");
   return name !== "" && isSameRepository(name, variables["GITHUB_REPOSITORY"] ?? "");
  };
  const hasNoSecrets = ({eventName, pullRequest, isDependabotRun}) => eventName !== "pull_request_target" && (pullRequest?.isFromFork === true || isDependabotRun === true && /^pull_request(_review(_comment)?)?$/.test(eventName));
  const hasOnlyDependabotSecrets = ({eventName, isDependabotRun}) => isDependabotRun === true && [ "push", "create", "deployment", "deployment_status" ].includes(eventName);
  const formatDefaultComment = ({pullRequest, commitTitle, ref, sha, actor}) => {
   const title = [ ...commitTitle ].slice(0, 100).join("");
   const subject = pullRequest?.title || pullRequest && !title ? formatPullRequest(pullRequest) : title || ref;
   const author = `${sha.slice(0, 7)}${actor && ` by ${actor}`}`.trim();
   return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(" \xb7 ", subject, author);
  };
  const formatPullRequest = ({number, title}) => `#${number} ${title}`.trim();
  const hasRunUrl = (comment, runUrl) => runUrl !== "" && comment.split(runUrl).some((rest, index) => index > 0 && !/^\d/.test(rest));
  const choosePullRequest = ({eventName, pullRequest}, given) => {
   if (given === undefined) return pullRequest ? {
    kind: "known",
    number: pullRequest.number
   } : {
    kind: "none"
   };
   if (pullRequest && pullRequest.number !== given) return {
    kind: "contradiction",
    number: given,
    ofEvent: pullRequest.number
   };
   return {
    kind: !pullRequest && eventName === "workflow_run" ? "unchecked" : "known",
    number: given
   };
  };
  const isHeadOfRun = ({sha, headRepository = ""}, head) => sha !== "" && headRepository !== "" && head.sha === sha && isSameRepository(head.repository, headRepository);
  const isSameRepository = (one, other) => one.toLowerCase() === other.toLowerCase();
  const addPullRequest = (workflow, number) => workflow.pullRequest ? workflow : {
   ...workflow,
   pullRequest: {
    number,
    title: "",
    isFromFork: false
   }
  };
  const formatContradiction = ({number, ofEvent}) => ({
   input: "pull_request",
   got: String(number),
   takes: `the event\u2019s own pull request, ${ofEvent}, or nothing`
  });
 },
 6371: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Qf: () => toRuntime,
   XK: () => viewPod,
   ie: () => isUp,
   nR: () => timeOf
  });
  var _text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7981);
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8602);
  const toRuntime = value => {
   const {modules} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.$N)(value, "the runtime");
   if (modules === undefined) throw new _text_json_js__WEBPACK_IMPORTED_MODULE_0__.h5("the runtime has no modules");
   if (modules !== null) (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.$N)(modules, "a map of modules");
   return {
    modules: entriesOf(modules).map(toModule)
   };
  };
  const entriesOf = map => Object.entries((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Xy)(map) ?? {}).flatMap(([name, value]) => (0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Gv)(value) ? [ [ name, value ] ] : []);
  const itemsOf = list => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.c3)(list).filter(_text_json_js__WEBPACK_IMPORTED_MODULE_0__.Gv);
  const toModule = ([id, fields]) => ({
   id,
   status: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["status"]),
   status_class: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["status_class"]),
   controllers: entriesOf(fields["controllers"]).map(toController)
  });
  const toController = ([name, fields]) => ({
   name,
   kind: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["kind"]),
   replicas: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.yJ)(fields["replicas"]),
   message: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["message"]),
   revision: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b9)(fields["revision"]),
   pods: itemsOf(fields["pods"]).map(toPod)
  });
  const toPod = fields => ({
   podName: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["podName"]),
   phase: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["phase"]),
   revision: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b9)(fields["revision"]),
   containers: itemsOf(fields["containerStatuses"]).map(toContainer)
  });
  const toContainer = fields => {
   const {ready} = fields;
   return {
    name: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["name"]),
    ready: typeof ready === "boolean" ? ready : undefined,
    restart_count: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.yJ)(fields["restart_count"]) ?? (0, 
    _text_json_js__WEBPACK_IMPORTED_MODULE_0__.yJ)(fields["restartCount"]) ?? 0,
    state: toState((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Pf)(fields["state"]))
   };
  };
  const toState = ({waiting, terminated, running}) => {
   if ((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Gv)(waiting)) {
    const {reason, message} = waiting;
    return {
     kind: "waiting",
     reason: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(reason),
     message: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(message)
    };
   }
   if ((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Gv)(terminated)) return toTerminated(terminated);
   if ((0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.Gv)(running)) return {
    kind: "running",
    started_at: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(running["started_at"])
   };
   return {
    kind: "unknown"
   };
  };
  const toTerminated = fields => {
   const reason = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["reason"]);
   return {
    kind: "terminated",
    exit_code: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.cP)(fields["exit_code"]) ?? (reason === "Completed" ? 0 : undefined),
    reason,
    message: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["message"]),
    finished_at: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_0__.b6)(fields["finished_at"])
   };
  };
  const isUp = ({state}) => state === "ready" || state === "complete";
  const timeOf = state => {
   if (state.kind === "running") return (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.jR)(state.started_at);
   return state.kind === "terminated" ? (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.jR)(state.finished_at) : undefined;
  };
  const viewPod = (pod, context) => {
   const states = pod.containers.map(container => ({
    container,
    state: judgeContainer(container, pod, context)
   }));
   const containers = states.filter(({state}) => state === "failing").map(({container}) => describeFailing(context.workload, pod, container));
   if (states.length === 0) return {
    state: phases.get(pod.phase) ?? "starting",
    containers
   };
   if (containers.length > 0) return {
    state: "failing",
    containers
   };
   if (states.every(({state}) => state === "complete")) return {
    state: "complete",
    containers
   };
   return {
    state: states.some(({state}) => state === "starting") ? "starting" : "ready",
    containers
   };
  };
  const phases = new Map([ [ "Running", "ready" ], [ "Succeeded", "complete" ] ]);
  const harmlessWaits = new Set([ "", "ContainerCreating", "PodInitializing" ]);
  const restartProbationMs = 6e4;
  const judgeContainer = (container, pod, context) => {
   const {state, ready} = container;
   switch (state.kind) {
   case "waiting":
    return harmlessWaits.has(state.reason) ? "starting" : "failing";

   case "terminated":
    if (state.exit_code === undefined) return state.reason === "" ? "starting" : "failing";
    return state.exit_code !== 0 || isEndingAgain(container, pod, context) ? "failing" : "complete";

   case "running":
    return judgeRestarts(container, context) ?? (ready === false ? "starting" : "ready");

   default:
    return ready === true ? "ready" : "starting";
   }
  };
  const judgeRestarts = (container, context) => {
   if (container.restart_count === 0) return undefined;
   const startedMs = timeOf(container.state);
   if (startedMs === undefined) return context.isUnchanged ? undefined : "starting";
   return startedMs >= context.createdMs && context.nowMs - startedMs < restartProbationMs ? "failing" : undefined;
  };
  const isEndingAgain = (container, pod, context) => {
   if (container.restart_count === 0 || pod.phase === "Succeeded") return false;
   if (/^(?:Cron)?Job$/.test(context.controller.kind)) return false;
   const endedMs = timeOf(container.state);
   if (endedMs === undefined ? context.isUnchanged : endedMs < context.createdMs) return false;
   return !pod.containers.some(other => other !== container && isUnderWay(other.state));
  };
  const isUnderWay = state => state.kind === "running" || state.kind === "waiting" && harmlessWaits.has(state.reason);
  const describeFailing = (workload, pod, container) => {
   const {name, restart_count: restarts, state} = container;
   const common = {
    workload,
    pod: pod.podName,
    container: name,
    restarts
   };
   if (state.kind === "waiting") return {
    ...common,
    reason: state.reason,
    message: state.message
   };
   if (state.kind !== "terminated") return {
    ...common,
    reason: "restarted",
    message: ""
   };
   const {exit_code: exitCode, reason, message} = state;
   return {
    ...common,
    reason: reason || "Error",
    message,
    ...exitCode !== undefined && {
     exitCode
    }
   };
  };
 },
 6010: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   DV: () => findPageTitle,
   IN: () => cutText,
   K1: () => cutMark,
   S5: () => toLine,
   Tb: () => summarizePage,
   Tu: () => countBytes,
   uX: () => cleanUpTo
  });
  const cutMark = "\u2026";
  const replacement = "\ufffd";
  const cutText = (text, maxUnits) => {
   if (text.length <= maxUnits) return text;
   if (maxUnits < 1) return "";
   let end = maxUnits - cutMark.length;
   for (let steps = 0; steps < 32 && end > 0 && isJoined(text, end); steps++) end--;
   return text.slice(0, isWithinPair(text, end) ? end - 1 : end) + cutMark;
  };
  const isJoined = (text, index) => isWithinPair(text, index) || /^[\p{M}\p{EMod}\u200D]/u.test(text.slice(index, index + 2)) || text.charAt(index - 1) === "\u200d";
  const isWithinPair = (text, index) => /[\uDC00-\uDFFF]/.test(text.charAt(index)) && /[\uD800-\uDBFF]/.test(text.charAt(index - 1));
  const terminalTitle = /\u001B\][^\u0007\u001B\n]*(?:\u0007|\u001B\\)/g;
  const terminalSequence = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -~]/g;
  const lineBreaks = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
  const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
  const invisible = /(?!\u200C|\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB]/gu;
  const plainAscii = /^[\t\n -~]*$/;
  const cleanText = text => plainAscii.test(text) ? text : text.toWellFormed().replace(terminalTitle, "").replace(terminalSequence, "").replace(lineBreaks, "\n").replace(directionMarks, replacement).replace(invisible, "").replace(/(?![\t\n])\p{Cc}/gu, replacement);
  const cleanUpTo = (text, maxUnits) => {
   const enough = 4 * maxUnits + 1e3;
   return text.length <= enough ? cleanText(text) : cleanText(text.slice(0, enough)) + cutMark;
  };
  const toLine = (text, maxUnits = 1e3) => cutText(cleanUpTo(text, maxUnits).replace(blanks, " ").trim(), maxUnits);
  const blanks = /\s{2,}|[^\S ]/g;
  const utf8 = new TextEncoder;
  const countBytes = text => utf8.encode(text).length;
  const htmlStart = /^\s*<(?:!doctype|html|head|body|\?xml)/i;
  const maxHead = 1e4;
  const findPageTitle = text => {
   if (!htmlStart.test(text)) return undefined;
   const [, title = ""] = /<title\b[^>]*>([^<]+)</i.exec(text.slice(0, maxHead)) ?? [];
   return title.trim();
  };
  const summarizePage = text => {
   const title = findPageTitle(text);
   if (title === undefined) return text;
   return title ? `a page with the title \u201c${title}\u201d` : "a page without a title";
  };
 },
 7981: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $N: () => expectFields,
   Gv: () => isObject,
   IB: () => formatJson,
   Pf: () => fieldsOf,
   Xy: () => objectOf,
   b6: () => textOf,
   b9: () => positiveIntegerOf,
   c3: () => listOf,
   cP: () => integerOf,
   h5: () => InvalidResponse,
   hQ: () => ownField,
   qF: () => parseJson,
   sn: () => expectList,
   yJ: () => nonNegativeIntegerOf
  });
  const parseJson = text => {
   try {
    return JSON.parse(text);
   } catch {
    return undefined;
   }
  };
  const fieldsOf = value => typeof value === "object" && value !== null ? value : {};
  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);
  const objectOf = value => isObject(value) ? value : undefined;
  const ownField = (value, name) => isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  const listOf = value => Array.isArray(value) ? value : [];
  const textOf = value => typeof value === "string" ? value : "";
  const maxJsonDepth = 32;
  const formatJson = (value, indent) => {
   if (value === undefined || value === null) return "";
   if (typeof value === "string") return value;
   return isDeeper(value, maxJsonDepth) ? "(nested too deeply to be shown)" : JSON.stringify(value, undefined, indent);
  };
  const isDeeper = (value, depth) => typeof value === "object" && value !== null && (depth <= 0 || Object.values(value).some(part => isDeeper(part, depth - 1)));
  const integerOf = value => typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
  const positiveIntegerOf = value => atLeast(1, integerOf(value));
  const nonNegativeIntegerOf = value => atLeast(0, integerOf(value));
  const atLeast = (min, value) => value !== undefined && value >= min ? value : undefined;
  class InvalidResponse extends Error {
   name="InvalidResponse";
  }
  const expectFields = (value, what) => {
   if (isObject(value)) return value;
   throw new InvalidResponse(`${what} was expected`);
  };
  const expectList = (value, what = "a list") => {
   if (Array.isArray(value)) return value;
   throw new InvalidResponse(`${what} was expected`);
  };
 },
 7974: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   E: () => listMaskForms,
   l: () => createRedactor
  });
  const mask = "***";
  const createRedactor = secrets => {
   const forms = listForms(secrets);
   const patterns = listPatterns(secrets);
   return text => {
    const ranges = [ ...findRanges(text, forms), ...patterns.flatMap(pattern => findMatches(text, pattern)) ];
    return redactHeaders(replaceRanges(text, ranges));
   };
  };
  const findRanges = (text, forms) => {
   const ranges = [];
   for (const form of forms) {
    for (let at = text.indexOf(form.core); at >= 0; at = text.indexOf(form.core, at + 1)) {
     ranges.push(extendRange(text, at, form));
    }
   }
   return ranges;
  };
  const findMatches = (text, pattern) => {
   const ranges = [];
   pattern.lastIndex = 0;
   for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    ranges.push([ match.index, pattern.lastIndex ]);
    pattern.lastIndex = match.index + 1;
   }
   return ranges;
  };
  const extendRange = (text, at, {core, charactersBefore, charactersAfter}) => {
   let start = at;
   let end = at + core.length;
   while (at - start < charactersBefore && isBase64(text.charAt(start - 1))) start--;
   while (end - at - core.length < charactersAfter && isBase64(text.charAt(end))) end++;
   while (charactersAfter > 0 && text.charAt(end) === "=") end++;
   return [ start, end ];
  };
  const isBase64 = character => /[A-Za-z0-9+/_-]/.test(character);
  const replaceRanges = (text, ranges) => {
   if (ranges.length === 0) return text;
   let result = "";
   let end = 0;
   for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from >= end) result += text.slice(end, from) + mask;
    end = Math.max(end, to);
   }
   return result + text.slice(end);
  };
  const quote = String.raw`(?:\\{0,7}(?:["']|u002[27])|%2[27]|&(?:quot|apos|#0{0,6}3[49]|#x0{0,6}2[27]);)`;
  const blank = "(?:[ \\t]|%20)";
  const letter = String.raw`(?:\\{1,7}(?:\/|u002[bf]|u003d)|(?!%20|%0[ad]|,\s|,$|${quote})[^\s\\)\]}])`;
  const quoted = String.raw`(?:"(?:\\.|[^"\\\r\n])*"?|${quote}(?:(?!${quote})[^\r\n])*(?:${quote})?)`;
  const word = `${letter}+(?:(?<==)${quoted})?`;
  const credentials = String.raw`(?![[({]|\*{3}(?!\.?[\w+/=~-]))${word}(?:${blank}+${word})?(?:${blank}*,${blank}*(?=[\w-]+=)${word})*`;
  const authorization = new RegExp(`(authorization${quote}*${blank}*(?:=>|=(?!>)|:|%3[ad])(?:${blank}|${quote}|[[({])*)${credentials}`, "gi");
  const scheme = /\b(?:(Bearer)(?:[ \t]+|%20)([A-Za-z0-9._~+/=%-]{6,})|(Basic)(?:[ \t]+|%20)([A-Za-z0-9+/]{8,}={0,2}))/gi;
  const redactHeaders = text => /authorization|bearer|basic/i.test(text) ? text.replace(authorization, `$1${mask}`).replace(scheme, redactCredentials) : text;
  const redactCredentials = (found, bearer, token = "", basic = "", base64 = "") => isWord(token || base64) ? found : `${bearer ?? basic} ${mask}`;
  const isWord = value => /^[A-Za-z]?[a-z]{0,19}(?:-[a-z]{1,12})?[.=:]?$/.test(value);
  const minLength = 3;
  const minBase64Length = 4;
  const utf8 = new TextEncoder;
  const listForms = secrets => secrets.filter(isLongEnough).flatMap(secret => [ ...listHexForms(secret).map(core => ({
   core,
   charactersBefore: 0,
   charactersAfter: 0
  })), ...listBase64Forms(secret) ]);
  const isLongEnough = text => text.trim().length >= minLength;
  const listPatterns = secrets => [ ...new Set(secrets.filter(isLongEnough).flatMap(listPatternSources)) ].map(source => new RegExp(source, "g"));
  const pieceLength = 256;
  const listPatternSources = secret => {
   const parts = (secret.trim().match(/\\{0,64}(?:[\ud800-\udbff][\udc00-\udfff]|[^\\])|\\{1,64}/g) ?? []).map(toPattern);
   const starts = Array.from({
    length: Math.ceil(parts.length / pieceLength)
   }, (_, index) => index * pieceLength);
   const lastStart = Math.max(0, parts.length - pieceLength);
   return starts.map(start => parts.slice(Math.min(start, lastStart)).slice(0, pieceLength).join(""));
  };
  const maxBackslashes = 8;
  const percent = "%(?:25)?";
  const ampersand = "(?:&|u0026)(?:amp;)?";
  const backslash = String.raw`(?:\\(?:u005[cC])?|${percent}5[cC]|${ampersand}(?:bsol|#0{0,6}92|#[xX]0{0,6}5[cC]);)`;
  const escapingBackslash = String.raw`(?:\\|${percent}5[cC])`;
  const toPattern = part => {
   const character = part.replace(/^\\+/, "");
   const count = part.length - character.length;
   const most = maxBackslashes * (count + 1) - 1;
   if (/^[A-Za-z0-9_.~-]?$/.test(character)) {
    return (count > 0 ? `${backslash}{${count},${most}}` : "") + toLiteral(character);
   }
   const before = count > 0 ? `${backslash}{${count},${most}}` : `${escapingBackslash}{0,${most}}`;
   return `${before}(?:${listEscapes(character).join("|")}|${toLiteral(character)})`;
  };
  const names = {
   "&": "amp",
   "<": "lt",
   ">": "gt",
   '"': "quot",
   "'": "apos"
  };
  const letters = {
   "\b": "b",
   "\t": "t",
   "\n": "n",
   "\f": "f",
   "\r": "r",
   " ": "\\+"
  };
  const listEscapes = character => {
   const code = character.codePointAt(0) ?? 0;
   const units = listUnits(character).map(unit => `u${inAnyCase(unit)}`);
   const bytes = [ ...utf8.encode(character) ].map(byte => percent + inAnyCase(hexOf(byte)));
   const entities = [ names[character], `#0{0,6}${code}`, `#[xX]0{0,6}${inAnyCase(code.toString(16))}` ];
   return [ units.join(`${escapingBackslash}{1,${maxBackslashes - 1}}`), bytes.join(""), `${ampersand}(?:${entities.filter(entity => entity !== undefined).join("|")});`, ...letters[character] === undefined ? [] : [ letters[character] ] ];
  };
  const toLiteral = text => /^\w?$/.test(text) ? text : listUnits(text).map(unit => `\\u${unit}`).join("");
  const listUnits = text => text.split("").map(unit => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const inAnyCase = hex => hex.replace(/[a-f]/g, digit => `[${digit}${digit.toUpperCase()}]`);
  const listHexForms = secret => {
   const hex = [ ...utf8.encode(secret.trim()) ].map(hexOf).join("");
   return [ hex, hex.toUpperCase() ];
  };
  const hexOf = byte => byte.toString(16).padStart(2, "0");
  const toBase64 = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
  const toBase64Url = base64 => base64.replaceAll("+", "-").replaceAll("/", "_");
  const listBase64Forms = secret => {
   const bytes = utf8.encode(secret.trim());
   return [ 0, 1, 2 ].flatMap(shift => {
    const shifted = bytes.subarray(shift);
    const whole = toBase64(shifted.subarray(0, shifted.length - shifted.length % 3));
    if (whole.length < minBase64Length) return [];
    const charactersBefore = shift === 0 ? 0 : shift + 1;
    const charactersAfter = shifted.length % 3 === 0 ? 0 : shifted.length % 3 + 1;
    return [ ...new Set([ whole, toBase64Url(whole) ]) ].map(core => ({
     core,
     charactersBefore,
     charactersAfter
    }));
   });
  };
  const listMaskForms = secrets => {
   const forms = secrets.filter(isLongEnough).flatMap(secret => [ ...listHexForms(secret), ...listBase64Forms(secret).map(({core}) => core) ]);
   return [ ...new Set(forms) ].filter(form => form.length >= 8);
  };
 },
 8602: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   B4: () => formatCount,
   C7: () => formatElapsed,
   HV: () => toClause,
   NV: () => formatDurationRange,
   Re: () => toSentence,
   ZV: () => formatNumber,
   a3: () => formatDuration,
   ay: () => formatUtc,
   eQ: () => isId,
   jR: () => parseTimeMs,
   ke: () => formatLast,
   nV: () => formatAge,
   nn: () => joinParts,
   qy: () => compareTexts,
   ts: () => formatUser,
   wm: () => isEmptyWord,
   yZ: () => joinWords,
   yi: () => parseDurationMs
  });
  const compareTexts = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  const joinWords = (words, last) => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
  const formatNumber = number => String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
  const formatCount = (count, noun) => `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
  const formatLast = count => count === 1 ? "last one" : `last ${count}`;
  const formatUser = id => /^s-[\w-]+$/.test(id) ? `service user ${id}` : id;
  const joinParts = (separator, ...parts) => parts.filter(Boolean).join(separator);
  const toClause = text => text.replace(/(?<![.:,;\s])[.:,;\s]+$/, "");
  const toSentence = text => {
   const clause = toClause(text);
   return /[!?\u2026]$/.test(clause) ? clause : `${clause}.`;
  };
  const durationPattern = /^(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;
  const parseDurationMs = text => {
   const found = durationPattern.exec(text);
   if (!found) return undefined;
   const [, hours = "0", minutes = "0", seconds = "0"] = found;
   const bareAfterUnit = /\d$/.test(text) && /[hm]/.test(text);
   return bareAfterUnit ? undefined : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1e3;
  };
  const formatDuration = durationMs => {
   const seconds = Math.max(0, Math.round(durationMs / 1e3));
   if (seconds < 60) return `${seconds} s`;
   if (seconds < 3600) return joinUnits([ Math.floor(seconds / 60), "min" ], [ seconds % 60, "s" ]);
   const minutes = Math.round(seconds / 60);
   if (minutes < 48 * 60) return joinUnits([ Math.floor(minutes / 60), "h" ], [ minutes % 60, "min" ]);
   return `${Math.round(minutes / 60 / 24)} days`;
  };
  const joinUnits = (large, small) => small[0] === 0 ? large.join(" ") : `${large.join(" ")} ${small.join(" ")}`;
  const formatDurationRange = durationsMs => {
   const shortest = formatDuration(Math.min(...durationsMs));
   const longest = formatDuration(Math.max(...durationsMs));
   return shortest === longest ? shortest : `${shortest} to ${longest}`;
  };
  const formatElapsed = elapsedMs => {
   const seconds = Math.max(0, Math.floor(elapsedMs / 1e3));
   const twoDigits = value => String(value).padStart(2, "0");
   const tail = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
   return seconds < 3600 ? tail : `${Math.floor(seconds / 3600)}:${tail}`;
  };
  const timestampPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/;
  const parseTimeMs = text => {
   const [, seconds, decimals = "", zone] = timestampPattern.exec(text) ?? [];
   if (seconds === undefined || zone === undefined) return undefined;
   const timeMs = Date.parse(seconds + zone) + Number(decimals.slice(0, 3).padEnd(3, "0"));
   return timeMs >= 0 ? timeMs : undefined;
  };
  const dayMs = 24 * 36e5;
  const formatAge = (time, nowMs) => {
   const timeMs = parseTimeMs(time);
   if (timeMs === undefined) return "";
   const ageMs = Math.max(0, nowMs - timeMs);
   if (ageMs < 6e4) return `${formatDuration(Math.floor(ageMs / 1e3) * 1e3)} ago`;
   if (ageMs < 36e5) return `${Math.floor(ageMs / 6e4)} min ago`;
   if (ageMs < dayMs) return `${Math.floor(ageMs / 36e5)} h ago`;
   const days = Math.floor(ageMs / dayMs);
   return days === 1 ? "1 day ago" : `${days} days ago`;
  };
  const formatUtc = time => {
   const timeMs = parseTimeMs(time);
   return timeMs === undefined ? "" : `${new Date(timeMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  };
  const isEmptyWord = text => text === "null" || text === "undefined";
  const isId = text => /^[A-Za-z0-9_-]{1,128}$/.test(text) && !isEmptyWord(text);
 },
 9620: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   ku: () => formatTable,
   nH: () => formatFold,
   u7: () => createWriter
  });
  var _clean_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6010);
  const createWriter = redact => ({
   text: redact,
   line: (text, maxUnits) => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(redact(text), maxUnits),
   shortId: id => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(redact(id)).slice(0, 8),
   shortHash: hash => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(redact(hash)).slice(0, 7),
   logLine: (text, maxUnits) => escapeLogLine(redact(text), maxUnits),
   logLines: text => listLogLines(redact(text)),
   annotation: text => escapeAnnotation(redact(text)),
   annotationTitle: text => escapeAnnotationTitle(redact(text)),
   markdown: (text, maxUnits) => escapeMarkdown(redact(text), maxUnits),
   code: (text, maxUnits) => escapeCode(redact(text), maxUnits),
   codeBlock: (text, maxUnits) => formatCodeBlock(redact(text), maxUnits),
   html: (text, maxUnits) => escapeHtml(redact(text), maxUnits),
   htmlCode: (text, maxUnits) => escapeHtmlCode(redact(text), maxUnits),
   link: (text, address) => formatLink(redact(text), redact(address)),
   output: text => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(redact(text))
  });
  const disarmCommands = line => line.replace(/^((?:\s|\p{Default_Ignorable_Code_Point})*):(?=\p{Default_Ignorable_Code_Point}*:)/u, "$1: ").replace(/#(?=\p{Default_Ignorable_Code_Point}*#\p{Default_Ignorable_Code_Point}*\[)/gu, "# ");
  const escapeLogLine = (text, maxUnits = 2e3) => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)(disarmCommands((0, 
  _clean_js__WEBPACK_IMPORTED_MODULE_0__.uX)(text, maxUnits).replace(/[\t\n]/g, " ").trimEnd()), maxUnits);
  const listLogLines = (text, maxLines = 500) => {
   const lines = (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.uX)(text, 25e4).trimEnd().split("\n");
   const shown = lines.slice(0, maxLines).map(line => escapeLogLine(line));
   return lines.length > maxLines ? [ ...shown, `${_clean_js__WEBPACK_IMPORTED_MODULE_0__.K1} ${lines.length - maxLines} more lines` ] : shown;
  };
  const escapeAnnotation = (text, maxUnits = 4096) => {
   const lines = (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.uX)(text, maxUnits).trim().split("\n");
   return (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)(lines.map(line => disarmCommands(line.replaceAll("\t", " ").trimEnd())).join("\n"), maxUnits);
  };
  const escapeAnnotationTitle = (text, maxUnits = 200) => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)(disarmCommands((0, 
  _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(text)), maxUnits);
  const activeWord = /:\/\/|www\.|[@$]|#\d|\bgh-\d|\bghsa-|\b[A-Z][A-Z0-9]+-\d|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[\w+-]+:/;
  const isActive = word => activeWord.test(word) || activeWord.test(word.toLowerCase());
  const splitPieces = line => {
   if (!line.includes("`") && !isActive(line)) return [ {
    kind: "text",
    text: line
   } ];
   const pieces = [];
   for (const piece of [ ...line.matchAll(/`([^`|]+)`|[`|]|\s|[^\s`|]+/g) ].flatMap(toPieces)) {
    const last = pieces.at(-1);
    if (last && last.kind === piece.kind) pieces.splice(-1, 1, {
     kind: piece.kind,
     text: last.text + piece.text
    }); else if (piece.text) pieces.push(piece);
   }
   return pieces;
  };
  const toPieces = ([part = "", quoted = ""]) => {
   if (quoted.trim()) return [ {
    kind: "code",
    text: quoted
   } ];
   if (!isActive(part)) return [ {
    kind: "text",
    text: part
   } ];
   const before = /^[("'\u201c\u2018]*/.exec(part)?.[0] ?? "";
   const code = cutPunctuation(part.slice(before.length));
   return [ {
    kind: "text",
    text: before
   }, {
    kind: "code",
    text: code
   }, {
    kind: "text",
    text: part.slice(before.length + code.length)
   } ];
  };
  const cutPunctuation = word => {
   const cut = word.replace(/(?<=.)[)"'\u201d\u2019.,;:!?]+$/, "");
   return isActive(cut) ? cut : word.replace(/(?<=.)[)"'\u201d\u2019.,;!?]+$/, "");
  };
  const escapeMarkdownText = text => escapeHtmlText(text).replace(/[\\`*~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&").replaceAll("|", "&#124;").replaceAll("[", "&#91;").replaceAll("]", "&#93;");
  const escapeLineStart = markdown => markdown.replace(/^[#+=-]/, "\\$&").replace(/^(\d{1,9})([.)])/, "$1\\$2");
  const escapeMarkdown = (text, maxUnits = 1e3) => escapeLineStart(splitPieces((0, 
  _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(text, maxUnits)).map(piece => piece.kind === "code" ? formatCodeSpan(piece.text) : escapeMarkdownText(piece.text)).join(""));
  const formatCodeSpan = code => {
   const fence = "`".repeat(maxRun(code) + 1);
   const padding = code.startsWith("`") || code.endsWith("`") ? " " : "";
   return fence + padding + code + padding + fence;
  };
  const maxRun = text => Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const escapeCode = (text, maxUnits = 300) => (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(text, maxUnits).split("|").map(code => code.trim() && formatCodeSpan(code.trim())).join("&#124;");
  const formatCodeBlock = (text, maxUnits = 1e5) => {
   const code = (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.IN)((0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.uX)(text, maxUnits).replace(/^\n+/, "").trimEnd(), maxUnits);
   const fence = "`".repeat(Math.max(3, maxRun(code) + 1));
   return `${fence}text\n${code}\n${fence}`;
  };
  const entities = {
   "&": "&amp;",
   "<": "&lt;",
   ">": "&gt;"
  };
  const escapeHtmlText = text => text.replace(/[&<>]/g, character => entities[character] ?? "");
  const escapeHtml = (text, maxUnits = 300) => splitPieces((0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(text, maxUnits)).map(({kind, text}) => kind === "code" ? `<code>${escapeHtmlText(text)}</code>` : escapeHtmlText(text)).join("");
  const escapeHtmlCode = (text, maxUnits = 300) => {
   const code = (0, _clean_js__WEBPACK_IMPORTED_MODULE_0__.S5)(text, maxUnits);
   return code && `<code>${escapeHtmlText(code)}</code>`;
  };
  const formatLink = (text, address) => {
   const target = formatLinkTarget(address);
   return target === undefined ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${target})`;
  };
  const formatLinkTarget = address => {
   const url = address.length <= 2e3 && /^https?:\/\//i.test(address) ? URL.parse(address) : null;
   if (url?.username !== "" || url.password !== "") return undefined;
   const rest = url.pathname + url.search + url.hash;
   return url.origin + rest.replace(/[()[\]<>{}|\\^`'"*_~$]/g, percentEncode).replaceAll("&", "&amp;");
  };
  const percentEncode = character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  const formatTable = (header, rows) => [ formatRow(header), formatRow(header.map(() => "---")), ...rows.map(formatRow) ].join("\n");
  const formatRow = cells => `| ${cells.join(" | ")} |`;
  const formatFold = (title, content) => `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
 },
 342: (__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => {
   try {
    var _adapters_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3720);
    var _adapters_runner_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4843);
    var _adapters_system_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3931);
    var _core_network_proxy_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(4286);
    var _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3173);
    var _core_run_product_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3470);
    var _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7812);
    var _core_text_redact_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7974);
    var _core_text_writer_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9620);
    var _operations_context_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2877);
    var _run_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(2435);
    const cancelledExit = 130;
    const cancel = new AbortController;
    for (const signal of [ "SIGINT", "SIGTERM", "SIGBREAK" ]) process.on(signal, () => cancel.abort(new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.cc));
    process.stdout.on("error", () => undefined);
    const inputs = (0, _adapters_runner_js__WEBPACK_IMPORTED_MODULE_1__.Ko)(process.env);
    const secrets = [ inputs.token, inputs.github_token, ...(0, _core_network_proxy_js__WEBPACK_IMPORTED_MODULE_10__.WA)(process.env) ];
    (0, _adapters_runner_js__WEBPACK_IMPORTED_MODULE_1__.QU)(secrets);
    const redact = (0, _core_text_redact_js__WEBPACK_IMPORTED_MODULE_6__.l)(secrets);
    const writer = (0, _core_text_writer_js__WEBPACK_IMPORTED_MODULE_7__.u7)(redact);
    const runner = (0, _adapters_runner_js__WEBPACK_IMPORTED_MODULE_1__.ji)(writer, process.env);
    const workflow = (0, _adapters_runner_js__WEBPACK_IMPORTED_MODULE_1__.FB)(process.env);
    const plain = (0, _operations_context_js__WEBPACK_IMPORTED_MODULE_8__.PH)(runner, writer);
    plain.debug(`${_core_run_product_js__WEBPACK_IMPORTED_MODULE_4__.q.name} ${_core_run_product_js__WEBPACK_IMPORTED_MODULE_4__.q.version} on Node ${process.versions.node}`);
    const tlsWarning = (0, _core_network_proxy_js__WEBPACK_IMPORTED_MODULE_10__.rf)(process.env);
    if (tlsWarning) plain.annotate(tlsWarning);
    const world = {
     inputs,
     workflow,
     runner,
     clock: _adapters_system_js__WEBPACK_IMPORTED_MODULE_2__.p,
     random: Math.random,
     sha256hex: _adapters_system_js__WEBPACK_IMPORTED_MODULE_2__.L,
     startedMs: performance.timeOrigin,
     cancel: cancel.signal,
     writer,
     ...(0, _adapters_connect_js__WEBPACK_IMPORTED_MODULE_0__.E)(process.env, workflow, redact)
    };
    const zero = () => 0;
    const finishOpen = async () => {
     const {finish} = await Promise.all([ __nccwpck_require__.e(320), __nccwpck_require__.e(66), __nccwpck_require__.e(909), __nccwpck_require__.e(628) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 6628));
     await finish(world, process.env["STATE_open"] ?? "");
    };
    const runToExitCode = async () => {
     if (process.argv[2] === "finish") return finishOpen().then(zero, zero);
     const outcome = await (0, _run_js__WEBPACK_IMPORTED_MODULE_9__.e)(world);
     return cancel.signal.aborted ? cancelledExit : (0, _core_run_outcome_js__WEBPACK_IMPORTED_MODULE_3__.$)(outcome) ? 0 : 1;
    };
    const exit = await runToExitCode();
    process.stdout.write("", () => process.exit(exit));
    __webpack_async_result__();
   } catch (e) {
    __webpack_async_result__(e);
   }
  }, 1);
 },
 2877: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   DY: () => createRunStore,
   Gw: () => pauseBeforeRetry,
   PH: () => createPlainRunner,
   Sb: () => noteDeployment,
   YD: () => notePrevious,
   l6: () => isPastDeadline,
   oC: () => isLastBefore,
   v7: () => pause,
   yy: () => sleep
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6659);
  var _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3300);
  var _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7679);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7812);
  const createPlainRunner = (runner, writer) => ({
   info: text => runner.info(writer.logLine(text)),
   debug: text => runner.debug(writer.logLine(text)),
   annotate: ({level, title, message}) => runner.annotate({
    level,
    message: writer.annotation(message),
    ...title !== undefined && {
     title: writer.annotationTitle(title)
    }
   })
  });
  const isPastDeadline = ({clock, deadlineMs}) => clock.now() >= deadlineMs;
  const isLastBefore = ({clock, deadlineMs}, delayMs) => clock.now() + delayMs >= deadlineMs;
  const sleep = ({clock, deadlineMs, cancel}, ms) => clock.sleep(Math.max(0, Math.min(ms, deadlineMs - clock.now())), cancel);
  const pause = (context, ms) => sleep(context, Math.max(ms, context.rateLimiter.takeDelayMs()));
  const pauseBeforeRetry = async (context, ms, cause) => {
   await pause(context, ms);
   if (isPastDeadline(context)) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_3__.j3({
    cause
   });
  };
  const createRunStore = ({runner, writer, formatOutputs}, first = {}) => {
   let state = {
    ..._core_run_result_js__WEBPACK_IMPORTED_MODULE_3__.Ux,
    ...first
   };
   let published = formatOutputs(state);
   let checkpoint = {};
   const listeners = [];
   const note = news => {
    state = {
     ...state,
     ...news
    };
    const outputs = formatOutputs(state);
    for (const [name, value] of Object.entries(outputs)) {
     if (value !== published[name]) runner.setOutput(name, value);
    }
    published = outputs;
    for (const listener of listeners) listener(state);
   };
   const saveCheckpoint = news => {
    checkpoint = {
     ...checkpoint,
     ...news
    };
    runner.saveState("open", (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_2__.wP)(redactStartComment(writer, checkpoint)));
   };
   return {
    get state() {
     return state;
    },
    get checkpoint() {
     return checkpoint;
    },
    note,
    listen: listener => {
     listeners.push(listener);
    },
    remark: remark => note({
     remarks: [ ...state.remarks, remark ]
    }),
    saveCheckpoint,
    advance: transition => {
     const phase = transition(checkpoint.phase);
     if (phase !== checkpoint.phase) saveCheckpoint({
      phase
     });
    }
   };
  };
  const redactStartComment = ({text}, checkpoint) => {
   const {phase} = checkpoint;
   if (phase?.kind !== "starting") return checkpoint;
   const {start} = phase;
   const body = {
    ...start.body,
    comment: text(start.body.comment)
   };
   return {
    ...checkpoint,
    phase: {
     ...phase,
     start: {
      ...start,
      body
     }
    }
   };
  };
  const noteDeployment = (store, deployment) => {
   const pipelineRun = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.wX)(deployment.pipeline);
   store.note({
    deployment,
    ...pipelineRun && {
     pipelineRun
    }
   });
  };
  const notePrevious = (store, {last_deploy}) => {
   if (!last_deploy) store.note({
    previous: null
   }); else if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.yO)(last_deploy)) store.note({
    previous: last_deploy
   });
  };
 },
 1184: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   HF: () => createDeltaArchiver,
   Pm: () => archiveUnusedDelta,
   Wp: () => readSetId,
   oM: () => createDeltaPreparation,
   ro: () => getBaseSetId,
   xm: () => buildDeltaContents
  });
  var _core_delta_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2561);
  var _core_images_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(653);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1331);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7812);
  var _core_text_clean_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6010);
  var _context_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2877);
  var _read_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5844);
  var _request_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9259);
  const createDeltaPreparation = (context, request, comment) => {
   let made;
   return async base => {
    const contents = await buildDeltaContents(context, request, base);
    if (!contents) return undefined;
    const text = JSON.stringify(contents);
    if (made?.contents !== text) {
     const metadata = {
      env_id: request.env,
      name: nameDelta(comment, context.workflow.runUrl)
     };
     made = {
      contents: text,
      id: await makeDelta(context, {
       metadata,
       ...contents
      })
     };
    }
    return made.id;
   };
  };
  const maxNameUnits = 100;
  const nameDelta = (comment, runUrl) => {
   const [beginning = ""] = runUrl === "" ? [ comment ] : comment.split(runUrl, 1);
   return (0, _core_text_clean_js__WEBPACK_IMPORTED_MODULE_5__.IN)(beginning.replace(/[\xb7\s]+$/, ""), maxNameUnits);
  };
  const buildDeltaContents = async (context, request, base) => context.score ? context.score.convert(async () => base && getBaseSet(context, request, base)) : request.images && resolveImageContents(context, {
   ...request,
   images: request.images
  }, base);
  const getBaseSet = async (context, request, base) => {
   const setId = await getBaseSetId(context, request, base);
   return (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.getSet(setId, limits));
  };
  const resolveImageContents = async (context, request, base) => {
   const set = base && await getBaseSet(context, request, base);
   const resolved = (0, _core_images_js__WEBPACK_IMPORTED_MODULE_1__.B)(request.images, set ? (0, 
   _core_delta_js__WEBPACK_IMPORTED_MODULE_0__.DD)(set) : undefined);
   if (resolved.kind === "problems") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__.o("error", {
    kind: "images_unfit",
    problems: resolved.problems,
    env: request.env
   });
   noteImages(context, resolved.changes);
   return (0, _core_images_js__WEBPACK_IMPORTED_MODULE_1__.c)(resolved.changes);
  };
  const noteImages = (context, changes) => {
   const images = changes.map(({workload, container, from, to}) => ({
    workload,
    container,
    from,
    to
   }));
   const isLogged = JSON.stringify(images) === JSON.stringify(context.store.state.images);
   context.store.note({
    images
   });
   if (!isLogged) context.log({
    kind: "images",
    changes
   });
  };
  const getBaseSetId = async (context, request, base) => {
   const setId = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)(readSetId(context, determineBaseEnvironment(context, request), base));
   if ((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.c4)(setId) && request.base?.kind === "deployment") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__.o("error", {
    kind: "base_elsewhere",
    id: base.id
   }, {
    cause: setId
   });
   if (setId instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI) throw setId;
   return setId;
  };
  const readSetId = async (context, env, deployment) => {
   const {id, set_id} = deployment;
   if (set_id !== "") return set_id;
   const read = await (0, _read_js__WEBPACK_IMPORTED_MODULE_7__.iJ)(context, env, id);
   if (context.store.state.base?.id === id) context.store.note({
    base: read
   });
   if (read.set_id === "") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__.o("error", {
    kind: "no_base_set",
    id
   });
   return read.set_id;
  };
  const determineBaseEnvironment = ({store}, {env, base, createFrom = env}) => {
   if (base?.kind === "environment") return base.env;
   return store.state.environmentCreated && !base ? createFrom : env;
  };
  const makeDelta = async (context, body) => {
   let unanswered = 0;
   const mayRetry = ({details}) => {
    if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.M9)(details)) unanswered++;
    return (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.r3)(details) && unanswered <= 1;
   };
   const deltaId = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.createDelta(body, limits), {
    mayRetry
   });
   context.store.note({
    deltaId
   });
   return deltaId;
  };
  const archiveDelta = async (context, deltaId) => {
   const archive = limits => context.humanitec.archiveDelta(deltaId, limits);
   await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, archive, {
    patience: "once",
    timeoutMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.Uo
   }).catch(error => context.runner.debug(`Delta ${deltaId} was not archived: ${error.message}`));
  };
  const archiveUnusedDelta = async (context, end) => {
   const {state, checkpoint} = context.store;
   const mayBeNeeded = checkpoint.phase?.kind === "starting" || end instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__.o && end.result.outcome === "unknown";
   if (state.deltaId === undefined || mayBeNeeded || end instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__.cc || (0, 
   _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context)) return;
   await archiveDelta(context, state.deltaId);
  };
  const createDeltaArchiver = context => {
   let archiving;
   return {
    note: ({set_id}) => {
     const {deltaId} = context.store.state;
     if (deltaId !== undefined && set_id !== "" && !(0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context)) archiving ??= archiveDelta(context, deltaId);
    },
    end: async () => archiving
   };
  };
 },
 243: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   DO: () => listEnvironments,
   Fd: () => getCopySource,
   Ly: () => waitUntilGone,
   MX: () => readLatestSuccessful,
   Qz: () => checkEnvironment,
   jY: () => findEnvironment,
   uc: () => getEnvironment,
   wP: () => isAnother,
   zD: () => prepareEnvironment
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6659);
  var _core_environments_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(641);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1331);
  var _core_polling_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3168);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7812);
  var _core_text_words_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(8602);
  var _context_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2877);
  var _read_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5844);
  var _request_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9259);
  const unseenDelayMs = 5e3;
  const getEnvironment = async (context, request) => {
   const environment = await findEnvironment(context, request.env);
   if (environment) return environment;
   throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "no_environment"
   });
  };
  const readLatestSuccessful = async (context, source) => {
   if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.yO)(source.last_deploy)) return {
    target: source.last_deploy
   };
   const all = await (0, _read_js__WEBPACK_IMPORTED_MODULE_7__.Jn)(context, source.id);
   const target = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.HB)(all);
   if (target) return {
    target,
    active: (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.Gh)(all, source.last_deploy)
   };
   throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "nothing_succeeded",
    env: source.id
   });
  };
  const prepareEnvironment = async (context, request) => {
   for (let rounds = 0, mayBeOurs = false; ;rounds++) {
    if (rounds > 1) await (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.Gw)(context, unseenDelayMs);
    const environment = await findEnvironment(context, request.env);
    if (environment && environment.status !== "deleting") {
     const checked = checkEnvironment(context, request, environment);
     context.store.note({
      environment: checked
     });
     if (mayBeOurs && checked.name === (0, _core_environments_js__WEBPACK_IMPORTED_MODULE_1__.d2)(context.workflow)) context.store.note({
      environmentCreated: true
     });
     return checked;
    }
    if (request.createFrom === undefined) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
     kind: "no_environment",
     ...environment && {
      environment
     }
    });
    if (environment && await waitForDeletion(context, environment, request) !== "gone") continue;
    const created = await createEnvironment(context, request, request.createFrom);
    if (typeof created === "object") return created;
    mayBeOurs ||= created === "may be ours";
   }
  };
  const checkEnvironment = (context, request, environment) => {
   if (request.envType !== undefined && environment.type !== request.envType) {
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
     kind: "wrong_type",
     environment,
     envType: request.envType
    });
   }
   const claim = request.createFrom === undefined ? undefined : (0, _core_environments_js__WEBPACK_IMPORTED_MODULE_1__.Lo)(environment, context.workflow);
   if (claim !== undefined) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "others_environment",
    environment,
    claim
   });
   return environment;
  };
  const waitForDeletion = async (context, environment, request) => {
   try {
    return await waitUntilGone(context, environment, request.pollInterval);
   } catch (error) {
    if (!(error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.j3)) throw error;
    const reason = {
     kind: "timed_out",
     awaited: "deletion",
     ...(0, _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__._K)(error)
    };
    throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("timed_out", reason, {
     cause: error
    });
   }
  };
  const createEnvironment = async (context, request, from) => {
   const definition = await defineEnvironment(context, request, from);
   context.log({
    kind: "creating_environment",
    definition,
    from
   });
   if ((0, _core_environments_js__WEBPACK_IMPORTED_MODULE_1__.BM)(request.env, context.workflow)) context.log({
    kind: "escapes_prune",
    env: request.env
   });
   let [isDoubtful, unanswered] = [ false, 0 ];
   const mayRetry = ({details}) => {
    isDoubtful ||= (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.M9)(details);
    if ((0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.M9)(details) && !details.intermediary) unanswered++;
    return (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.r3)(details) && unanswered <= 1;
   };
   const create = limits => context.humanitec.createEnvironment(definition, limits);
   const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, create, {
    mayRetry
   }));
   if (!(answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI)) {
    context.store.note({
     environment: answer,
     environmentCreated: true
    });
    return answer;
   }
   if (answer.details.status === 409 && !answer.details.intermediary) return isDoubtful ? "may be ours" : "theirs";
   throw answer;
  };
  const defineEnvironment = async (context, request, from) => {
   const {source, deployment} = await getCopySource(context, request, from);
   return {
    id: request.env,
    name: (0, _core_environments_js__WEBPACK_IMPORTED_MODULE_1__.d2)(context.workflow),
    type: request.envType ?? source.type,
    from_deploy_id: deployment.id
   };
  };
  const getCopySource = async (context, request, from) => {
   const source = await findEnvironment(context, from);
   if (!source) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "no_source",
    input: "create_from",
    env: from
   });
   if (request.envType === undefined && source.type === "production") throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "production_copy",
    from
   });
   return {
    source,
    deployment: (await readLatestSuccessful(context, source)).target
   };
  };
  const findEnvironment = (context, env, policy = {}) => {
   const read = async limits => {
    const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)(context.humanitec.getEnvironment(env, limits));
    if (!(answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI)) return answer;
    if ((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.c4)(answer)) return undefined;
    const isDoubted = answer.details.status === 404 && !(0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context);
    if (isDoubted && await isSurelyUnlisted(context, env)) return undefined;
    throw answer;
   };
   return (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, read, policy);
  };
  const isSurelyUnlisted = async (context, env) => {
   if (await isListed(context, env)) return false;
   await (0, _context_js__WEBPACK_IMPORTED_MODULE_6__.yy)(context, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.F1);
   return !(0, _context_js__WEBPACK_IMPORTED_MODULE_6__.l6)(context) && !await isListed(context, env);
  };
  const isListed = async (context, env) => {
   const policy = {
    timeoutMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.ad.list,
    patience: "once"
   };
   const all = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.listEnvironments(limits), policy);
   return all.some(({id}) => id === env);
  };
  const listEnvironments = async context => {
   const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.listEnvironments(limits), {
    timeoutMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.ad.list
   }));
   if (!(answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_2__.GI)) return answer;
   if ((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.c4)(answer)) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "no_application"
   }, {
    cause: answer
   });
   throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_5__.o("error", {
    kind: "request",
    error: answer.details
   }, {
    cause: answer
   });
  };
  const isAnother = (environment, known) => {
   const [createdMs, knownMs] = [ (0, _core_text_words_js__WEBPACK_IMPORTED_MODULE_9__.jR)(environment.created_at), (0, 
   _core_text_words_js__WEBPACK_IMPORTED_MODULE_9__.jR)(known.created_at) ];
   return createdMs !== undefined && knownMs !== undefined && createdMs !== knownMs;
  };
  const doubtDelayMs = 5e3;
  const waitUntilGone = (context, known, pollInterval) => {
   const {clock} = context;
   const {id} = known;
   const scheduleMs = pollInterval === "auto" ? (0, _core_polling_js__WEBPACK_IMPORTED_MODULE_4__.O)([]) : () => pollInterval.fixedMs;
   const sinceMs = clock.now();
   let wasDeleting = known.status === "deleting";
   let doubts = {
    checks: 0,
    sinceMs
   };
   const check = async () => {
    const now = await findEnvironment(context, id, {
     patience: "once"
    });
    if (!now) return "gone";
    if (isAnother(now, known)) return "recreated";
    const isDoubtful = wasDeleting && now.status !== "deleting";
    wasDeleting ||= now.status === "deleting";
    doubts = {
     checks: isDoubtful ? doubts.checks + 1 : 0,
     sinceMs: doubts.checks === 0 ? clock.now() : doubts.sinceMs
    };
    const isBelieved = doubts.checks >= _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.sB && clock.now() >= doubts.sinceMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_3__.tq;
    return isBelieved ? "given_up" : undefined;
   };
   const delayMs = () => Math.min(scheduleMs(clock.now() - sinceMs), doubts.checks > 0 ? doubtDelayMs : Number.POSITIVE_INFINITY);
   context.log({
    kind: "waiting_for_deletion",
    env: id
   });
   return (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.wt)(context, {
    check,
    delayMs,
    log: createDeletionLog(context, id)
   });
  };
  const createDeletionLog = (context, env) => {
   let last;
   const heartbeat = (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.Vn)(context, elapsedMs => {
    const error = last?.details;
    last = undefined;
    return {
     kind: "still_deleting",
     env,
     elapsedMs,
     ...error && {
      error
     }
    };
   });
   return {
    pause: heartbeat.pause,
    reportError: error => {
     last = error;
    }
   };
  };
 },
 862: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   PL: () => createRunReader,
   QJ: () => findNewerRun,
   ai: () => findEarlierRuns
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3424);
  var _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3300);
  var _context_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2877);
  var _rate_limiter_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9283);
  var _request_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9259);
  const createRunReader = (context, id) => {
   const {humanitec} = context;
   let key = "";
   let known;
   const completed = new Map;
   const readJob = async listed => {
    const known = completed.get(listed.id);
    if (known) return known;
    const job = await once(context, limits => humanitec.getPipelineJob(id, listed.id, limits));
    if ((0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Yw)(job)) completed.set(job.id, job);
    return job;
   };
   const readJobs = async () => {
    const jobs = [];
    for (const listed of await once(context, limits => humanitec.listPipelineJobs(id, limits))) jobs.push(await readJob(listed));
    return jobs;
   };
   const readRun = () => once(context, limits => humanitec.getPipelineRun(id, limits));
   const readApprovals = () => once(context, limits => humanitec.listApprovals(id, limits));
   return {
    read: async () => {
     const run = known && (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Yw)(known.run) ? known.run : await readRun();
     const nowKey = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.rz)(run);
     if (known && nowKey === key) return {
      ...known,
      run
     };
     if ((0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Yw)(run)) {
      known = {
       approvals: [],
       ...known,
       run
      };
      if ((0, _context_js__WEBPACK_IMPORTED_MODULE_2__.l6)(context)) return known;
     }
     const jobs = (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_3__.yS)(await (0, _request_js__WEBPACK_IMPORTED_MODULE_4__.lu)(readJobs()));
     const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_4__.lu)(readApprovals());
     const approvals = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Yw)(run) ? answer : (0, 
     _rate_limiter_js__WEBPACK_IMPORTED_MODULE_3__.yS)(answer);
     const isWhole = !(jobs instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI || approvals instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI);
     known = {
      run,
      ...!(jobs instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) && {
       jobs
      },
      approvals: approvals instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI ? known?.approvals ?? [] : approvals
     };
     key = isWhole ? nowKey : "";
     return known;
    }
   };
  };
  const once = (context, call) => (0, _request_js__WEBPACK_IMPORTED_MODULE_4__.w$)(context, call, {
   patience: "once"
  });
  const findEarlierRuns = async (context, env, {mark, newest}) => {
   const pipelineId = newest?.pipeline?.id ?? "";
   if (pipelineId === "" || context.workflow.attempt <= 1) return {
    open: undefined,
    ids: []
   };
   const list = () => (0, _request_js__WEBPACK_IMPORTED_MODULE_4__.w$)(context, limits => context.humanitec.listPipelineRuns(pipelineId, limits));
   const first = await list();
   const runs = first.length === 0 ? await list() : first;
   const ours = runs.filter(run => (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Uv)(run, mark)).map(run => ({
    ...run,
    pipeline_id: run.pipeline_id || pipelineId
   }));
   return {
    open: (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Zj)(ours, env)[0],
    ids: ours.map(({id}) => id)
   };
  };
  const findNewerRun = async (context, env, newest) => {
   const {pipeline} = newest;
   if (!pipeline?.id) return undefined;
   const runs = await (0, _request_js__WEBPACK_IMPORTED_MODULE_4__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_4__.w$)(context, limits => context.humanitec.listPipelineRuns(pipeline.id, limits)));
   if (runs instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) return undefined;
   const until = runs.findIndex(({id}) => id === pipeline.run_id);
   const [run] = (0, _core_pipelines_js__WEBPACK_IMPORTED_MODULE_1__.Zj)(until < 0 ? runs : runs.slice(0, until), env);
   return run && {
    pipelineId: pipeline.id,
    runId: run.id
   };
  };
 },
 9283: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   $T: () => getBackoffMs,
   A1: () => noSideLimit,
   KU: () => takePaceDelayMs,
   Op: () => createSideLimiter,
   TN: () => determineStartDelayMs,
   VZ: () => noRateLimit,
   _d: () => notePace,
   mn: () => mayReadOptional,
   uP: () => mayReadDuringWait,
   x: () => createRateLimiter,
   yS: () => rethrowBackoff
  });
  var _core_network_pace_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2347);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1331);
  const maxRequests = 312;
  const burstRequests = 230;
  const maxPacingDelayMs = 45e3;
  const hourMs = 36e5;
  const createRateLimiter = ({now}) => {
   let sentMs = [];
   let sinceLastPause = 0;
   return {
    count: () => {
     sentMs.push(now());
     sinceLastPause++;
    },
    takeDelayMs: () => {
     const requests = sinceLastPause;
     sinceLastPause = 0;
     sentMs = sentMs.filter(timeMs => timeMs > now() - hourMs);
     const [firstMs = 0] = sentMs;
     if (sentMs.length < burstRequests) return 0;
     const evenDelayMs = (firstMs + hourMs - now()) / Math.max(1, maxRequests - sentMs.length);
     return requests * Math.min(evenDelayMs, maxPacingDelayMs);
    }
   };
  };
  const noRateLimit = {
   count: () => undefined,
   takeDelayMs: () => 0
  };
  const maxSideRequests = 80;
  const requestsOfACheck = 5;
  const createSideLimiter = ({now}) => {
   let sentMs = [];
   return {
    count: () => sentMs.push(now()),
    takeDelayMs: () => 0,
    hasRoom: () => {
     sentMs = sentMs.filter(timeMs => timeMs > now() - hourMs);
     return sentMs.length + requestsOfACheck <= maxSideRequests;
    }
   };
  };
  const noSideLimit = {
   ...noRateLimit,
   hasRoom: () => true
  };
  const notePace = (context, error, sentMs) => {
   noteBackoff(context, error);
   if (error.details.status === 429) noteRateLimit(context, sentMs);
  };
  const noteRateLimit = ({api, clock}, sentMs) => {
   api.hasAnswered ||= api.isDefaultUrl;
   api.pace = (0, _core_network_pace_js__WEBPACK_IMPORTED_MODULE_0__.kl)(api.pace, sentMs, clock.now());
  };
  const noteBackoff = ({api, clock}, error) => {
   const untilMs = clock.now() + Math.min(error.details.retryAfterMs ?? 0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.vB);
   if (untilMs > Math.max(clock.now(), api.backoff?.untilMs ?? 0)) api.backoff = {
    untilMs,
    error
   };
  };
  const getBackoffMs = ({api, clock}) => Math.max(0, (api.backoff?.untilMs ?? 0) - clock.now());
  const rethrowBackoff = answer => {
   if (answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI && answer.details.retryAfterMs) throw answer;
   return answer;
  };
  const takePaceDelayMs = context => {
   const gapMs = findGapMs(context);
   return gapMs === 0 ? 0 : (0, _core_network_pace_js__WEBPACK_IMPORTED_MODULE_0__.We)(gapMs, context.random());
  };
  const determineStartDelayMs = (context, {details}) => (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.s)(details.retryAfterMs) + (0, 
  _core_network_pace_js__WEBPACK_IMPORTED_MODULE_0__.Rm)(findGapMs(context), context.random());
  const findGapMs = ({api, clock}) => (0, _core_network_pace_js__WEBPACK_IMPORTED_MODULE_0__.g0)(api.pace, clock.now());
  const mayReadOptional = context => getBackoffMs(context) === 0 && findGapMs(context) <= _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.T5;
  const mayReadDuringWait = context => context.sideLimiter.hasRoom() && getBackoffMs(context) === 0;
 },
 5844: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Jn: () => listDeployments,
   Ld: () => tryReadDeployment,
   iJ: () => readDeployment
  });
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1331);
  var _request_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9259);
  const readDeployment = (context, env, id, policy) => (0, _request_js__WEBPACK_IMPORTED_MODULE_1__.w$)(context, limits => context.humanitec.getDeployment(env, id, limits), policy);
  const tryReadDeployment = (context, env, id) => (0, _request_js__WEBPACK_IMPORTED_MODULE_1__.lu)(readDeployment(context, env, id, {
   patience: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_0__.ad.read
  }));
  const listDeployments = (context, env, policy) => (0, _request_js__WEBPACK_IMPORTED_MODULE_1__.w$)(context, limits => context.humanitec.listDeployments(env, limits), {
   ...policy,
   timeoutMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_0__.ad.list
  });
 },
 3564: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Ed: () => noteBase,
   K: () => restoreBase,
   Wu: () => createBaseCheck,
   gU: () => resolveBase,
   hW: () => createRebase,
   jJ: () => noBaseCheck
  });
  var _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6659);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1331);
  var _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7679);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7812);
  var _context_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2877);
  var _environment_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(243);
  var _read_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5844);
  var _request_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(9259);
  const noteBase = (context, base, env) => {
   const isLogged = context.store.state.base?.id === base.id;
   context.store.note({
    base
   });
   if (!isLogged) context.log({
    kind: "base",
    base,
    ...env !== undefined && {
     env
    }
   });
  };
  const createRebase = (context, request) => request.base && createRebaseTo(context, request, request.base);
  const createRebaseTo = (context, {env}, base) => {
   const {store} = context;
   const current = () => (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__.gm)(store.checkpoint.phase);
   const end = () => store.advance(phase => (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__.TD)(phase, undefined));
   return {
    set: async (environment, prepare) => {
     const {target, active} = await resolve(context, environment, base);
     if (active) return {
      ...environment,
      last_deploy: active
     };
     if (base.kind === "environment") noteBase(context, target, base.env === env ? undefined : base.env); else store.note({
      base: target
     });
     await prepare(target);
     return putBaseSafely(context, environment, target.id);
    },
    renew: async ({last_deploy}) => {
     const findNewActive = environment => {
      const active = (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.gv)(environment);
      return active?.id === last_deploy?.id ? undefined : active;
     };
     const environment = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.getEnvironment(env, limits));
     const rebase = current();
     const isOurs = environment.from_deploy?.id === rebase?.newBaseId;
     if (!rebase || isOurs || findNewActive(environment)) return findNewActive(environment);
     return findNewActive(await putBaseSafely(context, environment, rebase.newBaseId));
    },
    leave: isInPipeline => {
     const rebase = current();
     if (rebase) store.remark({
      kind: "base_left",
      rebase,
      ...isInPipeline && {
       isInPipeline
      }
     });
     end();
    },
    restore: async () => {
     const rebase = current();
     if (!rebase) return;
     await restoreBase(context, env, rebase);
     end();
    }
   };
  };
  const resolveBase = async (context, environment, base) => (await resolve(context, environment, base)).target;
  const resolve = async (context, environment, base) => {
   if (base.kind === "deployment") return {
    target: findKnown(environment, base.id) ?? {
     ..._core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.co,
     id: base.id
    }
   };
   if (base.env === environment.id) return (0, _environment_js__WEBPACK_IMPORTED_MODULE_6__.MX)(context, environment);
   return {
    target: (await (0, _environment_js__WEBPACK_IMPORTED_MODULE_6__.MX)(context, await getSource(context, base.env))).target
   };
  };
  const getSource = async (context, from) => {
   const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.getEnvironment(from, limits)));
   if (!(answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI)) return answer;
   if (!(0, _request_js__WEBPACK_IMPORTED_MODULE_8__.c4)(answer)) throw answer;
   throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_4__.o("error", {
    kind: "no_source",
    input: "from_env",
    env: from
   }, {
    cause: answer
   });
  };
  const findKnown = ({last_deploy, from_deploy}, id) => [ last_deploy, from_deploy ].find(deployment => deployment?.id === id);
  const putBaseSafely = async (context, first, id) => {
   for (let environment = first; ;) {
    const mayStillCome = await putBase(context, environment, id);
    if (!mayStillCome) return environment;
    context.log({
     kind: "rebase_sent_again",
     delayMs: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.mq
    });
    await (0, _context_js__WEBPACK_IMPORTED_MODULE_5__.Gw)(context, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.mq);
    settle(context);
    const {id: env} = environment;
    environment = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.getEnvironment(env, limits));
    if (environment.from_deploy?.id === id || (0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.gv)(environment)) return environment;
   }
  };
  const putBase = async (context, environment, id) => {
   let wasLost = false;
   const send = limits => context.humanitec.putBase(environment.id, id, limits).catch(error => {
    wasLost ||= !(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) || (0, 
    _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.M9)(error.details);
    throw error;
   });
   const earlier = (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__.gm)(context.store.checkpoint.phase);
   const note = rebase => context.store.advance(phase => (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__.TD)(phase, rebase));
   note(toPendingRebase(environment, id, earlier));
   const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, send));
   if (!wasLost) answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI ? note(earlier) : settle(context);
   if (answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) throw answer;
   return wasLost;
  };
  const toPendingRebase = ({from_deploy, last_deploy}, newBaseId, current) => {
   const baseId = from_deploy?.id ?? "";
   const earlier = current && baseId === current.newBaseId ? {
    ...current,
    earlierBaseId: baseId
   } : {};
   return {
    previousBaseId: baseId,
    newestDeploymentId: last_deploy?.id ?? "",
    ...earlier,
    newBaseId,
    mayStillApply: true
   };
  };
  const settle = ({store}) => store.advance(phase => {
   const rebase = (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__.gm)(phase);
   if (!rebase) return phase;
   const {mayStillApply: _, ...settled} = rebase;
   return (0, _core_run_checkpoint_js__WEBPACK_IMPORTED_MODULE_3__.TD)(phase, settled);
  });
  const noBaseCheck = {
   note: () => undefined,
   judge: async () => undefined
  };
  const createBaseCheck = (context, env, {base, isRebased}) => {
   let other = "";
   return {
    note: ({from_id, pipeline}) => {
     if (other !== "" || from_id === "" || from_id === base.id || pipeline) return;
     other = from_id;
     context.log({
      kind: "other_base",
      asked: base.id,
      actual: from_id,
      isRebased
     });
     if (!isRebased) context.store.remark({
      kind: "built_on_other_base",
      named: base.id,
      actual: from_id
     });
    },
    judge: async () => {
     if (!isRebased || other === "" || await haveSameSet(context, env, [ base, other ])) return undefined;
     return {
      outcome: "error",
      reason: {
       kind: "other_base",
       asked: base.id,
       actual: other
      }
     };
    }
   };
  };
  const haveSameSet = async (context, env, [base, otherId]) => {
   const setId = base.set_id || await findSetId(context, env, base.id);
   return setId !== "" && setId === await findSetId(context, env, otherId);
  };
  const findSetId = async (context, env, id) => {
   const known = context.store.state.history.find(deployment => deployment.id === id);
   if (known || (0, _context_js__WEBPACK_IMPORTED_MODULE_5__.l6)(context)) return known?.set_id ?? "";
   const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.MS)((0, _read_js__WEBPACK_IMPORTED_MODULE_7__.Ld)(context, env, id), undefined);
   return answer === undefined || answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI ? "" : answer.set_id;
  };
  const restoreBase = async (context, env, rebase) => {
   const end = await restore(context, env, rebase);
   if (end === "left") context.store.remark({
    kind: "base_left",
    rebase
   }); else if (end !== "back") context.store.remark({
    kind: "base_of_others",
    id: end.othersId
   });
  };
  const restore = async (context, env, rebase) => {
   if (rebase.mayStillApply) await (0, _context_js__WEBPACK_IMPORTED_MODULE_5__.v7)(context, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.mq);
   const mayStillCome = rebase.mayStillApply === true && (0, _context_js__WEBPACK_IMPORTED_MODULE_5__.l6)(context);
   const environment = await readPastLag(context, env, rebase);
   if (environment instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI) return "left";
   const id = determinePreviousId(environment, rebase);
   const nowId = environment.from_deploy?.id ?? "";
   const isOurs = nowId === rebase.newBaseId || nowId === rebase.earlierBaseId;
   if (!isOurs && (mayStillCome || isLagging(environment, rebase))) return "left";
   if (!isOurs) return nowId === id ? "back" : {
    othersId: nowId
   };
   if ((0, _core_deployments_js__WEBPACK_IMPORTED_MODULE_0__.gv)(environment) || id === "") return "left";
   if (id === nowId) return "back";
   const answer = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.putBase(env, id, limits), {
    patience: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.W1
   }));
   return answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI || mayStillCome ? "left" : "back";
  };
  const lagDelayMs = 2e3;
  const maxReads = 4;
  const readPastLag = async (context, env, rebase) => {
   for (let reads = 1; ;reads++) {
    const environment = await (0, _request_js__WEBPACK_IMPORTED_MODULE_8__.lu)((0, _request_js__WEBPACK_IMPORTED_MODULE_8__.w$)(context, limits => context.humanitec.getEnvironment(env, limits), {
     patience: _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.W1
    }));
    if (environment instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI || !isLagging(environment, rebase)) return environment;
    if (reads >= maxReads || (0, _context_js__WEBPACK_IMPORTED_MODULE_5__.l6)(context)) return environment;
    await (0, _context_js__WEBPACK_IMPORTED_MODULE_5__.v7)(context, lagDelayMs);
   }
  };
  const isLagging = ({from_deploy, last_deploy}, {newBaseId, previousBaseId, newestDeploymentId, mayStillApply}) => !mayStillApply && previousBaseId !== newBaseId && (from_deploy?.id ?? "") === previousBaseId && (last_deploy?.id ?? "") === newestDeploymentId;
  const determinePreviousId = ({last_deploy}, {previousBaseId, newestDeploymentId}) => last_deploy && last_deploy.id !== newestDeploymentId ? last_deploy.id : previousBaseId;
 },
 9259: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   HP: () => waitForBackoff,
   Hj: () => createRetryLog,
   MS: () => unlessCancelled,
   Vn: () => createHeartbeat,
   c4: () => isNotFound,
   hx: () => createRetryEvent,
   lu: () => catchRequestError,
   w$: () => sendRequest,
   wt: () => poll
  });
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1331);
  var _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7812);
  var _context_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2877);
  var _rate_limiter_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9283);
  const sendRequest = async (context, call, {timeoutMs = _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.ad.read, patience = "deadline", mayRetry = isTransient, signal = context.cancel} = {}) => {
   const endMs = determinePatienceEndMs(context, patience);
   const intermediary = createIntermediaryPatience(context);
   const sinceMs = context.clock.now();
   let last;
   const heartbeat = createHeartbeat(context, () => last && createRetryEvent(context, last));
   const count = (error, tries) => countAttempts(error, tries, context.clock.now() - sinceMs);
   for (let failures = 1; ;failures++) {
    if (patience === "deadline") throwIfOver(context, last && count(last, failures - 1));
    signal.throwIfAborted();
    try {
     return await send(context, call, {
      timeoutMs,
      signal
     });
    } catch (error) {
     if (!(error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) || !mayRetry(error)) throw error;
     last = error;
    }
    const delayMs = determineTryDelayMs(context, failures, last);
    if (patience !== "deadline" && context.clock.now() + delayMs >= endMs) throw count(last, failures);
    const intermediaryLeftMs = intermediary.determineEndMs(last) - context.clock.now();
    if (intermediaryLeftMs <= 0) throw count(last, failures);
    context.runner.debug(`${last.message}; again in ${Math.round(delayMs)} ms`);
    const firstAnswerLeftMs = Math.max(0, firstAnswerEndMs(context) - context.clock.now());
    await heartbeat.pause(Math.min(delayMs, intermediaryLeftMs, firstAnswerLeftMs));
   }
  };
  const determineTryDelayMs = (context, failures, {details}) => details.status === 429 ? (0, 
  _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.s)(details.retryAfterMs) + (0, 
  _rate_limiter_js__WEBPACK_IMPORTED_MODULE_4__.KU)(context) : (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.Jb)(failures, context.random(), details.retryAfterMs);
  const createIntermediaryPatience = ({clock}) => {
   let endMs;
   return {
    determineEndMs: ({details}) => {
     if (!details.intermediary) return Number.POSITIVE_INFINITY;
     endMs ??= clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.jt;
     return endMs;
    },
    reset: () => {
     endMs = undefined;
    }
   };
  };
  const countAttempts = (error, count, overMs) => count === 1 ? error : new _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI({
   ...error.details,
   attempts: {
    count,
    overMs
   }
  }, {
   cause: error
  });
  const isTransient = ({details}) => (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.r3)(details);
  const createRetryLog = context => {
   let last;
   const {pause} = createHeartbeat(context, () => last && createRetryEvent(context, last));
   return {
    pause,
    reportError: error => {
     context.runner.debug(`${error.message}; it is tried again`);
     last = error;
    }
   };
  };
  const createRetryEvent = ({clock, startedMs}, {details}) => ({
   kind: "retrying",
   error: details,
   elapsedMs: clock.now() - startedMs
  });
  const determinePatienceEndMs = ({clock, deadlineMs}, patience) => typeof patience === "number" ? Math.min(clock.now() + patience, deadlineMs) : clock.now();
  const send = async (context, call, {timeoutMs, signal}) => {
   context.rateLimiter.count();
   const sentMs = context.clock.now();
   const leftMs = context.deadlineMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.tX - sentMs;
   try {
    const answer = await call({
     timeoutMs: Math.max(1, Math.min(timeoutMs, leftMs)),
     signal
    });
    context.api.hasAnswered = true;
    return answer;
   } catch (error) {
    if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) (0, 
    _rate_limiter_js__WEBPACK_IMPORTED_MODULE_4__._d)(context, error, sentMs);
    throw error;
   }
  };
  const throwIfOver = (context, last) => {
   const isOver = (0, _context_js__WEBPACK_IMPORTED_MODULE_3__.l6)(context);
   const isNeverAnswered = last !== undefined && context.clock.now() >= firstAnswerEndMs(context);
   if (last?.details.intermediary && (isOver || isNeverAnswered)) throw last;
   if (last && isNeverAnswered) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.o("error", {
    kind: "unreachable",
    error: last.details
   }, {
    cause: last
   });
   if (isOver) throw new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.j3({
    cause: last
   });
  };
  const firstAnswerEndMs = ({api, startedMs, deadlineMs}) => api.hasAnswered ? Number.POSITIVE_INFINITY : Math.min(startedMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.sD, deadlineMs);
  const catchRequestError = async answer => {
   try {
    return await answer;
   } catch (error) {
    if (error instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI) return error;
    throw error;
   }
  };
  const unlessCancelled = async (work, fallback) => {
   try {
    return await work;
   } catch (error) {
    if (error instanceof _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.cc) return fallback;
    throw error;
   }
  };
  const isNotFound = answer => answer instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI && answer.details.status === 404 && !answer.details.intermediary;
  const poll = async (context, {check, delayMs, mayRetry = isTransient, isFollowing = false, log}) => {
   const {clock} = context;
   const intermediary = createIntermediaryPatience(context);
   const doubt = createRefusalDoubt(context);
   for (;;) {
    const seen = await catchRequestError(check());
    const error = seen instanceof _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_0__.GI ? seen : undefined;
    const isDoubtful = error !== undefined && !mayRetry(error);
    if (isDoubtful && !(isFollowing && doubt.admits(error))) throw error;
    if (error) log.reportError?.(error); else if (seen !== undefined) return seen;
    if ((0, _context_js__WEBPACK_IMPORTED_MODULE_3__.l6)(context)) throw error?.details.intermediary ? error : new _core_run_result_js__WEBPACK_IMPORTED_MODULE_2__.j3({
     cause: error
    });
    const backoffMs = Math.min(error?.details.retryAfterMs ?? 0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.vB);
    const pauseMs = Math.max(delayMs(), backoffMs + (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_4__.KU)(context), isDoubtful ? _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.F1 : 0);
    if (error && !isFollowing && clock.now() + pauseMs >= intermediary.determineEndMs(error)) throw error;
    if (!error) {
     intermediary.reset();
     doubt.reset();
    }
    await log.pause(pauseMs);
   }
  };
  const createRefusalDoubt = ({clock}) => {
   let first;
   return {
    admits: ({details}) => {
     if (!(0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.jZ)(details)) return false;
     const {status} = details;
     const before = first && first.status === status ? first : {
      status,
      atMs: clock.now()
     };
     first = before;
     return clock.now() < before.atMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.F1;
    },
    reset: () => {
     first = undefined;
    }
   };
  };
  const createHeartbeat = (context, describe) => {
   const {clock} = context;
   const sinceMs = clock.now();
   let nextMs = sinceMs + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.fO;
   const reset = () => {
    nextMs = clock.now() + _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_1__.fO;
   };
   return {
    reset,
    pause: async ms => {
     const backoffMs = Math.max(ms, context.rateLimiter.takeDelayMs());
     for (let endMs = Math.min(clock.now() + backoffMs, context.deadlineMs); clock.now() < endMs; ) {
      await (0, _context_js__WEBPACK_IMPORTED_MODULE_3__.yy)(context, Math.min(endMs, nextMs) - clock.now());
      if (clock.now() < nextMs || clock.now() >= endMs) continue;
      const event = describe(clock.now() - sinceMs);
      if (event) context.log(event);
      reset();
     }
    }
   };
  };
  const waitForBackoff = async context => {
   const {backoff} = context.api;
   const backoffMs = (0, _rate_limiter_js__WEBPACK_IMPORTED_MODULE_4__.$T)(context);
   if (!backoff || backoffMs === 0) return;
   const heartbeat = createHeartbeat(context, () => createRetryEvent(context, backoff.error));
   await unlessCancelled(heartbeat.pause(backoffMs), undefined);
  };
 },
 443: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   dP: () => createUnknownStart,
   b2: () => isMissing,
   lb: () => isOurStart,
   iY: () => judgeList,
   Xy: () => pauseWithHeartbeat,
   hx: () => searchStart,
   Fv: () => toPending
  });
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __nccwpck_require__(6659);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __nccwpck_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __nccwpck_require__(1331);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var result = __nccwpck_require__(7812);
  // EXTERNAL MODULE: ./lib/core/mark.js
    var core_mark = __nccwpck_require__(9210);
  // EXTERNAL MODULE: ./lib/core/pipelines.js
    var pipelines = __nccwpck_require__(3300);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __nccwpck_require__(8602);
  // CONCATENATED MODULE: ./lib/core/start-identity.js
  const identifyStart = search => {
   const newer = (0, deployments.xC)(search.newestFirst, search.before);
   const marked = newer.filter(({comment}) => (0, core_mark.gB)(comment, search.mark) === "ours");
   const runs = (search.runs ?? []).filter(run => !search.earlierRunIds.has(run.id) && (0, 
   pipelines.Uv)(run, search.mark));
   const deployment = findNewest(marked);
   const [run] = runs;
   if (countStarts(marked, runs) > 1) return {
    kind: "ambiguous",
    reason: "several",
    candidates: marked,
    runs
   };
   if (deployment) return {
    kind: "found",
    deployment
   };
   if (run) return {
    kind: "run",
    run
   };
   const candidates = newer.filter(each => couldBeOurs(each, search));
   if (candidates.length > 0) return {
    kind: "ambiguous",
    reason: "alike",
    candidates,
    runs: []
   };
   return search.runs ? {
    kind: "absent"
   } : {
    kind: "ambiguous",
    reason: "unreadable",
    candidates: [],
    runs: []
   };
  };
  const findNewest = deployments => {
   const timeOf = ({created_at}) => (0, words.jR)(created_at) ?? Number.NaN;
   return deployments.reduce((newest, each) => newest && !(timeOf(each) > timeOf(newest)) ? newest : each, undefined);
  };
  const countStarts = (marked, runs) => {
   const direct = marked.filter(({pipeline}) => !pipeline?.run_id).length;
   const runIds = new Set([ ...marked.flatMap(({pipeline}) => pipeline?.run_id || []), ...runs.map(({id}) => id) ]);
   return direct === 1 && runIds.size === 1 && marked.length === 1 ? 1 : direct + runIds.size;
  };
  const couldBeOurs = ({comment, delta_id, set_id, from_id, pipeline}, {sent, mark}) => {
   const owner = (0, core_mark.gB)(comment, mark);
   if (owner !== "no_run") return owner === "this_run";
   if (sent.deltaId) return delta_id === sent.deltaId || delta_id === "" && pipeline !== undefined;
   const setId = sent.setId ?? sent.baseSetId ?? "";
   if (setId !== "" && set_id === setId) return true;
   if (sent.baseId !== undefined && delta_id === "" && from_id !== "" && from_id !== sent.baseId) return true;
   return delta_id === "" && (pipeline !== undefined || set_id === "" || setId === "");
  };
  const listPipelineIds = newestFirst => [ ...new Set(newestFirst.flatMap(({pipeline}) => pipeline?.id || [])) ];
  // EXTERNAL MODULE: ./lib/operations/context.js
    var operations_context = __nccwpck_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/read.js
    var read = __nccwpck_require__(5844);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var request = __nccwpck_require__(9259);
  // CONCATENATED MODULE: ./lib/operations/start-search.js
  const isOurStart = state => state.kind === "started" || state.kind === "in_pipeline";
  const judgeList = (start, newestFirst, runs) => {
   const {mark, body, before, baseSetId, baseId} = start;
   const sent = {
    ...body.delta_id !== undefined && {
     deltaId: body.delta_id
    },
    ...body.set_id !== undefined && {
     setId: body.set_id
    },
    ...baseSetId !== undefined && {
     baseSetId
    },
    ...baseId !== undefined && {
     baseId
    }
   };
   const earlierRunIds = new Set([ ...start.earlierRunIds, ...listRunIdsBefore(newestFirst, before.last_deploy) ]);
   const found = identifyStart({
    newestFirst,
    before: before.last_deploy,
    sent,
    mark,
    runs,
    earlierRunIds
   });
   switch (found.kind) {
   case "found":
    return {
     kind: "started",
     deployment: found.deployment
    };

   case "run":
    return {
     kind: "in_pipeline",
     run: found.run
    };

   case "ambiguous":
    return {
     kind: "ambiguous",
     reason: found.reason
    };

   default:
    {
     const active = (0, deployments.Gh)(newestFirst, before.last_deploy);
     return active ? {
      kind: "conflict",
      active
     } : {
      kind: "absent"
     };
    }
   }
  };
  const listRunIdsBefore = (newestFirst, before) => {
   const index = before ? newestFirst.findIndex(({id}) => id === before.id) : -1;
   const earlier = index < 0 ? [] : newestFirst.slice(index);
   return [ ...earlier, ...before ? [ before ] : [] ].flatMap(({pipeline}) => pipeline?.run_id || []);
  };
  const searchStart = async start => {
   const {context, before} = start;
   let doubt;
   for (let reads = 1, gapsMs = retry_policy.Er; ;reads++) {
    await pauseWithHeartbeat(context, gapsMs[reads - 1] ?? 0, "start");
    if ((0, operations_context.l6)(context)) throw new result.j3;
    const list = await (0, request.lu)((0, read.Jn)(context, start.env));
    if (list instanceof request_error.GI) return list;
    const pipelineIds = listPipelineIds([ ...list, ...before.last_deploy ? [ before.last_deploy ] : [] ]);
    if (pipelineIds.length > 0) gapsMs = [ ...retry_policy.Er, ...retry_policy.ed ];
    const state = judgeList(start, list, await listRuns(context, pipelineIds));
    if (state.kind === "ambiguous" && state.reason !== "unreadable") doubt = state;
    if (isOurStart(state)) return state;
    if (reads < gapsMs.length) continue;
    if (state.kind !== "absent" && state.kind !== "conflict") return state;
    return doubt ?? (list.length === 0 ? judgeEmptyList(start) : state);
   }
  };
  const judgeEmptyList = async start => {
   const {context, env, before} = start;
   if (before.last_deploy) return {
    kind: "ambiguous",
    reason: "unreadable"
   };
   const now = await (0, request.lu)((0, request.w$)(context, limits => context.humanitec.getEnvironment(env, limits)));
   if (now instanceof request_error.GI) return now;
   if (!now.last_deploy) return {
    kind: "absent"
   };
   const state = judgeList(start, [ now.last_deploy ], []);
   return isOurStart(state) ? state : {
    kind: "ambiguous",
    reason: "unreadable"
   };
  };
  const isMissing = (list, before) => before !== undefined && list.length === 0;
  const maxPipelines = 3;
  const listRuns = async (context, pipelineIds) => {
   const all = [];
   for (const id of pipelineIds.slice(0, maxPipelines)) {
    const runs = await (0, request.lu)((0, request.w$)(context, limits => context.humanitec.listPipelineRuns(id, limits)));
    if (runs instanceof request_error.GI) return undefined;
    all.push(...runs.map(run => ({
     ...run,
     pipeline_id: run.pipeline_id || id
    })));
   }
   return all;
  };
  const pauseWithHeartbeat = (context, ms, what) => {
   const describe = () => ({
    kind: "still_waiting",
    what,
    elapsedMs: context.clock.now() - context.startedMs
   });
   return (0, request.Vn)(context, describe).pause(ms);
  };
  const toPending = ({body, mark, before, baseSetId, baseId, earlierRunIds}) => ({
   body,
   mark,
   newestBefore: {
    id: before.last_deploy?.id ?? "",
    created_at: before.last_deploy?.created_at ?? ""
   },
   ...baseSetId !== undefined && {
    baseSetId
   },
   ...baseId !== undefined && {
    baseId
   },
   earlierRunIds
  });
  const createUnknownStart = (body, cause, doubt) => {
   const failure = cause instanceof request_error.GI ? {
    error: cause.details
   } : {};
   const several = doubt === "several" ? {
    isSeveral: true
   } : {};
   return new result.o("unknown", {
    kind: "start_unknown",
    sent: body,
    ...failure,
    ...several
   }, {
    cause
   });
  };
 },
 2435: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   e: () => run
  });
  // EXTERNAL MODULE: ./lib/core/inputs/inputs.js + 1 modules
    var inputs_inputs = __nccwpck_require__(6185);
  // EXTERNAL MODULE: ./lib/core/run/checkpoint.js
    var checkpoint = __nccwpck_require__(7679);
  // EXTERNAL MODULE: ./lib/core/run/workflow-context.js
    var workflow_context = __nccwpck_require__(6458);
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __nccwpck_require__(6659);
  // EXTERNAL MODULE: ./lib/core/mark.js
    var core_mark = __nccwpck_require__(9210);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __nccwpck_require__(3424);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var result = __nccwpck_require__(7812);
  // EXTERNAL MODULE: ./lib/operations/context.js
    var operations_context = __nccwpck_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/delta.js
    var delta = __nccwpck_require__(1184);
  // EXTERNAL MODULE: ./lib/operations/environment.js
    var operations_environment = __nccwpck_require__(243);
  // EXTERNAL MODULE: ./lib/operations/pipeline-run.js
    var pipeline_run = __nccwpck_require__(862);
  // EXTERNAL MODULE: ./lib/operations/read.js
    var read = __nccwpck_require__(5844);
  // EXTERNAL MODULE: ./lib/operations/rebase.js
    var operations_rebase = __nccwpck_require__(3564);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __nccwpck_require__(1331);
  // EXTERNAL MODULE: ./lib/operations/rate-limiter.js
    var rate_limiter = __nccwpck_require__(9283);
  // EXTERNAL MODULE: ./lib/operations/request.js
    var request = __nccwpck_require__(9259);
  // EXTERNAL MODULE: ./lib/operations/start-search.js + 1 modules
    var start_search = __nccwpck_require__(443);
  // CONCATENATED MODULE: ./lib/operations/start.js
  const createStarter = (context, params) => {
   const {env, mark, rebase, earlierRunIds} = params;
   let sends = 0;
   let sentMs;
   const noteSend = () => {
    if (sends === 0) sentMs = context.clock.now();
   };
   const withSentMs = state => (0, start_search.lb)(state) ? {
    sentMs,
    ...state
   } : state;
   let doubtful;
   const find = async now => {
    if (!doubtful) return undefined;
    const state = await searchRepeated(doubtful, now);
    if (context.store.state.isStartInDoubt) context.store.note({
     isStartInDoubt: false
    });
    if ((0, start_search.lb)(state)) return withSentMs(state);
    if (state.kind === "conflict") return state;
    doubtful = undefined;
    context.store.advance(checkpoint.pM);
    return undefined;
   };
   const send = async (before, {environmentCreatedMs, deltaId}) => {
    const body = deltaId === undefined ? params.body : {
     ...params.body,
     delta_id: deltaId
    };
    const base = body.delta_id === undefined && body.set_id === undefined ? findBase(context, before) : {};
    const start = {
     context,
     env,
     body,
     mark,
     before,
     earlierRunIds,
     ...base
    };
    let sent = {
     count: sends,
     wasLost: false,
     wasFromIntermediary: false
    };
    for (let isFirst = sends === 0; ;isFirst = false) {
     const answer = await sendUntilReceived(start, {
      rebase,
      isFirst,
      environmentCreatedMs,
      noteSend
     });
     if (!(answer instanceof request_error.GI)) return withSentMs(answer);
     const verdict = (0, retry_policy.$)(answer.details);
     sent = countSend(sent, verdict);
     sends = sent.count;
     const isSurelyAbsent = !mayExist(sent) && (verdict === "refused" || verdict === "throttled");
     if (isSurelyAbsent) context.store.advance(checkpoint.pM);
     const state = await judgeAnswer(start, answer, sent);
     if (state.kind === "conflict") doubtful = start;
     if (state.kind !== "absent") return withSentMs(state);
    }
   };
   return {
    find,
    start: send
   };
  };
  const findBase = ({store}, {from_deploy}) => {
   const base = store.state.base ?? from_deploy;
   return {
    baseSetId: base?.set_id ?? "",
    ...base && {
     baseId: base.id
    }
   };
  };
  const countSend = ({count, wasLost, wasFromIntermediary}, verdict) => ({
   count: verdict === "lost" || verdict === "intermediary" ? count + 1 : count,
   wasLost: wasLost || verdict === "lost",
   wasFromIntermediary: wasFromIntermediary || verdict === "intermediary"
  });
  const mayExist = ({wasLost, wasFromIntermediary}) => wasLost || wasFromIntermediary;
  const judgeAnswer = async (start, failure, sent) => {
   switch ((0, retry_policy.$)(failure.details)) {
   case "throttled":
    return waitOutThrottling(start, failure, sent);

   case "lost":
   case "intermediary":
    {
     const state = await searchOrThrow(start, failure);
     if ((0, start_search.lb)(state) || sent.count < retry_policy.uM) return state;
     throw sent.wasLost ? (0, start_search.dP)(start.body, failure) : failure;
    }

   case "conflict":
    return judgeConflict(start, failure, sent);

   case "accepted":
    {
     const state = await searchOrThrow(start, failure);
     if (!(0, start_search.lb)(state)) throw (0, start_search.dP)(start.body, failure);
     return state;
    }

   case "redirected":
    {
     const state = await searchOrThrow(start, failure);
     if (!(0, start_search.lb)(state)) throw failure;
     return state;
    }

   default:
    throw failure;
   }
  };
  const judgeConflict = async (start, failure, sent) => {
   if (!mayExist(sent)) {
    const state = await searchConflict(start).catch(error => {
     throw error instanceof result.cc ? (0, start_search.dP)(start.body, error) : error;
    });
    if (state.kind === "conflict" && !state.unread) start.context.store.advance(checkpoint.pM);
    if (state.kind === "conflict" && state.unread) start.context.store.note({
     isStartInDoubt: true
    });
    return state;
   }
   const state = await searchOrThrow(start, failure);
   if (state.kind === "absent") throw (0, start_search.dP)(start.body, failure);
   return state;
  };
  const emptyListPauseMs = 1500;
  const newEnvironmentDelayMs = 3e3;
  const sendUntilReceived = async (start, sending) => {
   const {context} = start;
   const {rebase, environmentCreatedMs = Number.NEGATIVE_INFINITY} = sending;
   let last;
   const heartbeat = (0, request.Vn)(context, () => last && (0, request.hx)(context, last));
   for (let failures = 0; ;failures++) {
    const isFirst = sending.isFirst && failures === 0;
    const active = rebase && !isFirst ? await rebase.renew(start.before) : undefined;
    if (active) return sending.isFirst ? {
     kind: "conflict",
     active
    } : judgeActive(start, active);
    sending.noteSend();
    const answer = await sendStart(start);
    if (!(answer instanceof request_error.GI)) return {
     kind: "started",
     deployment: answer,
     sentMs: context.clock.now()
    };
    const isNotThereYet = (0, request.c4)(answer) && !answer.details.intermediary && context.clock.now() < environmentCreatedMs + retry_policy.e1;
    if (!isNotThereYet && (0, retry_policy.$)(answer.details) !== "again") return answer;
    context.runner.debug(`${answer.message}; ${isNotThereYet ? "the environment was just made" : "it was not sent"}`);
    last = answer;
    const delayMs = (0, retry_policy.Jb)(failures + 1, context.random());
    await heartbeat.pause(isNotThereYet ? newEnvironmentDelayMs : delayMs);
    if ((0, operations_context.l6)(context)) throw new result.j3({
     cause: answer
    });
   }
  };
  const judgeActive = (start, active) => {
   const state = expectClear(start, (0, start_search.iY)(start, [ active ], []));
   return state.kind === "absent" ? {
    kind: "conflict",
    active
   } : state;
  };
  const sendStart = async start => {
   const {context, env, body} = start;
   context.cancel.throwIfAborted();
   if ((0, operations_context.l6)(context)) throw new result.j3;
   context.store.advance(phase => (0, checkpoint.n_)(phase, (0, start_search.Fv)(start)));
   const grace = createGrace(context);
   const policy = {
    timeoutMs: retry_policy.ad.start,
    patience: "once",
    signal: grace.signal
   };
   try {
    const send = limits => context.humanitec.startDeployment(env, body, limits);
    return refuseKnown(start, await (0, request.w$)(context, send, policy));
   } catch (error) {
    if (error instanceof request_error.GI) return error;
    throw error instanceof result.cc ? (0, start_search.dP)(body, error) : error;
   } finally {
    grace.end();
   }
  };
  const refuseKnown = ({before, mark}, answer) => {
   const owner = (0, core_mark.gB)(answer.comment, mark);
   const isEarlier = answer.id === before.from_deploy?.id || answer.id === before.last_deploy?.id || (0, 
   deployments.dR)(answer) && answer.comment !== "" && owner !== "ours";
   if (!isEarlier && owner !== "other_run") return answer;
   const detail = `it is about ${answer.id}, which ${isEarlier ? "was there before" : "is another workflow run\u2019s"}`;
   return new request_error.GI({
    kind: "unreadable",
    request: "the start",
    status: 200,
    detail
   });
  };
  const createGrace = ({cancel, clock}) => {
   const late = new AbortController;
   const over = new AbortController;
   const begin = () => {
    clock.sleep(retry_policy.j7, over.signal).then(() => late.abort(cancel.reason), () => undefined);
   };
   cancel.addEventListener("abort", begin, {
    once: true,
    signal: over.signal
   });
   return {
    signal: late.signal,
    end: () => over.abort(new Error("the start is over"))
   };
  };
  const expectClear = (start, state, cause) => {
   if (state.kind === "ambiguous") throw (0, start_search.dP)(start.body, cause, state.reason);
   return state;
  };
  const throwUnknownIfCut = ({body}) => error => {
   if (error instanceof result.cc || error instanceof result.j3) throw (0, start_search.dP)(body, error);
   throw error;
  };
  const searchOrThrow = async (start, cause) => {
   start.context.log({
    kind: "searching_for_start",
    error: cause.details
   });
   const found = await (0, start_search.hx)(start).catch(throwUnknownIfCut(start));
   if (found instanceof request_error.GI) throw (0, start_search.dP)(start.body, found);
   return expectClear(start, found, cause);
  };
  const judgeWithList = async (start, now) => (0, start_search.iY)(start, await listWithLatest(start, now), []);
  const listWithLatest = async (start, {last_deploy}) => {
   const {context, env} = start;
   let list = await (0, read.Jn)(context, env);
   if ((0, start_search.b2)(list, start.before.last_deploy)) {
    await (0, start_search.Xy)(start.context, emptyListPauseMs, "start");
    list = await (0, read.Jn)(context, env);
   }
   if ((0, start_search.b2)(list, start.before.last_deploy)) throw (0, start_search.dP)(start.body, undefined, "unreadable");
   const isUnlisted = last_deploy && !list.some(({id}) => id === last_deploy.id);
   return isUnlisted ? [ last_deploy, ...list ] : list;
  };
  const searchRepeated = async (start, now) => {
   const shown = (0, start_search.iY)(start, now.last_deploy ? [ now.last_deploy ] : [], []);
   if ((0, start_search.lb)(shown)) return shown;
   const list = await listWithLatest(start, now);
   const state = (0, start_search.iY)(start, list, []);
   if (state.kind !== "ambiguous") return state;
   if (state.reason === "several") throw (0, start_search.dP)(start.body, undefined, "several");
   const active = (0, deployments.Gh)(list, start.before.last_deploy);
   return active ? {
    kind: "conflict",
    active
   } : {
    kind: "absent"
   };
  };
  const waitOutThrottling = async (start, cause, sent) => {
   const {context, env, before} = start;
   const delayMs = (0, rate_limiter.TN)(context, cause);
   context.log({
    kind: "rate_limited",
    delayMs,
    isLast: (0, operations_context.oC)(context, delayMs)
   });
   await (0, start_search.Xy)(context, delayMs, "rate_limit");
   await (0, operations_context.Gw)(context, 0, cause);
   const now = await (0, request.w$)(context, limits => context.humanitec.getEnvironment(env, limits));
   if (!mayExist(sent) && now.last_deploy?.id === before.last_deploy?.id) return {
    kind: "absent"
   };
   const state = await judgeWithList(start, now).catch(throwUnknownIfCut(start));
   return expectClear(start, state, cause);
  };
  const searchConflict = async start => {
   const {context} = start;
   for (const gapMs of [ 0, ...retry_policy.Er ]) {
    await (0, start_search.Xy)(context, gapMs, "conflict");
    if ((0, operations_context.l6)(context)) return {
     kind: "conflict",
     active: undefined,
     unread: "too_late"
    };
    const list = await (0, request.lu)((0, read.Jn)(context, start.env, {
     patience: retry_policy.Al
    }));
    if (list instanceof request_error.GI) return {
     kind: "conflict",
     active: undefined,
     unread: list.details
    };
    const state = (0, start_search.iY)(start, list, []);
    if (state.kind === "ambiguous" && state.reason === "several") throw (0, start_search.dP)(start.body, undefined, "several");
    if (state.kind === "ambiguous") return {
     kind: "conflict",
     active: (0, deployments.Gh)(list, start.before.last_deploy)
    };
    if (state.kind === "started" && context.workflow.attempt > 1 && !(0, deployments.dR)(state.deployment)) return {
     kind: "conflict",
     active: state.deployment
    };
    if (state.kind !== "absent") return state;
   }
   return {
    kind: "conflict",
    active: undefined
   };
  };
  // CONCATENATED MODULE: ./lib/operations/deploy.js
  const deploy = async (context, request) => {
   const mark = context.formatMark(context.score?.files);
   const body = buildStartBody(context, request, mark);
   const prepareDelta = (0, delta.oM)(context, request, body.comment);
   const params = {
    request,
    mark,
    rebase: (0, operations_rebase.hW)(context, request),
    prepareDelta
   };
   context.log({
    kind: "opening",
    request,
    comment: body.comment
   });
   const started = await startWhenFree(context, params, body).catch(async error => {
    if (params.rebase) await releaseBase(params.rebase, error);
    await (0, delta.Pm)(context, error);
    throw error;
   });
   return started.kind === "in_pipeline" ? followPipelineStart(context, params, started) : followStarted(context, request, started);
  };
  const followStarted = async (context, request, started) => {
   const {deployment, sentMs, baseCheck, rebase} = started;
   const {follow, finishUnwatched} = await __nccwpck_require__.e(66).then(__nccwpck_require__.bind(__nccwpck_require__, 3066));
   baseCheck.note(deployment);
   if (!request.wait) {
    await finishUnwatched(context, request, deployment);
    return await baseCheck.judge() ?? {
     outcome: "started"
    };
   }
   let isMade = (0, deployments.dR)(deployment);
   const onAnswer = latest => {
    isMade = true;
    baseCheck.note(latest);
   };
   const end = await follow(context, request, deployment, {
    onAnswer,
    sentMs
   }).catch(async error => {
    if (rebase && !isMade) await releaseUnusedBase(context, request.env, rebase, error);
    throw error;
   });
   return await baseCheck.judge() ?? end;
  };
  const followPipelineStart = async (context, {request, rebase}, {run, sentMs}) => {
   const pipelineRun = {
    pipelineId: run.pipeline_id,
    runId: run.id
   };
   context.store.note({
    pipelineRun
   });
   if (!request.wait) {
    rebase?.leave(true);
    context.store.advance(() => undefined);
    context.store.remark({
     kind: "no_deployment_yet"
    });
    return {
     outcome: "started"
    };
   }
   const [{waitForRunDeployment}, {follow}] = await Promise.all([ __nccwpck_require__.e(742).then(__nccwpck_require__.bind(__nccwpck_require__, 9742)), __nccwpck_require__.e(66).then(__nccwpck_require__.bind(__nccwpck_require__, 3066)) ]);
   const {deployment, reader} = await waitForRunDeployment(context, request, pipelineRun).catch(async error => {
    if (rebase && !(error instanceof result.cc)) await (isOfFailedRun(error) ? rebase.restore() : rebase.leave(true));
    throw error;
   });
   context.store.advance(phase => (0, checkpoint.yb)(phase, deployment.id));
   noteStarted(context, request, deployment);
   return follow(context, request, deployment, {
    reader,
    sentMs
   });
  };
  const isOfFailedRun = error => error instanceof result.o && error.result.outcome === "failed";
  const releaseUnusedBase = async (context, env, rebase, error) => {
   if (error instanceof result.cc) return;
   if (isOfFailedRun(error)) await (0, operations_rebase.K)(context, env, rebase); else context.store.remark({
    kind: "base_left",
    rebase,
    isUnsure: true
   });
  };
  const startWhenFree = async (context, params, body) => {
   const {request, mark, rebase} = params;
   let environment = await (0, operations_environment.zD)(context, request);
   let environmentCreatedMs = context.store.state.environmentCreated ? context.clock.now() : undefined;
   const earlier = await (0, pipeline_run.ai)(context, request.env, {
    mark,
    newest: environment.last_deploy
   });
   if (earlier.open) {
    context.store.note({
     followed: true
    });
    return {
     kind: "in_pipeline",
     run: earlier.open
    };
   }
   const starter = createStarter(context, {
    env: request.env,
    body,
    mark,
    rebase,
    earlierRunIds: earlier.ids
   });
   for (;;) {
    const result = await starter.find(environment) ?? await findConflict(context, params, environment) ?? await rebaseAndStart(context, params, {
     before: environment,
     starter,
     environmentCreatedMs
    });
    if (result.kind === "in_pipeline") return result;
    const attached = findEarlierAttempts(context, params, {
     result,
     earlierRunIds: earlier.ids
    });
    if (attached) {
     context.store.note({
      followed: true,
      ...findCreatedDelta(request, attached)
     });
     context.store.advance(phase => (0, checkpoint.vb)(phase, attached.id));
     noteStarted(context, request, attached);
     await (rebase?.restore());
     return {
      kind: "started",
      deployment: attached,
      baseCheck: operations_rebase.jJ
     };
    }
    if (result.kind === "started") {
     const baseCheck = watchBase(context, params);
     const pending = result.deployment.pipeline && (0, checkpoint.gm)(context.store.checkpoint.phase);
     context.store.advance(phase => (0, checkpoint.yb)(phase, result.deployment.id));
     noteStarted(context, request, result.deployment);
     return {
      ...result,
      baseCheck,
      rebase: pending
     };
    }
    await waitForConflict(context, params, result);
    environment = await (0, operations_environment.zD)(context, request);
    if (context.store.state.environmentCreated) environmentCreatedMs ??= context.clock.now();
   }
  };
  const findCreatedDelta = ({images, score}, {delta_id}) => (images || score) && delta_id !== "" ? {
   deltaId: delta_id
  } : {};
  const findEarlierAttempts = (context, params, {result, earlierRunIds}) => {
   if (result.kind === "started") return earlierRunIds.includes(result.deployment.pipeline?.run_id ?? "") ? result.deployment : undefined;
   return result.active && isFromEarlierAttempt(context, params, result.active) ? result.active : undefined;
  };
  const isFromEarlierAttempt = ({workflow}, {mark}, active) => workflow.attempt > 1 && (0, 
  core_mark.gB)(active.comment, mark) === "ours";
  const findConflict = async (context, params, environment) => {
   const seen = (0, deployments.gv)(environment);
   if (!seen) return undefined;
   if (params.request.onConflict === "wait" || isFromEarlierAttempt(context, params, seen)) return {
    kind: "conflict",
    active: seen
   };
   const now = await (0, read.Ld)(context, params.request.env, seen.id);
   if (now instanceof request_error.GI) return {
    kind: "conflict",
    active: seen
   };
   return (0, deployments.dR)(now) ? undefined : {
    kind: "conflict",
    active: now
   };
  };
  const watchBase = (context, {request, rebase}) => {
   const {base} = context.store.state;
   if (!base || request.setId !== undefined) return operations_rebase.jJ;
   return (0, operations_rebase.Wu)(context, request.env, {
    base,
    isRebased: rebase !== undefined
   });
  };
  const rebaseAndStart = async (context, {rebase, prepareDelta}, {before, starter, environmentCreatedMs}) => {
   (0, operations_context.YD)(context.store, before);
   if (!rebase) {
    if (before.from_deploy) (0, operations_rebase.Ed)(context, before.from_deploy);
    return starter.start(before, {
     environmentCreatedMs,
     deltaId: await prepareDelta(before.from_deploy)
    });
   }
   let deltaId;
   const environment = await rebase.set(before, async base => {
    deltaId = await prepareDelta(base);
   });
   const active = (0, deployments.gv)(environment);
   return active && active.id !== before.last_deploy?.id ? {
    kind: "conflict",
    active
   } : starter.start(environment, {
    environmentCreatedMs,
    deltaId
   });
  };
  const noteStarted = (context, request, deployment) => {
   (0, operations_context.Sb)(context.store, deployment);
   context.log({
    kind: "started",
    request,
    deployment,
    followed: context.store.state.followed
   });
  };
  const releaseBase = async (rebase, error) => {
   if (error instanceof result.cc) return;
   if (error instanceof result.o && error.result.outcome === "unknown") rebase.leave(); else await rebase.restore();
  };
  const buildStartBody = ({workflow, writer}, request, mark) => ({
   comment: (0, core_mark.EL)(writer.text(request.comment || (0, workflow_context.A1)(workflow)), mark),
   ...request.deltaId !== undefined && {
    delta_id: request.deltaId
   },
   ...request.setId !== undefined && {
    set_id: request.setId
   },
   ...request.valueSetVersionId !== undefined && {
    value_set_version_id: request.valueSetVersionId
   },
   ...request.mode && {
    mode: request.mode
   }
  });
  const waitForConflict = async (context, {request, mark}, {active, unread}) => {
   const isFromThisRun = active && (0, core_mark.gB)(active.comment, mark) === "this_run_other_mark";
   if (request.onConflict === "fail") {
    const who = {
     ...active && {
      active
     },
     ...isFromThisRun && {
      isFromThisRun
     },
     ...unread && {
      unread
     }
    };
    throw new result.o("error", {
     kind: "conflict",
     ...who
    });
   }
   const {waitForOther} = await __nccwpck_require__.e(413).then(__nccwpck_require__.bind(__nccwpck_require__, 2413));
   await waitForOther(context, request, active);
  };
  // EXTERNAL MODULE: ./lib/world.js + 2 modules
    var lib_world = __nccwpck_require__(9404);
  // CONCATENATED MODULE: ./lib/run.js
  const run = async world => {
   const store = (0, lib_world.y$)(world);
   const step = parseStep(world);
   const {result} = step.kind === "nothing" ? await reportResult(world, store, step.result) : await checkAndCarryOut(world, store, step);
   return result.outcome;
  };
  const parseStep = ({inputs, workflow}) => {
   if (inputs.token === "" && (0, workflow_context.nZ)(workflow)) return {
    kind: "nothing",
    result: {
     outcome: "skipped",
     reason: {
      kind: "no_secrets"
     }
    }
   };
   const parsed = (0, inputs_inputs.T)(inputs);
   if (parsed.kind !== "request") return refuse(parsed.inputErrors);
   const choice = (0, workflow_context.qq)(workflow, parsed.request.pullRequest);
   if (choice.kind === "contradiction") return refuse([ (0, workflow_context.lH)(choice) ]);
   return {
    ...parsed,
    workflow: choice.kind === "none" ? workflow : (0, workflow_context.s$)(workflow, choice.number),
    ...choice.kind === "unchecked" && {
     unchecked: choice.number
    }
   };
  };
  const refuse = inputErrors => ({
   kind: "nothing",
   result: {
    outcome: "error",
    reason: {
     kind: "input_errors",
     inputErrors
    }
   }
  });
  const checkAndCarryOut = async (world, store, {request, workflow, unchecked}) => {
   noteRequest(store, request);
   const checked = {
    ...world,
    workflow
   };
   const github = (0, lib_world.hK)(checked, store, {
    request,
    deadlineMs: world.startedMs + request.timeoutMs
   });
   const failure = unchecked === undefined ? undefined : await findPullRequestFailure(github, unchecked);
   return failure ? reportResult(world, store, failure) : carryOut(checked, github, request);
  };
  const findPullRequestFailure = async (github, number) => {
   const {checkPullRequest} = await __nccwpck_require__.e(263).then(__nccwpck_require__.bind(__nccwpck_require__, 7263));
   return checkPullRequest(github, number).then(() => undefined, error => (0, lib_world.Qi)(error, github));
  };
  const carryOut = async (world, github, request) => {
   const {store} = github;
   store.saveCheckpoint({
    report: true
   });
   const reporter = await (0, lib_world.nO)(github, request);
   reporter?.begin();
   if (reporter) store.listen(reporter.follow);
   const result = await operate(world, github, request).catch(error => (0, lib_world.Qi)(error, github));
   const report = await reportResult(world, store, await describeScoreFailure(world, result));
   const {formatReportedResult, annotateLateSignal} = await Promise.all([ __nccwpck_require__.e(320), __nccwpck_require__.e(909) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 5909));
   store.saveCheckpoint({
    report: undefined,
    ...reporter ? {
     reportedResult: formatReportedResult(report)
    } : {
     phase: (0, checkpoint.pM)(store.checkpoint.phase)
    },
    ...!(0, lib_world.Kb)(request) && {
     deletions: undefined,
     moreDeletions: undefined
    }
   });
   await (reporter?.end(report));
   if (world.cancel.aborted) annotateLateSignal(world.runner, report);
   const {comment, githubDeployment} = store.checkpoint;
   if (!comment && !githubDeployment) store.saveCheckpoint({
    phase: (0, checkpoint.pM)(store.checkpoint.phase),
    reportedResult: undefined
   });
   return report;
  };
  const describeScoreFailure = async ({writer}, result) => {
   const {outcome, reason} = result;
   if (reason?.kind !== "score") return result;
   const {describeScoreReason} = await __nccwpck_require__.e(17).then(__nccwpck_require__.bind(__nccwpck_require__, 4017));
   return {
    outcome,
    problem: describeScoreReason(reason.score, writer)
   };
  };
  const noteRequest = (store, request) => {
   const url = "environmentUrl" in request ? request.environmentUrl : undefined;
   store.note({
    request,
    environmentUrls: url === undefined ? [] : [ url ]
   });
  };
  const reportResult = async (world, store, result) => {
   const {createReport, writeReport} = await Promise.all([ __nccwpck_require__.e(320), __nccwpck_require__.e(909) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 5909));
   const report = createReport(world, store, result);
   writeReport(world.runner, report);
   return report;
  };
  const operate = async (world, github, request) => {
   const context = await (0, lib_world.q6)(world, github, request);
   switch (request.operation) {
   case "deploy":
    {
     const ready = await addScore(context, request);
     if (!request.dryRun) return deploy(ready, request);
     const {plan} = await __nccwpck_require__.e(643).then(__nccwpck_require__.bind(__nccwpck_require__, 2643));
     return plan(ready, request);
    }

   case "wait":
    {
     const {followExisting} = await __nccwpck_require__.e(66).then(__nccwpck_require__.bind(__nccwpck_require__, 3066));
     return followExisting(context, request);
    }

   case "delete":
   case "prune":
    {
     const {remove} = await Promise.all([ __nccwpck_require__.e(320), __nccwpck_require__.e(276), __nccwpck_require__.e(616) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 6616));
     return remove(context, request);
    }
   }
  };
  const addScore = async (context, request) => {
   const {score} = request;
   if (!score) return context;
   const {readScore} = await __nccwpck_require__.e(180).then(__nccwpck_require__.bind(__nccwpck_require__, 2180));
   return {
    ...context,
    score: await readScore(context, {
     ...request,
     score
    })
   };
  };
 },
 9404: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
  __nccwpck_require__.d(__webpack_exports__, {
   Qi: () => concludeError,
   q6: () => createContext,
   hK: () => createGitHubContext,
   y$: () => createStore,
   Kb: () => isGitHubAsked,
   nO: () => loadDeploymentReporter
  });
  // EXTERNAL MODULE: ./lib/core/inputs/request.js
    var inputs_request = __nccwpck_require__(2240);
  // EXTERNAL MODULE: ./lib/core/mark.js
    var mark = __nccwpck_require__(9210);
  // EXTERNAL MODULE: ./lib/core/network/pace.js
    var pace = __nccwpck_require__(2347);
  // EXTERNAL MODULE: ./lib/core/run/links.js
    var links = __nccwpck_require__(5828);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __nccwpck_require__(8602);
  // EXTERNAL MODULE: ./lib/core/report/changes.js
    var report_changes = __nccwpck_require__(615);
  // EXTERNAL MODULE: ./lib/core/report/health.js
    var report_health = __nccwpck_require__(9338);
  // EXTERNAL MODULE: ./lib/core/deployments.js
    var deployments = __nccwpck_require__(6659);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __nccwpck_require__(3424);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __nccwpck_require__(1331);
  // EXTERNAL MODULE: ./lib/core/report/request-problems.js + 1 modules
    var request_problems = __nccwpck_require__(5748);
  // CONCATENATED MODULE: ./lib/core/report/log-wait.js
  const formatWaitEvent = (event, writer) => {
   switch (event.kind) {
   case "unseen_conflict":
    return formatUnseenConflict(event);

   case "retrying":
    return formatTimed(event.elapsedMs, `${(0, request_problems.Ic)(event.error).what} Trying again.`);

   case "searching_for_start":
    return `The start had no clear answer (${(0, request_error.$e)(event.error)}): looking for it in the list of deployments`;

   case "rate_limited":
    return `Humanitec is rate-limiting this token (429)${event.isLast ? ": the timeout comes before the next try" : `: trying again in ${(0, 
    words.a3)(Math.max(1e3, event.delayMs))}`}`;

   case "still_waiting":
    return formatTimed(event.elapsedMs, waitingFor[event.what]);

   case "other_base":
    return formatOtherBase(event, writer);

   case "rebase_sent_again":
    return `The rebase was sent again: waiting ${(0, words.a3)(event.delayMs)}, until the first request can no longer take effect`;

   case "waiting_for_deletion":
    return `Waiting until the environment ${event.env} is deleted`;

   case "still_deleting":
    return formatTimed(event.elapsedMs, (0, words.nn)(" \xb7 ", `${event.env} is still being deleted`, event.error && (0, 
    request_problems.Ic)(event.error).what));

   case "deleting":
    return `Deleting the environment ${event.env}`;

   case "nothing_to_delete":
    return `There is no environment ${event.env} in ${event.app}: nothing is left to delete`;

   case "environment_unreadable":
    return `The environment ${event.env} could not be checked: ${event.message}`;

   case "waiting_for_host":
    return `Waiting for the address of ${event.env}: its DNS or route resource isn\u2019t ready yet`;

   case "host_found":
    return `The address is known after ${(0, words.a3)(event.afterMs)}`;
   }
  };
  const formatOtherBase = (event, {shortId}) => `The deployment is based on ${shortId(event.actual)}, not on ${shortId(event.asked)}: the environment\u2019s base changed in between${event.isRebased ? ". It is followed until it has finished" : ""}`;
  const waitingFor = {
   start: "looking for the start",
   conflict: "looking for the active deployment",
   rate_limit: "waiting, because of Humanitec\u2019s rate limit"
  };
  const formatTimed = (elapsedMs, what) => `  ${(0, words.C7)(elapsedMs)}  ${what}`;
  const formatStatusLine = (event, writer) => {
   const {elapsedMs, env, status, expected, error, health, awaitsApproval = false} = event;
   const wait = awaitsApproval ? "waiting for an approval" : undefined;
   const note = health ? (0, report_health.Zp)(health, writer) : error && `${(0, request_problems.Ic)(error).what} Trying again.`;
   const hint = note ?? wait ?? (expected && !(0, deployments.dR)({
    status
   }) ? formatExpectedEnd(elapsedMs, expected) : "");
   return `  ${(0, words.C7)(elapsedMs)}  ${(0, words.nn)(" \xb7 ", env, status, hint)}`;
  };
  const formatExpectedEnd = (elapsedMs, {count, shortestMs, longestMs, remainingMs}) => {
   const range = (0, words.NV)([ shortestMs, longestMs ]);
   const last = `the ${(0, words.ke)(count)}`;
   if (elapsedMs > longestMs) return `longer than ${last} (${range})`;
   if (remainingMs === undefined || elapsedMs < retry_policy.fO) return `${last} took ${range}`;
   return remainingMs < 15e3 ? `about to end: ${last} took up to ${(0, words.a3)(longestMs)}` : formatRemaining(remainingMs);
  };
  const formatRemaining = remainingMs => {
   const roundTo = remainingMs < 55e3 ? 1e4 : remainingMs < 36e5 ? 6e4 : 6e5;
   return `about ${(0, words.a3)(Math.round(remainingMs / roundTo) * roundTo)} left`;
  };
  const formatUnseenConflict = ({env, elapsedMs, isLast}) => `  ${(0, words.C7)(elapsedMs)}  another deployment is active in ${env} (409), though none can be seen \xb7 ${isLast ? "the timeout comes first" : "trying again"}`;
  // EXTERNAL MODULE: ./lib/core/report/pipeline-problems.js
    var pipeline_problems = __nccwpck_require__(3975);
  // CONCATENATED MODULE: ./lib/core/report/log.js
  const formatEvent = (event, context) => {
   const {writer} = context;
   if (isWarning(event)) {
    const message = writer.annotation(formatWarning(event, writer));
    return {
     lines: [],
     annotations: [ {
      level: "warning",
      message
     } ]
    };
   }
   const lines = listEventLines(event, context).map(line => writer.logLine(line));
   return {
    lines,
    annotations: event.kind === "approval" ? [ formatNotice(event, writer) ] : []
   };
  };
  const formatNotice = (event, writer) => {
   const {title, message} = (0, pipeline_problems.fl)(event);
   return {
    level: "notice",
    title: writer.annotationTitle(title),
    message: writer.annotation(message)
   };
  };
  const listEventLines = (event, context) => {
   switch (event.kind) {
   case "checking_pull_request":
    return [ `Checking whether the triggering workflow (workflow_run) ran for pull request ${event.number} of ${context.writer.line(event.repository)}` ];

   case "opening":
    return formatOpening(event, context.writer);

   case "base":
    return [ formatBase(event, context) ];

   case "images":
    return (0, report_changes.uJ)(event.changes, context.writer);

   case "changes":
    return formatChangesEvent(event, context);

   case "files_sent":
    return event.files.map(({path, bytes}) => context.writer.logLine(`  file      ${path}, ${(0, 
    words.B4)(bytes, "byte")}`));

   case "creating_environment":
    return [ formatCreating(event, context.writer) ];

   case "started":
    return [ formatStarted(event, context.writer) ];

   case "waiting_for_deployment":
    return formatWaitingFor(event, context);

   case "following":
    return formatFollowing(event, context);

   case "status":
    return [ formatStatusLine(event, context.writer) ];

   case "health":
    return [ (0, report_health.od)(event, context.writer) ];

   case "following_run":
   case "approval":
   case "run_status":
    return [ (0, pipeline_problems.jx)(event) ];

   default:
    return [ formatWaitEvent(event, context.writer) ];
   }
  };
  const warnings = new Set([ "unknown_status", "escapes_prune", "github_not_updated" ]);
  const isWarning = event => warnings.has(event.kind);
  const formatWarning = (event, writer) => {
   switch (event.kind) {
   case "unknown_status":
    return `Deployment ${writer.shortId(event.deployment.id)} has the status \u201c${event.deployment.status}\u201d, which this action doesn\u2019t know: it is followed until it has succeeded or failed.`;

   case "escapes_prune":
    return `${event.env} is not known to belong to a pull request, so prune will not find it; set pull_request to the number of its pull request.`;

   case "github_not_updated":
    {
     const {what, remedy} = (0, request_problems.Po)(event.failure);
     const left = event.what ?? "What GitHub shows of this run could not be updated";
     return [ `${left}.`, what, remedy ].filter(Boolean).join(" ");
    }
   }
  };
  const formatOpening = ({request, comment}, writer) => listLines(formatPlan(request, writer), request.operation === "deploy" ? formatCommentLine(comment) : "");
  const formatCommentLine = comment => comment && `  comment   ${comment}`;
  const listLines = (...lines) => lines.filter(line => line !== "");
  const formatPlan = (request, writer) => {
   const place = `${request.org} / ${request.app} / ${request.env}`;
   switch (request.operation) {
   case "deploy":
    return request.dryRun ? `Dry run: what deploying ${formatChange(request, writer)} would change in ${place}` : `Deploy ${formatChange(request, writer)} to ${place}`;

   case "wait":
    return formatWaitPlan(request, place);

   case "delete":
    return request.dryRun ? `Dry run: whether ${place} would be deleted` : `Delete ${place}`;

   case "prune":
    return `${request.dryRun ? "Dry run: find" : "Delete"} the environments ${place} whose pull requests are closed`;
   }
  };
  const formatWaitPlan = ({pipelineRun, deploymentId}, place) => {
   if (pipelineRun) return `Wait for the deployment of pipeline run ${pipelineRun.pipelineId}/${pipelineRun.runId} to ${place}`;
   return `Wait for ${deploymentId ? `deployment ${deploymentId}` : "the latest deployment"} of ${place}`;
  };
  const formatChange = (request, writer) => {
   if (request.setId) return `Set ${writer.shortHash(request.setId)}`;
   const state = formatState(request, writer);
   const change = formatOwnChange(request, writer);
   if (change) return `${change}${state ? `, on top of ${state},` : ""}`;
   return state ?? "the current state again";
  };
  const formatOwnChange = ({deltaId, images, score}, writer) => {
   if (deltaId) return `Delta ${writer.shortHash(deltaId)}`;
   if (!score) return images && (0, words.B4)(images.length, "image");
   return score.files.length > 1 ? (0, words.B4)(score.files.length, "Score file") : score.files[0];
  };
  const formatState = ({env, base}, writer) => {
   if (base?.kind === "deployment") return `the state of deployment ${writer.shortId(base.id)}`;
   return base && (base.env === env ? "the latest successful state" : `the state of ${base.env}`);
  };
  const formatChangesEvent = (event, context) => {
   const {request, changes, comparison} = event;
   const isPlanned = (0, inputs_request.q5)(request);
   if (comparison.unread !== undefined) return [ `What changed could not be read: ${comparison.unread}` ];
   const against = formatComparison(comparison, isPlanned, context);
   if (changes.length === 0) return [ `Nothing ${isPlanned ? "would change" : "changed"}${against}` ];
   return [ `${isPlanned ? "Would change" : "Changed"}${against}:`, ...(0, report_changes.rX)(changes, context.writer) ];
  };
  const formatComparison = ({base, env}, isPlanned, {writer, nowMs}) => {
   if (!base) return ` (there ${isPlanned ? "is no successful deployment yet" : "was no successful deployment before"})`;
   const what = `, compared with ${writer.shortId(base.id)}${env === undefined ? "" : ` of ${env}`}`;
   return `${what}, ${isPlanned ? "the latest successful deployment" : (0, words.nn)(" ", "deployed", (0, 
   words.nV)(base.created_at, nowMs))}`;
  };
  const formatBase = ({base: {id, status, created_at}, env}, {nowMs, writer}) => {
   const what = `${writer.shortId(id)}${env === undefined ? "" : ` of ${env}`}`;
   return `  base      ${what} (${(0, words.nn)(", ", status, (0, words.nV)(created_at, nowMs))})`;
  };
  const formatCreating = ({definition, from}, writer) => `Creating the environment ${definition.id} (${definition.type}) from ${from}, deployment ${writer.shortId(definition.from_deploy_id)}`;
  const formatStarted = ({request, deployment, followed}, writer) => {
   const what = `${followed ? "Following" : "Started"} deployment ${writer.shortId(deployment.id)}`;
   return `${what}   ${(0, links.Or)(request, deployment.id)}`;
  };
  const formatWaitingFor = (event, context) => formatOtherDeployment(`Waiting for deployment ${context.writer.shortId(event.deployment.id)} of ${event.place.env}`, event, context.nowMs);
  const formatFollowing = (event, context) => formatOtherDeployment(`Following deployment ${context.writer.shortId(event.deployment.id)}`, event, context.nowMs);
  const formatOtherDeployment = (what, {place, deployment}, nowMs) => {
   const {id, created_at, created_by, comment} = deployment;
   const age = (0, words.nV)(created_at, nowMs);
   const started = age || created_by ? `, started${age && ` ${age}`}${created_by && ` by ${(0, 
   words.ts)(created_by)}`}` : "";
   return listLines(`${what}${started}   ${(0, links.Or)(place, id)}`, formatCommentLine(comment));
  };
  // EXTERNAL MODULE: ./lib/core/report/outputs.js
    var outputs = __nccwpck_require__(3064);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var run_result = __nccwpck_require__(7812);
  // EXTERNAL MODULE: ./lib/operations/context.js
    var context = __nccwpck_require__(2877);
  // EXTERNAL MODULE: ./lib/operations/rate-limiter.js
    var rate_limiter = __nccwpck_require__(9283);
  // CONCATENATED MODULE: ./lib/world.js
  const createGitHubContext = (world, store, {request, deadlineMs}) => {
   let github;
   const connectGitHub = () => {
    github ??= world.connectGitHub(request);
    return github;
   };
   return {
    ...world,
    runner: (0, context.PH)(world.runner, world.writer),
    store,
    deadlineMs,
    connectGitHub,
    gitHubRateLimit: {
     untilMs: 0,
     isReported: false
    },
    log: createLog(world)
   };
  };
  const createLog = ({runner, clock, writer}) => event => {
   const {lines, annotations} = formatEvent(event, {
    nowMs: clock.now(),
    writer
   });
   for (const line of lines) runner.info(line);
   for (const annotation of annotations) runner.annotate(annotation);
  };
  const rememberSets = humanitec => {
   const known = new Map;
   return {
    ...humanitec,
    getSet: async (id, limits) => {
     const set = known.get(id) ?? await humanitec.getSet(id, limits);
     known.set(id, set);
     return set;
    }
   };
  };
  const createContext = async (world, github, request) => {
   const limiters = request.pollInterval === "auto" ? {
    rateLimiter: (0, rate_limiter.x)(world.clock),
    sideLimiter: (0, rate_limiter.Op)(world.clock)
   } : {
    rateLimiter: rate_limiter.VZ,
    sideLimiter: rate_limiter.A1
   };
   const {runUrl, job, step} = world.workflow;
   const {org, app, env} = request;
   return {
    ...github,
    ...limiters,
    api: {
     hasAnswered: false,
     isDefaultUrl: request.apiUrl === inputs_request.V0.api_url,
     pace: pace.nV
    },
    humanitec: rememberSets(await world.connect(request)),
    formatMark: (files = []) => (0, mark.ry)({
     runUrl,
     job,
     step,
     org,
     app,
     env,
     inputs: world.inputs,
     files
    }, world.sha256hex)
   };
  };
  const isGitHubAsked = ({prComment, githubDeployment}) => prComment || githubDeployment;
  const loadDeploymentReporter = async (context, request, open) => {
   if (request.operation === "delete" || request.operation === "prune" || !isGitHubAsked(request)) return undefined;
   try {
    const {createDeploymentReporter} = await Promise.all([ __nccwpck_require__.e(320), __nccwpck_require__.e(276) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 1276));
    return createDeploymentReporter(context, request, open);
   } catch (error) {
    context.runner.annotate({
     level: "warning",
     message: `This run will not be shown on GitHub: ${error}`
    });
    return undefined;
   }
  };
  const concludeError = (error, {runner}) => {
   const result = (0, run_result.pn)(error);
   if (result.reason?.kind === "internal_error") runner.debug(error instanceof Error ? error.stack ?? error.message : String(error));
   return result;
  };
  const createStore = ({runner, writer}, first) => {
   const remembering = {
    ...writer,
    output: rememberTexts(writer.output)
   };
   return (0, context.DY)({
    runner,
    writer,
    formatOutputs: state => (0, outputs.AH)(state, remembering)
   }, first);
  };
  const rememberTexts = format => {
   const known = new Map;
   return text => {
    const formatted = known.get(text) ?? format(text);
    known.set(text, formatted);
    return formatted;
   };
  };
 }
};

var __webpack_module_cache__ = {};

function __nccwpck_require__(moduleId) {
 var cachedModule = __webpack_module_cache__[moduleId];
 if (cachedModule !== undefined) {
  return cachedModule.exports;
 }
 var module = __webpack_module_cache__[moduleId] = {
  exports: {}
 };
 var threw = true;
 try {
  __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
  threw = false;
 } finally {
  if (threw) delete __webpack_module_cache__[moduleId];
 }
 return module.exports;
}

__nccwpck_require__.m = __webpack_modules__;

if (typeof __nccwpck_require__ !== "undefined") __nccwpck_require__.ab = decodeURIComponent(new URL(".", import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";

(() => {
 var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
 var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
 var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
 var resolveQueue = queue => {
  if (queue && queue.d < 1) {
   queue.d = 1;
   queue.forEach(fn => fn.r--);
   queue.forEach(fn => fn.r-- ? fn.r++ : fn());
  }
 };
 var wrapDeps = deps => deps.map(dep => {
  if (dep !== null && typeof dep === "object") {
   if (dep[webpackQueues]) return dep;
   if (dep.then) {
    var queue = [];
    queue.d = 0;
    dep.then(r => {
     obj[webpackExports] = r;
     resolveQueue(queue);
    }, e => {
     obj[webpackError] = e;
     resolveQueue(queue);
    });
    var obj = {};
    obj[webpackQueues] = fn => fn(queue);
    return obj;
   }
  }
  var ret = {};
  ret[webpackQueues] = x => {};
  ret[webpackExports] = dep;
  return ret;
 });
 __nccwpck_require__.a = (module, body, hasAwait) => {
  var queue;
  hasAwait && ((queue = []).d = -1);
  var depQueues = new Set;
  var exports = module.exports;
  var currentDeps;
  var outerResolve;
  var reject;
  var promise = new Promise((resolve, rej) => {
   reject = rej;
   outerResolve = resolve;
  });
  promise[webpackExports] = exports;
  promise[webpackQueues] = fn => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
  module.exports = promise;
  body(deps => {
   currentDeps = wrapDeps(deps);
   var fn;
   var getResult = () => currentDeps.map(d => {
    if (d[webpackError]) throw d[webpackError];
    return d[webpackExports];
   });
   var promise = new Promise(resolve => {
    fn = () => resolve(getResult);
    fn.r = 0;
    var fnQueue = q => q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, 
    q.push(fn)));
    currentDeps.map(dep => dep[webpackQueues](fnQueue));
   });
   return fn.r ? promise : getResult();
  }, err => (err ? reject(promise[webpackError] = err) : outerResolve(exports), resolveQueue(queue)));
  queue && queue.d < 0 && (queue.d = 0);
 };
})();

(() => {
 __nccwpck_require__.d = (exports, definition) => {
  for (var key in definition) {
   if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
    Object.defineProperty(exports, key, {
     enumerable: true,
     get: definition[key]
    });
   }
  }
 };
})();

(() => {
 __nccwpck_require__.f = {};
 __nccwpck_require__.e = chunkId => Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
  __nccwpck_require__.f[key](chunkId, promises);
  return promises;
 }, []));
})();

(() => {
 __nccwpck_require__.u = chunkId => "" + chunkId + ".index.js";
})();

(() => {
 __nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
})();

(() => {
 __nccwpck_require__.r = exports => {
  if (typeof Symbol !== "undefined" && Symbol.toStringTag) {
   Object.defineProperty(exports, Symbol.toStringTag, {
    value: "Module"
   });
  }
  Object.defineProperty(exports, "__esModule", {
   value: true
  });
 };
})();

(() => {
 var installedChunks = {
  792: 0
 };
 var installChunk = data => {
  var {ids, modules, runtime} = data;
  var moduleId, chunkId, i = 0;
  for (moduleId in modules) {
   if (__nccwpck_require__.o(modules, moduleId)) {
    __nccwpck_require__.m[moduleId] = modules[moduleId];
   }
  }
  if (runtime) runtime(__nccwpck_require__);
  for (;i < ids.length; i++) {
   chunkId = ids[i];
   if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
    installedChunks[chunkId][0]();
   }
   installedChunks[ids[i]] = 0;
  }
 };
 __nccwpck_require__.f.j = (chunkId, promises) => {
  var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
  if (installedChunkData !== 0) {
   if (installedChunkData) {
    promises.push(installedChunkData[1]);
   } else {
    if (true) {
     var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, e => {
      if (installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
      throw e;
     });
     var promise = Promise.race([ promise, new Promise(resolve => installedChunkData = installedChunks[chunkId] = [ resolve ]) ]);
     promises.push(installedChunkData[1] = promise);
    }
   }
  }
 };
})();

var __webpack_exports__ = __nccwpck_require__(342);

__webpack_exports__ = await __webpack_exports__;
