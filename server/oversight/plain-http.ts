const ownMachine = ["127.0.0.1", "localhost", "[::1]"];

/** Whether one of the values is an address that anybody on the way could read; on this machine there is no way. */
export const isPlainHttp = (values: readonly unknown[]): boolean =>
  values.some((value) => {
    const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
    return url?.protocol === "http:" && !ownMachine.includes(url.hostname);
  });
