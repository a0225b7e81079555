import { Anchor, SegmentedControl, Table, Text } from "@mantine/core";
import { IconArrowUpRight, IconUserCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { approvalStateSchema } from "../../server/approvals/approval-api.js";
import type { ApprovalView } from "../../server/approvals/approval-api.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";

const ALL = "all";
const tabs = [ALL, "pending", "approved", "rejected", "expired"] as const;

export function ApprovalsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state } = useSearch({ from: "/approvals" });
  const query = useQuery(queries.approvals(state));
  const choose = (tab: string) =>
    void navigate({ to: "/approvals", search: { state: approvalStateSchema.safeParse(tab).data } });
  return (
    <Page
      title={t("nav.approvals")}
      lead={t("approvals.lead")}
      actions={
        <SegmentedControl
          aria-label={t("common.state")}
          value={state ?? ALL}
          onChange={choose}
          data={tabs.map((tab) => ({ value: tab, label: t(`approvals.${tab}`) }))}
        />
      }
    >
      <div className="lw-card">
        <Listed
          query={query}
          nothing={<Notice icon={IconUserCheck} title={t("approvals.none")} text={t("approvals.noneText")} />}
        >
          {(items) => <ApprovalTable items={items} />}
        </Listed>
      </div>
    </Page>
  );
}

function ApprovalTable({ items }: { readonly items: readonly ApprovalView[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={640}
      headings={[t("approvals.question"), t("common.state"), t("approvals.asked"), t("approvals.decision"), ""]}
    >
      {items.map((approval) => (
        <ApprovalRow key={approval.id} approval={approval} />
      ))}
    </ListTable>
  );
}

function ApprovalRow({ approval }: { readonly approval: ApprovalView }) {
  const { t } = useTranslation();
  const { runId, title, flowName, state, askedAt, url } = approval;
  return (
    <Table.Tr className="lw-row">
      <Table.Td maw={420}>
        <Link to="/runs/$id" params={{ id: runId }} className="lw-row-link">
          {title ?? flowName}
        </Link>
        {title !== null && (
          <Text fz={12} c="dimmed" className="lw-clamp-2">
            {flowName}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StateMark state={state === "pending" ? "askedFor" : state} />
      </Table.Td>
      <Table.Td c="dimmed" className="lw-nowrap">
        <Time at={askedAt} />
      </Table.Td>
      <Table.Td>
        <Decision approval={approval} />
      </Table.Td>
      <Table.Td ta="right">
        {url !== null && (
          <Anchor href={url} target="_blank" rel="noreferrer" className="lw-out">
            {t("common.openIn", { system: "Slack" })}
            <IconArrowUpRight size={14} stroke={1.8} aria-hidden />
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Decision({
  approval: { state, decidedAt, decidedBy, reason, expiresAt },
}: {
  readonly approval: ApprovalView;
}) {
  const { t } = useTranslation();
  if (state === "pending") {
    return (
      <Text fz="sm" c="dimmed" className="lw-nowrap">
        {t("approvals.until")} <Time at={expiresAt} />
      </Text>
    );
  }
  return (
    <>
      <Text fz="sm">
        {decidedBy ?? t("approvals.nobody")}
        {decidedAt !== null && (
          <Text span c="dimmed" inherit>
            {" · "}
            <Time at={decidedAt} />
          </Text>
        )}
      </Text>
      {reason !== null && (
        <Text fz={12} c="dimmed" maw={320} className="lw-clamp-2">
          {reason}
        </Text>
      )}
    </>
  );
}
