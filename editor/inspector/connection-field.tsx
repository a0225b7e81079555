import { Group, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../ui/links.js";
import { queries } from "../api/queries.js";
import { StateMark } from "../ui/state-mark.js";

interface Props {
  readonly connector: string;
  readonly value: string | null;
  readonly error: string | null;
  readonly onChange: (connectionId: string | null) => void;
}

export function ConnectionField({ connector, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const all = useQuery(queries.connections()).data?.items;
  const fitting = (all ?? []).filter((connection) => connection.connector === connector);
  const chosen = fitting.find(({ id }) => id === value);
  if (all && fitting.length === 0) {
    return (
      <Text fz="sm" data-field="connectionId">
        {t("form.noConnection")}{" "}
        <LinkAnchor to="/connections/new" search={{ connector }}>
          {t("form.connectNow")}
        </LinkAnchor>
      </Text>
    );
  }
  return (
    <div data-field="connectionId">
      <Select
        label={t("form.connection")}
        withAsterisk
        allowDeselect={false}
        data={fitting.map(({ id, name }) => ({ value: id, label: name }))}
        value={value}
        error={error}
        onChange={onChange}
      />
      {chosen && chosen.state !== "ok" && (
        <Group gap={8} mt={6}>
          <StateMark state={chosen.state} plain />
          <LinkAnchor to="/connections/$id" params={{ id: chosen.id }} fz="sm">
            {t("picker.openConnection")}
          </LinkAnchor>
        </Group>
      )}
    </div>
  );
}
