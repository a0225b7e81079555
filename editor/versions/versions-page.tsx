import { Skeleton, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconVersions } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import type { CountedVersion } from "../../server/flows/version-api.js";
import { queries } from "../api/queries.js";
import { FlowMenu } from "../flows/flow-menu.js";
import { LinkActionIcon, LinkButton } from "../ui/links.js";
import { Delayed, Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { StateMark } from "../ui/state-mark.js";
import { ShownVersion } from "./shown-version.js";
import { VersionList } from "./version-list.js";
import "../ui/bench.css";
import "./versions.css";

export function VersionsPage() {
  const { id } = useParams({ from: "/flows/$id/versions" });
  const flow = useQuery(queries.flow(id));
  const versions = useQuery(queries.versions(id));
  return (
    <Loaded query={flow} loading={<Waiting />}>
      {(read) => (
        <Loaded query={versions} loading={<Waiting />}>
          {({ items }) => <Versions flow={read} versions={items} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function Waiting() {
  return (
    <Delayed>
      <Skeleton height="100%" radius={0} />
    </Delayed>
  );
}

interface Props {
  readonly flow: FlowDetail;
  readonly versions: readonly CountedVersion[];
}

function Versions({ flow, versions }: Props) {
  const asked = useSearch({ from: "/flows/$id/versions" }).version;
  const chosen = versions.find(({ id }) => id === asked) ?? versions[0];
  return (
    <div className="lw-versions-page">
      <Head flow={flow} />
      {chosen ? (
        <div className="lw-bench lw-versions-bench">
          <VersionList flowId={flow.id} versions={versions} chosen={chosen.id} />
          <ShownVersion
            key={chosen.id}
            flow={flow}
            versionId={chosen.id}
            beforeId={versions.find(({ number }) => number === chosen.number - 1)?.id}
          />
        </div>
      ) : (
        <NoVersions flowId={flow.id} />
      )}
    </div>
  );
}

function Head({ flow }: Pick<Props, "flow">) {
  const { t } = useTranslation();
  const { id, name, state } = flow;
  useDocumentTitle(`${t("versions.title")} · ${name} · Loopwright`);
  return (
    <header className="lw-flow-head">
      <LinkActionIcon to="/flows/$id" params={{ id }} variant="subtle" color="gray" aria-label={t("versions.back")}>
        <IconArrowLeft size={18} stroke={1.8} />
      </LinkActionIcon>
      <Title order={1} fz={15} lh={1.3} className="lw-versions-of">
        {t("versions.of", { name })}
      </Title>
      <StateMark state={state} />
      <div className="lw-flow-gap" />
      <FlowMenu flow={flow} />
    </header>
  );
}

function NoVersions({ flowId }: { readonly flowId: string }) {
  const { t } = useTranslation();
  return (
    <Notice
      icon={IconVersions}
      title={t("versions.none")}
      text={t("versions.noneText")}
      action={
        <LinkButton to="/flows/$id" params={{ id: flowId }} variant="default">
          {t("versions.back")}
        </LinkButton>
      }
    />
  );
}
