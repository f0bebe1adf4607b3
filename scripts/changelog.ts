/**
 * The notes of a release: its section of CHANGELOG.md, and the line to paste.
 * @param repository `owner/name`
 * @throws Error when there is no section of that version, or nothing in it
 */
export const formatReleaseNotes = (changelog: string, version: string, repository: string, commit: string): string => {
  const section = changelog.split(/^## /m).find((part) => part.startsWith(`[${version}] - `))
  const text = section
    ?.split('\n')
    .slice(1)
    .join('\n')
    .replace(/^\[[^\]]+\]: .*$/gm, '')
    .trim()
  if (!text) throw new Error(`CHANGELOG.md has no section “## [${version}] - date” with something in it.`)
  return `${text}\n\nPinned by its commit, which can’t be moved:\n\n\`\`\`yaml\nuses: ${repository}@${commit} # v${version}\n\`\`\`\n`
}
