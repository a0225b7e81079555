import { kekFile, type Config } from "../config.js";
import { keksOfEnvironment, keksOfFile } from "../privacy/kek-file.js";
import type { KekSource } from "../privacy/kek-source.js";

/** Where this installation keeps its keys. */
export const keksOf = (config: Pick<Config, "kek" | "keksBefore" | "dataDir">): Promise<KekSource> =>
  config.kek === null
    ? keksOfFile(kekFile(config))
    : Promise.resolve(keksOfEnvironment({ current: config.kek, previous: config.keksBefore }));
