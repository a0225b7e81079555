import { Button, Group, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import { teamSchema, type SaveTeam, type Team } from "../../server/members/team-api.js";
import type { RowRule } from "../../server/members/rule-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { useErrorWords } from "../ui/error-words.js";
import { Hint } from "../ui/hint.js";
import { useMemberName } from "./member-name.js";
import { writtenRule } from "./row-rule.js";
import { RowRules } from "./row-rules.js";
import { NOTHING_PICKED, picked, ThingPickers, thingsOf, type PickedThings } from "./things.js";

interface Values extends PickedThings, RowRule {
  readonly name: string;
  readonly memberIds: string[];
}

interface Props {
  /** Null: one that is to be made. */
  readonly team: Team | null;
  readonly onDone: () => void;
}

const valuesOf = (team: Team | null): Values =>
  team === null
    ? { name: "", memberIds: [], ...NOTHING_PICKED, segment: [], accountIds: null }
    : { ...team, ...picked(team) };

export function TeamForm({ team, onDone }: Props) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const nameOf = useMemberName();
  const members = useQuery(queries.members()).data?.items ?? [];
  const form = useForm<Values>({ initialValues: valuesOf(team) });
  const save = useChange({
    schema: teamSchema,
    call: ({ name, memberIds, segment, accountIds, ...things }: Values) => ({
      path: team === null ? "/api/teams" : `/api/teams/${team.id}`,
      method: team === null ? "POST" : "PUT",
      body: { name, memberIds, ...thingsOf(things), ...writtenRule({ segment, accountIds }) } satisfies SaveTeam,
    }),
    renews: ["team"],
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: onDone }))}>
      <Stack>
        <TextInput label={t("teams.name")} required maxLength={80} data-autofocus {...form.getInputProps("name")} />
        <MultiSelect
          label={t("teams.members")}
          description={t("teams.membersText")}
          searchable
          data={members.map((member) => ({ value: member.id, label: nameOf(member) }))}
          {...form.getInputProps("memberIds")}
        />
        <ThingPickers values={form.values} propsOf={(field) => form.getInputProps(field)} />
        <RowRules rule={form.values} onChange={({ segment, accountIds }) => form.setValues({ segment, accountIds })} />
        {save.error && <Hint tone="failed">{wordsOf(save.error).text}</Hint>}
        <Group justify="space-between">
          {team === null ? <span /> : <DeleteTeam team={team} onDone={onDone} />}
          <Button type="submit" loading={save.isPending}>
            {t("teams.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Refused by the server while somebody is in it, with the reason. */
function DeleteTeam({ team: { id }, onDone }: { readonly team: Team; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const remove = useChange({
    schema: emptySchema,
    call: () => ({ path: `/api/teams/${id}`, method: "DELETE" as const }),
    renews: ["team"],
  });
  return (
    <Button
      variant="subtle"
      color="red"
      loading={remove.isPending}
      onClick={() => remove.mutate(undefined, { onSuccess: onDone })}
    >
      {t("teams.delete")}
    </Button>
  );
}
