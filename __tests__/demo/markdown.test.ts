import { expect, it } from '@jest/globals'
import { renderMarkdown } from '../../testing/demo/markdown.ts'

it.each([
  [
    'a fold',
    '<details><summary>More</summary>\n\ntext\n\n</details>',
    '<details><summary>More</summary><p>text</p>\n</details>',
  ],
  ['a fold with an attribute', '<details open onclick="x()">y</details>', '<details open>y</details>'],
  ['a script', 'a <script>alert(1)</script> b', '<p>a  b</p>'],
  ['an unknown element', '<iframe src="https://example.com">x</iframe>', 'x'],
  ['an address of another kind', '[x](javascript:alert(1))', '<p><a>x</a></p>'],
  [
    'an image of the web',
    '<img src="https://example.com/a.png" onerror="x()">',
    '<img src="https://example.com/a.png">',
  ],
  ['a comment', '<!-- marker -->\ntext', '<p>text</p>'],
  ['code', '`<script>`', '<p><code>&lt;script&gt;</code></p>'],
])('shows %s as GitHub does', (_, markdown, html) => {
  expect(renderMarkdown(markdown, 'summary').trim()).toBe(html)
})

it('breaks lines where a comment does, and a summary does not', () => {
  expect(renderMarkdown('a\nb', 'comment').trim()).toBe('<p>a<br>b</p>')
  expect(renderMarkdown('a\nb', 'summary').trim()).toBe('<p>a\nb</p>')
})
