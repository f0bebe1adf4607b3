import type { Environment } from '../../ports.ts'
import type { OthersClaim } from '../environment/fence.ts'
import type { Common } from '../inputs/request.ts'
import type { Problem } from '../run/outcome.ts'

/** `environment` is given when it is there, but being deleted. */
export const formatNoEnvironment = ({ org, app, env }: Common, environment?: Environment): Problem =>
  environment
    ? {
        cause: 'the environment is being deleted',
        what: `The environment ${env} of ${app} in ${org} is being deleted.`,
        remedy: 'Run the step again when it is gone; for a preview, set create_from, which waits and makes it anew.',
      }
    : {
        cause: 'there is no such environment',
        what: `There is no environment ${env} in the application ${app} of ${org}, or the token may not see it.`,
        remedy: 'Check org, app and env, and the token’s roles; for a preview, set create_from, which makes it.',
      }

/** An input names an environment that isn't there. */
export const formatNoSource = ({ org, app, env }: Common, input: 'create_from' | 'from_env', from: string): Problem => {
  const use = input === 'create_from' ? `create ${env} from` : `take the state of ${env} from`
  return {
    cause: `there is no environment ${from}`,
    what: `There is no environment ${from} in the application ${app} of ${org} to ${use}, or the token may not see it.`,
    remedy: `Check ${input}, and the token’s roles.`,
  }
}

/** `env_type` names another type than the environment has. */
export const formatWrongType = ({ id, type }: Environment, envType: string): Problem => ({
  cause: `${id} is of type ${type || 'unknown'}, not ${envType}`,
  what: `The environment ${id} is of type ${type || 'unknown'}, not ${envType}.`,
  causeTellsAll: true,
  remedy: 'Check env and env_type.',
})

/** With `create_from`, the environment is somebody else's preview, as its name says. */
export const formatOthersEnvironment = ({ id, name }: Environment, claim: OthersClaim): Problem => ({
  cause: `${id} was made for ${claim}`,
  what: `The environment ${id} is named ${name}: it was made for ${claim}.`,
  remedy:
    claim === 'another repository'
      ? 'Give every repository ids of its own, such as env: shop-pr-12.'
      : 'Check env: every pull request needs one of its own, such as env: pr-12.',
})

/** A copy gets its source's type, and another production environment is nothing to make without being told. */
export const formatProductionCopy = ({ env }: Common, from: string): Problem => ({
  cause: 'the copy would be a production environment',
  what: `The environment ${from} is of type production, and so would be its copy ${env}.`,
  remedy: 'Say which type the copy gets, for example env_type: development.',
})

/** `from_env` or `create_from` names an environment without a succeeded deployment. */
export const formatNothingSucceeded = ({ id }: Pick<Environment, 'id'>): Problem => ({
  cause: `nothing has succeeded in ${id} yet`,
  what: `The environment ${id} has no succeeded deployment to start from.`,
  remedy: 'Deploy to it first, or name another environment.',
})
