#!/usr/bin/env node
import "./bootstrap/node-version.mjs";

const { main, root } = await import("./bootstrap/entry.mjs");
const { installPackages, missingPackages } = await import("./bootstrap/machine.mjs");
const { add, NOTHING, sentence } = await import("./bootstrap/numbers.mjs");
const { prepare } = await import("./bootstrap/prepare.mjs");
const { STAGES } = await import("./bootstrap/stages.mjs");

await main(async () => {
  const steps = await prepare(root).catch((error) => {
    console.error(error.message);
    console.log(sentence({ ...NOTHING, failed: 1 }));
  });
  if (steps === undefined) {
    process.exitCode = 1;
    return;
  }
  const reason = await installPackages(missingPackages(), steps);
  const notes = [];
  let total = NOTHING;
  for (const stage of STAGES.filter(({ exists }) => exists(root))) {
    const obstacle = stage.skip?.();
    if (obstacle !== undefined) {
      notes.push(`skipped: ${stage.name}, because ${obstacle}${reason === undefined ? "" : ` (${reason})`}`);
      total = add(total, { ...NOTHING, skipped: 1 });
      continue;
    }
    steps.line(`\n== ${stage.name}`);
    const counts = await stage.run(root);
    notes.push(`${stage.name}: ${sentence(counts)}`);
    total = add(total, counts);
  }
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  for (const failure of total.failures) steps.line(`\nfailed: ${failure}`);
  for (const note of notes) steps.line(note);
  steps.line(sentence(total));
});
