/** The process's environment, as Node has it. */
export type Variables = Readonly<Record<string, string | undefined>>
