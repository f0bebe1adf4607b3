/** Whose an environment is that isn't ours, as its name says. */
export type OthersClaim = 'another repository' | 'another pull request'

/**
 * Why an environment may not be deleted:
 * - `others`: it is somebody else's, whatever `env_type` says
 * - `type`: it has another type than the workflow says it must have
 * - `unnamed`: its name doesn't say that it was made for this repository
 * - `unnumbered`: nor, for `prune`, for which pull request
 * - `misfit`: its id doesn't fit the pattern of `prune`
 */
export type Fence =
  | { readonly kind: 'others'; readonly claim: OthersClaim; readonly name: string }
  | { readonly kind: 'type'; readonly type: string; readonly wanted: string }
  | { readonly kind: 'production' }
  | { readonly kind: 'unnamed'; readonly name: string; readonly repository: string }
  | { readonly kind: 'unnumbered'; readonly name: string }
  | { readonly kind: 'misfit'; readonly pattern: string }
  | { readonly kind: 'being_deleted' }
  | { readonly kind: 'open_pull_request' }
  | { readonly kind: 'no_pull_request'; readonly pullRequest: number; readonly repository: string }
