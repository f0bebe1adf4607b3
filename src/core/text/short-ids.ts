/** People know a deployment, a Delta, a commit by so much of its id. */
export const shortenDeploymentId = (id: string): string => id.slice(0, 8)

export const shortenHash = (hash: string): string => hash.slice(0, 7)
