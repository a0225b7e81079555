import { ScrollArea, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PastEvent } from "../../server/tries/try-api.js";
import { queries } from "../api/queries.js";
import { Score } from "../feedback/score.js";
import { dayAndTime } from "../ui/format.js";
import { Loaded } from "../ui/loading.js";
import { Time } from "../ui/time.js";
import { usePastKind } from "./is-started.js";
import type { Chosen } from "./trying.js";

interface Props {
  readonly flowId: string;
  /** Said where there are none. */
  readonly none: string;
  /** They come a moment after what they stand in was opened. */
  readonly takesFocus: boolean;
  readonly onChoose: (chosen: Chosen) => void;
}

/** The last that was said where the flow listens. */
export function PastEvents({ flowId, ...rest }: Props) {
  const query = useQuery(queries.pastEvents(flowId, usePastKind()));
  return (
    <Loaded query={query} loading={null}>
      {({ items }) => <Found items={items} {...rest} />}
    </Loaded>
  );
}

const FEW = 40;
const fewWords = (text: string): string => (text.length > FEW ? `${text.slice(0, FEW)}…` : text);

const saysIt = (words: string) => (event: PastEvent) =>
  [event.comment, event.contactName, event.sourceName, event.score]
    .join(" ")
    .toLowerCase()
    .includes(words.trim().toLowerCase());

interface FoundProps extends Omit<Props, "flowId"> {
  readonly items: readonly PastEvent[];
}

function Found({ items, none, takesFocus, onChoose }: FoundProps) {
  const { t, i18n } = useTranslation();
  const [words, setWords] = useState("");
  const found = items.filter(saysIt(words));
  const isStarted = usePastKind() === "starts";
  const labelOf = ({ metric, score, comment, occurredAt }: PastEvent): string => {
    if (isStarted) return dayAndTime(occurredAt, i18n.language);
    const name = t(`metric.${metric}`, { defaultValue: metric });
    const said = comment === null ? t("try.noWords") : `“${fewWords(comment)}”`;
    return `${[name, score].filter((part) => part !== null).join(" ")}, ${said}`;
  };
  if (items.length === 0) return <Nothing text={none} />;
  return (
    <Stack gap={6}>
      <TextInput
        size="xs"
        autoFocus={takesFocus}
        data-autofocus
        aria-label={t("try.search")}
        placeholder={t("try.search")}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {found.length === 0 && <Nothing text={t("try.noneFound")} />}
      <ScrollArea.Autosize mah={300}>
        {found.map((event) => (
          <UnstyledButton
            key={event.responseId}
            className="lw-try-past"
            onClick={() => onChoose({ event: { kind: "past", responseId: event.responseId }, label: labelOf(event) })}
          >
            {!isStarted && <Score scored={event} />}
            <span className="lw-try-words">
              {isStarted ? dayAndTime(event.occurredAt, i18n.language) : (event.comment ?? t("try.noWords"))}
              <Text span fz={12} c="dimmed" display="block">
                {[event.contactName, isStarted ? t("try.pastStart") : event.sourceName]
                  .filter((name) => name !== null)
                  .join(" · ")}{" "}
                · <Time at={event.occurredAt} />
              </Text>
            </span>
          </UnstyledButton>
        ))}
      </ScrollArea.Autosize>
    </Stack>
  );
}

const Nothing = ({ text }: { readonly text: string }) => (
  <Text fz="sm" c="dimmed" p={6}>
    {text}
  </Text>
);
