import { describe, expect, it } from '@jest/globals'
import { parseInputs } from '../../../src/core/inputs/inputs.ts'
import {
  type InputError,
  type InputName,
  inputDefaults,
  inputNames,
  type Request,
} from '../../../src/core/inputs/request.ts'

type Inputs = Partial<Record<InputName, string>>
type Operation = Request['operation']

const place = { org: 'acme', app: 'shop', env: 'production', token: 'a-token' }

/** What each operation needs, and no more. */
const bases: Readonly<Record<Operation, Inputs>> = {
  deploy: { ...place, delta_id: 'd1' },
  wait: { ...place, operation: 'wait' },
  delete: { ...place, operation: 'delete', env: 'pr-12' },
  prune: { ...place, operation: 'prune', env: 'pr-*', github_token: 'a-github-token' },
}

const parse = (inputs: Inputs) =>
  parseInputs({ ...(Object.fromEntries(inputNames.map((name) => [name, ''])) as Record<InputName, string>), ...inputs })

const parseGood = (inputs: Inputs): Request => {
  const parsed = parse(inputs)
  if (parsed.kind === 'request') return parsed.request
  throw new Error(`mistakes in ${parsed.inputErrors.map(({ input, takes }) => `${input} (${takes})`).join(', ')}`)
}

const listMistakes = (inputs: Inputs): readonly InputError[] => {
  const parsed = parse(inputs)
  return parsed.kind === 'mistakes' ? parsed.inputErrors : []
}

const common = {
  ...place,
  apiUrl: 'https://api.humanitec.io',
  appUrl: 'https://app.humanitec.io',
  timeoutMs: 1_800_000,
  pollInterval: 'auto',
  githubToken: '',
  prComment: false,
  githubDeployment: false,
}

const health = { waitFor: 'deployed', healthTimeoutMs: 300_000, logLines: 0 }

describe('with what it needs and no more', () => {
  it('deploy gets every default', () => {
    expect(parseGood(bases.deploy)).toEqual({
      ...common,
      operation: 'deploy',
      deltaId: 'd1',
      redeploy: false,
      comment: '',
      wait: true,
      dryRun: false,
      onConflict: 'fail',
      ...health,
    })
  })

  it('wait gets every default', () => {
    expect(parseGood(bases.wait)).toEqual({ ...common, operation: 'wait', ...health })
  })

  it('delete gets every default', () => {
    expect(parseGood(bases.delete)).toEqual({ ...common, operation: 'delete', env: 'pr-12', dryRun: false })
  })

  it('prune gets every default', () => {
    expect(parseGood(bases.prune)).toEqual({
      ...common,
      operation: 'prune',
      env: 'pr-*',
      githubToken: 'a-github-token',
      dryRun: false,
    })
  })
})

type Case = {
  /** Where it is tried; by default `deploy`. */
  readonly of?: Operation
  /** Beside the operation's own; `''` takes one away. */
  readonly beside?: Inputs
  /** What is given, and what the request then has. */
  readonly good: readonly (readonly [string, object])[]
  readonly bad: readonly string[]
  /** What an empty one does: its default, or a mistake. */
  readonly empty: object | 'refused'
}

const goodBooleans = (field: string): Case['good'] =>
  ['true', 'True', 'TRUE', 'false', 'False', 'FALSE'].map((word) => [word, { [field]: word.toLowerCase() === 'true' }])
