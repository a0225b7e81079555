// Preloaded into a process under test: writes its CPU profile when it ends, to the folder that BENCH_PROFILES names.
import { mkdirSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

const folder = process.env["BENCH_PROFILES"];
if (folder) {
  mkdirSync(folder, { recursive: true });
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.start");
  // What came before the load is not asked about.
  process.on("SIGUSR2", () => session.post("Profiler.stop", () => session.post("Profiler.start")));
  const role =
    process.env["LOOPWRIGHT_ROLE"] ??
    process.argv
      .slice(1, 3)
      .join("-")
      .replaceAll(/[^\w.-]+/g, "_");
  process.on("exit", () =>
    session.post("Profiler.stop", (error, stopped) => {
      if (!error)
        writeFileSync(
          join(folder, `${role.slice(-40)}-${process.pid}-${threadId}.cpuprofile`),
          JSON.stringify(stopped.profile),
        );
    }),
  );
}
