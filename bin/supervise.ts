import { existsSync } from "node:fs";
import { join } from "node:path";
import { createProgress } from "./supervisor/progress.js";
import { repositoryRoot } from "./supervisor/root.js";
import { BUILT_PROGRAMS } from "./supervisor/roles.js";
import { readSettings } from "./supervisor/settings.js";
import { runUntilStopped } from "./supervisor/signals.js";
import { supervise } from "./supervisor/supervise.js";

const root = repositoryRoot();
const envFile = join(root, ".env");
if (existsSync(envFile)) process.loadEnvFile(envFile);

await runUntilStopped((stop) =>
  supervise({
    settings: readSettings(process.env, root),
    programs: BUILT_PROGRAMS,
    progress: createProgress((text) => process.stdout.write(text)),
    stop,
  }),
);
