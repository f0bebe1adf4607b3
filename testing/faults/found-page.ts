/** What matrix and kills have found in the action: the case or the kill, and what was wrong. */
const found: readonly (readonly [where: string, what: string])[] = [
  [
    '`start`, body never comes',
    'If a body stalled after a garbage collection, the action waited for it for ever, past timeout and signals: the abort no longer reached it. The reader now watches the signal itself.',
  ],
  [
    '`states`, 400 to 422',
    'A token that GitHub echoed was escaped for the summary before it was redacted, and so no longer recognised. Responses are now redacted when they arrive.',
  ],
  [
    '`comment`, `deployment`, the fault persists',
    'GitHub was asked again until 25 s after the deadline instead of 15 s: the first and the last update each had the whole time. They now share it.',
  ],
  [
    '`run` to `approvals`, any fault',
    'If a start was answered with a pipeline run, the action took the run’s id for a deployment’s, and the step ended as `error`. It now recognises the run and follows it.',
  ],
  [
    '`update`, `remove`, `status`; 200, a page instead',
    'A page from something in between, with status 200, counted as GitHub’s confirmation that the comment was updated or deleted. The response must now contain what was requested.',
  ],
  [
    '`poll`, `approvals`; 429, 1e9 s',
    'Optional requests during a wait, and those for a run’s deployment, ignored `Retry-After`.',
  ],
  ['seeds 293, 298', 'A signal during a rebase was reported twice, by the run and by the post step.'],
]

export const renderFound = (): string =>
  [
    '## Bugs that faults and kills found in this action',
    ['| where | what |', '| --- | --- |', ...found.map((cells) => `| ${cells.join(' | ')} |`)].join('\n'),
  ].join('\n\n')
