/** SQLSTATEs, Node's codes and ours are enums; an error's text may quote a row, a request or a person, so it stays out of Temporal and of tables. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : "unexpected_error";
}
