// The votes on the participatory budget: a resident reads why a project lost, compares, takes every file away and
// counts again; the mission imports a vote of its own, counts and publishes it.
//
// Any two of {language, scripts, width} meet in some row; the crawl looks at every page in the other pairs.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { clean, enter, run } from "./city.mjs";
import { keyboard, pointer } from "./hand.mjs";
import { Walk, even, walks } from "./walk.mjs";

const rows = [
  { lang: "fr", script: true, width: 1280, dark: false, hand: pointer, name: "in French, with a pointer" },
  { lang: "fr", script: false, width: 320, dark: true, hand: pointer, name: "in French, without scripts, at 320 px, in the dark" },
  { lang: "en", script: true, width: 320, dark: true, hand: keyboard, name: "in English, at 320 px, in the dark, by keyboard" },
  { lang: "en", script: false, width: 1280, dark: false, hand: keyboard, name: "in English, without scripts, by keyboard" },
];

const shares = "V-2017-1", majority = "V-2016-1", lot = "toute-la-ville";
const skatepark = "Skatepark du Plateau", stories = "Maison des récits", title = "Budget des écoles 2018";

// 120 ballots: A 72, B 72, C 48, D 48. B goes before A because it costs less, then A, then D, which costs less than C:
// of 100,000 €, 35,000 € are left for C, which costs 45,000 €.
const projects = { A: ["Cour ouverte", 30000], B: ["Nichoirs", 25000], C: ["Mur d’escalade", 45000], D: ["Bancs", 10000] };
const habits = ["A,B", "A,B,C", "C,D", "A,D", "B"];
const pb = [
  "META", "key;value", "description;Budget des écoles", "country;Ville inventée", "unit;Valmont", "instance;2018", "num_projects;4",
  "num_votes;120", "budget;100000", "vote_type;approval", "rule;greedy", "date_begin;2018", "date_end;2018", "currency;EUR", "language;fr",
  "PROJECTS", "project_id;cost;name", ...Object.entries(projects).map(([code, [name, cost]]) => `${code};${cost};${name}`),
  "VOTES", "voter_id;vote;age;sex;voting_method;neighborhood",
  ...Array.from({ length: 120 }, (_, n) => `${n + 1};${habits[n % 5]};${20 + (n % 60)};F;internet;Halles`),
].join("\n") + "\n";

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/** The people of the votes: a resident who reads, and the head of the mission. */
class Votes extends Walk {
  base(vote) {
    return this.at(`/participer/${vote}`, `/take-part/${vote}`);
  }

  // Every page of these votes says that nobody voted.
  async honest(page, what) {
    await this.says(page, "participation.invented.title");
    await this.says(page, "participation.invented.text");
    await clean(page, what);
  }

  async list() {
    const page = (this.page = await this.visit());
    await page.goto(this.at("/participer", "/take-part"));
    const votes = page.locator("article.vote");
    assert.equal(await votes.count(), 2, "what waits to be published is not public");
    for (const n of [0, 1]) assert.match(even(await votes.nth(n).innerText()), new RegExp(this.t("participation.invented.tag"), "i"));
    await clean(page, "the votes");
    await this.send(page, votes.getByRole("link", { name: "Budget participatif 2017" }));
    assert.equal(new URL(page.url()).pathname, this.base(shares));
  }

  async equalShares() {
    const { page } = this;
    await this.says(page, "participation.rule.shares.title");
    assert.equal(await page.locator("section[aria-labelledby=lots] tbody tr").count(), 6);
    await this.honest(page, "a vote of six lots");
    await this.send(page, page.locator("section[aria-labelledby=lots]").getByRole("link", { name: "Toute la ville" }));
    const [won, lost] = [page.locator("section[aria-labelledby=won] tbody tr"), page.locator("section[aria-labelledby=lost] tbody tr")];
    assert.equal((await won.count()) + (await lost.count()), 14);
    assert.ok((await won.count()) > 0 && (await lost.count()) > 0);
    await this.honest(page, "a lot");
  }

