import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Me } from "../../server/members/member-api.js";

export function Brand({ me }: { readonly me: Me }) {
  return (
    <Link to="/" className="lw-brand" aria-label="Loopwright">
      <img src="/loopwright.svg" width={26} height={26} alt="" />
      <span>
        <Text fw={650} fz={15} lh={1.2}>
          Loopwright
        </Text>
        <Text fz={12} c="dimmed" lh={1.3} truncate maw={140}>
          {me.workspace.name}
        </Text>
      </span>
    </Link>
  );
}
