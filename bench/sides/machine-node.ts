import { PeerUnavailable } from "../peers/install.js";
import type { Side, SideOptions } from "../side.js";
import { startProduct } from "./product.js";

/** The same product on the Node that npm itself runs on, instead of the one that came with the packages. */
export async function startOnMachineNode(options: SideOptions): Promise<Side> {
  const { npm_node_execpath: node } = process.env;
  if (node === undefined || node === process.execPath)
    throw new PeerUnavailable("The machine's Node is the one that the product runs on anyway.");
  return startProduct({ ...options, env: { LOOPWRIGHT_NODE: node } });
}
