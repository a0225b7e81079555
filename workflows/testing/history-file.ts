/**
 * Histories as text and back. The SDK's own `historyToJSON` throws in 1.24 wherever npm installs two copies of protobufjs
 * ("type must be a Type"), so bytes are marked here and everything else is kept as it is.
 */
export function historyToText(history: object): string {
  return JSON.stringify(plain(history));
}

export function historyFromText(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    isObject(value) && typeof value["$bytes"] === "string" ? Buffer.from(value["$bytes"], "base64") : value,
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
