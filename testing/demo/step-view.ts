import type { Given, SceneStep } from './scene.ts'
import { actionRepository } from './shop.ts'
import { paint } from './terminal.ts'

/** The step as the workflow file has it. */
export const formatWorkflowStep = ({ name, inputs, files = {} }: SceneStep): readonly string[] => [
  ...Object.entries(files).flatMap(([path, content]) => formatFile(path, content)),
  `  ${paint('dim', '- name:')} ${paint('bold', name)}`,
  `    ${paint('dim', 'uses:')} ${actionRepository}@<commit>`,
  `    ${paint('dim', 'with:')}`,
  ...Object.entries(inputs).map(([input, given]) => `      ${paint('cyan', `${input}:`)} ${formatGiven(given)}`),
]

/** What the step reads from the checkout. */
const formatFile = (path: string, content: string): readonly string[] => [
  `  ${paint('dim', `# ${path}`)}`,
  ...content
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`),
  '',
]

const formatGiven = (given: Given): string => {
  if (typeof given === 'string') return given
  const { written, value, isSecret } = given
  return `${written}${isSecret ? '' : paint('dim', ` # ${value || 'empty'}`)}`
}
