export const id = 180;

export const ids = [ 180 ];

export const modules = {
 2180: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   readScore: () => readScore
  });
  // EXTERNAL MODULE: ./lib/core/images.js
    var core_images = __webpack_require__(653);
  // EXTERNAL MODULE: ./lib/core/network/request-error.js
    var request_error = __webpack_require__(3424);
  // EXTERNAL MODULE: ./lib/core/run/result.js
    var result = __webpack_require__(7812);
  // EXTERNAL MODULE: ./lib/core/text/json.js
    var json = __webpack_require__(7981);
  // CONCATENATED MODULE: ./lib/core/score.js
  const maxScoreFileBytes = 256 * 1024;
  const problemAt = ({file, positionOf}, path, reason) => ({
   file,
   ...positionOf(path),
   ...reason
  });
  const openScoreFile = (file, answer, parseYaml) => {
   const refuse = problem => ({
    kind: "problem",
    problem: {
     file,
     ...problem
    }
   });
   if (answer.kind === "refused") return refuse({
    kind: "file refused",
    reason: answer.reason
   });
   const text = decodeText(answer.bytes);
   if (text === undefined) return refuse({
    kind: "not UTF-8"
   });
   const parsed = parseYaml(text.replace(/^\uFEFF/, ""));
   if (parsed.kind === "invalid") return refuse({
    ...parsed,
    kind: "invalid YAML"
   });
   const {data, positionOf} = parsed;
   return (0, json.Gv)(data) ? {
    kind: "document",
    document: {
     file,
     data,
     positionOf
    }
   } : refuse({
    kind: "no mapping"
   });
  };
  const decodeText = bytes => {
   try {
    return new TextDecoder("utf-8", {
     fatal: true,
     ignoreBOM: true
    }).decode(bytes);
   } catch {
    return undefined;
   }
  };
  const checkScore = ({scores, overrides}) => [ ...scores.flatMap(score => [ ...checkName(score), ...checkContainers(score, true) ]), ...overrides ? checkContainers(overrides, false) : [], ...findSameNames(scores) ];
  const nameOf = ({data}) => (0, json.b6)((0, json.hQ)(data["metadata"], "name"));
  const checkName = score => {
   const {metadata} = score.data;
   if (!(0, json.Gv)(metadata)) return [ reportMissing(score, [ "metadata" ], "a mapping with a name") ];
   return nameOf(score) ? [] : [ reportMissing(score, [ "metadata", "name" ], "text") ];
  };
  const findSameNames = scores => scores.flatMap((score, index) => {
   const path = [ "metadata", "name" ];
   const other = scores.slice(0, index).find(earlier => nameOf(earlier) !== "" && nameOf(earlier) === nameOf(score));
   const place = other && {
    file: other.file,
    ...other.positionOf(path)
   };
   return place ? [ problemAt(score, path, {
    kind: "same name",
    path,
    other: place
   }) ] : [];
  });
  const reportMissing = (document, path, takes) => {
   const around = path.slice(0, -1);
   if (valueAt(document.data, path) != null) return wrongType(document, path, takes);
   const [typo] = findTypo(document, around, String(path.at(-1)));
   return typo ?? problemAt(document, around, {
    kind: "missing",
    path,
    takes
   });
  };
  const wrongType = (document, path, takes) => problemAt(document, path, {
   kind: "wrong type",
   path,
   takes
  });
  const findTypo = (document, around, wanted) => {
   const fields = valueAt(document.data, around);
   if (!(0, json.Gv)(fields) || Object.hasOwn(fields, wanted)) return [];
   const typo = Object.keys(fields).find(key => isTypo(key, wanted));
   if (typo === undefined) return [];
   const path = [ ...around, typo ];
   return [ problemAt(document, path, {
    kind: "unknown key",
    path,
    suggestion: wanted
   }) ];
  };
  const valueAt = (data, path) => path.reduce((value, key) => Array.isArray(value) ? value[Number(key)] : (0, 
  json.hQ)(value, String(key)), data);
  const checkContainers = (document, isRequired) => {
   const {containers} = document.data;
   if (containers == null && !isRequired) return [];
   if (!(0, json.Gv)(containers) || isRequired && Object.keys(containers).length === 0) return [ reportMissing(document, [ "containers" ], "a mapping of containers") ];
   return Object.entries(containers).flatMap(([key, container]) => container === null && !isRequired ? [] : checkContainer(document, [ "containers", key ], container));
  };
  const checkContainer = (document, path, container) => {
   if (!(0, json.Gv)(container)) return [ wrongType(document, path, "a mapping") ];
   const typos = [ "image", "files", "volumes" ].flatMap(wanted => findTypo(document, path, wanted));
   const image = [ ...path, "image" ];
   const hasImage = typeof (container["image"] ?? "") === "string";
   return [ ...typos, ...hasImage ? [] : [ wrongType(document, image, "text") ], ...checkTargets({
    document,
    path: [ ...path, "files" ]
   }, container["files"], checkFile), ...checkTargets({
    document,
    path: [ ...path, "volumes" ]
   }, container["volumes"], () => []) ];
  };
  const listTargets = value => Array.isArray(value) ? value.map((entry, key) => ({
   key,
   target: (0, json.hQ)(entry, "target"),
   entry
  })) : Object.entries((0, json.Pf)(value)).map(([key, entry]) => ({
   key,
   target: key,
   entry
  }));
  const checkTargets = ({document, path}, value, check) => {
   if (value == null) return [];
   if (typeof value !== "object") return [ wrongType(document, path, "a list or a mapping") ];
   const seen = new Set;
   return listTargets(value).flatMap(({key, target, entry}) => {
    const at = [ ...path, key ];
    if (entry === null && !Array.isArray(value)) return [];
    if (!(0, json.Gv)(entry)) return [ wrongType(document, at, "a mapping") ];
    if (typeof target !== "string" || target === "") return [ reportMissing(document, [ ...at, "target" ], "text") ];
    const isRepeated = seen.has(target);
    seen.add(target);
    return [ ...isRepeated ? [ problemAt(document, [ ...at, "target" ], {
     kind: "target twice",
     path: [ ...at, "target" ]
    }) ] : [], ...check(document, at, entry) ];
   });
  };
  const checkFile = (document, path, entry) => {
   const source = [ ...path, "source" ];
   const hasContent = entry["content"] != null || entry["binaryContent"] != null;
   if (entry["source"] == null) return hasContent ? [] : findTypo(document, path, "source");
   if (typeof entry["source"] !== "string" || entry["source"] === "") return [ wrongType(document, source, "a path") ];
   return hasContent ? [ problemAt(document, source, {
    kind: "several contents",
    path: source
   }) ] : [];
  };
  const isTypo = (word, wanted) => {
   const most = wanted.length < 5 ? 1 : 2;
   return Math.abs(word.length - wanted.length) <= most && countEdits(word.toLowerCase(), wanted) <= most;
  };
  const countEdits = (one, other) => {
   let row = Array.from({
    length: other.length + 1
   }, (_, index) => index);
   for (const [index, letter] of [ ...one ].entries()) {
    const next = [ index + 1 ];
    for (const [column, otherLetter] of [ ...other ].entries()) {
     const swap = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
     next.push(Math.min(swap, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
   }
   return row.at(-1) ?? 0;
  };
  const maxSourceBytes = 256 * 1024;
  const maxSourcesBytes = 1024 * 1024;
  const limitSource = bytesRead => ({
   maxBytes: Math.max(0, Math.min(maxSourceBytes, maxSourcesBytes - bytesRead))
  });
  const listSources = ({scores, overrides}) => [ ...scores.flatMap(score => listSourcesOf(score, score.file)), ...overrides ? listSourcesOf(overrides, scores[0]?.file ?? "") : [] ];
  const listSourcesOf = (document, scoreFile) => Object.entries((0, json.Pf)(document.data["containers"])).flatMap(([name, container]) => listTargets((0, 
  json.hQ)(container, "files")).flatMap(({key, entry}) => {
   const source = (0, json.b6)((0, json.hQ)(entry, "source"));
   const path = [ "containers", name, "files", key, "source" ];
   return source ? [ {
    document,
    path,
    read: resolveSource(scoreFile, source)
   } ] : [];
  }));
  const resolveSource = (scoreFile, source) => /^(?:[/\\]|[A-Za-z]:)/.test(source) ? source : `${/^.*[/\\]/.exec(scoreFile)?.[0] ?? ""}${source}`;
  const checkSources = (sources, answers) => {
   const refused = sources.flatMap(({document, path, read}) => {
    const answer = answers.get(read);
    return answer?.kind === "refused" && !exceedsTotalOnly(answer) ? [ problemAt(document, path, {
     kind: "source refused",
     path,
     reason: answer.reason
    }) ] : [];
   });
   const beyond = findSourceBeyond(sources, answers);
   if (!beyond) return refused;
   const {document, path} = beyond;
   return [ ...refused, problemAt(document, path, {
    kind: "sources too large",
    path
   }) ];
  };
  const findSourceBeyond = (sources, answers) => {
   let bytes = 0;
   return sources.find(({read}) => {
    const answer = answers.get(read);
    bytes += answer?.kind === "read" ? answer.bytes.length : 0;
    return bytes > maxSourcesBytes || !answer || exceedsTotalOnly(answer);
   });
  };
  const exceedsTotalOnly = answer => answer.kind === "refused" && answer.reason === "too large" && (answer.size ?? Infinity) <= maxSourceBytes;
  const inlineSources = (document, scoreFile, answers) => changeContainers(document.data, container => ({
   ...container,
   ...mapTargets(container, "files", entry => inlineSource(entry, scoreFile, answers)),
   ...mapTargets(container, "volumes", entry => entry)
  }));
  const changeContainers = (data, change) => {
   const {containers} = data;
   if (!(0, json.Gv)(containers)) return data;
   const changed = Object.entries(containers).map(([name, it]) => [ name, (0, json.Gv)(it) ? change(it, name) : it ]);
   return {
    ...data,
    containers: Object.fromEntries(changed)
   };
  };
  const mapTargets = (container, name, change) => {
   if (container[name] == null) return {};
   const byTarget = listTargets(container[name]).map(({key, target, entry}) => {
    const {target: _, ...rest} = (0, json.Pf)(entry);
    return [ target, (0, json.Gv)(entry) ? change(typeof key === "number" ? rest : entry) : entry ];
   });
   return {
    [name]: Object.fromEntries(byTarget)
   };
  };
  const inlineSource = (entry, scoreFile, answers) => {
   const {source, ...rest} = entry;
   const answer = answers.get(resolveSource(scoreFile, (0, json.b6)(source)));
   if (answer?.kind !== "read") return entry;
   const text = decodeText(answer.bytes);
   return text === undefined ? {
    ...rest,
    binaryContent: Buffer.from(answer.bytes).toString("base64")
   } : {
    ...rest,
    content: text
   };
  };
  // EXTERNAL MODULE: ./lib/core/delta.js
    var delta = __webpack_require__(2561);
  // EXTERNAL MODULE: ./lib/core/text/words.js
    var words = __webpack_require__(8602);
  // CONCATENATED MODULE: ./lib/core/score-conversion.js
  const listScoreWorkloads = files => files.scores.map(score => ({
   workload: nameOf(score),
   section: "modules",
   containers: listImages(score, files)
  }));
  const listImages = (score, {overrides, extensions}) => {
   const [own, over] = [ score.data["containers"], overrides?.data["containers"] ].map(json.Pf);
   const extended = (0, json.hQ)(extensions?.data["spec"], "containers");
   const keys = [ ...new Set([ ...Object.keys(own ?? {}), ...Object.keys(over ?? {}) ]) ];
   const imageOf = key => {
    const images = [ own, over, extended ].map(layer => (0, json.hQ)((0, json.hQ)(layer, key), "image"));
    return (0, json.b6)(images.findLast(image => image != null));
   };
   return keys.filter(key => (0, json.hQ)(over, key) !== null).map(key => ({
    key,
    image: imageOf(key)
   }));
  };
  const findContainersWithoutImage = (files, images) => files.scores.flatMap(score => {
   const mine = images.filter(({workload}) => workload === nameOf(score));
   return listImages(score, files).flatMap(({key, image}) => {
    if (hasImage(image) || mine.some(({container}) => container === key)) return [];
    const document = (0, json.Gv)((0, json.hQ)(score.data["containers"], key)) ? score : files.overrides ?? score;
    const path = [ "containers", key, "image" ];
    return [ problemAt(document, path, {
     kind: "no image",
     path
    }) ];
   });
  });
  const hasImage = image => image !== "" && image !== ".";
  const buildConversions = (files, images, answers) => files.scores.map(document => {
   const workload = nameOf(document);
   const mine = new Map(images.flatMap(it => it.workload === workload ? [ [ it.container, it.to ] ] : []));
   return {
    document,
    body: buildBody(document, {
     files,
     images: mine,
     answers
    })
   };
  });
  const buildBody = (score, {files, images, answers}) => {
   const overrides = files.overrides && setImages(inlineSources(files.overrides, score.file, answers), images);
   const spec = setImages(inlineSources(score, score.file, answers), images);
   const properties = listImageProperties(images);
   return {
    spec: overrides ? dropOverriddenContents(spec, overrides) : spec,
    ...overrides && {
     overrides
    },
    ...Object.keys(properties).length > 0 && {
     property_overrides: properties
    },
    ...files.extensions && {
     extensions: files.extensions.data
    }
   };
  };
  const listImageProperties = images => Object.fromEntries([ ...images ].filter(([key]) => /^[\w-]+$/.test(key)).map(([key, image]) => [ `containers.${key}.image`, image ]));
  const setImages = (data, images) => changeContainers(data, (container, name) => ({
   ...container,
   ...images.has(name) && {
    image: images.get(name)
   }
  }));
  const contentKeys = [ "source", "content", "binaryContent" ];
  const dropOverriddenContents = (spec, overrides) => changeContainers(spec, (container, name) => {
   const {files} = container;
   const others = (0, json.hQ)((0, json.hQ)(overrides["containers"], name), "files");
   if (!(0, json.Gv)(files)) return container;
   const kept = Object.entries(files).map(([target, entry]) => {
    const isReplaced = contentKeys.some(key => (0, json.hQ)((0, json.hQ)(others, target), key) != null);
    return [ target, isReplaced ? dropContents((0, json.Pf)(entry)) : entry ];
   });
   return {
    ...container,
    files: Object.fromEntries(kept)
   };
  });
  const dropContents = entry => Object.fromEntries(Object.entries(entry).filter(([key]) => !contentKeys.includes(key)));
  const readConversion = ({modules, shared}) => {
   const isFit = (0, json.Gv)(modules) && Object.keys(modules).length > 0 && (shared == null || (0, 
   json.Gv)(shared));
   return isFit ? {
    modules,
    shared: shared ?? {}
   } : undefined;
  };
  const checkConverted = converted => [ ...findClashes(converted, "modules", "same workload"), ...findClashes(converted, "shared", "same resource"), ...converted.flatMap(({document, answer}) => Object.values(answer.modules).flatMap(it => findMissingImages(document, it))) ];
  const findClashes = (converted, section, kind) => converted.flatMap(({document: {file}, answer}, index) => Object.entries(answer[section]).flatMap(([id, value]) => {
   const other = converted.slice(0, index).find(earlier => Object.hasOwn(earlier.answer[section], id));
   if (!other) return [];
   const isSame = section === "shared" && sortKeys(other.answer.shared[id]) === sortKeys(value);
   return isSame ? [] : [ {
    kind,
    file,
    id,
    other: {
     file: other.document.file
    }
   } ];
  }));
  const sortKeys = value => JSON.stringify(value, (_, part) => (0, json.Gv)(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (0, 
  words.qy)(a, b))) : part);
  const findMissingImages = (document, module) => Object.entries((0, json.Pf)((0, 
  json.hQ)((0, json.hQ)(module, "spec"), "containers"))).flatMap(([key, container]) => {
   const path = [ "containers", key, "image" ];
   return hasImage((0, json.hQ)(container, "image")) ? [] : [ problemAt(document, path, {
    kind: "no image",
    path
   }) ];
  });
  const buildScoreContents = converted => {
   const [modules, shared] = [ "modules", "shared" ].map(section => Object.fromEntries(converted.flatMap(({answer}) => Object.entries(answer[section]))));
   return {
    modules: {
     add: modules ?? {}
    },
    shared: Object.entries(shared ?? {}).map(([id, value]) => ({
     op: "add",
     path: (0, delta.$2)([ id ]),
     value
    }))
   };
  };
  // EXTERNAL MODULE: ./lib/operations/request.js
    var request = __webpack_require__(9259);
  // CONCATENATED MODULE: ./lib/operations/score.js
  const readScore = async (context, {score, images = [], env}) => {
   const reader = await context.loadFileReader();
   const {files, read} = await openFiles(context, reader, score);
   const changes = resolveScoreImages(files, images, env);
   const sources = listSources(files);
   const answers = await readSources(context, reader, sources);
   refuse([ ...findContainersWithoutImage(files, changes), ...checkSources(sources, answers) ]);
   const all = [ ...read, ...[ ...answers.values() ].flatMap(answer => toReadFile("score", answer)) ];
   const conversions = buildConversions(files, changes, answers);
   let converting;
   const convert = async readBase => {
    const set = await orUnknown(readBase());
    if (set) refuseOtherKind(set, env);
    converting ??= convertAll(context, all, conversions);
    return converting;
   };
   return {
    files: all,
    convert
   };
  };
  const createFailure = (score, cause) => new result.o("error", {
   kind: "score",
   score
  }, {
   cause
  });
  const refuse = (problems, when) => {
   if (problems.length > 0) throw createFailure({
    kind: "mistakes",
    problems,
    ...when
   });
  };
  const toReadFile = (input, answer) => answer.kind === "read" ? [ {
   input,
   path: answer.path,
   bytes: answer.bytes
  } ] : [];
  const openFiles = async (context, {workspace, parseYaml}, score) => {
   const problems = [];
   const read = [];
   const open = async (input, file) => {
    context.cancel.throwIfAborted();
    const answer = await workspace.readFile(file, {
     maxBytes: maxScoreFileBytes
    });
    read.push(...toReadFile(input, answer));
    const opened = openScoreFile(file, answer, parseYaml);
    if (opened.kind === "document") return [ opened.document ];
    problems.push(opened.problem);
    return [];
   };
   const scores = [];
   for (const file of score.files) scores.push(...await open("score", file));
   const [overrides] = score.overrides === undefined ? [] : await open("score_overrides", score.overrides);
   const [extensions] = score.extensions === undefined ? [] : await open("score_extensions", score.extensions);
   const files = {
    scores,
    ...overrides && {
     overrides
    },
    ...extensions && {
     extensions
    }
   };
   refuse([ ...problems, ...checkScore(files) ]);
   return {
    files,
    read
   };
  };
  const resolveScoreImages = (files, images, env) => {
   const resolved = (0, core_images.B)(images, listScoreWorkloads(files));
   if (resolved.kind === "resolved") return resolved.changes;
   throw new result.o("error", {
    kind: "images_unfit",
    problems: resolved.problems,
    env
   });
  };
  const readSources = async ({cancel}, {workspace}, sources) => {
   const answers = new Map;
   let bytes = 0;
   for (const path of new Set(sources.map(({read}) => read))) {
    cancel.throwIfAborted();
    const answer = await workspace.readFile(path, limitSource(bytes));
    if (answer.kind === "read") bytes += answer.bytes.length;
    answers.set(path, answer);
   }
   return answers;
  };
  const convertAll = async (context, files, conversions) => {
   context.log({
    kind: "files_sent",
    files: files.map(({path, bytes}) => ({
     path,
     bytes: bytes.length
    }))
   });
   const converted = [];
   const refusals = [];
   for (const {document, body} of conversions) {
    const answer = await (0, request.lu)((0, request.w$)(context, limits => convert(context, body, limits)));
    if (answer instanceof request_error.GI) refusals.push(toRefusal(document.file, answer)); else converted.push({
     document,
     answer
    });
   }
   if (refusals.length > 0) throw createFailure({
    kind: "refused",
    refusals
   });
   refuse(checkConverted(converted), {
    isConverted: true
   });
   return buildScoreContents(converted);
  };
  const convert = async ({humanitec}, body, limits) => {
   const answer = readConversion(await humanitec.convertScore(body, limits));
   if (answer) return answer;
   const detail = "it holds no workload, or something else beside it";
   throw new request_error.GI({
    kind: "unreadable",
    request: "the conversion",
    status: 200,
    detail
   });
  };
  const toRefusal = (file, error) => {
   const {status} = error.details;
   if (status === 400 || status === 422) return {
    file,
    error: error.details
   };
   throw status !== undefined && status >= 400 && status < 500 ? createFailure({
    kind: "refused",
    refusals: [ {
     file,
     error: error.details
    } ]
   }, error) : error;
  };
  const orUnknown = async reading => {
   try {
    return await reading;
   } catch (error) {
    if (error instanceof result.o && error.result.reason.kind === "no_base_set") return undefined;
    throw error;
   }
  };
  const refuseOtherKind = ({workloads}, env) => {
   if (Object.keys(workloads).length > 0) throw createFailure({
    kind: "other_kind_of_set",
    env
   });
  };
 }
};
