import type { Response } from "express";
import { sql } from "kysely";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import type { Vault } from "../privacy/vault.js";
import { setChoices } from "./choices.js";
import { exportHtml } from "./export-html.js";
import { exportPerson } from "./export-person.js";
import { findPeople } from "./find-people.js";
import * as api from "./people-api.js";
import { merge, unmerge } from "./merge.js";
import { contactsById } from "./people-store.js";
import { rectify } from "./rectify.js";

interface PeopleDependencies {
  readonly db: Db;
  readonly vault: Vault;
}

const contactParams = z.object({ contactId: uuidSchema });

export const peopleRoutes = (dependencies: PeopleDependencies): Route[] => [
  searchRoute(dependencies),
  exportRoute(dependencies),
  rectifyRoute(dependencies),
  choicesRoute(dependencies),
  ...mergeRoutes(dependencies),
];

const searchRoute = ({ db, vault }: PeopleDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/privacy/search",
    access: "privacy:manage",
    summary: "Where somebody stands: as a contact, in what anybody said, in what is held",
    body: api.peopleSearchSchema,
    reply: api.peopleFoundSchema,
    heavy: true,
    handle: async ({ actor, body }) => {
      const { workspaceId } = actor;
      const revealsEmployees = mayDo(actor, "employees:reveal");
      const found = await findPeople({ reader: db, vault, workspaceId, words: body.words, revealsEmployees });
      await transact(db, (tx) =>
        auditBy(tx, actor, {
          action: "person.searched",
          target: { kind: "workspace", id: workspaceId },
          data: { contacts: found.contacts.length, responses: found.responses.length },
        }),
      );
      return found;
    },
  });

const exportRoute = ({ db, vault }: PeopleDependencies): Route =>
  defineRoute({
    method: "get",
    path: "/api/privacy/contacts/:contactId/export",
    access: "privacy:manage",
    summary: "Everything that is held of a contact, as a file",
    params: contactParams,
    query: api.exportQuerySchema,
    reply: "stream",
    heavy: true,
    handle: async ({ actor, params, query, response }) => {
      if (!mayDo(actor, "employees:reveal")) await refuseEmployees(db, params.contactId);
      const person = await exportPerson(db, vault, { workspaceId: actor.workspaceId, ...params });
      await transact(db, (tx) => auditBy(tx, actor, { action: "person.exported", target: contact(params.contactId) }));
      send(response, query.format, query.format === "html" ? exportHtml(person) : JSON.stringify(person, null, 2));
    },
  });

/** A file without it would not be everything that is held. */
async function refuseEmployees(reader: Reader, contactId: string): Promise<void> {
  const { rows } = await sql`
    select from response join revision on revision.response_id = response.id
    where response.contact_id = lw_contact_root(${contactId}) and revision.domain = 'employee' limit 1`.execute(reader);
  if (rows.length > 0)
    throw conflict("employee_feedback", "They also spoke as an employee. Ask a privacy officer for this file.");
}

function send(response: Response, format: "json" | "html", text: string): void {
  response
    .type(format === "html" ? "text/html" : "application/json")
    .attachment(`person.${format}`)
    .send(text);
}

const rectifyRoute = ({ db, vault }: PeopleDependencies): Route =>
  defineRoute({
    method: "patch",
    path: "/api/privacy/contacts/:contactId",
    access: "privacy:manage",
    summary: "Put right a contact's name, address or number",
    params: contactParams,
    body: api.rectifySchema,
    reply: api.foundContactSchema,
    handle: ({ actor, params, body }) =>
      transact(db, async (tx) => {
        await rectify(tx, vault, { workspaceId: actor.workspaceId, id: params.contactId }, body);
        await auditBy(tx, actor, { action: "person.rectified", target: contact(params.contactId) });
        return contactOf(tx, vault, actor, params.contactId);
      }),
  });

const choicesRoute = ({ db, vault }: PeopleDependencies): Route =>
  defineRoute({
    method: "put",
    path: "/api/privacy/contacts/:contactId/choices",
    access: "privacy:manage",
    summary: "Restrict what is done about a contact, and note what they agree and object to",
    params: contactParams,
    body: api.choicesSchema,
    reply: api.foundContactSchema,
    handle: ({ actor, params, body }) =>
      transact(db, async (tx) => {
        const isKnown = await setChoices(tx, { workspaceId: actor.workspaceId, id: params.contactId }, body);
        if (!isKnown) throw notFound("contact");
        await auditBy(tx, actor, {
          action: "person.choices_changed",
          target: contact(params.contactId),
          data: {
            restricted: body.restricted,
            consents: body.consents.join(" "),
            objections: body.objections.join(" "),
          },
        });
        return contactOf(tx, vault, actor, params.contactId);
      }),
  });

const mergeRoutes = ({ db, vault }: PeopleDependencies): Route[] =>
  (
    [
      ["merge", merge, "person.merged", "Say that another contact is the same person; nothing of either is mixed"],
      ["unmerge", unmerge, "person.unmerged", "Part two contacts again: each has their own back"],
    ] as const
  ).map(([path, change, action, summary]) =>
    defineRoute({
      method: "post",
      path: `/api/privacy/contacts/:contactId/${path}`,
      access: "privacy:manage",
      summary,
      params: contactParams,
      body: api.mergeSchema,
      reply: api.foundContactSchema,
      handle: ({ actor, params, body }) =>
        transact(db, async (tx) => {
          const pair = { workspaceId: actor.workspaceId, keptId: params.contactId, mergedId: body.contactId };
          await change(tx, pair, actor.id);
          await auditBy(tx, actor, { action, target: contact(pair.keptId), data: { merged: pair.mergedId } });
          return contactOf(tx, vault, actor, pair.keptId);
        }),
    }),
  );

async function contactOf(tx: Tx, vault: Vault, { workspaceId }: Actor, id: string): Promise<api.FoundContact> {
  const [found] = await contactsById(tx, vault, { workspaceId, ids: [id] });
  if (!found) throw notFound("contact");
  return found;
}

const contact = (id: string) => ({ kind: "contact", id });
