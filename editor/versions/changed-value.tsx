import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { excerpts } from "./excerpts.js";

interface Values {
  readonly before: string;
  readonly after: string;
}

/** A field before and after: beside each other, or one below the other where they are texts, shortened at first. */
export function ChangedValue({ values }: { readonly values: Values }) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const short = excerpts(values);
  if (!short) return <Both values={values} />;
  const isShortened = short.before !== values.before || short.after !== values.after;
  return (
    <div className="lw-change-texts">
      <Both values={opened ? values : short} />
      {isShortened && (
        <Button variant="subtle" size="compact-xs" ml={-8} aria-expanded={opened} onClick={toggle}>
          {t(opened ? "versions.showLess" : "versions.showWhole")}
        </Button>
      )}
    </div>
  );
}

function Both({ values: { before, after } }: { readonly values: Values }) {
  const { t } = useTranslation();
  return (
    <>
      <del>{before}</del> <span aria-label={t("versions.becomes")}>→</span> <ins>{after}</ins>
    </>
  );
}
