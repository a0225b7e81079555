import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Rules to begin with. */
export function Examples({ onPick }: { readonly onPick: (line: string) => void }) {
  const { t } = useTranslation();
  const lines = [t("flows.example.callback"), t("flows.example.approval"), t("flows.example.thanks")];
  return (
    <div className="lw-rule-examples" role="group" aria-label={t("ruleLine.examples")}>
      {lines.map((line) => (
        <Button key={line} variant="default" size="compact-sm" onClick={() => onPick(line)}>
          {line}
        </Button>
      ))}
    </div>
  );
}
