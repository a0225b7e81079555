import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkEnvironment } from "./supervisor/check-environment.js";
import { createProgress } from "./supervisor/progress.js";
import { repositoryRoot } from "./supervisor/root.js";
import { BUILT_PROGRAMS } from "./supervisor/roles.js";
import { readSettings } from "./supervisor/settings.js";
import { runUntilStopped } from "./supervisor/signals.js";
import { supervise } from "./supervisor/supervise.js";
import { tidyMemory } from "./supervisor/tidy-memory.js";

const root = repositoryRoot();
const envFile = join(root, ".env");
if (existsSync(envFile)) process.loadEnvFile(envFile);

// Nobody may read any more (a closed terminal, a pipe to `head`): that is no reason to leave the processes alone.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

tidyMemory();

await runUntilStopped((stop) => {
  const settings = readSettings(process.env, root);
  checkEnvironment(process.env);
  const progress = createProgress((text) => process.stdout.write(text));
  return supervise({ settings, programs: BUILT_PROGRAMS, progress, stop });
});
