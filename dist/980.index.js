export const id = 980;

export const ids = [ 980 ];

export const modules = {
 1980: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   createProxyFetch: () => createProxyFetch
  });
  var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
  var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
  const createProxyFetch = (proxyUrl, connectTimeoutMs = 1e4) => async (input, init) => {
   const request = new Request(input, init);
   sources.set(request, input);
   request.signal.throwIfAborted();
   const body = Buffer.from(await request.arrayBuffer());
   request.signal.throwIfAborted();
   return send(request, body, openConnection(request.url, proxyUrl), connectTimeoutMs);
  };
  const sources = new WeakMap;
  const send = (request, body, line, connectTimeoutMs) => {
   const {promise, resolve, reject} = Promise.withResolvers();
   const outgoing = createRequest(request, line);
   const close = () => {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", abort);
    outgoing.destroy();
    line.close();
   };
   const fail = reason => {
    close();
    reject(reason);
   };
   const breakOff = cause => fail(createFetchError(cause, line.phase()));
   const giveUp = () => breakOff(createConnectTimeout());
   const abort = () => {
    const {reason} = request.signal;
    if (line.phase() !== "request" && reason?.name === "TimeoutError") giveUp(); else fail(reason);
   };
   const endEarly = () => breakOff(new Error("the connection ended without an answer"));
   const timer = setTimeout(giveUp, connectTimeoutMs);
   request.signal.addEventListener("abort", abort);
   line.whenOpen(outgoing, () => clearTimeout(timer));
   outgoing.on("error", breakOff).once("upgrade", endEarly).once("close", endEarly);
   outgoing.once("response", message => {
    outgoing.off("close", endEarly);
    resolve(createResponse(message, request, close));
   });
   outgoing.end(body.length > 0 ? body : undefined);
   return promise;
  };
  const createRequest = ({url, method, headers}, {isHttps, agent}) => {
   const open = isHttps ? node_https__WEBPACK_IMPORTED_MODULE_1__.request : node_http__WEBPACK_IMPORTED_MODULE_0__.request;
   const defaults = {
    accept: "*/*",
    "user-agent": "node"
   };
   return open(url, {
    method,
    headers: {
     ...defaults,
     ...Object.fromEntries(headers),
     "accept-encoding": "identity"
    },
    agent
   });
  };
  const createResponse = (message, request, close) => {
   const {statusCode = 0, statusMessage: statusText = ""} = message;
   const status = statusCode >= 200 && statusCode <= 599 ? statusCode : 502;
   const hasBody = request.method !== "HEAD" && ![ 204, 205, 304 ].includes(status);
   if (!hasBody) message.resume().once("close", close);
   const body = hasBody ? streamBody(message, request.signal, close) : null;
   const response = new Response(body, {
    status,
    statusText,
    headers: readHeaders(message)
   });
   return Object.defineProperty(response, "url", {
    value: request.url
   });
  };
  const readHeaders = ({headersDistinct}) => {
   const headers = new Headers;
   for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
   }
   return headers;
  };
  const streamBody = (message, signal, close) => {
   const chunks = message[Symbol.asyncIterator]();
   return new ReadableStream({
    async pull(controller) {
     try {
      const {done, value} = await chunks.next();
      if (!done) return controller.enqueue(new Uint8Array(value));
      close();
      controller.close();
     } catch (cause) {
      close();
      controller.error(signal.aborted ? signal.reason : createFetchError(cause, "request", "terminated"));
     }
    },
    cancel: close
   });
  };
  const createFetchError = (cause, phase, message = "fetch failed") => new TypeError(message, {
   cause: Object.assign(withoutCredentials(cause), {
    phase
   })
  });
  const createConnectTimeout = () => Object.assign(new Error("no connection in time"), {
   code: "ETIMEDOUT",
   syscall: "connect"
  });
  const withoutCredentials = cause => {
   const error = typeof cause === "object" && cause !== null ? cause : new Error(String(cause));
   const {code, statusCode} = error;
   if (code !== "ERR_PROXY_TUNNEL") return error;
   return statusCode === undefined ? Object.assign(new Error("the proxy ended the connection before the tunnel was made"), {
    code
   }) : Object.assign(new Error(`the proxy answered ${statusCode}`), {
    code,
    statusCode
   });
  };
  const openConnection = (address, proxyUrl) => {
   const isHttps = new URL(address).protocol === "https:";
   const agent = createAgent(isHttps, proxyUrl);
   const sockets = [];
   let phase = proxyUrl ? "proxy" : "connect";
   const enter = next => {
    if (phase !== "request") phase = next;
   };
   holdSockets(agent, socket => {
    sockets.push(socket);
    if (proxyUrl) whenConnected(socket, proxyUrl.startsWith("https:"), () => enter("connect"));
   });
   return {
    isHttps,
    agent,
    phase: () => phase,
    whenOpen: (outgoing, listener) => {
     const open = () => {
      enter("request");
      listener();
     };
     outgoing.once("socket", socket => proxyUrl && isHttps ? open() : whenConnected(socket, isHttps, open));
    },
    close: () => {
     for (const socket of sockets) socket.destroy();
     agent.destroy();
    }
   };
  };
  const createAgent = (isHttps, proxyUrl) => {
   const proxyEnv = proxyUrl ? {
    http_proxy: proxyUrl,
    https_proxy: proxyUrl
   } : {};
   return isHttps ? new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent({
    keepAlive: false,
    proxyEnv
   }) : new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent({
    keepAlive: false,
    proxyEnv
   });
  };
  const holdSockets = (agent, hold) => {
   const createConnection = agent.createConnection.bind(agent);
   agent.createConnection = (...parameters) => {
    const socket = createConnection(...parameters);
    if (socket) hold(socket);
    return socket;
   };
  };
  const whenConnected = (socket, isSecure, listener) => {
   socket.once(isSecure ? "secureConnect" : "connect", listener);
  };
 }
};
