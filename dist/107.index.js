export const id = 107;

export const ids = [ 107 ];

export const modules = {
  1678: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
    __webpack_require__.r(__webpack_exports__);
    __webpack_require__.d(__webpack_exports__, {
      connectGitHub: () => connectGitHub
    });
    // EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
        var github = __webpack_require__(2413);
    // EXTERNAL MODULE: ./lib/core/network/failure.js
        var network_failure = __webpack_require__(5504);
    // EXTERNAL MODULE: ./lib/core/network/network.js
        var network = __webpack_require__(9664);
    // EXTERNAL MODULE: ./lib/core/run/product.js
        var product = __webpack_require__(3470);
    // EXTERNAL MODULE: ./lib/core/text/redact.js + 1 modules
        var text_redact = __webpack_require__(2200);
    // EXTERNAL MODULE: ./lib/core/deployment/answers.js
        var answers = __webpack_require__(6e3);
    // CONCATENATED MODULE: ./lib/core/github/github-answers.js
    const fieldsOf = value => typeof value === "object" && value !== null ? value : {};
    const textOf = value => typeof value === "string" ? value : "";
    const toNumber = (value, what) => {
      if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
      throw new answers.V7(`${what} was expected`);
    };
    const toId = value => toNumber(fieldsOf(value)["id"], "an id");
    const toComment = value => {
      const {user, body} = fieldsOf(value);
      return {
        id: toId(value),
        user: {
          id: Number(fieldsOf(user)["id"]) || 0
        },
        body: textOf(body)
      };
    };
    const findNewestOpen = value => {
      if (!Array.isArray(value)) throw new answers.V7("a list of pull requests was expected");
      const open = value.filter(pullRequest => fieldsOf(pullRequest)["state"] === "open").map(toPullRequestNumber);
      return open.length === 0 ? undefined : Math.max(...open);
    };
    const toPullRequestNumber = value => toNumber(fieldsOf(value)["number"], "a number");
    const toDeploymentPage = data => {
      const {nodes, pageInfo} = fieldsOf(fieldsOf(fieldsOf(data)["repository"])["deployments"]);
      if (!Array.isArray(nodes)) throw new answers.V7("a list of GitHub Deployments was expected");
      const {hasNextPage, endCursor} = fieldsOf(pageInfo);
      const deployments = nodes.map(node => {
        const {databaseId, latestStatus, payload} = fieldsOf(node);
        const state = textOf(fieldsOf(latestStatus)["state"]).toLowerCase();
        return {
          id: toNumber(databaseId, "the id of a GitHub Deployment"),
          state,
          payload: textOf(payload)
        };
      });
      return {
        deployments,
        ...hasNextPage === true && {
          endCursor: textOf(endCursor)
        }
      };
    };
    const toPullRequestStates = (data, numbers) => {
      const {repository} = fieldsOf(data);
      if (typeof repository !== "object" || repository === null) throw new answers.V7("a repository was expected");
      const states = new Map;
      for (const number of numbers) {
        const found = fieldsOf(repository)[`p${number}`];
        if (found === undefined) throw new answers.V7(`the state of #${number} is missing`);
        if (found !== null) states.set(number, toState(fieldsOf(found)["state"]));
      }
      return states;
    };
    const toState = value => {
      if (value === "OPEN" || value === "CLOSED" || value === "MERGED") return value;
      throw new answers.V7("the state of a pull request was expected");
    };
    const listGraphqlErrors = body => {
      const {errors} = fieldsOf(body);
      if (!Array.isArray(errors)) return [];
      return errors.map(error => ({
        type: textOf(fieldsOf(error)["type"]),
        message: textOf(fieldsOf(error)["message"])
      }));
    };
    const formatGitHubDetail = body => {
      const {message, errors} = fieldsOf(body);
      const more = Array.isArray(errors) ? errors.map(error => textOf(fieldsOf(error)["message"]) || textOf(error)) : [];
      const shown = more.filter(Boolean).join(", ");
      return `${textOf(message)}${shown && ` (${shown})`}`;
    };
    // EXTERNAL MODULE: ./lib/core/network/retry.js
        var retry = __webpack_require__(8568);
    // CONCATENATED MODULE: ./lib/adapters/github-api.js
    const pageSize = 100;
    const createGitHub = (transport, repository, now) => {
      const ask = async (call, limits, toResult) => {
        const answer = await transport(call, limits);
        if (answer.status < 200 || answer.status >= 300) throw toFailure(call, answer, now());
        try {
          return toResult(answer.body, answer);
        } catch (error) {
          if (!(error instanceof answers.V7)) throw error;
          const details = {
            kind: "unreadable",
            request: formatCall(call),
            status: answer.status
          };
          throw new network_failure.e({
            ...details,
            detail: error.message
          }, {
            cause: error
          });
        }
      };
      const query = async (json, limits, toResult) => {
        const call = {
          method: "POST",
          path: "graphql",
          json
        };
        return ask(call, limits, body => {
          const failure = findGraphqlFailure(call, body);
          if (failure) throw failure;
          return toResult(body?.data);
        });
      };
      const listAll = async (path, limits, toItem) => {
        const items = [];
        for (let page = 1; ;page++) {
          const call = {
            method: "GET",
            path,
            query: {
              per_page: String(pageSize),
              page: String(page)
            }
          };
          const hasMore = await ask(call, limits, (body, {headers}) => {
            if (!Array.isArray(body)) throw new answers.V7("a list was expected");
            items.push(...body.map(toItem));
            return /rel="next"/.test(headers["link"] ?? "");
          });
          if (!hasMore) return items;
        }
      };
      const [owner = "", name = ""] = repository.split("/");
      const repositoryPath = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
      const comments = pullRequest => `${repositoryPath}/issues/${pullRequest}/comments`;
      const comment = id => `${repositoryPath}/issues/comments/${id}`;
      const deployments = `${repositoryPath}/deployments`;
      return {
        getOwnUserId: limits => query({
          query: viewerQuery,
          variables: {}
        }, limits, toViewerId),
        listComments: async (pullRequest, limits) => (await listAll(comments(pullRequest), limits, toComment)).sort((one, other) => one.id - other.id),
        createComment: (pullRequest, body, limits) => ask({
          method: "POST",
          path: comments(pullRequest),
          json: {
            body
          }
        }, limits, toComment),
        updateComment: (id, body, limits) => ask({
          method: "PATCH",
          path: comment(id),
          json: {
            body
          }
        }, limits, () => undefined),
        deleteComment: (id, limits) => ask({
          method: "DELETE",
          path: comment(id)
        }, limits, () => undefined),
        findOpenPullRequest: (sha, limits) => {
          const path = `${repositoryPath}/commits/${encodeURIComponent(sha)}/pulls`;
          return ask({
            method: "GET",
            path,
            query: {
              per_page: String(pageSize)
            }
          }, limits, findNewestOpen);
        },
        listPullRequestStates: (numbers, limits) => query({
          query: formatStatesQuery(numbers),
          variables: {
            owner,
            name
          }
        }, limits, data => toPullRequestStates(data, numbers)),
        listDeployments: async (environment, limits) => {
          const all = [];
          const variables = {
            owner,
            name,
            environments: [ environment ],
            orderBy: newestFirst
          };
          for (let after; ;) {
            const json = {
              query: deploymentsQuery,
              variables: {
                ...variables,
                after: after ?? null
              }
            };
            const page = await query(json, limits, toDeploymentPage);
            all.push(...page.deployments);
            if (page.endCursor === undefined) return all;
            after = page.endCursor;
          }
        },
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
        createDeploymentStatus: (id, body, limits) => ask({
          method: "POST",
          path: `${deployments}/${id}/statuses`,
          json: {
            ...body,
            auto_inactive: false
          }
        }, limits, () => undefined)
      };
    };
    const viewerQuery = "query { viewer { databaseId } }";
    const toViewerId = data => toNumber(data?.viewer?.databaseId, "a user\u2019s id");
    const formatStatesQuery = numbers => {
      const fields = numbers.map(number => `p${number}: pullRequest(number: ${number}) { state }`);
      return `query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { ${fields.join(" ")} } }`;
    };
    const newestFirst = {
      field: "CREATED_AT",
      direction: "DESC"
    };
    const deploymentsQuery = `query($owner: String!, $name: String!, $environments: [String!], $orderBy: DeploymentOrder, $after: String) {\n  repository(owner: $owner, name: $name) {\n    deployments(first: ${pageSize}, environments: $environments, orderBy: $orderBy, after: $after) {\n      nodes { databaseId payload latestStatus { state } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n}`;
    const formatCall = ({method, path}) => `${method} /${path}`;
    const statusesByType = {
      FORBIDDEN: 403,
      INSUFFICIENT_SCOPES: 403,
      NOT_FOUND: 404,
      RATE_LIMITED: 429
    };
    const findGraphqlFailure = (call, body) => {
      const hasRepository = Boolean(body?.data?.repository);
      const error = listGraphqlErrors(body).find(({type}) => type !== "NOT_FOUND" || !hasRepository);
      if (!error) return undefined;
      const status = statusesByType[error.type];
      const details = {
        request: formatCall(call),
        detail: error.message
      };
      return new network_failure.e(status === undefined ? {
        ...details,
        kind: "unreadable",
        status: 200
      } : {
        ...details,
        kind: "answered",
        status
      });
    };
    const toFailure = (call, {status, body, headers}, nowMs) => {
      const retryAfterMs = determineRetryAfterMs(headers, nowMs);
      return new network_failure.e({
        kind: "answered",
        request: formatCall(call),
        status,
        detail: formatGitHubDetail(body),
        ...retryAfterMs !== undefined && {
          retryAfterMs
        }
      });
    };
    const determineRetryAfterMs = (headers, nowMs) => {
      const wishMs = (0, retry.oR)(headers["retry-after"] ?? null, nowMs);
      const resetSeconds = Number(headers["x-ratelimit-reset"]);
      if (wishMs !== undefined || headers["x-ratelimit-remaining"] !== "0" || !(resetSeconds > 0)) return wishMs;
      return Math.max(0, resetSeconds * 1e3 - nowMs);
    };
    // CONCATENATED MODULE: ./lib/adapters/github.js
    const connectGitHub = options => createGitHub(createTransport(options), options.repository, options.now);
    const silence = () => undefined;
    const silentLog = {
      debug: silence,
      info: silence,
      warn: silence,
      error: silence
    };
    const createTransport = ({apiUrl, graphqlUrl, token, fetch, reach, redact}) => {
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
      return async (call, {timeoutMs, signal}) => {
        const limit = AbortSignal.timeout(Math.ceil(timeoutMs));
        const combined = signal ? AbortSignal.any([ signal, limit ]) : limit;
        signal?.throwIfAborted();
        const fail = error => {
          if (signal?.aborted) throw signal.reason;
          const failure = (0, network.B)(error, limit.aborted ? timeoutMs : undefined);
          const request = `${call.method} /${call.path}`;
          throw new network_failure.e({
            ...failure,
            reach,
            request
          }, {
            cause: error
          });
        };
        const json = call.json === undefined ? undefined : (0, text_redact.Ed)(redact, call.json);
        const response = await octokit.request({
          method: call.method,
          url: call.path === "graphql" ? graphqlUrl : `/${call.path}`,
          ...call.query,
          ...json !== undefined && {
            data: json
          },
          request: {
            signal: combined
          }
        }).catch(error => findResponse(error) ?? fail(error));
        if (combined.aborted) return fail(combined.reason);
        return (0, text_redact.Ed)(redact, toAnswer(response));
      };
    };
    const findResponse = error => error?.response;
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
