import { print } from "../table.js";
import { PeerUnavailable } from "./install.js";

/** The rows of a round whose peer cannot be had here: none, and why is printed. Every other error is thrown on. */
export function leftOut(error: unknown): [] {
  if (!(error instanceof PeerUnavailable)) throw error;
  print(error.message);
  return [];
}