const badBooleans = ['yes', '1', 'tRUE', 'on', 'true,']
const badNames = ['a', 'A1', 'a--b', '-ab', 'ab-', 'a_b', 'a b', 'a/b', 'ab\n-c', 'ä1', 'a'.repeat(51)]
const goodIds = ['9f2c01ab5d7e3f88', '-0pTzTUcDVhXSn2MnB4j7BBwVMVNUQVJj4TnPaVCpq8', '_', 'x'.repeat(128)]
const badIds = [
  'a b',
  'a/b',
  '../x',
  'a%2Fb',
  'a.b',
  'ä',
  'x'.repeat(129),
  'null',
  'undefined',
  '$' + '{{ steps.delta.outputs.id }}',
]
const ids = (field: string, more: Partial<Case> = {}): Case => ({
  good: goodIds.map((id) => [id, { [field]: id }]),
  bad: badIds,
  empty: { [field]: undefined },
  ...more,
})
const addresses = (field: string): Case => ({
  good: [
    ['https://humanitec.example.com', { [field]: 'https://humanitec.example.com' }],
    ['https://example.com:8443/humanitec/api/', { [field]: 'https://example.com:8443/humanitec/api' }],
    ['http://localhost:8080', { [field]: 'http://localhost:8080' }],
    ['http://127.8.9.1', { [field]: 'http://127.8.9.1' }],
    ['http://[::1]:80/api', { [field]: 'http://[::1]:80/api' }],
  ],
  bad: [
    'api.humanitec.io',
    'ftp://example.com',
    'https://',
    'https://user@example.com',
    'https://:secret@example.com',
    'https://@example.com',
    'https://example.com?a=b',
    'https://example.com?',
    'https://example.com/#a',
    'https://example.com#',
    'https:\\\\example.com',
    'http://example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'http://[::2]',
  ],
  empty: { [field]: inputDefaults[field === 'apiUrl' ? 'api_url' : 'app_url'] },
})

