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
  // EXTERNAL MODULE: ./lib/core/report/github-problems.js
    var github_problems = __webpack_require__(8976);
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
  const createGraphql = (ask, owner, name, now) => {
   const query = createQuery(ask, now);
   return {
    getOwnUserId: limits => query({
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
     return query(json, limits, data => (0, responses_github.AW)(data, numbers));
    },
    listDeploymentStates: (ids, limits) => query({
     query: deploymentStatesQuery,
     variables: {
      ids
     }
    }, limits, data => (0, responses_github.vR)(data, ids.length))
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
    const failure = (0, github_problems.rE)(body, headers, now());
    if (failure) throw new request_error.GI({
     kind: "answered",
     request: (0, http.Ms)(call),
     ...failure
    });
    return toResult((0, text_json.Pf)(body)["data"]);
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
    listComments: async (pullRequest, limits) => (await listAll(page => listPage(ask, comments(pullRequest), {
     page
    }, limits, responses_github.h1))).sort((one, other) => one.id - other.id),
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
    findOpenPullRequest: async (sha, limits) => {
     const path = `${repository}/commits/${encodeURIComponent(sha)}/pulls`;
     const open = await listAll(page => listPage(ask, path, {
      page
     }, limits, responses_github.pO));
     return open.length === 0 ? undefined : Math.max(...open);
    },
    getPullRequestHead: (pullRequest, limits) => ask({
     method: "GET",
     path: `${repository}/pulls/${pullRequest}`
    }, limits, responses_github.wc),
    listDeploymentPage: (environment, page, limits) => listPage(ask, deployments, {
     environment,
     page
    }, limits, responses_github.q7),
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
  const listPage = (ask, path, {page, ...query}, limits, toItem) => ask({
   method: "GET",
   path,
   query: {
    ...query,
    per_page: String(pageSize),
    page: String(page)
   }
  }, limits, (body, {headers: {link}}) => ({
   items: (0, responses_github.Wg)(body, toItem),
   isLast: link ? !link.includes('rel="next"') : (0, humanitec.sn)(body).length < pageSize
  }));
  const listAll = async getPage => {
   const items = [];
   for (let page = 1; ;page++) {
    const found = await getPage(page);
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
   const {listDeploymentPage, ...rest} = createRest(ask, owner, name, redact);
   const {listDeploymentStates, ...graphql} = createGraphql(ask, owner, name, now);
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
  const createAskGitHub = (transport, now) => (0, http.cY)(transport, answer => toRefusal(answer, now()));
  const toRefusal = ({status, body, headers}, nowMs) => {
   const detail = (0, responses_github.aC)(body);
   const retryAfterMs = (0, github_problems.LX)({
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
   vR: () => toDeploymentStates,
   wc: () => toPullRequestHead
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
   if ((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(sha) === "") throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5("a pull request\u2019s head was expected");
   return {
    sha: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)(sha),
    repository: (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(repo)["full_name"])
   };
  };
  const listFitting = (value, toItem) => (0, _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.sn)(value).map(toItem).filter(item => item !== undefined);
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
   const nodes = (0, _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.sn)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(data)["nodes"], "a list of GitHub Deployments");
   if (nodes.length !== count) throw new _humanitec_js__WEBPACK_IMPORTED_MODULE_0__.h5(`${count} GitHub Deployments were expected`);
   return nodes.map(node => node === null ? undefined : (0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.b6)((0, 
   _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)((0, _text_json_js__WEBPACK_IMPORTED_MODULE_1__.Pf)(node)["latestStatus"])["state"]).toLowerCase());
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
