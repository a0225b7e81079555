import { ActionIcon, Group, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMayEdit } from "../presence/looking-on.js";
import { useDescribe } from "../flow/describe.js";
import { findSteps } from "../flow/find.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { useBench, useBenchStore } from "./bench.js";
import { reveal } from "./chosen.js";

/** Ctrl-F: the steps in which the words stand; Enter goes to the next. */
export function FindBar() {
  const finding = useBench((state) => state.finding);
  return finding ? <OpenBar /> : null;
}

function useFound(search: string) {
  const describe = useDescribe();
  const nodes = useFlow(({ draft }) => draft.nodes);
  const store = useFlowStore();
  const mayEdit = useMayEdit();
  const selected = useFlow((state) => state.selected[0]);
  const found = findSteps(nodes, search, describe);
  const at = found.findIndex(({ id }) => id === selected);
  const go = (by: 1 | -1) => {
    const from = at === -1 && by === -1 ? 0 : at;
    const next = found[(from + by + found.length) % found.length];
    if (next) reveal(store, next.id, mayEdit);
  };
  return { found, at, go };
}

function OpenBar() {
  const { t } = useTranslation();
  const bench = useBenchStore();
  const [search, setSearch] = useState("");
  const { found, at, go } = useFound(search);
  const close = () => bench.setState({ finding: false });
  const number = found.length;
  // Before the first Enter nothing is chosen: how many there are, and not "0 of 3".
  const isAtOne = at >= 0 || number === 0;
  const told = isAtOne
    ? t("drawing.found", { count: number, at: at + 1, number })
    : t("drawing.foundSome", { count: number, number });
  return (
    <div className="lw-find" role="search">
      <TextInput
        size="xs"
        autoFocus
        w={220}
        leftSection={<IconSearch size={14} />}
        placeholder={t("drawing.findText")}
        aria-label={t("drawing.command.find")}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          if (event.key === "Escape") close();
        }}
      />
      <Text className="lw-numbers" fz={12} c="dimmed" role="status" miw={64}>
        {search !== "" && told}
      </Text>
      <Group gap={0} wrap="nowrap">
        <Step icon={<IconChevronUp size={15} />} label={t("drawing.before")} onClick={() => go(-1)} />
        <Step icon={<IconChevronDown size={15} />} label={t("drawing.next")} onClick={() => go(1)} />
        <Step icon={<IconX size={15} />} label={t("common.close")} onClick={close} />
      </Group>
    </div>
  );
}

interface StepProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly onClick: () => void;
}

const Step = ({ icon, label, onClick }: StepProps) => (
  <ActionIcon variant="subtle" color="gray" size={26} aria-label={label} onClick={onClick}>
    {icon}
  </ActionIcon>
);
