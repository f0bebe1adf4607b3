/** Every input, with the default that an absent or empty one gets. action.yml and the README are held against this. */
export const inputDefaults = {
  operation: 'deploy',
  org: '',
  app: '',
  env: '',
  token: '',
  api_url: 'https://api.humanitec.io',
  app_url: 'https://app.humanitec.io',
  images: '',
  score: '',
  score_overrides: '',
  score_extensions: '',
  delta_id: '',
  from_env: '',
  from_deploy_id: '',
  redeploy: 'false',
  create_from: '',
  env_type: '',
  set_id: '',
  value_set_version_id: '',
  mode: '',
  comment: '',
  dry_run: 'false',
  wait: 'true',
  timeout: '30m',
  wait_for: 'deployed',
  health_timeout: '5m',
  log_lines: '0',
  on_conflict: 'fail',
  poll_interval: 'auto',
  deployment_id: '',
  pipeline_run: '',
  pr_comment: 'false',
  github_deployment: 'false',
  environment_url: '',
  pull_request: '',
  github_token: '',
} as const

export type InputName = keyof typeof inputDefaults
export type RawInputs = Readonly<Record<InputName, string>>

export const inputNames = Object.keys(inputDefaults) as InputName[]

/** The process's environment, as Node has it. */
export type Variables = Readonly<Record<string, string | undefined>>
