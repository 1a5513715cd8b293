// What scripts add to pages that already work without them.
import { focusErrors } from "./focus.js";
import { sendOnce } from "./once.js";
import { countCharacters } from "./count.js";
import { warnBeforeLeaving } from "./leave.js";
import { suggest } from "./suggest.js";
import { boards } from "./board.js";

function enhance(root) {
  focusErrors(root);
  countCharacters(root);
  suggest(root);
  boards(root);
}

enhance(document);
sendOnce(document);
warnBeforeLeaving(document);
document.addEventListener("htmx:load", (event) => enhance(event.target));
