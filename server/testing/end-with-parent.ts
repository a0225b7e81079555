import { spawn } from "node:child_process";

/**
 * A shell that reads from us: when this process dies, however it dies, the pipe closes, and the shell ends the servers and
 * removes the folder. Told "done" it does nothing. It needs no polling, and 1 MB.
 */
const WATCH = `
folder=$1; shift
read -r word
[ "$word" = done ] && exit 0
kill -INT "$@" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$@" 2>/dev/null || break; sleep 0.5; done
kill -KILL "$@" 2>/dev/null
rm -rf "$folder"
`;

export interface Watch {
  /** The servers ended in good order: nothing is left to do. */
  done(): void;
}

/** Ends servers and removes their folder should this process die before it calls `done`. */
export function endWithParent(pids: readonly number[], folder: string): Watch {
  const shell = spawn("/bin/sh", ["-c", WATCH, "sh", folder, ...pids.map(String)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.unref();
  return {
    done: () => {
      shell.stdin.end("done\n");
    },
  };
}
