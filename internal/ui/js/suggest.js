// Completes the words of a searched field with what the city has, in the browser's own list of suggestions.
export function suggest(root) {
  for (const box of root.querySelectorAll("input[data-suggest]")) {
    if (box.list) continue;
    const list = document.createElement("datalist");
    list.id = `${box.id}-list`;
    box.after(list);
    box.setAttribute("list", list.id);
    let timer, asked = "";
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const words = box.value.trim();
        if (words.length < 2 || words === asked) return;
        asked = words;
        const answer = await fetch(`${box.dataset.suggest}&q=${encodeURIComponent(words)}`).catch(() => null);
        if (!answer?.ok || asked !== words) return;
        list.replaceChildren(...(await answer.json()).map((label) => new Option(label)));
      }, 200);
    });
  }
}
