// Only the pages that ask for it load htmx. Its version is pinned in package.json; what it may do
// is limited by the meta element htmx-config (no eval, no style elements) and by the policy.
import "htmx.org/dist/htmx.esm.js";
