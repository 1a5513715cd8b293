// What a sitting keeps and what leaves it: a power given beforehand, a vote whose names nobody keeps, what a member who
// withdrew is answered, the calendar with its change and its cancellation, the open data, and the return of the act,
// which is shown before it is taken.
import assert from "node:assert/strict";
import { clean, run } from "./city.mjs";
import { Deeds } from "./deeds.mjs";
import { keyboard, pointer } from "./hand.mjs";
import { even, walks } from "./walk.mjs";

const rows = [
  { lang: "fr", script: true, width: 1280, dark: false, hand: pointer, name: "in French, with a pointer" },
  { lang: "fr", script: true, width: 320, dark: true, hand: pointer, name: "in French, at 320 px, in the dark" },
  { lang: "en", script: false, width: 1280, dark: false, hand: keyboard, name: "in English, without scripts, by keyboard" },
];

const decided = "Tenir un registre des capteurs", apart = "Choisir l’éditeur de l’application", secret = "Ouvrir le registre à tous";
const room = ["Nadia Belkacem", "Sandrine Leclerc", "Leïla Haddad", "Claire Delmas", "Vincent Oriol"];

class Sitting extends Deeds {
  meeting(below = "") {
    const at = { hold: ["/tenue", "/sitting"], minutes: ["/proces-verbal", "/minutes"], "": ["", ""] }[below];
    return this.at(`/seances/${this.number}${at[0]}`, `/meetings/${this.number}${at[1]}`);
  }

  // Follows a link of the page that is a file, as a browser does, with the cookies of the visitor.
  async download(page, link) {
    const [file] = await Promise.all([page.waitForEvent("download"), this.press(page, link)]);
    const parts = [];
    for await (const part of await file.createReadStream()) parts.push(part);
    return { name: file.suggestedFilename(), text: Buffer.concat(parts).toString("utf8") };
  }

  async prepare() {
    const page = (this.mission = await this.as("Sabine Lenoir"));
    await page.goto(this.at("/comites/COPIL", "/committees/COPIL"));
    await this.deed(page, "prepare", { day: "2018-04-11", place: "Hôtel de Ville", title: "Séance du registre" });
    await this.send(page, page.locator("section[aria-labelledby=meetings] li", { hasText: "Séance du registre" }).getByRole("link"));
    this.number = page.url().match(/COPIL-2018-\d+/)[0];
    for (const title of [decided, apart]) await this.deed(page, "add", { title, summary: `${title} : le dossier.`, project: "P-2016-2", minutes: "20" });
    this.items = await page.locator("ol.agenda .agenda-title a").evaluateAll((all) => all.map((a) => new URL(a.href).pathname));
    await this.deed(page, "convene");
    await this.done(page, "the meeting is convened");
  }

  async calendar(status) {
    const page = await this.visit(); // whoever reads it for the first time: a calendar is kept for a quarter of an hour
    await page.goto(this.at("/comites/COPIL", "/committees/COPIL"));
    await clean(page, "the committee, as everybody reads it");
    const { name, text } = await this.download(page, this.link(page, "councilweb.meetings.calendar"));
    await page.context().close();
    assert.equal(name, "COPIL.ics");
    const event = text.replace(/\r\n /g, "").split("BEGIN:VEVENT").find((e) => e.includes(this.number));
    assert.ok(event, `${this.number} is not in the calendar: ${text}`);
    assert.match(event, new RegExp(`STATUS:${status}`));
    return { uid: event.match(/UID:(\S+)/)[1], sequence: Number(event.match(/SEQUENCE:(\d+)/)[1]), event };
  }

  // A meeting that moves is the same event, later in its sequence.
  async moved() {
    const first = await this.calendar("CONFIRMED");
    assert.match(first.event, /DTSTART[^\n]*20180411/);
    await this.deed(this.mission, "move", { day: "2018-03-12", urgency: "Le marché finit demain." });
    await this.done(this.mission, "the meeting is brought forward");
    const second = await this.calendar("CONFIRMED");
    assert.match(second.event, /DTSTART[^\n]*20180312/);
    assert.equal(second.uid, first.uid);
    assert.ok(second.sequence > first.sequence, `${first.sequence} then ${second.sequence}`);
  }

  // A member who cannot come gives their voice to another, and everybody reads so.
  async power() {
    const page = await this.as("Gilles Ferrand");
    await page.goto(this.meeting());
    await this.deed(page, "say", { answer: "represented", proxy: 5 });
    await this.done(page, "a power is given");
    await page.context().close();
    await this.mission.goto(this.meeting());
    await this.says(this.mission, "councilweb.said.represented");
    await clean(this.mission, "who comes and who does not");
  }

