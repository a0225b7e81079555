import { join } from "node:path";
import { installPeer, runIn, versionOf } from "./install.js";
import { installNode24, type Node24 } from "./node24.js";

const VERSION = "1.100.1";

export interface N8n {
  readonly node: Node24;
  /** What `node` runs. */
  readonly program: string;
  readonly version: string;
}

/** Its SQLite is compiled here: it comes as source. The xlsx it asks for is not on npm; nothing here reads spreadsheets. */
export async function installN8n(): Promise<N8n> {
  const node = await installNode24();
  const folder = await installPeer({
    name: "n8n",
    version: VERSION,
    dependencies: { n8n: VERSION, "node-gyp": "11" },
    overrides: { xlsx: "0.18.5" },
    node: node.path,
    build: (root) => buildSqlite(root, node),
  });
  const version = await versionOf(folder, "n8n");
  return { node, program: join(folder, "node_modules/n8n/bin/n8n"), version };
}

async function buildSqlite(folder: string, { path, folder: headers }: Node24): Promise<void> {
  const gyp = join(folder, "node_modules/node-gyp/bin/node-gyp.js");
  await runIn(join(folder, "node_modules/sqlite3"), [path, gyp, "rebuild", "--nodedir", headers]);
}
