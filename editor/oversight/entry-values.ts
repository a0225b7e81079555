import type { UseFormReturnType } from "@mantine/form";
import { answersSchema, type Answers, type Entry } from "../../server/oversight/oversight-api.js";

/** The form's fields are texts: an empty one says nothing. */
export type EntryValues = {
  [Name in keyof Answers]: Answers[Name] extends readonly unknown[]
    ? Answers[Name]
    : Answers[Name] extends number | null
      ? number | ""
      : NonNullable<Answers[Name]> | "";
};

export type EntryFormApi = UseFormReturnType<EntryValues>;

export const valuesOf = (entry: Pick<Entry, keyof Answers>): EntryValues => ({
  ...{ dataClasses: entry.dataClasses, dataSubjects: entry.dataSubjects },
  ...whatOf(entry),
  ...whereOf(entry),
  ...keepingOf(entry),
});

const whatOf = ({ ownerId, purpose, lawfulBasis }: Pick<Entry, keyof Answers>) => ({
  ...({ ownerId: ownerId ?? "", purpose: purpose ?? "", lawfulBasis: lawfulBasis ?? "" } as const),
});

const whereOf = (entry: Pick<Entry, keyof Answers>) => ({
  ...({ region: entry.region ?? "", place: entry.place ?? "", agreement: entry.agreement ?? "" } as const),
  ...{ agreementOn: entry.agreementOn ?? "", agreementReference: entry.agreementReference ?? "" },
  retention: entry.retention ?? "",
});

const keepingOf = (entry: Pick<Entry, keyof Answers>) => ({
  ...({ yearlyCost: entry.yearlyCost ?? "", currency: entry.currency ?? "" } as const),
  credentialOwnerId: entry.credentialOwnerId ?? "",
  credentialExpiresOn: entry.credentialExpiresOn ?? "",
});

/** A currency alone says nothing either. */
export function answersOf({ dataClasses, dataSubjects, ...values }: EntryValues): Answers {
  const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, orNull(value)]));
  const currency = said["yearlyCost"] === null ? null : said["currency"];
  return answersSchema.parse({ ...said, currency, dataClasses, dataSubjects });
}

function orNull(value: string | number): string | number | null {
  if (typeof value === "number") return value;
  return value.trim() === "" ? null : value.trim();
}
