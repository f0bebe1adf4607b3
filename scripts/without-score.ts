import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Cut = {
  readonly file: string
  readonly from: string
  /** What is cut ends before the next of this; without it, with `from` itself. `end of file`: as it says. */
  readonly upTo?: string
  readonly by?: string
}

/** All that the input `score` adds to what every step loads at its start. The chunks that it loads itself stay where they are. */
const cuts: readonly Cut[] = [
  { file: 'adapters/humanitec.ts', from: '    convertScore:', upTo: '    createDelta:' },
  { file: 'core/inputs/inputs.ts', from: "'score', 'set_id'", by: "'set_id'" },
  { file: 'core/inputs/inputs.ts', from: '    ...parseScore(reader),\n' },
  { file: 'core/inputs/inputs.ts', from: 'const parseScore =', upTo: 'const parseBase =' },
  { file: 'core/inputs/inputs.ts', from: "['images', 'score'] as const", by: "['images'] as const" },
  { file: 'core/inputs/inputs.ts', from: "'score', 'from_deploy_id'", by: "'from_deploy_id'" },
  { file: 'core/inputs/request.ts', from: "  score: '',\n", upTo: '  delta_id:' },
  {
    file: 'core/report/log.ts',
    from: '  if (!score) return images',
    upTo: '\n}',
    by: "  return images && formatCount(images.length, 'image')",
  },
  { file: 'operations/delta.ts', from: '  context.score\n', upTo: 'request.images &&' },
  { file: 'operations/deploy.ts', from: 'context.score?.files' },
  { file: 'operations/deploy.ts', from: '(images || score)', by: 'images' },
  { file: 'run.ts', from: 'await describeScoreFailure(world, result)', by: 'result' },
  { file: 'run.ts', from: 'const describeScoreFailure =', upTo: 'const noteRequest =' },
  { file: 'run.ts', from: 'await addScore(context, request)', by: 'context' },
  { file: 'run.ts', from: 'const addScore =', upTo: 'end of file' },
]

/** Takes it out of the sources in `src`, which are a copy. A cut that fits no longer is an error: the figure would be wrong. */
export const cutScoreOut = (src: string): void => {
  for (const cut of cuts) {
    const path = join(src, cut.file)
    writeFileSync(path, applyCut(readFileSync(path, 'utf8'), cut))
  }
}

/** @throws Error where it doesn't fit exactly once */
const applyCut = (text: string, { file, from, upTo, by = '' }: Cut): string => {
  const parts = text.split(from)
  const [before = '', after = ''] = parts
  const end = findEnd(after, upTo)
  if (parts.length !== 2 || end < 0) throw new Error(`${file} has not exactly once, up to “${upTo}”: ${from}`)
  return before + by + after.slice(end)
}

const findEnd = (text: string, upTo: string | undefined): number => {
  if (upTo === undefined) return 0
  return upTo === 'end of file' ? text.length : text.indexOf(upTo)
}