  // What the page says is kept, to be counted again from the public ballots.
  async whyNotUs() {
    const { page } = this;
    await this.send(page, page.locator("section[aria-labelledby=lost]").getByRole("link", { name: skatepark }));
    assert.equal(await page.locator("h2#why").innerText(), this.t("participation.why.title.lost"));
    await this.says(page, "participation.why.no_room.shares", {}, ".answer");
    const steps = await this.read(page, "section[aria-labelledby=steps]");
    this.told = { supporters: figure(steps, /(\d[\d ,]*) (?:personnes ont soutenu|people supported)/), voters: figure(steps, /(?:sur|out of) (\d[\d ,]*) (?:bulletins|ballots)/),
      both: figure(steps, /(\d[\d ,]*) (?:soutenaient aussi|also supported) [«“] ?Une piste cyclable/) };
    const [held, lacking] = [figure(steps, /(?:ensemble |they had €)(\d[\d ,]*)/), figure(steps, /(?:nécessaires : il manquait |needed: €)(\d[\d ,]*)/)];
    assert.equal(held + lacking, 210000, `${held} and ${lacking} are not its cost`);
    await this.says(page, "participation.step.no_room", { left: this.euros(15000), budget: this.euros(600000), cost: this.euros(210000), short: this.euros(195000) });
    assert.ok(await page.locator("section[aria-labelledby=around] tr.here").innerText().then((t) => t.includes(skatepark)), "it stands among those around it");
    await this.honest(page, "why a project lost by equal shares");
    await this.send(page, this.link(page, "participation.rule.more"));
    await this.says(page, "participation.rule.shares.1");
    await this.press(page, page.locator("summary", { hasText: this.t("participation.rules.document") }));
    assert.match(await page.locator("pre.document").innerText(), /mes_cost_add1u/);
    await this.honest(page, "the rules of a vote");
  }

  // A lot of fewer than a hundred ballots publishes sums alone.
  async smallLot() {
    const { page } = this;
    await page.goto(this.base(shares) + this.at("/qualite", "/quality").slice(3));
    await this.says(page, "participation.quality.totals");
    await this.press(page, page.locator("summary", { hasText: this.t("participation.quality.advanced") }).first());
    await this.says(page, "participation.quality.ejr");
    await this.honest(page, "the quality of a result");
  }

  async majorityJudgment() {
    const { page } = this;
    await page.goto(this.base(majority));
    await this.says(page, "participation.rule.majority.title");
    assert.equal(await page.locator(".grades-chart table tbody tr").count(), 10, "the chart has its table");
    await this.honest(page, "a vote by majority judgment");
    await this.send(page, page.locator("section[aria-labelledby=lost]").getByRole("link", { name: stories }));
    await this.says(page, "participation.why.no_room.majority", { rank: 7, left: this.euros(47000), cost: this.euros(90000), short: this.euros(43000) }, ".answer");
    await this.says(page, "participation.step.rank", { rank: 7, of: 10 });
    await this.says(page, "participation.step.no_room", { left: this.euros(47000), budget: this.euros(400000), cost: this.euros(90000), short: this.euros(43000) });
    await this.honest(page, "why a project lost by majority judgment");
  }

  async compare() {
    const { page } = this;
    await page.goto(this.base(shares) + `/lots/${lot}`);
    const winners = await page.locator("section[aria-labelledby=won] tbody tr").count();
    await this.send(page, this.link(page, "participation.compare.link"));
    await this.honest(page, "before comparing");
    await this.hand.choose(page, page.locator("main [name=rule]"), "greedy_score");
    await this.send(page, this.button(page, "participation.compare.do"));
    const lines = await page.locator("main table tbody tr").allInnerTexts();
    assert.equal(figure(even(lines[0]), /(\d+)/), winners, "the vote stands beside the trial");
    const [only, other, both] = await page.locator(".compare section").evaluateAll((all) => all.map((s) => s.querySelectorAll("li").length));
    assert.equal(only + both, winners);
    assert.ok(other > 0, "the other rule chooses others");
    await this.honest(page, "two rules side by side");
    await this.compareGrades();
  }

  // No other rule reads grades: the page says how the trial reads them.
  async compareGrades() {
    const { page } = this;
    await page.goto(this.base(majority));
    await this.send(page, this.link(page, "participation.compare.link"));
    await this.says(page, "participation.compare.graded", { worst: "Je ne suis pas convaincu·e" });
    await this.hand.choose(page, page.locator("main [name=rule]"), "mes_points_add1u");
    await this.send(page, this.button(page, "participation.compare.do"));
    const [only, , both] = await page.locator(".compare section").evaluateAll((all) => all.map((s) => s.querySelectorAll("li").length));
    assert.equal(only + both, 5, "the five winners of the vote stand beside those of the trial");
    await this.honest(page, "grades read as points");
  }

  async download() {
    const { page } = this;
    for (const vote of [shares, majority]) {
      await page.goto(this.base(vote));
      const link = vote === shares ? page.locator("section[aria-labelledby=lots]").getByRole("link", { name: "Toute la ville" }) : null;
      if (link) await this.send(page, link);
      for (const [name, type, want] of [["CSV", /^text\/csv/, skatepark], ["JSON", /^application\/json/, "invented"]]) {
        const taken = await this.take(page, page.locator(".exports").getByRole("link", { name }), type);
        assert.ok(vote === majority || taken.includes(want), `${name} lacks ${want}`);
      }
      await this.send(page, page.locator(".exports").getByRole("link", { name: this.t("participation.take.files") }));
      await this.publicFiles(page, vote);
    }
  }

