import type { DeltaContents, FileAnswer, ScoreConversionBody } from '../core/api.ts'
import type { DeploymentSet } from '../core/delta.ts'
import { resolveImages } from '../core/images.ts'
import type { DeployRequest, ImageLine, ScoreInput } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import type { ScoreReason, ScoreRefusal } from '../core/run/reason.ts'
import { StepEndError } from '../core/run/result.ts'
import {
  checkScore,
  checkSources,
  limitSource,
  listSources,
  maxScoreFileBytes,
  openScoreFile,
  type ScoreFiles,
  type ScoreProblem,
  type Source,
  type SourceAnswers,
} from '../core/score.ts'
import {
  buildConversions,
  buildScoreContents,
  type ConvertedScore,
  checkConverted,
  findContainersWithoutImage,
  listScoreWorkloads,
  readConversion,
  type ScoreConversion,
} from '../core/score-conversion.ts'
import type { FileReader, Limits } from '../ports.ts'
import type { Context, ReadBase, ReadFile, Score } from './context.ts'
import { catchRequestError, sendRequest } from './request.ts'

/**
 * Reads the files of `score` and those that they name, and checks what the action has to know of them. Sends nothing to
 * Humanitec.
 *
 * @throws StepEndError with `error` and all mistakes in them
 */
export const readScore = async (
  context: Context,
  { score, images = [], env }: Pick<DeployRequest, 'images' | 'env'> & { readonly score: ScoreInput },
): Promise<Score> => {
  const reader = await context.loadFileReader()
  const { files, read } = await openFiles(context, reader, score)
  const changes = resolveScoreImages(files, images, env)
  const sources = listSources(files)
  const answers = await readSources(context, reader, sources)
  refuse([...findContainersWithoutImage(files, changes), ...checkSources(sources, answers)])
  const all = [...read, ...[...answers.values()].flatMap((answer) => toReadFile('score', answer))]
  const conversions = buildConversions(files, changes, answers)
  let converting: Promise<DeltaContents> | undefined
  const convert = async (readBase: ReadBase): Promise<DeltaContents> => {
    const set = await orUnknown(readBase())
    if (set) refuseOtherKind(set, env)
    converting ??= convertAll(context, all, conversions)
    return converting
  }
  return { files: all, convert }
}

const createFailure = (score: ScoreReason, cause?: RequestError): StepEndError =>
  new StepEndError('error', { kind: 'score', score }, { cause })

const refuse = (problems: readonly ScoreProblem[], when?: { readonly isConverted: true }): void => {
  if (problems.length > 0) throw createFailure({ kind: 'mistakes', problems, ...when })
}

const toReadFile = (input: string, answer: FileAnswer): readonly ReadFile[] =>
  answer.kind === 'read' ? [{ input, path: answer.path, bytes: answer.bytes }] : []

type OpenedFiles = { readonly files: ScoreFiles; readonly read: readonly ReadFile[] }

/** All mistakes of all files in one go. */
const openFiles = async (
  context: Context,
  { workspace, parseYaml }: FileReader,
  score: ScoreInput,
): Promise<OpenedFiles> => {
  const problems: ScoreProblem[] = []
  const read: ReadFile[] = []
  const open = async (input: string, file: string) => {
    context.cancel.throwIfAborted()
    const answer = await workspace.readFile(file, { maxBytes: maxScoreFileBytes })
    read.push(...toReadFile(input, answer))
    const opened = openScoreFile(file, answer, parseYaml)
    if (opened.kind === 'document') return [opened.document]
    problems.push(opened.problem)
    return []
  }
  const scores = []
  for (const file of score.files) scores.push(...(await open('score', file)))
  const [overrides] = score.overrides === undefined ? [] : await open('score_overrides', score.overrides)
  const [extensions] = score.extensions === undefined ? [] : await open('score_extensions', score.extensions)
  const files = { scores, ...(overrides && { overrides }), ...(extensions && { extensions }) }
  refuse([...problems, ...checkScore(files)])
  return { files, read }
}

/** Which container each line of `images` is for. */
const resolveScoreImages = (files: ScoreFiles, images: readonly ImageLine[], env: string) => {
  const resolved = resolveImages(images, listScoreWorkloads(files))
  if (resolved.kind === 'resolved') return resolved.changes
  throw new StepEndError('error', { kind: 'images_unfit', problems: resolved.problems, env })
}

const readSources = async (
  { cancel }: Context,
  { workspace }: FileReader,
  sources: readonly Source[],
): Promise<SourceAnswers> => {
  const answers = new Map<string, FileAnswer>()
  let bytes = 0
  for (const path of new Set(sources.map(({ read }) => read))) {
    cancel.throwIfAborted()
    const answer = await workspace.readFile(path, limitSource(bytes))
    if (answer.kind === 'read') bytes += answer.bytes.length
    answers.set(path, answer)
  }
  return answers
}

/** A conversion creates nothing: it is retried like a read. */
const convertAll = async (
  context: Context,
  files: readonly ReadFile[],
  conversions: readonly ScoreConversion[],
): Promise<DeltaContents> => {
  context.log({ kind: 'files_sent', files: files.map(({ path, bytes }) => ({ path, bytes: bytes.length })) })
  const converted: { readonly document: ScoreConversion['document']; readonly answer: ConvertedScore }[] = []
  const refusals: ScoreRefusal[] = []
  for (const { document, body } of conversions) {
    const answer = await catchRequestError(sendRequest(context, (limits) => convert(context, body, limits)))
    if (answer instanceof RequestError) refusals.push(toRefusal(document.file, answer))
    else converted.push({ document, answer })
  }
  if (refusals.length > 0) throw createFailure({ kind: 'refused', refusals })
  refuse(checkConverted(converted), { isConverted: true })
  return buildScoreContents(converted)
}

/** @throws RequestError, also for an answer without a workload, which is retried like others that can't be read */
const convert = async ({ humanitec }: Context, body: ScoreConversionBody, limits: Limits): Promise<ConvertedScore> => {
  const answer = readConversion(await humanitec.convertScore(body, limits))
  if (answer) return answer
  const detail = 'it holds no workload, or something else beside it'
  throw new RequestError({ kind: 'unreadable', request: 'the conversion', status: 200, detail })
}

/** A refused file doesn't hide the other files' refusals. @throws what concerns all files */
const toRefusal = (file: string, error: RequestError): ScoreRefusal => {
  const { status } = error.details
  if (status === 400 || status === 422) return { file, error: error.details }
  throw status !== undefined && status >= 400 && status < 500
    ? createFailure({ kind: 'refused', refusals: [{ file, error: error.details }] }, error)
    : error
}

/** Where the base's Set is unknown: it can't be checked, and Score files contain all that they need. */
const orUnknown = async (reading: Promise<DeploymentSet | undefined>): Promise<DeploymentSet | undefined> => {
  try {
    return await reading
  } catch (error) {
    if (error instanceof StepEndError && error.result.reason.kind === 'no_base_set') return undefined
    throw error
  }
}

/** A Delta of `modules` can't be applied where there are `workloads`. */
const refuseOtherKind = ({ workloads }: DeploymentSet, env: string): void => {
  if (Object.keys(workloads).length > 0) throw createFailure({ kind: 'other_kind_of_set', env })
}
