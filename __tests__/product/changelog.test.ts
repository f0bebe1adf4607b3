import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { formatReleaseNotes } from '../../scripts/changelog.ts'

const changelog = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-12-24

### Added

- Snow.

## [1.0.0] - 2026-12-01

### Fixed

- Rain.

[1.0.0]: https://example.com
`
const commit = 'f5a2c1d0e9b8a7f6e5d4c3b2a1f0e9d8c7b6a5f4'

describe('the notes of a release', () => {
  it('are its section of the changelog, and the line to paste', () => {
    expect(formatReleaseNotes(changelog, '1.1.0', 'acme/deploy', commit)).toBe(
      `### Added\n\n- Snow.\n\nPinned by its commit, which can’t be moved:\n\n\`\`\`yaml\nuses: acme/deploy@${commit} # v1.1.0\n\`\`\`\n`,
    )
  })

  it('hold no link definitions of the changelog', () => {
    expect(formatReleaseNotes(changelog, '1.0.0', 'acme/deploy', commit)).toMatch(/^### Fixed\n\n- Rain\.\n\nPinned/)
  })

  it.each(['1.2.0', 'Unreleased'])('are refused where the changelog has nothing to say (%s)', (version) => {
    expect(() => formatReleaseNotes(changelog, version, 'acme/deploy', commit)).toThrow('has no section')
  })
})

describe('CHANGELOG.md', () => {
  const headings = [
    ...readFileSync(join(import.meta.dirname, '../../CHANGELOG.md'), 'utf8').matchAll(/^## (.*)$/gm),
  ].map(([, heading]) => heading)

  it('begins with what is not released yet, and dates what is', () => {
    expect(headings[0]).toBe('[Unreleased]')
    expect(headings.slice(1).filter((heading = '') => !/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/.test(heading))).toEqual(
      [],
    )
  })
})
