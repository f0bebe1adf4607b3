import { expect, it } from '@jest/globals'
import { summarizePage } from '../../../src/core/text/clean.ts'

const nginx =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>'

it.each([
  ['a page', nginx, 'a page with the title “502 Bad Gateway”'],
  ['one with a declaration', `\n<!DOCTYPE html>${nginx}`, 'a page with the title “502 Bad Gateway”'],
  ['one whose title has attributes', '<HTML><TITLE lang="en"> Log in\n</TITLE>', 'a page with the title “Log in”'],
  ['one without a title', '<html><body>Sorry</body></html>', 'a page without a title'],
  ['one with an empty title', '<html><title> </title></html>', 'a page without a title'],
  ['one whose title does not end', '<html><title>half a secret', 'a page without a title'],
  ['other text', 'no <html> here', 'no <html> here'],
  ['nothing', '', ''],
])('%s', (_, text, summary) => {
  expect(summarizePage(text)).toBe(summary)
})

it('looks for the title near the beginning only', () => {
  expect(summarizePage(`<html>${'<title'.repeat(200_000)}`)).toBe('a page without a title')
})
