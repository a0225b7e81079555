/**
 * What every column of every table holds: a test on the migrated database fails on a column that is not declared here, and on one
 * that is declared but gone. What a person said or is called is `secret`, unless it is declared otherwise.
 * - `clear`: ids, scores, times, states, codes, external ids; also what members call their flows, sources and connections.
 * - `secret`: sealed for its subject, or enveloped.
 * - `blind`: HMAC of a normalised value: equal values meet, nothing can be read back.
 * - `key`: a wrapped key.
 * - `hash`: tells whether something is the same, and nothing else.
 *
 * Nobody reads or writes these since migration 0048; a later one takes them out: `delivery`, `response.revisions`, `contact.account_id`,
 * `revision.kind` and `complete`, `employee_group.source_id` and `relation`.
 */
export type ColumnClass = "clear" | "secret" | "blind" | "key" | "hash";

/** Column names apart by blanks. */
type TableClasses = { readonly [Class in ColumnClass]?: string };

const tables: Readonly<Record<string, TableClasses>> = {
  account: { clear: "id workspace_id subject_id parent_id attributes created_at", secret: "name" },
  account_identity: { clear: "workspace_id kind account_id", blind: "blind" },
  api_token: {
    clear: `id workspace_id name role permissions flow_ids source_ids connection_ids prefix created_by created_at
      last_used_at expires_at revoked_at`,
    hash: "token_hash",
  },
  approval: {
    clear: `id workspace_id run_id node_id subject_id connection_id channel policy state asked_at expires_at
      decided_at decided_by_kind decided_by`,
    secret: "title text reason",
  },
  audit_event: {
    clear: "id workspace_id at actor_kind actor_id action target_kind target_id data seq",
    hash: "hash",
  },
  audit_head: { clear: "workspace_id seq key_id signed_at", hash: "hash signature" },
  connection: {
    clear: `id workspace_id connector name config secrets_set state reason account target notes facts sandbox
      checked_at created_at secret_version`,
    secret: "secret_inbound secret_outbound",
  },
  connection_use: { clear: "connection_id day effects last_at" },
  connection_use_until: { clear: "only_one until" },
  contact: {
    clear: "id workspace_id subject_id account_id created_at restricted_at consents objections forsaken_at merged_into",
    secret: "name email phone",
  },
  contact_identity: { clear: "workspace_id kind contact_id", blind: "blind" },
  contact_merge: {
    clear: "id workspace_id kept_id merged_id kept_choices merged_choices choices merged_at merged_by",
  },
  counter: { clear: "name n" },
  delivery: { clear: "source_id delivery_id revision_id received_at" },
  effect: {
    clear: `id workspace_id owner_kind owner_id node_id slot iteration key action connection_id state on_ambiguous closing
      retry_until token claimed_until first_sending_at doubt_since not_before slot_reserved attempts barred external_id url code
      created_at settled_at forgotten_until`,
    secret: "request message",
  },
  effect_attempt: { clear: "effect_id number kind token started_at ended_at outcome code", secret: "message" },
  employee_group: { clear: "id workspace_id source_id relation revisions least formed_at" },
  erased_response: { clear: "workspace_id erased_at", blind: "blind" },
  erasure: {
    clear: `id workspace_id ground subject_ids contact_ids response_ids quarantine_ids asked_by asked_at due_at settled_at
      copies_at rows_at traces_at done_at deleted receipt begun_at source_id`,
  },
  erasure_copy: {
    clear: "id erasure_id effect_id key action connection_id external_id url at state remains code tries due_at",
  },
  erasure_trace: { clear: "erasure_id run_id" },
  flow: {
    clear: `id workspace_id name state draft draft_revision draft_saved_at draft_saved_by draft_editors draft_hand
      version_id version_number published_revision created_at deleted_at`,
  },
  // Of events only what was made up (decision 0030).
  flow_test: { clear: "id workspace_id flow_id name event pins at expected created_at created_by" },
  flow_version: {
    clear:
      "id flow_id workspace_id number document layout drawn note override_reason editors published_by published_at step step_run",
    hash: "hash step_asked",
  },
  installation: { clear: "id created_at only_one" },
  installation_key: { clear: "purpose created_at", key: "wrapped" },
  kek: { clear: "id first_used_at" },
  legal_hold: {
    clear: "id workspace_id about about_id subject_id placed_at placed_by lifted_at lifted_by",
    secret: "reason",
  },
  ledger_state: { clear: "only_one identity" },
  member: {
    clear: "id workspace_id subject_id role active created_at external_id deprovisioned_at claimed_at",
    secret: "name email",
    blind: "email_blind",
  },
  member_password: { clear: "member_id changed_at", hash: "hash" },
  member_totp: { clear: "member_id confirmed_at last_step", secret: "secret" },
  mention: { clear: "workspace_id response_id", blind: "blind" },
  notice: { clear: "id workspace_id subject_id kind about_kind about_id due_at driven created_at finished_at" },
  oidc_attempt: { clear: "workspace_id return_to expires_at", hash: "token_hash" },
  oidc_link: { clear: "workspace_id issuer member_id linked_at", blind: "subject_blind" },
  oidc_provider: {
    clear: "workspace_id issuer client_id label domains makes_members first_role exclusive changed_at",
    secret: "client_secret",
  },
  oversight_entry: {
    clear: `workspace_id kind thing_id owner_id purpose lawful_basis data_classes data_subjects region place agreement
      agreement_on agreement_reference yearly_cost currency credential_owner_id credential_expires_on retention
      changed_at changed_by`,
  },
  passkey: {
    clear: "id member_id credential_id public_key rp_id counter transports created_at last_used_at",
    secret: "name",
  },
  passkey_challenge: { clear: "member_id expires_at", hash: "challenge_hash" },
  person: {
    clear: "id workspace_id connection_id external_id subject_id member_id active created_at",
    secret: "name",
  },
  quarantine: {
    clear: "id workspace_id source_id subject_id received_at reason field state replayed_at revision_id domain",
    secret: "raw",
    blind: "content_hash",
  },
  rate_slot: { clear: "connection_id scope next_at held_until" },
  restore_point: { clear: "named_at reaches" },
  retention: { clear: "workspace_id source_id content_days response_days changed_at" },
  response: {
    clear: "id workspace_id source_id external_id subject_id contact_id account_id revisions created_at own_contact_id",
  },
  revision: {
    clear: `id workspace_id response_id source_id ordinal received_at occurred_at kind metric score scale_min scale_max
      language domain product relation attributes complete outcome not_judged content_gone_at group_id shown_as`,
    secret: "raw comment respondent",
    blind: "content_hash",
  },
  run: {
    clear: `id workspace_id flow_id flow_version_id response_id revision_id ordinal subject_id key seq state outcome due_at
      driven created_at finished_at halted_since halted_code turn purpose withheld`,
    blind: "flow_key",
  },
  run_fact: { clear: "run_id seq at kind node_id data", secret: "sealed" },
  saml_attempt: { clear: "workspace_id return_to expires_at", secret: "answer", hash: "token_hash relay_hash" },
  saml_link: { clear: "workspace_id issuer member_id linked_at", blind: "subject_blind" },
  saml_provider: {
    clear: "workspace_id issuer sign_on_url certificates label domains makes_members first_role exclusive changed_at",
  },
  // The masked copy, where a workspace asked for one (decision 0025).
  search_copy: { clear: "revision_id workspace_id words" },
  session: { clear: "id member_id method created_at last_seen_at expires_at", hash: "token_hash" },
  sign_in_failure: { clear: "failures since", hash: "scope" },
  sign_in_link: { clear: "member_id expires_at used_at", hash: "token_hash" },
  source: { clear: "id workspace_id slug name kind settings state created_at", secret: "secrets" },
  subject: { clear: "id workspace_id kind created_at erased_at" },
  subject_key: { clear: "id subject_id workspace_key_id created_at", key: "wrapped" },
  team: { clear: "id workspace_id name flow_ids source_ids connection_ids segment account_ids created_at" },
  flow_presence: { clear: "flow_id tab_id workspace_id member_id seen_at edited_at taken_at" },
  saved_view: { clear: "id workspace_id member_id page name filter shared created_at" },
  team_member: { clear: "team_id member_id" },
  word_search: { clear: "workspace_id state upto" },
  tool_request: {
    clear: `id workspace_id kind name purpose lawful_basis data_classes data_subjects why asked_by asked_at state decided_by
      decided_at reason thing_id`,
  },
  unknown_sender: { clear: "workspace_id day reason key_prefix network count first_at last_at" },
  workspace: { clear: "id name publish_epoch settings created_at" },
  workspace_key: { clear: "id workspace_id purpose created_at retired_at", key: "wrapped" },
};

export interface DeclaredColumn {
  readonly table: string;
  readonly column: string;
  readonly class: ColumnClass;
}

const classes = ["clear", "secret", "blind", "key", "hash"] as const satisfies readonly ColumnClass[];

export const declaredColumns: readonly DeclaredColumn[] = Object.entries(tables).flatMap(([table, declared]) =>
  classes.flatMap((name) =>
    (declared[name] ?? "")
      .split(/\s+/)
      .filter((column) => column !== "")
      .map((column) => ({ table, column, class: name })),
  ),
);
