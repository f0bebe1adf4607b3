if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `This project runs on Node 24 or later; \`node\` here is ${process.version}.\n` +
      'On Linux (x64, arm64) `npm ci` brings it along: run `npm ci`, then the same command through npm.\n' +
      'Elsewhere: install Node 24 and put it first on PATH.',
  )
  process.exit(1)
}
