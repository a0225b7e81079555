import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Imported } from "../../server/flow-files/flow-file-api.js";
import { Hint } from "../ui/hint.js";
import "./flow-files.css";

interface Props {
  readonly imported: Imported;
  readonly onOpen: () => void;
}

/** What a file calls by names that stand for nothing here: its steps wait to be filled in. */
export function MissingNames({ imported: { name, missing }, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text fz="sm">{t("flowFile.imported", { name })}</Text>
      <Hint tone="stuck" title={t("flowFile.missing", { count: missing.length })}>
        <ul className="lw-file-problems">
          {missing.map(({ nodeId, kind, name: called, why }, index) => (
            <li key={index}>
              <strong>{nodeId}</strong> {t(`flowFile.${kind}.${why}`, { name: called })}
            </li>
          ))}
        </ul>
      </Hint>
      <Group justify="flex-end">
        <Button onClick={onOpen}>{t("flowFile.open")}</Button>
      </Group>
    </Stack>
  );
}
