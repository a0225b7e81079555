import {
  accountListSchema,
  accountsImportedSchema,
  accountSchema as companyAccountSchema,
} from "../../server/accounts/accounts-api.js";
import { accountSchema, secondFactorSchema, sessionListSchema } from "../../server/members/account-api.js";
import { emptySchema } from "../../server/http/common-api.js";
import { invitedSchema, memberLinkSchema, memberListSchema, memberSchema } from "../../server/members/member-api.js";
import { teamListSchema, teamSchema } from "../../server/members/team-api.js";
import { oidcSettingsSchema } from "../../server/oidc/oidc-api.js";
import { passkeyListSchema, passkeySchema } from "../../server/passkeys/passkey-api.js";
import { samlSettingsSchema } from "../../server/saml/saml-api.js";
import { signInWaysSchema } from "../../server/sign-in-providers/provider-api.js";
import { answering, get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { me } from "./fixtures/lists.js";
import {
  account,
  companyAccounts,
  memberLink,
  members,
  oidcSettings,
  samlSettings,
  passkeys,
  secondFactor,
  sessions,
  teams,
} from "./fixtures/people.js";

const post = answering("POST");
const patch = answering("PATCH");
const remove = answering("DELETE");
const find = (memberId: string | undefined) => members.find(({ id }) => id === memberId);

export const peopleRoutes: readonly Route[] = [
  get(/^teams$/, teamListSchema, ({ items }) => ({ items: items(teams) })),
  post(/^teams$/, teamSchema, () => teams[0]),
  get(/^accounts$/, accountListSchema, ({ items }) => ({ items: items(companyAccounts), next: null })),
  answering("PUT")(/^accounts\/[^/]+$/, companyAccountSchema, () => companyAccounts[1]),
  post(/^accounts\/import$/, accountsImportedSchema, () => ({ made: 1, placed: 2 })),
  get(/^members$/, memberListSchema, ({ items }) => ({ items: items(members) })),
  post(/^members$/, invitedSchema, () => ({ member: members[3], link: memberLink })),
  patch(/^members\/([^/]+)$/, memberSchema, ({ params: [memberId] }) => find(memberId)),
  post(/^members\/[^/]+\/link$/, memberLinkSchema, () => memberLink),
  get(/^sign-in-provider$/, oidcSettingsSchema, () => oidcSettings),
  answering("PUT")(/^sign-in-provider$/, oidcSettingsSchema, () => oidcSettings),
  get(/^saml-provider$/, samlSettingsSchema, () => samlSettings),
  answering("PUT")(/^saml-provider$/, samlSettingsSchema, () => samlSettings),
  get(/^ways-to-sign-in$/, signInWaysSchema, () => ({
    passwords: true,
    passkeys: true,
    providers: [{ workspaceId: me.workspace.id, kind: "oidc", label: "Acme" }],
  })),
  get(/^account$/, accountSchema, () => account),
  patch(/^account$/, accountSchema, () => account),
  answering("PUT")(/^account\/password$/, accountSchema, () => account),
  post(/^account\/second-factor$/, secondFactorSchema, () => secondFactor),
  post(/^account\/second-factor\/\w+$/, accountSchema, () => account),
  get(/^account\/passkeys$/, passkeyListSchema, ({ items }) => ({ items: items(passkeys), host: "localhost" })),
  patch(/^account\/passkeys\/[^/]+$/, passkeySchema, () => passkeys[0]),
  remove(/^account\/passkeys\/[^/]+$/, emptySchema, () => ({})),
  get(/^account\/sessions$/, sessionListSchema, () => ({ items: [...sessions] })),
  remove(/^members\/[^/]+\/provider-link$/, emptySchema, () => ({})),
  remove(/^account\/sessions(\/[^/]+)?$/, emptySchema, () => ({})),
];