const cases: Readonly<Record<InputName, Case>> = {
  operation: {
    good: [['deploy', { operation: 'deploy' }]],
    bad: ['Deploy', 'remove', 'deploy,wait'],
    empty: { operation: 'deploy' },
  },
  org: { good: [['my-org-2', { org: 'my-org-2' }]], bad: badNames, empty: 'refused' },
  app: { good: [['a1', { app: 'a1' }]], bad: badNames, empty: 'refused' },
  env: {
    good: [['a'.repeat(50), { env: 'a'.repeat(50) }]],
    bad: [...badNames, 'pr-*', 'null', 'undefined', 'pr-'],
    empty: 'refused',
  },
  token: {
    good: [['ab.c-d_e~f+g/h=', { token: 'ab.c-d_e~f+g/h=' }]],
    bad: ['null', 'undefined', 'two words', 'a\tb', 'a\nb', 'a\u0000b', 'a\u007f', 'tökén', 'a\u00a0b'],
    empty: 'refused',
  },
  delta_id: ids('deltaId', { empty: 'refused' }),
  images: {
    beside: { delta_id: '' },
    good: [
      ['web=ghcr.io/acme/shop:1', { images: [{ workload: 'web', image: 'ghcr.io/acme/shop:1' }] }],
      [
        'web/main=shop:1\n\n  worker=shop:2',
        {
          images: [
            { workload: 'web', container: 'main', image: 'shop:1' },
            { workload: 'worker', image: 'shop:2' },
          ],
        },
      ],
      ['shop@sha256:0a', { images: [{ image: 'shop@sha256:0a' }] }],
    ],
    bad: ['web=null', 'web=shop:', 'web=shop:1 2', 'web=ghcr.io/acme/', 'undefined', 'shop@'],
    empty: 'refused',
  },
  score: {
    beside: { delta_id: '' },
    good: [
      ['score.yaml', { score: { files: ['score.yaml'] } }],
      ['web/score.yaml\n\n worker/score.yaml', { score: { files: ['web/score.yaml', 'worker/score.yaml'] } }],
    ],
    bad: ['score.yaml\nscore.yaml'],
    empty: 'refused',
  },
  score_overrides: {
    beside: { delta_id: '', score: 'score.yaml' },
    good: [['prod.yaml', { score: { files: ['score.yaml'], overrides: 'prod.yaml' } }]],
    bad: ['a.yaml\nb.yaml'],
    empty: { score: { files: ['score.yaml'] } },
  },
  score_extensions: {
    beside: { delta_id: '', score: 'score.yaml' },
    good: [['humanitec.yaml', { score: { files: ['score.yaml'], extensions: 'humanitec.yaml' } }]],
    bad: ['a.yaml\nb.yaml'],
    empty: { score: { files: ['score.yaml'] } },
  },
  set_id: ids('setId', { beside: { delta_id: '' }, empty: 'refused' }),
  value_set_version_id: ids('valueSetVersionId'),
  mode: {
    good: [
      ['full', { mode: 'full' }],
      ['incremental', { mode: 'incremental' }],
    ],
    bad: ['Full', 'partial'],
    empty: { mode: undefined },
  },
  from_deploy_id: {
    good: goodIds.map((id) => [id, { base: { kind: 'deployment', id } }]),
    bad: badIds,
    empty: { base: undefined },
  },
  from_env: {
    good: [
      ['staging', { base: { kind: 'environment', env: 'staging' } }],
      ['production', { base: { kind: 'environment', env: 'production' } }],
    ],
    bad: badNames,
    empty: { base: undefined },
  },
  redeploy: { beside: { delta_id: '' }, good: [['true', { redeploy: true }]], bad: badBooleans, empty: 'refused' },
  create_from: {
    good: [['staging', { createFrom: 'staging' }]],
    bad: [...badNames, 'production'],
    empty: { createFrom: undefined },
  },
  env_type: {
    good: [['development', { envType: 'development' }]],
    bad: ['a b', '-a', 'a/b'],
    empty: { envType: undefined },
  },
  deployment_id: ids('deploymentId', { of: 'wait' }),
  pipeline_run: {
    of: 'wait',
    good: [['deploy-it/0193_a-b', { pipelineRun: { pipelineId: 'deploy-it', runId: '0193_a-b' } }]],
    bad: ['deploy', 'a/b/c', '/b', 'a/', 'a/null', 'a b/c', `a/${'x'.repeat(129)}`],
    empty: { pipelineRun: undefined },
  },
  comment: {
    good: [
      ['  Hotfix for #7  ', { comment: 'Hotfix for #7' }],
      ['two\nlines', { comment: 'two\nlines' }],
    ],
    bad: [],
    empty: { comment: '' },
  },
  wait: { good: goodBooleans('wait'), bad: badBooleans, empty: { wait: true } },
  wait_for: {
    good: [
      ['deployed', { waitFor: 'deployed' }],
      ['healthy', { waitFor: 'healthy' }],
    ],
    bad: ['Healthy', 'running'],
    empty: { waitFor: 'deployed' },
  },
  health_timeout: {
    good: [
      ['60', { healthTimeoutMs: 60_000 }],
      ['1h', { healthTimeoutMs: 3_600_000 }],
    ],
    bad: ['59s', '1h1s', 'auto'],
    empty: { healthTimeoutMs: 300_000 },
  },
  log_lines: {
    good: [
      ['0', { logLines: 0 }],
      ['200', { logLines: 200 }],
    ],
    bad: ['201', '-1', '1.5', 'all', '0x10'],
    empty: { logLines: 0 },
  },
  timeout: {
    good: [
      ['1s', { timeoutMs: 1_000 }],
      ['90', { timeoutMs: 90_000 }],
      ['1h30m', { timeoutMs: 5_400_000 }],
      ['120h', { timeoutMs: 432_000_000 }],
    ],
    bad: ['0', '0s', '0.5s', '120h1s', '9999999999999h', '-5m', 'auto', '5 m', '5d', 'm'],
    empty: { timeoutMs: 1_800_000 },
  },
  poll_interval: {
    good: [
      ['auto', { pollInterval: 'auto' }],
      ['1s', { pollInterval: { fixedMs: 1_000 } }],
      ['1h', { pollInterval: { fixedMs: 3_600_000 } }],
    ],
    bad: ['0', 'Auto', '1h1s', '500ms', '1.5s'],
    empty: { pollInterval: 'auto' },
  },
  on_conflict: {
    good: [
      ['fail', { onConflict: 'fail' }],
      ['wait', { onConflict: 'wait' }],
    ],
    bad: ['Wait', 'cancel'],
    empty: { onConflict: 'fail' },
  },
  dry_run: { of: 'delete', good: goodBooleans('dryRun'), bad: badBooleans, empty: { dryRun: false } },
  pull_request: {
    good: [['12', { pullRequest: 12 }]],
    bad: ['0', '012', '#12', '-1', '1e3', 'null', '12 13'],
    empty: { pullRequest: undefined },
  },
  pr_comment: { good: goodBooleans('prComment'), bad: badBooleans, empty: { prComment: false } },
  github_deployment: { good: goodBooleans('githubDeployment'), bad: badBooleans, empty: { githubDeployment: false } },
  github_token: {
    of: 'prune',
    good: [['ghs_abc', { githubToken: 'ghs_abc' }]],
    bad: ['two words', 'a\rb'],
    empty: 'refused',
  },
  environment_url: {
    good: [
      ['https://pr-12.example.com/a?b=c#d', { environmentUrl: 'https://pr-12.example.com/a?b=c#d' }],
      ['http://intranet:8080', { environmentUrl: 'http://intranet:8080' }],
    ],
    bad: ['example.com', 'javascript:alert(1)', 'https://', 'https://user:password@example.com', '//example.com'],
    empty: { environmentUrl: undefined },
  },
  api_url: addresses('apiUrl'),
  app_url: addresses('appUrl'),
}

