import { cpus } from "node:os";
import type { Health } from "../server/health/health-api.js";
import type { Product } from "./sides/product.js";
import { print } from "./table.js";
import { temporalVersion } from "./temporal.js";

/** One line: what was measured, on what. */
export async function printVersions(product: Pick<Product, "api">): Promise<void> {
  const { version, database } = (await product.api("GET", "/api/health")) as Health;
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}`;
  const server = await temporalVersion(product);
  print(
    `Loopwright ${version}, Node ${process.versions.node}, PostgreSQL ${database.version ?? "?"}, Temporal ${server}; ${machine}`,
  );
}