  // Whoever withdrew is told why, what they may still read and what they can do.
  async withdrawn() {
    const page = await this.as("Claire Delmas");
    await page.goto(this.items[1]);
    await this.deed(page, "interest", { event: "recuse", nature: 1, note: "Ma sœur y travaille." });
    await clean(page, "withdrawn from a matter");
    const answer = await page.goto(this.items[1]);
    assert.equal(answer.status(), 403);
    await this.says(page, "councilweb.withheld");
    await this.says(page, "councilweb.withheld.next");
    assert.match(await this.read(page), /Ma sœur y travaille/, "one's own declaration is read");
    assert.ok(!(await page.content()).includes("le dossier"), "the file is told");
    await clean(page, "the page of a member who withdrew");
    await this.send(page, this.link(page, "councilweb.withheld.back", { meeting: this.number }));
    assert.ok(page.url().endsWith(this.meeting()), page.url());
    await page.context().close();
    await this.mission.goto(this.items[1]);
    assert.match(await this.read(this.mission), /Ma sœur y travaille/, "the secretary examines it");
    await clean(this.mission, "the declarations, as the secretary reads them");
    const peer = await this.as("Leïla Haddad");
    await peer.goto(this.items[1]);
    assert.ok(!(await peer.content()).includes("Ma sœur"), "a peer reads the words of a declaration");
    await peer.context().close();
  }

  async open() {
    const page = this.mission;
    await page.goto(this.meeting("hold"));
    await this.deed(page, "arrive", { members: room });
    await this.deed(page, "open");
    await this.done(page, "the sitting is open");
  }

  // The voices of a secret vote are counted, and no name is shown anywhere, nor kept.
  async secretVote() {
    const page = this.mission;
    await this.deed(page, "ballot", { motion: secret, method: "secret" });
    await this.says(page, "councilweb.ballot.secret");
    await clean(page, "a secret vote is open");
    const member = await this.as("Leïla Haddad");
    await member.goto(this.meeting("hold"));
    assert.equal(await this.form(member, "cast").count(), 0, "a secret vote takes no voice by name");
    await clean(member, "a secret vote, as a member sees it");
    await member.context().close();
    await this.deed(page, "count", { for: "9", against: "1", abstain: "1", apart: "0" });
    assert.equal(await page.locator(".error-summary").count(), 1, "more voices than entitled");
    await clean(page, "too many voices");
    await this.deed(page, "count", { for: "3", against: "1", abstain: "1", apart: "0" });
    await this.done(page, "a secret vote is counted");
    assert.match(await this.read(page, "section.ballot"), /3.*1.*1.*0/);
    assert.equal(await page.locator("section.ballot details").count(), 0, "names under a secret vote");
  }

  // A public vote shows by whom a power is voted.
  async shownVote() {
    const page = this.mission;
    await this.send(page, page.locator("nav.sitting-agenda").getByRole("link", { name: apart }));
    await this.deed(page, "ballot", { motion: "Retenir la première offre", method: "show" });
    const lines = page.locator("table.vote-grid tbody tr");
    const names = (await lines.allInnerTexts()).map(even);
    assert.ok(names.some((n) => n.includes(even(this.t("councilweb.ballot.by", { post: "" })).replace(/[:\s]+$/, ""))), `no power in ${names}`);
    assert.equal(await lines.count(), 5, "four in the room who did not withdraw, and one power");
    await clean(page, "a public vote with a power");
    for (let n = 0; n < 5; n++) await this.hand.tick(page, lines.nth(n).locator("input[value=for]"));
    await this.deed(page, "count");
    await this.done(page, "a public vote is counted");
    await this.says(page, "councilweb.ballot.voices");
  }

  async decide() {
    const page = await this.as("Nadia Belkacem");
    await page.goto(this.meeting("hold"));
    await this.send(page, page.locator("nav.sitting-agenda").getByRole("link", { name: decided }));
    await this.deed(page, "decide", { motive: "Chacun doit savoir ce qui le mesure.", for: [this.t("councilweb.segment.residents")] });
    await this.done(page, "a decision is taken");
    await page.context().close();
    await this.mission.goto(this.meeting("hold"));
    await this.deed(this.mission, "close");
    await this.mission.goto(this.meeting("minutes"));
    await this.deed(this.mission, "draft");
    const told = even((await this.mission.locator("main textarea").evaluateAll((all) => all.map((e) => e.value))).join(" "));
    assert.match(told, new RegExp(secret));
    for (const never of ["Ma sœur", "Claire Delmas"]) assert.ok(!told.includes(never), `the minutes tell ${never}`);
    await clean(this.mission, "the minutes that were drafted");
  }