const entries = Object.entries(cases) as [InputName, Case][]
const toInputs = ({ of = 'deploy', beside }: Case, more: Inputs): Inputs => ({ ...bases[of], ...beside, ...more })
const pick = (request: Request, fields: object): object =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, (request as Record<string, unknown>)[field]]))

describe('a good value', () => {
  it.each(entries.flatMap(([name, { good }]) => good.map(([value]) => [name, value] as const)))(
    'of %s is taken: %j',
    (name, value) => {
      const fields = cases[name].good.find(([each]) => each === value)?.[1] ?? {}
      expect(pick(parseGood(toInputs(cases[name], { [name]: value })), fields)).toEqual(fields)
    },
  )

  it.each(entries.map(([name, { good }]) => [name, good[0]?.[0] ?? ''] as const))(
    'of %s may have white space around it',
    (name, value) => {
      const given = (text: string) => parse(toInputs(cases[name], { [name]: text }))
      expect(given(` \t${value}\r\n `)).toEqual(given(value.trim()))
    },
  )
})

describe('an empty value', () => {
  it.each(entries)('of %s, also one of white space, counts as not given', (name, testCase) => {
    for (const value of ['', '  ', '\n\t']) {
      const inputs = toInputs(testCase, { [name]: value })
      if (testCase.empty === 'refused') {
        expect(listMistakes(inputs)).toMatchObject([{ takes: expect.stringMatching(/./) }])
        expect(listMistakes(inputs)[0]).not.toHaveProperty('got')
      } else expect(pick(parseGood(inputs), testCase.empty)).toEqual(testCase.empty)
    }
  })

  it.each(['org', 'app', 'env', 'token'] as const)('of %s names that input', (name) => {
    expect(listMistakes({ ...bases.deploy, [name]: '' }).map(({ input }) => input)).toEqual([name])
  })

  it('of everything that states a change says that an earlier step’s output was empty', () => {
    const [inputError] = listMistakes({ ...bases.deploy, delta_id: ' ' })
    expect(inputError).toMatchObject({ input: 'delta_id', isAnyOf: true })
    for (const name of ['set_id', 'from_deploy_id', 'from_env', 'redeploy: true', 'step’s output was empty'])
      expect(inputError?.takes).toContain(name)
  })

  it.each([
    ['null', /^an id; the script or jq that gives it found none$/],
    ['a b', /^1 to 128 letters, digits, _ or -$/],
  ])('of an id that is %j', (id, takes) => {
    expect(listMistakes({ ...bases.deploy, delta_id: id })[0]?.takes).toMatch(takes)
  })

  it('of the token names the input and the variable', () => {
    expect(listMistakes({ ...bases.deploy, token: '' })[0]?.takes).toMatch(
      /environment variable HUMANITEC_TOKEN; a secret /,
    )
  })

  it('of github_token is fine where nothing needs it', () => {
    expect(parseGood(bases.deploy).githubToken).toBe('')
  })
})

