import { fileURLToPath } from "node:url";
import { lineOf, startChild } from "../child.js";
import { nodeEnv, posting } from "../peers/incoming.js";
import { versionOf } from "../peers/install.js";
import { installNode24 } from "../peers/node24.js";
import type { Side, SideOptions } from "../side.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = fileURLToPath(new URL("../peers/bare-express.ts", import.meta.url));

/** Express alone, a process of its own, on the peers' Node. */
export async function startExpress(options: SideOptions): Promise<Side> {
  const node = await installNode24();
  const child = startChild(node.path, [program], { name: "express", cwd: root, env: nodeEnv(options) });
  const [, port = ""] = await lineOf(child, /^port (\d+)$/m);
  return {
    name: "Express",
    version: `${await versionOf(root, "express")} on Node ${node.version}`,
    event: posting(`http://127.0.0.1:${port}/hook`),
    processes: () => Promise.resolve([{ name: "express", pid: child.pid }]),
    stop: () => child.stop(),
  };
}
