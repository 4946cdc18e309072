#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  console.error(`async-lessons needs Node.js 20.11 or later, and this is ${process.version}: please update Node.js.`);
  process.exitCode = 2;
} else {
  import('../dist/cli/main.js').then(({ main }) => main(process.argv.slice(2)));
}
