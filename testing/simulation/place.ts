import type { WorkflowContext } from '../../src/core/run/workflow-context.ts'
import { workflow as usualWorkflow } from '../example.ts'

/** Where and as whom every simulated run deploys. */
export const place = 'acme/shop/shop-env'
export const sourcePlace = 'acme/shop/staging'
/** Where some pipelines go on to. */
export const furtherEnvironment = 'production'

export const workflow: WorkflowContext = { ...usualWorkflow, commitTitle: 'Show the price' }
