import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { EffectView as Effect } from "../../server/runs/run-api.js";
import { useCatalogue } from "../flow/catalogue.js";
import { Folded } from "../ui/folded.js";
import { readFields } from "../ui/form-fields.js";
import { systemName } from "../ui/system-mark.js";
import { clockTime, formatLength } from "../ui/format.js";
import { StateMark } from "../ui/state-mark.js";
import { NextTry } from "./next-try.js";
import { ValueList } from "./value-list.js";

/** One write to the outside: what was sent, what came of each try, and the thing itself over there. */
export function EffectView({ effect }: { readonly effect: Effect }) {
  const { t } = useTranslation();
  const titles = useInputTitles(effect.action);
  const { state, system, url, externalId, message, attempts, request, key } = effect;
  const isUnsent = state === "failed" && attempts.length === 0;
  return (
    <Stack gap={12} className="lw-effect">
      <Group justify="space-between" wrap="nowrap">
        <StateMark state={state} word={t(isUnsent ? "effect.unsent" : `effect.${state}`)} />
        {url !== null && (
          <Button
            component="a"
            href={url}
            target="_blank"
            rel="noreferrer"
            size="xs"
            variant="default"
            rightSection={<IconArrowUpRight size={14} />}
          >
            {t("common.openIn", { system: systemName(system) })}
          </Button>
        )}
      </Group>
      {message !== null && <Text fz="sm">{message}</Text>}
      <NextTry effect={effect} />
      {request && (
        <ValueList
          title={t(isUnsent ? "runs.requestUnsent" : "runs.request")}
          titles={titles}
          values={inOrderOf(titles, request)}
        />
      )}
      {attempts.length > 0 && <Attempts attempts={attempts} />}
      <Folded label={t("runs.technical")}>
        <ValueList titles={{ key: t("runs.key"), externalId: t("runs.externalId") }} values={{ key, externalId }} />
      </Folded>
    </Stack>
  );
}

/** What the form of an action calls its fields, in its order. */
export function useInputTitles(ref: string): Readonly<Record<string, string>> {
  const action = useCatalogue().actions.find((one) => one.ref === ref);
  const fields = readFields(action?.inputSchema ?? {});
  return Object.fromEntries(fields.map(({ name, title }) => [name, title]));
}

/** As the form has them; the database keeps no order. */
export const inOrderOf = (titles: Readonly<Record<string, string>>, values: Readonly<Record<string, unknown>>) => {
  const names = Object.keys(titles);
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  return Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => place(a) - place(b)));
};

function Attempts({ attempts }: Pick<Effect, "attempts">) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap={4}>
      <div className="lw-overline">{t("runs.attempts", { count: attempts.length })}</div>
      <Table fz={12.5} verticalSpacing={5} horizontalSpacing={0} withRowBorders={false}>
        <Table.Tbody>
          {attempts.map(({ number, kind, startedAt, endedAt, outcome, message }) => (
            <Table.Tr key={number}>
              <Table.Td className="lw-numbers" c="dimmed" w={104} valign="top">
                {clockTime(startedAt, i18n.language)}
              </Table.Td>
              <Table.Td>
                {t("common.labelled", { label: t(`attempt.${kind}`), text: t(`attempt.${outcome ?? "open"}`) })}
                {endedAt !== null && (
                  <Text span inherit c="dimmed">
                    {" "}
                    · {formatLength(startedAt, endedAt, i18n.language)}
                  </Text>
                )}
                {message !== null && (
                  <Text fz={12} c="dimmed" className="lw-value">
                    {message}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
