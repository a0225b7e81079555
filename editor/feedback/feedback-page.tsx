import { Stack, Text } from "@mantine/core";
import { IconMessageCircle, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LinkAnchor, LinkButton } from "../ui/links.js";
import { runStateSchema } from "../../server/runs/run-filter-api.js";
import type { FeedbackItem } from "../../server/feedback/feedback-api.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Older } from "../ui/older.js";
import { Page } from "../ui/page.js";
import { StateMark } from "../ui/state-mark.js";
import { Day, Time } from "../ui/time.js";
import { Score } from "./score.js";
import { useRelation } from "./use-relation.js";
import { WithheldHint } from "./withheld.js";
import { useSoughtWords, WordSearch } from "./word-search.js";
import "./feedback.css";

export function FeedbackPage() {
  const { t } = useTranslation();
  const { typed, setTyped, words } = useSoughtWords();
  const query = useInfiniteQuery(queries.feedback({ words }));
  const search = <WordSearch typed={typed} onType={setTyped} />;
  return (
    <Page title={t("nav.feedback")} lead={t("feedback.lead")} actions={search}>
      <Loaded query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <Stack>
              <WithheldHint withheld={pages[0]?.withheld ?? []} />
              {items.length > 0 ? <FeedbackList items={items} /> : <Nothing words={words} />}
            </Stack>
          );
        }}
      </Loaded>
      <Older query={query} mt="md" />
    </Page>
  );
}

const Nothing = ({ words }: { readonly words: string | undefined }) =>
  words === undefined ? <NoFeedback /> : <NothingFound words={words} />;

function NoFeedback() {
  const { t } = useTranslation();
  return (
    <div className="lw-card">
      <Notice
        icon={IconMessageCircle}
        title={t("feedback.none")}
        text={t("feedback.noneText")}
        action={<LinkButton to="/sources">{t("feedback.toSources")}</LinkButton>}
      />
    </div>
  );
}

function NothingFound({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  return (
    <div className="lw-card">
      <Notice icon={IconSearchOff} title={t("feedback.notFound", { words })} text={t("feedback.notFoundText")} />
    </div>
  );
}

function FeedbackList({ items }: { readonly items: readonly FeedbackItem[] }) {
  const { t } = useTranslation();
  return (
    <ul className="lw-card lw-feedback" aria-label={t("nav.feedback")}>
      {items.map((item) => (
        <FeedbackRow key={item.id} item={item} />
      ))}
    </ul>
  );
}

function FeedbackRow({ item }: { readonly item: FeedbackItem }) {
  const { t } = useTranslation();
  return (
    <li className="lw-feedback-item">
      <div className="lw-feedback-score">
        <Score scored={item} />
      </div>
      <Stack gap={3} className="lw-feedback-words">
        {item.comment === null ? (
          <Text c="dimmed" fs="italic">
            {t(item.contentKept ? "feedback.noComment" : "feedback.notKept")}
          </Text>
        ) : (
          <Text className="lw-feedback-comment">{item.comment}</Text>
        )}
        <Text fz="sm" c="dimmed">
          <Who item={item} /> · {item.sourceName} ·{" "}
          {item.group ? <Day at={item.occurredAt} /> : <Time at={item.occurredAt} />}
        </Text>
      </Stack>
      <div className="lw-feedback-came">
        <WhatCame item={item} />
      </div>
    </li>
  );
}

function Who({ item: { contactName, group } }: { readonly item: FeedbackItem }) {
  const { t } = useTranslation();
  const relationOf = useRelation();
  if (group === null) return contactName ?? t("feedback.unknownContact");
  if (group.relation === null) return t("employees.groupOf", { count: group.atLeast });
  return `${t("employees.reviewOf", { count: group.atLeast })} ${relationOf(group.relation)}`;
}

function WhatCame({ item }: { readonly item: FeedbackItem }) {
  const { t } = useTranslation();
  if (item.runs.length === 0) {
    if (item.outcome === null) return null;
    return (
      <Text fz="sm" c={item.outcome === "not_judged" ? "var(--lw-stuck)" : "dimmed"}>
        {t(`feedback.outcome.${item.outcome}`)}
      </Text>
    );
  }
  return item.runs.map(({ id, flowName, state }) => {
    const known = runStateSchema.safeParse(state);
    return (
      <div key={id} className="lw-feedback-run">
        <LinkAnchor to="/runs/$id" params={{ id: id }} fz="sm" className="lw-clamp-2">
          {flowName}
        </LinkAnchor>
        {known.success && <StateMark state={known.data} plain />}
      </div>
    );
  });
}
