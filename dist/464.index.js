export const id = 464;

export const ids = [ 464 ];

export const modules = {
 8464: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   createFileReader: () => createFileReader
  });
  // EXTERNAL MODULE: external "node:fs"
    var external_node_fs_ = __webpack_require__(3024);
  // EXTERNAL MODULE: external "node:path"
    var external_node_path_ = __webpack_require__(6760);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __webpack_require__(7981);
  // EXTERNAL MODULE: ./node_modules/js-yaml/dist/js-yaml.mjs
    var js_yaml = __webpack_require__(3243);
  // CONCATENATED MODULE: ./lib/adapters/yaml.js
  const maxDepth = 64;
  const maxAliases = 100;
  const maxUnits = 2 ** 20;
  const schema = js_yaml.OU.withTags(js_yaml.LJ);
  const parseYaml = text => {
   const pads = [];
   const locate = createLocator(text, pads);
   try {
    const {source, events} = readEvents(text, pads);
    const root = readDocument({
     text: source,
     events,
     anchors: new Map,
     next: 1
    });
    const [data = null] = (0, js_yaml.fw)(events, {
     source,
     schema,
     maxAliases
    });
    return {
     kind: "parsed",
     data,
     positionOf: path => locate(findNode(root, path).offset)
    };
   } catch (error) {
    const {offset, message} = describeFailure(error);
    return {
     kind: "invalid",
     ...locate(offset),
     message
    };
   }
  };
  const pad = " ".repeat(128);
  const maxReadAgain = 2 ** 21;
  const readEvents = (text, pads) => {
   let source = text;
   for (let again = 0; ;) {
    try {
     return {
      source,
      events: (0, js_yaml.PH)(source, {
       maxDepth: maxDepth + 1
      })
     };
    } catch (error) {
     const offset = findLowBracket(source, error);
     again += offset ?? 0;
     if (offset === undefined || again > maxReadAgain) throw error;
     source = source.slice(0, offset) + pad + source.slice(offset);
     pads.push(offset);
    }
   }
  };
  const findLowBracket = (source, error) => {
   if (!(error instanceof js_yaml.tB) || error.reason !== "deficient indentation") return undefined;
   const offset = error.mark?.position ?? 0;
   return /[\]}]/.test(source.charAt(offset)) && isLineStart(source, offset) ? offset : undefined;
  };
  const createLocator = (text, pads) => {
   const starts = [ 0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({index, 0: end}) => index + end.length) ];
   return padded => {
    const offset = pads.reduceRight((it, at) => it > at ? Math.max(at, it - pad.length) : it, padded);
    let line = 0;
    for (let step = 2 ** 20; step >= 1; step /= 2) if ((starts[line + step] ?? Infinity) <= offset) line += step;
    return {
     line: line + 1,
     column: offset - (starts[line] ?? 0) + 1
    };
   };
  };
  const findNode = (root, path) => {
   let node = root;
   for (const key of path) {
    const child = node.children.get(String(key));
    if (!child) return node;
    node = child;
   }
   return node;
  };
  class Refused extends Error {
   offset;
   constructor(offset, message) {
    super(message);
    this.offset = offset;
   }
  }
  const readDocument = walk => {
   const root = readNode(walk, 0, 0);
   const second = walk.events[walk.next + 2];
   if (second) {
    const offset = startOf(second) ?? walk.text.lastIndexOf("---");
    throw new Refused(Math.max(0, offset), "a second document begins here, and one file holds one");
   }
   return root;
  };
  const startOf = event => {
   if (!event || !("anchorStart" in event)) return undefined;
   if ("tagStart" in event && event.tagStart >= 0) return event.tagStart;
   if (event.anchorStart >= 0) return event.anchorStart;
   if ("start" in event) return event.start;
   if (!("valueStart" in event) || event.valueStart < 0) return undefined;
   const isQuoted = event.style === js_yaml.jK.DOUBLE_QUOTED || event.style === js_yaml.jK.SINGLE_QUOTED;
   return event.valueStart - (isQuoted ? 1 : 0);
  };
  const noChildren = new Map;
  const readNode = (walk, level, parentOffset) => {
   const event = walk.events[walk.next++];
   const offset = startOf(event) ?? parentOffset;
   const nothing = {
    offset,
    children: noChildren,
    units: 1,
    depth: 0
   };
   if (event?.type === js_yaml.hy.ALIAS) return readAlias(walk, event, {
    level,
    nothing
   });
   if (event?.type !== js_yaml.hy.SCALAR && event?.type !== js_yaml.hy.MAPPING && event?.type !== js_yaml.hy.SEQUENCE) return nothing;
   const anchor = event.anchorStart < 0 ? "" : walk.text.slice(event.anchorStart, event.anchorEnd);
   if (anchor) walk.anchors.set(anchor, undefined);
   const node = event.type === js_yaml.hy.SCALAR ? readScalar(walk, event, nothing) : readCollection(walk, event, {
    level,
    nothing
   });
   if (anchor) walk.anchors.set(anchor, node);
   return node;
  };
  const readAlias = (walk, event, {level, nothing}) => {
   const name = walk.text.slice(event.anchorStart, event.anchorEnd);
   if (!walk.anchors.has(name)) return nothing;
   const target = walk.anchors.get(name);
   if (!target) throw new Refused(nothing.offset, "this alias refers to a value that contains it");
   if (level + target.depth > maxDepth) throw new Refused(nothing.offset, tooDeep);
   return {
    ...target,
    offset: nothing.offset
   };
  };
  const readScalar = (walk, event, nothing) => {
   const source = (0, js_yaml.KE)(walk.text, event);
   if (event.style === js_yaml.jK.PLAIN && event.tagStart < 0 && isInexact(source)) {
    throw new Refused(nothing.offset, "this number can\u2019t be passed on exactly; quote it");
   }
   return {
    ...nothing,
    units: source.length + 1
   };
  };
  const isInexact = source => {
   if (!/^[-+.\d]/.test(source)) return false;
   const whole = js_yaml.Z7.resolve(source, false, js_yaml.Z7.tagName);
   if (typeof whole === "number") return !Number.isSafeInteger(whole);
   const number = js_yaml.ok.resolve(source, false, js_yaml.ok.tagName);
   return typeof number === "number" && !Number.isFinite(number);
  };
  const readCollection = (walk, {type}, {level, nothing}) => {
   const isMapping = type === js_yaml.hy.MAPPING;
   const own = new Map;
   const merged = new Map;
   let units = 1;
   let depth = 0;
   for (let index = 0; walk.events[walk.next]?.type !== js_yaml.hy.POP; index += 1) {
    const key = isMapping ? readKey(walk, level, nothing.offset) : {
     name: String(index)
    };
    if (key.name && own.has(key.name)) throw new Refused(key.offset ?? nothing.offset, twice);
    const value = readNode(walk, level + 1, key.offset ?? nothing.offset);
    units += key.name.length + value.units;
    if (units > maxUnits) throw new Refused(value.offset, "what the aliases stand for is more than 1 MiB");
    depth = Math.max(depth, value.depth);
    if (isMapping && key.name === "<<") addMerged(merged, value);
    own.set(key.name, {
     ...value,
     offset: key.offset ?? value.offset
    });
   }
   walk.next += 1;
   return {
    ...nothing,
    children: new Map([ ...merged, ...own ]),
    units,
    depth: depth + 1
   };
  };
  const readKey = (walk, level, parentOffset) => {
   const event = walk.events[walk.next];
   const offset = startOf(event) ?? parentOffset;
   if (event?.type === js_yaml.hy.MAPPING || event?.type === js_yaml.hy.SEQUENCE) throw new Refused(offset, notAKey);
   readNode(walk, level, offset);
   return {
    name: event?.type === js_yaml.hy.SCALAR ? (0, js_yaml.KE)(walk.text, event) : "",
    offset
   };
  };
  const addMerged = (merged, value) => {
   for (const [name, child] of value.children) {
    if (/^\d+$/.test(name)) addMerged(merged, child); else if (!merged.has(name)) merged.set(name, child);
   }
  };
  const describeFailure = error => {
   if (error instanceof Refused) return error;
   if (!(error instanceof js_yaml.tB)) return {
    offset: 0,
    message: "can\u2019t be read as YAML"
   };
   const offset = error.mark?.position ?? 0;
   return {
    offset,
    message: describeReason(error.reason, error.mark?.buffer ?? "", offset)
   };
  };
  const tooDeep = "nested more than 64 deep";
  const twice = "this key is already there above";
  const notAKey = "a key must be plain text; a template in braces must be quoted";
  const reasons = [ [ /^nesting exceeded/, tooDeep ], [ /^aliases exceeded/, "more than 100 aliases" ], [ /^merge keys exceeded|^abnormal merge/, "too much is merged by <<" ], [ /^cannot merge/, "<< takes a mapping or a list of mappings" ], [ /^duplicated mapping key/, twice ], [ /complex keys/, notAKey ], [ /^unidentified alias/, "an alias without its anchor above; a text that begins with * must be quoted" ], [ /\btag\b/, "a tag that is not YAML\u2019s own; a text that begins with ! must be quoted" ], [ /^tab characters/, "a tab; YAML is indented by spaces" ], [ /^deficient indentation/, "indented too little; is a quote or a bracket above still open?" ], [ /multiline key|^expected ':'/, "a colon is missing: this would be a key without a value" ], [ /^missed comma/, "a comma or a closing bracket is missing before this" ], [ /^unexpected end/, "the end of the file, and a quote or a bracket is still open" ], [ /^end of the stream/, "more follows where the document is over; is it indented as what is above?" ], [ /^unknown escape/, "not an escape that double quotes know; a single backslash needs single quotes" ], [ /non-printable/, "a character that is not text" ] ];
  const describeReason = (reason, text, offset) => {
   const [, message] = reasons.find(([pattern]) => pattern.test(reason)) ?? [];
   if (message) return message;
   return /^bad indentation/.test(reason) ? describeMisplaced(text, offset) : (reason.split(/"|: /)[0] ?? "").trim();
  };
  const describeMisplaced = (text, offset) => {
   const character = text.charAt(offset);
   if (isLineStart(text, offset)) return "its indentation matches no line above";
   if (/[@`%]/.test(character)) return `a text that begins with ${character} must be quoted`;
   if (character === ":") return "a colon within a value: indented too far, or to be quoted";
   return "not expected here; is a quote missing, or one too many?";
  };
  const isLineStart = (text, offset) => /(?:^|[\r\n]) *$/.test(text.slice(Math.max(0, offset - 1e3), offset));
  // CONCATENATED MODULE: ./lib/adapters/workspace.js
  const createFileReader = root => ({
   workspace: createWorkspace(root),
   parseYaml
  });
  const createWorkspace = root => ({
   readFile: async (path, {maxBytes}) => {
    try {
     return await readWithin(root, path, maxBytes);
    } catch (error) {
     return refuse(isAbsence(error) ? "missing" : "unreadable");
    }
   }
  });
  const refuse = (reason, size) => ({
   kind: "refused",
   reason,
   ...size !== undefined && {
    size
   }
  });
  const isAbsence = error => [ "ENOENT", "ENOTDIR" ].includes((0, json.b6)((0, json.Pf)(error)["code"]));
  const readWithin = async (root, path, maxBytes) => {
   const realRoot = await external_node_fs_.promises.realpath(root);
   const asked = (0, external_node_path_.resolve)(root, path);
   const refusal = refusePlace(root, asked);
   if (refusal && refusePlace(realRoot, asked)) return refuse(refusal);
   const real = await external_node_fs_.promises.realpath(asked);
   const realRefusal = refusePlace(realRoot, real);
   if (realRefusal) return refuse(realRefusal);
   const found = await external_node_fs_.promises.lstat(real);
   if (!found.isFile()) return refuse("not a file");
   if (found.size > maxBytes) return refuse("too large", found.size);
   return readOpened({
    real,
    path: (0, external_node_path_.relative)(realRoot, real).split(external_node_path_.sep).join("/")
   }, found, maxBytes);
  };
  const refusePlace = (root, path) => {
   const inside = (0, external_node_path_.relative)(root, path);
   const names = inside.split(external_node_path_.sep);
   if (names[0] === ".." || (0, external_node_path_.isAbsolute)(inside)) return "outside";
   return names.some(isGitName) ? "git" : undefined;
  };
  const isGitName = name => /^\.git/i.test(name.replace(/\p{Default_Ignorable_Code_Point}/gu, ""));
  const flags = external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NOFOLLOW ?? 0) | (external_node_fs_.constants.O_NONBLOCK ?? 0);
  const readOpened = async ({real, path}, found, maxBytes) => {
   const file = await external_node_fs_.promises.open(real, flags);
   try {
    const opened = await file.stat();
    if (!opened.isFile() || opened.ino !== found.ino || opened.dev !== found.dev) return refuse("unreadable");
    const bytes = await readAtMost(file, maxBytes + 1);
    return bytes.length > maxBytes ? refuse("too large", bytes.length) : {
     kind: "read",
     path,
     bytes
    };
   } finally {
    await file.close();
   }
  };
  const readAtMost = async (file, maxBytes) => {
   const buffer = new Uint8Array(maxBytes);
   let length = 0;
   while (length < maxBytes) {
    const {bytesRead} = await file.read(buffer, length, maxBytes - length);
    if (bytesRead === 0) break;
    length += bytesRead;
   }
   return buffer.slice(0, length);
  };
 }
};
