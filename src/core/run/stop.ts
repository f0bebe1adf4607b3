import type { Ending, Problem } from './outcome.ts'

/** Ends the run with an outcome that is already known. */
export class Stop extends Error {
  override readonly name = 'Stop' as const
  readonly ending: Ending

  constructor(outcome: Ending['outcome'], problem: Problem, options?: ErrorOptions) {
    super(problem.what, options)
    this.ending = { outcome, problem }
  }
}

/** The deadline came first. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed' as const

  constructor(options?: ErrorOptions) {
    super('The deadline has passed.', options)
  }
}

/** The workflow was cancelled: the reason of the one abort signal. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled' as const

  constructor() {
    super('The workflow was cancelled.')
  }
}
