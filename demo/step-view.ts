import type { Context, Given } from './scene.ts'
import { actionRepository } from './shop.ts'
import { paint } from './terminal.ts'

/** The step as the workflow file has it. */
export const formatWorkflowStep = ({ name, inputs }: Context): readonly string[] => [
  `  ${paint('dim', '- name:')} ${paint('bold', name)}`,
  `    ${paint('dim', 'uses:')} ${actionRepository}@<commit>`,
  `    ${paint('dim', 'with:')}`,
  ...Object.entries(inputs).map(([input, given]) => `      ${paint('cyan', `${input}:`)} ${formatGiven(given)}`),
]

const formatGiven = (given: Given): string => {
  if (typeof given === 'string') return given
  const { written, value, isSecret } = given
  return `${written}${isSecret ? '' : paint('dim', ` # ${value || 'empty'}`)}`
}
