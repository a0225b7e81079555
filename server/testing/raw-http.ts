import { connect } from "node:net";

/** What a client that follows no rules writes and reads: request line and headers as they are given. */
export function raw(url: string, head: string, body = ""): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head}\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n${body}`);
    });
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    socket.on("end", () => {
      resolve(answer);
    });
    // A server that has heard enough ends the connection, with or without a word.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" || error.code === "EPIPE") resolve(answer);
      else reject(error);
    });
  });
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

export const get = (url: string, target: string, headers = ""): Promise<string> =>
  raw(url, `GET ${target} HTTP/1.1${headers === "" ? "" : `\r\n${headers}`}`);
