// A committee draws whom its files go through: the mission draws a circuit, puts it in force, follows it on an item that
// must, draws another edition, and takes the circuit out of use. Questions and items say beforehand what awaits them.
import assert from "node:assert/strict";
import { clean } from "./city.mjs";
import { Deeds } from "./deeds.mjs";
import { keyboard, pointer } from "./hand.mjs";
import { even, walks } from "./walk.mjs";

const rows = [
  { lang: "fr", script: true, width: 1280, dark: false, hand: pointer, name: "in French, with a pointer" },
  { lang: "en", script: true, width: 320, dark: true, hand: pointer, name: "in English, at 320 px, in the dark" },
  { lang: "en", script: false, width: 1280, dark: false, hand: keyboard, name: "in English, without scripts, by keyboard" },
];

const name = "Avant la séance", code = "avant-la-seance", question = "Généraliser la collecte guidée à toute la ville ?";

class Drawer extends Deeds {
  /** Presses a button of the form that draws. */
  draws(page, what) {
    return this.send(page, page.locator(`button[name=do][value="${what}"]`));
  }

  /** Fills in fields of the form that draws. */
  async fills(page, fields) {
    for (const [field, value] of Object.entries(fields)) await this.set(page, this.form(page, "draw"), field, value);
  }

  drawing(below = "") {
    return this.at("/comites/circuits", "/committees/circuits") + (below && `/COPIL/${code}`);
  }

  async steps(page) {
    return page.locator(".draw-step input[name^=name]:not([name*=_en])").evaluateAll((all) => all.map((e) => e.value));
  }

  async list() {
    const page = (this.mission = await this.as("Sabine Lenoir"));
    await page.goto(this.at("/comites", "/committees"));
    await this.send(page, this.link(page, "council.drawings.title"));
    await this.says(page, "council.drawing.in_force", { edition: 1 });
    await this.says(page, "council.drawing.profile");
    await clean(page, "the circuits of the committees");
    await page.goto(this.at("/plan-du-site", "/site-map"));
    assert.equal(await this.link(page, "council.drawings.title").count(), 1, "the site map leads there");
    await page.goto(this.drawing());
    await this.send(page, this.link(page, "council.drawings.new"));
    await clean(page, "a new drawing");
  }

  // What is wrong is said at its field, and nothing of it is kept.
  async mistakes() {
    const page = this.mission;
    await this.draws(page, "remove.1");
    assert.deepEqual(await this.steps(page), []);
    await this.draws(page, "draw");
    await this.says(page, "council.circuit.empty");
    await clean(page, "a circuit without a step");
    await this.draws(page, "add");
    await this.fills(page, { name1: "Visa de la présidence", days1: "0" });
    await this.draws(page, "draw");
    const told = await page.locator(".error-summary a").evaluateAll((all) => all.map((a) => a.hash));
    assert.deepEqual(told, ["#f-draw-name_fr", "#f-draw-roles1", "#f-draw-days1"]);
    for (const hash of told) assert.equal(await page.locator(hash).count(), 1, `${hash} leads nowhere`);
    assert.equal(await page.locator("[name=name1]").inputValue(), "Visa de la présidence", "what was typed is kept");
    await clean(page, "a circuit with three mistakes");
  }

  // Steps come, go and change places; every button brings back all that was typed.
  async draw() {
    const page = this.mission;
    await this.fills(page, { name_fr: name, name_en: "Before the meeting", binds: "all", days1: "5", roles1: "chair" });
    await this.draws(page, "ask.1");
    assert.match(await this.read(page, ".draw-asked"), /Nadia Belkacem/, "who it would be today");
    await this.draws(page, "add");
    await this.fills(page, { name2: "Avis des directions", kind2: "opinion", roles2: "head:part" });
    await this.draws(page, "add");
    await this.fills(page, { name3: "De trop", roles3: "sg" });
    await this.draws(page, "up.3");
    assert.deepEqual(await this.steps(page), ["Visa de la présidence", "De trop", "Avis des directions"]);
    await this.draws(page, "remove.2");
    assert.deepEqual(await this.steps(page), ["Visa de la présidence", "Avis des directions"]);
    await this.draws(page, "up.2");
    await this.fills(page, { if_any1: true });
    await this.fills(page, { with2: "true" });
    await this.hand.type(page, page.locator("[name=name_en1]"), "Opinion of the directorates");
    await page.locator("[name=name_en1]").focus();
    await Promise.all([page.waitForEvent("domcontentloaded"), page.keyboard.press("Enter")]);
    assert.deepEqual(await this.steps(page), ["Avis des directions", "Visa de la présidence"], "the Enter key changes nothing");
    assert.equal(await page.locator("[name=name_en1]").inputValue(), "Opinion of the directorates");
    await clean(page, "a circuit of two steps, before it is drawn");
    await this.draws(page, "draw");
    await this.done(page, "a circuit is drawn");
    assert.equal(new URL(page.url()).pathname, this.drawing(code));
    await this.says(page, "council.drawing.drawn", { edition: 1 });
    await this.says(page, "council.drawing.together.said");
  }

