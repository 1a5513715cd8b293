// Says how much room is left in a limited text, silently while there is enough.
export function countCharacters(root) {
  for (const box of root.querySelectorAll("textarea[data-left]")) {
    if (box.dataset.counted) continue;
    box.dataset.counted = "1";
    const count = document.createElement("p");
    count.className = "hint";
    count.setAttribute("aria-live", "polite");
    box.after(count);
    const show = () => {
      const left = box.maxLength - [...box.value].length;
      count.textContent = left <= 100 ? box.dataset.left.replace("{n}", left) : "";
    };
    box.addEventListener("input", show);
    show();
  }
}
