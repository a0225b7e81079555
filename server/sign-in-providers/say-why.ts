import type { Request, Response } from "express";
import { refusalLanguages, refusalPage, statusOf } from "./refusal-page.js";
import { SignInRefusal } from "./sign-in-refusal.js";

interface Visit {
  readonly request: Request;
  readonly response: Response;
}

/** They came by a link or a provider's form, so they are answered by a page. */
export async function orSayWhy({ request, response }: Visit, work: () => Promise<void>): Promise<void> {
  response.set("cache-control", "no-store");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    const language = request.acceptsLanguages(refusalLanguages);
    const page = refusalPage({ language, refusal: error, locals: response.locals });
    response.status(statusOf(error)).type("html").send(page);
  }
}
