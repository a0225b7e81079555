import { Button, Popover, Tabs, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MadeUpForm } from "./made-up-form.js";
import { useIsScheduled, useIsStarted } from "./is-started.js";
import { PastEvents } from "./past-events.js";
import { PayloadForm } from "./payload-form.js";
import type { Chosen, Trying } from "./trying.js";

interface Props {
  readonly trying: Trying;
}

const kinds = ["past", "madeUp", "payload"] as const;
/** Of a flow that no feedback starts. */
const startKinds = ["starts"] as const;

/** Where what is chosen may be mended. */
function tabOf(chosen: Chosen | null): (typeof kinds)[number] {
  const kind = chosen?.event.kind;
  return kind === "madeUp" || kind === "payload" ? kind : "past";
}

/** What was said before, something made up, or what a source would send. */
export function EventPicker({ trying }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const choose = (chosen: Chosen) => {
    trying.choose(chosen);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" width={420} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className="lw-try-event"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t("common.labelled", { label: t("try.with"), text: trying.chosen?.label ?? t("try.choose") })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Kinds flowId={trying.flowId} chosen={trying.chosen} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface KindsProps {
  readonly flowId: string;
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen) => void;
}

function Kinds({ flowId, chosen, onChoose }: KindsProps) {
  const { t } = useTranslation();
  const isStarted = useIsStarted();
  // Whoever opens this looks for something; whoever walks along the tabs stays on them.
  const [isWalking, setWalking] = useState(false);
  return (
    <Tabs defaultValue={isStarted ? "starts" : tabOf(chosen)} keepMounted={false} onChange={() => setWalking(true)}>
      <Tabs.List mb="xs">
        {(isStarted ? startKinds : kinds).map((kind) => (
          <Tabs.Tab key={kind} value={kind}>
            {t(`try.tab.${kind}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="past">
        <PastEvents flowId={flowId} none={t("try.none")} takesFocus={!isWalking} onChoose={onChoose} />
      </Tabs.Panel>
      <Tabs.Panel value="starts">
        <StartNow onChoose={onChoose} />
        <PastEvents flowId={flowId} none={t("try.noStarts")} takesFocus={!isWalking} onChoose={onChoose} />
      </Tabs.Panel>
      <Tabs.Panel value="madeUp">
        <MadeUpForm chosen={chosen} onChoose={onChoose} />
      </Tabs.Panel>
      <Tabs.Panel value="payload">
        <PayloadForm chosen={chosen} onChoose={onChoose} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Of a flow that a clock starts: there need be no past start. */
function StartNow({ onChoose }: Pick<KindsProps, "onChoose">) {
  const { t } = useTranslation();
  if (!useIsScheduled()) return null;
  const label = t("try.startNow");
  return (
    <UnstyledButton className="lw-try-past" onClick={() => onChoose({ event: { kind: "startNow" }, label })}>
      <span className="lw-try-words">{label}</span>
    </UnstyledButton>
  );
}
