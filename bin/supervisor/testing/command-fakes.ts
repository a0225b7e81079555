import { runCommand } from "../command-line.js";
import { createProgress } from "../progress.js";
import { readSettings } from "../settings.js";

/** The real command-line wrapper around a command that a test wrote; the first argument is the folder it stands in. */
const [root = process.cwd(), ...args] = process.argv.slice(2);

process.exitCode = await runCommand({
  settings: readSettings(process.env, root),
  programs: { server: "server.mjs", sandbox: "sandbox.mjs", cli: "cli.mjs" },
  progress: createProgress((text) => process.stderr.write(text)),
  args,
});