describe('a bad value', () => {
  const secrets: readonly InputName[] = ['token', 'github_token']

  it.each(entries.flatMap(([name, { bad }]) => bad.map((value) => [name, value] as const)))(
    'of %s is refused with what it got and what it takes: %j',
    (name, value) => {
      const inputErrors = listMistakes(toInputs(cases[name], { [name]: value })).filter(({ input }) => input === name)
      expect(inputErrors.length).toBeGreaterThan(0)
      for (const { got, isSecret, takes } of inputErrors) {
        expect({ got, isSecret }).toEqual(
          secrets.includes(name) ? { isSecret: true } : { got: value.replace(/\/\/.*@/, '//***@') },
        )
        expect(takes).toMatch(/\w/)
      }
    },
  )

  it.each([
    ['https://svc:S3cretPassw0rd@proxy.corp/api', 'https://***@proxy.corp/api'],
    ['https://S3cretPassw0rd@proxy.corp', 'https://***@proxy.corp'],
    ['https://svc:S3cret@Passw0rd#1/2@proxy.corp', 'https://***@proxy.corp'],
    ['svc:S3cretPassw0rd@proxy.corp', '***@proxy.corp'],
    ['https:/svc:S3cretPassw0rd@proxy.corp', '***@proxy.corp'],
    ['https://svc:S3cret\nPassw0rd@proxy.corp', 'https://***@proxy.corp'],
  ])('of an address is told without what may be a password: %j', (value, got) => {
    for (const name of ['api_url', 'app_url', 'environment_url'] as const)
      expect(listMistakes({ ...bases.deploy, [name]: value })).toMatchObject([{ input: name, got }])
  })

  it.each(['deploy', 'wait', 'delete', 'prune'] as const)(
    'of a token is never told, with operation %s',
    (operation) => {
      const told = JSON.stringify(
        listMistakes({ ...bases[operation], token: 'se cret', github_token: 'hid den', pr_comment: 'true' }),
      )
      expect(told).toContain('"token"')
      expect(told).toContain('"github_token"')
      for (const part of ['se', 'cret', 'hid', 'den'].map((text) => new RegExp(`\\b${text}\\b`)))
        expect(told).not.toMatch(part)
    },
  )
})

it.each(['Bearer se-cret', 'bearer  se-cret', 'BEARER\tse-cret'])('%j is told to leave the word out', (token) => {
  expect(listMistakes({ ...bases.deploy, token })).toEqual([
    { input: 'token', isSecret: true, takes: 'the token alone, without the word Bearer before it' },
  ])
})

describe('what contradicts itself', () => {
  it.each<[InputName, InputName, Inputs]>([
    ['set_id', 'delta_id', { set_id: 's1' }],
    ['set_id', 'from_deploy_id', { delta_id: '', set_id: 's1', from_deploy_id: 'f1' }],
    ['set_id', 'from_env', { delta_id: '', set_id: 's1', from_env: 'staging' }],
    ['from_env', 'from_deploy_id', { delta_id: '', from_deploy_id: 'f1', from_env: 'staging' }],
    ['redeploy', 'delta_id', { redeploy: 'true' }],
    ['redeploy', 'set_id', { delta_id: '', set_id: 's1', redeploy: 'true' }],
    ['redeploy', 'from_deploy_id', { delta_id: '', from_deploy_id: 'f1', redeploy: 'true' }],
    ['redeploy', 'from_env', { delta_id: '', from_env: 'staging', redeploy: 'true' }],
  ])('%s beside %s', (refused, other, inputs) => {
    const inputErrors = listMistakes({ ...bases.deploy, ...inputs })
    expect(inputErrors.map(({ input }) => input)).toEqual([refused])
    expect(inputErrors[0]?.takes).toContain(other)
  })

  it.each<[string, Inputs]>([
    ['from_deploy_id and delta_id', { from_deploy_id: 'f1' }],
    ['from_env and delta_id', { from_env: 'staging' }],
    ['from_env, which is env itself', { delta_id: '', from_env: 'production' }],
    ['redeploy: false and delta_id', { redeploy: 'False' }],
    ['create_from and redeploy: true', { delta_id: '', create_from: 'staging', redeploy: 'true' }],
    ['create_from and delta_id', { create_from: 'staging' }],
    ['set_id and create_from', { delta_id: '', set_id: 's1', create_from: 'staging' }],
  ])('is not: %s', (_, inputs) => {
    expect(parseGood({ ...bases.deploy, ...inputs }).operation).toBe('deploy')
  })

  it('create_from without a change states none', () => {
    const inputErrors = listMistakes({ ...bases.deploy, delta_id: '', create_from: 'staging' })
    expect(inputErrors.map(({ input }) => input)).toEqual(['delta_id'])
  })

  it('create_from that is env itself is refused', () => {
    const inputErrors = listMistakes({ ...bases.deploy, create_from: 'production' })
    expect(inputErrors).toEqual([{ input: 'create_from', got: 'production', takes: expect.stringContaining('env') }])
  })
})

