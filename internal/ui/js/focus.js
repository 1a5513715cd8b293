// The summary of a refused form takes the focus, so that it is read first.
export function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}
