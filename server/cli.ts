import { failureOf, runCommand } from "./command-line/run-command.js";

/** Results alone on standard output, so that scripts can take them; everything else on standard error. */
try {
  // eslint-disable-next-line no-restricted-properties -- handed on to readConfig
  process.stdout.write(`${await runCommand(process.argv.slice(2), process.env)}\n`);
} catch (error) {
  const { exitCode, words } = failureOf(error);
  process.stderr.write(`${words}\n`);
  process.exitCode = exitCode;
}
