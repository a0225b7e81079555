import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/** An address, or the one name that a browser never asks anybody about. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a program on this machine asks, and asks us by an address of this machine. The address of its socket is not enough: a proxy
 * lends its own to everybody, and a page whose name was made to point at 127.0.0.1 (DNS rebinding) makes the browser next to us ask.
 * Both say another name in Host, or a proxy says whom it speaks for.
 */
export function isFromThisMachine({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): boolean {
  const { remoteAddress } = socket;
  if (remoteAddress === undefined || isForwarded(headers) || !LOOPBACK_HOST.test(headers.host ?? "")) return false;
  return ipaddr.process(remoteAddress).range() === "loopback";
}

const isForwarded = (headers: IncomingMessage["headers"]): boolean =>
  ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"].some((name) => headers[name] !== undefined);
