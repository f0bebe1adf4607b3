/** As the real service writes them: nine decimals. The last six are made up from the time itself. */
export const formatTime = (ms: number): string => {
  const beyond = String((Math.floor(ms) * 48_271 + 7) % 1_000_000).padStart(6, '0')
  return `${new Date(ms).toISOString().slice(0, -1)}${beyond}Z`
}
