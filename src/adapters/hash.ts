import { createHash } from 'node:crypto'
import type { Sha256Hex } from '../core/mark.ts'

/** Node's own, as hex digits. */
export const sha256hex: Sha256Hex = (data) => createHash('sha256').update(data).digest('hex')
