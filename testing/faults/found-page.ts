/** What matrix and kills have found in the action: the case or the kill, and what was wrong. */
const found: readonly (readonly [where: string, what: string])[] = [
  [
    '`start`, body never comes',
    'A body that stalled after a garbage collection was waited for for ever, past timeout and signals: the abort no longer reached it. The reader now watches the signal itself.',
  ],
  [
    '`states`, 400 to 422',
    'What GitHub echoed was escaped for the summary before it was redacted, and no longer known as a token. Answers are now redacted as they come.',
  ],
  [
    '`comment`, `deployment`, the fault stays',
    'GitHub was tried 10 s past the 15 s after the deadline: its begin and its end each had the whole patience. They now share it.',
  ],
  [
    '`run` to `approvals`, any fault',
    'A start that was answered with a pipeline’s run, whose id is no deployment’s: it was asked for as one, and the step ended as `error`. The run is now told from a deployment, and followed.',
  ],
  [
    '`update`, `remove`, `status`; 200, a page instead',
    'Somebody else’s page under a 200 was taken for GitHub’s word that the comment was brought up to date, or deleted. What was asked for must now be in the answer.',
  ],
  [
    '`poll`, `approvals`; 429, 1e9 s',
    'What is looked at beside a deployment, and a run’s deployment, were asked for while Humanitec wished not to be asked.',
  ],
  ['seeds 293, 298', 'A signal within a rebase was told twice, by the run and by the post step.'],
]

export const renderFound = (): string =>
  [
    '## Bugs that faults and kills found in this action',
    ['| where | what |', '| --- | --- |', ...found.map((cells) => `| ${cells.join(' | ')} |`)].join('\n'),
  ].join('\n\n')
