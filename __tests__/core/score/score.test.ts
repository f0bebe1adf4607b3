import { describe, expect, it } from '@jest/globals'
import { parseYaml } from '../../../src/adapters/yaml.ts'
import type { FileRefusal } from '../../../src/core/api.ts'
import { formatScoreProblem, formatScoreProblems } from '../../../src/core/report/score-problems.ts'
import { checkScore, openScoreFile } from '../../../src/core/score.ts'
import { answerWith, fileNames, filesOf, openFile, openText, scoreWith, wordsOf } from './score-texts.ts'

const check = (score: string, overrides?: string) => wordsOf(checkScore(filesOf(score, overrides)))

describe('a file is opened', () => {
  const open = (answer: Parameters<typeof openScoreFile>[1]) => {
    const opened = openScoreFile('deploy/score.yaml', answer, parseYaml)
    return opened.kind === 'problem' ? formatScoreProblem(opened.problem) : opened.document.data
  }

  it.each([
    ['as it is', 'a: 1', { a: 1 }],
    ['without its byte order mark', '\ufeffa: 1', { a: 1 }],
  ])('%s', (_, text, data) => {
    expect(open(answerWith(text))).toEqual(data)
  })

  it.each<[FileRefusal, string]>([
    ['missing', 'does not exist in the workspace; is there a step with actions/checkout before this one?'],
    ['not a file', 'is not a regular file'],
    ['outside', 'is outside the workspace, or a link out of it'],
    ['git', 'has a name that begins with .git, or is in a folder with such a name; such files are never read'],
    ['too large', 'is larger than 256 KiB'],
    ['unreadable', 'can’t be read'],
  ])('unless it was refused: %s', (reason, words) => {
    expect(open({ kind: 'refused', reason })).toBe(`deploy/score.yaml: ${words}`)
  })

  it.each([
    ['not UTF-8', Uint8Array.of(0x61, 0xff), 'deploy/score.yaml: is not UTF-8 text'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'deploy/score.yaml: is not UTF-8 text'],
    [
      'not YAML',
      'a: 1\n b: S3CRET',
      'deploy/score.yaml:2:3: a colon within a value: indented too far, or to be quoted',
    ],
    ['a text', 'S3CRET', 'deploy/score.yaml: is not a mapping of keys and values'],
    ['a list', '- S3CRET', 'deploy/score.yaml: is not a mapping of keys and values'],
    ['empty', '', 'deploy/score.yaml: is not a mapping of keys and values'],
  ])('unless it is %s', (_, content, words) => {
    expect(open(answerWith(content))).toBe(words)
  })
})

describe('nothing is wrong', () => {
  it.each(fileNames)('with %s', (name) => {
    expect(checkScore({ scores: [openFile(name)] })).toEqual([])
  })

  it.each([
    [
      'what only Humanitec knows',
      'metadata: {name: shop, else: 1}\ncontainers: {web: {image: a, sidecar: true}}\nother: 1',
    ],
    ['a placeholder of an image', scoreWith(['image: .'])],
    ['no image', scoreWith(['command: [a]'])],
    [
      'keys that are near to ours, beside ours',
      scoreWith(['image: a', 'images: b', 'files: []', 'file: 1', 'volumes: []', 'volume: 1']),
    ],
    [
      'a container that JavaScript knows',
      'metadata: {name: shop}\ncontainers: {constructor: {image: a}, __proto__: {image: b}}',
    ],
    ['files that are null', scoreWith(['image: a', 'files:', 'volumes: ~'])],
  ])('with %s', (_, score) => {
    expect(check(score)).toEqual([])
  })

  it.each([
    ['nothing in them', '{}'],
    ['no name', 'containers: {web: {image: b}}'],
    ['a container taken away', 'containers: {web: null}'],
    ['a file taken away', 'containers: {web: {files: {/a: null}}}'],
    ['a container of their own', 'containers: {other: {image: c}}'],
  ])('with overrides with %s', (_, overrides) => {
    expect(check(scoreWith(['image: a']), overrides)).toEqual([])
  })
})

