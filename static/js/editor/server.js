/** Talking to the editor's two views. */

const GONE = "The server cannot be reached. Your text is kept in this browser.";
const STRANGE = "The server gave an answer that cannot be read. Your text is kept in this browser.";
const REFUSED =
  "The server no longer takes this page's form: you may have signed in again in another tab. " +
  "Your text is kept in this browser; reload the page to go on.";
const TOO_LARGE = "The server refused it as too large.";

/** A refusal, with a sentence for the editor. */
export class Refusal extends Error {}

function sentenceFor(status) {
  if (status === 403) return REFUSED;
  return status === 400 || status === 413 ? TOO_LARGE : STRANGE;
}

/** POST fields from a form's page; resolves to the answer's JSON, rejects with a Refusal or an AbortError. */
export async function post(address, fields, { form, signal }) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  // From the form, not from a cookie that may be older than the form.
  const token = form.elements.csrfmiddlewaretoken.value;
  let response;
  try {
    response = await fetch(address, { method: "POST", body, signal, headers: { "X-CSRFToken": token } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(GONE);
  }
  if (!response.headers.get("content-type")?.startsWith("application/json")) throw new Refusal(sentenceFor(response.status));
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer.error ?? STRANGE);
  return answer;
}
