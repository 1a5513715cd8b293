// The ten-minute tour of docs/tour.md, walked by people: each row is a whole tour in a city of its own, so
// that any two of {language, scripts, width, colours, hand} meet in some row (pairwise, not the product).
import assert from "node:assert/strict";
import { clean, letters, run } from "./city.mjs";
import { drag, keyboard, pointer } from "./hand.mjs";
import { Walk, walks } from "./walk.mjs";

const rows = [
  { lang: "fr", script: true, width: 1280, dark: false, hand: pointer, name: "in French, with a pointer" },
  { lang: "en", script: false, width: 1280, dark: false, hand: keyboard, name: "in English, without scripts, by keyboard" },
  { lang: "en", script: true, width: 320, dark: true, hand: pointer, name: "in English, at 320 px, in the dark" },
  { lang: "en", script: true, width: 320, dark: false, hand: keyboard, name: "in English, at 320 px, by keyboard" },
  { lang: "fr", script: false, width: 320, dark: true, hand: pointer, name: "in French, without scripts, at 320 px, in the dark" },
  { lang: "fr", script: false, width: 1280, dark: true, hand: keyboard, name: "in French, without scripts, by keyboard, in the dark" },
];

const project = "P-2016-2", question = "A-2016-1", title = "Collecte guidée par capteurs";
const years = {
  "2013-06-01": { fr: /Il manque un siège.*voirie/s, en: /seat is missing.*Roads/s, missing: 1 },
  "2014-09-01": { fr: /Adjointe au numérique|Secrétaire générale|[Ll]a maire|Maire/, en: /Deputy mayor|Secretary general|Mayor/, missing: 0 },
  "2018-03-12": { fr: /comité d.investissement/, en: /investment committee/i, missing: 0 },
};

