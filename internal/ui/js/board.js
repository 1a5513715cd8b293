// A board whose cards carry a form can also be rearranged by dragging a card to a column, or with
// Alt and the left and right arrows on a card. Both fill in the card's own form and send it: the
// server decides, and its page answers.
export function boards(root) {
  for (const board of root.querySelectorAll("[data-board]")) {
    if (board.dataset.ready) continue;
    board.dataset.ready = "1";
    for (const card of board.querySelectorAll("[data-card]")) if (card.querySelector("form")) arm(card);
    for (const column of board.querySelectorAll("[data-column]")) receive(column, board);
  }
}

function arm(card) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", card.dataset.card);
    event.dataTransfer.effectAllowed = "move";
    card.classList.add("dragging");
  });
  card.addEventListener("dragend", () => card.classList.remove("dragging"));
  card.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!event.altKey || !step || event.target.matches("select")) return;
    const columns = [...card.closest("[data-board]").querySelectorAll("[data-column]")];
    const next = columns[columns.indexOf(card.closest("[data-column]")) + step];
    event.preventDefault();
    if (next) move(card, next.dataset.column);
  });
}

function receive(column, board) {
  column.addEventListener("dragover", (event) => {
    event.preventDefault();
    column.classList.add("over");
  });
  column.addEventListener("dragleave", () => column.classList.remove("over"));
  column.addEventListener("drop", (event) => {
    event.preventDefault();
    column.classList.remove("over");
    const id = event.dataTransfer.getData("text/plain");
    const card = board.querySelector(`[data-card="${CSS.escape(id)}"]`);
    if (card && card.closest("[data-column]") !== column) move(card, column.dataset.column);
  });
}

function move(card, column) {
  const form = card.querySelector("form");
  form.elements.to.value = column;
  form.requestSubmit();
}
