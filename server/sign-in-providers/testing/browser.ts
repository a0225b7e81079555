import { clientOf, type Client } from "../../testing/http.js";

export interface Shown {
  /** Where it ended, after all redirects. */
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

export interface BrowserOptions {
  readonly publicUrl: string;
  /** Where what answers as `publicUrl` listens. */
  readonly listensAt: string;
  readonly language?: string;
}

type Until = (url: URL) => boolean;
type Form = Readonly<Record<string, string>>;

interface Following {
  readonly until: Until;
  readonly form?: Form;
}

const never: Until = () => false;

let browsers = 0;

/** As much of a browser as a sign-in needs: it follows redirects from host to host, and keeps each host's cookies. Each stands elsewhere. */
export function createBrowser({ publicUrl, listensAt, language = "en" }: BrowserOptions) {
  const jars = new Map<string, Map<string, string>>();
  browsers += 1;
  const address = `198.51.${Math.floor(browsers / 256)}.${browsers % 256}`;
  const jarOf = ({ host }: URL): Map<string, string> => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const cookieOf = (url: URL): string => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; ");

  function keep(url: URL, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...rest] = line.split(";");
      const cut = pair.indexOf("=");
      const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)] as const;
      const isGone = value === "" || rest.some((part) => /expires=Thu, 01 Jan 1970/i.test(part));
      if (isGone) jarOf(url).delete(name);
      else jarOf(url).set(name, value);
    }
  }

  async function step(url: URL, form?: Form): Promise<Response> {
    const at = url.origin === publicUrl ? listensAt + url.pathname + url.search : url.href;
    const headers = {
      // Ours are SameSite=Lax: what another site's page posts comes without them.
      cookie: form ? "" : cookieOf(url),
      "accept-language": language,
      accept: "text/html",
      "x-forwarded-for": address,
    };
    const posted = form && { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(at, { redirect: "manual", headers, ...posted });
    keep(url, response.headers);
    return response;
  }

  async function follow(address: string, { until, form }: Following): Promise<Shown> {
    let url = new URL(address, publicUrl);
    for (let hops = 0; hops < 12; hops += 1) {
      if (until(url)) return { url, status: 0, text: "" };
      const response = await step(url, hops === 0 ? form : undefined);
      const next = response.headers.get("location");
      if (next === null) return { url, status: response.status, text: await response.text() };
      await response.body?.cancel();
      url = new URL(next, url);
    }
    throw new Error(`the redirects do not end; the last leads to ${url.href}`);
  }

  return {
    /** Stops before it would ask for a page that `until` names. */
    visit: (address: string, until: Until = never) => follow(address, { until }),
    /** A form on another site's page is sent. */
    post: (address: string, form: Form, until: Until = never) => follow(address, { until, form }),
    /** Somebody closes the provider's session there. */
    forget: (host: string) => void jars.delete(host),
    cookies: () => new Map(jarOf(new URL(publicUrl))),
    setCookie: (name: string, value: string) => void jarOf(new URL(publicUrl)).set(name, value),
    /** The API, as whoever is signed in here. */
    call: async (...asked: Parameters<Client>) => {
      const own = { cookie: cookieOf(new URL(publicUrl)), "sec-fetch-site": "same-origin" };
      return clientOf(listensAt, own)(...asked);
    },
  };
}

export type Browser = ReturnType<typeof createBrowser>;
