#!/usr/bin/env node
import "./bootstrap/node-version.mjs";

const { main, root } = await import("./bootstrap/entry.mjs");
const { prepareIfMissing } = await import("./bootstrap/prepare.mjs");

await main(async () => {
  // Standard output is the command's alone.
  await prepareIfMissing(root, (text) => process.stderr.write(text));
  await import("../dist/bin/run-cli.js");
});
