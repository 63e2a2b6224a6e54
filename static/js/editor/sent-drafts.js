/** On every page of the articles' admin: once the server says "saved", the browser's copy is no longer needed. */

import { forgetSent } from "./drafts.js";

forgetSent({ saved: document.querySelector(".messagelist .success") !== null });
