import { Button, Group, Paper, PasswordInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import type { ConnectionView, connectorSchema } from "../../server/connections/connection-api.js";
import { ApiError } from "../api/client.js";
import { initialValues, readFields } from "../ui/form-fields.js";
import type { FormField } from "../ui/form-fields.js";
import { Refusal } from "../ui/refusal.js";
import { SchemaForm } from "../ui/schema-form.js";
import { useServerWords } from "../ui/words.js";

export interface Settings {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, string>>;
}

interface Props {
  readonly connector: z.infer<typeof connectorSchema>;
  readonly connection: ConnectionView | null;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly onSave: (settings: Settings) => void;
}

/** "config.site" and "site" are both the field `site`. */
function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  const fields = Object.entries(error.problem.fields ?? {});
  return Object.fromEntries(fields.map(([name, message]) => [name.replace(/^(config|secret)\./, ""), message]));
}

export function ConnectionForm({ connector, connection, error, isPending, onSave }: Props) {
  const { t } = useTranslation();
  const configFields = readFields(connector.configSchema);
  const secretFields = readFields(connector.secretSchema);
  const [name, setName] = useState(connection?.name ?? connector.title);
  const [config, setConfig] = useState(connection?.config ?? initialValues(configFields));
  const [secret, setSecret] = useState<Readonly<Record<string, string>>>({});
  const errors = fieldErrors(error);
  const form = { values: config, onChange: setConfig, errors };
  return (
    <Paper p="lg" className="lw-card" maw={720}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const entered = Object.entries(secret).filter(([, value]) => value !== "");
          onSave({ name, config, secret: Object.fromEntries(entered) });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t("connections.name")}
            description={t("connections.nameText")}
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <SchemaForm {...form} fields={configFields.filter(({ advanced }) => !advanced)} />
          {secretFields.length > 0 && (
            <SecretFields
              fields={secretFields}
              secret={secret}
              onChange={setSecret}
              set={connection?.secretsSet ?? []}
              errors={errors}
            />
          )}
          <SchemaForm {...form} fields={configFields.filter(({ advanced }) => advanced)} />
          <Refusal error={error} titled />
          <Submit isNew={connection === null} isPending={isPending} />
        </Stack>
      </form>
    </Paper>
  );
}

function Submit({ isNew, isPending }: { readonly isNew: boolean; readonly isPending: boolean }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between">
      <Text fz="sm" c="dimmed">
        {t("connections.checkedLive")}
      </Text>
      <Button type="submit" loading={isPending}>
        {t(isNew ? "connections.checkAndConnect" : "connections.checkAndSave")}
      </Button>
    </Group>
  );
}

interface Secrets {
  readonly fields: readonly FormField[];
  readonly secret: Readonly<Record<string, string>>;
  readonly onChange: (secret: Readonly<Record<string, string>>) => void;
  readonly set: readonly string[];
  readonly errors: Readonly<Record<string, string>>;
}

/** Written, never read back: an empty field keeps what is set. */
function SecretFields({ fields, secret, onChange, set, errors }: Secrets) {
  const { t } = useTranslation();
  const word = useServerWords();
  return (
    <Stack gap="md">
      {fields.map(({ name, title, description, required, multiline }) => {
        const isSet = set.includes(name);
        const Field = multiline ? Textarea : PasswordInput;
        return (
          <Field
            key={name}
            label={word(title)}
            description={description === null ? null : word(description)}
            withAsterisk={required && !isSet}
            required={required && !isSet}
            autoComplete="off"
            leftSection={isSet ? <IconLock size={15} stroke={1.8} /> : null}
            placeholder={isSet ? t("connections.secretSet") : ""}
            value={secret[name] ?? ""}
            error={errors[name] ?? null}
            onChange={(event) => onChange({ ...secret, [name]: event.currentTarget.value })}
          />
        );
      })}
    </Stack>
  );
}
