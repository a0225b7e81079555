import { createHmac } from "node:crypto";
import type { SampleDelivery } from "../source.js";
import { parsePath, type Path } from "./path.js";
import type { Field, GenericSettings, Mapping } from "./settings.js";
import { signStandard } from "./verify.js";

type Tree = Record<string, unknown>;

/** What the sender would post if this were said: each field where the mapping looks for it. Null where its signature cannot be made here. */
export const sampleOf: SampleDelivery<GenericSettings> = (said, { settings, secret, now }) => {
  const { mapping, scaleMin, scaleMax } = settings;
  const { happy, ...words } = said;
  const [least, most] = [scaleMin ?? 0, scaleMax ?? 10];
  const score = happy ? most : least + Math.round((most - least) / 5);
  const values: Partial<Record<keyof Mapping, unknown>> = { ...words, score, submittedAt: now.toISOString() };
  const payload: Tree = {};
  for (const [field, value] of Object.entries(values)) put(payload, mapping[field as keyof typeof values], value); // The keys of this very object.
  const rawBody = Buffer.from(JSON.stringify(payload));
  const headers = signed(rawBody, { settings, secret, now, id: said.responseId });
  return headers && { rawBody, headers };
};

function put(payload: Tree, field: Field | Mapping["attributes"], value: unknown): void {
  const path = typeof field === "string" ? parsePath(field) : null;
  if (path && path.length > 0) place(payload, path, value);
}

/** Lists and objects come into being on the way. */
function place(at: Tree, [step = "", next, ...rest]: Path, value: unknown): void {
  if (next === undefined) {
    at[step] = value;
    return;
  }
  at[step] ??= typeof next === "number" ? [] : {};
  // Made by this function, or by an earlier field on the same way.
  place(at[step] as Tree, [next, ...rest], value);
}

interface Signing {
  readonly settings: GenericSettings;
  readonly secret: string;
  readonly now: Date;
  readonly id: string;
}

function signed(rawBody: Buffer, { settings, secret, now, id }: Signing): Readonly<Record<string, string>> | null {
  const { verifier } = settings;
  if (verifier.scheme === "hubspot-v3") return null;
  if (verifier.scheme === "sha256-hmac")
    return { [verifier.header]: `${verifier.prefix}${createHmac("sha256", secret).update(rawBody).digest("hex")}` };
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const [signature] = signStandard(secret, { id, timestamp, rawBody });
  if (signature === undefined) return null;
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
}
