'use strict'

const { Session } = require('node:inspector')

/**
 * Stands in for `collect-v8-coverage` (`overrides` in package.json), by which Jest counts what each file of tests runs. That one
 * starts and stops V8's coverage for each file, beside a debugger: the more a process holds, the longer both take, in all a
 * fifth of the processor time of `npm test`. Here each process starts it once. Counters begin anew whenever they are taken.
 */
let session

const post = (method, params) =>
  new Promise((resolve, reject) => {
    session.post(method, params, (error, result) => (error ? reject(error) : resolve(result)))
  })

class CoverageInstrumenter {
  async startInstrumenting() {
    if (session) return
    session = new Session()
    session.connect()
    await post('Profiler.enable')
    await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  async stopInstrumenting() {
    const { result } = await post('Profiler.takePreciseCoverage')
    return result
  }
}

module.exports = { CoverageInstrumenter }