/** The people of the tour, each in a window of their own. */
class Tour extends Walk {
  async home() {
    const page = (this.resident = await this.visit());
    await page.goto(this.at("/", "/"));
    await clean(page, "home");
    await page.keyboard.press("Tab");
    const skip = page.locator(":focus");
    assert.equal(await skip.getAttribute("href"), "#main", "the skip link comes first");
    assert.ok((await skip.boundingBox()).y >= 0, "the skip link shows when it has the focus");
    await Promise.all([page.waitForURL(/#main$/), page.keyboard.press("Enter")]);
    await this.send(page, page.locator("main").getByRole("link", { name: this.t("portal.way.who") }));
    assert.equal(new URL(page.url()).pathname, this.at("/qui-decide", "/who-decides"));
  }

  async whoDecides() {
    const page = this.resident;
    await clean(page, "who decides, before asking");
    for (const [day, wanted] of Object.entries(years)) {
      const form = page.locator("form.who-form");
      await this.hand.choose(page, form.locator("[name=what]"), "portfolio.arbitration.decide");
      await this.hand.type(page, form.locator("[name=amount]"), "180000");
      await this.hand.type(page, form.locator("[name=date]"), day);
      await this.hand.type(page, form.locator("[name=about]"), project);
      await this.send(page, form.getByRole("button", { name: this.t("powersweb.who.ask") }));
      const answer = page.locator(".who-answer");
      assert.match(await answer.innerText(), wanted[this.lang], day);
      assert.equal(await answer.locator(".seat-missing").count(), wanted.missing, `missing seats on ${day}`);
      assert.match(await answer.innerText(), new RegExp(this.t("powersweb.who.no_advice").slice(0, 20)));
      await clean(page, `who decides on ${day}`);
    }
    await this.press(page, page.locator(".who-answer details.disclosure summary").first());
    assert.ok(await page.locator(".who-answer ol.chain li").first().isVisible(), "the chain of reasons unfolds");
  }

  async projectPage() {
    const page = this.resident;
    await this.send(page, page.locator(".who-answer").getByRole("link", { name: title }));
    assert.match(page.url(), new RegExp(`${project}$`));
    assert.equal(await page.locator("main h2").first().innerText(), this.t("portfolio.problem.title"), "the problem comes first");
    assert.equal(await page.locator("article.decision").count(), 0, "nothing is decided yet, and what waits is internal");
    await clean(page, "the public page of the project");
    const inside = await this.as("Gilles Ferrand");
    await inside.goto(page.url());
    const parts = await inside.locator("[id^=part-]").allInnerTexts();
    const said = { accepted: /propreté|Cleanliness/, countered: /voirie|Roads/, proposed: /systèmes|IT/ };
    for (const [status, unit] of Object.entries(said)) {
      const part = parts.find((p) => unit.test(p));
      assert.ok(part?.includes(this.t(`portfolio.part.status.${status}`)), `${status}: ${part}`);
    }
    await clean(inside, "the project as an agent reads it");
    await inside.context().close();
  }

  async wall() {
    const page = (this.mission = await this.as("Sabine Lenoir"));
    await page.goto(this.at("/mur", "/wall"));
    const cards = page.locator(".board-column", { has: page.getByRole("link", { name: title, exact: true }) });
    assert.equal(await cards.count(), 3, "three sponsors, three columns");
    assert.equal(await cards.first().locator("li.card, [data-card]", { hasText: title }).getByText("NB+VO+JPC").count(), 1, "initials");
    await clean(page, "the wall");
    await this.send(page, page.getByRole("link", { name: this.t("portfolio.wall.by.stage"), exact: true }));
    await this.press(page, page.locator("summary", { hasText: this.t("portfolio.board.save") }));
    const form = page.locator("#deed-board form");
    await this.send(page, form.getByRole("button")); // without a name
    assert.ok(await page.locator("#deed-board .error-summary").isVisible(), "a board needs a name");
    await clean(page, "a board without a name");
    await this.hand.type(page, page.locator("#deed-board [name=name]"), "COPIL");
    await this.send(page, page.locator("#deed-board form").getByRole("button"));
    assert.match(page.url(), /board=/);
    this.board = page.url();
    await this.photograph("A");
  }

  async photograph(name) {
    const page = this.mission;
    await page.goto(this.board);
    await this.hand.type(page, page.locator("#deed-snapshot [name=title]"), name);
    await this.send(page, page.locator("#deed-snapshot form").getByRole("button"));
    assert.equal(await page.locator("h1").innerText(), name);
    await clean(page, `the snapshot ${name}`);
  }

  column(page, card) {
    return page.locator(".board-column", { has: page.getByRole("link", { name: card, exact: true }) });
  }

  // A card moves by its form, which works everywhere, and by Alt and an arrow where there are scripts.
  async moveCards() {
    const page = this.mission, first = "Consommation des bâtiments municipaux", second = "Moins de restes à la cantine";
    await page.goto(this.board);
    const from = await this.column(page, first).getAttribute("data-column");
    const card = page.locator("[data-card]", { has: page.getByRole("link", { name: first, exact: true }) });
    await this.hand.choose(page, card.locator("select"), "tested");
    await this.send(page, card.getByRole("button"));
    await page.goto(this.board);
    const to = await this.column(page, first).getAttribute("data-column");
    assert.notEqual(to, from, "the form moves the card");
    if (!this.script) return;
    const before = await this.column(page, second).getAttribute("data-column");
    const link = page.getByRole("link", { name: second, exact: true });
    await link.focus();
    await Promise.all([page.waitForEvent("domcontentloaded"), page.keyboard.press("Alt+ArrowRight")]);
    await page.goto(this.board);
    assert.notEqual(await this.column(page, second).getAttribute("data-column"), before, "Alt and an arrow move the card");
    if (this.hand === pointer) await this.dragCard(page, second, "tested");
  }

  // Where there is a mouse, the card is taken by it and dropped in a column further on.
  async dragCard(page, title, column) {
    const card = page.locator("[data-card]", { has: page.getByRole("link", { name: title, exact: true }) });
    await Promise.all([page.waitForEvent("domcontentloaded"), drag(page, card, page.locator(`[data-column="${column}"]`))]);
    await page.goto(this.board);
    assert.equal(await this.column(page, title).getAttribute("data-column"), column, "the mouse moves the card");
  }

  async snapshots() {
    const page = this.mission;
    await this.photograph("B");
    const form = page.locator("form.filters", { has: page.locator("[name=from]") });
    await this.send(page, form.getByRole("button", { name: this.t("portfolio.compare.do") }));
    assert.match(await page.locator(".change-list").innerText(), /Consommation des bâtiments municipaux/);
    await clean(page, "the difference between two snapshots");
  }

  async file() {
    const page = this.mission;
    await page.goto(this.board);
    await this.send(page, page.getByRole("link", { name: this.t("portfolio.copil.open") }));
    assert.match(await page.locator("main").innerText(), new RegExp(title));
    await clean(page, "the file of the committee");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".site-nav").isVisible(), false, "menus are not printed");
    assert.ok(await page.getByRole("heading", { name: title }).first().isVisible());
    await page.emulateMedia({ media: null });
  }

  // The mission asks again, and the letter leaves.
  async askAgain() {
    const page = this.mission;
    await page.goto(this.at(`/projets/${project}/porteurs`, `/projects/${project}/carriers`));
    await clean(page, "who carries the project");
    const silent = page.locator("form:has(input[value^='amend.']):has(textarea:text-is('Héberger les données et les ouvrir dans le catalogue de la Ville'))");
    assert.equal(await silent.count(), 1, "the silent part can be put again");
    await this.hand.type(page, silent.locator("textarea"), "Héberger les données, sans les ouvrir encore");
    await this.send(page, silent.getByRole("button", { name: this.t("portfolio.amend.do") }));
    await clean(page, "after asking again");
  }

  async answerByMail() {
    const [letter] = await letters(this.city, "gilles.ferrand@valmont.example", /sans les ouvrir encore/);
    assert.ok(letter, "the letter about the part left");
    const link = letter.match(/http:\/\/localhost:\d+\/(?:fr|en)\/part\/[\w-]+/)[0];
    assert.match(letter, /Content-Type: text\/calendar/, "with its date for the diary");
    for (let n = 0; n < 3; n++) assert.equal((await fetch(link)).status, 200, "a scanner opens the link");
    const page = await this.visit();
    await page.goto(link.replace(/\/(fr|en)\//, `/${this.lang}/`));
    assert.ok(await this.button(page, "portfolio.answer.accept").isVisible(), "opening the link answered nothing");
    await clean(page, "the letter");
    await this.press(page, page.locator("#deed-counter > summary"));
    await this.send(page, page.locator("#deed-counter form").getByRole("button")); // without words
    assert.ok(await page.locator(".error-summary").isVisible(), "a counter needs words");
    await clean(page, "a counter without words");
    await this.send(page, page.locator("form:has(input[name=form][value=accept]), form:has(input[value=accept])").first().getByRole("button"));
    assert.match(await page.locator("main").innerText(), new RegExp(this.t("portfolio.letter.done.help").slice(0, 25)));
    await clean(page, "thanks for the answer");
    const again = await page.goto(link);
    assert.ok([409, 410].includes(again.status()) || !(await this.button(page, "portfolio.answer.accept").count()), "the link served once");
    await clean(page, "the letter, answered");
    await page.context().close();
  }

  // Propreté accepts a part on the page; of those that wait for the DSI, one is countered and one declined.
  async answerOnPage() {
    await this.acceptOnPage();
    const page = await this.as("Gilles Ferrand");
    await page.goto(this.at("/a-faire", "/to-do"));
    await clean(page, "to do");
    const waiting = page.locator("section[aria-labelledby=todo-parts] li");
    const before = await waiting.count();
    for (const [kind, text] of [["counter", "Une demi-journée par mois."], ["decline", "Un autre service le fait déjà."]]) {
      await page.goto(this.at("/a-faire", "/to-do"));
      await this.send(page, waiting.first().getByRole("link", { name: this.t("portfolio.todo.answer") }));
      await clean(page, `the part to ${kind}`);
      await this.press(page, page.locator(`#deed-${kind} > summary`));
      await this.hand.type(page, page.locator(`#deed-${kind} textarea`), text);
      await this.send(page, page.locator(`#deed-${kind} form`).getByRole("button"));
      assert.match(await page.locator("main").innerText(), new RegExp(text.slice(0, 20)));
    }
    await page.goto(this.at("/a-faire", "/to-do"));
    assert.equal(await waiting.count(), before - 2, "what was answered is no longer to do");
    await page.context().close();
  }

  async acceptOnPage() {
    const page = await this.as("Sandrine Leclerc");
    await page.goto(this.at("/a-faire", "/to-do"));
    const waiting = page.locator("section[aria-labelledby=todo-parts] li");
    const before = await waiting.count();
    await this.send(page, waiting.first().getByRole("link", { name: this.t("portfolio.todo.answer") }));
    const part = new URL(page.url()).pathname.split("/").pop();
    await this.send(page, this.button(page, "portfolio.answer.accept"));
    assert.match(await page.locator(`#part-${part}`).innerText(), new RegExp(this.t("portfolio.part.status.accepted")));
    await clean(page, "a part accepted on the page");
    await page.goto(this.at("/a-faire", "/to-do"));
    assert.equal(await waiting.count(), before - 1, "what was accepted is no longer to do");
    await page.context().close();
  }

  // From here on the member answers on a telephone.
  async emptyDecision() {
    const page = (this.member = await this.as("Nadia Belkacem", { width: 320, height: 640 }));
    await page.goto(this.at("/mes-arbitrages", "/my-arbitrations"));
    await clean(page, "my arbitrations");
    const card = page.locator("article.question", { hasText: title });
    await this.send(page, card.getByRole("link", { name: new RegExp(`^${this.t("portfolio.mine.decide")}`) }));
    await clean(page, "the question");
    await this.send(page, page.locator("#decide").getByRole("button", { name: this.t("portfolio.decide.read") }));
    const summary = page.locator("#decide .error-summary");
    assert.ok(await summary.isVisible(), "an empty decision is refused");
    if (this.script) assert.ok(await summary.evaluate((e) => e === document.activeElement), "the summary takes the focus");
    await clean(page, "an empty decision");
  }

  // Somebody keeps the form open while the decision is taken elsewhere.
  async staleDecision() {
    const page = (this.late = await this.as("Nadia Belkacem", { width: 320, height: 640 }));
    await page.goto(this.at(`/arbitrages/${question}`, `/arbitrations/${question}`));
    await this.answer(page, "Trop tard");
  }

  async answer(page, why) {
    await this.hand.tick(page, page.locator("#decide input[name=chosen]").first());
    await this.hand.type(page, page.locator("#decide textarea[name=why]"), why);
    await this.send(page, page.locator("#decide").getByRole("button", { name: this.t("portfolio.decide.read") }));
    assert.match(await page.locator("main").innerText(), new RegExp(why), "the sentence is read before it is decided");
  }

  async decide() {
    const page = this.member;
    await this.answer(page, "Les deux hypothèses sont tenues");
    await clean(page, "before deciding");
    assert.equal(await page.locator("dl.six dt").count(), 6);
    await this.send(page, this.button(page, "portfolio.confirm.do"));
    assert.match(await page.locator("main").innerText(), new RegExp(this.t("portfolio.decide.done", { number: project })));
    await clean(page, "decided");
    await this.send(this.late, this.button(this.late, "portfolio.confirm.do"));
    const kept = await this.late.locator("main textarea, main input:not([type=hidden])").evaluateAll((all) => all.map((e) => e.value));
    assert.ok(kept.includes("Trop tard"), "a conflict keeps what was typed");
    assert.ok(!/\b(_form|version)\b/.test(await this.late.locator("main").innerText()), "and shows no name of a machine");
    await clean(this.late, "decided twice");
  }

  async publicPage() {
    const page = this.resident;
    await page.goto(this.at(`/projets/${project}`, `/projects/${project}`));
    const decision = page.locator("article.decision");
    assert.equal(await decision.count(), 1, "one decision, one sentence");
    assert.match(await decision.locator("> p").innerText(), /Les deux hypothèses sont tenues/);
    assert.equal(await decision.locator("dl.six").isVisible(), false, "the six answers are folded");
    await this.press(page, decision.locator("summary"));
    assert.equal(await decision.locator("dl.six dt").count(), 6);
    assert.ok(await decision.locator("dl.six").isVisible());
    assert.equal(await decision.locator(".unknown").count(), 0, "none of the six is empty");
    await clean(page, "the public page after the decision");
  }

  async journal() {
    const page = this.resident;
    await page.goto(this.at("/journal", "/public-log"));
    await clean(page, "the journal");
    const act = page.locator("article.act").first();
    await this.press(page, act.locator("summary"));
    await this.send(page, act.getByRole("link", { name: this.t("ui.act.permanent") }));
    const proof = page.locator("section[aria-labelledby=proof]");
    const end = Date.now() + 90000; // the log is brought up to date within a minute
    while (!(await proof.locator("a[download]").count()) && Date.now() < end) {
      await new Promise((next) => setTimeout(next, 1000));
      await page.reload();
    }
    assert.equal(await proof.locator("a[download]").count(), 1, "the act has its proof");
    await clean(page, "an act with its proof");
    await this.send(page, proof.getByRole("link", { name: this.t("actweb.proves.title") }));
    await clean(page, "what the log proves");
  }

  async faults() {
    const page = this.resident;
    assert.equal((await page.goto(this.at("/projets/P-1999-1", "/projects/P-1999-1"))).status(), 404);
    assert.ok(await page.locator("main h1").isVisible());
    await clean(page, "a project that is not there");
    assert.equal((await page.goto(this.at("/qui-decide?what=portfolio.arbitration.decide&amount=beaucoup", "/who-decides?what=portfolio.arbitration.decide&amount=beaucoup"))).status(), 422);
    await clean(page, "an amount that cannot be read");
    const denied = await page.goto(this.at("/a-faire", "/to-do"));
    assert.ok(denied.status() === 401 || /connexion|sign-in/.test(page.url()), "agents only");
    await clean(page, "a page for agents");
  }

  // A stranger checks the log by its public files; the operator checks the state against the log.
  async checkFromOutside() {
    const verified = await run("verify", this.city.address);
    assert.equal(verified.code, 0, verified.text);
    await this.city.stop();
    const sound = await run("fsck", "--dir", this.city.dir);
    assert.equal(sound.code, 0, sound.text);
  }
}

walks("the tour", rows, Tour, ["home", "whoDecides", "projectPage", "wall", "moveCards", "snapshots", "file", "askAgain", "answerByMail",
  "answerOnPage", "emptyDecision", "staleDecision", "decide", "publicPage", "journal", "faults", "checkFromOutside"]);
