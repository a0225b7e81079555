import { pino } from "pino";
import { createServices, startApi } from "./api.js";
import { refuseOpenDoor } from "./members/open-door.js";
import { ConfigError, readConfig, type Config } from "./config.js";
import { loggable } from "./http/log.js";
import { REFUSED } from "./refused-configuration.js";
import { createRuntime } from "./runtime.js";
import { fillDemo } from "./seed/fill-demo.js";
import { startWorker } from "./worker.js";

/** The composition root: reads the configuration, wires everything, starts the roles asked for, stops them in order. */
const config = readOrExit();
const log = pino({ level: config.logLevel, base: { role: config.role } });
const runtime = await createRuntime(config, log).catch(exitWith);
const stops: (() => Promise<void>)[] = [];
let stopping = false;

if (config.role !== "worker") {
  await refuseOpenDoor(runtime).catch(exitWith);
  const services = createServices(runtime);
  // Before listening, so that the newcomer's link leads to a loop that has closed once already.
  if (config.sandbox !== "off") await fillDemo(runtime, services).catch(runtime.onError);
  const api = await startApi(runtime, services);
  stops.push(() => api.stop());
  log.info({ port: api.port }, "The api listens");
}
if (config.role !== "api") {
  const worker = await startWorker(runtime);
  stops.push(() => worker.stop());
  log.info("The worker takes work");
  worker.ended.catch((error: unknown) => {
    if (stopping) return;
    log.error({ err: loggable(error) }, "The worker ended by itself");
    process.exit(1);
  });
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  stopping = true;
  await Promise.all(stops.map((one) => one()));
  await runtime.close();
  process.exit(0);
}

function readOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    return exitWith(error);
  }
}

function exitWith(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${REFUSED.words}\n${error.message}\n`);
  process.exit(REFUSED.exitCode);
}
