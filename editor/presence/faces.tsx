import { Avatar, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Presence } from "../../server/presence/presence-api.js";
import "./presence.css";

type Other = Presence["others"][number];

const MOST_FACES = 3;
const EVENTS = { hover: true, focus: true, touch: true };

/** Whoever else has this flow open; who edits comes first, and says so. */
export function Faces({ others }: { readonly others: readonly Other[] }) {
  const { t } = useTranslation();
  const nameOf = ({ name }: Other) => name ?? t("common.someone");
  const sorted = [...others].sort((a, b) => Number(b.isEditing) - Number(a.isEditing));
  const [shown, more] = [sorted.slice(0, MOST_FACES), sorted.slice(MOST_FACES)];
  return (
    <>
      <VisuallyHidden role="status">
        {others.length > 0 && t("presence.here", { names: others.map(nameOf).join(", ") })}
      </VisuallyHidden>
      {others.length > 0 && (
        <ul className="lw-faces" aria-label={t("presence.title")}>
          {shown.map((other) => (
            <Face key={other.memberId} other={other} name={nameOf(other)} />
          ))}
          {more.length > 0 && (
            <li>
              <Tooltip label={more.map(nameOf).join(", ")} events={EVENTS}>
                <Avatar size={26} radius="xl" tabIndex={0} role="img" aria-label={more.map(nameOf).join(", ")}>
                  +{more.length}
                </Avatar>
              </Tooltip>
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function Face({ other: { isEditing }, name }: { readonly other: Other; readonly name: string }) {
  const { t } = useTranslation();
  const label = t(isEditing ? "presence.editing" : "presence.isHere", { who: name });
  return (
    <li className="lw-face" data-editing={isEditing}>
      <Tooltip label={label} events={EVENTS}>
        <Avatar size={26} radius="xl" name={name} color="petrol" tabIndex={0} role="img" aria-label={label} />
      </Tooltip>
      {isEditing && (
        <span className="lw-face-word" aria-hidden>
          <IconPencil size={13} stroke={1.8} />
          {t("presence.word")}
        </span>
      )}
    </li>
  );
}
