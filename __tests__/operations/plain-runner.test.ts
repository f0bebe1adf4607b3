import { expect, it } from '@jest/globals'
import { createRedactor } from '../../src/core/text/redact.ts'
import { createWriter } from '../../src/core/text/writer.ts'
import { createPlainRunner } from '../../src/operations/context.ts'
import type { Runner } from '../../src/ports.ts'

const secret = 'hum_S3cretS3cretS3cret'

it.each(['info', 'debug', 'annotate'] as const)('hides secrets in what it hands to %s', (way) => {
  const told: unknown[] = []
  const take = (text: unknown) => void told.push(text)
  const runner = { info: take, debug: take, annotate: take } as unknown as Runner
  const plain = createPlainRunner(runner, createWriter(createRedactor([secret])))
  const text = `refused ${secret} at GET envs`
  if (way === 'annotate') plain.annotate({ level: 'warning', title: text, message: text })
  else plain[way](text)
  expect(told).toEqual([
    way === 'annotate'
      ? { level: 'warning', title: 'refused *** at GET envs', message: 'refused *** at GET envs' }
      : 'refused *** at GET envs',
  ])
})
