import type { Scene } from '../scene.ts'
import { at, writeExpression } from '../shop.ts'

export const inputs: Scene = {
  name: 'inputs',
  title: 'Wrong inputs are reported all at once, and no request is sent to Humanitec',
  play: async (stage) => {
    await stage.run({
      name: 'Deploy',
      inputs: {
        ...at('Production'),
        delta_id: { written: writeExpression('steps.detla.outputs.id'), value: '' },
        mode: 'quick',
        timeout: '30 minutes',
        api_url: 'http://api.humanitec.io',
      },
      ends: { outcome: 'error', exit: 1 },
    })
  },
}
