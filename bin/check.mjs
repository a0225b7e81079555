#!/usr/bin/env node
import "./bootstrap/node-version.mjs";

const { availableParallelism } = await import("node:os");
const { CHECKS } = await import("./bootstrap/checks.mjs");
const { main, root } = await import("./bootstrap/entry.mjs");
const { ensureInstalled } = await import("./bootstrap/install.mjs");
const { NOTHING, sentence } = await import("./bootstrap/numbers.mjs");
const { capture } = await import("./bootstrap/run.mjs");
const { createSteps } = await import("./bootstrap/steps.mjs");

await main(async () => {
  const steps = createSteps((text) => process.stdout.write(text));
  await ensureInstalled(root, steps);
  const ended = (result) => steps.line(lineOf(result));
  const width = Math.max(2, Math.min(4, availableParallelism()));
  const results = await steps.step("checking", () => runAll(CHECKS, { width, ended }));
  const failed = results.filter(({ code }) => code !== 0);
  for (const { output } of results.filter(({ code, tells }) => code === 0 && tells)) steps.line(output.trim());
  for (const { name, output } of failed) steps.line(`\n== ${name}\n${output.trim()}`);
  steps.line("");
  if (failed.length > 0) steps.line(`Failed: ${failed.map(({ name }) => name).join(", ")}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
  steps.line(sentence({ ...NOTHING, passed: results.length - failed.length, failed: failed.length }));
});

function lineOf({ name, code, seconds }) {
  return `  ${name.padEnd(12)} ${code === 0 ? "ok    " : "FAILED"} ${seconds.padStart(6)} s`;
}

/** A few at a time; each result is told when it ends, and stands where its check stands in the list. */
async function runAll(checks, { width, ended }) {
  const results = [];
  const queue = [...checks.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, check] = next;
      results[index] = await runOne(check);
      ended(results[index]);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

async function runOne({ name, args, tells = false }) {
  const startedAt = Date.now();
  const { code, output } = await capture(process.execPath, args, { cwd: root });
  return { name, tells, code, output, seconds: ((Date.now() - startedAt) / 1000).toFixed(1) };
}
