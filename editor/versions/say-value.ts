import { conditionSchema, durationSchema } from "../../workflows/flow/parts.js";
import { conditionSentence, languages } from "../../workflows/flow/sentence.js";
import type { Language } from "../../workflows/flow/sentence.js";
import { formatNumber } from "../ui/format.js";

/** What only the pages know. */
export interface Speaker {
  readonly language: Language;
  readonly nothing: string;
  readonly yes: string;
  readonly no: string;
  /** Names of sources, connections, actions and choices, by what a config holds. */
  readonly nameOf: (text: string) => string | undefined;
}

/** A field's value in words; null for what has none, such as the cases of a switch. */
export function sayValue(value: unknown, speaker: Speaker): string | null {
  if (isNothing(value)) return speaker.nothing;
  if (typeof value === "boolean") return value ? speaker.yes : speaker.no;
  if (typeof value === "number") return formatNumber(value, speaker.language);
  if (typeof value === "string") return speaker.nameOf(value) ?? value;
  return sayParts(value, speaker);
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

function sayParts(value: unknown, speaker: Speaker): string | null {
  const { language, nameOf } = speaker;
  const duration = durationSchema.strict().safeParse(value);
  if (duration.success) return languages[language].duration(duration.data);
  const condition = conditionSchema.safeParse(value);
  if (condition.success) return conditionSentence(condition.data, language);
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) return null;
  return value.map((item) => nameOf(item) ?? item).join(", ");
}
