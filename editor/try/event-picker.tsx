import { Button, Popover, Tabs } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MadeUpForm } from "./made-up-form.js";
import { useIsStarted } from "./is-started.js";
import { PastEvents } from "./past-events.js";
import { PayloadForm } from "./payload-form.js";
import type { Chosen, Trying } from "./trying.js";

interface Props {
  readonly flowId: string;
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
export function EventPicker({ flowId, trying }: Props) {
  const { t } = useTranslation();
  const isStarted = useIsStarted();
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
        <Tabs defaultValue={isStarted ? "starts" : tabOf(trying.chosen)} keepMounted={false}>
          <Tabs.List mb="xs">
            {(isStarted ? startKinds : kinds).map((kind) => (
              <Tabs.Tab key={kind} value={kind}>
                {t(`try.tab.${kind}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="past">
            <PastEvents flowId={flowId} none={t("try.none")} onChoose={choose} />
          </Tabs.Panel>
          <Tabs.Panel value="starts">
            <PastEvents flowId={flowId} none={t("try.noStarts")} onChoose={choose} />
          </Tabs.Panel>
          <Tabs.Panel value="madeUp">
            <MadeUpForm chosen={trying.chosen} onChoose={choose} />
          </Tabs.Panel>
          <Tabs.Panel value="payload">
            <PayloadForm chosen={trying.chosen} onChoose={choose} />
          </Tabs.Panel>
        </Tabs>
      </Popover.Dropdown>
    </Popover>
  );
}
