import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findMedian } from '../bench/child.ts'

export type PostTime = {
  readonly pairs: number
  readonly postMs: number
  readonly nothingMs: number
  readonly ratio: number
}

const pairs = 40

const measure = async (nodeArguments: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const began = performance.now()
  const child = spawn(process.execPath, nodeArguments, { env, stdio: 'ignore' })
  await new Promise((resolve) => child.on('exit', resolve))
  return performance.now() - began
}

/** The post step with nothing open against a Node that does nothing, in turn; medians. */
export const measurePostStep = async (dist: string): Promise<PostTime> => {
  const post = () => measure([join(dist, 'post.js')], { STATE_open: '' })
  const nothing = () => measure(['-e', '0'], {})
  const times: { readonly post: number; readonly nothing: number }[] = []
  await post()
  for (let index = 0; index < pairs; index++) {
    // Whoever comes second finds a warmer machine.
    const isPostFirst = index % 2 === 0
    const [first, second] = [await (isPostFirst ? post : nothing)(), await (isPostFirst ? nothing : post)()]
    times.push(isPostFirst ? { post: first, nothing: second } : { post: second, nothing: first })
  }
  return {
    pairs,
    postMs: findMedian(times.map((pair) => pair.post)),
    nothingMs: findMedian(times.map((pair) => pair.nothing)),
    ratio: findMedian(times.map((pair) => pair.post / pair.nothing)),
  }
}
