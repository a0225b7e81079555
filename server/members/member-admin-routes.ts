import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as api from "./member-api.js";
import type { MemberService } from "./member-service.js";

const params = z.object({ memberId: uuidSchema });

export interface MemberAdminDependencies {
  readonly service: MemberService;
  /** Who they were is not to be believed any more. */
  readonly forget: () => void;
}

/** The people of a workspace, as admins manage them. */
export const memberAdminRoutes = ({ service, forget }: MemberAdminDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/members",
    access: "members:manage",
    summary: "Who may sign in, and who may not any more",
    reply: api.memberListSchema,
    handle: async ({ actor }) => ({ items: await service.list(actor) }),
  }),
  defineRoute({
    method: "post",
    path: "/api/members",
    access: "members:manage",
    summary: "A new member; the sign-in link in the answer is shown once, and handed over by whoever asks",
    body: api.inviteSchema,
    reply: api.invitedSchema,
    status: 201,
    handle: ({ actor, body }) => service.invite(actor, body),
  }),
  defineRoute({
    method: "patch",
    path: "/api/members/:memberId",
    access: "members:manage",
    summary: "Another name, address or role, or put out and let in again; what they had open ends",
    params,
    body: api.changeMemberSchema,
    reply: api.memberSchema,
    handle: async ({ actor, params: { memberId }, body }) => {
      const member = await service.change(actor, memberId, body);
      forget();
      return member;
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/members/:memberId/link",
    access: "members:manage",
    summary: "A new one-time sign-in link, for whoever lost a password or a second factor",
    params,
    reply: api.memberLinkSchema,
    status: 201,
    handle: ({ actor, params: { memberId } }) => service.link(actor, memberId),
  }),
];
