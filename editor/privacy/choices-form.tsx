import { Button, Group, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { purposeSchema, type Purpose } from "../../workflows/flow/purpose.js";
import { foundContactSchema, type Choices, type FoundContact } from "../../server/people/people-api.js";
import { useChange } from "../api/change.js";

type Answer = "none" | "consents" | "objections";

const answerTo = ({ consents, objections }: Choices, purpose: Purpose): Answer => {
  if (objections.includes(purpose)) return "objections";
  return consents.includes(purpose) ? "consents" : "none";
};

function answered(choices: Choices, purpose: Purpose, answer: Answer): Choices {
  const others = (list: readonly Purpose[]) => list.filter((one) => one !== purpose);
  const changed = { ...choices, consents: others(choices.consents), objections: others(choices.objections) };
  return answer === "none" ? changed : { ...changed, [answer]: [...changed[answer], purpose] };
}

/** What a person agrees and objects to; and whether anything is done about them at all. */
export function ChoicesForm({ contact, onDone }: { readonly contact: FoundContact; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<Choices>(contact.choices);
  const save = useChange({
    schema: foundContactSchema,
    call: (body: Choices) => ({ path: `/api/privacy/contacts/${contact.id}/choices`, method: "PUT", body }),
    renews: ["run"],
  });
  return (
    <Stack>
      <Switch
        label={t("privacy.restrict")}
        description={t("privacy.restrictText")}
        checked={choices.restricted}
        onChange={(event) => setChoices({ ...choices, restricted: event.currentTarget.checked })}
      />
      {purposeSchema.options.map((purpose) => (
        <Stack key={purpose} gap={4}>
          <Text fz="sm" fw={550}>
            {t(`purpose.${purpose}`)}
          </Text>
          <Text fz={12} c="dimmed">
            {t(`privacy.purposeText.${purpose}`)}
          </Text>
          <SegmentedControl
            aria-label={t(`purpose.${purpose}`)}
            size="xs"
            value={answerTo(choices, purpose)}
            data={(["none", "consents", "objections"] as const).map((value) => ({
              value,
              label: t(`privacy.answer.${value}`),
            }))}
            onChange={(answer) => setChoices(answered(choices, purpose, answer))}
          />
        </Stack>
      ))}
      <Group justify="flex-end">
        <Button loading={save.isPending} onClick={() => save.mutate(choices, { onSuccess: onDone })}>
          {t("common.save")}
        </Button>
      </Group>
    </Stack>
  );
}
