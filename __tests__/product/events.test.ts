import { describe, expect, it } from '@jest/globals'
import { type EventSample, listEventRows, listEventSamples } from '../../scripts/event-table.ts'
import { formatDefaultComment, parseWorkflowContext } from '../../src/core/run/workflow-context.ts'
import { fieldsOf } from '../../src/core/text/json.ts'

const samples = listEventSamples()
const parse = ({ variables, payload }: EventSample) => parseWorkflowContext(variables, payload)

/** `[name of the event, what was wrong with it]`. */
const listOdd = (isOdd: (sample: EventSample) => unknown): readonly unknown[] =>
  samples
    .map((sample) => [sample.name, isOdd(sample)])
    .filter(([, found]) => found !== false && found !== undefined && found !== '')

describe('of every sample payload', () => {
  it('there are hundreds', () => {
    expect(samples.length).toBeGreaterThan(350)
    expect(new Set(samples.map(({ name }) => name)).size).toBeGreaterThan(55)
  })

  it('the commit is a whole one, or left open', () => {
    expect(listOdd((sample) => !/^([0-9a-f]{40})?$/.test(parse(sample).sha) && parse(sample).sha)).toEqual([])
  })

  it('the branch is one that people know', () => {
    expect(
      listOdd(
        ({ variables, payload }) =>
          /gh-readonly-queue|^refs\/(heads|tags|pull)\/.|\/merge$/.exec(
            parseWorkflowContext(variables, payload).ref,
          )?.[0],
      ),
    ).toEqual([])
  })

  it('the pull request is one of this repository', () => {
    const isOthers = (sample: EventSample): boolean => {
      const { pullRequest } = parse(sample)
      const text = JSON.stringify(sample.payload)
      return (
        pullRequest !== undefined &&
        !text.includes(`${sample.variables['GITHUB_REPOSITORY']}/pulls/${pullRequest.number}"`)
      )
    }
    expect(listOdd(isOthers)).toEqual([])
  })

  it('no commit without its branch, but of a commit that is on several', () => {
    expect(
      listOdd((sample) => sample.name !== 'status' && parse(sample).sha !== '' && parse(sample).ref === ''),
    ).toEqual([])
  })

  it('the comment is short, in one line, and says by whom', () => {
    const isOdd = (sample: EventSample): string | undefined => {
      const comment = formatDefaultComment(parse(sample))
      const author = sample.variables['GITHUB_ACTOR']
      return /[\r\n]|undefined|null|·\s*·|^ ·/.test(comment) ||
        (author && !comment.includes(`by ${author}`)) ||
        comment.length > 300
        ? comment
        : undefined
    }
    expect(listOdd(isOdd)).toEqual([])
  })
})

describe('of the samples', () => {
  it('one is of a workflow’s run that lists another repository’s pull request alone', () => {
    const listing = samples.filter(
      ({ name, payload }) =>
        name === 'workflow_run' && (fieldsOf(payload['workflow_run'])['pull_requests'] as unknown[]).length > 0,
    )
    expect(listing.map((sample) => parse(sample).pullRequest)).toEqual([undefined])
  })

  it('each event that starts workflows has its row', () => {
    const names = new Set(listEventRows().map(([name]) => name))
    for (const name of ['push', 'pull_request', 'pull_request_target', 'workflow_run', 'merge_group', 'release'])
      expect(names).toContain(`\`${name}\``)
    expect(names.size).toBe(29)
  })
})
