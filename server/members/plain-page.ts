import { nonceOf } from "../http/security-headers.js";

interface PlainPage {
  readonly language: "en" | "fr";
  readonly title: string;
  /** Elements, with whatever comes from outside escaped. */
  readonly body: readonly string[];
  readonly locals: Readonly<Record<string, unknown>>;
}

/** For the few pages that come from the server as they are, without the editor: what a link or a provider led to and nobody was signed in by. */
export const plainPage = ({ language, title, body, locals }: PlainPage): string => `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <style nonce="${nonceOf(locals)}">
      body { font: 15px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto 2rem; padding: 0 1.25rem; }
      h1 { font-size: 1.3rem; }
      pre { padding: 0.75rem 1rem; font-size: 0.8rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body.join("\n      ")}
    </main>
  </body>
</html>
`;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