  // Each file is what its digest says it is, and no ballot tells whose it is.
  async publicFiles(page, vote) {
    await this.honest(page, "check it yourself");
    const lines = page.locator("section[aria-labelledby=files] tbody tr");
    const names = [];
    for (let n = 0; n < (await lines.count()); n++) {
      const link = lines.nth(n).getByRole("link"), name = await link.innerText();
      const type = name.endsWith(".json") ? /^application\/json/ : name.endsWith(".csv") ? /^text\/csv/ : /^text\/plain/;
      const text = await this.take(page, link, type);
      assert.equal(createHash("sha256").update(text).digest("hex"), (await lines.nth(n).locator("code").innerText()).trim(), name);
      if (name.endsWith(".pb")) this.anonymous(text);
      if (name === "lots/1/ballots.pb" && vote === shares) this.countAgain(text);
      names.push(name);
    }
    for (const wanted of ["manifest.json", "rules.toml", "result.json", "lots/1/projects.csv", "lots/1/ballots.pb"]) assert.ok(names.includes(wanted), wanted);
    if (vote === shares) assert.ok(names.includes("lots/6/totals.csv") && !names.includes("lots/6/ballots.pb"), "64 ballots are not published");
    await this.takeByHand(page, lines.getByRole("link", { name: "lots/1/ballots.pb", exact: true }));
  }

  anonymous(text) {
    const columns = ballots(text).columns;
    assert.ok(columns.includes("vote"), columns.join());
    for (const c of ["age", "sex", "voting_method", "neighborhood", "district"]) assert.ok(!columns.includes(c), `ballots tell the ${c}`);
  }

  // What the page told of the losing project, from the ballots alone.
  countAgain(text) {
    const votes = ballots(text).votes, named = votes.filter((v) => v.includes("03"));
    assert.deepEqual(this.told, { supporters: named.length, voters: votes.length, both: named.filter((v) => v.includes("02")).length });
  }

  async take(page, link, type) {
    const answer = await fetch(new URL(await link.getAttribute("href"), page.url()));
    assert.equal(answer.status, 200, answer.url);
    assert.match(answer.headers.get("content-type"), type, answer.url);
    const text = await answer.text();
    assert.ok(text.length > 20, `${answer.url} is empty`);
    return text;
  }

  async takeByHand(page, link) {
    const [taken] = await Promise.all([page.waitForEvent("download"), this.press(page, link)]);
    assert.equal(await taken.failure(), null);
  }

  // The command is printed for the reader: it is run as it stands.
  async verify() {
    const { page } = this;
    for (const vote of [shares, majority]) {
      await page.goto(this.base(vote));
      await this.send(page, page.locator("main").getByRole("link", { name: this.t("participation.tab.verify"), exact: true }).first());
      await this.recount(page);
    }
  }