it('an operation that there isn’t hides no other mistake', () => {
  const wrong = {
    operation: 'promote',
    delta_id: 'a b',
    mode: 'quick',
    redeploy: 'yes',
    on_conflict: 'queue',
    wait: 'no',
    dry_run: 'maybe',
    timeout: '1.5h',
    env_type: 'a b',
    environment_url: 'shop',
    deployment_id: '?',
  }
  expect(listMistakes({ ...place, ...wrong }).map(({ input }) => input)).toEqual(
    expect.arrayContaining(Object.keys(wrong)),
  )
  expect(listMistakes({ ...bases.prune, operation: 'prun' }).map(({ input }) => input)).toEqual(['operation'])
})

describe('what belongs to another operation', () => {
  const changes: Inputs[] = [
    { delta_id: 'd1' },
    { images: 'web=shop:1' },
    { score: 'score.yaml' },
    { set_id: 's1' },
    { from_deploy_id: 'f1' },
    { from_env: 'staging' },
    { redeploy: 'true' },
  ]
  const refusals = (['wait', 'delete', 'prune'] as const).flatMap((operation) =>
    [...changes, { wait: 'false' }].map((inputs): [Operation, Inputs] => [operation, inputs]),
  )

  it.each<[Operation, Inputs]>([
    ...refusals,
    ['deploy', { deployment_id: 'x1' }],
    ['delete', { deployment_id: 'x1' }],
    ['prune', { deployment_id: 'x1' }],
    ['deploy', { pipeline_run: 'p/r' }],
    ['delete', { pipeline_run: 'p/r' }],
    ['prune', { pipeline_run: 'p/r' }],
    ['wait', { dry_run: 'TRUE' }],
  ])('with operation %s is refused: %j', (operation, inputs) => {
    const inputErrors = listMistakes({ ...bases[operation], ...inputs })
    expect(inputErrors.map(({ input }) => input)).toEqual(Object.keys(inputs))
    expect(inputErrors[0]?.takes).toContain(`operation: ${operation === 'deploy' ? 'wait' : ''}`)
  })

  it.each<[Operation, Inputs]>([
    ['deploy', { dry_run: 'false' }],
    ['wait', { wait: 'true', redeploy: 'false', dry_run: 'False' }],
    ['delete', { wait: 'True', redeploy: 'false' }],
    ['prune', { wait: 'TRUE', redeploy: 'FALSE' }],
    ['wait', { mode: 'any', value_set_version_id: '?', on_conflict: 'any', comment: 'c', create_from: '?' }],
    ['wait', { env_type: 'not a type' }],
    ['delete', { mode: 'any', value_set_version_id: '?', on_conflict: 'any', comment: 'c', create_from: '?' }],
    ['prune', { mode: 'any', value_set_version_id: '?', on_conflict: 'any', comment: 'c', create_from: '?' }],
    ['delete', { environment_url: 'nowhere' }],
    ['prune', { environment_url: 'nowhere' }],
  ])('with operation %s is ignored where it does no harm: %j', (operation, inputs) => {
    expect(parse({ ...bases[operation], ...inputs })).toEqual(parse(bases[operation]))
  })

  it('a pattern is for prune alone, and prune takes nothing else', () => {
    expect(listMistakes({ ...bases.delete, env: 'pr-*' }).map(({ input }) => input)).toEqual(['env'])
    for (const env of ['pr-12', 'pr-*-*', '*', 'Pr-*', 'pr_*'])
      expect(listMistakes({ ...bases.prune, env }).map(({ input }) => input)).toEqual(['env'])
    for (const env of ['pr-*', '*-pr', 'a*b', 'pr*']) expect(parseGood({ ...bases.prune, env }).env).toBe(env)
  })

  it('env_type is kept where environments are made, checked or deleted', () => {
    for (const operation of ['deploy', 'delete', 'prune'] as const)
      expect(parseGood({ ...bases[operation], env_type: 'staging' })).toMatchObject({ envType: 'staging' })
  })
})

