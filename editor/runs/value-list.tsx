import { Anchor, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "../flow/catalogue.js";
import { titleOfField } from "../flow/describe.js";
import { formatNumber } from "../ui/format.js";
import { isRecord, shown } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";

interface Props {
  readonly title?: string;
  /** What stands before a name in the catalogue: "feedback". */
  readonly prefix?: string;
  /** Titles by name, where the catalogue does not have them. */
  readonly titles?: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Names and values for reading; what is empty is left out. */
export function ValueList({ title, prefix = "", titles = {}, values }: Props) {
  const { catalogue } = useCatalogue();
  const word = useServerWords();
  const filled = Object.entries(values).filter(([, value]) => !isEmpty(value));
  if (filled.length === 0) return null;
  return (
    <Stack gap={6}>
      {title !== undefined && <div className="lw-overline">{title}</div>}
      <dl className="lw-values">
        {filled.map(([name, value]) => (
          <div key={name}>
            <dt>{word(titles[name] ?? titleOfField(`${prefix}.${name}`, catalogue.fields, word))}</dt>
            <dd>
              <Value value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const LINK = /^https?:\/\/\S+$/;

function Value({ value }: { readonly value: unknown }) {
  const { i18n } = useTranslation();
  if (typeof value === "string" && LINK.test(value)) {
    return (
      <Anchor href={value} target="_blank" rel="noreferrer" fz="sm">
        {value}
      </Anchor>
    );
  }
  if (isRecord(value) || (Array.isArray(value) && value.some(isRecord)))
    return <pre className="lw-json">{shown(value)}</pre>;
  return (
    <Text fz="sm" className="lw-value">
      {(Array.isArray(value) ? value : [value]).map((one) => asRead(one, i18n.language)).join(", ")}
    </Text>
  );
}

const asRead = (value: unknown, language: string): string =>
  typeof value === "number" ? formatNumber(value, language) : shown(value);
