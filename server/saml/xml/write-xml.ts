import { escapeHtml } from "../../members/plain-page.js";

type Attributes = Readonly<Record<string, string>>;

/** An element with its attributes escaped, and what is in it as it is: elements, or what `textIn` made. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
  return `<${name}${written.join("")}>${inside.join("")}</${name}>`;
}

export const textIn = escapeHtml;