  async recount(page) {
    const [name, ...args] = (await page.locator("pre.document").first().innerText()).trim().split(" ");
    assert.equal(name, "parvis");
    const end = Date.now() + 90000; // the log is brought up to date within a minute
    let done = await run(...args);
    while (done.code !== 0 && /(freeze|publish)\)/.test(done.text) && Date.now() < end) {
      await new Promise((next) => setTimeout(next, 2000));
      done = await run(...args);
    }
    assert.equal(done.code, 0, done.text);
    const other = await run(...args.slice(0, -1), args.at(-1).replace(/.$/, (c) => (c === "0" ? "1" : "0")));
    assert.notEqual(other.code, 0, "an election that is not there is not verified");
  }

  async importRefused() {
    const page = (this.mission = await this.as("Sabine Lenoir"));
    await page.goto(this.at("/participer", "/take-part"));
    await this.send(page, this.link(page, "participation.import.title"));
    await clean(page, "before importing");
    await this.hand.attach(page, page.locator("input[type=file]"), file("ecoles.pb", pb.replace("7;A,B,C;", "7;A,Z;")));
    await this.send(page, this.button(page, "participation.import.read"));
    assert.match(await this.read(page, "ul.defects"), /(ligne|line) 30.*Z/i, "the line and the cause");
    await clean(page, "a file that is refused");
  }

  async importVote() {
    const page = this.mission;
    await this.hand.attach(page, page.locator("input[type=file]"), file("ecoles.pb", pb));
    await this.send(page, this.button(page, "participation.import.read"));
    assert.equal(await page.locator("h1").innerText(), this.t("participation.staged.title"));
    assert.match(await this.read(page, "main table tbody tr"), /120/);
    await clean(page, "what was read");
    const form = page.locator("section[aria-labelledby=live]");
    await this.hand.type(page, form.locator("[name=title]"), title);
    await this.hand.choose(page, form.locator("[name=lang]"), "fr");
    await this.hand.type(page, form.locator("[name=source]"), "Tirage au sort de l’essai.");
    await this.hand.type(page, form.locator("[name=lot-1]"), "Écoles");
    await this.hand.tick(page, form.locator("[name=invented]"));
    await this.send(page, this.button(page, "participation.staged.do"));
    assert.match(page.url(), new RegExp(this.at("/participer", "/take-part") + "/V-2018-\\d+/"));
    this.vote = page.url().match(/V-2018-\d+/)[0];
  }

  async freeze() {
    const page = this.mission, preset = page.locator("[name=preset][value=plus_de_voix]");
    await this.hand.tick(page, preset);
    await this.hand.tick(page, page.locator("[name=what_if]"));
    await this.send(page, this.button(page, "participation.choose_rules.do"));
    await this.says(page, "participation.rule.votes.short");
    await this.honest(page, "the rules before they are frozen");
    await this.proved(page);
    await this.send(page, this.button(page, "participation.freeze.do"));
    for (let n = 0; n < 60 && !(await this.button(page, "participation.publish.do").count()); n++) {
      await new Promise((next) => setTimeout(next, 500));
      await page.goto(this.base(this.vote) + this.at("/conduite", "/manage").slice(3));
    }
    await this.honest(page, "counted, before publication");
    const outside = await this.visit();
    assert.equal((await outside.goto(this.base(this.vote))).status(), 404, "nothing is public before it is published");
    await outside.context().close();
  }

  // Whoever freezes or publishes has just proved who they are: in the demonstration, by entering anew.
  async proved(page) {
    const there = page.url();
    await enter(page, "Sabine Lenoir", this.lang);
    await page.goto(there);
  }

  async publish() {
    const page = this.mission;
    await this.proved(page);
    await this.send(page, this.button(page, "participation.publish.do"));
    await this.says(page, "participation.done.publish", {}, "body");
    await this.honest(page, "published");
  }

  // A stranger reads the vote that was just published, asks why, and counts it again.
  async published() {
    const { page } = this;
    await page.goto(this.at("/participer", "/take-part"));
    await this.send(page, page.locator("article.vote").getByRole("link", { name: title }));
    const won = await page.locator("section[aria-labelledby=won] tbody th").allInnerTexts();
    assert.deepEqual(won.map(even), ["Nichoirs", "Cour ouverte", "Bancs"]);
    await this.honest(page, "the vote of the schools");
    await this.send(page, page.locator("section[aria-labelledby=lost]").getByRole("link", { name: "Mur d’escalade" }));
    await this.says(page, "participation.why.no_room", { left: this.euros(35000), cost: this.euros(45000), short: this.euros(10000) }, ".answer");
    await this.says(page, "participation.step.cheaper", { left: this.euros(35000) });
    await this.honest(page, "why the wall lost");
    await this.send(page, this.link(page, "participation.verify.link"));
    const ballot = page.locator("section[aria-labelledby=files]").getByRole("link", { name: "lots/1/ballots.pb" });
    const text = await this.take(page, ballot, /^text\/plain/);
    this.anonymous(text);
    assert.equal(ballots(text).votes.length, 120);
    await this.recount(page);
  }

  async sound() {
    await this.city.stop();
    const told = await run("fsck", "--dir", this.city.dir);
    assert.equal(told.code, 0, told.text);
  }
}

/** The whole number that a pattern finds in a text of either language. */
function figure(text, pattern) {
  const found = text.match(pattern);
  assert.ok(found, `${pattern} is not in: ${text}`);
  return Number(found[1].replace(/[ ,]/g, ""));
}

/** The columns and the choices of the ballots of a .pb file. */
function ballots(text) {
  const lines = text.split(/\r?\n/), at = lines.indexOf("VOTES");
  assert.ok(at > 0, "the file has ballots");
  const columns = lines[at + 1].split(";"), n = columns.indexOf("vote");
  return { columns, votes: lines.slice(at + 2).filter(Boolean).map((l) => l.split(";")[n].split(",")) };
}

walks("votes", rows, Votes, ["list", "equalShares", "whyNotUs", "smallLot", "majorityJudgment", "compare", "download", "verify",
  "importRefused", "importVote", "freeze", "publish", "published", "sound"]);
