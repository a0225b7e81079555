/**
 * How an effect's key is written onto an issue or a comment. The label is what JQL can find; the property outlives people who tidy labels.
 */
const KEY_PREFIX = "lw_";
const LABEL_PREFIX = "lw-";

/** "lw_ab12" → "lw-ab12": one stable form, because the label is looked for again after a doubt. */
export const labelOf = (key: string): string => `${LABEL_PREFIX}${key.replace(/^lw_/, "")}`;

export const keyOfLabel = (label: string): string | null =>
  /^lw-[a-z0-9]+$/.test(label) ? `${KEY_PREFIX}${label.slice(LABEL_PREFIX.length)}` : null;

interface EntityProperty {
  readonly key: string;
  readonly value?: unknown;
}

export const propertyOf = (key: string): EntityProperty => ({ key: "loopwright", value: { k: key } });

export const carriesKey = (properties: readonly EntityProperty[], key: string): boolean =>
  properties.some(
    ({ key: name, value }) => name === "loopwright" && JSON.stringify(value) === JSON.stringify({ k: key }),
  );
