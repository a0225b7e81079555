import { byId } from "./dom.js";

let hiding;

/** Says once what could not be done; never only in the console. */
export const notice = (text) => {
  const node = byId("notice");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (node.hidden = true), 6000);
};

const call = async (method, path, body) => {
  const options = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`/control/${path}`, options);
  const answer = await response.json();
  if (!response.ok) notice(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
};

const guarded = async (...args) => {
  try {
    return await call(...args);
  } catch {
    notice("The sandbox does not answer. Is it still running?");
    return { ok: false };
  }
};

export const get = (path) => guarded("GET", path);
export const post = (path, body = {}) => guarded("POST", path, body);
export const remove = (path) => guarded("DELETE", path);

/** An API call as the person chosen on the page. */
export const request = async (system, { method, path, body, user }) => {
  const answer = await post("request", { system, method, path, body, user });
  if (answer.status >= 400) notice(`${system} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};

/** Calls back at once when anything changed, and when the stream comes back after a break. */
export const listen = (changed, connected) => {
  const events = new EventSource("/control/events");
  events.addEventListener("hello", () => {
    connected(true);
    changed();
  });
  events.addEventListener("changed", () => changed());
  events.addEventListener("error", () => connected(false));
};
