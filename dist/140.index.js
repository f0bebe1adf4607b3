export const id = 140;

export const ids = [ 140 ];

export const modules = {
 7145: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   connectGitHub: () => connectGitHub,
   createGitHub: () => createGitHub
  });
  // EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
    var github = __webpack_require__(4794);
  // EXTERNAL MODULE: ./lib/core/network/retry-policy.js
    var retry_policy = __webpack_require__(1331);
  // EXTERNAL MODULE: ./lib/core/responses/github.js
    var responses_github = __webpack_require__(3033);
  // EXTERNAL MODULE: ./lib/core/run/product.js
    var product = __webpack_require__(3470);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var text_json = __webpack_require__(7981);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/adapters/http.js + 20 modules
    var http = __webpack_require__(1062);
  // CONCATENATED MODULE: ./lib/adapters/github-graphql.js
  const createGraphql = (ask, owner, name) => ({
   getOwnUserId: limits => query(ask, {
    query: viewerQuery,
    variables: {}
   }, limits, responses_github.jy),
   listPullRequestStates: (numbers, limits) => {
    const json = {
     query: formatStatesQuery(numbers),
     variables: {
      owner,
      name
     }
    };
    return query(ask, json, limits, data => (0, responses_github.AW)(data, numbers));
   },
   listDeployments: async (environment, limits) => {
    const deployments = [];
    for (let after; ;) {
     const variables = {
      owner,
      name,
      environments: [ environment ],
      orderBy: newestFirst,
      after: after ?? null
     };
     const page = await query(ask, {
      query: deploymentsQuery,
      variables
     }, limits, responses_github.ER);
     deployments.push(...page.deployments);
     if (page.endCursor === undefined) return deployments;
     after = page.endCursor;
    }
   }
  });
  const viewerQuery = "query { viewer { databaseId } }";
  const formatStatesQuery = numbers => {
   const fields = numbers.map(number => `p${number}: pullRequest(number: ${number}) { state }`);
   return `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
  };
  const newestFirst = {
   field: "CREATED_AT",
   direction: "DESC"
  };
  const deploymentsQuery = `query($owner: String!, $name: String!, $environments: [String!], $orderBy: DeploymentOrder, $after: String) {\n  repository(owner: $owner, name: $name) {\n    deployments(first: 100, environments: $environments, orderBy: $orderBy, after: $after) {\n      nodes { databaseId payload latestStatus { state } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n}`;
  const query = async (ask, json, limits, toResult) => {
   const call = {
    method: "POST",
    path: "graphql",
    json
   };
   return ask(call, limits, body => {
    const failure = findFailure((0, http.Ms)(call), body);
    if (failure) throw failure;
    return toResult((0, text_json.Pf)(body)["data"]);
   });
  };
  const statusesByType = {
   FORBIDDEN: 403,
   INSUFFICIENT_SCOPES: 403,
   NOT_FOUND: 404,
   RATE_LIMITED: 429
  };
  const findFailure = (request, body) => {
   const hasRepository = Boolean((0, text_json.Pf)((0, text_json.Pf)(body)["data"])["repository"]);
   const error = (0, responses_github.v9)(body).find(({type}) => type !== "NOT_FOUND" || !hasRepository);
   if (!error) return undefined;
   const details = {
    request,
    detail: error.message
   };
   const status = statusesByType[error.type];
   return new request_error.GI(status === undefined ? {
    ...details,
    kind: "unreadable",
    status: 200
   } : {
    ...details,
    kind: "answered",
    status
   });
  };
  // EXTERNAL MODULE: ./lib/core/responses/humanitec.js
    var humanitec = __webpack_require__(5984);
  // CONCATENATED MODULE: ./lib/adapters/github-rest.js
  const pageSize = 100;
  const createRest = (ask, owner, name, redact) => {
   const repository = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
   const comments = pullRequest => `${repository}/issues/${pullRequest}/comments`;
   const comment = id => `${repository}/issues/comments/${id}`;
   const deployments = `${repository}/deployments`;
   return {
    listComments: async (pullRequest, limits) => (await listAll(ask, comments(pullRequest), limits, responses_github.T5)).sort((one, other) => one.id - other.id),
    createComment: (pullRequest, body, limits) => ask({
     method: "POST",
     path: comments(pullRequest),
     json: {
      body: redactComment(redact, body)
     }
    }, limits, responses_github.T5),
    updateComment: (id, body, limits) => ask({
     method: "PATCH",
     path: comment(id),
     json: {
      body: redactComment(redact, body)
     }
    }, limits, ignoreBody),
    deleteComment: (id, limits) => ask({
     method: "DELETE",
     path: comment(id)
    }, limits, ignoreBody),
    findOpenPullRequest: (sha, limits) => {
     const path = `${repository}/commits/${encodeURIComponent(sha)}/pulls`;
     return ask({
      method: "GET",
      path,
      query: {
       per_page: String(pageSize)
      }
     }, limits, responses_github.s7);
    },
    getHeadSha: (pullRequest, limits) => ask({
     method: "GET",
     path: `${repository}/pulls/${pullRequest}`
    }, limits, responses_github.UH),
    createDeployment: (body, limits) => {
     const json = {
      ...body,
      auto_merge: false,
      required_contexts: []
     };
     return ask({
      method: "POST",
      path: deployments,
      json
     }, limits, responses_github.Lr);
    },
    createDeploymentStatus: (id, body, limits) => {
     const json = {
      ...body,
      description: redact(body.description),
      auto_inactive: false
     };
     return ask({
      method: "POST",
      path: `${deployments}/${id}/statuses`,
      json
     }, limits, ignoreBody);
    }
   };
  };
  const redactComment = (redact, body) => {
   const marker = /^<!--[^\n]*-->\n/.exec(body)?.[0] ?? "";
   return marker + redact(body.slice(marker.length));
  };
  const ignoreBody = () => undefined;
  const listAll = async (ask, path, limits, toItem) => {
   const items = [];
   for (let page = 1; ;page++) {
    const query = {
     per_page: String(pageSize),
     page: String(page)
    };
    const found = await ask({
     method: "GET",
     path,
     query
    }, limits, (body, {headers}) => ({
     items: (0, humanitec.sn)(body).map(toItem),
     isLast: !headers["link"]?.includes('rel="next"')
    }));
    items.push(...found.items);
    if (found.isLast) return items;
   }
  };
  // CONCATENATED MODULE: ./lib/adapters/github.js
  const connectGitHub = options => createGitHub(createTransport(options), options.repository, options.now, options.redact);
  const silence = () => undefined;
  const silentLog = {
   debug: silence,
   info: silence,
   warn: silence,
   error: silence
  };
  const createTransport = ({apiUrl, graphqlUrl, token, fetch, reach}) => {
   const octokit = (0, github.Q)(token, {
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: `${product.q.name}/${product.q.version}`,
    log: silentLog,
    request: {
     fetch,
     redirect: "manual",
     log: silentLog
    }
   });
   const toParameters = ({method, path, query, json}) => ({
    method,
    url: path === "graphql" ? graphqlUrl : `/${path}`,
    ...query,
    ...json !== undefined && {
     data: json
    }
   });
   return async (call, limits) => {
    const parameters = toParameters(call);
    const send = async signal => {
     const response = await octokit.request({
      ...parameters,
      request: {
       signal
      }
     }).catch(toResponse);
     signal.throwIfAborted();
     return response;
    };
    const response = await (0, http.iU)(limits, send, () => ({
     reach,
     request: (0, http.Ms)(call)
    }));
    return toAnswer(response);
   };
  };
  const toResponse = error => {
   const {response} = (0, text_json.Pf)(error);
   if (response === undefined) throw error;
   return response;
  };
  const toAnswer = ({status, data, headers}) => ({
   status,
   body: typeof data === "object" && data !== null ? data : undefined,
   headers
  });
  const createGitHub = (transport, repository, now, redact) => {
   const ask = createAskGitHub(transport, now);
   const [owner = "", name = ""] = repository.split("/");
   return {
    ...createRest(ask, owner, name, redact),
    ...createGraphql(ask, owner, name)
   };
  };
  const createAskGitHub = (transport, now) => (0, http.cY)(transport, answer => toRefusal(answer, now()));
  const toRefusal = ({body, headers}, nowMs) => {
   const retryAfterMs = determineRetryAfterMs(headers, nowMs);
   return {
    detail: (0, responses_github.aC)(body),
    ...retryAfterMs !== undefined && {
     retryAfterMs
    }
   };
  };
  const determineRetryAfterMs = (headers, nowMs) => {
   const wishMs = (0, retry_policy.oR)(headers["retry-after"] ?? null, nowMs);
   const resetSeconds = Number(headers["x-ratelimit-reset"]);
   if (wishMs !== undefined || headers["x-ratelimit-remaining"] !== "0" || !(resetSeconds > 0)) return wishMs;
   return Math.max(0, resetSeconds * 1e3 - nowMs);
  };
 },
 3033: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   AW: () => toPullRequestStates,
   ER: () => toDeploymentPage,
   Lr: () => toId,
   T5: () => toComment,
   UH: () => toHeadSha,
   aC: () => formatGitHubDetail,
   jy: () => toViewerId,
   lY: () => listOwnComments,
   s7: () => findNewestOpen,
   v9: () => listGraphqlErrors
  });
  var _text_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7981);
  var _humanitec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5984);
  const expectNumber = (value, what) => {
   const number = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b9)(value);
   if (number === undefined) throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5(`${what} was expected`);
   return number;
  };
  const toId = value => expectNumber((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value)["id"], "an id");
  const toViewerId = data => expectNumber((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, 
  _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data)["viewer"])["databaseId"], "a user\u2019s id");
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
  const findNewestOpen = value => {
   const open = (0, _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.sn)(value, "a list of pull requests").map(_text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf).filter(({state}) => state === "open").map(({number}) => expectNumber(number, "a number"));
   return open.length === 0 ? undefined : Math.max(...open);
  };
  const toHeadSha = value => {
   const sha = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(value)["head"])["sha"]);
   if (sha === "") throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5("a pull request\u2019s head was expected");
   return sha;
  };
  const toDeploymentPage = data => {
   const {nodes, pageInfo} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data)["repository"])["deployments"]);
   const deployments = (0, _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.sn)(nodes, "a list of GitHub Deployments").map(toDeployment);
   const {hasNextPage, endCursor} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(pageInfo);
   return {
    deployments,
    ...hasNextPage === true && {
     endCursor: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(endCursor)
    }
   };
  };
  const toDeployment = node => {
   const {databaseId, latestStatus, payload} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(node);
   return {
    id: expectNumber(databaseId, "the id of a GitHub Deployment"),
    state: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(latestStatus)["state"]).toLowerCase(),
    payload: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(payload)
   };
  };
  const toPullRequestStates = (data, numbers) => {
   const {repository} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data);
   if (typeof repository !== "object" || repository === null) throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5("a repository was expected");
   const states = new Map;
   for (const number of numbers) {
    const found = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(repository)[`p${number}`];
    if (found === undefined) throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5(`the state of #${number} is missing`);
    if (found !== null) states.set(number, toState((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(found)["state"]));
   }
   return states;
  };
  const toState = value => {
   if (value === "OPEN" || value === "CLOSED" || value === "MERGED") return value;
   throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5("the state of a pull request was expected");
  };
  const listGraphqlErrors = body => {
   const {errors} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(body);
   if (!Array.isArray(errors)) return [];
   return errors.map(_text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf).map(({type, message}) => ({
    type: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(type),
    message: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(message)
   }));
  };
  const formatGitHubDetail = body => {
   const {message, errors} = (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(body);
   const more = Array.isArray(errors) ? errors.map(error => (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(error)["message"]) || (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(error)) : [];
   const shown = more.filter(Boolean).join(", ");
   return `${(0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(message)}${shown && ` (${shown})`}`;
  };
  const listOwnComments = (comments, ownUserId, marker) => comments.filter(({user, body}) => user.id === ownUserId && getFirstLine(body).includes(marker)).toSorted((one, other) => one.id - other.id);
  const getFirstLine = text => text.split(/\r?\n/, 1)[0] ?? "";
 },
 6204: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Qq: () => HttpClient,
   hd: () => fetch
  });
  const {fetch} = globalThis;
  const notBundled = () => {
   throw new Error("Not part of this bundle: see vendor/stand-ins");
  };
  class HttpClient {
   getAgent() {}
   getAgentDispatcher() {}
   getJson=notBundled;
  }
  class BearerCredentialHandler {}
  const getExecOutput = null && notBundled;
 }
};
