import { feedbackSchema, type Feedback } from "../feedback.js";
import type { Mapped } from "../source.js";
import * as read from "./read.js";
import type { GenericSettings, Mapping } from "./settings.js";

/** One payload is one response. What does not fit is refused with the reason; a score is never converted or clipped. */
export function mapPayload(payload: unknown, settings: GenericSettings, receivedAt: Date): Mapped {
  try {
    return checked(toFeedback(payload, settings, receivedAt));
  } catch (error) {
    if (error instanceof read.Unmappable) return { ok: false, reason: error.message, field: error.field };
    throw error;
  }
}

function checked(feedback: Feedback): Mapped {
  const result = feedbackSchema.safeParse(feedback);
  if (result.success) return { ok: true, feedback: [result.data] };
  const [issue] = result.error.issues;
  const field = issue?.path.join(".") ?? null;
  return { ok: false, reason: `${field ?? "payload"}: ${issue?.message ?? "not valid"}.`, field };
}

function toFeedback(payload: unknown, settings: GenericSettings, receivedAt: Date): Feedback {
  const { mapping, metric, scaleMin, scaleMax } = settings;
  const at = (field: Exclude<keyof Mapping, "attributes">) => read.reading(payload, field, mapping[field]);
  const said = (field: Exclude<keyof Mapping, "attributes">) => read.text(at(field));
  const scale = { min: scaleMin ?? -Infinity, max: scaleMax ?? Infinity, whole: metric === "nps" };
  const who = { email: read.email(at("email")), phone: said("phone"), externalId: said("externalId") };
  return {
    responseId: read.requiredText(at("responseId")),
    kind: "created",
    metric,
    score: read.score(at("score"), scale),
    scaleMin,
    scaleMax,
    comment: said("comment"),
    language: read.language(at("language"), settings.language),
    domain: settings.domain,
    respondent: { ...who, name: said("name"), anonymous: Object.values(who).every((value) => value === null) },
    account: { externalId: said("accountExternalId"), name: said("account") },
    product: said("product"),
    attributes: attributes(payload, mapping.attributes ?? {}),
    ...(mapping.relation !== undefined && { relation: read.relation(at("relation")) }),
    ...when(read.time(at("submittedAt")), receivedAt),
    complete: true,
  };
}

/** Where nothing is said, the time of arrival, and marked as such: the same bytes again are the same content. */
const when = (said: string | null, receivedAt: Date): Pick<Feedback, "occurredAt" | "occurredAtArrival"> =>
  said === null ? { occurredAt: receivedAt.toISOString(), occurredAtArrival: true } : { occurredAt: said };

function attributes(payload: unknown, fields: NonNullable<Mapping["attributes"]>): Feedback["attributes"] {
  const entries = Object.entries(fields).map(([name, from]) => {
    const value = read.attribute(read.reading(payload, `attributes.${name}`, from));
    return [name, value] as const;
  });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
