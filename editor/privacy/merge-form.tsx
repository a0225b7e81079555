import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { foundContactSchema, peopleFoundSchema, type FoundContact } from "../../server/people/people-api.js";
import { useChange } from "../api/change.js";
import { Hint } from "../ui/hint.js";
import { Refusal } from "../ui/refusal.js";

interface Props {
  readonly contact: FoundContact;
  readonly called: string;
  readonly onDone: () => void;
}

/** Finds the other contact, shows what would be one, and merges. */
export function MergeForm({ contact, called, onDone }: Props) {
  const { t } = useTranslation();
  const [other, setOther] = useState<FoundContact | null>(null);
  const merge = useChange({
    schema: foundContactSchema,
    call: (contactId: string) => ({ path: `/api/privacy/contacts/${contact.id}/merge`, body: { contactId } }),
    renews: ["run", "feedback"],
    told: () => t("merge.done"),
    quiet: true,
  });
  return (
    <Stack>
      <Text fz="sm" c="dimmed">
        {t("merge.text", { name: called })}
      </Text>
      <OtherPicker contact={contact} other={other} choose={setOther} />
      {other && (
        <Hint tone="waiting" title={t("merge.preview", { name: called })}>
          {t("merge.previewText", {
            other: nameOf(other, t("privacy.unnamed")),
            responses: contact.responses + other.responses,
          })}
        </Hint>
      )}
      <Refusal error={merge.error} />
      <Group justify="flex-end">
        <Button
          disabled={other === null}
          loading={merge.isPending}
          onClick={() => other && merge.mutate(other.id, { onSuccess: onDone })}
        >
          {t("merge.now")}
        </Button>
      </Group>
    </Stack>
  );
}

const nameOf = ({ name, email }: Pick<FoundContact, "name" | "email">, otherwise: string): string =>
  name ?? email ?? otherwise;

interface PickerProps {
  readonly contact: FoundContact;
  readonly other: FoundContact | null;
  readonly choose: (other: FoundContact | null) => void;
}

function OtherPicker({ contact, other, choose }: PickerProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const search = useChange({
    schema: peopleFoundSchema,
    call: (asked: string) => ({ path: "/api/privacy/search", body: { words: asked } }),
    renews: [],
  });
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    choose(null);
    search.mutate(words.trim());
  };
  const others = search.data?.contacts.filter(({ id }) => id !== contact.id);
  return (
    <>
      <form onSubmit={submit}>
        <Group align="end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t("merge.other")}
            value={words}
            minLength={2}
            maxLength={320}
            required
            autoComplete="off"
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" leftSection={<IconSearch size={16} />} loading={search.isPending}>
            {t("privacy.find")}
          </Button>
        </Group>
      </form>
      {others?.length === 0 && <Text fz="sm">{t("merge.nobodyElse")}</Text>}
      {others && others.length > 0 && <Others others={others} other={other} choose={choose} />}
    </>
  );
}

interface OthersProps extends Omit<PickerProps, "contact"> {
  readonly others: readonly FoundContact[];
}

function Others({ others, other, choose }: OthersProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("merge.choose")}
      value={other?.id ?? ""}
      onChange={(id) => choose(others.find((one) => one.id === id) ?? null)}
    >
      <Stack gap="xs" mt="xs">
        {others.map((one) => (
          <Radio
            key={one.id}
            value={one.id}
            label={nameOf(one, t("privacy.unnamed"))}
            description={[one.email, one.phone].filter((part) => part !== null).join(" · ")}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
