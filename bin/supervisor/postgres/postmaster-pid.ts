/** What PostgreSQL's lock file says. Lines: pid, data folder, start (s), port, socket folder, listen address, shared memory, status. */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly port: number | undefined;
  /** "starting", "ready", "standby" or "stopping"; undefined before it was written. */
  readonly status: string | undefined;
}

/** Undefined when the text is no lock file, for example cut short by a crash. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  const dataDirectory = lines[1] ?? "";
  if (!Number.isSafeInteger(pid) || pid === 0 || dataDirectory === "") return undefined;
  const port = Number(lines[3]);
  // A negative pid is a single-user server's.
  return { pid: Math.abs(pid), dataDirectory, port: port > 0 ? port : undefined, status: lines[7] || undefined };
}
