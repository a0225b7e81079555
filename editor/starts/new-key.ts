const BYTES = 16;

/** Also where the page came without TLS, so that the browser makes no UUIDs. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