describe('a mistake is told by file, line and column', () => {
  it.each([
    [
      'no metadata',
      'containers: {web: {image: a}}',
      'score.yaml:1:1: metadata is missing; it takes a mapping with a name',
    ],
    [
      'no name',
      'containers: {web: {image: a}}\nmetadata: {labels: 1}',
      'score.yaml:2:1: metadata.name is missing; it takes text',
    ],
    [
      'an empty name',
      'containers: {web: {image: a}}\nmetadata: {name: ""}',
      'score.yaml:2:12: metadata.name takes text',
    ],
    [
      'a number as name',
      'containers: {web: {image: a}}\nmetadata: {name: 12}',
      'score.yaml:2:12: metadata.name takes text',
    ],
    [
      'metadata that is a text',
      'containers: {web: {image: a}}\nmetadata: S3CRET',
      'score.yaml:2:1: metadata takes a mapping with a name',
    ],
    [
      'a mistyped metadata',
      'containers: {web: {image: a}}\nmetdata: {name: a}',
      'score.yaml:2:1: metdata is not known; did you mean metadata?',
    ],
    [
      'a mistyped name',
      'containers: {web: {image: a}}\nmetadata: {nam: S3CRET}',
      'score.yaml:2:12: metadata.nam is not known; did you mean name?',
    ],
    ['no containers', 'metadata: {name: a}', 'score.yaml:1:1: containers is missing; it takes a mapping of containers'],
    [
      'containers without one',
      'metadata: {name: a}\ncontainers: {}',
      'score.yaml:2:1: containers takes a mapping of containers',
    ],
    [
      'a list of containers',
      'metadata: {name: a}\ncontainers: [S3CRET]',
      'score.yaml:2:1: containers takes a mapping of containers',
    ],
    [
      'a mistyped containers',
      'metadata: {name: a}\ncontainer: {}',
      'score.yaml:2:1: container is not known; did you mean containers?',
    ],
    [
      'an empty container',
      'metadata: {name: a}\ncontainers:\n  web:',
      'score.yaml:3:3: containers.web takes a mapping',
    ],
    [
      'a container that is a text',
      'metadata: {name: a}\ncontainers:\n  web: S3CRET',
      'score.yaml:3:3: containers.web takes a mapping',
    ],
    [
      'a mistyped image',
      scoreWith(['command: [a]', 'imge: S3CRET']),
      'score.yaml:5:5: containers.web.imge is not known; did you mean image?',
    ],
    [
      'an image in other letters',
      scoreWith(['Image: S3CRET']),
      'score.yaml:4:5: containers.web.Image is not known; did you mean image?',
    ],
    ['an image that is no text', scoreWith(['image: [S3CRET]']), 'score.yaml:4:5: containers.web.image takes text'],
    [
      'mistyped files',
      scoreWith(['image: a', 'file: []']),
      'score.yaml:5:5: containers.web.file is not known; did you mean files?',
    ],
    [
      'mistyped volumes',
      scoreWith(['image: a', 'volume: []']),
      'score.yaml:5:5: containers.web.volume is not known; did you mean volumes?',
    ],
    [
      'files that are a text',
      scoreWith(['files: S3CRET']),
      'score.yaml:4:5: containers.web.files takes a list or a mapping',
    ],
    [
      'a file that is a text',
      scoreWith(['files: {/etc/a: S3CRET}']),
      'score.yaml:4:13: containers.web.files["/etc/a"] takes a mapping',
    ],
    [
      'a file of a list that is a text',
      scoreWith(['files:', '- S3CRET']),
      'score.yaml:5:7: containers.web.files[0] takes a mapping',
    ],
    [
      'a file without target',
      scoreWith(['files:', '- source: S3CRET']),
      'score.yaml:5:7: containers.web.files[0].target is missing; it takes text',
    ],
    [
      'a mistyped target',
      scoreWith(['files:', '- traget: S3CRET']),
      'score.yaml:5:7: containers.web.files[0].traget is not known; did you mean target?',
    ],
    [
      'a target that is no text',
      scoreWith(['volumes:', '- {target: 1}']),
      'score.yaml:5:8: containers.web.volumes[0].target takes text',
    ],
    [
      'one target twice',
      scoreWith(['volumes:', '- target: /S3CRET', '- source: a', '  target: /S3CRET']),
      'score.yaml:7:7: containers.web.volumes[1].target is the same as in an entry above',
    ],
    [
      'a mistyped source',
      scoreWith(['files: {/a: {sorce: S3CRET}}']),
      'score.yaml:4:18: containers.web.files["/a"].sorce is not known; did you mean source?',
    ],
    [
      'a source that is no text',
      scoreWith(['files: {/a: {source: 1}}']),
      'score.yaml:4:18: containers.web.files["/a"].source takes a path',
    ],
    [
      'an empty source',
      scoreWith(['files: {/a: {source: ""}}']),
      'score.yaml:4:18: containers.web.files["/a"].source takes a path',
    ],
    [
      'a source beside content',
      scoreWith(['files: {/a: {source: b, content: S3CRET}}']),
      'score.yaml:4:18: containers.web.files["/a"].source can’t be combined with content or binaryContent',
    ],
    [
      'a container with a dot',
      'metadata: {name: a}\ncontainers: {a.b: 1}',
      'score.yaml:2:14: containers["a.b"] takes a mapping',
    ],
  ])('%s', (_, score, words) => {
    expect(check(score)).toEqual([words])
  })

  it.each([
    [
      'containers that are a list',
      'containers: [S3CRET]',
      'overrides.yaml:1:1: containers takes a mapping of containers',
    ],
    [
      'a file that is a text',
      'containers: {web: {files: [1]}}',
      'overrides.yaml:1:28: containers.web.files[0] takes a mapping',
    ],
  ])('in overrides: %s', (_, overrides, words) => {
    expect(check(scoreWith(['image: a']), overrides)).toEqual([words])
  })

  it('of several files with one name: at the later one', () => {
    const scores = ['a.yaml', 'b.yaml', 'c.yaml'].map((file, index) =>
      openText(
        `${'\n'.repeat(index)}metadata: {name: ${index === 1 ? 'other' : 'S3CRET'}}\ncontainers: {web: {image: a}}`,
        file,
      ),
    )
    expect(wordsOf(checkScore({ scores }))).toEqual(['c.yaml:3:12: metadata.name is the same as in a.yaml:1:12'])
  })

  it('all at once', () => {
    const lines = check('metadata: {}\ncontainers:\n  web: {image: 1, files: 2}\n  api: 3')
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'score.yaml:1:1:',
      'score.yaml:3:9:',
      'score.yaml:3:19:',
      'score.yaml:4:3:',
    ])
  })

  it('25 times at most', () => {
    const containers = Array.from({ length: 1060 }, (_, index) => `  c${index}: 1`)
    const problems = checkScore(filesOf(['metadata: {name: a}', 'containers:', ...containers].join('\n')))
    expect(formatScoreProblems(problems)).toHaveLength(26)
    expect(formatScoreProblems(problems).at(-1)).toBe('and 1,035 more problems')
  })

  it('with a key that is cut when it is long', () => {
    const [line = ''] = check(`metadata: {name: a}\ncontainers: {${'k'.repeat(1000)}: 1}`)
    expect(line).toBe(`score.yaml:2:14: containers.${'k'.repeat(99)}… takes a mapping`)
  })

  it('as long as a file is full of them', () => {
    const score = scoreWith([`files: [${'1,'.repeat(20_000)}]`])
    expect(checkScore(filesOf(score))).toHaveLength(20_000)
  })
})
