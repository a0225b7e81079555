import { Button, Group, Modal, Stack, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { LinkAnchor } from "../ui/links.js";
import { sourceSchema, sourceWithSecretSchema } from "../../server/sources/source-api.js";
import type { SourceView } from "../../server/sources/source-api.js";
import { useMay } from "../api/may.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { askFirst } from "../ui/confirm.js";
import { Loaded } from "../ui/loading.js";
import { Page } from "../ui/page.js";
import { Part } from "../ui/part.js";
import { readGenericForm } from "./generic-settings.js";
import { HeldEvents } from "./held-events.js";
import { MappingForm } from "./mapping-form.js";
import { SecretOnce } from "./new-source.js";
import { SendSample } from "./send-sample.js";
import { SetUp } from "./set-up.js";
import "./sources.css";

export function SourcePage() {
  const { id } = useParams({ from: "/sources/$id" });
  const query = useQuery(queries.source(id));
  return <Loaded query={query}>{(source) => <Source source={source} />}</Loaded>;
}

function Source({ source }: { readonly source: SourceView }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useQuery(queries.me()).data;
  return (
    <Page
      title={source.name}
      back={<LinkAnchor to="/sources">{t("nav.sources")}</LinkAnchor>}
      actions={may("sources:manage") && <SourceActions source={source} />}
    >
      <Stack gap="xl">
        <HeldEvents sourceId={source.id} />
        {me?.sandbox && may("sources:manage") && (
          <Part title={t("samples.title")} text={t("samples.text")}>
            <SendSample sourceId={source.id} />
          </Part>
        )}
        <Part title={t("sources.setUp")}>
          <SetUp source={source} form={readGenericForm(source.settings)} />
        </Part>
        <Part title={t("sources.mapping")}>
          <fieldset className="lw-bare" disabled={!may("sources:manage")}>
            <MappingForm key={JSON.stringify(source.settings)} source={source} />
          </fieldset>
        </Part>
      </Stack>
    </Page>
  );
}

function SourceActions({ source }: { readonly source: SourceView }) {
  const { t } = useTranslation();
  const [rotated, setRotated] = useState<z.infer<typeof sourceWithSecretSchema> | null>(null);
  const path = `/api/sources/${source.id}`;
  const setState = useChange({
    schema: sourceSchema,
    call: (state: SourceView["state"]) => ({ path, method: "PUT", body: { state } }),
    renews: ["source"],
  });
  const rotate = useChange({
    schema: sourceWithSecretSchema,
    call: () => ({ path: `${path}/rotate` }),
    renews: ["source"],
  });
  const ask = () =>
    askFirst({
      title: t("sources.rotate"),
      text: t("sources.rotateText"),
      onConfirm: () => rotate.mutate(undefined, { onSuccess: setRotated }),
    });
  return (
    <Group gap="md">
      <Switch
        label={t("sources.accepting")}
        checked={source.state === "active"}
        disabled={setState.isPending}
        onChange={(event) => setState.mutate(event.currentTarget.checked ? "active" : "paused")}
      />
      <Button variant="default" loading={rotate.isPending} onClick={ask}>
        {t("sources.rotate")}
      </Button>
      <Modal opened={rotated !== null} onClose={() => setRotated(null)} title={t("sources.newSecret")} size="lg">
        {rotated && <SecretOnce source={rotated} onDone={() => setRotated(null)} />}
      </Modal>
    </Group>
  );
}
