import { Anchor, Button, Popover, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PastEvent } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { PastEvents } from "../try/past-events.js";
import { useIsStarted } from "../try/is-started.js";
import { useErrorWords } from "../ui/error-words.js";
import { relativeTime } from "../ui/format.js";
import { LinkAnchor } from "../ui/links.js";
import { Delayed } from "../ui/loading.js";
import { Outcome } from "./outcome.js";
import { usePreviewed, type Previewed } from "./previewed.js";
import "../try/try.css";
import "./preview.css";

/** In the form's head: whose words the form is shown with, and what becomes of them here. */
export function PreviewLine({ node }: { readonly node: DraftNode }) {
  const previewed = usePreviewed();
  if (!previewed) return null;
  return (
    <div className="lw-preview-line">
      <Chooser previewed={previewed} />
      <Outcome node={node} previewed={previewed} />
    </div>
  );
}

function Chooser({ previewed }: { readonly previewed: Previewed }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const { events } = previewed;
  if (events.data) return events.data.items.length === 0 ? <Nothing /> : <Choice previewed={previewed} />;
  const why = events.error ? wordsOf(events.error).title : events.isPaused ? t("error.offline") : null;
  if (why === null) {
    return (
      <Delayed>
        <Quiet text={t("preview.loading")} />
      </Delayed>
    );
  }
  return (
    <Text fz={12.5} c="dimmed" role="status">
      {t("preview.failed", { why })}{" "}
      <Anchor component="button" type="button" fz={12.5} onClick={() => void events.refetch()}>
        {t("common.tryAgain")}
      </Anchor>
    </Text>
  );
}

/** Nothing was said yet: how to come by something. */
function Nothing() {
  const { t } = useTranslation();
  const isStarted = useIsStarted();
  if (isStarted) return <Quiet text={t("preview.noStarts")} />;
  return (
    <Text fz={12.5} c="dimmed">
      {t("preview.none")}{" "}
      <LinkAnchor to="/sources" fz={12.5}>
        {t("preview.sendSample")}
      </LinkAnchor>
    </Text>
  );
}

const Quiet = ({ text }: { readonly text: string }) => (
  <Text fz={12.5} c="dimmed">
    {text}
  </Text>
);

function Choice({ previewed: { flowId, chosen, choose } }: { readonly previewed: Previewed }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const nameOf = useEventName();
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          c="dimmed"
          fw={450}
          className="lw-preview-choice"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t("common.labelled", { label: t("preview.with"), text: chosen ? nameOf(chosen) : t("try.choose") })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <PastEvents
          flowId={flowId}
          none={t("try.none")}
          takesFocus
          onChoose={({ event }) => {
            if (event.kind === "past") choose(event.responseId);
            setOpened(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** "Jane Doe, 3 of 10, yesterday". */
function useEventName(): (event: PastEvent) => string {
  const { t, i18n } = useTranslation();
  return ({ contactName, sourceName, score, scaleMax, occurredAt }) => {
    const scale = scaleMax === null ? [] : [t("feedback.outOf", { max: scaleMax })];
    const said = score === null ? [] : [[score, ...scale].join(" ")];
    return [contactName ?? sourceName, ...said, relativeTime(occurredAt, new Date(), i18n.language)].join(", ");
  };
}
