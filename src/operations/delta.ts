import type { DeltaBody, DeltaContents, Deployment } from '../core/api.ts'
import { type DeploymentSet, type ImageChange, listWorkloads } from '../core/delta.ts'
import { buildImageContents, resolveImages } from '../core/images.ts'
import type { DeployRequest, ImageLine } from '../core/inputs/request.ts'
import { RequestError } from '../core/network/request-error.ts'
import { archivePatienceMs, isRetryable, mayTakeEffect } from '../core/network/retry-policy.ts'
import { CancelledError, StepEndError } from '../core/run/result.ts'
import { cutText } from '../core/text/clean.ts'
import { type Context, isPastDeadline } from './context.ts'
import { catchRequestError, isNotFound, sendRequest } from './request.ts'

/**
 * Makes the Delta that the inputs describe, for a base that was just read, and resolves to its id; to `undefined` where there is
 * none to make. To be called again after a conflict: names are checked against the new base, and the Delta is made anew only
 * where it would be another one.
 */
export type PrepareDelta = (base: Deployment | undefined) => Promise<string | undefined>

/** @param comment the deployment's: the Delta is named by its beginning */
export const createDeltaPreparation = (context: Context, request: DeployRequest, comment: string): PrepareDelta => {
  let made: { readonly contents: string; readonly id: string } | undefined
  return async (base) => {
    const contents = await buildDeltaContents(context, request, base)
    if (!contents) return undefined
    const text = JSON.stringify(contents)
    if (made?.contents !== text) {
      const metadata = { env_id: request.env, name: nameDelta(comment, context.workflow.runUrl) }
      made = { contents: text, id: await makeDelta(context, { metadata, ...contents }) }
    }
    return made.id
  }
}

const maxNameUnits = 100

/** Without the run's address at its end. */
const nameDelta = (comment: string, runUrl: string): string => {
  const [beginning = ''] = runUrl === '' ? [comment] : comment.split(runUrl, 1)
  return cutText(beginning.replace(/[·\s]+$/, ''), maxNameUnits)
}

/**
 * What the inputs `images` or `score` would have a Delta hold; `undefined` where none is to be made. Makes nothing.
 *
 * @throws Failed with `error` for a name that the base doesn't have, listing those that it has, and for Score files that can't be
 *   added to it
 */
export const buildDeltaContents = async (
  context: Context,
  request: DeployRequest,
  base: Deployment | undefined,
): Promise<DeltaContents | undefined> =>
  context.score
    ? context.score.convert(async () => base && getBaseSet(context, request, base))
    : request.images && resolveImageContents(context, { ...request, images: request.images }, base)

const getBaseSet = async (context: Context, request: DeployRequest, base: Deployment): Promise<DeploymentSet> => {
  const setId = await getBaseSetId(context, request, base)
  return sendRequest(context, (limits) => context.humanitec.getSet(setId, limits))
}

const resolveImageContents = async (
  context: Context,
  request: DeployRequest & { readonly images: readonly ImageLine[] },
  base: Deployment | undefined,
): Promise<DeltaContents> => {
  const set = base && (await getBaseSet(context, request, base))
  const resolved = resolveImages(request.images, set ? listWorkloads(set) : undefined)
  if (resolved.kind === 'problems')
    throw new StepEndError('error', { kind: 'images_unfit', problems: resolved.problems, env: request.env })
  noteImages(context, resolved.changes)
  return buildImageContents(resolved.changes)
}

/** Told once for each base that says something else. */
const noteImages = (context: Context, changes: readonly ImageChange[]): void => {
  const images = changes.map(({ workload, container, from, to }) => ({ workload, container, from, to }))
  const isLogged = JSON.stringify(images) === JSON.stringify(context.store.state.images)
  context.store.note({ images })
  if (!isLogged) context.log({ kind: 'images', changes })
}

/**
 * The Set of a deployment that is built upon. One that shows none is read once by its id.
 *
 * @throws Failed with `error` when that shows none either, or when `from_deploy_id` names no deployment of the environment
 */
export const getBaseSetId = async (context: Context, request: DeployRequest, base: Deployment): Promise<string> => {
  const setId = await catchRequestError(readSetId(context, determineBaseEnvironment(context, request), base))
  if (isNotFound(setId) && request.base?.kind === 'deployment')
    throw new StepEndError('error', { kind: 'base_elsewhere', id: base.id }, { cause: setId })
  if (setId instanceof RequestError) throw setId
  return setId
}

/** @throws Failed with `error` when it names no Set, also when it is read by its id */
export const readSetId = async (context: Context, env: string, deployment: Deployment): Promise<string> => {
  const { id, set_id } = deployment
  if (set_id !== '') return set_id
  const read = await sendRequest(context, (limits) => context.humanitec.getDeployment(env, id, limits))
  if (context.store.state.base?.id === id) context.store.note({ base: read })
  if (read.set_id === '') throw new StepEndError('error', { kind: 'no_base_set', id })
  return read.set_id
}

const determineBaseEnvironment = ({ store }: Context, { env, base, createFrom = env }: DeployRequest): string => {
  if (base?.kind === 'environment') return base.env
  return store.state.environmentCreated && !base ? createFrom : env
}

/**
 * Makes a Delta and notes it as ours, to be archived. Made once more after a failure that passes: one that nobody deploys does no
 * harm.
 *
 * @returns its id
 */
const makeDelta = async (context: Context, body: DeltaBody): Promise<string> => {
  let unanswered = 0
  const mayRetry = ({ details }: RequestError): boolean => {
    if (mayTakeEffect(details)) unanswered++
    return isRetryable(details) && unanswered <= 1
  }
  const deltaId = await sendRequest(context, (limits) => context.humanitec.createDelta(body, limits), { mayRetry })
  context.store.note({ deltaId })
  return deltaId
}

/** Takes the Delta that we made out of the web application's drafts, by one request. Never rejects. */
const archiveDelta = async (context: Context, deltaId: string): Promise<void> => {
  const archive = (limits: { readonly timeoutMs: number }) => context.humanitec.archiveDelta(deltaId, limits)
  await sendRequest(context, archive, { patience: 'once', timeoutMs: archivePatienceMs }).catch((error) =>
    context.runner.debug(`Delta ${deltaId} was not archived: ${error.message}`),
  )
}

/** The run has ended before a start was taken. What a start may still need is left, and what there is no time for. */
export const archiveUnusedDelta = async (context: Context, end: unknown): Promise<void> => {
  const { state, checkpoint } = context.store
  const mayBeNeeded =
    checkpoint.phase?.kind === 'starting' || (end instanceof StepEndError && end.result.outcome === 'unknown')
  if (state.deltaId === undefined || mayBeNeeded || end instanceof CancelledError || isPastDeadline(context)) return
  await archiveDelta(context, state.deltaId)
}

/** Archives the Delta that we made once its deployment shows a Set, which holds all that the Delta did. */
type DeltaArchiver = {
  /** Returns at once. */
  look(deployment: Deployment): void
  /** Resolves when what was begun is over; never rejects. */
  end(): Promise<void>
}

export const createDeltaArchiver = (context: Context): DeltaArchiver => {
  let archiving: Promise<void> | undefined
  return {
    look: ({ set_id }) => {
      const { deltaId } = context.store.state
      if (deltaId !== undefined && set_id !== '' && !isPastDeadline(context))
        archiving ??= archiveDelta(context, deltaId)
    },
    end: async () => archiving,
  }
}
