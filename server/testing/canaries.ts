import { randomBytes } from "node:crypto";

/** A secret that occurs nowhere else, with signs that each way of writing writes differently. */
export const canary = (begins: string): string => `${begins}${randomBytes(12).toString("hex")}/+="q`;

/** In how many ways a text can stand somewhere: as it is, in JSON, in an address, as hexadecimal, in base64 wherever it begins. */
export function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    // The signs at both ends depend on what stands beside it.
    return whole.slice(offset === 0 ? 0 : 4, Math.floor(((offset + bytes.length) * 8) / 6));
  });
  const url = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  const escaped = JSON.stringify(text).slice(1, -1);
  const twice = JSON.stringify(escaped).slice(1, -1);
  const address = encodeURIComponent(text);
  const form = new URLSearchParams({ x: text }).toString().slice(2);
  return [...new Set([text, escaped, twice, address, form, hex, hex.toUpperCase(), ...base64, ...url])];
}

/** Which canaries stand in which places; empty in a healthy product. */
export const foundIn = (
  places: Readonly<Record<string, string>>,
  canaries: Readonly<Record<string, string>>,
): readonly string[] =>
  Object.entries(places).flatMap(([place, text]) =>
    Object.entries(canaries).flatMap(([name, value]) => {
      const form = formsOf(value).find((one) => text.includes(one));
      return form === undefined ? [] : [`${name} in ${place}: …${around(text, form)}…`];
    }),
  );

function around(text: string, form: string): string {
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 80), at + form.length + 40);
}