describe('beside one another', () => {
  it.each<[Inputs, InputName]>([
    [{ images: 'web=shop:1' }, 'images'],
    [{ score: 'score.yaml' }, 'score'],
    [{ delta_id: '', images: 'web=shop:1', set_id: 's1' }, 'set_id'],
    [{ delta_id: '', score: 'score.yaml', set_id: 's1' }, 'set_id'],
    [{ delta_id: '', images: 'web=shop:1', redeploy: 'true' }, 'redeploy'],
    [{ delta_id: '', images: 'web=shop:1', score_overrides: 'o.yaml' }, 'score_overrides'],
    [{ delta_id: '', score: 'a.yaml\nb.yaml', score_extensions: 'e.yaml' }, 'score_extensions'],
    [{ wait: 'false', wait_for: 'healthy' }, 'wait_for'],
    [{ operation: 'wait', delta_id: '', deployment_id: 'x1', pipeline_run: 'p/r' }, 'pipeline_run'],
  ])('%j is refused', (inputs, input) => {
    expect(listMistakes({ ...bases.deploy, ...inputs }).map((inputError) => inputError.input)).toEqual([input])
  })

  it.each<[Inputs]>([
    [{ delta_id: '', images: 'web=shop:1', score: 'score.yaml' }],
    [{ delta_id: '', images: 'web=shop:1', from_env: 'staging' }],
    [{ delta_id: '', images: 'web=shop:1', from_deploy_id: 'f1' }],
    [{ delta_id: '', score: 'score.yaml', from_env: 'staging' }],
    [{ wait: 'false', dry_run: 'true' }],
  ])('%j is fine', (inputs) => {
    expect(parse({ ...bases.deploy, ...inputs }).kind).toBe('request')
  })
})

it('each line of images that is wrong is told', () => {
  expect(listMistakes({ ...bases.deploy, delta_id: '', images: 'web=a:1\nworker=null\nweb=b:2' })).toMatchObject([
    { input: 'images', got: 'worker=null' },
    { input: 'images', got: 'web=b:2' },
  ])
})

it('all mistakes are told at once, each input with its own', () => {
  const wrong: Inputs = {
    org: 'Acme',
    app: '',
    env: 'a/b',
    token: 'a b',
    delta_id: '?',
    images: 'web=',
    score: 'a\na',
    score_overrides: 'o.yaml',
    score_extensions: 'e.yaml',
    set_id: 's/1',
    value_set_version_id: '!',
    mode: 'fast',
    from_deploy_id: 'f 1',
    from_env: 'S',
    redeploy: 'maybe',
    create_from: '-',
    env_type: '?',
    deployment_id: 'x1',
    pipeline_run: 'p',
    wait: 'no',
    wait_for: 'ever',
    health_timeout: '1s',
    log_lines: 'many',
    timeout: 'soon',
    poll_interval: 'often',
    on_conflict: 'cry',
    dry_run: 'so',
    pull_request: '#12',
    pr_comment: 'yes',
    github_deployment: 'si',
    github_token: 'a b',
    environment_url: 'here',
    api_url: 'there',
    app_url: 'http://example.com',
  }
  expect(new Set(listMistakes(wrong).map(({ input }) => input))).toEqual(new Set(Object.keys(wrong)))
})

it('no mistake is told twice', () => {
  const inputErrors = listMistakes({ ...bases.wait, wait: 'no', poll_interval: '?', redeploy: 'no' })
  const told = inputErrors.map(({ input, takes }) => `${input}: ${takes}`)
  expect(told.length).toBe(new Set(told).size)
})
