import { ScrollArea, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { Score } from "../feedback/score.js";
import { Folded } from "../ui/folded.js";
import { dayAndTime, languageName } from "../ui/format.js";
import { asText } from "../ui/read.js";
import { eventParts } from "./event-parts.js";
import { StartValues } from "../starts/start-values.js";
import { ValueList } from "./value-list.js";

type Values = Readonly<Record<string, unknown>>;

/** The product's own codes in the reader's words; what people wrote stays as it is. */
function useWorded(): (feedback: Values) => Values {
  const { t, i18n } = useTranslation();
  const wordings: Readonly<Record<string, (code: string) => string>> = {
    category: (code) => t(`category.${code}` as "category.passive", code),
    domain: (code) => t(`domain.${code}` as "domain.customer", code),
    language: (code) => languageName(code, i18n.language),
    occurredAt: (at) => dayAndTime(at, i18n.language),
  };
  return (feedback) =>
    Object.fromEntries(
      Object.entries(feedback).map(([name, value]) => {
        const text = asText(value);
        return [name, text === "" ? value : (wordings[name]?.(text) ?? value)];
      }),
    );
}

/** What was said and by whom, as the run saw it. */
export function EventPanel({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  return (
    <aside className="lw-inspector" aria-label={t(eventTitle(run))}>
      <ScrollArea h="100%" scrollbarSize={8} type="hover">
        <Stack gap="lg" p="md">
          <div>
            <Title order={2}>{t(eventTitle(run))}</Title>
            <Text fz="sm" c="dimmed">
              {t(run.start === null ? "runs.eventText" : "starts.begunText")}
            </Text>
          </div>
          <Said run={run} />
        </Stack>
      </ScrollArea>
    </aside>
  );
}

export const eventTitle = ({ start }: Pick<RunDetail, "start">) => (start === null ? "runs.event" : "starts.begun");

/** What was said, or why it is not shown. */
export function Said({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  if (run.event !== null) return <Event run={run} event={run.event} />;
  return (
    <Text fz="sm" c="dimmed">
      {t(whyHidden(run))}
    </Text>
  );
}

const whyHidden = ({ ofEmployee, contentKept }: RunDetail) =>
  ofEmployee ? "employees.notWithRun" : contentKept ? "runs.eventHidden" : "runs.eventNotKept";

function Event({ run, event }: { readonly run: RunDetail; readonly event: Values }) {
  const { t } = useTranslation();
  const worded = useWorded();
  const { comment, feedback, attributes, contact, account, ids, start } = eventParts(event);
  if (start)
    return (
      <>
        <StartValues run={run} start={start} />
        <ValueList title={t("fieldGroup.contact")} prefix="contact" values={contact} />
      </>
    );
  return (
    <>
      <figure className="lw-said">
        {comment === "" ? (
          <Text c="dimmed" fs="italic">
            {t("feedback.noComment")}
          </Text>
        ) : (
          <blockquote>{comment}</blockquote>
        )}
        <figcaption>
          <Score scored={run} />
          <Text span fz="sm" c="dimmed">
            {run.contactName ?? t("feedback.unknownContact")}
          </Text>
        </figcaption>
      </figure>
      <ValueList title={t("fieldGroup.contact")} prefix="contact" values={contact} />
      <ValueList title={t("fieldGroup.account")} prefix="account" values={account} />
      <ValueList title={t("fieldGroup.feedback")} prefix="feedback" values={worded(feedback)} />
      <ValueList title={t("sources.attributes")} values={attributes} />
      <Folded label={t("runs.technical")}>
        <ValueList prefix="feedback" values={ids} />
      </Folded>
    </>
  );
}
