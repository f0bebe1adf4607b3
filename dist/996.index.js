export const id = 996;

export const ids = [ 996 ];

export const modules = {
 5521: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   connectGitHub: () => connectGitHub,
   createGitHub: () => createGitHub
  });
  var _actions_github__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4794);
  var _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3424);
  var _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1331);
  var _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3033);
  var _core_run_product_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3470);
  var _core_text_json_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7981);
  var _http_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1062);
  const connectGitHub = options => createGitHub(createTransport(options), options);
  const silence = () => undefined;
  const silentLog = {
   debug: silence,
   info: silence,
   warn: silence,
   error: silence
  };
  const createTransport = ({apiUrl, graphqlUrl, token, fetch, reach}) => {
   const octokit = (0, _actions_github__WEBPACK_IMPORTED_MODULE_0__.Q)(token, {
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: `${_core_run_product_js__WEBPACK_IMPORTED_MODULE_4__.q.name}/${_core_run_product_js__WEBPACK_IMPORTED_MODULE_4__.q.version}`,
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
    const response = await (0, _http_js__WEBPACK_IMPORTED_MODULE_5__.iU)(limits, send, () => ({
     reach,
     request: (0, _http_js__WEBPACK_IMPORTED_MODULE_5__.Ms)(call)
    }));
    return toAnswer(response);
   };
  };
  const toResponse = error => {
   const {response} = (0, _core_text_json_js__WEBPACK_IMPORTED_MODULE_6__.Pf)(error);
   if (response === undefined) throw error;
   return response;
  };
  const toAnswer = ({status, data, headers}) => ({
   status,
   body: typeof data === "object" && data !== null ? data : undefined,
   headers
  });
  const createGitHub = (transport, {repository, now, redact}) => {
   const ask = createAskGitHub(transport, now);
   const [owner = "", name = ""] = repository.split("/");
   const {listDeploymentPage, ...rest} = createRest(ask, {
    owner,
    name,
    redact
   });
   const {listDeploymentStates, ...graphql} = createGraphql(ask, {
    owner,
    name,
    now
   });
   return {
    ...rest,
    ...graphql,
    listDeployments: async (environment, limits) => {
     const deployments = [];
     for (let page = 1; ;page++) {
      const {items, isLast} = await listDeploymentPage(environment, page, limits);
      const nodeIds = items.map(({nodeId}) => nodeId);
      const states = nodeIds.length === 0 ? [] : await listDeploymentStates(nodeIds, limits);
      const found = items.flatMap(({id, payload}, index) => {
       const state = states[index];
       return state === undefined ? [] : [ {
        id,
        payload,
        state
       } ];
      });
      deployments.push(...found);
      if (isLast || found.every(({state}) => state === "inactive")) return deployments;
     }
    }
   };
  };
  const createAskGitHub = (transport, now) => (0, _http_js__WEBPACK_IMPORTED_MODULE_5__.cY)(transport, answer => toRefusal(answer, now()));
  const toRefusal = ({status, body, headers}, nowMs) => {
   const detail = (0, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.aC)(body);
   const retryAfterMs = (0, _core_network_retry_policy_js__WEBPACK_IMPORTED_MODULE_2__.LX)({
    status,
    detail,
    headers,
    nowMs
   });
   return {
    detail,
    ...retryAfterMs !== undefined && {
     retryAfterMs
    }
   };
  };
  const pageSize = 100;
  const createRest = (ask, {owner, name, redact}) => {
   const repository = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
   const comments = pullRequest => `${repository}/issues/${pullRequest}/comments`;
   const comment = id => `${repository}/issues/comments/${id}`;
   const deployments = `${repository}/deployments`;
   return {
    listComments: async (pullRequest, limits) => (await listAll(page => listPage(ask, {
     path: comments(pullRequest),
     page,
     toItem: _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.h1
    }, limits))).sort((one, other) => one.id - other.id),
    createComment: (pullRequest, body, limits) => ask({
     method: "POST",
     path: comments(pullRequest),
     json: {
      body: redactComment(redact, body)
     }
    }, limits, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.T5),
    updateComment: (id, body, limits) => ask({
     method: "PATCH",
     path: comment(id),
     json: {
      body: redactComment(redact, body)
     }
    }, limits, expectDone),
    deleteComment: (id, limits) => ask({
     method: "DELETE",
     path: comment(id)
    }, limits, expectNothing),
    findOpenPullRequest: async (sha, limits) => {
     const path = `${repository}/commits/${encodeURIComponent(sha)}/pulls`;
     const open = await listAll(page => listPage(ask, {
      path,
      page,
      toItem: _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.pO
     }, limits));
     return open.length === 0 ? undefined : Math.max(...open);
    },
    getPullRequestHead: (pullRequest, limits) => ask({
     method: "GET",
     path: `${repository}/pulls/${pullRequest}`
    }, limits, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.wc),
    listDeploymentPage: (environment, page, limits) => listPage(ask, {
     path: deployments,
     query: {
      environment
     },
     page,
     toItem: _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.q7
    }, limits),
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
     }, limits, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.Lr);
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
     }, limits, expectDone);
    }
   };
  };
  const redactComment = (redact, body) => {
   const marker = /^<!--[^\n]*-->\n/.exec(body)?.[0] ?? "";
   return marker + redact(body.slice(marker.length));
  };
  const expectDone = body => void (0, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.Lr)(body);
  const expectNothing = (_, {status}) => {
   if (status !== 204) throw new _core_text_json_js__WEBPACK_IMPORTED_MODULE_6__.h5("an empty answer was expected");
  };
  const listPage = (ask, {path, query, page, toItem}, limits) => ask({
   method: "GET",
   path,
   query: {
    ...query,
    per_page: String(pageSize),
    page: String(page)
   }
  }, limits, (body, {headers: {link}}) => ({
   items: (0, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.Wg)(body, toItem),
   isLast: link ? !link.includes('rel="next"') : (0, _core_text_json_js__WEBPACK_IMPORTED_MODULE_6__.sn)(body).length < pageSize
  }));
  const listAll = async getPage => {
   const items = [];
   for (let page = 1; ;page++) {
    const found = await getPage(page);
    items.push(...found.items);
    if (found.isLast) return items;
   }
  };
  const createGraphql = (ask, {owner, name, now}) => {
   const query = createQuery(ask, now);
   return {
    getOwnUserId: limits => query({
     query: viewerQuery,
     variables: {}
    }, limits, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.jy),
    listPullRequestStates: (numbers, limits) => {
     const json = {
      query: formatStatesQuery(numbers),
      variables: {
       owner,
       name
      }
     };
     return query(json, limits, data => (0, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.AW)(data, numbers));
    },
    listDeploymentStates: (ids, limits) => query({
     query: deploymentStatesQuery,
     variables: {
      ids
     }
    }, limits, data => (0, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.vR)(data, ids.length))
   };
  };
  const viewerQuery = "query { viewer { databaseId } }";
  const formatStatesQuery = numbers => {
   const fields = numbers.map(number => `p${number}: pullRequest(number: ${number}) { state }`);
   return `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
  };
  const deploymentStatesQuery = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Deployment { latestStatus { state } } } }";
  const createQuery = (ask, now) => (json, limits, toResult) => {
   const call = {
    method: "POST",
    path: "graphql",
    json
   };
   return ask(call, limits, (body, {headers}) => {
    const failure = (0, _core_responses_github_js__WEBPACK_IMPORTED_MODULE_3__.rE)(body, headers, now());
    if (failure) throw new _core_network_request_error_js__WEBPACK_IMPORTED_MODULE_1__.GI({
     kind: "answered",
     request: (0, _http_js__WEBPACK_IMPORTED_MODULE_5__.Ms)(call),
     ...failure
    });
    return toResult((0, _core_text_json_js__WEBPACK_IMPORTED_MODULE_6__.Pf)(body)["data"]);
   });
  };
 },
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
