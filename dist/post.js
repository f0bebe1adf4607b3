if (process.env['STATE_open']) {
    process.argv[2] = 'finish';
    await import('./index.js');
}
export {};
