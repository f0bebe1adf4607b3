export const id = 306;

export const ids = [ 306 ];

export const modules = {
 6299: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   connectGitHub: () => connectGitHub
  });
  // EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
    var github = __webpack_require__(2413);
  // EXTERNAL MODULE: ./lib/core/run/product.js
    var product = __webpack_require__(3470);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var text_json = __webpack_require__(7981);
  // EXTERNAL MODULE: ./lib/adapters/ask.js
    var adapters_ask = __webpack_require__(6897);
  // EXTERNAL MODULE: ./lib/core/network/unfit-answer.js
    var unfit_answer = __webpack_require__(5547);
  // CONCATENATED MODULE: ./lib/core/github/github-answers.js
  const expectNumber = (value, what) => {
   const number = (0, text_json.b9)(value);
   if (number === undefined) throw new unfit_answer.V7(`${what} was expected`);
   return number;
  };
  const toId = value => expectNumber((0, text_json.Pf)(value)["id"], "an id");
  const toViewerId = data => expectNumber((0, text_json.Pf)((0, text_json.Pf)(data)["viewer"])["databaseId"], "a user\u2019s id");
  const findComment = value => (0, text_json.b9)((0, text_json.Pf)(value)["id"]) === undefined ? undefined : toComment(value);
  const toComment = value => {
   const {user, body} = (0, text_json.Pf)(value);
   return {
    id: toId(value),
    user: {
     id: Number((0, text_json.Pf)(user)["id"]) || 0
    },
    body: (0, text_json.b6)(body)
   };
  };
  const findNewestOpen = value => {
   const open = (0, unfit_answer.sn)(value, "a list of pull requests").map(text_json.Pf).filter(({state}) => state === "open").map(({number}) => expectNumber(number, "a number"));
   return open.length === 0 ? undefined : Math.max(...open);
  };
  const toHeadSha = value => {
   const sha = (0, text_json.b6)((0, text_json.Pf)((0, text_json.Pf)(value)["head"])["sha"]);
   if (sha === "") throw new unfit_answer.V7("a pull request\u2019s head was expected");
   return sha;
  };
  const listFitting = (value, toItem) => (0, unfit_answer.sn)(value).map(toItem).filter(item => item !== undefined);
  const toListedDeployment = value => {
   const {id, node_id, payload} = (0, text_json.Pf)(value);
   const known = (0, text_json.b9)(id);
   if (known === undefined || (0, text_json.b6)(node_id) === "") return undefined;
   return {
    id: known,
    nodeId: (0, text_json.b6)(node_id),
    payload: (0, text_json.b6)(payload) || JSON.stringify(payload ?? "")
   };
  };
  const toDeploymentStates = (data, count) => {
   const nodes = (0, unfit_answer.sn)((0, text_json.Pf)(data)["nodes"], "a list of GitHub Deployments");
   if (nodes.length !== count) throw new unfit_answer.V7(`${count} GitHub Deployments were expected`);
   return nodes.map(node => node === null ? undefined : (0, text_json.b6)((0, text_json.Pf)((0, 
   text_json.Pf)(node)["latestStatus"])["state"]).toLowerCase());
  };
  const toPullRequestStates = (data, numbers) => {
   const {repository} = (0, text_json.Pf)(data);
   if (typeof repository !== "object" || repository === null) throw new unfit_answer.V7("a repository was expected");
   const states = new Map;
   for (const number of numbers) {
    const found = (0, text_json.Pf)(repository)[`p${number}`];
    if (found === undefined) throw new unfit_answer.V7(`the state of #${number} is missing`);
    if (found !== null) states.set(number, toState((0, text_json.Pf)(found)["state"]));
   }
   return states;
  };
  const toState = value => {
   if (value === "OPEN" || value === "CLOSED" || value === "MERGED") return value;
   throw new unfit_answer.V7("the state of a pull request was expected");
  };
  const formatGitHubDetail = body => {
   const {message, errors} = (0, text_json.Pf)(body);
   const more = Array.isArray(errors) ? errors.map(error => (0, text_json.b6)((0, text_json.Pf)(error)["message"]) || (0, 
   text_json.b6)(error)) : [];
   const shown = more.filter(Boolean).join(", ");
   return `${(0, text_json.b6)(message)}${shown && ` (${shown})`}`;
  };
  // EXTERNAL MODULE: ./lib/core/github/github-problem.js
    var github_problem = __webpack_require__(6958);
  // CONCATENATED MODULE: ./lib/adapters/github-ask.js
  const createAskGitHub = (transport, now) => (0, adapters_ask.c)(transport, answer => toRefusal(answer, now()));
  const toRefusal = ({status, body, headers}, nowMs) => {
   const detail = formatGitHubDetail(body);
   const retryAfterMs = (0, github_problem.LX)({
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
  // CONCATENATED MODULE: ./lib/core/github/graphql-failure.js
  const statusesByType = {
   FORBIDDEN: 403,
   INSUFFICIENT_SCOPES: 403,
   INTERNAL: 500,
   NOT_FOUND: 404,
   RATE_LIMITED: 429,
   SERVICE_UNAVAILABLE: 503
  };
  const findGraphqlFailure = (body, headers, nowMs) => {
   const {data, errors, message} = (0, text_json.Pf)(body);
   const isAnswered = Object.values((0, text_json.Pf)(data)).some(value => value !== null);
   const listed = Array.isArray(errors) ? errors.map(text_json.Pf) : data === undefined && message ? [ {
    message
   } ] : [];
   const error = listed.find(({type}) => type !== "NOT_FOUND" || !isAnswered);
   if (!error) return undefined;
   const detail = (0, text_json.b6)(error["message"]);
   const status = determineStatus((0, text_json.b6)(error["type"]), detail);
   const retryAfterMs = status === 429 ? (0, github_problem.LX)({
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
   if ((0, github_problem.lg)(detail)) return 429;
   if (/^Something went wrong/.test(detail)) return 502;
   return statusesByType[type] ?? 200;
  };
  // EXTERNAL MODULE: ./lib/core/network/failure.js
    var network_failure = __webpack_require__(5504);
  // CONCATENATED MODULE: ./lib/adapters/github-graphql.js
  const createGraphql = (ask, owner, name, now) => {
   const query = createQuery(ask, now);
   return {
    getOwnUserId: limits => query({
     query: viewerQuery,
     variables: {}
    }, limits, toViewerId),
    listPullRequestStates: (numbers, limits) => {
     const json = {
      query: formatStatesQuery(numbers),
      variables: {
       owner,
       name
      }
     };
     return query(json, limits, data => toPullRequestStates(data, numbers));
    },
    listDeploymentStates: (ids, limits) => query({
     query: deploymentStatesQuery,
     variables: {
      ids
     }
    }, limits, data => toDeploymentStates(data, ids.length))
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
    const failure = findGraphqlFailure(body, headers, now());
    if (failure) throw new network_failure.e({
     kind: "answered",
     request: (0, adapters_ask.M)(call),
     ...failure
    });
    return toResult((0, text_json.Pf)(body)["data"]);
   });
  };
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
    }, limits, findComment))).sort((one, other) => one.id - other.id),
    createComment: (pullRequest, body, limits) => ask({
     method: "POST",
     path: comments(pullRequest),
     json: {
      body: redactComment(redact, body)
     }
    }, limits, toComment),
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
     }, limits, findNewestOpen);
    },
    getHeadSha: (pullRequest, limits) => ask({
     method: "GET",
     path: `${repository}/pulls/${pullRequest}`
    }, limits, toHeadSha),
    listDeploymentPage: (environment, page, limits) => listPage(ask, deployments, {
     environment,
     page
    }, limits, toListedDeployment),
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
     }, limits, toId);
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
   items: listFitting(body, toItem),
   isLast: link ? !link.includes('rel="next"') : (0, unfit_answer.sn)(body).length < pageSize
  }));
  const listAll = async getPage => {
   const items = [];
   for (let page = 1; ;page++) {
    const found = await getPage(page);
    items.push(...found.items);
    if (found.isLast) return items;
   }
  };
  // CONCATENATED MODULE: ./lib/adapters/github-api.js
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
  // EXTERNAL MODULE: ./lib/adapters/within-limits.js + 2 modules
    var within_limits = __webpack_require__(2158);
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
    const response = await (0, within_limits.i)(limits, send, () => ({
     reach,
     request: (0, adapters_ask.M)(call)
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
