export type FieldType =
  | "id" | "string" | "textarea" | "email" | "phone" | "url" | "picklist" | "reference" | "boolean" | "double" | "currency"
  | "int" | "date" | "datetime" | "base64"; // prettier-ignore

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  readonly required: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly values: readonly string[];
  /** A picklist that takes no other value by API. */
  readonly restricted: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly defaultValue: string | boolean | null;
}

const LENGTHS: Partial<Record<FieldType, number>> = {
  id: 18, reference: 18, string: 255, textarea: 32_000, email: 80, phone: 40, url: 255, picklist: 255, base64: 50_000_000,
}; // prettier-ignore

export function field(name: string, type: FieldType, more: Partial<Field> = {}): Field {
  const label = name
    .replace(/__c$/, "")
    .replace(/_/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2");
  return {
    name,
    label,
    type,
    length: LENGTHS[type] ?? 0,
    required: false,
    createable: true,
    updateable: true,
    unique: false,
    externalId: false,
    values: [],
    restricted: false,
    referenceTo: [],
    relationshipName: null,
    defaultValue: type === "boolean" ? false : null,
    ...more,
  };
}

export const readOnly = { createable: false, updateable: false } as const;

/** `ContactId` → relationship `Contact`; a custom `X__c` → `X__r`. */
export function reference(name: string, to: readonly string[], more: Partial<Field> = {}): Field {
  return field(name, "reference", {
    referenceTo: to,
    relationshipName: name.replace(/Id$/, "").replace(/__c$/, "__r"),
    ...more,
  });
}

export function picklist(name: string, values: readonly string[], more: Partial<Field> = {}): Field {
  return field(name, "picklist", { values, ...more });
}
