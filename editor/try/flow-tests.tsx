import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconTestPipe } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { testResultsSchema, type TestResult } from "../../server/tries/flow-test-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { useFlow } from "../flow/store-context.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Refusal } from "../ui/refusal.js";
import { RemoveButton } from "../ui/remove-button.js";
import { StateMark } from "../ui/state-mark.js";
import { Differences } from "./differences.js";

interface Props {
  readonly flowId: string;
}

/** The tests of a flow, and whether they hold for what is drawn now. */
export function FlowTests({ flowId }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconTestPipe size={14} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t("flowTest.tests")}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("flowTest.tests")} size="lg">
        <Tests flowId={flowId} />
      </Modal>
    </>
  );
}

function Tests({ flowId }: Props) {
  const { t } = useTranslation();
  const draft = useFlow((state) => state.draft);
  const query = useQuery(queries.flowTests(flowId));
  const run = useChange({
    schema: testResultsSchema,
    call: (_: undefined) => ({ path: `/api/flows/${flowId}/tests/run`, body: { draft } }),
    renews: [],
    quiet: true,
  });
  const results = new Map(run.data?.items.map((result) => [result.id, result]));
  const nothing = <Notice icon={IconTestPipe} title={t("flowTest.none")} text={t("flowTest.noneText")} />;
  return (
    <Listed query={query} nothing={nothing}>
      {(items) => (
        <Stack gap={14}>
          {items.map(({ id, name }) => (
            <OneTest key={id} flowId={flowId} test={{ id, name }} result={results.get(id)} />
          ))}
          <Refusal error={run.error} />
          <Group justify="flex-end">
            <Button data-run loading={run.isPending} onClick={() => run.mutate(undefined)}>
              {t("flowTest.run")}
            </Button>
          </Group>
        </Stack>
      )}
    </Listed>
  );
}

interface OneProps extends Props {
  readonly test: Pick<TestResult, "id" | "name">;
  readonly result: TestResult | undefined;
}

function OneTest({ flowId, test: { id, name }, result }: OneProps) {
  const { t } = useTranslation();
  const remove = useChange({
    schema: z.unknown(),
    call: (_: undefined) => ({ path: `/api/flows/${flowId}/tests/${id}`, method: "DELETE" as const }),
    renews: ["flowTests"],
  });
  return (
    <div>
      <Group gap={10} wrap="nowrap">
        <Text fz="sm" fw={600} className="lw-value" flex={1}>
          {name}
        </Text>
        {result && <Verdict holds={result.differences.length === 0} />}
        <RemoveButton label={t("flowTest.remove", { name })} onClick={() => remove.mutate(undefined)} />
      </Group>
      {result && <Differences differences={result.differences} />}
    </div>
  );
}

function Verdict({ holds }: { readonly holds: boolean }) {
  const { t } = useTranslation();
  return <StateMark state={holds ? "done" : "failed"} word={t(holds ? "flowTest.holds" : "flowTest.fails")} />;
}
