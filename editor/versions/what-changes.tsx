import { Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { diffFlows, isUnchanged } from "../../workflows/flow/diff.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { queries } from "../api/queries.js";
import { useFlow } from "../flow/store-context.js";
import { Changes } from "./changes.js";

/** The published version of this number, as it was drawn. */
function useDrawn(flowId: string, version: number) {
  const versions = useQuery(queries.versions(flowId));
  const id = versions.data?.items.find(({ number }) => number === version)?.id;
  const drawn = useQuery({ ...queries.version(flowId, id ?? ""), enabled: id !== undefined });
  const isMissing = versions.isSuccess && id === undefined;
  return { drawn: drawn.data?.drawn, failed: versions.isError || drawn.isError || isMissing };
}

/** The draft in hand against what was published last. */
export function WhatChanges({ flowId, version }: { readonly flowId: string; readonly version: number }) {
  const { t } = useTranslation();
  const draft = useFlow((state) => state.draft);
  const { drawn, failed } = useDrawn(flowId, version);
  if (failed) {
    return (
      <Text fz="sm" c="dimmed">
        {t("publishing.cannotCompare")}
      </Text>
    );
  }
  return (
    <Stack gap={6}>
      <Text fz="sm" fw={600} component="h3">
        {t("publishing.against", { version })}
      </Text>
      {drawn ? <Compared before={drawn} after={draft} /> : <Skeleton height={48} />}
    </Stack>
  );
}

function Compared({ before, after }: { readonly before: FlowDraft; readonly after: FlowDraft }) {
  const { t } = useTranslation();
  const diff = useMemo(() => diffFlows(before, after), [before, after]);
  return (
    <>
      {isUnchanged(diff) && <Text fz="sm">{t("publishing.same")}</Text>}
      <Changes before={before} after={after} diff={diff} />
    </>
  );
}
