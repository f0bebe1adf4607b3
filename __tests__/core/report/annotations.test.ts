import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DeploymentError } from '../../../src/core/api.ts'
import type { InputError } from '../../../src/core/inputs/request.ts'
import { formatAnnotations } from '../../../src/core/report/log-result.ts'
import type { Outcome } from '../../../src/core/run/outcome.ts'
import { emptyRunState, type Report } from '../../../src/core/run/result.ts'
import { fuzzTimeoutMs } from '../hostile.ts'
import { hostileReport } from '../hostile-report.ts'
import {
  endWith,
  error,
  failed,
  failedDeployment,
  remark,
  remarkText,
  report,
  runningDeployment,
  state,
} from '../report-base.ts'
import { isCommand, splitLines } from '../runner-rules.ts'

const url = 'https://app.humanitec.io/orgs/acme/apps/shop/envs/production/deploys/9f2c01ab5d7e3f88'

describe('a failed deployment', () => {
  it('has an error for each of its own, and one with the count and the link', () => {
    expect(formatAnnotations(failed)).toEqual([
      {
        level: 'error',
        title: 'RES-101 in checkout',
        message:
          "checkout: Driver parameters invalid (RES-101): 'ip_address', 'ipv6_address' or 'name' should be specified",
      },
      {
        level: 'error',
        title: 'CLD-001 in checkout',
        message: 'checkout: Provider error (CLD-001): Incorrect cloud provider credentials',
      },
      {
        level: 'error',
        title: 'RES-204 in externals.db',
        message:
          'externals.db: Provisioning failed (RES-204): Error: creating RDS DB Instance (shop-production): InvalidParameterCombination … (in full in the log and in the summary)',
      },
      {
        level: 'error',
        title: 'shop was not deployed to production',
        message: `Deployment 9f2c01ab failed after 48 s: 3 errors in checkout and the environment\n${url}`,
      },
    ])
  })

  it('has ten at most, and the last one tells how many are elsewhere', () => {
    const annotations = formatAnnotations(
      endWith('failed', { deployment: failedDeployment, errors: Array(12).fill(error) }),
    )
    expect(annotations).toHaveLength(10)
    expect(annotations.at(-1)?.message).toContain(
      '12 errors in checkout, 3 of them shown only below in the log and in the summary',
    )
  })

  it.each([
    [
      'could not be read',
      'unreadable' as const,
      'its errors could not be read',
      'Open the deployment in Humanitec: the errors are shown there.',
    ],
    [
      'are none',
      [],
      'Humanitec reports no error for it',
      'Open the deployment in Humanitec, and look at its resources and at the logs of its containers; then re-run the job.',
    ],
  ])('whose errors %s has one', (_, errors, cause, next) => {
    const annotations = formatAnnotations(endWith('failed', { deployment: failedDeployment, errors }))
    expect(annotations.map(({ message }) => message)).toEqual([
      `Deployment 9f2c01ab failed after 48 s: ${cause}\n${next}\n${url}`,
    ])
  })

  const empty = { scope: '', object_id: '', code: '', summary: '', message: '', error_type: '' }

  it.each([
    ['nothing', {}, 'Error', 'Humanitec gives no message'],
    [
      'what nobody can see',
      { summary: '\r\n', message: '\u200B', code: '\u00AD' },
      'Error',
      'Humanitec gives no message',
    ],
    ['its place', { object_id: ' checkout\n' }, 'Error in checkout', 'checkout: Humanitec gives no message'],
    ['its scope', { scope: 'environment' }, 'Error in environment', 'environment: Humanitec gives no message'],
    ['its code', { code: 'RES-101' }, 'RES-101', 'RES-101'],
    ['its message', { message: 'Out of memory' }, 'Error', 'Out of memory'],
    ['its summary', { summary: 'Provider error' }, 'Error', 'Provider error'],
    ['its type', { error_type: 'runtime' }, 'Error', 'runtime'],
    ['the same twice', { summary: 'Provider error', message: 'Provider error' }, 'Error', 'Provider error'],
  ])('is told from an error of which the API says %s', (_, fields, title, message) => {
    const errors = [{ ...empty, ...fields }]
    const [annotation] = formatAnnotations(endWith('failed', { deployment: failedDeployment, errors }))
    expect(annotation).toEqual({ level: 'error', title, message })
  })

  it('reads well whatever is missing, blank or very long', () => {
    const names = ['scope', 'object_id', 'code', 'summary', 'message', 'error_type'] as const
    const kinds = ['', ' \t\n', 'word', 'long '.repeat(1000)]
    const readsWell = ({ title, message }: ReturnType<typeof formatAnnotations>[number], said: string): boolean =>
      /^(?!in )\S/.test(title ?? '') &&
      /^[\w…](?:[^\n]*[\w…)])?$/.test(message) &&
      !/\(\s*\)|: :|::| {2}| :/.test(message) &&
      message.length < 1000 &&
      (said.trim() === '' || /word|long long/.test(message))
    const bad = Array.from({ length: kinds.length ** names.length }, (_, number) => {
      const kindOf = (index: number) => kinds[Math.floor(number / kinds.length ** index) % kinds.length] ?? ''
      const error = Object.fromEntries(names.map((name, index) => [name, kindOf(index)])) as DeploymentError
      return {
        error,
        annotation: formatAnnotations(endWith('failed', { deployment: failedDeployment, errors: [error] }))[0],
      }
    }).filter(({ error, annotation }) => !annotation || !readsWell(annotation, error.message))
    expect(bad).toEqual([])
  })
})

