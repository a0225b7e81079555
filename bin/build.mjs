#!/usr/bin/env node
import "./bootstrap/node-version.mjs";

const { main, root } = await import("./bootstrap/entry.mjs");
const { prepare } = await import("./bootstrap/prepare.mjs");

await main(() => prepare(root));
