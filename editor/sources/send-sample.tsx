import { Button, Group, Menu, Text } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { acceptedSchema, sampleNames } from "../../server/sources/source-api.js";
import type { SampleName } from "../../server/sources/source-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { tourOf } from "../tour/tour-store.js";
import { LinkAnchor } from "../ui/links.js";

/** Something that a customer might have said, signed and sent as the source's own sender would. */
export function SendSample({ sourceId }: { readonly sourceId: string }) {
  const { t } = useTranslation();
  const me = useQuery(queries.me()).data;
  const { mutate, data, isPending } = useChange({
    schema: acceptedSchema,
    call: (sample: SampleName) => ({ path: `/api/sources/${sourceId}/samples`, body: { sample } }),
    renews: ["source", "feedback", "run"],
  });
  if (!me?.sandbox) return null;
  const send = (sample: SampleName) => mutate(sample, { onSuccess: () => tourOf(me.member.id).reach("sample") });
  return (
    <Group gap="sm">
      <Menu position="bottom-start" width={340} shadow="md">
        <Menu.Target>
          <Button variant="default" leftSection={<IconFlask size={16} stroke={1.7} />} loading={isPending}>
            {t("samples.send")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {sampleNames.map((name) => (
            <Menu.Item key={name} onClick={() => send(name)}>
              <Text fz="sm" fw={550}>
                {t(`samples.of.${name}`)}
              </Text>
              <Text fz={12} c="dimmed" lang={name === "french" ? "fr" : "en"}>
                {t(`samples.said.${name}`)}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {data && (
        <Text fz="sm" role="status">
          {t("samples.started", { count: data.runIds.length })} <Watch sourceId={sourceId} runIds={data.runIds} />
        </Text>
      )}
    </Group>
  );
}

/** Several runs are of several flows: the list names each. */
function Watch({ sourceId, runIds }: { readonly sourceId: string; readonly runIds: readonly string[] }) {
  const { t } = useTranslation();
  const [runId, ...more] = runIds;
  if (runId === undefined) return null;
  if (more.length > 0)
    return (
      <LinkAnchor to="/runs" search={{ sourceId }} fz="sm">
        {t("samples.watchAll")}
      </LinkAnchor>
    );
  return (
    <LinkAnchor to="/runs/$id" params={{ id: runId }} fz="sm">
      {t("samples.watch")}
    </LinkAnchor>
  );
}
