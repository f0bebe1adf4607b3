export const id = 17;

export const ids = [ 17 ];

export const modules = {
 4017: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   describeScoreReason: () => describeScoreReason
  });
  var _text_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8602);
  var _request_problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5748);
  const describeScoreReason = (reason, writer) => {
   switch (reason.kind) {
   case "mistakes":
    return describeMistakes(reason.problems.map(problem => withoutSecrets(problem, writer)), reason.isConverted);

   case "refused":
    return describeRefusals(reason.refusals);

   case "other_kind_of_set":
    return {
     cause: "converted Score files don\u2019t fit its workloads (Generic Mode)",
     what: `The workloads of ${reason.env} are stored as Score files (Generic Mode), and a converted Score file can\u2019t be added to them. Nothing was deployed.`,
     remedy: "Deploy to it with a Delta that changes its workloads (delta_id), or new images with the input images."
    };
   }
  };
  const withoutSecrets = (problem, writer) => ({
   ...problem,
   ..."path" in problem && {
    path: problem.path.map(key => typeof key === "string" ? writer.text(key) : key)
   },
   ..."id" in problem && {
    id: writer.text(problem.id)
   }
  });
  const describeMistakes = (problems, isConverted = false) => {
   const files = [ ...new Set(problems.map(({file}) => file)) ];
   const count = `${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(problems.length, "mistake")} in ${files.length === 1 ? files[0] : (0, 
   _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(files.length, "file")}`;
   const isMissing = problems.some(problem => problem.kind === "file refused" && problem.reason === "missing");
   return {
    cause: count,
    what: `${count}${isConverted ? ", found after the conversion by Humanitec. Nothing was deployed." : ". Nothing was sent to Humanitec."}`,
    lines: formatScoreProblems(problems),
    remedy: isMissing ? "Add a step with actions/checkout before this one, or correct the path: it is relative to the workspace." : "Correct what is listed, and run the workflow again."
   };
  };
  const describeRefusals = refusals => {
   const [first, ...others] = refusals;
   if (!first) return {
    what: "Humanitec refused a Score file."
   };
   const {file, error} = first;
   const {cause = "", what, remedy = "", ...rest} = (0, _request_problems_js__WEBPACK_IMPORTED_MODULE_0__.Ic)(error);
   const isOwn = error.status === 400 || error.status === 422;
   return {
    ...rest,
    cause: isOwn ? `Humanitec refused ${others.length === 0 ? file : (0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(refusals.length, "Score file")}` : cause,
    what: others.length === 0 ? `${file}: ${what} Nothing was deployed.` : "Nothing was deployed.",
    ...others.length > 0 && {
     lines: limitLines(refusals.map(it => `${it.file}: ${(0, _request_problems_js__WEBPACK_IMPORTED_MODULE_0__.Ic)(it.error).what}`))
    },
    remedy: isOwn ? "Correct the file: its format is score.dev/v1b1, and Humanitec says what it doesn\u2019t accept." : error.status === 403 ? (0, 
    _text_words_js__WEBPACK_IMPORTED_MODULE_1__.nn)(" ", "Check the token: it may be wrong, expired, or its role too low. It isn\u2019t documented which role may convert Score files:", "try Member in the organization, and Developer in the application.") : remedy
   };
  };
  const maxLines = 25;
  const formatScoreProblems = problems => limitLines(problems.map(formatScoreProblem));
  const limitLines = lines => {
   const shown = lines.slice(0, maxLines);
   const left = lines.length - shown.length;
   return left > 0 ? [ ...shown, `and ${(0, _text_words_js__WEBPACK_IMPORTED_MODULE_1__.B4)(left, "more problem")}` ] : shown;
  };
  const formatScoreProblem = problem => `${formatPlace(problem)}: ${describe(problem)}`;
  const formatPlace = ({file, line, column}) => line ? `${file}:${line}:${column ?? 1}` : file;
  const describe = problem => {
   switch (problem.kind) {
   case "file refused":
    return problem.reason === "missing" ? "does not exist in the workspace; is there a step with actions/checkout before this one?" : refusals[problem.reason];

   case "not UTF-8":
    return "is not UTF-8 text";

   case "no mapping":
    return "is not a mapping of keys and values";

   case "invalid YAML":
    return problem.message;

   case "missing":
    return `${formatPath(problem.path)} is missing; it takes ${problem.takes}`;

   case "wrong type":
    return `${formatPath(problem.path)} takes ${problem.takes}`;

   case "unknown key":
    return `${formatPath(problem.path)} is not known; did you mean ${problem.suggestion}?`;

   case "target twice":
    return `${formatPath(problem.path)} is the same as in an entry above`;

   case "several contents":
    return `${formatPath(problem.path)} can\u2019t be combined with content or binaryContent`;

   case "no image":
    return `${formatPath(problem.path)} is missing or \u201c.\u201d; give it here, or with the input images`;

   case "source refused":
    return `${formatPath(problem.path)}: the file ${refusals[problem.reason]}`;

   case "sources too large":
    return `${formatPath(problem.path)}: with this file, all files together are larger than 1 MiB`;

   case "same name":
    return `${formatPath(problem.path)} is the same as in ${formatPlace(problem.other)}`;

   case "same workload":
    return `converts to the workload ${cutKey(problem.id)}, and so does ${formatPlace(problem.other)}`;

   case "same resource":
    return `shares the resource ${cutKey(problem.id)} with ${formatPlace(problem.other)}, but describes it differently`;
   }
  };
  const refusals = {
   missing: "does not exist in the workspace",
   "not a file": "is not a regular file",
   outside: "is outside the workspace, or a link out of it",
   git: "has a name that begins with .git, or is in a folder with such a name; such files are never read",
   "too large": "is larger than 256 KiB",
   unreadable: "can\u2019t be read"
  };
  const formatPath = path => path.map(key => {
   if (typeof key === "number") return `[${key}]`;
   return /^[\w-]+$/.test(key) ? `.${cutKey(key)}` : `[${JSON.stringify(cutKey(key))}]`;
  }).join("").replace(/^\./, "");
  const cutKey = key => key.length > 100 ? `${key.slice(0, 99)}\u2026` : key;
 }
};
