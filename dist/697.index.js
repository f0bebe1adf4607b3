export const id = 697;

export const ids = [ 697 ];

export const modules = {
 9256: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
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
  const toDeploymentPage = data => {
   const {nodes, pageInfo} = (0, text_json.Pf)((0, text_json.Pf)((0, text_json.Pf)(data)["repository"])["deployments"]);
   const deployments = (0, unfit_answer.sn)(nodes, "a list of GitHub Deployments").map(toDeployment);
   const {hasNextPage, endCursor} = (0, text_json.Pf)(pageInfo);
   return {
    deployments,
    ...hasNextPage === true && {
     endCursor: (0, text_json.b6)(endCursor)
    }
   };
  };
  const toDeployment = node => {
   const {databaseId, latestStatus, payload} = (0, text_json.Pf)(node);
   return {
    id: expectNumber(databaseId, "the id of a GitHub Deployment"),
    state: (0, text_json.b6)((0, text_json.Pf)(latestStatus)["state"]).toLowerCase(),
    payload: (0, text_json.b6)(payload)
   };
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
  const listGraphqlErrors = body => {
   const {errors} = (0, text_json.Pf)(body);
   if (!Array.isArray(errors)) return [];
   return errors.map(text_json.Pf).map(({type, message}) => ({
    type: (0, text_json.b6)(type),
    message: (0, text_json.b6)(message)
   }));
  };
  const formatGitHubDetail = body => {
   const {message, errors} = (0, text_json.Pf)(body);
   const more = Array.isArray(errors) ? errors.map(error => (0, text_json.b6)((0, text_json.Pf)(error)["message"]) || (0, 
   text_json.b6)(error)) : [];
   const shown = more.filter(Boolean).join(", ");
   return `${(0, text_json.b6)(message)}${shown && ` (${shown})`}`;
  };
  // EXTERNAL MODULE: ./lib/core/network/retry.js
    var retry = __webpack_require__(8568);
  // CONCATENATED MODULE: ./lib/adapters/github-ask.js
  const createAskGitHub = (transport, now) => (0, adapters_ask.c)(transport, answer => toRefusal(answer, now()));
  const toRefusal = ({body, headers}, nowMs) => {
   const retryAfterMs = determineRetryAfterMs(headers, nowMs);
   return {
    detail: formatGitHubDetail(body),
    ...retryAfterMs !== undefined && {
     retryAfterMs
    }
   };
  };
  const determineRetryAfterMs = (headers, nowMs) => {
   const wishMs = (0, retry.oR)(headers["retry-after"] ?? null, nowMs);
   const resetSeconds = Number(headers["x-ratelimit-reset"]);
   if (wishMs !== undefined || headers["x-ratelimit-remaining"] !== "0" || !(resetSeconds > 0)) return wishMs;
   return Math.max(0, resetSeconds * 1e3 - nowMs);
  };
  // EXTERNAL MODULE: ./lib/core/network/failure.js
    var failure = __webpack_require__(5504);
  // CONCATENATED MODULE: ./lib/adapters/github-graphql.js
  const createGraphql = (ask, owner, name) => ({
   getOwnUserId: limits => query(ask, {
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
    return query(ask, json, limits, data => toPullRequestStates(data, numbers));
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
     }, limits, toDeploymentPage);
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
    const failure = findFailure((0, adapters_ask.M)(call), body);
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
   const error = listGraphqlErrors(body).find(({type}) => type !== "NOT_FOUND" || !hasRepository);
   if (!error) return undefined;
   const details = {
    request,
    detail: error.message
   };
   const status = statusesByType[error.type];
   return new failure.e(status === undefined ? {
    ...details,
    kind: "unreadable",
    status: 200
   } : {
    ...details,
    kind: "answered",
    status
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
    listComments: async (pullRequest, limits) => (await listAll(ask, comments(pullRequest), limits, toComment)).sort((one, other) => one.id - other.id),
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
     items: (0, unfit_answer.sn)(body).map(toItem),
     isLast: !headers["link"]?.includes('rel="next"')
    }));
    items.push(...found.items);
    if (found.isLast) return items;
   }
  };
  // CONCATENATED MODULE: ./lib/adapters/github-api.js
  const createGitHub = (transport, repository, now, redact) => {
   const ask = createAskGitHub(transport, now);
   const [owner = "", name = ""] = repository.split("/");
   return {
    ...createRest(ask, owner, name, redact),
    ...createGraphql(ask, owner, name)
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
