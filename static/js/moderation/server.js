/** Sending a form of the moderators' desk without leaving the page. */

const GONE = "The server cannot be reached. Nothing was changed.";
const SIGNED_OUT = "The server no longer takes this page’s forms. Reload the page, or sign in again.";

/** A refusal, with a sentence for the moderator. `final`: the reply is no longer as this page shows it. */
export class Refusal extends Error {
  constructor(message, { final = false } = {}) {
    super(message);
    this.final = final;
  }
}

/** POST a form as one of its buttons would, with other fields beside it; resolves to the answer. Rejects with a Refusal. */
export async function send(form, { address = form.getAttribute("action"), button, ...fields } = {}) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  let response;
  try {
    response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    throw new Refusal(GONE);
  }
  if (!response.headers.get("content-type")?.startsWith("application/json")) throw new Refusal(SIGNED_OUT);
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.error, { final: response.status === 409 });
  return answer;
}
