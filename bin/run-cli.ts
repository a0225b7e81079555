import { existsSync } from "node:fs";
import { join } from "node:path";
import { answerAtOnce } from "../server/command-line/read-words.js";
import { runCommand } from "./supervisor/command-line.js";
import { createProgress } from "./supervisor/progress.js";
import { BUILT_PROGRAMS } from "./supervisor/roles.js";
import { repositoryRoot } from "./supervisor/root.js";
import { readSettings } from "./supervisor/settings.js";

const root = repositoryRoot();
const envFile = join(root, ".env");
if (existsSync(envFile)) process.loadEnvFile(envFile);

const args = process.argv.slice(2);
const answer = answerAtOnce(args);

if (answer) {
  const stream = answer.exitCode === 0 ? process.stdout : process.stderr;
  stream.write(`${answer.text}\n`);
  process.exitCode = answer.exitCode;
} else {
  process.exitCode = await runCommand({
    settings: readSettings(process.env, root),
    programs: BUILT_PROGRAMS,
    // Standard output is the command's alone.
    progress: createProgress((text) => process.stderr.write(text)),
    args,
  });
}
