// Leaving a page with something typed and not sent asks first.
export function warnBeforeLeaving(root) {
  let typed = false;
  root.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post") typed = true;
  });
  root.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
