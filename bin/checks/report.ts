/** How a check ends: nothing to say, or each problem on a line of its own and exit code 1. */
export function report(problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