const problem = { what: 'This happened.', remedy: 'Do that.' }

describe('a signal after a good end', () => {
  const { deployment: _, ...without } = state

  it.each<[Outcome, string]>([
    ['deleted', 'Cancelled: production of shop was already gone'],
    ['planned', 'Cancelled: Deploying this would not change shop in production'],
    ['skipped', 'Cancelled: Skipped: nothing was done'],
  ])('%s says nothing against it', (outcome, title) => {
    const end = { ...endWith(outcome), state: without, isCancelled: true }
    expect(formatAnnotations(end)).toEqual([
      { level: 'error', title, message: 'The workflow was cancelled when the step had already come to this end.' },
    ])
  })
})

describe('any other end', () => {
  it.each<[Outcome, string]>([
    ['timed_out', 'Timed out after 30 min while shop was being deployed to production'],
    ['cancelled', 'Cancelled while shop was being deployed to production'],
    ['error', 'The deployment of shop to production could not be followed'],
  ])('%s has exactly one error, with what happened, what to do, what else there is, and the link', (outcome, title) => {
    const end = endWith(outcome, { deployment: runningDeployment, remarks: [remark] }, problem)
    expect(formatAnnotations(end)).toEqual([
      { level: 'error', title, message: `This happened.\nDo that.\n${remarkText}\n${url}` },
    ])
  })

  it('what happened is one line of bounded length', () => {
    const [{ message = '' } = {}] = formatAnnotations(endWith('error', {}, { what: 'all\nis lost '.repeat(1000) }))
    const [first = '', second] = message.split('\n')
    expect(first).toMatch(/^all is lost all/)
    expect(first.length).toBeLessThanOrEqual(1500)
    expect(second).toBe(url)
  })

  it('unknown leads to where the deployment may be found', () => {
    expect(formatAnnotations(endWith('unknown', {}, problem))).toEqual([
      {
        level: 'error',
        title: 'It is not known whether shop is being deployed to production',
        message: `This happened.\nDo that.\n${url.replace(/\/deploys.*/, '')}`,
      },
    ])
  })

  it('an error tells its cause once: in the message, which is all that the log shows', () => {
    const { deployment: _, ...notStarted } = report.state
    const result = { outcome: 'error' as const, problem: { ...problem, cause: 'another deployment is active' } }
    expect(formatAnnotations({ ...report, state: notStarted, result })[0]?.title).toBe(
      'shop was not deployed to production',
    )
    expect(formatAnnotations(endWith('error', { deployment: runningDeployment }, result.problem))[0]?.title).toBe(
      'The deployment of shop to production could not be followed',
    )
  })

  it.each<Outcome>(['succeeded', 'started', 'deleted', 'pruned'])('%s has none', (outcome) => {
    expect(formatAnnotations(endWith(outcome))).toEqual([])
  })

  it('says no sentence twice, and shows inputs without Markdown’s backticks', () => {
    const told = { what: remarkText, remedy: 'Set `on_conflict: wait`.' }
    const [annotation] = formatAnnotations(endWith('error', { remarks: [remark] }, told))
    expect(annotation?.message.split('\n').slice(0, 2)).toEqual([remarkText, 'Set on_conflict: wait.'])
    expect(annotation?.message.split(remarkText)).toHaveLength(2)
  })

  it.each([
    [[{ input: 'delta_id', takes: 'an id' }], 'Nothing was done: delta_id is empty'],
    [[{ input: 'env', got: 'Prod', takes: 'a name' }], 'Nothing was done: env is wrong'],
    [
      [{ input: 'delta_id', isAnyOf: true, takes: 'a change to deploy' }],
      'Nothing was done: no change to deploy was given',
    ],
    [
      [
        { input: 'org', takes: 'a name' },
        { input: 'delta_id', isAnyOf: true, takes: 'a change to deploy' },
      ],
      'Nothing was done: org and the change to deploy are empty',
    ],
    [
      ['org', 'app', 'env', 'token'].map((input) => ({ input, takes: 'a name' })),
      'Nothing was done: org and 3 other inputs are empty',
    ],
  ] satisfies [InputError[], string][])('names the wrong input in the title: %j', (inputErrors, title) => {
    const problem = { what: 'One is wrong.', inputErrors }
    expect(
      formatAnnotations({ ...report, state: emptyRunState, result: { outcome: 'error', problem } })[0]?.title,
    ).toBe(title)
  })

  it('has the details of a refusal on one line', () => {
    const told = { ...problem, details: '{\n  "workload": "web"\n}' }
    expect(formatAnnotations(endWith('error', {}, told))[0]?.message).toContain('\nDetails: { "workload": "web" }\n')
  })

  it('skipped has one notice', () => {
    const skipped: Report = { ...report, state: emptyRunState, result: { outcome: 'skipped', problem } }
    expect(formatAnnotations(skipped)).toEqual([
      { level: 'notice', title: 'Skipped: nothing was done', message: 'This happened.\nDo that.' },
    ])
  })

  it('wrong inputs are lines of one error', () => {
    const inputErrors = [
      { input: 'env', got: 'Prod', takes: '2 to 50 lower-case letters' },
      { input: 'token', takes: 'the API token of a service user' },
    ]
    const wrong: Report = {
      ...report,
      state: emptyRunState,
      result: { outcome: 'error', problem: { what: '2 inputs are wrong.', inputErrors } },
    }
    expect(formatAnnotations(wrong)).toEqual([
      {
        level: 'error',
        title: 'Nothing was done: env and token are wrong',
        message:
          '2 inputs are wrong.\n  env: got “Prod”, expected 2 to 50 lower-case letters\n  token: got nothing, expected the API token of a service user',
      },
    ])
  })

  it('a wrong secret is not what somebody typed', () => {
    const inputErrors = [
      { input: 'env', got: '(not shown)', takes: 'a name' },
      { input: 'token', isSecret: true, takes: 'a token' },
    ] as const
    const wrong: Report = {
      ...report,
      state: emptyRunState,
      result: { outcome: 'error', problem: { what: 'Wrong.', inputErrors } },
    }
    expect(formatAnnotations(wrong)[0]?.message).toBe(
      'Wrong.\n  env: got “(not shown)”, expected a name\n  token: got (not shown), expected a token',
    )
  })

  it('a conflict names the other deployment’s comment and its link', () => {
    const conflict = { ...runningDeployment, id: 'aa11bb22cc33dd44', comment: 'Fix the cart' }
    const { deployment: _, ...notStarted } = report.state
    const [annotation] = formatAnnotations({
      ...report,
      state: notStarted,
      result: { outcome: 'error', problem: { ...problem, conflict } },
    })
    expect(annotation?.message).toBe(
      `This happened.\nIts comment: Fix the cart\n${url.replace('9f2c01ab5d7e3f88', 'aa11bb22cc33dd44')}\nDo that.`,
    )
  })
})

it(
  'text from outside is no command, and within the limits',
  () => {
    fc.assert(
      fc.property(hostileReport, (hostile) => {
        const annotations = formatAnnotations(hostile)
        expect(annotations.filter(({ level }) => level === 'error').length).toBeLessThanOrEqual(10)
        const wrong = annotations.filter(
          ({ title = '', message }) =>
            splitLines(message).some(isCommand) ||
            splitLines(title).length > 1 ||
            isCommand(title) ||
            message.length > 4096 ||
            message === '',
        )
        expect(wrong).toEqual([])
      }),
    )
  },
  fuzzTimeoutMs,
)
