/** Every input, with the default that an absent or empty one gets. action.yml and the README are held against this. */
export const inputDefaults = {
  operation: 'deploy',
  org: '',
  app: '',
  env: '',
  token: '',
  delta_id: '',
  images: '',
  score: '',
  score_overrides: '',
  score_extensions: '',
  set_id: '',
  value_set_version_id: '',
  mode: '',
  from_deploy_id: '',
  from_env: '',
  redeploy: 'false',
  create_from: '',
  env_type: '',
  deployment_id: '',
  pipeline_run: '',
  comment: '',
  wait: 'true',
  wait_for: 'deployed',
  health_timeout: '5m',
  log_lines: '0',
  timeout: '30m',
  poll_interval: 'auto',
  on_conflict: 'fail',
  dry_run: 'false',
  pull_request: '',
  pr_comment: 'false',
  github_deployment: 'false',
  github_token: '',
  environment_url: '',
  api_url: 'https://api.humanitec.io',
  app_url: 'https://app.humanitec.io',
} as const

export type InputName = keyof typeof inputDefaults
export type RawInputs = Readonly<Record<InputName, string>>

export const inputNames = Object.keys(inputDefaults) as InputName[]

/** The process's environment, as Node has it. */
export type Variables = Readonly<Record<string, string | undefined>>
