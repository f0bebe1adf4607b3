import type { Scene } from './scene.ts'
import { approval, readiness } from './scenes/approval.ts'
import { conflict } from './scenes/conflict.ts'
import { crashLoop } from './scenes/crash-loop.ts'
import { failure } from './scenes/failure.ts'
import { inputs } from './scenes/inputs.ts'
import { missingImage } from './scenes/missing-image.ts'
import { preview } from './scenes/preview.ts'
import { promotion } from './scenes/promotion.ts'
import { prune } from './scenes/prune.ts'
import { rollback } from './scenes/rollback.ts'
import { score } from './scenes/score.ts'
import { success } from './scenes/success.ts'
import { timeout } from './scenes/timeout.ts'
import { wait } from './scenes/wait.ts'

/** In the order in which they are shown. */
export const scenes: readonly Scene[] = [
  success,
  failure,
  inputs,
  rollback,
  promotion,
  conflict,
  wait,
  approval,
  readiness,
  timeout,
  missingImage,
  crashLoop,
  preview,
  score,
  prune,
]
