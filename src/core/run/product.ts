/** What the action calls itself towards the API. */
export const product = { name: 'humanitec-deploy', version: '1.0.0' } as const
