import { createProgress } from "../progress.js";
import { readSettings } from "../settings.js";
import { runUntilStopped } from "../signals.js";
import { supervise } from "../supervise.js";

/** The real supervisor around programs that a test wrote: arguments are the folder they stand in. */
const root = process.argv[2] ?? process.cwd();

await runUntilStopped((stop) =>
  supervise({
    settings: readSettings(process.env, root),
    programs: { server: "server.mjs", sandbox: "sandbox.mjs", cli: "cli.mjs" },
    progress: createProgress((text) => process.stdout.write(text)),
    stop,
  }),
);
