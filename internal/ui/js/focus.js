// The summary of a refused form takes the focus, so that it is read first. A page that opens with one
// does so by itself (autofocus); this is for one that htmx brings in.
export function focusErrors(root) {
  if (root !== document) root.querySelector("[data-focus]")?.focus();
}
