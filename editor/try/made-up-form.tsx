import { Button, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { madeUpSchema } from "../../server/tries/try-api.js";
import type { Chosen } from "./trying.js";
import { useSourceOptions } from "./source-options.js";

interface Props {
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen) => void;
}

const metrics = ["nps", "csat", "ces", "stars", "text"] as const;
const texts = ["name", "email", "phone", "account", "tier", "product", "language"] as const;
type Texts = Partial<Record<(typeof texts)[number], string>>;

interface Form extends Texts {
  readonly metric: string;
  readonly score: number | null;
  readonly comment: string;
  readonly sourceId: string | null;
}

const BEGIN: Form = { metric: "nps", score: 3, comment: "", sourceId: null };
const orNull = (text = ""): string | null => (text.trim() === "" ? null : text.trim());

function feedbackOf({ metric, score, sourceId, comment, ...form }: Form) {
  const { name, email, phone, account, tier, product, language } = form;
  const isOfAccount = orNull(account) !== null || orNull(tier) !== null;
  return madeUpSchema.parse({
    ...{ metric, score, sourceId, comment: orNull(comment), product: orNull(product), language: orNull(language) },
    contact: { name: orNull(name), email: orNull(email), phone: orNull(phone) },
    account: isOfAccount ? { name: orNull(account), tier: orNull(tier) } : null,
  });
}

function formOf(chosen: Chosen | null): Form {
  if (chosen?.event.kind !== "madeUp") return BEGIN;
  const { metric, score, comment, sourceId, product, language, contact, account } = chosen.event.feedback;
  const { name, email, phone } = contact;
  const words = { name, email, phone, account: account?.name, tier: account?.tier, product, language };
  const given = Object.entries(words).map(([key, value]) => [key, value ?? ""] as const);
  return { metric, score, comment: comment ?? "", sourceId, ...(Object.fromEntries(given) as Texts) };
}

/** An event that nobody sent; what is left empty was not said. */
export function MadeUpForm({ chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => formOf(chosen));
  const set = (change: Partial<Form>) => setForm({ ...form, ...change });
  const use = () => {
    const scored = form.score === null ? "" : ` ${String(form.score)}`;
    const label = `${t(`metric.${form.metric}`, { defaultValue: form.metric })}${scored}, ${t("try.madeUpLabel")}`;
    onChoose({ event: { kind: "madeUp", feedback: feedbackOf(form) }, label });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <Stack gap={8}>
        <Scored form={form} set={set} />
        <Textarea
          size="xs"
          label={t("try.comment")}
          autosize
          minRows={2}
          maxRows={5}
          value={form.comment}
          onChange={({ currentTarget }) => set({ comment: currentTarget.value })}
        />
        <Around form={form} set={set} />
        <Button type="submit" size="xs">
          {t("try.use")}
        </Button>
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly form: Form;
  readonly set: (change: Partial<Form>) => void;
}

function Scored({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={2} spacing={8} verticalSpacing={8}>
      <Select
        size="xs"
        label={t("try.metric")}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={metrics.map((value) => ({ value, label: t(`metric.${value}`, { defaultValue: value }) }))}
        value={form.metric}
        onChange={(metric) => metric !== null && set({ metric })}
      />
      <NumberInput
        size="xs"
        data-autofocus
        label={t("try.score")}
        value={form.score ?? ""}
        onChange={(score) => set({ score: typeof score === "number" ? score : null })}
      />
    </SimpleGrid>
  );
}

/** Who said it, and about what. */
function Around({ form, set }: PartProps) {
  const { t } = useTranslation();
  const sources = useSourceOptions();
  return (
    <SimpleGrid cols={2} spacing={8} verticalSpacing={8}>
      {texts.map((name) => (
        <TextInput
          key={name}
          size="xs"
          label={t(`try.${name}`)}
          value={form[name] ?? ""}
          onChange={({ currentTarget }) => set({ [name]: currentTarget.value })}
        />
      ))}
      <Select
        size="xs"
        label={t("try.source")}
        clearable
        comboboxProps={{ withinPortal: false }}
        data={sources}
        value={form.sourceId}
        onChange={(sourceId) => set({ sourceId })}
      />
    </SimpleGrid>
  );
}