  async publish() {
    const page = this.mission;
    await this.deed(page, "put_in_force");
    await this.done(page, "the circuit is in force");
    await this.says(page, "council.drawing.in_force", { edition: 1 });
    await this.says(page, "council.binds.all");
  }

  // A question says what it would follow, then what it must; so does the item that carries it.
  async beforehand() {
    const page = this.mission;
    await page.goto(this.at("/comites/COPIL", "/committees/COPIL"));
    await this.deed(page, "prepare", { day: "2018-04-04", place: "Hôtel de Ville", title: "Séance d’avril" });
    await this.send(page, page.locator("section[aria-labelledby=meetings] li", { hasText: "Séance d’avril" }).getByRole("link"));
    await this.deed(page, "questions", { questions: [question], nature: "decision" });
    await this.send(page, page.locator("ol.agenda .agenda-title a").first());
    this.item = new URL(page.url()).pathname;
    const shown = this.lang === "fr" ? name : "Before the meeting";
    await this.says(page, "council.ahead.to_open", { name: shown });
    await clean(page, "an item that must follow a circuit");
    await this.send(page, page.locator("main dl.pairs").getByRole("link", { name: /^A-\d/ }));
    this.question = new URL(page.url()).pathname;
    await this.says(page, "council.ahead.to_open", { name: shown }, "section.ahead");
    await clean(page, "a question that must follow a circuit");
  }

  async follow() {
    const page = this.mission;
    await this.send(page, page.locator("section.ahead").getByRole("link", { name: this.t("council.ahead.open") }).first());
    this.circuits = new URL(page.url()).pathname;
    await this.deed(page, "open", { code });
    await this.done(page, "the circuit is open");
    await page.goto(this.question);
    await this.says(page, "council.ahead.stands", { n: 1, total: 2 }, "section.ahead");
    await clean(page, "a question whose circuit runs");
    const chair = await this.as("Nadia Belkacem");
    await chair.goto(this.at("/mes-visas", "/my-sign-offs"));
    await this.send(chair, chair.locator("main tbody").getByRole("link", { name: question }).first());
    await this.deed(chair, "agreed");
    await this.done(chair, "the chair signs off");
    await chair.context().close();
  }

  // Another edition replaces the first for what is opened from now on; what runs keeps its steps.
  async edition() {
    const page = this.mission;
    await page.goto(this.drawing(code));
    await this.send(page, this.link(page, "council.drawing.redraw"));
    assert.deepEqual(await this.steps(page), ["Avis des directions", "Visa de la présidence"], "it begins with what is followed");
    await this.draws(page, "remove.1");
    await this.draws(page, "draw");
    await this.done(page, "a second edition is drawn");
    await clean(page, "an edition in force and one in preparation");
    await this.deed(page, "put_in_force");
    await this.done(page, "the second edition is in force");
    await this.says(page, "council.drawing.in_force", { edition: 2 });
    await this.says(page, "council.drawing.edition", { edition: 1 });
    await page.goto(this.circuits);
    assert.equal(await page.locator("section[aria-labelledby^=c-] ol.stack > li").count(), 2, "the circuit that runs keeps its two steps");
    await this.says(page, "council.circuit.drawing", { edition: 1 });
  }

  async close() {
    const page = this.mission;
    await page.goto(this.drawing(code));
    await this.deed(page, "take_out", { reason: "Les séances s’en passent" });
    await this.done(page, "the circuit is out of use");
    await this.says(page, "council.drawing.out.help");
    assert.match(even(await page.locator("main").innerText()), /2/);
    const outside = await this.visit();
    const answer = await outside.goto(this.drawing(code));
    assert.ok(!(await outside.content()).includes(name), `read outside: ${answer.status()}`);
    await outside.context().close();
  }

  // Whoever is asked withdraws before opening the file: the list tells nothing of it, and it is closed afterwards.
  async interest() {
    const page = await this.as("Nadia Belkacem");
    await page.goto(this.at("/mes-arbitrages", "/my-arbitrations"));
    const card = page.locator("article.question", { hasText: question });
    assert.doesNotMatch(even(await card.innerText()), /180.000/, "the list tells the amount");
    await clean(page, "my arbitrations, without their files");
    await this.send(page, card.getByRole("link", { name: new RegExp(`^${this.t("councilweb.interest.declare")}`) }));
    await clean(page, "the interests in a question");
    await this.deed(page, "interest", { event: "recuse", nature: "family", note: "Mon frère est candidat au marché" });
    await this.done(page, "a member withdrew");
    await this.says(page, "council.concern.withdrawn");
    await clean(page, "a question from which one withdrew");
    const answer = await page.goto(this.question);
    assert.equal(answer.status(), 403);
    await this.says(page, "portfolio.arbitration.recused");
    await this.says(page, "portfolio.arbitration.recused.next");
    await clean(page, "a question that is closed to whoever withdrew");
    await page.context().close();
  }
}

walks("a circuit is drawn", rows, Drawer, ["list", "mistakes", "draw", "publish", "beforehand", "follow", "edition", "close", "interest"]);
