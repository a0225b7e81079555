import { z } from "zod";

/** A batch of HubSpot's events: `[{"subscriptionType":"contact.privacyDeletion","objectId":123,"eventId":1,"portalId":33}, …]`. */
const eventsSchema = z
  .array(
    z.looseObject({
      subscriptionType: z.string().max(100),
      objectId: z.union([z.number().int(), z.string().min(1).max(200)]).optional(),
    }),
  )
  .min(1)
  .max(1_000);

const PRIVACY_DELETION = "contact.privacyDeletion";

/**
 * The ids of those who are to be forgotten. Null: the delivery is no batch of events, so it is feedback. A deletion for privacy is told as a
 * plain deletion too, and as whatever else was subscribed to: none of that asks for anything.
 * @see https://developers.hubspot.com/changelog/now-live-webhooks-now-support-privacy-compliant-contact-deletions
 */
export function askedErasures(payload: unknown): readonly string[] | null {
  const { data } = eventsSchema.safeParse(payload);
  if (!data) return null;
  const ids = data.flatMap(({ subscriptionType, objectId }) =>
    subscriptionType === PRIVACY_DELETION && objectId !== undefined ? [String(objectId)] : [],
  );
  return [...new Set(ids)];
}
