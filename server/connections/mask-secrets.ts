import type { HttpClient, HttpRequest, HttpResponse } from "../../integrations/http.js";
import type { Secrets } from "./connection-secrets.js";
import { writtenForms } from "./written-forms.js";

/** Shorter ones would be found in what has nothing to do with them. */
const SHORTEST = 8;
const MASK = "*".charCodeAt(0);

/**
 * Some systems quote what they were sent, in errors above all, and what they answer is kept, shown and read by later steps. So a
 * connection's secrets are masked in every answer before anybody reads it; likewise the credentials that were made of them.
 */
export function maskingSecrets(http: HttpClient, secrets: Secrets): HttpClient {
  const known = Object.values(secrets).flatMap(formsOf);
  return {
    send: async (request) => masked(await http.send(request), [...known, ...credentialsOf(request).flatMap(formsOf)]),
    close: () => http.close(),
  };
}

/** What stands in a header that authenticates: `Basic` of a name and a secret, a token that was given for one. */
const credentialsOf = ({ headers = {} }: HttpRequest): string[] =>
  Object.entries(headers).flatMap(([name, value]) => (/^(proxy-)?authorization$/i.test(name) ? [value] : []));

/** Itself, its parts ("Bearer …", lines of a key), and as somebody who quotes it would write it. */
const formsOf = (secret: string): string[] => [
  ...new Set([secret, ...secret.split(/\s+/)].filter((part) => part.length >= SHORTEST).flatMap(writtenForms)),
];

function masked(response: HttpResponse, forms: readonly string[]): HttpResponse {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, maskText(value, forms)] as const);
  return { ...response, headers: Object.fromEntries(headers), body: maskBytes(response.body, forms) };
}

const maskText = (text: string, forms: readonly string[]): string =>
  forms.reduce((left, form) => left.replaceAll(form, "*".repeat(form.length)), text);

/** As long as before, so that whatever it stands in reads as it did. */
function maskBytes(body: Buffer, forms: readonly string[]): Buffer {
  for (const form of forms.map((text) => Buffer.from(text)))
    for (let at = body.indexOf(form); at !== -1; at = body.indexOf(form, at + form.length))
      body.fill(MASK, at, at + form.length);
  return body;
}