  // What the délibération tool sends back is shown beside what is known, and changes nothing until it is taken.
  async returned() {
    const page = this.mission;
    await page.goto(this.at("/actes", "/formal-acts"));
    const choose = page.locator("form.filters");
    await this.set(page, choose, "decision", decided);
    await this.send(page, choose.locator("button").last());
    await clean(page, "the act that is proposed");
    await this.deed(page, "prepare", { title: "Registre des capteurs", signatory: "Hélène Marchetti, maire de Valmont", matter_code: "8.8 Environnement" });
    this.formal = new URL(page.url()).pathname;
    await this.deed(page, "send");
    await this.done(page, "the act is handed over");
    const ref = this.formal.split("/").pop(), digest = (await page.locator("code.digest").first().innerText()).trim();
    const back = (sum) => ({ name: "retour.csv", mimeType: "text/csv", buffer: Buffer.from(`ref;empreinte;numéro;signé le;reçu le;AR\r\n${ref};${sum};2018-DEL-31;12/03/2018;12/03/2018;038-213800000-20180312-DEL31-DE\r\n`) });
    for (const [sum, taken] of [["b".repeat(64), false], [digest, true]]) {
      await page.goto(this.at("/actes", "/formal-acts"));
      await this.deed(page, "return", { file: back(sum) });
      assert.equal(await this.form(page, "apply").count(), taken ? 1 : 0);
      if (!taken) await this.says(page, "council.return.refused");
      await this.says(page, "council.return.preview");
      for (const told of ["2018-DEL-31", this.lang === "fr" ? "12 mars 2018" : "12 March 2018"]) assert.ok((await this.read(page)).includes(told), `the preview lacks ${told}: ${await this.read(page)}`);
      await clean(page, taken ? "a return, before it is taken" : "a return with another digest");
    }
    const preview = page.url();
    await page.goto(this.formal);
    assert.ok(!(await this.read(page)).includes("2018-DEL-31"), "the return is applied before it is taken");
    await page.goto(preview);
    await this.deed(page, "apply");
    await this.done(page, "a return is taken");
    await page.goto(this.formal);
    assert.match(await this.read(page), /2018-DEL-31/);
    await clean(page, "the act with its number");
    await this.deed(page, "publish", { reviewed: true });
    await this.done(page, "the act is published");
  }

  // Everybody takes the deliberations along in the national format: those of the council alone.
  async openData() {
    const page = await this.visit();
    await page.goto(this.at("/donnees-des-comites", "/committee-data"));
    await clean(page, "the data of the committees");
    const { name, text } = await this.download(page, page.locator('main a[href="/open/deliberations.csv"]'));
    assert.match(name, /\.csv$/);
    const [head, ...lines] = text.trim().split(/\r?\n/);
    assert.match(head, /COLL_NOM.*DELIB_ID.*DELIB_OBJET/);
    assert.ok(lines.length > 0, "no deliberation of the council is published");
    for (const line of lines) assert.match(line, /,\d{14},/, `no SIRET in ${line}`);
    assert.ok(!text.includes("2018-DEL-31"), "what a committee decided is no deliberation");
  }

  // Another meeting is called off: agendas that subscribed are told.
  async cancelled() {
    const page = this.mission;
    this.number = "COPIL-2018-2";
    await page.goto(this.meeting());
    await this.deed(page, "convene");
    const before = await this.calendar("CONFIRMED");
    await this.deed(page, "cancel", { reason: "La salle est inondée." });
    await this.done(page, "a meeting is called off");
    const after = await this.calendar("CANCELLED");
    assert.equal(after.uid, before.uid);
    assert.ok(after.sequence > before.sequence);
  }

  async sound() {
    await this.city.stop();
    const told = await run("fsck", "--dir", this.city.dir);
    assert.equal(told.code, 0, told.text);
  }
}

walks("a sitting and what leaves it", rows, Sitting, ["prepare", "moved", "power", "withdrawn", "open", "secretVote", "shownVote", "decide", "returned",
  "openData", "cancelled", "sound"]);
