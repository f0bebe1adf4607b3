/** What of pipelines a path can lead to. */
export type PipelineNoun = 'pipeline-criteria' | 'approvals' | 'runs' | 'run' | 'jobs' | 'job'

export type PipelineRoute = {
  readonly noun: PipelineNoun
  /** Of the pipeline, the run and the job, as far as the path names them. */
  readonly ids: readonly string[]
}

/** @param segments of the path, decoded, below the application */
export const parsePipelineRoute = (segments: readonly string[]): PipelineRoute | undefined => {
  const [collection, pipeline, runs, run, jobs, job, ...more] = segments
  if (collection === 'pipeline-criteria' || collection === 'approvals')
    return pipeline === undefined ? { noun: collection, ids: [] } : undefined
  if (collection !== 'pipelines' || pipeline === undefined || runs !== 'runs' || more.length > 0) return undefined
  if (run === undefined) return { noun: 'runs', ids: [pipeline] }
  if (jobs === undefined) return { noun: 'run', ids: [pipeline, run] }
  if (jobs !== 'jobs') return undefined
  return job === undefined ? { noun: 'jobs', ids: [pipeline, run] } : { noun: 'job', ids: [pipeline, run, job] }
}
