import { NativeSelect, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { System, Template } from "../../workflows/flow/templates/template.js";
import { useMay } from "../api/may.js";
import { LinkAnchor } from "../ui/links.js";
import { SystemMark, systemName } from "../ui/system-mark.js";
import type { TemplateChoice } from "./use-template-house.js";

/** Which connections it will use, and which feedback it listens to. */
export function Needs({ template, choice }: { readonly template: Template; readonly choice: TemplateChoice }) {
  const { t } = useTranslation();
  const { sources, house, listen } = choice;
  return (
    <Stack gap="sm">
      {template.systems.map((system) => (
        <div key={system} className="lw-template-need">
          <SystemMark kind={system} />
          <Need system={system} choice={choice} />
        </div>
      ))}
      <NativeSelect
        label={t("templates.heard")}
        data={[
          { value: "", label: t("templates.anySource") },
          ...sources.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={house.sources[0] ?? ""}
        onChange={({ currentTarget }) => listen(currentTarget.value)}
      />
    </Stack>
  );
}

function Need({ system, choice }: { readonly system: System; readonly choice: TemplateChoice }) {
  const { t } = useTranslation();
  const mayConnect = useMay()("connections:manage");
  const name = systemName(system);
  const [only, ...others] = choice.offered(system);
  if (!only)
    return (
      <Text fz="sm">
        {t("templates.notConnected", { system: name })}{" "}
        {mayConnect && (
          <LinkAnchor to="/connections/new" search={{ connector: system }} fz="sm">
            {t("templates.connect", { system: name })}
          </LinkAnchor>
        )}
      </Text>
    );
  if (others.length === 0) return <Text fz="sm">{only.name}</Text>;
  return (
    <NativeSelect
      flex={1}
      aria-label={name}
      data={[only, ...others].map(({ id, name: label }) => ({ value: id, label }))}
      value={choice.house.connections[system] ?? ""}
      onChange={({ currentTarget }) => choice.choose(system, currentTarget.value)}
    />
  );
}
