// Most runs leave nothing open: then the bundle isn't read.
if (process.env['STATE_open']) {
  process.argv[2] = 'finish'
  await import('./main.ts')
}
