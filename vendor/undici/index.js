export const { fetch } = globalThis
