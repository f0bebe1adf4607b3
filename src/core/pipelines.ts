import type { PipelineReference, PipelineRun, PipelineRunId } from './api.ts'
import { classifyComment } from './mark.ts'
import { fieldsOf, textOf } from './text/json.ts'

const goodWords: ReadonlySet<string> = new Set(['succeeded', 'successful'])
const badWords: ReadonlySet<string> = new Set(['failed', 'cancelled'])

export const isGoodWord = (status: string): boolean => goodWords.has(status)
export const isBadWord = (status: string): boolean => badWords.has(status)

/** Whether a run, a job, a step has come to its end: it says when. Go writes the year 1 where there was no time. */
export const isCompleted = ({
  status,
  completed_at,
}: {
  readonly status: string
  readonly completed_at: string
}): boolean => (completed_at !== '' && !completed_at.startsWith('0001-')) || isGoodWord(status) || isBadWord(status)

/** What is told of the run may have changed only when this has: then its jobs and approvals are read. */
export const formatChangeKey = ({ status, etag, waiting_for }: PipelineRun): string =>
  JSON.stringify([status, etag, Object.entries(waiting_for).toSorted(([a], [b]) => (a < b ? -1 : 1))])

/** `untold`: neither its environments nor its inputs name one. */
export const determineRunEnvironment = ({ env_ids, inputs }: PipelineRun, env: string): 'this' | 'other' | 'untold' => {
  const named = [...env_ids, textOf(inputs['env_id']), textOf(inputs['environment'])].filter(Boolean)
  if (named.includes(env)) return 'this'
  return named.length === 0 ? 'untold' : 'other'
}

/** Those of an environment that go on, in the order of the list. */
export const listOpenRuns = (runs: readonly PipelineRun[], env: string): readonly PipelineRun[] =>
  runs.filter((run) => !isCompleted(run) && determineRunEnvironment(run, env) === 'this')

/** Whether a run is ours: a text somewhere in its inputs, as the comment that it was asked for with, has our mark. */
export const hasMarkInInputs = ({ inputs }: PipelineRun, mark: string): boolean => {
  const left: unknown[] = [inputs]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string' && classifyComment(value, mark) === 'ours') return true
    for (const each of Object.values(fieldsOf(value))) left.push(each)
  }
  return false
}

/** The run that a deployment belongs to; `undefined` where it isn't told whole. */
export const toRunId = (pipeline: PipelineReference | undefined): PipelineRunId | undefined =>
  pipeline && pipeline.id !== '' && pipeline.run_id !== ''
    ? { pipelineId: pipeline.id, runId: pipeline.run_id }
    : undefined
