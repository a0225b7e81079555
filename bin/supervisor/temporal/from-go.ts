import { join } from "node:path";
import { inScratch, keep } from "./kept.js";
import { runProgram } from "./run-program.js";
import type { Found, SourceContext } from "./source.js";

const GO_VERSION = "1.5.1";

export async function goInstall({ cacheDir, env, signal }: SourceContext): Promise<Found> {
  if (!(await runProgram("go", ["version"], { timeoutMs: 20_000, env })).ok) return { reason: "no Go" };
  return inScratch(cacheDir, async (scratch) => {
    const folders = {
      GOBIN: scratch,
      GOPATH: join(scratch, "path"),
      GOCACHE: join(scratch, "build"),
      GOFLAGS: "-modcacherw",
    };
    const target = `github.com/temporalio/cli/cmd/temporal@v${GO_VERSION}`;
    const build = await runProgram("go", ["install", target], {
      timeoutMs: 900_000,
      signal,
      env: { ...env, ...folders },
      cwd: scratch,
    });
    return build.ok ? keep(join(scratch, "temporal"), cacheDir, GO_VERSION) : { reason: build.reason };
  });
}
