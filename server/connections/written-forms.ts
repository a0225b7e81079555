/**
 * How a text is written in what quotes it: in JSON and in addresses, also in those that are quoted themselves, in forms, as hexadecimal,
 * and in base64 wherever in the encoded text it begins.
 */
export function writtenForms(text: string): string[] {
  const [json, address] = [inJson(text), encodeURIComponent(text)];
  const hex = Buffer.from(text).toString("hex");
  const base64 = [0, 1, 2].map((offset) => inBase64(text, offset));
  return [
    ...[text, json, inJson(json), address, encodeURIComponent(address), address.replaceAll("%20", "+")],
    ...[hex, hex.toUpperCase(), ...base64],
    ...base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Without the signs at both ends, which depend on what stands beside it. */
function inBase64(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  return bytes.toString("base64").slice(offset === 0 ? 0 : offset + 1, Math.floor((bytes.length * 8) / 6));
}
