import { Group, Kbd, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { TFunction } from "i18next";
import { pages } from "./pages.js";

const editorKeys = [
  { keys: ["Ctrl", "Z"], does: "undo" },
  { keys: ["Ctrl", "Shift", "Z"], does: "redo" },
  { keys: ["Ctrl", "C"], does: "copy" },
  { keys: ["Ctrl", "X"], does: "cut" },
  { keys: ["Ctrl", "V"], does: "paste" },
  { keys: ["Ctrl", "D"], does: "duplicate" },
  { keys: ["Delete"], does: "remove" },
  { keys: ["Ctrl", "A"], does: "selectAll" },
  { keys: ["Shift", "drag"], does: "selectSome" },
  { keys: ["Ctrl", "G"], does: "group" },
  { keys: ["Shift", "S"], does: "switch" },
  { keys: ["Shift", "N"], does: "note" },
  { keys: ["Shift", "T"], does: "tidy" },
  { keys: ["/"], does: "palette" },
  { keys: ["Ctrl", "F"], does: "find" },
  { keys: ["O"], does: "outline" },
  { keys: ["Shift", "1"], does: "fit" },
  { keys: ["Shift", "2"], does: "zoomSelection" },
  { keys: ["Menu"], does: "menu" },
] as const;

const outlineKeys = [
  { keys: ["↑", "↓"], does: "walk" },
  { keys: ["←", "→"], does: "inOut" },
  { keys: ["Enter"], does: "open" },
  { keys: ["Insert"], does: "after" },
] as const;

const runKeys = [
  { keys: ["J", "K"], does: "nextRun" },
  { keys: ["Enter"], does: "wholeRun" },
  { keys: ["Esc"], does: "closeRun" },
] as const;

function Row({ keys, does }: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text fz="sm">{does}</Text>
      <Group gap={4}>
        {keys.map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </Group>
    </Group>
  );
}

function KeyHelp({ t }: { readonly t: TFunction }) {
  return (
    <Stack gap="lg">
      <Stack gap={8}>
        <div className="lw-overline">{t("keys.anywhere")}</div>
        <Row keys={["Ctrl", "K"]} does={t("nav.search")} />
        {pages.map(({ name, keys }) => (
          <Row key={name} keys={keys.toUpperCase().split(" ")} does={t(`nav.${name}`)} />
        ))}
        <Row keys={["?"]} does={t("shell.allKeys")} />
      </Stack>
      <Stack gap={8}>
        <div className="lw-overline">{t("keys.canvas")}</div>
        {editorKeys.map(({ keys, does }) => (
          <Row key={does} keys={keys.map((key) => (key === "drag" ? t("keys.drag") : key))} does={t(`keys.${does}`)} />
        ))}
      </Stack>
      <Stack gap={8}>
        <div className="lw-overline">{t("keys.inList")}</div>
        {outlineKeys.map(({ keys, does }) => (
          <Row key={does} keys={keys} does={t(`keys.${does}`)} />
        ))}
        <Text fz={12.5} c="dimmed">
          {t("keys.inListLimits")}
        </Text>
      </Stack>
      <Stack gap={8}>
        <div className="lw-overline">{t("keys.inRuns")}</div>
        {runKeys.map(({ keys, does }) => (
          <Row key={does} keys={keys} does={t(`keys.${does}`)} />
        ))}
      </Stack>
    </Stack>
  );
}

export const openKeyHelp = (t: TFunction) =>
  modals.open({ title: t("shell.allKeys"), size: 420, children: <KeyHelp t={t} /> });
