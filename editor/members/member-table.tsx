import { Badge, Group, Table, Text } from "@mantine/core";
import { IconBuilding, IconFingerprint, IconKey, IconLink, IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Member } from "../../server/members/member-api.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";
import { MemberMenu } from "./member-menu.js";
import { useMemberName } from "./member-name.js";
import { RoleSelect } from "./role-select.js";

export function MemberTable({ items }: { readonly items: readonly Member[] }) {
  const { t } = useTranslation();
  const me = useQuery(queries.me()).data?.member.id;
  return (
    <ListTable
      minWidth={900}
      headings={[
        t("members.name"),
        t("members.role"),
        t("common.state"),
        t("members.signsInWith"),
        t("members.lastSeen"),
        "",
      ]}
    >
      {items.map((member) => (
        <MemberRow key={member.id} member={member} isMe={member.id === me} />
      ))}
    </ListTable>
  );
}

interface Props {
  readonly member: Member;
  readonly isMe: boolean;
}

function MemberRow({ member, isMe }: Props) {
  return (
    <Table.Tr>
      <Table.Td>
        <Who member={member} isMe={isMe} />
      </Table.Td>
      <Table.Td>
        <RoleSelect member={member} isMe={isMe} />
      </Table.Td>
      <Table.Td>
        <Access member={member} />
      </Table.Td>
      <Table.Td>
        <SignsInWith member={member} />
      </Table.Td>
      <Table.Td c="dimmed" className="lw-nowrap">
        <LastSeen member={member} />
      </Table.Td>
      <Table.Td ta="right">
        <MemberMenu member={member} isMe={isMe} />
      </Table.Td>
    </Table.Tr>
  );
}

function Who({ member, isMe }: Props) {
  const { t } = useTranslation();
  const nameOf = useMemberName();
  return (
    <>
      <Group gap={8} wrap="nowrap">
        <Text fz="sm" fw={550}>
          {nameOf(member)}
        </Text>
        {isMe && <Badge size="sm">{t("members.you")}</Badge>}
      </Group>
      <Text fz={12} c="dimmed">
        {member.email ?? t("members.noEmail")}
      </Text>
    </>
  );
}

const hasNeverCome = ({ lastSeenAt, hasPassword, hasPasskey, isLinked }: Member): boolean =>
  lastSeenAt === null && !hasPassword && !hasPasskey && !isLinked;

function Access({ member }: { readonly member: Member }) {
  const { t } = useTranslation();
  if (!member.active) return <StateMark state="withdrawn" word={t("members.isPutOut")} />;
  if (hasNeverCome(member)) return <StateMark state="askedFor" word={t("members.neverSignedIn")} />;
  return <StateMark state="active" word={t("members.isActive")} />;
}

const ways = {
  provider: { icon: IconBuilding, word: "withProvider" },
  link: { icon: IconLink, word: "withLink" },
  password: { icon: IconKey, word: "withPassword" },
  code: { icon: IconShieldCheck, word: "withCode" },
  passkey: { icon: IconFingerprint, word: "withPasskey" },
} as const;

type Way = keyof typeof ways;

function waysOf({ isLinked, hasPassword, hasPasskey, hasSecondFactor }: Member): readonly Way[] {
  const own: readonly (readonly [Way, boolean])[] = [
    ["provider", isLinked],
    ["passkey", hasPasskey],
    [hasSecondFactor ? "code" : "password", hasPassword],
  ];
  const all = own.flatMap(([way, has]) => (has ? [way] : []));
  return all.length === 0 ? ["link"] : all;
}

function SignsInWith({ member }: { readonly member: Member }) {
  const { t } = useTranslation();
  return waysOf(member).map((way) => {
    const { icon: Mark, word } = ways[way];
    return (
      <Group key={way} gap={6} wrap="nowrap" className="lw-nowrap">
        <Mark size={15} stroke={1.8} aria-hidden />
        {t(`members.${word}`)}
      </Group>
    );
  });
}

/** Sessions that ended long ago are forgotten. */
function LastSeen({ member }: { readonly member: Member }) {
  const { t } = useTranslation();
  if (member.lastSeenAt !== null) return <Time at={member.lastSeenAt} />;
  return hasNeverCome(member) ? t("common.never") : t("members.notLately");
}
